// Base45 (RFC 9285), strict: one byte string has one text and no other text is accepted.

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const VALUES = new Map([...ALPHABET].map((letter, value) => [letter, value]));

export class Base45Error extends Error {}

export function decode(text) {
  const rest = text.length % 3;
  if (rest === 1) throw new Base45Error("length");
  const values = Array.from(text, (letter) => {
    const value = VALUES.get(letter);
    if (value === undefined) throw new Base45Error("letter");
    return value;
  });
  const groups = Math.floor(values.length / 3);
  const bytes = new Uint8Array(groups * 2 + (rest ? 1 : 0));
  for (let at = 0; at < groups; at++) {
    const group = values[3 * at] + 45 * values[3 * at + 1] + 2025 * values[3 * at + 2];
    if (group > 0xffff) throw new Base45Error("group");
    bytes[2 * at] = group >> 8;
    bytes[2 * at + 1] = group & 0xff;
  }
  if (rest) {
    const last = values.at(-2) + 45 * values.at(-1);
    if (last > 0xff) throw new Base45Error("group");
    bytes[2 * groups] = last;
  }
  return bytes;
}
