// Her day at a glance: how far she is, whom to call next and why, the done ones below.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { icon } from "../../screens/icon.js";
import { namesOf, reasonText, stepSign, triedText } from "../wording.js";
import { note, tag } from "./marks.js";

const FILTERS = ["all", "left", "again", "done"];

export function list({ round, app, t }) {
  const { counts } = round;
  const shown = round.shown();
  const [first] = round.waiting();
  return html`<section class="calls" data-mode="list">
    ${far({ counts, t })}
    ${round.households.length ? nothing : note("info", "info-circle", t("calls.empty"), html`<p>${t("calls.empty.do")}</p>`)}
    <div class="calls-tools">
      <label class="calls-find">${icon("search")}
        <input type="search" name="find" autocomplete="off" maxlength="30" placeholder=${t("calls.find")} aria-label=${t("calls.find")} .value=${round.query}
          @input=${(event) => round.find(event.target.value)} /></label>
      <a class="button calls-tool" href="#/calls/scan" aria-label=${t("calls.scan")}>${icon("qrcode")}</a>
      <button type="button" class="calls-tool" aria-pressed=${Boolean(app.store.get("largeType"))} aria-label=${t("calls.large")}
        @click=${() => round.enlarge()}>${t("calls.large.sign")}</button>
    </div>
    <div class="calls-pills calls-filters" role="group" aria-label=${t("calls.filter")}>${FILTERS.map((name) => html`<button type="button" data-filter=${name}
      aria-pressed=${round.filter === name} @click=${() => round.sift(name)}><b>${counts[name]}</b>${t(`calls.filter.${name}`)}</button>`)}</div>
    ${shown.length
      ? html`<ol class="calls-list">${shown.map((one) => row({ one, round, t }))}</ol>`
      : round.households.length ? html`<p class="calls-empty">${icon(round.query ? "search" : "circle-check")}${t(round.query ? "calls.find.none" : `calls.none.${round.filter}`)}</p>` : nothing}
    <nav class="calls-foot">
      ${first
        ? html`<a class="button primary grow" data-next href="#/calls/h/${first.household.id}">${icon(stepSign(first.state.next))}
            <span>${t("calls.next", { door: first.household.door })}</span></a>`
        : html`<a class="button primary grow" href="#/calls/day">${icon("circle-check")}<span>${t("calls.all_done")}</span></a>`}
      <a class="button side" href="#/calls/day">${icon("clipboard-check")}${t("calls.day")}</a>
    </nav>
  </section>`;
}

// done, left, minutes, and the bar. Shared with her day.
export function far({ counts, t }) {
  const share = (count) => (counts.all ? (count / counts.all) * 100 : 0);
  const part = (name, count) => (count ? html`<i class=${name} .style=${`flex: 0 0 ${share(count)}%`}></i>` : nothing);
  return html`<div class="calls-far" data-done=${counts.done} data-left=${counts.all - counts.done}>
    <dl>
      <div><dt>${t("calls.done")}</dt><dd>${counts.done}<small> / ${counts.all}</small></dd></div>
      <div><dt>${t("calls.left")}</dt><dd>${counts.all - counts.done}</dd></div>
      <div><dt>${t("calls.minutes")}</dt><dd>${counts.minutes}${!counts.average ? nothing : html`<small> · ${t("calls.average", { minutes: counts.average })}</small>`}</dd></div>
    </dl>
    <div class="calls-bar" role="img" aria-label=${t("calls.bar", { done: counts.done, all: counts.all })}>
      ${part("fever", counts.fevers)}${part("done", counts.done - counts.fevers)}${part("again", counts.again)}</div>
  </div>`;
}

function row({ one, round, t }) {
  const { household, state, reasons } = one;
  const tone = state.done ? "done" : reasons[0]?.tone ?? "";
  const sign = state.done ? (state.fevers.length ? "temperature-plus" : "check") : stepSign(state.next);
  return html`<li><a class="calls-row ${tone} ${state.kind}" data-household=${household.id} data-state=${state.kind} href="#/calls/h/${household.id}">
    <div>
      <div class="calls-door">${household.door}</div>
      <div class="calls-who">${namesOf(household, t)}</div>
    </div>
    <span class="calls-go" aria-hidden="true">${icon(sign)}</span>
    ${state.done || state.tries ? html`<div class="calls-why">${triedText({ household, state, round, t }).map(tag)}</div>` : nothing}
    ${state.done || !reasons.length ? nothing : html`<div class="calls-why">${reasons.map((reason) => tag({ ...reason, text: reasonText(reason, t) }))}</div>`}
  </a></li>`;
}
