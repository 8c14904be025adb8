// Which outings a phone counts: what its pack says, and what it let out itself since.

import assert from "node:assert/strict";
import test from "node:test";

const { outingsOf } = await import("../../src/shouwang/field/static/field/gate/facts.js");
const DAY = 24 * 3600 * 1000;
const TODAY = Date.UTC(2020, 1, 21, 4);
const dayOf = (ms) => new Date(ms + 8 * 3600 * 1000).toISOString().slice(0, 10);
const PASS = { id: "018f2c3e-7a4b-7c1d-9e2f-001122334455", kind: "resident", community: 429006001023, household: 42 };
let number = 0;

function record(body = {}, { at = TODAY, sent = false } = {}) {
  const base = { direction: "out", pass: PASS, emergency: false, verdict: "green", corrects: null };
  return { id: `r${++number}`, at, sent_at: sent ? at + 1000 : null, body: { ...base, ...body } };
}

const count = (records, told = []) => outingsOf(42, { outings: () => told }, records, dayOf);

test("what this phone let out counts at once, green or amber", () => {
  assert.deepEqual(count([record(), record({ verdict: "amber" }, { at: TODAY - DAY })]), ["2020-02-20", "2020-02-21"]);
});

test("what the server knows is not counted twice once it is sent", () => {
  assert.deepEqual(count([record({}, { sent: true })], ["2020-02-21"]), ["2020-02-21"]);
  assert.deepEqual(count([record({}, { sent: true })]), ["2020-02-21"]);
  assert.deepEqual(count([record()], ["2020-02-21"]), ["2020-02-21", "2020-02-21"]);
});

for (const [name, body] of Object.entries({
  "coming home": { direction: "in" },
  "turned back": { verdict: "red" },
  "an emergency": { emergency: true },
  "the household's vehicle": { pass: { ...PASS, kind: "vehicle" } },
  "another household": { pass: { ...PASS, household: 43 } },
  "nobody known": { pass: null },
})) {
  test(`no outing: ${name}`, () => assert.deepEqual(count([record(body)]), []));
}

test("a correction takes an outing back", () => {
  const wrong = record();
  assert.deepEqual(count([wrong, record({ direction: "in", corrects: wrong.id })]), []);
});

test("midnight is the installation's", () => {
  const late = Date.UTC(2020, 1, 20, 16); // 00:00 on the 21st there
  assert.deepEqual(count([record({}, { at: late - 1 }), record({}, { at: late })]), ["2020-02-20", "2020-02-21"]);
});
