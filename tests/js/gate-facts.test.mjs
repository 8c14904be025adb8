// What the gate's screen makes of pass, pack and its own records, before the rules are asked.

import assert from "node:assert/strict";
import test from "node:test";

const gate = (name) => import(`../../src/shouwang/field/static/field/gate/${name}.js`);
const { openBook } = await gate("book");
const { factsOf, outingsOf, standing } = await gate("facts");
const { bodyOf, isComplete, isTouched, newDraft } = await gate("draft");
const { countsOf, linesOf } = await gate("shift");
const { lookAtIdentity } = await gate("identity");

const [ID, OTHER_ID] = ["0170655f-6ec6-72bd-a51f-89a1337c3a4c", "1170655f-6ec6-72bd-a51f-89a1337c3a4c"];
const bare = (id) => id.replaceAll("-", "");
const PARTS = {
  place: {
    community: 429006001023,
    name: "新城社区",
    gates: [{ id: 1, name: "东门", compound: 5, compound_name: "滨江苑", status: "open" }],
    phones: [{ name: "值班室", phone: "0728-5220000" }],
  },
  profile: { outing_every_days: 3, mask_required: true },
  passes: [
    ["KXM4T7", bare(ID), 1, 7, 5, 100, 200, "张*", ""],
    ["QRTUV2", bare(OTHER_ID), 2, 0, 0, 100, 200, "12345", "鄂R12345"],
  ],
  holds: [[7, 70, "2020-03-01"], [8, 0, "2020-02-25"], [8, 0, "2020-02-28"]],
  holders: [[bare(ID), 70]],
  outings: { 7: ["2020-02-18"] },
};
const book = openBook(PARTS);
const DAY = 24 * 3600 * 1000;
const dayOf = (ms) => `2020-02-${String(20 + ms / DAY).padStart(2, "0")}`;
const out = (id, more = {}, sent_at) => ({
  id,
  at: 0,
  sent_at,
  body: { direction: "out", emergency: false, verdict: "green", pass: { household: 7, kind: "resident" }, corrects: null, ...more },
});

test("a pass is found by id, by code however it is typed, by plate", () => {
  assert.equal(book.pass(ID).label, "张*");
  assert.equal(book.passWithCode("kxm 4t7").id, ID);
  assert.equal(book.passWithPlate("鄂R·12345").id, OTHER_ID);
  assert.equal(book.passWithCode("AAAAAA"), null);
  assert.equal(book.passWithCode(""), null);
});

test("a hold of one resident holds that pass only, a hold of the household all of it, and the last day counts", () => {
  assert.equal(book.holdUntil(ID, 7), "2020-03-01");
  assert.equal(book.holdUntil(OTHER_ID, 7), null);
  assert.equal(book.holdUntil(OTHER_ID, 8), "2020-02-28");
  assert.equal(book.holdUntil(ID, null), null);
});

test("an empty phone has a book with nothing in it", () => {
  const empty = openBook({});
  assert.deepEqual([empty.pass(ID), empty.gate(1), empty.phones, empty.outings(7)], [null, null, [], []]);
});

test("outings are the pack's and this phone's own", () => {
  assert.deepEqual(outingsOf(7, book, [], dayOf), ["2020-02-18"]);
  assert.deepEqual(outingsOf(7, book, [out("a")], dayOf), ["2020-02-18", "2020-02-20"]);
  assert.deepEqual(outingsOf(null, book, [out("a")], dayOf), []);
});

test("what the pack knows already is not counted twice, what it cannot know is", () => {
  const told = openBook({ ...PARTS, outings: { 7: ["2020-02-20"] } });
  assert.deepEqual(outingsOf(7, told, [out("a", {}, 1)], dayOf), ["2020-02-20"]);
  assert.deepEqual(outingsOf(7, told, [out("a", {}, 1), out("b")], dayOf), ["2020-02-20", "2020-02-20"]);
});

for (const [name, more] of [
  ["coming in", { direction: "in" }],
  ["an emergency", { emergency: true }],
  ["somebody turned back", { verdict: "red" }],
  ["another household", { pass: { household: 9, kind: "resident" } }],
  ["the household's vehicle", { pass: { household: 7, kind: "vehicle" } }],
  ["no pass", { pass: null }],
]) {
  test(`no outing: ${name}`, () => assert.deepEqual(outingsOf(7, book, [out("a", more)], dayOf), ["2020-02-18"]));
}

