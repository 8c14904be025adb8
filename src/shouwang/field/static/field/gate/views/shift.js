// The checks of this shift, the latest first; one touch corrects one. A corrected one stays to be seen.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { advice } from "../../words.js";
import { linesOf } from "../shift.js";
import { icon } from "../../screens/icon.js";
import { counts } from "./ready.js";
import { SIGNS } from "./sign.js";

const SHOWN = 100;

export function shift({ desk, t }) {
  const lines = linesOf(desk.shift()).slice(0, SHOWN);
  return html`<div class="gate-sheet">
    <div class="gate-row"><button type="button" class="gate-quiet" data-next @click=${() => desk.next()}>${icon("arrow-left")}${t("gate.back")}</button>
      <b>${t("gate.open.shift")}</b></div>
    <p class="gate-counts">${counts({ desk, t })}</p>
    ${lines.length ? html`<ol class="gate-lines">${lines.map((each) => line(each, { desk, t }))}</ol>` : html`<p class="gate-hint">${t("gate.shift.empty")}</p>`}
  </div>`;
}

function line({ record, correctedBy, corrected }, { desk, t }) {
  const { body } = record;
  const { tone, sign } = SIGNS[body.verdict ?? "amber"];
  const fever = desk.isFever(body.temperature);
  return html`<li class=${correctedBy ? "old" : ""} data-record=${record.id}>
    <button type="button" ?disabled=${Boolean(correctedBy) || body.emergency} @click=${() => desk.correct(record)}>
      <time>${desk.clockOf(record.at)}</time>
      <span class="gate-who">${desk.nameOf(body) || t(body.emergency ? "gate.count.emergencies" : "gate.somebody")}</span>
      <span class=${fever ? "gate-hot" : ""}>${body.temperature ? `${body.temperature} ℃` : "–"}</span>
      <span class="gate-badge ${tone}">${icon(sign)}${t(`gate.${body.direction}`)} · ${body.verdict ? advice({ reason: body.reason }).short : t("gate.unjudged.word")}</span>
      ${correctedBy ? html`<em>${t("gate.shift.corrected")}</em>` : corrected ? html`<em>${t("gate.shift.corrects", { time: desk.clockOf(corrected.at) })}</em>` : nothing}
    </button>
  </li>`;
}
