// UUIDv7 (RFC 9562): the id of a record, minted where it happens. It begins with the time.

const YEARS = 2 ** 48;

/** An id for the moment `milliseconds` (since 1970, UTC); the rest of it is random. */
export function uuid7(milliseconds) {
  if (!(milliseconds >= 0 && milliseconds < YEARS)) throw new RangeError(`no UUIDv7 for the moment ${milliseconds}`);
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = Math.floor(milliseconds);
  for (let i = 5; i >= 0; i--, time = Math.floor(time / 256)) bytes[i] = time % 256;
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** The moment an id was minted for, in milliseconds. */
export function timeOf(id) {
  return parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
