// How far each household is today: by what the pack knows of everybody's work, and what this phone did since. Pure.

import { nextStep } from "../rules/next-step.js";
import { isFever } from "../rules/verdict.js";

// An act: {id, at, household, channel, outcome, answeredBy, by, mine, corrects, readings: [{resident, temperature,
// symptoms}]}; of this phone's record:
export const actOf = ({ id, at, keeper, body }) => ({
  id, at, household: body.household, channel: body.channel, outcome: body.outcome, answeredBy: body.answered_by,
  by: keeper, mine: true, corrects: body.corrects, readings: body.readings,
});

// What this phone did, and what the pack knows of besides. The oldest first; those replaced by a correction are left
// out, and a correction stands at the time of what it corrects.
export function standing(mine, told) {
  const byId = new Map([...told, ...mine].map((act) => [act.id, act]));
  const replaced = new Set(mine.map(({ corrects }) => corrects).filter(Boolean));
  const at = (act) => (byId.has(act.corrects) ? at(byId.get(act.corrects)) : act.at);
  return [...byId.values()].filter(({ id }) => !replaced.has(id)).map((act) => ({ ...act, at: at(act) })).sort((a, b) => a.at - b.at);
}

// People of whom the pack still believes what was corrected since: of them only this phone's own records count.
export function doubted(mine, told) {
  const known = new Set(told.map(({ id }) => id));
  const replaced = new Set(mine.map(({ corrects }) => corrects).filter((id) => known.has(id)));
  return new Set(mine.filter(({ id }) => replaced.has(id)).flatMap(({ readings }) => readings.map(({ resident }) => resident)));
}

// household: of caseload.js; acts: standing ones of this household today; doubts: see above;
// when: {now, eveningFrom, profile}.
// → {kind: "left" | "again" | "evening" | "done", done, tries, reached: Set, asked: [residents to ask after now],
//    fevers: [{resident, temperature}], next: what to try next or null, last: act or null, others: [acts]}
export function stateOf(household, acts, doubts, { now, eveningFrom, profile }) {
  const halves = halvesOf(household, acts, doubts, eveningFrom);
  const due = household.people.filter((person) => person.due);
  const isEvening = now >= eveningFrom;
  const { wanting, waiting } = sorted(due, halves, isEvening);
  const done = due.length > 0 && !wanting.length && !waiting.length;
  const kind = done ? "done" : !wanting.length && waiting.length ? "evening" : acts.length ? "again" : "left";
  const isHalf = ({ id, twice }) => twice && halves.get(id) && !halves.get(id).evening;
  return {
    kind, done, acts,
    tries: acts.length,
    asked: wanting.map(({ id }) => id),
    reached: new Set(halves.keys()),
    fevers: feversOf(acts, profile),
    last: acts.at(-1) ?? null,
    others: acts.filter(({ mine, outcome }) => !mine && outcome === "reached"),
    next: done ? null : nextStep({
      // While somebody was not asked after yet, the evening of the others is no reason to wait.
      evening: isEvening || wanting.length > 0,
      half: due.filter(isHalf).length,
      reached: due.filter((person) => halves.has(person.id) && !isHalf(person)).length,
      outcomes: acts.map(({ outcome }) => outcome),
      phones: new Set(household.phones.map(({ resident }) => resident)).size,
    }),
  };
}

// resident → in which halves of the day she was reached
function halvesOf(household, acts, doubts, eveningFrom) {
  const halves = new Map();
  const tell = (id, half) => halves.set(id, { morning: false, evening: false, ...halves.get(id), ...half });
  for (const { id, due, twice, missing } of household.people) {
    if (!due || doubts.has(id)) continue;
    if (!missing.includes("day") && (!twice || !missing.includes("morning"))) tell(id, { morning: true });
    if (twice && !missing.includes("evening")) tell(id, { evening: true });
  }
  for (const { at, readings } of acts) {
    for (const { resident } of readings) tell(resident, at >= eveningFrom ? { evening: true } : { morning: true });
  }
  return halves;
}

// wanting: to be asked after now; waiting: asked after in the morning, and again in the evening
function sorted(due, halves, isEvening) {
  const wanting = due.filter(({ id, twice }) => !halves.has(id) || (twice && isEvening && !halves.get(id).evening));
  return { wanting, waiting: due.filter(({ id, twice }) => twice && !isEvening && halves.has(id)) };
}

function feversOf(acts, profile) {
  const hottest = new Map();
  for (const { resident, temperature } of acts.flatMap(({ readings }) => readings)) {
    if (isFever(temperature, profile) && !(Number(hottest.get(resident)) >= Number(temperature))) hottest.set(resident, temperature);
  }
  return [...hottest].map(([resident, temperature]) => ({ resident, temperature }));
}

// Of {household, state} each: how far the day is. times: {record id: milliseconds it took}.
export function countsOf(list, times) {
  const of = (test) => list.filter(test).length;
  const sum = (each) => list.reduce((total, one) => total + each(one), 0);
  const spent = Object.values(times);
  const total = spent.reduce((before, each) => before + each, 0) / 60_000;
  const done = of(({ state }) => state.done);
  const again = of(({ state }) => state.kind === "again");
  return {
    all: list.length, done, again, left: list.length - done - again,
    fevers: of(({ state }) => state.done && state.fevers.length > 0),
    tries: sum(({ state }) => state.tries),
    people: sum(({ household, state }) => household.people.filter(({ id, due }) => due && state.reached.has(id)).length),
    peopleAll: sum(({ household }) => household.people.filter(({ due }) => due).length),
    minutes: Math.round(total),
    average: spent.length ? Math.round((total / spent.length) * 10) / 10 : null,
  };
}
