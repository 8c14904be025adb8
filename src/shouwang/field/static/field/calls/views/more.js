// What else she was told: a need, trouble, somebody who came, anything.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { seal } from "../../sealing.js";
import { lookAtIdentity } from "../../gate/identity.js";
import { icon } from "../../screens/icon.js";

const TEXTS = [["needs", "shopping-cart"], ["trouble", "scale"], ["remarks", "note"]];
const LONGEST = 500;
const SEALED = ["id_number", "phone"];

export function more(view) {
  const { round, t } = view;
  const { draft } = round;
  const open = (name) => round.unfolded.has(name) || Boolean(draft[name]?.length);
  const way = (name, sign) => open(name) ? nothing : html`<button type="button" data-more=${name} @click=${() => round.unfold(name)}>
    ${icon(sign)}${t(`calls.more.${name}`)}</button>`;
  return html`
    ${TEXTS.filter(([name]) => open(name)).map(([name]) => html`<label>${t(`calls.more.${name}`)}
      <textarea name=${name} maxlength=${LONGEST} placeholder=${t(`calls.more.${name}.how`)} .value=${draft[name]}
        @input=${(event) => round.change({ [name]: event.target.value })}></textarea></label>`)}
    ${draft.arrivals.length ? html`<ul class="calls-people">${draft.arrivals.map((each, at) => html`<li class="calls-person" data-arrival>
      <header><b>${each.name}</b><span>${[each.origin, each.arrived_on, t(each.to_stay ? "calls.arrival.stays" : "calls.arrival.visits")].filter(Boolean).join(" · ")}</span></header>
      <button type="button" class="calls-plain" @click=${() => round.change({ arrivals: draft.arrivals.filter((_, other) => other !== at) })}>${icon("x")}${t("calls.arrival.drop")}</button></li>`)}</ul>` : nothing}
    ${round.unfolded.has("arrivals") ? arrival(view) : nothing}
    <div class="calls-more">${TEXTS.map(([name, sign]) => way(name, sign))}
      ${round.unfolded.has("arrivals") ? nothing : html`<button type="button" data-more="arrivals" @click=${() => round.unfold("arrivals")}>
        ${icon("plane-arrival")}${t(draft.arrivals.length ? "calls.more.arrivals.another" : "calls.more.arrivals")}</button>`}
    </div>`;
}

function arrival({ round, t }) {
  const field = (name, { watch = nothing, ...more } = {}) => html`<label>${t(`calls.arrival.${name}`)}
    <input name=${name} autocomplete="off" maxlength=${more.max ?? 60} type=${more.type ?? "text"} inputmode=${more.mode ?? "text"} ?required=${more.required}
      max=${more.latest ?? nothing} @input=${watch} /><small role="status"></small></label>`;
  return html`<form class="calls-card calls-form" data-arrival-form @submit=${(event) => take(event, round)}>
    <h2>${t("calls.more.arrivals")}</h2>
    ${field("name", { required: true })}
    ${field("origin", { required: true })}
    ${field("arrived_on", { type: "date", latest: round.day })}
    <label class="calls-check"><input type="checkbox" name="to_stay" /><span>${t("calls.arrival.to_stay")}</span></label>
    ${field("id_number", { max: 24, watch: (event) => look(event, t) })}
    ${field("phone", { max: 24, type: "tel", mode: "tel" })}
    <p class="calls-fine">${icon("lock")}${t("calls.arrival.sealed")}</p>
    <div class="calls-tools"><button type="button" @click=${() => round.fold("arrivals")}>${t("calls.drop")}</button>
      <button class="primary calls-grow" data-take>${icon("plus")}${t("calls.arrival.take")}</button></div>
  </form>`;
}

function look(event, t) {
  const found = lookAtIdentity(event.target.value);
  event.target.parentElement.querySelector("small").textContent = found ? t(`gate.visitor.identity.${found}`) : "";
}

async function take(event, round) {
  event.preventDefault();
  const form = event.target;
  const said = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
  const key = await round.sealingKey();
  if (!key && SEALED.some((name) => said[name])) return round.refuse("gate.visitor.no_key");
  const [id_number, phone] = await Promise.all(SEALED.map((name) => (said[name] ? seal(said[name], key) : "")));
  form.reset(); // from here on the phone cannot show them
  round.arrived({ name: said.name, id_number, phone, origin: said.origin, arrived_on: said.arrived_on || null, to_stay: Boolean(said.to_stay) });
}
