// What to say, one touch away, in the household's own way of speaking; and what to say to hard answers.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { symptomsText } from "../wording.js";
import { icon } from "../../screens/icon.js";

export function script({ home, round, t }) {
  if (!round.script) return nothing;
  const { levels, answers } = round.script;
  const level = round.level ?? (home.level in levels ? home.level : Object.keys(levels)[0]);
  const places = { caller: round.keeper, place: round.community, symptoms: symptomsText(round.profile.symptoms, t) };
  const filled = (text) => text.replace(/\{(\w+)\}/g, (place, name) => places[name] ?? place);
  const { hint, lines } = levels[level];
  return html`<details data-script ?open=${round.talks} @toggle=${(event) => (round.talks = event.target.open)}>
    <summary>${icon("message")}<span>${t("calls.script")}</span><span class="turn">${icon("chevron-right")}</span></summary>
    <div>
      <div class="calls-pills" role="group" aria-label=${t("calls.script.level")}>${Object.entries(levels).map(([name, each]) => html`<button type="button"
        data-level=${name} aria-pressed=${name === level} @click=${() => round.speakTo(name)}>${each.name}</button>`)}</div>
      ${hint ? html`<p class="calls-who">${hint}</p>` : nothing}
      <ol class="calls-script">${lines.map(({ say }) => html`<li>${filled(say)}</li>`)}</ol>
      ${answers.map(({ when, say }) => html`<p class="calls-hard"><b>${when}</b>${filled(say)}</p>`)}
    </div>
  </details>`;
}
