// A keeper signs on by her name, at her gate; no account. Duty begins only on a phone that can be relied on.

import { html, render as draw } from "../../vendor/lit-html/lit-html.js";
import { obstacles } from "../duty.js";
import { icon } from "./icon.js";
import { languages } from "./languages.js";

const REMEMBERED = 8;
const LONGEST_NAME = 40;
const SHUT = { sealed: "shell.gate.sealed", emergency: "shell.gate.emergency" };

export function render(root, app) {
  return app.path[1] === "off" ? signOff(root, app) : signOn(root, app);
}

function signOn(root, app) {
  const { store, words } = app;
  const keepers = () => store.get("keepers") ?? [];
  let name = keepers()[0] ?? "";
  let wrong = [];
  let waits = false;

  async function submit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const keeper = String(form.get("keeper")).trim().slice(0, LONGEST_NAME);
    name = keeper;
    waits = true;
    paint();
    wrong = await obstacles(store);
    waits = false;
    if (wrong.length) return paint();
    await store.set({
      keeper, dutySince: app.clock.now(), keepers: [keeper, ...keepers().filter((other) => other !== keeper)].slice(0, REMEMBERED),
      ...(form.get("gate") ? { gate: Number(form.get("gate")) } : {}),
    });
    app.go("");
  }

  const rings = () => app.caseload || store.get("device")?.caseload;
  const place = () => store.parts.get("place")?.data;
  // The open ones first: a community has many ways in, and most of them are sealed.
  const gates = () => [...(place()?.gates ?? [])].sort((a, b) => (a.status !== "open") - (b.status !== "open"));
  const paint = () => draw(html`
    ${languages(app)}
    <h1>${words("shell.sign_on")}</h1>
    <p class="quiet">${[place()?.name, store.get("device")?.name].filter(Boolean).join(" · ")}</p>
    ${wrong.length ? html`<div class="note danger" role="alert">${icon("alert-triangle")}<div>
      <strong>${words("shell.duty.refused")}</strong>
      <ul>${wrong.map((each) => html`<li data-obstacle=${each}>${words(`shell.duty.${each}`)}</li>`)}</ul></div></div>` : ""}
    <form class="stack" @submit=${submit}>
      <label>${words("shell.your_name")}
        <input name="keeper" required maxlength=${LONGEST_NAME} autocomplete="off" .value=${name} @input=${(event) => (name = event.target.value)}></label>
      ${keepers().length ? html`<div class="chips">${keepers().map((each) => html`<button type="button" class="small"
        @click=${() => { name = each; paint(); }}>${each}</button>`)}</div>` : ""}
      ${rings() ? html`<p class="gate-name">${icon("phone-call")}${words("shell.caseload", { name: app.caseload?.name ?? "–" })}</p>` : ""}
      ${store.get("device")?.entrance ? html`<p class="gate-name">${icon("barrier-block")}${app.gate?.name ?? ""}</p>`
        : gates().length && !rings() ? html`<fieldset><legend>${words("shell.your_gate")}</legend>
          ${gates().map((gate) => html`<label class="choice"><input type="radio" name="gate" required value=${gate.id}
            ?checked=${gate.id === store.get("gate")}><span>${gate.name} <small>${gate.compound_name ?? ""}${gate.status === "open" ? "" : ` · ${words(SHUT[gate.status])}`}</small></span></label>`)}
        </fieldset>` : ""}
      <button class="button primary huge" ?disabled=${waits}>${words(waits ? "shell.wait" : "shell.duty.start")}</button>
    </form>
    <a class="button" href="#/device">${icon("device-mobile")}${words("shell.device")}</a>`, root);
  paint();
  return store.subscribe((what) => what === "settings" && paint());
}

function signOff(root, app) {
  const { store, words } = app;
  async function paint() {
    const { count } = await store.unsent();
    const shift = await store.count(store.get("dutySince") ?? app.clock.now());
    draw(html`
      <h1>${words("shell.sign_off")}</h1>
      <dl class="figures">
        <div><dt>${words("shell.this_shift")}</dt><dd>${shift}</dd></div>
        <div><dt>${words("shell.not_sent_yet")}</dt><dd>${count}</dd></div>
      </dl>
      <p>${words(count ? "shell.sign_off.stays" : "shell.sign_off.all_sent")}</p>
      <button class="button primary huge" @click=${done}>${icon("logout")}${words("shell.sign_off.now")}</button>
      <a class="button" href="#/">${words("shell.back")}</a>`, root);
  }
  async function done() {
    await store.set({ keeper: undefined, dutySince: undefined });
    app.go("sign-on");
  }
  paint();
  return store.subscribe(paint);
}
