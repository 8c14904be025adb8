// The pure parts of the Field app: ids, clock, batches and answers, enrolment codes.

import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import test from "node:test";
import { gunzipSync } from "node:zlib";

globalThis.crypto ??= webcrypto; // Node 18 has it, but not there

const FIELD = "../../src/shouwang/field/static/field";
const { uuid7, timeOf } = await import(`${FIELD}/uuid7.js`);
const { createClock } = await import(`${FIELD}/clock.js`);
const { LARGEST, batchText, fitting, gzip, pause, readAnswer } = await import(`${FIELD}/batch.js`);
const { isRoot, readCode } = await import(`${FIELD}/enrol.js`);
const { base64url, fromHex } = await import(`${FIELD}/sealing.js`);

const DAY = 24 * 3600 * 1000;
const NOON = Date.UTC(2020, 1, 21, 4);

// -- ids
test("an id is a UUIDv7 of its moment, and never twice the same", () => {
  const ids = Array.from({ length: 5000 }, () => uuid7(NOON));
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(ids, ids.toSorted(), "what happened in one moment keeps its order");
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(timeOf(ids[0]), NOON);
  assert.equal(timeOf(uuid7(NOON + 0.9)), NOON);
  assert.ok(uuid7(NOON) < uuid7(NOON + 1));
});

test("there is no id for a moment that cannot be", () => {
  for (const moment of [-1, 2 ** 48, NaN, undefined]) assert.throws(() => uuid7(moment), RangeError);
});

// -- the clock
function phone({ off = 0, offset = null, floor = 0 } = {}) {
  const true_ = { now: NOON };
  const state = { off, counter: 1000 };
  const clock = createClock({ offset, floor, wall: () => true_.now + state.off, counter: () => state.counter });
  const pass = (ms, { asleep = false } = {}) => {
    true_.now += ms;
    if (!asleep) state.counter += ms;
  };
  return { clock, state, true_, pass, hear: () => clock.hear(true_.now, state.counter, state.counter) };
}

for (const off of [DAY, -DAY, 400 * DAY, -400 * DAY]) {
  test(`a clock that is ${off / DAY} days off is put right by one answer, and stays right`, () => {
    const { clock, true_, pass, hear } = phone({ off });
    assert.equal(clock.now(), true_.now + off); // nothing better is known yet
    hear();
    assert.equal(clock.now(), true_.now);
    assert.equal(clock.ahead(), off / 1000);
    pass(8 * 3600 * 1000);
    assert.equal(clock.now(), true_.now);
    const later = phone({ off, offset: clock.offset }); // the app is opened again, with no network
    assert.equal(later.clock.now(), later.true_.now);
  });

  test(`a clock set by ${off / DAY} days in mid-shift, with the app in view, is noticed and does not matter`, () => {
    const { clock, state, true_, pass, hear } = phone();
    hear();
    pass(3600_000);
    clock.tick();
    state.off += off;
    pass(5_000);
    assert.equal(clock.now(), true_.now);
    assert.equal(clock.jumped, true);
    assert.equal(clock.ahead(), off / 1000);
    hear();
    assert.equal(clock.jumped, false);
    pass(60_000);
    assert.equal(clock.now(), true_.now);
  });
}

test("sleep is no jump: the phone's clock has gone on", () => {
  const { clock, true_, pass, hear } = phone({ off: DAY });
  hear();
  clock.hidden();
  pass(2 * 3600_000, { asleep: true });
  assert.equal(clock.now(), true_.now);
  assert.equal(clock.jumped, false);
});

test("a clock set back while the phone slept never goes behind what it was", () => {
  const { clock, state, pass, hear, true_ } = phone();
  hear();
  pass(60_000);
  clock.hidden();
  const before = clock.now();
  state.off -= DAY;
  pass(1_000);
  assert.ok(clock.now() >= before && clock.now() <= true_.now);
  assert.equal(clock.jumped, true);
});

test("a clock that lost its battery goes on from the last record", () => {
  const { clock, pass } = phone({ off: -400 * DAY, floor: NOON });
  assert.equal(clock.now(), NOON);
  assert.equal(clock.jumped, true);
  pass(60_000);
  assert.equal(clock.now(), NOON + 60_000);
});

test("the time an answer took is halved", () => {
  const { clock } = phone();
  clock.hear(NOON + 5_000, 0, 1000); // asked at 0, answered at 1000 of the counter: the server spoke at 500
  assert.equal(clock.offset, 5_500);
});

// -- batches
const record = (seq, text = "") => ({
  id: uuid7(NOON + seq), kind: "check", seq, made_at: "2020-02-21T04:00:00.000Z", clock: "2020-02-21T04:00:00.000Z",
  keeper: "王姐", body: { text }, at: NOON, sent_at: 1, outcome: "x",
});
const three = [record(1), record(2), record(3)];
const reply = (changes = {}) => ({
  status: 200, type: "application/json",
  text: JSON.stringify({ now: "2020-02-21T04:00:01Z", answers: three.map(({ id }) => ({ id, outcome: "stored", code: "" })), missing: [] }),
  ...changes,
});
const answers = (list, rest = {}) => reply({ text: JSON.stringify({ now: "2020-02-21T04:00:01Z", answers: list, missing: [], ...rest }) });

