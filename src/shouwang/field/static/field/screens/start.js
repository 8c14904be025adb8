// Where a keeper begins: what she can do here, large.

import { html, render as draw } from "../../vendor/lit-html/lit-html.js";
import { icon } from "./icon.js";

export function render(root, app) {
  const { words, store } = app;
  const paint = () => draw(html`
    <h1 class="gate-name">${icon("barrier-block")}${app.gate?.name ?? words("shell.no_gate")}</h1>
    ${app.gate?.compound_name ? html`<p class="quiet">${app.gate.compound_name}</p>` : ""}
    <a class="button primary huge" href="#/gate">${icon("qrcode")}${words("shell.open_gate")}</a>
    <nav class="stack">
      <a class="button" href="#/sign-on/off">${icon("logout")}${words("shell.sign_off")}</a>
      <a class="button" href="#/device">${icon("device-mobile")}${words("shell.device")}</a>
    </nav>`, root);
  paint();
  return store.subscribe((what) => what === "settings" && paint());
}
