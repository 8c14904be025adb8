// Where somebody begins: what she can do with this phone, large.

import { html, render as draw } from "../../vendor/lit-html/lit-html.js";
import { icon } from "./icon.js";

export function render(root, app) {
  const { words, store } = app;
  const gate = () => html`
    <h1 class="gate-name">${icon("barrier-block")}${app.gate?.name ?? words("shell.no_gate")}</h1>
    ${app.gate?.compound_name ? html`<p class="quiet">${app.gate.compound_name}</p>` : ""}
    <a class="button primary huge" href="#/gate">${icon("qrcode")}${words("shell.open_gate")}</a>`;
  const calls = () => html`
    <h1 class="gate-name">${icon("phone-call")}${words("shell.caseload", { name: app.caseload?.name ?? "–" })}</h1>
    <a class="button primary huge" href="#/calls">${icon("list-check")}${words("calls.open")}</a>`;
  const rings = () => app.caseload || store.get("device")?.caseload;
  const paint = () => draw(html`
    ${rings() ? calls() : ""}
    ${app.gate || !rings() ? gate() : ""}
    <nav class="stack">
      <a class="button" href="#/sign-on/off">${icon("logout")}${words("shell.sign_off")}</a>
      <a class="button" href="#/device">${icon("device-mobile")}${words("shell.device")}</a>
    </nav>`, root);
  paint();
  return store.subscribe((what) => what === "settings" && paint());
}