test("a corrected check counts as it was corrected", () => {
  const records = [out("a"), out("b", { verdict: "red", corrects: "a" })];
  assert.deepEqual(standing(records).map(({ id }) => id), ["b"]);
  assert.deepEqual(outingsOf(7, book, records, dayOf), ["2020-02-18"]);
  const late = { ...out("c", { corrects: "a" }), at: DAY };
  assert.deepEqual(outingsOf(7, book, [out("a"), late], dayOf), ["2020-02-18", "2020-02-20"]); // after midnight
});

const facts = (values) =>
  factsOf({ at: { date: "2020-02-20" }, gate: book.gate(1), draft: newDraft(values), book, records: [], dayOf });

test("facts say what was looked at and nothing else", () => {
  const found = facts({ pass: { ...book.pass(ID), revoked: false } });
  assert.deepEqual([found.temperature, found.masked, found.known, found.registered, found.unread], [null, null, false, false, ""]);
  assert.deepEqual(found.gate, { community: 429006001023, compound: 5, status: "open" });
  assert.deepEqual([found.presented.compound, found.presented.notBefore, found.holdUntil], [5, 100, "2020-03-01"]);
  assert.equal(facts({}).presented, null);
  assert.equal(facts({ unread: "forged" }).unread, "forged");
  assert.equal(facts({ visit: { id: "v" } }).registered, true);
});

test("a check is complete with temperature and mask; a vehicle has neither", () => {
  const profile = { mask_required: true };
  assert.equal(isComplete(newDraft({ temperature: "36.5" }), profile), false);
  assert.equal(isComplete(newDraft({ temperature: "36.5", masked: false }), profile), true);
  assert.equal(isComplete(newDraft({ temperature: "36.5" }), { mask_required: false }), true);
  assert.equal(isComplete(newDraft({ masked: true }), profile), false);
  assert.equal(isComplete(newDraft({ pass: { kind: "vehicle" } }), profile), true);
  assert.deepEqual([isTouched(newDraft({})), isTouched(newDraft({ masked: false }))], [false, true]);
});

test("the record says what the protocol says", () => {
  const pass = { ...book.pass(ID), revoked: false };
  const body = bodyOf(newDraft({ pass, temperature: "36.5", masked: true, remarks: "a" }), { verdict: "green", reason: "ok" }, 1, "b");
  assert.deepEqual(body, {
    entrance: 1, direction: "out", pass: { id: ID, kind: "resident", community: 429006001023, household: 7 },
    temperature: "36.5", masked: true, emergency: false, plate: "", vehicle: null, visit: null, remarks: "a · b",
    verdict: "green", reason: "ok", corrects: null,
  });
  const forged = bodyOf(newDraft({ shown: { token: "SW1:X" }, unread: "forged" }), { verdict: "red", reason: "forged" }, 1);
  assert.deepEqual([forged.pass, forged.temperature, forged.masked], [{ token: "SW1:X" }, null, null]);
  assert.deepEqual(bodyOf(newDraft({}), null, 1).verdict, null);
});

test("the shift counts each passing once", () => {
  const records = [
    out("a", { temperature: "36.5" }),
    out("b", { direction: "in", temperature: "37.8", verdict: "red" }),
    out("c", { pass: { kind: "vehicle" } }),
    out("d", { emergency: true, direction: "in" }),
    out("e", { corrects: "a", direction: "in" }),
  ];
  const counts = countsOf(records, (temperature) => Number(temperature) > 37.3);
  assert.deepEqual(counts, { in: 2, out: 0, back: 1, fevers: 1, emergencies: 1 });
  const [latest] = linesOf(records);
  assert.deepEqual([latest.record.id, latest.corrected.id], ["e", "a"]);
  assert.equal(linesOf(records).at(-1).correctedBy, "e");
});

test("identity numbers are looked at as they are typed", () => {
  const told = (typed) => lookAtIdentity(typed);
  assert.equal(told("440524188001010014"), "ok"); // the standard's own example
  assert.equal(told("11010519491231002x"), "ok");
  assert.equal(told("110105194912310021"), "check");
  assert.equal(told("110105194913310021"), "date");
  assert.equal(told("1101051949123100211"), "length");
  for (const typed of ["", "11010519491231002", "G12345678", "130503670401001"]) assert.equal(told(typed), "", typed);
});
