// What the screens say of households, people and acts, in the reader's language. t(key, params) gives the words.

import { localAt } from "../rules/local.js";
import { isFever } from "../rules/verdict.js";
import { dayWord } from "../words.js";

const STEPS = {
  call: "phone", call_again: "phone-call", ask_rest: "users", evening: "clock", other_number: "phone-off", neighbour: "users",
  visit: "door", office: "building-community",
};
const BIT = 40; // characters of a told text where there is little room

const comma = () => (globalThis.document?.documentElement.lang === "en" ? ", " : "、");
export const stepSign = (step) => STEPS[step] ?? "phone";
export const joined = (parts) => parts.filter(Boolean).join(" · ");
export const reasonText = ({ key, params }, t) => t(`calls.why.${key}`, params);

export function clockText(at, zone) {
  const { hour, minute } = localAt(at, zone);
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

// "09:30", "yesterday 19:20", "21 Feb 19:20"
export function momentText(at, { day, zone, t }) {
  const { date } = localAt(at, zone);
  if (date === day) return clockText(at, zone);
  const yesterday = localAt(Date.parse(`${day}T00:00:00Z`) - 43_200_000, "UTC").date;
  return `${date === yesterday ? t("calls.yesterday") : dayWord(date)} ${clockText(at, zone)}`;
}

export function namesOf({ people, compound }, t) {
  const names = people.slice(0, 2).map(({ name }) => name).join(comma());
  return joined([people.length > 2 ? t("calls.names", { names, count: people.length }) : names, compound]);
}

export function personText(person, t) {
  const { watch } = person;
  return joined([
    person.relation,
    person.age === null ? "" : t("calls.age", { age: person.age }),
    person.presence === "away" ? t("calls.presence.away") : "",
    watch ? t(`calls.why.watched.${watch.reason}`, { day: watch.day, days: watch.days, origin: person.origin }) : "",
    person.remarks,
  ]);
}

// What somebody said of this person last: "yesterday 19:20 36.5 ℃, no symptoms"
export function personLast({ last }, round, t) {
  if (!last) return "";
  const at = momentText(Date.parse(last.at), { ...round, t });
  return t("calls.person.last", { at, said: healthText(last, t) });
}

// A profile may ask after a symptom for which there is no word yet.
export function symptomText(name, t) {
  const text = t(`calls.symptom.${name}`);
  return text.startsWith("calls.") ? name : text;
}

export const symptomsText = (names, t) => names.map((name) => symptomText(name, t)).join(comma());

function healthText({ temperature, symptoms }, t) {
  const ill = symptomsText(symptoms ?? [], t);
  return [temperature === null ? "" : `${temperature} ℃`, ill || (symptoms ? t("calls.symptoms.none") : "")].filter(Boolean).join(comma());
}

// Marks of what was tried or done today: [{tone, sign, text}]
export function triedText({ state, round, t }) {
  const { last, tries, done, fevers } = state;
  const marks = [];
  if (fevers.length) marks.push({ tone: "danger", sign: "temperature-plus", text: t("calls.fever", { value: fevers[0].temperature }) });
  if (last) {
    const text = joined([clockText(last.at, round.zone), t(`calls.outcome.${last.outcome}`), last.mine ? "" : last.by]);
    marks.push({ tone: done ? "good" : last.outcome === "refused" ? "violet" : "", sign: last.channel === "visit" ? "door" : "phone", text });
  } else if (done) marks.push({ tone: "good", sign: "check", text: t("calls.reached_elsewhere") });
  if (!done && tries > 1) marks.push({ tone: "", sign: "history", text: t("calls.tried", { count: tries }) });
  if (!done && tries) marks.push({ tone: "warn", sign: stepSign(state.next), text: t(`calls.step.${state.next}`) });
  return marks;
}

// What was said the last time there was any contact, today's own acts aside; "" if never.
export function earlierText({ household: { last }, round, t }) {
  if (!last) return "";
  const told = ["needs", "trouble", "remarks"].filter((name) => last[name]).map((name) => t(`calls.said.${name}`, { text: last[name] }));
  return joined([
    momentText(last.at, { ...round, t }), t(`calls.channel.${last.channel}`), t(`calls.outcome.${last.outcome}`),
    last.outcome === "reached" ? t(`calls.answered_by.${last.answeredBy}`) : "", last.by, ...told,
  ]);
}

// One record in a line: "reached, all 4 well" or "no answer"
export function saidText({ record: { body }, household, t, profile }) {
  if (body.outcome !== "reached") return joined([t(`calls.outcome.${body.outcome}`), bit(body.remarks)]);
  const nameOf = (id) => household?.people.find((person) => person.id === id)?.name ?? t("calls.somebody");
  const ill = body.readings.filter((one) => one.symptoms?.length || isFever(one.temperature, profile));
  const told = ill.map((one) => `${nameOf(one.resident)} ${healthText(one, t)}`);
  return joined([
    ill.length ? told.join("；") : t("calls.well", { count: body.readings.length }),
    ...["needs", "trouble", "remarks"].map((name) => body[name] && t(`calls.said.${name}`, { text: bit(body[name]) })),
    body.arrivals.length ? t("calls.arrivals", { count: body.arrivals.length }) : "",
    body.presence.length ? t("calls.presences", { count: body.presence.length }) : "",
  ]);
}

const bit = (text) => (text.length > BIT ? `${text.slice(0, BIT)}…` : text);
