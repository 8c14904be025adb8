// One call or visit, from the moment a household is opened until it is saved. A draft is a plain object, kept on the
// phone at every touch; nothing in it is filled in before somebody has said it.

import { TemperatureRefused, parseTemperature } from "../rules/temperature.js";
import { isFever } from "../rules/verdict.js";

// Who answered, where the outcome leaves one possibility.
const ANSWERED = { no_answer: "nobody", nobody_home: "nobody", wrong_number: "other" };
const SILENT = { temperature: "", symptoms: null, ill: false };

export function newDraft(values) {
  return {
    id: null, // of the record it will become: an act that was saved is recognised by it
    household: null,
    openedAt: null, // milliseconds
    channel: "call",
    answeredBy: null, // null: not said yet; else as in the protocol
    answerer: null, // the member who answered
    people: {}, // resident → {temperature as typed, symptoms: null nobody asked, [] asked and none, ill: has some}
    needs: "",
    trouble: "",
    remarks: "",
    arrivals: [],
    presence: {}, // resident → "away", "moved" or "back"
    corrects: null,
    ...values,
  };
}

export const isTouched = (draft) =>
  draft.answeredBy !== null || Boolean(draft.needs || draft.trouble || draft.remarks || draft.arrivals.length) ||
  Object.keys(draft.people).length > 0 || Object.keys(draft.presence).length > 0;

export const saidOf = (draft, resident) => draft.people[resident] ?? SILENT;

export const say = (draft, resident, values) => ({
  ...draft,
  people: { ...draft.people, [resident]: { ...saidOf(draft, resident), ...values } },
});

// {value: "36.5" or null, trouble: "" or a code of TemperatureRefused}
export function temperatureOf(typed, profile) {
  try {
    return { value: parseTemperature(typed, profile), trouble: "" };
  } catch (error) {
    if (!(error instanceof TemperatureRefused)) throw error;
    return { value: null, trouble: error.code };
  }
}

const isHot = (said, profile) => isFever(temperatureOf(said.temperature, profile).value, profile);

// "Each was asked: no fever, no symptoms": said of everybody about whom nothing else was said. A person with a fever is
// left as she is: of her it was not said.
export function sayAllWell(draft, residents, profile) {
  const isSilent = (said) => said.symptoms === null && !said.ill && !isHot(said, profile);
  const silent = residents.filter((id) => isSilent(saidOf(draft, id)));
  return silent.reduce((said, id) => say(said, id, { symptoms: [] }), draft);
}

// Somebody has a fever or a symptom: then it is the others who are well.
export const isSomebodyIll = (draft, profile) =>
  Object.values(draft.people).some((said) => said.ill || isHot(said, profile));

// [{resident, temperature, symptoms}] of everybody of whom something was said
export const readingsOf = (draft, profile) =>
  Object.entries(draft.people)
    .map(([resident, said]) => ({
      resident: Number(resident),
      temperature: temperatureOf(said.temperature, profile).value,
      symptoms: said.symptoms,
    }))
    .filter(({ temperature, symptoms }) => temperature !== null || symptoms !== null);

// What keeps it from being saved as reached: names of `calls.trouble.<name>`; empty if nothing does.
export function troublesOf(draft, profile) {
  const found = [];
  if (draft.answeredBy === null) found.push("answered_by");
  const unread = Object.values(draft.people).map((said) => temperatureOf(said.temperature, profile).trouble);
  if (unread.some(Boolean)) found.push("temperature");
  if (Object.values(draft.people).some((said) => said.ill && said.symptoms === null)) found.push("symptom");
  if (!readingsOf(draft, profile).length && !found.length) found.push("nothing");
  return found;
}

function answererOf({ answeredBy }, outcome) {
  if (outcome === "reached") return answeredBy;
  if (outcome === "nobody_home" && answeredBy === "neighbour") return answeredBy;
  return ANSWERED[outcome] ?? answeredBy ?? "other";
}

// The body of the record `attempt` (docs/field-protocol.md). outcome: what came of it.
export function bodyOf(draft, outcome, profile) {
  const reached = outcome === "reached";
  return {
    household: draft.household,
    channel: draft.channel,
    outcome,
    answered_by: answererOf(draft, outcome),
    readings: reached ? readingsOf(draft, profile) : [],
    needs: draft.needs.trim(),
    trouble: draft.trouble.trim(),
    remarks: draft.remarks.trim(),
    arrivals: draft.arrivals,
    presence: Object.entries(draft.presence).map(([resident, now]) => ({ resident: Number(resident), now })),
    proxy: false,
    corrects: draft.corrects,
  };
}
// A record again as a draft, to be corrected: what was said then stands until she changes it.
export function draftOf({ body }, draft) {
  const people = body.readings.map(({ resident, temperature, symptoms }) =>
    [resident, { temperature: temperature ?? "", symptoms, ill: Boolean(symptoms?.length) }]);
  return {
    ...draft,
    channel: body.channel,
    answeredBy: body.outcome === "reached" ? body.answered_by : null,
    people: Object.fromEntries(people),
    needs: body.needs, trouble: body.trouble, remarks: body.remarks, arrivals: body.arrivals,
    presence: Object.fromEntries(body.presence.map(({ resident, now }) => [resident, now])),
  };
}
