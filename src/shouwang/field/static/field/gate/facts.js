// What the judgement asks for (rules/verdict.js), built from the pass, the pack, and what this phone let out itself.
// Pure: the same values give the same facts.

// Days on which somebody of this household was let out, one entry an outing. The pack says how many the server knew of,
// not which: what this phone has not sent comes on top, what it has sent counts where the pack is older than that.
// records: checks of the last days, as the store keeps them; dayOf(ms) -> "2020-02-21".
export function outingsOf(household, book, records, dayOf) {
  if (!household) return [];
  const told = countOf(book.outings(household));
  const out = standing(records).filter(({ body }) => isOuting(body) && body.pass?.household === household);
  const sent = countOf(out.filter((record) => record.sent_at).map((record) => dayOf(record.at)));
  const unsent = countOf(out.filter((record) => !record.sent_at).map((record) => dayOf(record.at)));
  const of = (counts, day) => counts.get(day) ?? 0;
  return [...new Set([...told.keys(), ...sent.keys(), ...unsent.keys()])]
    .sort()
    .flatMap((day) => Array(Math.max(of(told, day), of(sent, day)) + of(unsent, day)).fill(day));
}

// A vehicle uses up no turn: who sits in it does.
const isOuting = (body) =>
  body.direction === "out" &&
  body.pass?.kind === "resident" &&
  !body.emergency &&
  ["green", "amber"].includes(body.verdict);

function countOf(days) {
  const counts = new Map();
  for (const day of days) counts.set(day, (counts.get(day) ?? 0) + 1);
  return counts;
}

// Records that no later one corrects; `at` is when she passed, however late that was corrected.
export function standing(records) {
  const byId = new Map(records.map((record) => [record.id, record]));
  const replaced = new Set(records.map(({ body }) => body.corrects).filter(Boolean));
  const passedAt = (record) => (byId.has(record.body.corrects) ? passedAt(byId.get(record.body.corrects)) : record.at);
  return records.filter(({ id }) => !replaced.has(id)).map((record) => ({ ...record, at: passedAt(record) }));
}

// at: {date, hour, seconds}; gate: of the pack; draft: see draft.js; records, dayOf: as above.
export function factsOf({ at, gate, draft, book, records, dayOf }) {
  const { pass } = draft;
  return {
    at,
    direction: draft.direction,
    gate: { community: book.community, compound: gate.compound || null, status: gate.status },
    presented: pass && {
      kind: pass.kind,
      community: pass.community,
      compound: pass.compound,
      notBefore: pass.notBefore,
      expires: pass.expires,
      revoked: pass.revoked,
    },
    known: draft.livesHere,
    outings: outingsOf(pass?.household, book, records, dayOf),
    temperature: draft.temperature,
    masked: draft.masked,
    emergency: draft.emergency,
    holdUntil: pass ? book.holdUntil(pass.id, pass.household) : null,
    unread: draft.unread,
    registered: Boolean(draft.visit),
  };
}
