// It stands on the disk; only now is it said. And what to do next: for the sick at once, for the missed the next try.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { icon } from "../../screens/icon.js";
import { saidText, stepSign } from "../wording.js";

export function saved(view) {
  const { round, t } = view;
  const { record, household, state, unsent } = round.answer;
  const fevers = state.fevers.filter((fever) => record.body.readings.some(({ resident }) => resident === fever.resident));
  const reached = record.body.outcome === "reached";
  const isWell = state.done || state.kind === "evening";
  const tone = fevers.length ? "danger" : isWell ? "" : "warn";
  const title = state.done ? "done" : state.kind === "evening" ? "evening" : reached ? "partly" : "not_reached";
  const [next] = round.waiting(household.id);
  return html`<section class="calls" data-mode="saved" data-household=${household.id}>
    <div class="calls-saved ${tone}" data-saved=${record.id} data-step=${state.next ?? ""} aria-live="assertive">
      <h1>${icon(fevers.length ? "temperature-plus" : state.done ? "circle-check" : stepSign(state.next))}
        <span>${t(`calls.saved.${fevers.length ? "fever" : title}`)}</span></h1>
      <p><b>${household.door}</b> · ${saidText({ record, household, t, profile: round.profile })}</p>
      ${fevers.length ? feverNext(view) : nothing}
      ${state.done ? nothing : html`<p data-next-step>${t(`calls.step.${state.next}.do`)}</p>${tries(view)}`}
    </div>
    <p class="calls-fine">${icon("circle-check")}<span>${t("gate.saved", { count: unsent.count })}</span></p>
    <div class="calls-tools">
      <button type="button" class="calls-grow" data-correct @click=${() => round.correct(record)}>${icon("pencil")}${t("calls.correct")}</button>
      ${state.done ? nothing : html`<button type="button" class="calls-grow" data-again @click=${() => round.again()}>${icon("refresh")}${t("calls.again")}</button>`}
    </div>
    <nav class="calls-foot">
      ${next
        ? html`<a class="button primary grow" data-next href="#/calls/h/${next.household.id}">${icon(stepSign(next.state.next))}<span>${t("calls.next", { door: next.household.door })}</span></a>`
        : html`<a class="button primary grow" href="#/calls/day">${icon("circle-check")}<span>${t("calls.all_done")}</span></a>`}
      <a class="button side" href="#/calls">${icon("list-check")}${t("calls.list")}</a>
    </nav>
  </section>`;
}

// A fever: tell somebody now. The record says it too, once there is a network.
export function feverNext({ round, t }) {
  const [first, ...others] = round.dutyPhones;
  return html`<p>${t("calls.fever.do")}</p>
    ${first ? html`<a class="button" data-duty href="tel:${first.phone}">${icon("phone-call")}<span>${t("gate.call", { name: first.name })}</span> <b>${first.phone}</b></a>` : html`<p>${t("gate.call.none")}</p>`}
    ${others.map((other) => html`<a class="button" href="tel:${other.phone}">${icon("phone")}${other.name} ${other.phone}</a>`)}`;
}

// The ways that the next step asks for, ready to be pressed.
function tries({ round, t }) {
  const { household, state, record } = round.answer;
  const numbers = household.phones.filter(({ phone }) => phone !== round.lastDialled || household.phones.length === 1);
  if (["call", "call_again", "other_number", "ask_rest"].includes(state.next) && record.body.channel === "call") {
    return numbers.slice(0, 3).map((phone) => html`<a class="button" href="tel:${phone.phone}" @click=${() => round.again(phone.phone)}>${icon("phone-call")}<span>${phone.name}</span> <b>${phone.phone}</b></a>`);
  }
  if (state.next === "office") {
    return round.dutyPhones.slice(0, 2).map((phone) => html`<a class="button" href="tel:${phone.phone}">${icon("building-community")}${phone.name} ${phone.phone}</a>`);
  }
  return nothing;
}
