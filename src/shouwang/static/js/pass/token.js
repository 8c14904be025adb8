// The verifier of a pass on the phone, with no network: the same answers as gates/rules/token, held to the same
// docs/pass-vectors.json. Whether a pass is valid now and here is not judged here.

import { span } from "./area.js";
import * as base45 from "./base45.js";
import * as cbor from "./cbor.js";
import * as cose from "./cose.js";

const PREFIX = "SW1:";
const LONGEST = 400;
const KINDS = { 1: "resident", 2: "vehicle", 3: "visitor", 4: "responder", 5: "supply", 6: "emergency" };
const LABEL_LIMIT = 12;
const BOUNDS = ["first", "last", "not_before", "expires"];

// code: "not_a_pass", "damaged", "unknown_key", "forged"
export class TokenRefused extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

const letters = (text) => Array.from(text).length; // not UTF-16 units: Python counts letters too

// The keys of a list of entries (docs/pass-format.md, Keys), by their id in hexadecimal; ids may collide.
// Throws TypeError for an entry that is not as it must be.
export async function readTrust(entries) {
  if (!Array.isArray(entries) || !entries.length) throw new TypeError("there is no list of keys in it");
  const keys = new Map();
  for (const [at, entry] of entries.entries()) {
    const key = await readKey(entry).catch((error) => {
      throw new TypeError(`key ${at + 1}: ${error.message}`);
    });
    keys.set(key.keyId, [...(keys.get(key.keyId) ?? []), key]);
  }
  return keys;
}

async function readKey(entry) {
  const [first, last, notBefore, expires] = BOUNDS.map((word) => entry[word]);
  if (!/^[0-9a-f]{8}$/i.test(entry.key_id)) throw new TypeError("key_id has 8 hexadecimal digits");
  if (!/^04[0-9a-f]{128}$/i.test(entry.public)) throw new TypeError("public is 04 and 128 hexadecimal digits");
  if (![first, last, notBefore, expires].every(cose.whole)) throw new TypeError(`${BOUNDS.join(", ")} are whole numbers`);
  if (first > last || notBefore > expires) throw new TypeError("first comes after last, or not_before after expires");
  const point = Uint8Array.from(entry.public.match(/../g), (byte) => parseInt(byte, 16));
  return { keyId: entry.key_id.toLowerCase(), key: await cose.publicKey(point), first, last, notBefore, expires };
}

// Whether a trusted key may sign for all of these communities and all of this time, both ends included.
export const covers = (key, first, last, notBefore, expires) =>
  key.first <= first && last <= key.last && key.notBefore <= notBefore && expires <= key.expires;

// The claims of a pass that one of `keys` (by id, of readTrust or openBundle) signed and was allowed to sign.
// Throws TokenRefused.
export async function verifyToken(text, keys) {
  if (letters(text) > LONGEST || !text.startsWith(PREFIX)) throw new TokenRefused("not_a_pass");
  const envelope = orRefused(() => open(text.slice(PREFIX.length)));
  const candidates = keys.get(envelope.keyId) ?? [];
  if (!candidates.length) throw new TokenRefused("unknown_key");
  for (const candidate of candidates) {
    if (!(await cose.isSignedBy(envelope, candidate.key))) continue;
    const claims = orRefused(() => readClaims(envelope.payload));
    if (covers(candidate, ...span(claims.area), claims.notBefore, claims.expires)) return claims;
  }
  throw new TokenRefused("forged");
}

function orRefused(read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof base45.Base45Error || error instanceof cbor.CborError) throw new TokenRefused("damaged");
    if (error instanceof cose.OtherAlgorithm) throw new TokenRefused("forged");
    throw error;
  }
}

function open(text) {
  const data = base45.decode(text);
  if (data[0] !== cose.TAG_SIGN1) throw new TokenRefused("not_a_pass");
  return cose.unpack(data);
}

function readClaims(payload) {
  const fields = cbor.decode(payload);
  const known = fields instanceof Map && [...fields.keys()].every((name) => name >= 1 && name <= 7);
  if (!known || ![1, 2, 3, 4, 5].every((name) => fields.has(name))) throw new cbor.CborError("fields");
  const [id, kind, area, notBefore, expires] = [1, 2, 3, 4, 5].map((name) => fields.get(name));
  const household = fields.has(6) ? fields.get(6) : 0;
  const label = fields.has(7) ? fields.get(7) : "";
  if (!(id instanceof Uint8Array) || id.length !== 16 || typeof label !== "string") throw new cbor.CborError("fields");
  if (![kind, area, notBefore, expires, household].every(cose.whole)) throw new cbor.CborError("fields");
  if (!Object.hasOwn(KINDS, kind) || notBefore > expires || letters(label) > LABEL_LIMIT) throw new cbor.CborError("fields");
  if (area < 1e11 || area >= 1e12) throw new cbor.CborError("fields");
  const passId = cose.hex(id).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  return { passId, kind: KINDS[kind], area, notBefore, expires, household, label };
}
