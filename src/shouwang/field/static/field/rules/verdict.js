// The judgement at the gate, on the phone and with no network: the same answers as gates/rules/verdict.py, which says
// why each rule is as it is; docs/gate-vectors.json holds both. No clock and no time zone in here.

import { contains } from "./area.js";

// verdict; waits: red, and yet nobody is sent off, the person waits for the office; calls: show whom to call.
export const REASONS = {
  ok: { verdict: "green" },
  emergency: { verdict: "green", calls: true },
  emergency_pass: { verdict: "green" },
  emergency_fever: { verdict: "amber", calls: true },
  fever: { verdict: "red", waits: true, calls: true },
  quarantine: { verdict: "red", waits: true, calls: true },
  quarantine_home: { verdict: "amber", calls: true },
  entrance_sealed: { verdict: "red" },
  emergency_exit: { verdict: "red" },
  not_a_pass: { verdict: "red", waits: true, calls: true },
  damaged: { verdict: "red", waits: true, calls: true },
  unknown_key: { verdict: "red", waits: true, calls: true },
  forged: { verdict: "red", waits: true, calls: true },
  stranger: { verdict: "red", waits: true, calls: true },
  visitor: { verdict: "amber", calls: true },
  other_place: { verdict: "red", calls: true },
  no_pass: { verdict: "red", calls: true },
  pass_revoked: { verdict: "red", waits: true, calls: true },
  pass_early: { verdict: "red", calls: true },
  pass_expired: { verdict: "red", calls: true },
  leaving: { verdict: "amber", calls: true },
  outings_closed: { verdict: "red", calls: true },
  outside_hours: { verdict: "red", calls: true },
  household_was_out: { verdict: "red", calls: true },
  temperature_missing: { verdict: "amber" },
  mask_unseen: { verdict: "amber" },
  mask_missing: { verdict: "amber" },
  occupants: { verdict: "amber" },
  home_without_pass: { verdict: "amber", calls: true },
  home_pass_unread: { verdict: "amber", calls: true },
  home_pass_revoked: { verdict: "amber", calls: true },
  home_pass_expired: { verdict: "amber", calls: true },
};

const OF_A_COMPOUND = new Set(["resident", "vehicle"]);
const FROM_OUTSIDE = new Set(["visitor", "supply"]);

// facts: {
//   at: {date: "2020-02-21", hour, seconds}  local day and hour, and seconds since 1970 (localAt of local.js),
//   direction: "in" | "out",  gate: {community, compound: null | id, status: "open" | "sealed" | "emergency"},
//   presented: null | {kind, community, compound: null | id, notBefore, expires, revoked}  seconds, the last one valid,
//   known, outings: [days on which the household was let out], temperature: null | "36.5", masked: null | boolean,
//   emergency, holdUntil: null | day, unread: "" | code of TokenRefused, registered }
// What is left out is null, "" or false. profile: as in the pack, decimals as strings.
// → {verdict, reason, nextOut: null | the first day on which she may go out again}
export function judge(facts, profile) {
  const fever = isFever(facts.temperature, profile);
  if (facts.emergency || isEmergencyPass(facts)) {
    if (fever) return answer("emergency_fever");
    return answer(facts.emergency ? "emergency" : "emergency_pass");
  }
  const reasons = reasonsAgainst(facts, profile, fever);
  let red = reasons.find((reason) => REASONS[reason].verdict === "red");
  if (red && red !== "fever" && reasons.includes("quarantine_home")) red = "quarantine";
  const reason = red ?? reasons[0] ?? "ok";
  if (reason === "household_was_out") return answer(reason, nextOut(facts.outings ?? [], facts.at.date, profile));
  return answer(reason, reason === "quarantine" ? facts.holdUntil : null);
}

// The first day from `today` on which the household may send somebody out; null if nobody may go at all.
export function nextOut(outings, today, profile) {
  if (profile.outing_every_days <= 0 || profile.outings_per_household <= 0) return null;
  const latest = outings.filter((day) => day <= today).sort().reverse();
  if (latest.length < profile.outings_per_household) return today;
  const following = daysAfter(latest[profile.outings_per_household - 1], profile.outing_every_days);
  return following > today ? following : today;
}

export const isFever = (temperature, profile) =>
  hasTemperature(temperature) && Number(temperature) > Number(profile.fever_above);

const hasTemperature = (temperature) => temperature !== null && temperature !== undefined;
const answer = (reason, day = null) => ({ verdict: REASONS[reason].verdict, reason, nextOut: day });

function daysAfter(day, days) {
  const date = new Date(`${day}T00:00:00Z`); // as UTC throughout: no zone and no summer time comes in
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

function stateOf(pass, seconds) {
  if (pass.revoked) return "revoked";
  if (seconds < pass.notBefore) return "early";
  return seconds <= pass.expires ? "valid" : "expired";
}

function isEmergencyPass({ presented, gate, at }) {
  return presented?.kind === "emergency" && isGoodAt(presented, gate) && stateOf(presented, at.seconds) === "valid";
}

function isGoodAt(pass, gate) {
  if (pass.kind === "visitor") return pass.community === gate.community;
  if (OF_A_COMPOUND.has(pass.kind) && pass.compound && gate.compound && pass.compound !== gate.compound) return false;
  return contains(pass.community, gate.community);
}

// Everything that stands against simply passing, the weightier first.
function reasonsAgainst(facts, profile, fever) {
  const kind = facts.presented?.kind;
  const goingOut = facts.direction === "out";
  const reasons = [];
  if (fever) reasons.push("fever");
  if (facts.holdUntil && facts.at.date < facts.holdUntil) reasons.push(goingOut ? "quarantine" : "quarantine_home");
  if (facts.gate.status === "sealed") reasons.push("entrance_sealed");
  if (facts.gate.status === "emergency") reasons.push("emergency_exit");
  if (kind === "vehicle") {
    reasons.push("occupants");
  } else {
    if (!hasTemperature(facts.temperature)) reasons.push("temperature_missing");
    if (profile.mask_required && !facts.masked) reasons.push(facts.masked === false ? "mask_missing" : "mask_unseen");
  }
  const ofPass = facts.presented ? reasonOfPass(facts) : reasonWithoutPass(facts);
  if (ofPass) reasons.push(ofPass);
  const ofOuting = goingOut && kind === "resident" ? reasonOfOuting(facts, profile) : null;
  if (ofOuting) reasons.push(ofOuting);
  return reasons;
}

function reasonWithoutPass({ direction, known, unread, registered }) {
  if (known && direction === "in") return unread ? "home_pass_unread" : "home_without_pass";
  if (unread) return unread;
  if (known) return "no_pass";
  if (!registered) return "stranger";
  return direction === "in" ? "visitor" : "leaving";
}

function reasonOfPass({ presented, direction, gate, at }) {
  if (!isGoodAt(presented, gate)) return "other_place";
  const home = direction === "in" && presented.kind === "resident";
  switch (stateOf(presented, at.seconds)) {
    case "revoked":
      return home ? "home_pass_revoked" : "pass_revoked";
    case "early":
      return home ? "home_without_pass" : "pass_early";
    case "expired":
      if (direction === "out" && FROM_OUTSIDE.has(presented.kind)) return "leaving";
      return home ? "home_pass_expired" : "pass_expired";
    default:
      return null;
  }
}

function reasonOfOuting({ outings, at }, profile) {
  const following = nextOut(outings ?? [], at.date, profile);
  if (following === null) return "outings_closed";
  if (at.hour < profile.outing_from_hour || at.hour >= profile.outing_until_hour) return "outside_hours";
  return following > at.date ? "household_was_out" : null;
}
