// The pure parts of the call list: how far a household is, whom to call next, what a draft becomes.

import assert from "node:assert/strict";
import test from "node:test";

const calls = (name) => import(`../../src/shouwang/field/static/field/calls/${name}.js`);
const { isOver, openCaseload } = await calls("caseload");
const { countsOf, doubted, standing, stateOf, actOf } = await calls("progress");
const { inOrder, matches, reasonsOf } = await calls("order");
const { bodyOf, draftOf, isSomebodyIll, isTouched, newDraft, readingsOf, say, sayAllWell, troublesOf } = await calls("draft");
const { readDoor } = await calls("door");

const PROFILE = { fever_above: "37.3", implausible_below: "34.0", implausible_above: "43.0", symptoms: ["cough"] };
const TODAY = "2020-02-20";
const at = (clock) => Date.parse(`${TODAY}T${clock}:00+08:00`);
const EVENING = at("14:00");
const person = (id, more = {}) => ({
  id, name: `张${id}`, age: 40, due: true, twice: false, missing: ["day"], presence: "present", watch: null, origin: "", last: null, ...more,
});
const row = (id, more = {}) => ({
  id, compound: "滨江苑", address: "3栋2单元501", number: "17", why: [], level: "usual", remarks: "", fever: false,
  phones: [{ resident: 1, name: "张1", phone: "13800001234" }], members: [person(1), person(2)], last: null, today: [], ...more,
});
const part = (households, more = {}) => ({
  caseload: { id: 7, name: "3", caller: "李红" }, day: TODAY, until: "2020-02-21T24:00:00+08:00", evening_from: `${TODAY}T14:00:00+08:00`,
  alarm_symptoms: [], households, ...more,
});
const opened = (households, more) => openCaseload(part(households, more), TODAY);
const record = (id, clock, more = {}) => ({
  id, at: at(clock), keeper: "李红",
  body: { household: 10, channel: "call", outcome: "reached", answered_by: "member", readings: [], corrects: null, ...more },
});
const well = (...residents) => residents.map((resident) => ({ resident, temperature: null, symptoms: [] }));
function stateAt(clock, household, records = []) {
  const mine = records.map(actOf);
  const told = household.today;
  return stateOf(household, standing(mine, told), doubted(mine, told), { now: at(clock), eveningFrom: EVENING, profile: PROFILE });
}

// -- how far a household is

test("nothing done: left, and the first thing is to call", () => {
  const state = stateAt("09:00", opened([row(10)]).households[0]);
  assert.deepEqual([state.kind, state.done, state.tries, state.next, state.asked], ["left", false, 0, "call", [1, 2]]);
});

test("all asked after: done; some: the others are next; nobody: the next try", () => {
  const [household] = opened([row(10)]).households;
  assert.deepEqual(stateAt("09:00", household, [record("a", "08:00", { readings: well(1, 2) })]).kind, "done");
  const some = stateAt("09:00", household, [record("a", "08:00", { readings: well(1) })]);
  assert.deepEqual([some.kind, some.next, some.asked], ["again", "ask_rest", [2]]);
  const none = stateAt("09:00", household, [record("a", "08:00", { outcome: "no_answer" })]);
  assert.deepEqual([none.kind, none.next, none.tries], ["again", "call_again", 1]);
});

test("who is away is not waited for", () => {
  const [household] = opened([row(10, { members: [person(1), person(2, { due: false, missing: [], presence: "away" })] })]).households;
  assert.equal(stateAt("09:00", household, [record("a", "08:00", { readings: well(1) })]).kind, "done");
});

test("what others did counts, and shows", () => {
  const today = [{ id: "x", at: `${TODAY}T08:00:00+08:00`, channel: "visit", outcome: "reached", answered_by: "member", by: "王*", mine: false }];
  const members = [person(1, { missing: [] }), person(2, { missing: [] })];
  const state = stateAt("09:00", opened([row(10, { members, today })]).households[0]);
  assert.deepEqual([state.kind, state.others.map(({ by }) => by)], ["done", ["王*"]]);
});

