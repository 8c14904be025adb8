// Who stands there, and what has to be looked at: one touch each, the last one saves.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { spaced } from "../../rules/codes.js";
import { TemperatureRefused, parseTemperature } from "../../rules/temperature.js";
import { advice } from "../../words.js";
import { icon } from "../../screens/icon.js";
import { calls, SIGNS } from "./sign.js";

const QUICK = Array.from({ length: 13 }, (_, tenth) => `${36 + Math.floor(tenth / 10)}.${tenth % 10}`); // 36.0 to 37.2
const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "0"];

export function nameOf(draft, t) {
  return (
    draft.visit?.body?.name || draft.pass?.label || draft.plate || draft.shown?.code || t(draft.livesHere ? "gate.lives_here" : "gate.somebody")
  );
}

export function person(view) {
  const { desk, t } = view;
  const { draft, standing: told } = desk;
  const isMeasured = draft.pass?.kind !== "vehicle";
  // Where nothing has to be measured first, to record it is the thing to do.
  const isNow = !isMeasured || draft.corrects || told?.verdict === "red" || told?.reason === "emergency_pass";
  const save = html`<button type="button" class=${isNow ? "gate-save" : "gate-quiet"} data-save ?disabled=${desk.saving}
    @click=${() => desk.save()}>${icon("device-floppy")}${t(saveWord(draft, told))}</button>`;
  return html`
    ${head(view)} ${standing(view)}
    ${desk.trouble ? html`<p class="gate-warning" role="alert" data-trouble>${icon("alert-triangle")}${t(desk.trouble)}</p>` : nothing}
    ${isNow && !draft.corrects ? save : nothing}
    ${isMeasured ? html`${temperature(view)} ${desk.pad === null ? looks(view) : nothing}` : nothing}
    ${isNow && !draft.corrects ? nothing : save}`;
}

function saveWord(draft, told) {
  if (draft.corrects) return "gate.save.correct";
  return told?.verdict === "red" ? "gate.save.back" : draft.pass?.kind === "vehicle" ? "gate.save.vehicle" : "gate.save";
}

function head({ desk, t }) {
  const { draft } = desk;
  const pass = draft.pass;
  const compound = pass?.compound && pass.compound !== desk.gate.compound ? desk.book.compoundName(pass.compound) : "";
  return html`<div class="gate-person">
    <div>
      <b class="gate-name">${nameOf(draft, t)}</b>
      <span>${[pass ? t(`gate.kind.${pass.kind}`) : "", compound, spaced(pass?.code), draft.plate].filter(Boolean).join(" · ")}</span>
      ${draft.corrects ? html`<span class="gate-tag">${icon("pencil")}${t("gate.correcting")}</span>` : nothing}
    </div>
    <button type="button" class="gate-small gate-quiet" data-drop @click=${() => desk.next()}>${icon("x")}${t("gate.drop")}</button>
  </div>`;
}

// What the pass says before anything was measured. It is never green: that comes when the check is saved.
function standing({ desk, t }) {
  const { standing: told, draft, book } = desk;
  if (!told) return html`<p class="gate-standing warn">${icon("alert-triangle")}${t("gate.no_pack")}</p>`;
  const words = advice(told);
  if (told.verdict === "green") {
    const turn = draft.direction === "out" && draft.pass?.kind === "resident";
    return html`<p class="gate-standing" data-standing=${told.reason}>${icon("ticket")}${t(turn ? "gate.standing.turn" : "gate.standing.valid")}</p>`;
  }
  const { tone, sign } = SIGNS[told.verdict];
  return html`<div class="gate-standing ${tone}" data-standing=${told.reason}>
      ${icon(sign)}<div><b>${words.line}</b><p>${words.next}</p></div>
    </div>
    ${told.verdict === "red" ? calls({ book, t, reason: told.reason, small: true }) : nothing}`;
}

function temperature({ desk, t }) {
  const { draft } = desk;
  const take = (value) => desk.look({ temperature: value });
  const isOther = draft.temperature !== null && !QUICK.includes(draft.temperature);
  return html`<fieldset class="gate-temperature">
    <legend>${icon("temperature")}${t("gate.temperature")} <output>${draft.temperature ?? "––.–"} ℃</output></legend>
    ${desk.pad === null
      ? html`<div class="gate-quick">
          ${QUICK.map((value) => html`<button type="button" data-temperature=${value} aria-pressed=${draft.temperature === value}
            @click=${() => take(value)}>${value}</button>`)}
          <button type="button" class="gate-more" data-pad aria-pressed=${isOther} @click=${() => desk.press("")}>${t("gate.temperature.other")}</button>
        </div>`
      : pad(desk, t, take)}
  </fieldset>`;
}

function pad(desk, t, take) {
  let said = "";
  let value = null;
  try {
    value = desk.book.profile ? parseTemperature(desk.pad, desk.book.profile) : null;
  } catch (error) {
    if (!(error instanceof TemperatureRefused)) throw error;
    if (desk.pad.length > 3) said = t(error.code === "temperature" ? "gate.temperature.unreadable" : "gate.temperature.implausible", { value: error.value });
  }
  return html`<div class="gate-pad">
      <output class="gate-typed">${value ?? (desk.pad || "––.–")}</output>
      ${KEYS.map((key) => html`<button type="button" data-key=${key} @click=${() => desk.press(desk.pad + key)}>${key}</button>`)}
      <button type="button" data-key="back" aria-label=${t("gate.pad.back")} @click=${() => desk.press(desk.pad.slice(0, -1))}>${icon("backspace")}</button>
      <button type="button" class="gate-quiet" @click=${() => desk.press(null)}>${t("gate.pad.close")}</button>
      <button type="button" class="gate-save" data-pad-done ?disabled=${value === null} @click=${() => (desk.press(null), take(value))}>${t("gate.pad.done")}</button>
    </div>
    ${said ? html`<p class="gate-warning" role="alert">${said}</p>` : nothing}`;
}

function looks({ desk, t }) {
  const { draft } = desk;
  const choice = (name, value, sign) => html`<button type="button" data-look="${name}-${value ? "yes" : "no"}"
    aria-pressed=${draft[name] === value} @click=${() => desk.look({ [name]: value })}>${icon(sign)}${t(`gate.${name}.${value ? "yes" : "no"}`)}</button>`;
  return html`<div class="gate-looks">
    <fieldset><legend>${t("gate.identity")}</legend><div>${choice("identity", true, "id")}${choice("identity", false, "help-circle")}</div></fieldset>
    <fieldset><legend>${t("gate.masked")}</legend><div>${choice("masked", true, "face-mask")}${choice("masked", false, "x")}</div></fieldset>
  </div>`;
}
