// What to try next with a household that is not wholly reached: the same answers as screening/rules/next_step.py, which
// has the table; tests/field/test_next_step.py holds the two together.

const CALLS_EACH = 2;
const VISITS_EACH = 2;

// outcomes of the household's attempts, the oldest first; phones: how many members have a number of their own;
// half: so many were reached in the morning and are to be reached again in the evening; evening: it is.
export function nextStep({ reached, outcomes, phones = 1, half = 0, evening = true }) {
  const times = (outcome) => outcomes.filter((each) => each === outcome).length;
  const last = outcomes.at(-1);
  if (last === "refused") return "office";
  if (reached || half) return half && !evening ? "evening" : "ask_rest";
  if (times("nobody_home") >= VISITS_EACH) return "office";
  const good = Math.max(phones - times("wrong_number"), 0);
  if (!last) return good ? "call" : "visit";
  if (last === "wrong_number") return good ? "other_number" : "neighbour";
  if (last === "nobody_home") return good ? "call_again" : "neighbour";
  if (times("no_answer") < CALLS_EACH) return "call_again";
  return times("no_answer") < CALLS_EACH * good ? "other_number" : "visit";
}
