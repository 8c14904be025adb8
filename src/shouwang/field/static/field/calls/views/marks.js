// Small parts of every screen of the call list.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { icon } from "../../screens/icon.js";

export const tag = ({ tone = "", sign, text }) => html`<span class="calls-tag ${tone}">${sign ? icon(sign) : nothing}${text}</span>`;

export const note = (tone, sign, text, more = nothing) =>
  html`<div class="note ${tone}" role=${tone === "danger" ? "alert" : "note"}>${icon(sign)}<div><strong>${text}</strong>${more}</div></div>`;

export const back = (t, address = "#/calls") =>
  html`<a class="button calls-back" href=${address} aria-label=${t("calls.back")}>${icon("arrow-left")}</a>`;
