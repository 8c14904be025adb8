// One household: call or knock, say who answered, say how everybody is. The common answer is two taps.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { icon } from "../../screens/icon.js";
import { isSomebodyIll, isTouched, sayAllWell, troublesOf } from "../draft.js";
import { clockText, earlierText, joined, reasonText, saidText, triedText } from "../wording.js";
import { more } from "./more.js";
import { person } from "./person.js";
import { script } from "./script.js";
import { back, note, tag } from "./marks.js";

const FOR_OTHERS = [null, "neighbour", "other"]; // who says this can tell that nobody was reached
const UNREACHED = {
  call: [["no_answer", "phone-off"], ["wrong_number", "circle-x"], ["refused", "hand-stop"]],
  visit: [["nobody_home", "home-x"], ["note_left", "note"], ["refused", "hand-stop"]],
};

export function household(view) {
  const { round, t } = view;
  const { household: home, state, reasons } = round.one;
  const { draft } = round;
  const channel = (name, sign) => html`<button type="button" data-channel=${name} aria-pressed=${draft.channel === name}
    @click=${() => round.change({ channel: name })}>${icon(sign)}${t(`calls.channel.${name}`)}</button>`;
  return html`<section class="calls" data-mode="household" data-household=${home.id}>
    <header class="calls-head">${back(t)}<div><h1>${home.door}</h1><p class="calls-who">${joined([home.compound, home.number])}</p></div></header>
    ${state.done || state.tries ? html`<div class="calls-why">${triedText({ household: home, state, round, t }).map(tag)}</div>` : nothing}
    ${recorded({ home, round, t })}
    ${state.others.map((act) => note("info", "info-circle", t("calls.other_reached", { by: act.by, at: clockText(act.at, round.zone) })))}
    ${reasons.length && !state.done ? html`<div class="calls-why">${reasons.map((reason) => tag({ ...reason, text: reasonText(reason, t) }))}</div>` : nothing}
    ${draft.corrects ? html`<p class="calls-kept">${icon("pencil")}<span>${t("calls.correcting")}</span>
      <button type="button" class="calls-plain" @click=${() => round.drop()}>${t("calls.drop")}</button></p>`
      : round.restored ? html`<p class="calls-kept">${icon("history")}<span>${t("calls.restored")}</span>
      <button type="button" class="calls-plain" @click=${() => round.drop()}>${t("calls.start_anew")}</button></p>` : nothing}
    <div class="calls-pills" role="group" aria-label=${t("calls.channel")}>${channel("call", "phone")}${channel("visit", "door")}</div>
    ${draft.channel === "call" ? dial({ home, t, round }) : nothing}
    ${earlier({ home, round, t })}
    ${home.remarks ? html`<p class="calls-last">${icon("note")}<span>${home.remarks}</span></p>` : nothing}
    ${script({ home, round, t })}
    ${answered(view)}
    ${draft.answeredBy === null ? nothing : said(view)}
    ${FOR_OTHERS.includes(draft.answeredBy) || draft.corrects ? unreached(view) : nothing}
    ${round.trouble ? note("danger", "alert-triangle", t(round.trouble)) : nothing}
    ${isTouched({ ...draft, answeredBy: null }) && draft.answeredBy !== null ? foot(view) : nothing}
  </section>`;
}

// What she recorded here today, to be corrected.
function recorded({ home, round, t }) {
  const records = round.standing.filter(({ id, body }) => body.household === home.id && id !== round.draft.corrects);
  return records.length ? html`<ul class="calls-mine">${records.map((record) => html`<li><span><time>${clockText(record.at, round.zone)}</time>
    ${saidText({ record, household: home, t, profile: round.profile })}</span>
    <button type="button" class="calls-plain" data-correct @click=${() => round.correct(record)}>${icon("pencil")}${t("calls.correct")}</button></li>`)}</ul>` : nothing;
}

function dial({ home, t, round }) {
  const [first, ...others] = home.phones;
  if (!first) return note("warn", "phone-off", t("calls.no_phone"), html`<p>${t("calls.no_phone.do")}</p>`);
  const number = (phone, css) => html`<a class="button ${css}" href="tel:${phone.phone}" data-dial=${phone.phone} @click=${() => round.dialled(phone.phone)}>
    ${icon("phone-call")}<span>${phone.name}</span> <b>${phone.phone}</b></a>`;
  return html`<div class="calls-dial">${number(first, "primary first")}
    ${others.length ? html`<div class="others">${others.map((phone) => number(phone, ""))}</div>` : nothing}</div>`;
}

const earlier = ({ home, round, t }) => html`<p class="calls-last" data-last>${icon("history")}<span>${earlierText({ household: home, round, t }) || t("calls.last.none")}</span></p>`;

// Step one: who answered. Somebody must have, before anything can be said of anybody.
function answered({ round, t }) {
  const { draft, one } = round;
  const choice = (by, resident, text, small = "") => html`<button type="button" data-answerer=${resident ?? by}
    aria-pressed=${draft.answeredBy === by && draft.answerer === resident} @click=${() => round.answeredBy(by, resident)}>${text}${small ? html` <small>${small}</small>` : nothing}</button>`;
  return html`<p class="calls-step"><i>1</i>${t(draft.channel === "call" ? "calls.who_answered" : "calls.who_opened")}</p>
    <div class="calls-answerers">
      ${one.household.people.map((each) => choice(one.household.people.length === 1 ? "resident" : "member", each.id, each.name))}
      ${choice("neighbour", null, t("calls.answered.neighbour"))}
      ${choice("other", null, t("calls.answered.other"))}
    </div>`;
}

const unreached = ({ round, t }) => html`<p class="calls-step">${t("calls.not_reached")}</p>
  <div class="calls-unreached">${UNREACHED[round.draft.channel].map(([outcome, sign]) => html`<button type="button" data-outcome=${outcome}
    ?disabled=${round.saving} @click=${() => round.saveUnreached(outcome)}>${icon(sign)}${t(`calls.outcome.${outcome}`)}</button>`)}</div>`;

// Step two: one tap for the common answer, or person by person.
function said(view) {
  const { round, t } = view;
  const { draft, one, profile } = round;
  const well = Object.values(sayAllWell(draft, round.askedAfter(), profile).people).filter((said) => said.symptoms?.length === 0).length;
  const ill = isSomebodyIll(draft, profile);
  return html`<p class="calls-step"><i>2</i>${t("calls.how_are_they")}</p>
    <button type="button" class="calls-well" data-all-well ?disabled=${round.saving} @click=${() => round.saveAllWell()}>
      <span>${icon("circle-check")}${t(ill ? "calls.rest_well" : "calls.all_well")}</span><small>${t("calls.all_well.means", { count: well })}</small></button>
    <div class="calls-people">${one.household.people.map((each) => person({ each, round, t }))}</div>
    ${more(view)}`;
}

function foot({ round, t }) {
  const wrong = troublesOf(round.draft, round.profile);
  return html`<div class="calls-foot">
    <button type="button" class="primary grow" data-save ?disabled=${round.saving || wrong.length > 0} @click=${() => round.save()}>
      ${icon("device-floppy")}<span>${wrong.length ? t(`calls.trouble.${wrong[0]}`) : t(round.draft.corrects ? "calls.save.correct" : "calls.save")}</span></button>
  </div>`;
}
