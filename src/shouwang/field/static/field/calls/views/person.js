// One person: a temperature if there is one, and whether she was asked after symptoms. Nothing is chosen beforehand.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { icon } from "../../screens/icon.js";
import { isFever } from "../../rules/verdict.js";
import { saidOf, temperatureOf } from "../draft.js";
import { personLast, personText, symptomText } from "../wording.js";

const CHANGES = { present: ["away", "moved"], away: ["back", "moved"] };

export function person({ each, round, t }) {
  const { draft, profile } = round;
  const said = saidOf(draft, each.id);
  const { value, trouble } = temperatureOf(said.temperature, profile);
  const hot = isFever(value, profile);
  const late = trouble && said.temperature.length > 3;
  const { ill } = said;
  return html`<div class="calls-person ${hot ? "hot" : ""}" data-person=${each.id}>
    <header><b>${each.name}</b><span>${personText(each, t)}</span></header>
    ${each.last ? html`<p class="calls-last">${personLast(each, round, t)}</p>` : nothing}
    <div class="calls-measure">
      <input inputmode="decimal" maxlength="8" autocomplete="off" aria-label=${t("calls.temperature.of", { name: each.name })} placeholder=${t("calls.temperature")}
        data-temperature .value=${said.temperature} @input=${(event) => round.say(each.id, { temperature: event.target.value })} />
      <button type="button" data-symptoms="none" aria-pressed=${said.symptoms?.length === 0} @click=${() => round.say(each.id, { ill: false, symptoms: said.symptoms?.length === 0 ? null : [] })}>${t("calls.symptoms.none")}</button>
      <button type="button" data-symptoms="some" aria-pressed=${ill} @click=${() => round.say(each.id, { ill: !ill, symptoms: null })}>${t("calls.symptoms.some")}</button>
    </div>
    ${late ? html`<p class="calls-wrong" role="alert">${t(`gate.temperature.${trouble === "temperature" ? "unreadable" : "implausible"}`, { value: said.temperature })}</p>` : nothing}
    ${hot ? html`<p class="calls-hot" role="alert">${icon("temperature-plus")}${t("calls.hot", { value })}</p>` : nothing}
    ${ill ? html`<div class="calls-symptoms">${profile.symptoms.map((name) => html`<button type="button" data-symptom=${name}
      aria-pressed=${Boolean(said.symptoms?.includes(name))} @click=${() => round.say(each.id, { symptoms: toggled(said.symptoms ?? [], name) })}>${symptomText(name, t)}</button>`)}</div>` : nothing}
    <div class="calls-presence">${(CHANGES[each.presence] ?? []).map((name) => html`<button type="button" class="calls-plain" data-presence=${name}
      aria-pressed=${draft.presence[each.id] === name} @click=${() => round.presence(each.id, name)}>${t(`calls.presence.${name}`)}</button>`)}</div>
  </div>`;
}

// What was chosen and taken back again is not "asked and none".
function toggled(symptoms, name) {
  const chosen = symptoms.includes(name) ? symptoms.filter((each) => each !== name) : [...symptoms, name];
  return chosen.length ? chosen : null;
}
