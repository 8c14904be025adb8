// Body temperatures as people write them, read as kernel/temperature.py reads them: 36.5, 36,5, ３６．５℃, 36度5, 365.

import { squeeze } from "./text.js";

const UNIT = /(°c|℃|c|摄氏度|度)$/;
const DEGREES = /^([0-9]{2})(?:[.,。、·:度]([0-9]{1,2})|([0-9]))?$/;

// code: "temperature" (not one) or "temperature_implausible" (nobody alive and well has it: measure again)
export class TemperatureRefused extends Error {
  constructor(code, value) {
    super(`${code}: ${value}`);
    this.code = code;
    this.value = value;
  }
}

// Degrees Celsius with one decimal, as text ("36.5"); null if nothing was written. Throws TemperatureRefused.
export function parseTemperature(written, profile) {
  const text = squeeze(written ?? "");
  if (!text) return null;
  const match = DEGREES.exec(text.toLowerCase().replace(UNIT, ""));
  if (!match) throw new TemperatureRefused("temperature", [...text].slice(0, 20).join(""));
  const [, whole, afterPoint, thirdDigit] = match;
  const hundredths = Number(whole) * 100 + Number((afterPoint ?? thirdDigit ?? "0").padEnd(2, "0"));
  const tenths = Math.floor((hundredths + 5) / 10);
  const value = `${Math.floor(tenths / 10)}.${tenths % 10}`;
  if (tenths / 10 < Number(profile.implausible_below) || tenths / 10 > Number(profile.implausible_above)) {
    throw new TemperatureRefused("temperature_implausible", value);
  }
  return value;
}
