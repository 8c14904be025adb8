// The pack as the gate looks things up in it. Pure: data in, answers out.

import { readCode } from "../rules/codes.js";
import { squeeze } from "../rules/text.js";

const KINDS = { 1: "resident", 2: "vehicle", 3: "visitor", 4: "responder", 5: "supply", 6: "emergency" };

export const dashed = (hex) => hex.replace(/-/g, "").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
export const readPlate = (typed) => squeeze(typed ?? "").toUpperCase().replace(/[·.\-]/g, "");

// parts: {place, profile, passes, holds, holders, outings} as in docs/field-protocol.md, each of which may be missing.
export function openBook({ place, profile, passes, holds, holders, outings }) {
  const byId = new Map();
  const byCode = new Map();
  const byPlate = new Map();
  for (const row of passes ?? []) {
    const pass = passOf(row, place?.community);
    byId.set(pass.id, pass);
    if (pass.code) byCode.set(pass.code, pass);
    if (pass.plate) byPlate.set(readPlate(pass.plate), pass);
  }
  const residents = new Map((holders ?? []).map(([id, resident]) => [dashed(id), resident]));
  const days = outings ?? {};

  return {
    profile,
    community: place?.community ?? null,
    phones: place?.phones ?? [],
    gate: (id) => place?.gates.find((each) => each.id === id) ?? null,
    compoundName: (id) => place?.gates.find((each) => each.compound === id)?.compound_name ?? "",
    pass: (id) => byId.get(id) ?? null,
    passWithCode: (typed) => byCode.get(readCode(typed)) ?? null,
    passWithPlate: (typed) => byPlate.get(readPlate(typed)) ?? null,
    outings: (household) => days[household] ?? [],

    // The day until (not including) which the holder of this pass must stay in, or null.
    holdUntil(passId, household) {
      const resident = residents.get(passId);
      const until = (holds ?? [])
        .filter(([held, who]) => household && held === household && (!who || who === resident))
        .map((hold) => hold[2]);
      return until.sort().at(-1) ?? null;
    },
  };
}

function passOf([code, id, kind, household, compound, notBefore, expires, label, plate], community) {
  return {
    id: dashed(id),
    code,
    kind: KINDS[kind],
    community,
    household: household || null,
    compound: compound || null,
    notBefore,
    expires,
    label: label ?? "",
    plate: plate ?? "",
  };
}
