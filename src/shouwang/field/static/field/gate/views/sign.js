// Signs of the verdicts, and whom to call.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { REASONS } from "../../rules/verdict.js";
import { icon } from "../../screens/icon.js";

export const SIGNS = {
  green: { tone: "good", sign: "check" },
  amber: { tone: "warn", sign: "alert-triangle" },
  red: { tone: "danger", sign: "hand-stop" },
};

// "Stop", or "Wait here" for whom nobody may send off.
export const wordOf = ({ verdict, reason }, t) => t(`gate.verdict.${verdict === "red" && REASONS[reason]?.waits ? "waits" : verdict}`);

// The duty phones, nearest first: one large button, the others behind it. always: also where the reason asks for none.
export function calls({ book, t, reason, always = false, small = false }) {
  if (!always && !REASONS[reason]?.calls) return nothing;
  const [first, ...others] = book.phones;
  if (!first) return html`<p class="gate-warning">${icon("phone-off")}${t("gate.call.none")}</p>`;
  return html`<div class="gate-calls ${small ? "brief" : ""}">
    <a class="gate-call" href="tel:${first.phone}">${icon("phone-call")}<span>${t("gate.call", { name: first.name })}</span><b>${first.phone}</b></a>
    ${small ? nothing : others.map((other) => html`<a class="gate-small" href="tel:${other.phone}">${icon("phone")}${other.name} ${other.phone}</a>`)}
  </div>`;
}
