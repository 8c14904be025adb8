// The phone's verifier against the published vectors, the ones that hold the server's.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { webcrypto } from "node:crypto";
import test from "node:test";

globalThis.crypto ??= webcrypto; // Node 18 has it, but not there

const { readTrust, verifyToken, TokenRefused } = await import("../../src/shouwang/static/js/pass/token.js");
const published = JSON.parse(readFileSync(new URL("../../docs/pass-vectors.json", import.meta.url), "utf-8"));
const keys = await readTrust(published.keys);
const genuine = published.vectors.find((vector) => vector.result === "ok").token;

async function answer(token, trusted = keys) {
  try {
    const claims = await verifyToken(token, trusted);
    const { passId: pass_id, notBefore: not_before, ...rest } = claims;
    return { result: "ok", claims: { pass_id, not_before, ...rest } };
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error;
    return { result: error.code };
  }
}

for (const { name, token, ...expected } of published.vectors) {
  test(`${expected.result}: ${name}`, async () => assert.deepEqual(await answer(token), expected));
}

test("every code is there", () => {
  const codes = new Set(published.vectors.map((vector) => vector.result));
  assert.deepEqual([...codes].sort(), ["damaged", "forged", "not_a_pass", "ok", "unknown_key"]);
});

test("no other letter in any place makes a pass", async () => {
  for (let at = 0; at < genuine.length; at++) {
    const letter = genuine[at] === "0" ? "1" : "0";
    const { result } = await answer(genuine.slice(0, at) + letter + genuine.slice(at + 1));
    assert.notEqual(result, "ok", `letter ${at}`);
  }
});

test("no pass cut short is one, and nothing else is thrown", async () => {
  for (let end = 0; end < genuine.length; end++) assert.notEqual((await answer(genuine.slice(0, end))).result, "ok");
});

test("both keys of one id are tried, in either order", async () => {
  const turned = await readTrust(published.keys.toReversed?.() ?? [...published.keys].reverse());
  assert.equal((await answer(genuine, turned)).result, "ok");
});

const [key] = published.keys;
const bad = {
  "no list": {},
  "an empty list": [],
  "a key id of 3 bytes": [{ ...key, key_id: "010203" }],
  "a compressed point": [{ ...key, public: `02${key.public.slice(2, 66)}` }],
  "a point off the curve": [{ ...key, public: `${key.public.slice(0, -2)}00` }],
  "a P-384 key": [{ ...key, public: `04${"11".repeat(96)}` }],
  "bounds the wrong way round": [{ ...key, first: key.last, last: key.first }],
  "an end that is a text": [{ ...key, expires: "2021-01-01" }],
  "no bounds": [{ key_id: key.key_id, public: key.public }],
};
for (const [name, entries] of Object.entries(bad)) {
  test(`trust refused: ${name}`, () => assert.rejects(() => readTrust(entries), TypeError));
}
