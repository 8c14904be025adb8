// The code on a door card: SWD1:<community>.<household>.<mark> (docs/pass-format.md). The phone cannot check the mark
// and need not: a code opens only what is on her list anyway.

const SHAPE = /SWD1:([1-9][0-9]{11})\.([1-9][0-9]{0,15})\.[A-Z2-7]{8}/i;

// {community, household}, or null for what is no door code; it may stand in an address.
export function readDoor(text) {
  const found = SHAPE.exec(text);
  return found ? { community: Number(found[1]), household: Number(found[2]) } : null;
}
