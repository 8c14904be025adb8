// COSE_Sign1 (RFC 9052) with ES256: the one envelope of passes, bundles of keys and lists of revoked passes.

import * as cbor from "./cbor.js";

export const TAG_SIGN1 = 0xd2;
const [ALGORITHM, KEY_ID, ES256] = [1, 4, -7];
const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const ECDSA_SHA256 = { name: "ECDSA", hash: "SHA-256" };
const ENCODER = new TextEncoder();
const SIGNATURE1 = Uint8Array.of(0x84, 0x6a, ...ENCODER.encode("Signature1"));

// The protected header names another algorithm than ES256, or something that we do not know.
export class OtherAlgorithm extends Error {}

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const whole = (number) => Number.isSafeInteger(number) && number >= 0;

// A point of 65 bytes, as a key that verifies. Rejects with DOMException where it is not on the curve.
export const publicKey = (point) => crypto.subtle.importKey("raw", point, CURVE, true, ["verify"]);

// The parts of an envelope, if it has exactly our shape; the key id in hexadecimal. Nothing in it is true before
// isSignedBy. Throws CborError, OtherAlgorithm.
export function unpack(data) {
  if (data[0] !== TAG_SIGN1) throw new cbor.CborError("tag");
  const message = cbor.decode(data.subarray(1));
  if (!Array.isArray(message) || message.length !== 4) throw new cbor.CborError("shape");
  const [protectedHeader, unprotected, payload, signature] = message;
  if (![protectedHeader, payload, signature].every((part) => part instanceof Uint8Array)) throw new cbor.CborError("shape");
  const header = cbor.decode(protectedHeader);
  if (!(unprotected instanceof Map) || unprotected.size || signature.length !== 64 || !(header instanceof Map)) {
    throw new cbor.CborError("shape");
  }
  const keyId = header.get(KEY_ID);
  if (header.size !== 2 || !header.has(KEY_ID) || header.get(ALGORITHM) !== ES256) throw new OtherAlgorithm();
  if (!(keyId instanceof Uint8Array) || keyId.length !== 4) throw new cbor.CborError("shape");
  return { keyId: hex(keyId), protectedHeader, payload, signature };
}

// `external` is signed but not sent (RFC 9052 §4.3) and says what the envelope is for.
export function isSignedBy(envelope, key, external = "") {
  const parts = [envelope.protectedHeader, ENCODER.encode(external), envelope.payload];
  const message = joined([SIGNATURE1, ...parts.flatMap((part) => [cbor.byteStringHead(part.length), part])]);
  return crypto.subtle.verify(ECDSA_SHA256, key, envelope.signature, message);
}

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
