// Pass codes as gates/rules/codes.py reads them.

import { squeeze } from "./text.js";

const CODE = /^[234679ACDEFGHJKMNPQRTUVWXY]{6}$/; // of each look-alike pair or trio at most one is there

// What was typed as a pass code, brought into form; "" if it cannot be one.
export function readCode(typed) {
  const code = squeeze(typed ?? "").replaceAll("-", "").toUpperCase();
  return CODE.test(code) ? code : "";
}

// "KXM4T7" → "KXM 4T7", for the eye
export const spaced = (code) => (code ? `${code.slice(0, 3)} ${code.slice(3)}` : "");
