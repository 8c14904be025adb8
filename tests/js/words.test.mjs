// The words of the Field app on the phone; which there are is tests/field/test_words.py's business.

import assert from "node:assert/strict";
import test, { beforeEach } from "node:test";

const { advice, chooseLanguage, dayWord, language, loadWords, useWords, word } = await import(
  "../../src/shouwang/field/static/field/words.js"
);
const CATALOGUES = {
  "zh-hans": { "shell.unsent": "还有%(count)s条没传", "advice.quarantine.line": "隔离期内，%(next_out)s起才能外出。" },
  en: { "shell.unsent": "%(count)s not sent yet", "advice.quarantine.line": "May go out again from %(next_out)s." },
};
let kept;

beforeEach(() => {
  kept = new Map();
  globalThis.localStorage = { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value) };
  globalThis.fetch = async (address) => {
    const lang = /^\/field\/words\/(.+)\.json$/.exec(address)?.[1];
    return new Response(JSON.stringify(CATALOGUES[lang] ?? {}), { status: lang in CATALOGUES ? 200 : 404 });
  };
});

test("a word has its places filled", async () => {
  await loadWords("en");
  assert.equal(word("shell.unsent", { count: 3 }), "3 not sent yet");
  assert.equal(word("shell.unsent"), "%(count)s not sent yet");
});

test("a missing word shows its key, also one that every object has", async () => {
  await loadWords("en");
  for (const key of ["shell.nothing", "constructor", "toString"]) assert.equal(word(key), key);
});

test("the language that was chosen stays", async () => {
  await chooseLanguage("en");
  assert.equal(language(), "en");
  await chooseLanguage("zh-hans");
  assert.equal(language(), "zh-hans");
  assert.equal(word("shell.unsent", { count: 0 }), "还有0条没传");
});

test("a language that cannot be loaded is not chosen, and the words stay", async () => {
  await chooseLanguage("en");
  await assert.rejects(() => chooseLanguage("fr"), /fr: 404/);
  assert.equal(language(), "en");
  assert.equal(word("shell.unsent", { count: 1 }), "1 not sent yet");
});

test("days are written as the language writes them, whatever the phone's zone", () => {
  const before = process.env.TZ;
  process.env.TZ = "America/New_York";
  useWords("en", CATALOGUES.en);
  assert.equal(dayWord("2020-02-24"), "24 Feb");
  useWords("zh-hans", CATALOGUES["zh-hans"]);
  assert.equal(dayWord("2020-03-01"), "3月1日");
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
});

test("advice names the day", () => {
  useWords("zh-hans", CATALOGUES["zh-hans"]);
  const { line, next } = advice({ reason: "quarantine", nextOut: "2020-03-01" });
  assert.equal(line, "隔离期内，3月1日起才能外出。");
  assert.equal(next, "advice.quarantine.next");
});
