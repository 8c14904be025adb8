// Resident identity numbers (GB 11643-1999), as kernel/identity.py reads them: a look while it is being typed, never a
// wall. Other documents, and the 15 digits of old cards, have no check that a phone could make.

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK = "10X98765432";
const EARLIEST_YEAR = 1880; // the standard's own example was born then

// "ok", "" for what cannot be told (yet), or what does not fit: "length", "date", "check".
export function lookAtIdentity(typed) {
  const number = typed.normalize("NFKC").replace(/\s/g, "").toUpperCase();
  if (!/^\d{15,}X?$/.test(number)) return "";
  if (number.length > 18) return "length";
  if (number.length < 18) return "";
  if (!isDay(number.slice(6, 14))) return "date";
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(number[at]), 0);
  return CHECK[sum % 11] === number[17] ? "ok" : "check";
}

function isDay(digits) {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= EARLIEST_YEAR && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
