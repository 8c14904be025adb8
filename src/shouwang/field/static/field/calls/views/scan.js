// At the door: the code on the door card opens the household. It opens nothing that is not on her list.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { icon } from "../../screens/icon.js";
import { back, note } from "./marks.js";

const TOLD = ["denied", "busy"];

export function scan({ round, camera, t, look }) {
  return html`<section class="calls" data-mode="scan" data-camera=${camera.state}>
    <header class="calls-head">${back(t)}<div><h1>${t("calls.scan")}</h1><p class="calls-who">${t("calls.scan.how")}</p></div></header>
    <div class="calls-eye"><video playsinline muted aria-label=${t("gate.camera")}></video>
      ${camera.state === "on" ? nothing : camera.state === "starting" ? html`<p>${t("gate.camera.starting")}</p>`
        : html`<p role="alert">${icon("camera-off")} ${t(TOLD.includes(camera.state) ? `gate.camera.${camera.state}` : "calls.scan.blind")}</p>`}</div>
    ${["on", "starting"].includes(camera.state) ? nothing : html`<button type="button" @click=${look}>${icon("refresh")}${t("gate.camera.retry")}</button>`}
    ${round?.scanNote ? note("warn", "alert-triangle", t(round.scanNote)) : nothing}
    <nav class="calls-foot"><a class="button grow" href="#/calls">${icon("search")}<span>${t("calls.scan.choose")}</span></a></nav>
  </section>`;
}
