// The part `calls` of the pack (docs/field-protocol.md) as a caller looks things up in it. Pure: data in, answers out.

// today: the local day, "2020-02-21". A list of yesterday, while there is no network, still says whom to call; what was
// done then says nothing about today.
export function openCaseload(part, today) {
  const isToday = part?.day === today;
  const evening = Date.parse(part?.evening_from ?? "") + (isToday ? 0 : Date.parse(today) - Date.parse(part?.day));
  const households = (part?.households ?? []).map((row, at) => householdOf(row, at, isToday));
  return {
    name: part?.caseload?.name ?? "",
    eveningFrom: Number.isNaN(evening) ? Infinity : evening,
    alarming: part?.alarm_symptoms ?? [],
    households,
    acts: households.flatMap(({ today }) => today),
  };
}

// Over: the list is not for this phone, or no longer. What it made stays until it is sent.
export function isOver({ part, device, stopped, now }) {
  if (!part) return false;
  if (stopped || now > Date.parse(part.until)) return true;
  return (device?.caseload ?? null) !== (part.caseload?.id ?? null);
}

function householdOf(row, at, isToday) {
  return {
    id: row.id,
    at, // her place in the order of the office
    door: row.address,
    compound: row.compound,
    number: row.number,
    level: row.level,
    remarks: row.remarks,
    why: row.why,
    fever: row.fever,
    phones: row.phones,
    people: isToday ? row.members : row.members.map(anew),
    last: row.last && actOf(row.last, row.id),
    today: isToday ? row.today.map((act) => actOf(act, row.id)) : [],
  };
}

const anew = (person) => ({ ...person, missing: !person.due ? [] : person.twice ? ["morning", "evening"] : ["day"] });

const actOf = (act, household) => ({
  id: act.id, at: Date.parse(act.at), household, channel: act.channel, outcome: act.outcome, answeredBy: act.answered_by,
  by: act.by, mine: Boolean(act.mine), needs: act.needs ?? "", trouble: act.trouble ?? "", remarks: act.remarks ?? "",
  corrects: null, readings: [], // what was told of each is in `missing` and `last` of the members
});
