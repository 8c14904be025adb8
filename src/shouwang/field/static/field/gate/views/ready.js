// Nobody stands there yet: the other ways than a QR code, and what this shift did.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { countsOf } from "../shift.js";
import { icon } from "../../screens/icon.js";

export function ready({ desk, t }) {
  const way = (mode, sign) => html`<button type="button" class="gate-other" @click=${() => desk.open(mode)}>
    ${icon(sign)}${t(`gate.open.${mode}`)}</button>`;
  return html`
    ${desk.book.profile ? nothing : html`<p class="gate-warning" role="alert">${icon("alert-triangle")}${t("gate.no_pack")}</p>`}
    ${desk.gate.status === "open" ? nothing : html`<p class="gate-warning">${icon("wall")}${t(`gate.status.${desk.gate.status}`)}</p>`}
    <p class="gate-hint">${t(desk.vehicle ? (desk.vehicle.people ? "gate.hint.occupant" : "gate.hint.driver") : "gate.hint.scan")}</p>
    <div class="gate-others">
      ${way("entry", "keyboard")}
      <button type="button" class="gate-other" @click=${() => desk.withoutPass({ livesHere: true })}>
        ${icon("home")}${t("gate.open.lives_here")}</button>
      ${way("visitor", "user")}
      ${way("vehicle", "car")}
    </div>
    <button type="button" class="gate-counts" @click=${() => desk.open("shift")}>${counts({ desk, t })}${icon("chevron-right")}</button>`;
}

export function counts({ desk, t }) {
  const done = countsOf(desk.shift(), desk.isFever);
  return Object.entries(done).map(
    ([name, count]) => html`<span data-count=${name}><b>${count}</b> ${t(`gate.count.${name}`)}</span>`,
  );
}
