// The rules of the gate on the phone against docs/gate-vectors.json, the answers of the server.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const rules = (name) => import(`../../src/shouwang/field/static/field/rules/${name}.js`);
const { judge, REASONS } = await rules("verdict");
const { parseTemperature, TemperatureRefused } = await rules("temperature");
const { readCode, spaced } = await rules("codes");
const { contains, span } = await rules("area");
const { localAt } = await rules("local");
const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf-8");
const vectors = JSON.parse(read("docs/gate-vectors.json"));

const judged = vectors.judged.map(([change, profile, reason, nextOut]) => ({
  facts: { ...vectors.base, ...change },
  profile: vectors.profiles[profile],
  expected: { verdict: vectors.reasons[reason].verdict, reason, nextOut },
}));

test("every vector gets its answer", () => {
  assert.ok(judged.length > 3000);
  for (const { facts, profile, expected } of judged) {
    assert.deepEqual(judge(facts, profile), expected, JSON.stringify(facts));
  }
});

test("what is left out is null, false or empty", () => {
  const bare = (object) =>
    Object.fromEntries(
      Object.entries(object)
        .filter(([, value]) => value !== null && value !== false && value !== "" && value?.length !== 0)
        .map(([name, value]) => [name, value.constructor === Object ? bare(value) : value]),
    );
  for (const { facts, profile, expected } of judged) {
    if (facts.masked === false) continue; // not worn is not the same as not looked
    assert.deepEqual(judge(bare(facts), profile), expected, JSON.stringify(facts));
  }
});

test("the browser's own time zone changes nothing", () => {
  const before = process.env.TZ;
  try {
    for (const zone of ["America/New_York", "Pacific/Kiritimati"]) {
      process.env.TZ = zone;
      for (const { facts, profile, expected } of judged) assert.deepEqual(judge(facts, profile), expected);
      for (const [moment, where, date] of vectors.moments) assert.equal(localAt(moment, where).date, date);
    }
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});

test("the reasons are the server's", () => {
  const full = Object.fromEntries(
    Object.entries(REASONS).map(([reason, { verdict, waits = false, calls = false }]) => [reason, { verdict, waits, calls }]),
  );
  assert.deepEqual(full, vectors.reasons);
});

test("a judgement takes less than a millisecond", () => {
  const start = performance.now();
  for (const { facts, profile } of judged) judge(facts, profile);
  const each = (performance.now() - start) / judged.length;
  assert.ok(each < 1, `${each} ms`);
});

for (const [written, degrees, code] of vectors.temperatures) {
  test(`temperature ${JSON.stringify(written)}: ${degrees ?? (code || "none")}`, () => {
    if (!code) return assert.equal(parseTemperature(written, vectors.profiles[0]), degrees);
    return assert.throws(
      () => parseTemperature(written, vectors.profiles[0]),
      (error) => error instanceof TemperatureRefused && error.code === code,
    );
  });
}

test("no temperature at all is none", () => assert.equal(parseTemperature(null, vectors.profiles[0]), null));

test("codes are read alike", () => {
  for (const [typed, code] of vectors.codes) assert.equal(readCode(typed), code, JSON.stringify(typed));
  assert.equal(spaced("KXM4T7"), "KXM 4T7");
});

test("areas have the same spans", () => {
  for (const [area, first, last] of vectors.spans) assert.deepEqual(span(area), [first, last]);
  for (const code of [0, 12345, 1e12, 429006001023.5, -429006001023, "429006001023"]) assert.equal(span(code), null);
  assert.ok(contains(429006001000, 429006001023));
  assert.ok(!contains(429006001000, 429006002023));
  assert.ok(!contains(12345, 12345));
});

test("local day, hour and minute are those of the zone", () => {
  for (const [moment, zone, date, hour, minute] of vectors.moments) {
    assert.deepEqual(localAt(moment, zone), { date, hour, minute, seconds: Math.floor(moment / 1000) }, `${moment} ${zone}`);
  }
});
