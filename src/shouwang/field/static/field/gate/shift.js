// What this shift did, from the records of this phone. Pure.

import { standing } from "./facts.js";

// {in, out, back, fevers, emergencies}; a corrected check counts as it was corrected, a vehicle not beside its people.
export function countsOf(records, isFever) {
  const counts = { in: 0, out: 0, back: 0, fevers: 0, emergencies: 0 };
  for (const { body } of standing(records)) {
    if (body.emergency) counts.emergencies += 1;
    if (isFever(body.temperature)) counts.fevers += 1;
    if (body.verdict === "red") counts.back += 1;
    else if (body.pass?.kind !== "vehicle") counts[body.direction] += 1;
  }
  return counts;
}

// The latest first: {record, correctedBy: id or null, corrected: record or null}.
export function linesOf(records) {
  const byId = new Map(records.map((record) => [record.id, record]));
  const correctedBy = new Map(records.filter(({ body }) => body.corrects).map(({ id, body }) => [body.corrects, id]));
  return records
    .map((record) => ({
      record,
      correctedBy: correctedBy.get(record.id) ?? null,
      corrected: byId.get(record.body.corrects) ?? null,
    }))
    .reverse();
}
