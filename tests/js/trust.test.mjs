// The phone's reading of bundles and of lists of revoked passes, against the published vectors that hold the server's.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { webcrypto } from "node:crypto";
import test from "node:test";

globalThis.crypto ??= webcrypto; // Node 18 has it, but not there

const { fingerprint, isRevoked, openBundle, openRevoked, TrustRefused } = await import(
  "../../src/shouwang/static/js/pass/trust.js"
);
const { verifyToken } = await import("../../src/shouwang/static/js/pass/token.js");
const { root, bundles, lists, vectors } = JSON.parse(
  readFileSync(new URL("../../docs/pass-vectors.json", import.meta.url), "utf-8"),
);
const PLACE = 429006001023;
const open = (bundle, held) => openBundle(bundle, root.fingerprint, root.public, held);
const { keys } = await open(bundles[0].bundle, null);

async function refusal(read) {
  try {
    await read();
    return "ok";
  } catch (error) {
    if (!(error instanceof TrustRefused)) throw error;
    return error.code;
  }
}

for (const { name, held, bundle, result, ...expected } of bundles) {
  test(`bundle, ${result}: ${name}`, async () => {
    const before = held ? await open(held, null) : null;
    assert.equal(await refusal(() => open(bundle, before)), result);
    if (result !== "ok") return;
    const read = await open(bundle, before);
    assert.equal(read.version, expected.version);
    assert.equal([...read.keys.values()].flat().length, expected.keys);
  });
}

for (const { name, held, list, place, result, ...expected } of lists) {
  test(`list, ${result}: ${name}`, async () => {
    let before = null;
    for (const earlier of held) before = await openRevoked(earlier, keys, before, PLACE);
    assert.equal(await refusal(() => openRevoked(list, keys, before, place)), result);
    if (result !== "ok") return;
    const holds = structuredClone(await openRevoked(list, keys, before, place)); // as IndexedDB gives it back
    assert.equal(holds.version, expected.version);
    assert.deepEqual([...holds.prefixes].sort(), expected.prefixes);
    for (const [token, revoked] of Object.entries(expected.tokens)) {
      assert.equal(isRevoked(holds, (await verifyToken(token, keys)).passId), revoked);
    }
  });
}

test("the fingerprint is the pinned one, and with another nothing is believed", async () => {
  assert.equal(await fingerprint(root.public), root.fingerprint);
  const other = root.fingerprint.replace(/^./, (letter) => (letter === "A" ? "B" : "A"));
  assert.equal(await refusal(() => openBundle(bundles[0].bundle, other, root.public, null)), "unknown_key");
});

test("a pass verifies by the keys of the bundle", async () => {
  for (const { token, result } of vectors) {
    const answer = await verifyToken(token, keys).then(() => "ok", (error) => error.code);
    assert.equal(answer, result);
  }
});

const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const textOf = (bytes) => btoa(String.fromCharCode(...bytes));
for (const [what, genuine, read] of [
  ["bundle", bytesOf(bundles[0].bundle), (text) => open(text, null)],
  ["list", bytesOf(lists[1].list), (text) => openRevoked(text, keys, null, PLACE)],
]) {
  test(`no byte of a ${what} may be another, none be missing, and nothing else is thrown`, async () => {
    for (let at = 0; at < genuine.length; at++) {
      const changed = genuine.slice();
      changed[at] ^= 1 << at % 8;
      assert.notEqual(await refusal(() => read(textOf(changed))), "ok", `byte ${at}`);
      assert.equal(await refusal(() => read(textOf(genuine.subarray(0, at)))), "damaged", `cut at ${at}`);
    }
  });
}

test("an id is looked for however it is written", async () => {
  const held = await openRevoked(lists[1].list, keys, null, PLACE);
  assert.ok(isRevoked(held, "018f2c3e-7a4b-7c1d-9e2f-001122334455"));
  assert.ok(isRevoked(held, "018F2C3E7A4B7C1D9E2F001122334455"));
  assert.ok(!isRevoked(held, "018f2c3e-7a4b-7c1e-9e2f-001122334455"));
});
