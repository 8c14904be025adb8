// In which order she calls, and why. The office's order is by risk (screening puts it together); the phone moves what was
// tried in vain behind what was not tried yet, and what is done to the end. Pure.

import { squeeze } from "../rules/text.js";

const AGAIN_AFTER = 60 * 60_000; // tried in vain so long ago, it is its turn again
const RANK = { left: 0, again: 1, evening: 2, done: 3 };

const SIGNS = {
  fever: { tone: "danger", sign: "temperature-plus" },
  epicentre: { tone: "danger", sign: "plane-arrival" },
  watched: { tone: "warn", sign: "eye" },
  elderly_alone: { tone: "warn", sign: "user" },
  missed_yesterday: { tone: "info", sign: "history" },
  never_reached: { tone: "info", sign: "history" },
};

// Rows {household, state} in the order in which to call.
export function inOrder(rows, now) {
  const rank = ({ state }) => {
    const isDue = state.kind === "again" && (state.next === "ask_rest" || now - state.last.at > AGAIN_AFTER);
    return isDue ? RANK.left : RANK[state.kind];
  };
  const within = (a, b) => (rank(a) === RANK.again || rank(a) === RANK.done ? a.state.last?.at - b.state.last?.at || 0 : 0);
  return [...rows].sort((a, b) => rank(a) - rank(b) || within(a, b) || a.household.at - b.household.at);
}

// [{key, tone, sign, params}]: why she stands where she stands, the weightiest first.
export function reasonsOf(household, state, isEvening) {
  const watched = household.people.find(({ watch }) => watch)?.watch;
  const origin = household.people.find((person) => person.origin)?.origin ?? "";
  const reasons = household.why.filter((key) => key in SIGNS).map((key) => ({
    key: key === "watched" && watched ? `watched.${watched.reason}` : key === "epicentre" && origin ? "epicentre_from" : key,
    ...SIGNS[key],
    params: { origin, day: watched?.day ?? "", days: watched?.days ?? "" },
  }));
  if (household.people.some(({ due, twice }) => due && twice)) {
    const key = state.kind === "evening" ? "evening" : isEvening ? "evening_now" : "twice";
    reasons.push({ key, tone: isEvening ? "warn" : "", sign: "clock", params: {} });
  }
  return reasons;
}

// By door, name, or the last digits of a number.
export function matches(household, query) {
  const wanted = squeeze(query).toLowerCase();
  if (!wanted) return true;
  const digits = /^\d{3,}$/.test(wanted) ? wanted : null;
  const parts = [household.door, household.compound, household.number, ...household.people.map(({ name }) => name)];
  const doors = query.normalize("NFKC").split(/[^0-9]+/).filter(Boolean); // "3 2 501", "3-2-501"
  const door = squeeze(`${household.compound}${household.door}`).toLowerCase();
  return parts.some((part) => squeeze(part ?? "").toLowerCase().includes(wanted)) ||
    (doors.length > 1 && doors.join("-") === door.match(/\d+/g)?.slice(-doors.length).join("-")) ||
    Boolean(digits && household.phones.some(({ phone }) => phone.replace(/\D/g, "").endsWith(digits)));
}
