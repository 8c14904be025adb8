// The verifier of a pass on the phone, with no network: the same answers as gates/rules/token, held to the same
// docs/pass-vectors.json. Whether a pass is valid now and here is not judged here.

import * as base45 from "./base45.js";
import * as cbor from "./cbor.js";

const PREFIX = "SW1:";
const LONGEST = 400;
const TAG_SIGN1 = 0xd2;
const [ALGORITHM, KEY_ID, ES256] = [1, 4, -7];
const KINDS = { 1: "resident", 2: "vehicle", 3: "visitor", 4: "responder", 5: "supply", 6: "emergency" };
const LABEL_LIMIT = 12;
const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const ECDSA_SHA256 = { name: "ECDSA", hash: "SHA-256" };
const SIGNATURE1 = [0x84, 0x6a, ...new TextEncoder().encode("Signature1")];
const NO_EXTERNAL_DATA = 0x40;
const BOUNDS = ["first", "last", "not_before", "expires"];

// code: "not_a_pass", "damaged", "unknown_key", "forged"
export class TokenRefused extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const letters = (text) => Array.from(text).length; // not UTF-16 units: Python counts letters too
const whole = (number) => Number.isSafeInteger(number) && number >= 0;

// The keys of a list of entries (docs/pass-format.md, Trust), by their id in hexadecimal; ids may collide.
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
  if (![first, last, notBefore, expires].every(whole)) throw new TypeError(`${BOUNDS.join(", ")} are whole numbers`);
  if (first > last || notBefore > expires) throw new TypeError("first comes after last, or not_before after expires");
  const point = Uint8Array.from(entry.public.match(/../g), (byte) => parseInt(byte, 16));
  const key = await crypto.subtle.importKey("raw", point, CURVE, false, ["verify"]);
  return { keyId: entry.key_id.toLowerCase(), key, first, last, notBefore, expires };
}

// The claims of a pass that one of `keys` (of readTrust) signed and was allowed to sign. Throws TokenRefused.
export async function verifyToken(text, keys) {
  if (letters(text) > LONGEST || !text.startsWith(PREFIX)) throw new TokenRefused("not_a_pass");
  const { keyId, protectedHeader, payload, signature } = orDamaged(() => open(text.slice(PREFIX.length)));
  const candidates = keys.get(hex(keyId)) ?? [];
  if (!candidates.length) throw new TokenRefused("unknown_key");
  const message = new Uint8Array([
    ...SIGNATURE1,
    ...cbor.byteString(protectedHeader),
    NO_EXTERNAL_DATA,
    ...cbor.byteString(payload),
  ]);
  for (const candidate of candidates) {
    if (!(await crypto.subtle.verify(ECDSA_SHA256, candidate.key, signature, message))) continue;
    const claims = orDamaged(() => readClaims(payload));
    if (maySign(candidate, claims)) return claims;
  }
  throw new TokenRefused("forged");
}

function orDamaged(read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof base45.Base45Error || error instanceof cbor.CborError) throw new TokenRefused("damaged");
    throw error;
  }
}

function open(text) {
  const data = base45.decode(text);
  if (data[0] !== TAG_SIGN1) throw new TokenRefused("not_a_pass");
  const message = cbor.decode(data.subarray(1));
  if (!Array.isArray(message) || message.length !== 4) throw new cbor.CborError("shape");
  const [protectedHeader, unprotected, payload, signature] = message;
  if (![protectedHeader, payload, signature].every((part) => part instanceof Uint8Array)) throw new cbor.CborError("shape");
  const header = cbor.decode(protectedHeader);
  if (!(unprotected instanceof Map) || unprotected.size || signature.length !== 64 || !(header instanceof Map)) {
    throw new cbor.CborError("shape");
  }
  const keyId = header.get(KEY_ID);
  if (header.size !== 2 || !header.has(KEY_ID) || header.get(ALGORITHM) !== ES256) throw new TokenRefused("forged");
  if (!(keyId instanceof Uint8Array) || keyId.length !== 4) throw new cbor.CborError("shape");
  return { keyId, protectedHeader, payload, signature };
}

function readClaims(payload) {
  const fields = cbor.decode(payload);
  const known = fields instanceof Map && [...fields.keys()].every((name) => name >= 1 && name <= 7);
  if (!known || ![1, 2, 3, 4, 5].every((name) => fields.has(name))) throw new cbor.CborError("fields");
  const [id, kind, community, notBefore, expires] = [1, 2, 3, 4, 5].map((name) => fields.get(name));
  const household = fields.has(6) ? fields.get(6) : 0;
  const label = fields.has(7) ? fields.get(7) : "";
  if (!(id instanceof Uint8Array) || id.length !== 16 || typeof label !== "string") throw new cbor.CborError("fields");
  if (![kind, community, notBefore, expires, household].every(whole)) throw new cbor.CborError("fields");
  if (!Object.hasOwn(KINDS, kind) || notBefore > expires || letters(label) > LABEL_LIMIT) throw new cbor.CborError("fields");
  const passId = hex(id).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  return { passId, kind: KINDS[kind], community, notBefore, expires, household, label };
}

const maySign = (key, claims) =>
  key.first <= claims.community &&
  claims.community <= key.last &&
  key.notBefore <= claims.notBefore &&
  claims.expires <= key.expires;
