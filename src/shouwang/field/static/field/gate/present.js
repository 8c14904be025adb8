// What is held before the gate: the text of a QR code, a code or a plate typed by hand.

import { TokenRefused, verifyToken } from "../../js/pass/token.js";
import { readCode } from "../rules/codes.js";

const PREFIX = "SW1:";

export const looksLikePass = (text) => text.startsWith(PREFIX);

// → {pass} of a genuine pass, or {shown, unread} with why it is none. trust: {keys, isRevoked(passId)}.
export async function presentToken(text, trust, book) {
  try {
    const claims = await verifyToken(text, trust.keys);
    const known = book.pass(claims.passId);
    return {
      pass: {
        id: claims.passId,
        kind: claims.kind,
        community: claims.area,
        household: claims.household || null,
        compound: known?.compound ?? null,
        notBefore: claims.notBefore,
        expires: claims.expires,
        label: claims.label || known?.label || "",
        plate: known?.plate ?? "",
        code: known?.code ?? "",
        revoked: trust.isRevoked(claims.passId),
      },
    };
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error;
    return { shown: { token: text }, unread: error.code };
  }
}

// What was typed: the code of a pass, else a plate. → {pass}, or {shown} for a code that the pack does not hold.
export function presentTyped(typed, trust, book) {
  const found = book.passWithCode(typed) ?? book.passWithPlate(typed);
  if (found) return { pass: { ...found, revoked: trust.isRevoked(found.id) } };
  const code = readCode(typed);
  return code ? { shown: { code } } : {};
}
