// Always in view: where we are, what is not sent yet and how old it is, and when the office was last heard.

import { html } from "../../vendor/lit-html/lit-html.js";
import { age } from "../age.js";
import { icon } from "./icon.js";

const LATE = 30 * 60_000; // unsent for so long: said in another colour

// The gate or the caseload; on a phone that has both, the one she is at.
function placeOf({ gate, caseload, path, words }) {
  const calls = caseload && words("shell.caseload", { name: caseload.name });
  return path[0] === "calls" ? calls : (gate?.name ?? calls);
}

export function header(app, { unsent }) {
  const { store, words } = app;
  const now = app.clock.now();
  const oldest = unsent.count ? now - unsent.oldest : 0;
  const contact = store.get("contact");
  const since = contact ? age(now - contact) : null;
  const state = !unsent.count ? "none" : oldest > LATE ? "late" : "some";
  return html`<header class="bar">
    <a class="where" href="#/">
      <strong>${placeOf(app) ?? store.get("device")?.name ?? words("shell.title")}</strong>
      <span>${app.keeper ?? ""}</span>
    </a>
    <a class="unsent ${state}" href="#/device" data-unsent=${unsent.count}>
      ${icon(unsent.count ? "cloud-upload" : "check")}
      <span>
        <strong>${unsent.count ? words("shell.unsent", { count: unsent.count }) : words("shell.all_sent")}</strong>
        ${unsent.count && age(oldest) ? html`<span>${words("shell.oldest", { age: age(oldest) })}</span>` : ""}
        <span>${!contact ? words("shell.never_heard") : since ? words("shell.heard", { age: since }) : words("shell.heard_now")}</span>
      </span>
    </a>
  </header>`;
}
