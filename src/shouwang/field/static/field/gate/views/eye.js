// What the camera sees, which way people go, and the vehicle whose people are being checked.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { icon } from "../../screens/icon.js";

export function ways({ desk, t }) {
  const way = (direction, sign) => html`<button type="button" class="gate-way" data-direction=${direction}
    aria-pressed=${desk.direction === direction} @click=${() => desk.turn(direction)}>${icon(sign)}${t(`gate.${direction}`)}</button>`;
  return html`<div class="gate-ways" role="group" aria-label=${t("gate.direction")}>
      ${way("out", "arrow-up-right")}${way("in", "door-enter")}
    </div>
    ${desk.vehicle ? vehicle({ desk, t }) : nothing}`;
}

const vehicle = ({ desk, t }) => html`<div class="gate-vehicle">
  ${icon("car")}<b>${desk.vehicle.plate}</b><span>${t("gate.vehicle.people", { count: desk.vehicle.people })}</span>
  <button type="button" class="gate-small" @click=${() => desk.leaveVehicle()}>${t("gate.vehicle.done")}</button>
</div>`;

export function eye({ camera, desk, t, actions }) {
  return html`<div class="gate-eye" data-camera=${camera.state}>
    <video playsinline muted aria-label=${t("gate.camera")}></video>
    ${camera.state === "on" ? html`<span class="gate-aim" aria-hidden="true"></span>` : blind({ camera, t, actions })}
    ${camera.torch
      ? html`<button type="button" class="gate-torch" aria-pressed=${camera.lit} @click=${actions.torch}>
          ${icon("bulb")}${t("gate.torch")}</button>`
      : nothing}
    ${desk?.note
      ? html`<p class="gate-note" role="status">${t(desk.note.key)}
          ${desk.note.again
            ? html`<button type="button" class="gate-small" @click=${desk.note.again}>${t("gate.note.again")}</button>`
            : nothing}</p>`
      : nothing}
  </div>`;
}

const blind = ({ camera, t, actions }) => camera.state === "starting"
  ? html`<p class="gate-blind">${t("gate.camera.starting")}</p>`
  : html`<p class="gate-blind" role="alert">${icon("camera-off")}${t(`gate.camera.${camera.state}`)}
      <button type="button" class="gate-small" @click=${actions.look}>${t("gate.camera.retry")}</button></p>`;
