// By hand: the code of a pass, or a plate; a scanner that types ends in the same field.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { readPlate } from "../book.js";
import { icon } from "../../screens/icon.js";

export function entry({ desk, t }) {
  const isVehicle = desk.mode === "vehicle";
  return html`<form class="gate-form" @submit=${(event) => take(event, desk, isVehicle)}>
    <label><span>${t(isVehicle ? "gate.entry.plate" : "gate.entry.label")}</span>
      <input name="text" class="gate-input gate-code" autofocus autocomplete="off" autocapitalize="characters" spellcheck="false"
        maxlength=${isVehicle ? 12 : 400} enterkeyhint="go" placeholder=${isVehicle ? "鄂R12345" : "KXM4T7"} /></label>
    ${desk.trouble ? html`<p class="gate-warning" role="alert">${icon("alert-triangle")}${t(desk.trouble)}</p>` : nothing}
    <div class="gate-row">
      <button type="button" class="gate-quiet" @click=${() => desk.next()}>${icon("x")}${t("gate.cancel")}</button>
      <button class="gate-save">${t("gate.entry.go")}${icon("arrow-right")}</button>
    </div>
    ${isVehicle ? nothing : html`<button type="button" class="gate-other" @click=${() => desk.withoutPass({ livesHere: false })}>
      ${icon("help-circle")}${t("gate.open.stranger")}</button>`}
  </form>`;
}

function take(event, desk, isVehicle) {
  event.preventDefault();
  const text = new FormData(event.target).get("text").trim();
  if (!text) return;
  if (isVehicle) desk.enterVehicle(readPlate(text));
  else desk.typed(text);
}