test("a household reached at the gate is done without anybody's try", () => {
  const state = stateAt("09:00", opened([row(10, { members: [person(1, { missing: [] })] })]).households[0]);
  assert.deepEqual([state.kind, state.tries, state.last], ["done", 0, null]);
});

test("the same act from the pack and from this phone is one", () => {
  const today = [{ id: "a", at: `${TODAY}T08:00:00+08:00`, channel: "call", outcome: "no_answer", answered_by: "nobody", by: "李*", mine: true }];
  const state = stateAt("09:00", opened([row(10, { today })]).households[0], [record("a", "08:00", { outcome: "no_answer" })]);
  assert.equal(state.tries, 1);
});

test("morning and evening: done in the morning waits, then is due again", () => {
  const twice = (missing) => person(1, { twice: true, missing });
  const [fresh] = opened([row(10, { members: [twice(["morning", "evening"])] })]).households;
  const morning = [record("a", "08:00", { readings: well(1) })];
  assert.deepEqual([stateAt("09:00", fresh, morning).kind, stateAt("09:00", fresh, morning).next], ["evening", "evening"]);
  const evening = stateAt("14:00", fresh, morning);
  assert.deepEqual([evening.kind, evening.next, evening.asked], ["again", "ask_rest", [1]]);
  assert.equal(stateAt("15:00", fresh, [...morning, record("b", "14:30", { readings: well(1) })]).kind, "done");
  const [told] = opened([row(10, { members: [twice(["evening"])] })]).households;
  assert.equal(stateAt("09:00", told).kind, "evening");
  assert.equal(stateAt("15:00", told).kind, "left");
  assert.equal(stateAt("15:00", opened([row(10, { members: [twice(["morning"])] })]).households[0]).kind, "done");
});

test("while others were not asked after, the evening of one is no reason to wait", () => {
  const members = [person(1, { twice: true, missing: ["morning", "evening"] }), person(2)];
  const state = stateAt("09:00", opened([row(10, { members })]).households[0], [record("a", "08:00", { readings: well(1) })]);
  assert.deepEqual([state.kind, state.next, state.asked], ["again", "ask_rest", [2]]);
});

test("a correction replaces, at the time of what it corrects; also what the pack still believes", () => {
  const [household] = opened([row(10)]).households;
  const first = record("a", "08:00", { readings: well(1, 2) });
  const second = record("b", "09:00", { outcome: "no_answer", corrects: "a" });
  const state = stateAt("10:00", household, [first, second]);
  assert.deepEqual([state.kind, state.tries, state.last.at], ["again", 1, at("08:00")]);
  const today = [{ id: "a", at: `${TODAY}T08:00:00+08:00`, channel: "call", outcome: "reached", answered_by: "member", by: "李*", mine: true }];
  const members = [person(1, { missing: [] }), person(2, { missing: [] })];
  assert.equal(stateAt("10:00", opened([row(10, { members, today })]).households[0], [first, second]).kind, "again");
});

test("fevers are found, the highest of each", () => {
  const readings = [{ resident: 1, temperature: "37.4", symptoms: null }, { resident: 2, temperature: "37.3", symptoms: [] }];
  const again = [{ resident: 1, temperature: "38.2", symptoms: [] }];
  const state = stateAt("10:00", opened([row(10)]).households[0], [record("a", "08:00", { readings }), record("b", "09:00", { readings: again })]);
  assert.deepEqual(state.fevers, [{ resident: 1, temperature: "38.2" }]);
});

test("yesterday's list says whom to call and nothing of today", () => {
  const members = [person(1, { missing: [] }), person(2, { twice: true, missing: [] }), person(3, { due: false, missing: [] })];
  const today = [{ id: "x", at: "2020-02-19T08:00:00+08:00", channel: "call", outcome: "reached", answered_by: "member", by: "", mine: true }];
  const caseload = openCaseload(part([row(10, { members, today })], { day: "2020-02-19", evening_from: "2020-02-19T14:00:00+08:00" }), TODAY);
  assert.deepEqual(caseload.households[0].people.map(({ missing }) => missing), [["day"], ["morning", "evening"], []]);
  assert.deepEqual([caseload.acts, caseload.eveningFrom], [[], EVENING]);
});

