// This phone: what it holds and has not sent, whether it may be relied on, its version.

import { html, render as draw } from "../../vendor/lit-html/lit-html.js";
import { age } from "../age.js";
import { obstacles } from "../duty.js";
import { icon } from "./icon.js";
import { languages } from "./languages.js";

export function render(root, app) {
  const { store, words, sender } = app;
  let wrong = null;
  let left = false;

  async function paint() {
    const { count, oldest } = await store.unsent();
    const doubtful = await store.doubtful();
    if (left) return;
    const ahead = app.clock.ahead();
    const old = (moment) => age(app.clock.now() - moment);
    const ago = (moment) => (!moment ? "–" : old(moment) ? words("shell.ago", { age: old(moment) }) : words("shell.just_now"));
    const pairs = [
      ["shell.not_sent_yet", count],
      ["shell.oldest_unsent", count ? (old(oldest) ?? words("shell.just_now")) : "–"],
      ["shell.sending", words(`shell.sending.${sender.state}`)],
      ["shell.last_contact", ago(store.get("contact"))],
      ["shell.pack_from", ago(store.get("packAt"))],
      ["shell.for_the_office", doubtful.conflict + doubtful.quarantined],
      ["shell.clock_ahead", ahead === null ? "–" : (ahead < 0 ? "−" : "") + (age(Math.abs(ahead) * 1000) ?? words("shell.seconds", { count: Math.abs(ahead) }))],
      ["shell.device", store.get("device")?.name ?? "–"],
      ["shell.version", app.version],
    ];
    draw(html`
      ${languages(app)}
      <h1>${words("shell.device")}</h1>
      <div class="stack">
        <button class="button primary" ?disabled=${!count || sender.state === "sending"} @click=${() => sender.retry()}>${icon("upload")}${words("shell.send_now")}</button>
        <a class="button" href="#/handover">${icon("download")}${words("shell.handover")}</a>
        <button class="button" @click=${() => app.refresh()}>${icon("refresh")}${words("shell.fetch_pack")}</button>
        ${app.updates.waiting() ? html`<button class="button" @click=${() => app.updates.take()}>${icon("arrow-up")}${words("shell.take_update")}</button>` : ""}
      </div>
      <dl class="pairs">${pairs.map(([key, value]) => html`<div><dt>${words(key)}</dt><dd data-pair=${key}>${value}</dd></div>`)}</dl>
      <h2>${words("shell.reliable")}</h2>
      ${wrong === null ? "" : wrong.length
        ? html`<ul class="wrong">${wrong.map((each) => html`<li data-obstacle=${each}>${words(`shell.duty.${each}`)}</li>`)}</ul>`
        : html`<p class="right">${icon("circle-check")}${words("shell.reliable.yes")}</p>`}
      <div class="stack">
        ${app.keeper ? html`<a class="button" href="#/sign-on/off">${icon("logout")}${words("shell.sign_off")}</a>` : ""}
        <a class="button" href="#/enrol">${icon("key")}${words("shell.enrol.again")}</a>
        <a class="button" href="#/">${words("shell.back")}</a>
      </div>`, root);
  }
  paint();
  obstacles(store).then((found) => {
    wrong = found;
    paint();
  });
  const stop = store.subscribe(paint);
  return () => {
    left = true;
    stop();
  };
}
