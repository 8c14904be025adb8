// UUIDv7 (RFC 9562): the id of a record, minted where it happens. It begins with the time, so ids sort by it.

const YEARS = 2 ** 48;
let moment = -1;
let count = 0; // 26 bits that rise within one moment; they begin at random with the top bit free, as room to count up

/** An id for the moment `milliseconds` (since 1970, UTC). Ids minted one after another for one moment rise. */
export function uuid7(milliseconds) {
  if (!(milliseconds >= 0 && milliseconds < YEARS)) throw new RangeError(`no UUIDv7 for the moment ${milliseconds}`);
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = Math.floor(milliseconds);
  count = time === moment ? count + 1 : ((bytes[6] << 24) | (bytes[7] << 16) | (bytes[8] << 8) | bytes[9]) >>> 7;
  moment = time;
  for (let i = 5; i >= 0; i--, time = Math.floor(time / 256)) bytes[i] = time % 256;
  bytes[6] = 0x70 | ((count >>> 22) & 0x0f);
  bytes[7] = count >>> 14;
  bytes[8] = 0x80 | ((count >>> 8) & 0x3f);
  bytes[9] = count;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** The moment an id was minted for, in milliseconds. */
export function timeOf(id) {
  return parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
