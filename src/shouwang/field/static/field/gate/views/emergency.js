// An emergency: it is through already. What it was, and whose, can be said; nothing has to be.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { icon } from "../../screens/icon.js";
import { calls } from "./sign.js";

const WHAT = { ambulance: "ambulance", birth: "baby-carriage", fire: "flame", other: "urgent" };

export function emergency({ desk, t }) {
  const { record } = desk.call;
  const what = (name, sign) => html`<button type="button" class="gate-other" data-what=${name}
    aria-pressed=${record?.body.remarks === t(`gate.emergency.${name}`)}
    @click=${() => desk.tell({ remarks: t(`gate.emergency.${name}`) })}>${icon(sign)}${t(`gate.emergency.${name}`)}</button>`;
  return html`<section class="gate-answer emergency" data-emergency aria-live="assertive">
      <p class="gate-verdict">${icon("ambulance")}<b>${t("gate.emergency.go")}</b></p>
      <p class="gate-line">${t("gate.emergency.line")}</p>
      ${calls({ book: desk.book, t, always: true })}
    </section>
    ${desk.trouble
      ? html`<p class="gate-warning" role="alert" data-trouble>${icon("alert-triangle")}${t(desk.trouble)}</p>`
      : record
        ? html`<p class="gate-saved" data-saved>${icon("circle-check")}${t("gate.saved", { count: desk.unsent.count })}</p>`
        : html`<p class="gate-saved">${t("gate.saving")}</p>`}
    <div class="gate-others">${Object.entries(WHAT).map(([name, sign]) => what(name, sign))}</div>
    <form class="gate-row" @submit=${(event) => finish(event, desk)}>
      <input name="plate" class="gate-input" maxlength="12" autocomplete="off" placeholder=${t("gate.emergency.plate")} aria-label=${t("gate.emergency.plate")} />
      <button class="gate-save" data-next>${t("gate.done")}</button>
    </form>`;
}

async function finish(event, desk) {
  event.preventDefault();
  const plate = new FormData(event.target).get("plate").trim();
  if (plate) await desk.tell({ plate });
  if (!desk.trouble) desk.next();
}
