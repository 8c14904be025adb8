import { html } from "../../vendor/lit-html/lit-html.js";
import { LANGUAGES, language } from "../words.js";

/** The switch of languages. */
export const languages = (app) => html`<div class="languages" role="group" aria-label=${app.words("shell.language")}>
  ${Object.entries(LANGUAGES).map(([code, name]) => html`<button class="small" lang=${code === "en" ? "en" : "zh-Hans"}
    aria-pressed=${String(language() === code)} @click=${() => app.speak(code)}>${name}</button>`)}
</div>`;
