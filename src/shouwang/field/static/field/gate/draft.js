// One person or vehicle at the gate, from the moment a pass is shown until the check is saved.
// A draft is a plain object; nothing about her is filled in before somebody has looked.

export function newDraft(values) {
  return {
    direction: "out",
    pass: null, // what the pass says, if it is genuine or in the pack
    shown: null, // {token} or {code}: what was shown that is no pass we know
    unread: "", // why it is none
    livesHere: false, // the keeper knows her, though she has no pass with her
    visit: null, // the registration of a visitor, to be saved with the check
    plate: "",
    vehicle: null,
    temperature: null,
    masked: null,
    identity: null, // whether the ID card was looked at and is hers
    emergency: false,
    remarks: "",
    corrects: null,
    ...values,
  };
}

// Something was looked at: a pass that comes into view now must not take this person's place.
export const isTouched = (draft) => draft.temperature !== null || draft.masked !== null || draft.identity !== null;

// Nothing is missing that the gate looks at: it can be saved.
export function isComplete(draft, profile) {
  if (draft.pass?.kind === "vehicle" || draft.emergency) return true;
  return draft.temperature !== null && (draft.masked !== null || !profile.mask_required);
}

// The body of the record `check` (docs/field-protocol.md). identity: the words about the ID card for the remarks.
export function bodyOf(draft, judged, entrance, identity = "") {
  const { pass } = draft;
  return {
    entrance,
    direction: draft.direction,
    pass: pass
      ? { id: pass.id, kind: pass.kind, community: pass.community, household: pass.household }
      : draft.shown,
    temperature: draft.temperature,
    masked: draft.masked,
    emergency: draft.emergency,
    plate: draft.plate,
    vehicle: draft.vehicle,
    visit: draft.visit?.id ?? null,
    remarks: [draft.remarks, identity].filter(Boolean).join(" · "),
    verdict: judged?.verdict ?? null,
    reason: judged?.reason ?? "",
    corrects: draft.corrects,
  };
}
