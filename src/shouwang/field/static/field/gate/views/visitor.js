// Somebody without a pass: who, to whom, why, from where. ID number and phone are sealed before anything is kept.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { seal } from "../../sealing.js";
import { lookAtIdentity } from "../identity.js";
import { icon } from "../../screens/icon.js";

const SEALED = ["id_number", "phone"];

export function visitor({ desk, t, app }) {
  const field = (name, attributes = {}) => html`<label><span>${t(`gate.visitor.${name}`)}</span>
    <input class="gate-input" name=${name} autocomplete="off" maxlength=${attributes.max ?? 60} type=${attributes.type ?? "text"}
      inputmode=${attributes.mode ?? "text"} ?required=${attributes.required} max=${attributes.latest ?? nothing}
      @input=${attributes.watch ?? nothing} />${attributes.watch ? html`<span class="gate-look" role="status"></span>` : nothing}</label>`;
  return html`<form class="gate-form" @submit=${(event) => register(event, desk, app, t)}>
    ${field("name", { required: true })}
    ${field("id_number", { max: 24, watch: (event) => watchIdentity(event, t) })}
    ${field("phone", { max: 24, type: "tel", mode: "tel", watch: (event) => showTail(event, t) })}
    ${field("whom")} ${field("why", { max: 200 })} ${field("origin")} ${field("plate", { max: 12 })}
    <label class="gate-check"><input type="checkbox" name="returnee" @change=${(event) => toggleArrival(event)} /><span>${t("gate.visitor.returnee")}</span></label>
    <div class="gate-arrival" hidden>${field("arrived_on", { type: "date", max: 10, latest: desk.today() })}</div>
    ${desk.trouble ? html`<p class="gate-warning" role="alert">${icon("alert-triangle")}${t(desk.trouble)}</p>` : nothing}
    <p class="gate-fine">${icon("lock")}${t("gate.visitor.sealed")}</p>
    <div class="gate-row">
      <button type="button" class="gate-quiet" @click=${() => desk.next()}>${icon("x")}${t("gate.cancel")}</button>
      <button class="gate-save">${t("gate.visitor.go")}${icon("arrow-right")}</button>
    </div>
  </form>`;
}

const beside = (event, text, tone = "") => {
  const line = event.target.parentElement.querySelector(".gate-look");
  line.textContent = text;
  line.className = `gate-look ${tone}`;
};

function watchIdentity(event, t) {
  const found = lookAtIdentity(event.target.value);
  if (found === "") showTail(event, t);
  else beside(event, t(`gate.visitor.identity.${found}`), found === "ok" ? "good" : "warn");
}

function showTail(event, t) {
  const typed = event.target.value.trim();
  beside(event, typed.length >= 4 ? t("gate.visitor.tail", { tail: typed.slice(-4) }) : "");
}

function toggleArrival(event) {
  event.target.form.querySelector(".gate-arrival").hidden = !event.target.checked;
}

async function register(event, desk, app, t) {
  event.preventDefault();
  const form = event.target;
  const said = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
  const key = (await app.store.pack("sealing"))?.key;
  if (!key && SEALED.some((name) => said[name])) return desk.refuse("gate.visitor.no_key");
  const [id_number, phone] = await Promise.all(SEALED.map((name) => (said[name] ? seal(said[name], key) : "")));
  form.reset(); // from here on the phone cannot show them
  desk.visitor({
    name: said.name,
    id_number,
    phone,
    whom: said.whom,
    household: null,
    why: said.why,
    origin: said.origin,
    arrived_on: said.returnee && said.arrived_on ? said.arrived_on : null,
    plate: said.plate,
    returnee: Boolean(said.returnee),
  });
}
