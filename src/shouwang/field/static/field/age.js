// How long ago, in words of the reader's language.

const STEPS = [["day", 86_400], ["hour", 3_600], ["minute", 60]];

/** `milliseconds` as "3 minutes"; less than one is `null`. */
export function age(milliseconds) {
  const seconds = milliseconds / 1000;
  const [unit, length] = STEPS.find(([, length]) => seconds >= length) ?? [];
  if (!unit) return null;
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: "long" })
    .format(Math.floor(seconds / length));
}
