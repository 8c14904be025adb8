// The bundle of trusted keys and the list of revoked passes, on the phone: the same answers as gates/rules/token, held to
// the same docs/pass-vectors.json. What is held may be kept in IndexedDB as it is.

import * as cbor from "./cbor.js";
import * as cose from "./cose.js";
import { covers } from "./token.js";

const BUNDLE = "SWB1";
const REVOKED = "SWR1";
const MOST_KEYS = 32;
const PREFIX_BYTES = 8;

// code: "damaged", "unknown_key", "forged"; of a bundle "older", "other_content"; of a list "other_area", "gap"
export class TrustRefused extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

// 22 letters by which a root key is known: base64url of the first 16 bytes of its point's SHA-256.
export async function fingerprint(pointHex) {
  const digest = new Uint8Array(await sha256(fromHex(pointHex))).subarray(0, 16);
  return btoa(String.fromCharCode(...digest)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// The bundle in `base64` if the pinned root signed it and `held` (what this answered before, or null) is no later one:
// {version, madeAt, digest, keys}, keys as verifyToken takes them. Throws TrustRefused.
export async function openBundle(base64, rootFingerprint, rootPoint, held = null) {
  const envelope = unpack(base64);
  if ((await fingerprint(rootPoint)) !== rootFingerprint) throw new TrustRefused("unknown_key");
  const point = fromHex(rootPoint);
  if (envelope.keyId !== hexOf(await sha256(point)).slice(0, 8)) throw new TrustRefused("unknown_key");
  if (!(await cose.isSignedBy(envelope, await cose.publicKey(point), BUNDLE))) throw new TrustRefused("forged");
  const [version, madeAt, entries] = orDamaged(() => numbered(cbor.decode(envelope.payload), 3));
  if (![version, madeAt].every(cose.whole) || !Array.isArray(entries)) throw new TrustRefused("damaged");
  if (entries.length < 1 || entries.length > MOST_KEYS) throw new TrustRefused("damaged");
  const keys = new Map();
  for (const entry of entries) {
    const key = await readKey(entry);
    keys.set(key.keyId, [...(keys.get(key.keyId) ?? []), key]);
  }
  const digest = hexOf(await sha256(envelope.payload));
  if (held && version < held.version) throw new TrustRefused("older");
  if (held && version === held.version && digest !== held.digest) throw new TrustRefused("other_content");
  return { version, madeAt, digest, keys };
}

async function readKey(entry) {
  const [id, point, first, last, notBefore, expires] = orDamaged(() => numbered(entry, 6));
  const isPoint = point instanceof Uint8Array && point.length === 65 && point[0] === 4;
  if (!(id instanceof Uint8Array) || id.length !== 4 || !isPoint) throw new TrustRefused("damaged");
  if (![first, last, notBefore, expires].every(cose.whole)) throw new TrustRefused("damaged");
  if (first > last || notBefore > expires) throw new TrustRefused("damaged");
  const key = await cose.publicKey(point).catch(() => {
    throw new TrustRefused("damaged");
  });
  return { keyId: cose.hex(id), key, first, last, notBefore, expires };
}

// What a phone in the community `place` holds after it has read the list in `base64`: {first, last, version, prefixes}.
// `keys` of openBundle; `held`: what this answered before, or null. Nothing once read is ever forgotten, whatever list
// comes after. Throws TrustRefused; then keep what was held. After "gap": ask again for the whole list.
export async function openRevoked(base64, keys, held, place) {
  const envelope = unpack(base64);
  const candidates = keys.get(envelope.keyId) ?? [];
  if (!candidates.length) throw new TrustRefused("unknown_key");
  let list = null;
  for (const candidate of candidates) {
    if (!(await cose.isSignedBy(envelope, candidate.key, REVOKED))) continue;
    const said = orDamaged(() => readList(envelope.payload));
    if (covers(candidate, said.first, said.last, said.madeAt, said.madeAt)) {
      list = said;
      break;
    }
  }
  if (!list) throw new TrustRefused("forged");
  const { first, last, version, since, prefixes } = list;
  if (!(first <= place && place <= last)) throw new TrustRefused("other_area");
  if (held && (held.first !== first || held.last !== last)) throw new TrustRefused("other_area");
  if (since > (held?.version ?? 0)) throw new TrustRefused("gap");
  return {
    first,
    last,
    version: Math.max(version, held?.version ?? 0),
    prefixes: new Set([...(held?.prefixes ?? []), ...prefixes]),
  };
}

// Whether the pass is on the list that is held; `passId` as a UUID is written, with its dashes or without.
export const isRevoked = (held, passId) => held.prefixes.has(passId.replaceAll("-", "").slice(0, 2 * PREFIX_BYTES).toLowerCase());

function readList(payload) {
  const [first, last, version, since, madeAt, raw] = numbered(cbor.decode(payload), 6);
  if (![first, last, version, since, madeAt].every(cose.whole)) throw new cbor.CborError("fields");
  if (!(raw instanceof Uint8Array) || raw.length % PREFIX_BYTES) throw new cbor.CborError("fields");
  if (first > last || since > version) throw new cbor.CborError("fields");
  const digits = cose.hex(raw);
  return { first, last, version, since, madeAt, prefixes: digits.match(/.{16}/g) ?? [] };
}

// The values of the keys 1 to `count`, which must be all there are.
function numbered(fields, count) {
  if (!(fields instanceof Map) || fields.size !== count) throw new cbor.CborError("fields");
  return Array.from({ length: count }, (_, at) => {
    if (!fields.has(at + 1)) throw new cbor.CborError("fields");
    return fields.get(at + 1);
  });
}

function unpack(base64) {
  try {
    return cose.unpack(fromBase64(base64));
  } catch (error) {
    if (error instanceof cose.OtherAlgorithm) throw new TrustRefused("forged");
    if (error instanceof cbor.CborError) throw new TrustRefused("damaged");
    throw error;
  }
}

function orDamaged(read) {
  try {
    return read();
  } catch (error) {
    throw error instanceof cbor.CborError ? new TrustRefused("damaged") : error;
  }
}

// Strict (RFC 4648 §4): padded, no blanks; one byte string has one text.
function fromBase64(text) {
  let letters;
  try {
    letters = atob(text);
  } catch {
    throw new TrustRefused("damaged");
  }
  if (btoa(letters) !== text) throw new TrustRefused("damaged");
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

const sha256 = (bytes) => crypto.subtle.digest("SHA-256", bytes);
const hexOf = (buffer) => cose.hex(new Uint8Array(buffer));
const fromHex = (digits) => Uint8Array.from(digits.match(/../g), (byte) => parseInt(byte, 16));
