// The phone becomes a device: by the code in the address (the QR was scanned), or by a typed one.

import { html, render as draw } from "../../vendor/lit-html/lit-html.js";
import { NotEnrolled, enrol, readCode } from "../enrol.js";
import { ScanError, openScanner } from "../gate/scan.js";
import { icon } from "./icon.js";
import { languages } from "./languages.js";

const KNOWN = ["not_a_code", "other_root", "offline", "enrolment_used", "enrolment_expired", "enrolment_unknown"];

export function render(root, app) {
  const { words, store } = app;
  let refused = "";
  let waits = false;
  let scanner = null;
  let looks = false;
  let left = false;
  const scanned = app.path[1] ?? "";

  // An app on an iPhone's home screen is not reached by the phone's own camera: it has to look itself.
  async function scan() {
    [looks, refused] = [true, ""];
    paint();
    try {
      scanner = await openScanner(root.querySelector("video"), (text) => readCode(text) && looks && go(text));
    } catch (error) {
      if (!(error instanceof ScanError)) throw error;
      [looks, refused] = [false, "no_camera"];
    }
    if (left) rest();
    else paint();
  }

  function rest() {
    looks = false;
    scanner?.close();
    scanner = null;
  }

  async function go(text) {
    rest();
    [waits, refused] = [true, ""];
    paint();
    try {
      await enrol(text, { store, app: app.version });
    } catch (error) {
      if (!(error instanceof NotEnrolled)) throw error;
      refused = KNOWN.includes(error.code) ? error.code : "other";
      waits = false;
      return paint();
    }
    await app.refresh();
    app.sender.retry();
    app.go("");
  }

  function submit(event) {
    event.preventDefault();
    go(new FormData(event.target).get("code"));
  }

  const paint = () => draw(html`
    ${languages(app)}
    <h1>${words("shell.enrol")}</h1>
    <p>${words("shell.enrol.how")}</p>
    ${refused ? html`<div class="note danger" role="alert">${icon("alert-triangle")}<div>
      <strong>${words("shell.enrol.refused")}</strong><p>${words(`shell.enrol.${refused}`)}</p></div></div>` : ""}
    ${scanned ? html`<button class="button primary huge" ?disabled=${waits} @click=${() => go(scanned)}>
        ${icon("device-mobile")}${words(waits ? "shell.wait" : "shell.enrol.this_phone")}</button>`
      : html`<button class="button primary huge" ?hidden=${looks} ?disabled=${waits} @click=${scan}>${icon("qrcode")}${words("shell.enrol.scan")}</button>
      <video class="eye" ?hidden=${!looks} muted playsinline></video>
      <form class="stack" @submit=${submit}>
        <label>${words("shell.enrol.code")}
          <input name="code" required autocomplete="off" autocapitalize="off" spellcheck="false"></label>
        <button class="button" ?disabled=${waits}>${words(waits ? "shell.wait" : "shell.enrol.go")}</button>
      </form>`}`, root);
  paint();
  return () => {
    left = true;
    rest();
  };
}
