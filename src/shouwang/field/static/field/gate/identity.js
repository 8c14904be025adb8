// Chinese identity numbers as GB 11643-1999 has them; the same answers as kernel/identity.py.

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK = "10X98765432";

// "" while it may still become right, "ok", or what is wrong: "letters", "length", "date", "check".
export function lookAtIdentity(typed) {
  const number = typed.replace(/\s/g, "").toUpperCase();
  if (!/^\d{0,17}$|^\d{17}[\dX]$/.test(number)) return number.length > 18 ? "length" : "letters";
  if (number.length >= 14 && !isDay(number.slice(6, 14))) return "date";
  if (number.length < 18) return "";
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(number[at]), 0);
  return CHECK[sum % 11] === number[17] ? "ok" : "check";
}

function isDay(digits) {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
