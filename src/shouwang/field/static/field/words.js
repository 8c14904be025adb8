// The words of the Field app: one catalogue, from the server, kept with the app's files (field/words on the server).

export const LANGUAGES = { "zh-hans": "中文", en: "English" };
const CHOSEN = "shouwang.language";
const LOCALES = { "zh-hans": "zh-CN", en: "en-GB" };

let catalogue = {};
let current = "zh-hans";

// What the reader chose on this phone, else what the phone speaks.
export function language() {
  const chosen = globalThis.localStorage?.getItem(CHOSEN);
  if (chosen in LANGUAGES) return chosen;
  return (globalThis.navigator?.language ?? "zh").toLowerCase().startsWith("zh") ? "zh-hans" : "en";
}

// Loads the words of `lang` and keeps the choice; the page has to be drawn anew afterwards.
export async function chooseLanguage(lang) {
  await loadWords(lang);
  globalThis.localStorage?.setItem(CHOSEN, lang);
}

// Throws if they cannot be had: the app's files are not all here.
export async function loadWords(lang = language()) {
  const response = await fetch(`/field/words/${lang}.json`);
  if (!response.ok) throw new Error(`words of ${lang}: ${response.status}`);
  useWords(lang, await response.json());
}

export function useWords(lang, words) {
  [current, catalogue] = [lang, words];
  if (globalThis.document) document.documentElement.lang = lang === "en" ? "en" : "zh-Hans";
}

// The text of `key`, its %(name)s places filled from `params`. What is missing shows its key.
export function word(key, params = {}) {
  return fill(Object.hasOwn(catalogue, key) ? catalogue[key] : key, params);
}

const fill = (text, params) =>
  text.replace(/%\((\w+)\)[sd]|%%/g, (place, name) => (place === "%%" ? "%" : String(params[name] ?? place)));

// "2020-02-24" → "2月24日", "24 Feb"
export function dayWord(day) {
  const form = new Intl.DateTimeFormat(LOCALES[current], { month: "short", day: "numeric", timeZone: "UTC" });
  return form.format(new Date(`${day}T00:00:00Z`));
}

// What the gate keeper reads of a judgement (rules/verdict.js): {short, line, next}.
export function advice({ reason, nextOut }) {
  const params = { next_out: nextOut ? dayWord(nextOut) : "–" };
  return {
    short: word(`advice.${reason}.short`),
    line: word(`advice.${reason}.line`, params),
    next: word(`advice.${reason}.next`, params),
  };
}
