// The little of CBOR (RFC 8949) that a pass needs, as strict as gates/rules/token/cbor.py: integers up to
// Number.MAX_SAFE_INTEGER, byte and text strings, arrays, maps (as Map) with ascending integer keys, definite lengths in
// their shortest form, nothing after the end, no more than DEPTH levels.

const DEPTH = 4;
const TEXT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }); // a byte order mark is a letter like others

export class CborError extends Error {}

export function decode(bytes) {
  const reader = new Reader(bytes);
  const value = reader.value(DEPTH);
  if (reader.at !== bytes.length) throw new CborError("trailing bytes");
  return value;
}

// The head of a byte string shorter than 2^32 bytes: all that has to be written for a signature to be checked.
export function byteStringHead(length) {
  if (length < 24) return Uint8Array.of(0x40 | length);
  if (length < 2 ** 8) return Uint8Array.of(0x58, length);
  if (length < 2 ** 16) return Uint8Array.of(0x59, length >> 8, length);
  return Uint8Array.of(0x5a, length >>> 24, length >> 16, length >> 8, length);
}

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  take(size) {
    const end = this.at + size;
    if (end > this.bytes.length) throw new CborError("cut short");
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  head() {
    const [first] = this.take(1);
    const major = first >> 5;
    const low = first & 31;
    if (low < 24) return [major, low];
    if (low > 27) throw new CborError("indefinite or reserved length");
    const size = 1 << (low - 24);
    const number = this.take(size).reduce((sum, byte) => sum * 256 + byte, 0);
    // Beyond 2^53 the sum is rounded, but never to below it.
    if (number < (size === 1 ? 24 : 2 ** (4 * size))) throw new CborError("not the shortest form");
    if (number > Number.MAX_SAFE_INTEGER) throw new CborError("number too large");
    return [major, number];
  }

  value(depth) {
    if (!depth) throw new CborError("too deep");
    const [major, number] = this.head();
    if (major === 0) return number;
    if (major === 1) return -1 - number;
    if (major === 2) return this.take(number);
    if (major === 3) return this.text(number);
    if (major === 4) return this.array(number, depth);
    if (major === 5) return this.map(number, depth);
    throw new CborError("tag, float or simple value");
  }

  text(size) {
    try {
      return TEXT.decode(this.take(size));
    } catch (error) {
      throw error instanceof CborError ? error : new CborError("text");
    }
  }

  array(size, depth) {
    if (size > this.bytes.length - this.at) throw new CborError("cut short");
    return Array.from({ length: size }, () => this.value(depth - 1));
  }

  map(size, depth) {
    const fields = new Map();
    let before = new Uint8Array();
    for (let count = 0; count < size; count++) {
      const start = this.at;
      const key = this.value(1);
      if (typeof key !== "number") throw new CborError("key is no integer");
      const raw = this.bytes.subarray(start, this.at);
      if (!ascending(before, raw)) throw new CborError("keys twice or out of order");
      before = raw;
      fields.set(key, this.value(depth - 1));
    }
    return fields;
  }
}

function ascending(before, raw) {
  for (let at = 0; at < before.length && at < raw.length; at++) {
    if (before[at] !== raw[at]) return before[at] < raw[at];
  }
  return before.length < raw.length;
}