test("no list at all", () => assert.deepEqual(openCaseload(undefined, TODAY).households, []));

test("a list is over when its time is, when the phone was stopped, when it is another's", () => {
  const given = { part: part([]), device: { caseload: 7 }, stopped: undefined, now: at("12:00") };
  assert.equal(isOver(given), false);
  assert.equal(isOver({ ...given, now: Date.parse("2020-02-22T00:00:01+08:00") }), true);
  assert.equal(isOver({ ...given, stopped: { code: "device_revoked" } }), true);
  assert.equal(isOver({ ...given, device: { caseload: 8 } }), true);
  assert.equal(isOver({ ...given, device: { caseload: null } }), true);
  assert.equal(isOver({ ...given, part: null }), false);
});

// -- in which order

const rows = (...kinds) => kinds.map(([kind, more = {}], number) => ({
  household: { id: number, at: number }, state: { kind, next: "call", last: null, ...more },
}));
const ids = (list) => list.map(({ household }) => household.id);

test("the office's order; tried in vain comes after the untried, the evening then, done last", () => {
  const list = rows(["done"], ["evening"], ["again", { last: { at: at("08:50") } }], ["left"], ["again", { last: { at: at("08:40") } }], ["left"]);
  assert.deepEqual(ids(inOrder(list, at("09:00"))), [3, 5, 4, 2, 1, 0]);
});

test("tried an hour ago it is its turn again, and so is who answered for some only", () => {
  const list = rows(["left"], ["again", { last: { at: at("08:00") } }], ["again", { next: "ask_rest", last: { at: at("08:59") } }], ["left"]);
  assert.deepEqual(ids(inOrder(list, at("09:01"))), [0, 1, 2, 3]);
});

test("why she stands where she stands, in words", () => {
  const watch = { reason: "quarantine", day: 3, days: 14, until: "2020-03-02" };
  const members = [person(1, { twice: true, watch, origin: "武汉", missing: ["morning", "evening"] })];
  const [household] = opened([row(10, { members, why: ["epicentre", "watched", "of_later_versions"] })]).households;
  const keys = (kind, isEvening) => reasonsOf(household, { kind }, isEvening).map(({ key }) => key);
  assert.deepEqual(keys("left", false), ["epicentre_from", "watched.quarantine", "twice"]);
  assert.deepEqual(keys("evening", false).at(-1), "evening");
  assert.deepEqual(keys("again", true).at(-1), "evening_now");
  assert.deepEqual(reasonsOf(household, { kind: "left" }, false)[1].params, { origin: "武汉", day: 3, days: 14 });
});

for (const [query, found] of [
  ["", true], ["3栋", true], ["501", true], ["3-2-501", true], ["3 2 501", true], ["2-501", true], ["3-501", false], ["张2", true], ["滨江", true],
  ["1234", true], ["234", true], ["123", false], ["５０１", true], ["17", true], ["王", false],
]) test(`searching “${query}”`, () => assert.equal(matches(opened([row(10)]).households[0], query), found));

// -- a draft and its record

const draft = (more) => newDraft({ id: "d", household: 10, openedAt: 0, ...more });

test("nothing is pre-filled: an untouched draft says nothing of anybody", () => {
  assert.deepEqual(readingsOf(draft(), PROFILE), []);
  assert.equal(isTouched(draft()), false);
  assert.deepEqual(troublesOf(draft(), PROFILE), ["answered_by"]);
  assert.deepEqual(troublesOf(draft({ answeredBy: "member" }), PROFILE), ["nothing"]);
});

test("all well is said of those of whom nothing else was said", () => {
  let said = say(draft({ answeredBy: "member" }), 1, { temperature: "38,1" });
  said = say(said, 2, { temperature: "36.5" });
  said = say(said, 3, { ill: true, symptoms: ["cough"] });
  said = say(said, 4, { ill: true });
  assert.equal(isSomebodyIll(said, PROFILE), true);
  said = sayAllWell(said, [1, 2, 3, 4, 5], PROFILE);
  assert.deepEqual(readingsOf(said, PROFILE), [
    { resident: 1, temperature: "38.1", symptoms: null }, // a fever: that she has no symptoms nobody said
    { resident: 2, temperature: "36.5", symptoms: [] },
    { resident: 3, temperature: null, symptoms: ["cough"] },
    { resident: 5, temperature: null, symptoms: [] },
  ]);
  assert.deepEqual(troublesOf(said, PROFILE), ["symptom"]);
});

