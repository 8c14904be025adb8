// The verdict: the whole width, a sign, a word, one line why, what to do next. Shown only when the check is on the disk.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { advice } from "../../words.js";
import { icon } from "../../screens/icon.js";
import { nameOf } from "./person.js";
import { SIGNS, calls, wordOf } from "./sign.js";

export function answer({ desk, t }) {
  const { judged, record } = desk.answer;
  const { tone, sign } = SIGNS[judged?.verdict ?? "amber"];
  const words = judged ? advice(judged) : { line: t("gate.unjudged"), next: t("gate.unjudged.next") };
  const { temperature, direction } = record.body;
  return html`<section class="gate-answer ${tone}" data-verdict=${judged?.verdict ?? "none"} data-reason=${judged?.reason ?? ""} aria-live="assertive">
      <p class="gate-verdict">${icon(sign)}<b>${judged ? wordOf(judged, t) : t("gate.unjudged.word")}</b></p>
      <p class="gate-line">${words.line}</p>
      ${judged?.reason === "ok" ? nothing : html`<p class="gate-next">${words.next}</p>`}
      ${calls({ book: desk.book, t, reason: judged?.reason, always: !judged })}
      <p class="gate-whom">${nameOf(desk.draft, t)} · ${t(`gate.${direction}`)} · ${temperature ?? "–"} ℃</p>
    </section>
    <p class="gate-saved" data-saved>${icon("circle-check")}${t("gate.saved", { count: desk.unsent.count })}</p>
    <div class="gate-row">
      <button type="button" class="gate-quiet" @click=${() => desk.correct(record)}>${icon("pencil")}${t("gate.correct")}</button>
      <button type="button" class="gate-save" data-next @click=${() => desk.next()}>${t(desk.vehicle ? "gate.next.occupant" : "gate.next")}${icon("arrow-right")}</button>
    </div>`;
}
