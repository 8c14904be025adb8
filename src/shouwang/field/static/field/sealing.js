// Sealing (docs/field-protocol.md): what only the office can open. The phone itself cannot read it again.

import { gzip } from "./batch.js";

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const INFO = new TextEncoder().encode("shouwang seal");
const HANDOVER = new TextEncoder().encode("SWH1");
const VERSION = 1;

export const fromHex = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}

export function base64url(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** `content` (bytes) sealed to the point `pointHex` (65 bytes, uncompressed). `pair`: for test vectors only. */
export async function sealBytes(content, pointHex, pair = null) {
  const { subtle } = crypto;
  const theirs = await subtle.importKey("raw", fromHex(pointHex), CURVE, false, []);
  const ours = pair ?? (await subtle.generateKey(CURVE, false, ["deriveBits"]));
  const point = new Uint8Array(await subtle.exportKey("raw", ours.publicKey));
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const secret = await subtle.importKey("raw", shared, "HKDF", false, ["deriveBits"]);
  const salt = new Uint8Array(0);
  const info = joined(INFO, point);
  const made = new Uint8Array(await subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, secret, 44 * 8));
  const key = await subtle.importKey("raw", made.slice(0, 32), "AES-GCM", false, ["encrypt"]);
  const locked = await subtle.encrypt({ name: "AES-GCM", iv: made.slice(32) }, key, content);
  return joined([VERSION], point, new Uint8Array(locked));
}

/** `text` sealed to the point, as base64url: for a field of a record. */
export async function seal(text, pointHex, pair = null) {
  return base64url(await sealBytes(new TextEncoder().encode(text), pointHex, pair));
}

/** The bytes of a hand-over file that holds `batch` (its JSON). Throws where the browser has no gzip. */
export async function handover(batch, pointHex, pair = null) {
  const packed = await gzip(batch);
  if (!packed) throw new Error("this browser is too old to make a hand-over file");
  return joined(HANDOVER, await sealBytes(packed, pointHex, pair));
}