test("a temperature that cannot be read keeps it from being saved", () => {
  for (const typed of ["3", "365.", "55", "abc"]) {
    assert.deepEqual(troublesOf(say(draft({ answeredBy: "member" }), 1, { temperature: typed }), PROFILE), ["temperature"], typed);
  }
  assert.deepEqual(readingsOf(say(draft(), 1, { temperature: "３６度５" }), PROFILE), [{ resident: 1, temperature: "36.5", symptoms: null }]);
});

test("the record says what the protocol says", () => {
  const arrival = { name: "王强", id_number: "", phone: "", origin: "武汉", arrived_on: null, to_stay: true };
  const made = say(draft({ answeredBy: "member", needs: " 药 ", arrivals: [arrival], presence: { 2: "away" }, corrects: "z" }), 1, { symptoms: [] });
  assert.deepEqual(bodyOf(made, "reached", PROFILE), {
    household: 10, channel: "call", outcome: "reached", answered_by: "member", readings: [{ resident: 1, temperature: null, symptoms: [] }],
    needs: "药", trouble: "", remarks: "", arrivals: [arrival], presence: [{ resident: 2, now: "away" }], proxy: false, corrects: "z",
  });
  const missed = bodyOf(made, "no_answer", PROFILE);
  assert.deepEqual([missed.readings, missed.answered_by], [[], "nobody"]);
});

for (const [outcome, answeredBy, said] of [
  ["no_answer", null, "nobody"], ["wrong_number", null, "other"], ["nobody_home", null, "nobody"], ["nobody_home", "neighbour", "neighbour"],
  ["refused", null, "other"], ["refused", "member", "member"], ["no_answer", "other", "nobody"],
]) test(`${outcome}, ${answeredBy} tapped: answered by ${said}`, () => assert.equal(bodyOf(draft({ answeredBy }), outcome, PROFILE).answered_by, said));

test("a record opened to be corrected, saved as it is, says the same and names what it corrects", () => {
  const made = say(say(draft({ answeredBy: "neighbour", remarks: "晚上打" }), 1, { temperature: "36.5", symptoms: [] }), 2, { ill: true, symptoms: ["cough"] });
  const body = bodyOf(made, "reached", PROFILE);
  const again = bodyOf(draftOf({ body }, draft({ corrects: "a" })), "reached", PROFILE);
  assert.deepEqual(again, { ...body, corrects: "a" });
});

// -- her day

test("the day counts households, people, tries, minutes", () => {
  const { households } = opened([row(10), row(11, { members: [person(3)] }), row(12, { members: [person(4)] })]);
  const records = { 10: [record("a", "08:00", { readings: well(1, 2) })], 11: [record("b", "08:05", { outcome: "no_answer" })], 12: [] };
  const list = households.map((household) => ({ household, state: stateAt("09:00", household, records[household.id]) }));
  const counts = countsOf(list, { a: 90_000, b: 60_000 });
  assert.deepEqual(counts, { all: 3, done: 1, again: 1, left: 1, fevers: 0, tries: 2, people: 2, peopleAll: 4, minutes: 3, average: 1.3 });
  assert.equal(countsOf([], {}).average, null);
});

// -- the door

test("the code of a door card, also inside an address; a pass is none", () => {
  const code = "SWD1:429006001023.5471.F77LZPLA";
  const read = { community: 429006001023, household: 5471 };
  assert.deepEqual([readDoor(code), readDoor(`https://x.example/d/#${code}`), readDoor(code.toLowerCase())], [read, read, read]);
  for (const other of ["SW1:ABC", "", "SWD1:429006001023.05471.F77LZPLA", "SWD1:42900600102.5471.F77LZPLA"]) assert.equal(readDoor(other), null, other);
});
