// When the phone dies or may not send: a file that only the office can open, to be carried there by any way.

import { html, render as draw } from "../../vendor/lit-html/lit-html.js";
import { batchText } from "../batch.js";
import { handover } from "../sealing.js";
import { icon } from "./icon.js";

export function render(root, app) {
  const { store, words } = app;
  let failed = "";
  let made = "";

  async function make(event) {
    event.preventDefault();
    [failed, made] = ["", ""];
    try {
      const records = await store.everything({ sent: Boolean(new FormData(event.target).get("sent")) });
      const text = batchText({
        installation: store.get("installation"), app: app.version, sentAt: Date.now(), unsent: 0, oldest: null,
        device: store.get("device").id,
      }, records);
      const bytes = await handover(text, (await store.pack("sealing")).key);
      made = fileName(app);
      save(bytes, made);
    } catch (error) {
      console.error(error);
      failed = String(error.message ?? error);
    }
    paint();
  }

  async function paint() {
    const { count } = await store.unsent();
    const ready = store.parts.has("sealing") && store.get("device");
    draw(html`
      <h1>${words("shell.handover")}</h1>
      <p>${words("shell.handover.why")}</p>
      <dl class="figures"><div><dt>${words("shell.not_sent_yet")}</dt><dd>${count}</dd></div></dl>
      ${failed ? html`<div class="note danger" role="alert">${icon("alert-triangle")}<div><strong>${words("shell.handover.failed")}</strong><p>${failed}</p></div></div>` : ""}
      ${made ? html`<div class="note good" role="status">${icon("circle-check")}<div><strong>${made}</strong><p>${words("shell.handover.made")}</p></div></div>` : ""}
      ${ready ? html`<form class="stack" @submit=${make}>
        <label class="choice"><input type="checkbox" name="sent"><span>${words("shell.handover.week")}</span></label>
        <button class="button primary huge">${icon("download")}${words("shell.handover.make")}</button>
      </form>` : html`<div class="note danger">${icon("alert-triangle")}<div>${words("shell.handover.no_key")}</div></div>`}
      <a class="button" href="#/device">${words("shell.back")}</a>`, root);
  }
  paint();
  return store.subscribe(paint);
}

function fileName(app) {
  const day = new Date(app.clock.now()).toLocaleString("sv-SE", { timeZone: app.store.zone() }).replace(" ", "-").replaceAll(":", "").slice(0, 15);
  return `${day}-${app.store.get("device").name.replace(/[^\p{L}\p{N}]+/gu, "-")}.shouwang`;
}

function save(bytes, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
