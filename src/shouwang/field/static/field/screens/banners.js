// What must be seen at once, on every screen, with what to do about it.

import { html } from "../../vendor/lit-html/lit-html.js";
import { icon } from "./icon.js";

const CLOCK_OFF = 300; // seconds

export function banners(app, { doubtful }) {
  const { store, words, clock } = app;
  const trouble = store.trouble;
  const stopped = store.get("stopped");
  const ahead = clock.ahead();
  const doubts = doubtful.conflict + doubtful.quarantined;
  return [
    trouble && note("danger", words(`shell.not_saved.${trouble}`), words(`shell.not_saved.${trouble}.do`), handOver(words)),
    stopped && note("danger", words(`shell.stopped.${stopped.code}`), words("shell.stopped.do"), handOver(words)),
    store.get("lost") && note("danger", words("shell.lost"), words("shell.lost.do"),
      html`<button class="small" @click=${() => store.set({ lost: undefined })}>${words("shell.understood")}</button>`),
    store.get("refused")?.includes("trust") && note("danger", words("shell.trust_refused"), words("shell.trust_refused.do")),
    clock.jumped && note("warn", words("shell.clock.jumped"), words("shell.clock.do")),
    !clock.jumped && Math.abs(ahead ?? 0) > CLOCK_OFF && note("warn", words("shell.clock.off"), words("shell.clock.do")),
    doubts > 0 && note("info", words("shell.doubtful", { count: doubts }), words("shell.doubtful.do")),
  ].filter(Boolean);
}

const handOver = (words) => html`<a class="button small" href="#/handover">${words("shell.handover")}</a>`;

const note = (tone, title, text, act = "") =>
  html`<div class="note ${tone}" role=${tone === "danger" ? "alert" : "note"}>
    ${icon(tone === "info" ? "info-circle" : "alert-triangle")}
    <div><strong>${title}</strong><p>${text}</p></div>${act}
  </div>`;