test("a batch keeps to its count and to its size, but always takes one", () => {
  const many = Array.from({ length: 600 }, (_, i) => record(i + 1));
  assert.equal(fitting(many, 500).length, 500);
  const large = [record(1, "冷".repeat(LARGEST / 6)), record(2, "冷".repeat(LARGEST / 6)), record(3)];
  assert.equal(fitting(large, 500).length, 1);
  assert.equal(fitting([record(1, "x".repeat(2 * LARGEST))], 500).length, 1);
  assert.deepEqual(fitting([], 500), []);
});

test("what goes over the line is what the protocol says, and survives gzip", async () => {
  const about = { installation: "i", app: "1", sentAt: NOON, unsent: 3, oldest: NOON };
  const text = batchText(about, three);
  const said = JSON.parse(text);
  assert.deepEqual(Object.keys(said), ["installation", "app", "sent_at", "unsent", "oldest", "records"]);
  assert.deepEqual(Object.keys(said.records[0]), ["id", "kind", "seq", "made_at", "clock", "keeper", "body"]);
  assert.equal(JSON.parse(batchText({ ...about, oldest: null, device: "d" }, [])).device, "d");
  assert.equal(JSON.parse(batchText({ ...about, held: 16 }, [])).held, 16);
  assert.equal(gunzipSync(await gzip(text)).toString(), text);
});

test("answers are taken by id: strangers and unknown words change nothing", () => {
  const read = readAnswer(answers([
    { id: three[2].id, outcome: "quarantined", code: "no_body" },
    { id: "stranger", outcome: "stored" },
    { id: three[0].id, outcome: "perhaps" },
    null, 7,
  ], { missing: [[41, 42], [3], "x", [9, 8], [1.5, 2]] }), three);
  assert.equal(read.kind, "answered");
  assert.deepEqual(read.settled, [{ seq: 3, outcome: "quarantined", code: "no_body" }]);
  assert.deepEqual(read.missing, [[41, 42]]);
  assert.equal(read.now, NOON + 1000);
});

test("what is not our answer is not sent", () => {
  const page = "<html><body>欢迎使用免费无线网络</body></html>";
  for (const other of [
    reply({ type: "text/html", text: page }), reply({ text: page }), reply({ text: "" }), reply({ text: "{}" }), reply({ text: "null" }),
    reply({ text: '{"answers": []}' }), reply({ text: '{"answers": {}, "now": "2020-02-21T04:00:01Z"}' }), reply({ type: "text/plain" }),
    reply({ status: 204, text: "" }), reply({ status: 302 }), reply({ status: 502 }), reply({ status: 500 }), reply({ status: 401, text: page }),
    reply({ status: 400, text: '{"code": "unreadable"}' }), reply({ status: 401, text: '{"code": "login"}' }),
  ]) assert.equal(readAnswer(other, three).kind, "not_sent", JSON.stringify(other));
});

test("refusals that mean something are understood", () => {
  assert.deepEqual(readAnswer(reply({ status: 401, text: '{"code": "device_revoked", "message": "停用"}' }), three), { kind: "stopped", code: "device_revoked", message: "停用" });
  assert.equal(readAnswer(reply({ status: 413, text: "" }), three).reached, true);
  assert.equal(readAnswer(reply({ status: 429, retryAfter: "7" }), three).wait, 7000);
  assert.equal(readAnswer(reply({ status: 503, retryAfter: "99999999" }), three).wait, 3600_000);
  assert.equal(readAnswer(reply({ status: 503, retryAfter: "soon" }), three).wait, 0);
  assert.equal(readAnswer(reply({ status: 500 }), three).reached, true);
  assert.equal(readAnswer(reply({ status: 502 }), three).reached, false);
});

test("the wait doubles, never beyond five minutes, and is spread", () => {
  assert.equal(pause(1, () => 1), 2000);
  assert.equal(pause(3, () => 0), 4000);
  assert.equal(pause(1000, () => 1), 300_000);
  assert.ok(new Set(Array.from({ length: 50 }, () => pause(4))).size > 40);
});

// -- enrolment
const ROOT = `04${"ab".repeat(64)}`;

test("a code is found in the address of the QR and in what is typed", async () => {
  const print = base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", fromHex(ROOT))).slice(0, 16));
  const text = `SWE1.429006001023.ABCDEFGHJKMN.${print}`;
  const meant = { code: "429006001023.ABCDEFGHJKMN", root: print };
  assert.deepEqual(readCode(`https://field.example/field/#enrol=${text}`), meant);
  assert.deepEqual(readCode(`  ${text} \n`), meant);
  for (const other of ["", "SWE1", "SWE2.429006001023.ABCDEFGHJKMN.x", text.slice(0, -1), `${text}x`, "https://example.org/"]) {
    assert.equal(readCode(other), null);
  }
  assert.equal(await isRoot(ROOT, print), true);
  assert.equal(await isRoot(`04${"ac".repeat(64)}`, print), false);
  for (const point of ["", undefined, "04ab", `05${"ab".repeat(64)}`]) assert.equal(await isRoot(point, print), false);
});
