// Her day: what was done, what is left, fevers and needs with what to do about them, what is not sent.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { age } from "../../age.js";
import { icon } from "../../screens/icon.js";
import { clockText, saidText } from "../wording.js";
import { far } from "./list.js";
import { feverNext } from "./saved.js";
import { back, note } from "./marks.js";

const TOLD = [["needs", "shopping-cart"], ["trouble", "scale"]];

export function day(view) {
  const { round, app, t } = view;
  const { counts, unsent } = round;
  const old = unsent.count ? age(app.clock.now() - unsent.oldest) : null;
  const left = counts.all - counts.done;
  return html`<section class="calls" data-mode="day">
    <header class="calls-head">${back(t)}<div><h1>${t("calls.day")}</h1><p class="calls-who">${[round.name, round.keeper].filter(Boolean).join(" · ")}</p></div></header>
    ${left === 0 && counts.all ? note("good", "circle-check", t("calls.all_done"), html`<p>${t("calls.all_done.thanks")}</p>`) : nothing}
    ${far({ counts, t })}
    <dl class="pairs calls-card">
      <div><dt>${t("calls.tries")}</dt><dd data-count="tries">${counts.tries}</dd></div>
      <div><dt>${t("calls.people_reached")}</dt><dd data-count="people">${counts.people} / ${counts.peopleAll}</dd></div>
      <div><dt>${t("calls.again.count")}</dt><dd data-count="again">${counts.again}</dd></div>
      <div><dt>${t("shell.not_sent_yet")}</dt><dd data-count="unsent">${unsent.count}${old ? html` <small>(${t("shell.oldest", { age: old })})</small>` : nothing}</dd></div>
    </dl>
    ${fevers(view)}
    ${TOLD.map(([name, sign]) => told({ name, sign, round, t }))}
    <h2>${t("calls.day.mine")}</h2>
    ${round.lines.length
      ? html`<ol class="calls-lines calls-card">${round.lines.map((line) => entry({ line, round, t }))}</ol>`
      : html`<p class="calls-empty">${icon("phone")}${t("calls.day.empty")}</p>`}
    <nav class="calls-foot"><a class="button grow" href="#/calls">${icon("list-check")}<span>${t("calls.list")}</span></a>
      <a class="button grow" href="#/sign-on/off">${icon("logout")}<span>${t("shell.sign_off")}</span></a></nav>
  </section>`;
}

function fevers(view) {
  const { round, t } = view;
  const found = round.fevers();
  if (!found.length) return nothing;
  return html`<div class="calls-saved danger" data-fevers=${found.length}><h1>${icon("temperature-plus")}<span>${t("calls.fevers", { count: found.length })}</span></h1>
    ${found.map(({ household, person, temperature }) => html`<p><b>${household.door} · ${person?.name ?? t("calls.somebody")}</b> ${temperature} ℃</p>`)}
    ${feverNext(view)}</div>`;
}

function told({ name, sign, round, t }) {
  const found = round.standing.filter(({ body }) => body[name]);
  if (!found.length) return nothing;
  return html`<h2>${t(`calls.told.${name}`, { count: found.length })}</h2><ul class="calls-lines calls-card" data-told=${name}>${found.map(({ at, body }) => html`<li><div>
    <time>${clockText(at, round.zone)}</time><b>${round.doorOf(body.household)}</b>${icon(sign)}<small>${body[name]}</small></div></li>`)}</ul>`;
}

function entry({ line: { record, corrected }, round, t }) {
  const household = round.household(record.body.household);
  return html`<li class=${corrected ? "old" : ""} data-record=${record.id}><a href="#/calls/h/${record.body.household}">
    <time>${clockText(record.at, round.zone)}</time><b>${household?.door ?? t("calls.other_household")}</b>${icon(record.body.channel === "visit" ? "door" : "phone")}
    <small>${saidText({ record, household, t, profile: round.profile })}${corrected ? html` · ${t("gate.shift.corrected")}` : nothing}</small></a></li>`;
}
