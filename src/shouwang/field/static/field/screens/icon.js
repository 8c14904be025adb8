import { svg } from "../../vendor/lit-html/lit-html.js";

const SPRITE = new URL("../../vendor/tabler-icons/sprite.svg", import.meta.url).pathname;

/** An icon of the sprite (scripts/vendor.lock.json names them). */
export const icon = (name) => svg`<svg class="icon" aria-hidden="true"><use href="${SPRITE}#${name}"></use></svg>`;
