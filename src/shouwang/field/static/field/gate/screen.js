// The gate's screen: camera above, the one thing to do below, the emergency button always.

import { html, nothing, render as draw } from "../../vendor/lit-html/lit-html.js";
import { openDesk } from "./desk.js";
import { ScanError, openScanner } from "./scan.js";
import { allowSound, keepLit } from "./signals.js";
import { answer } from "./views/answer.js";
import { emergency } from "./views/emergency.js";
import { entry } from "./views/entry.js";
import { eye, ways } from "./views/eye.js";
import { person } from "./views/person.js";
import { ready } from "./views/ready.js";
import { shift } from "./views/shift.js";
import { visitor } from "./views/visitor.js";
import { icon } from "../screens/icon.js";

const VIEWS = { ready, person, answer, entry, vehicle: entry, visitor, shift, emergency };
const looks = document.createElement("link");
Object.assign(looks, { rel: "stylesheet", href: new URL("./gate.css", import.meta.url).href });
document.head.append(looks);

const REFRESH_MS = 400; // the store tells of every change; many come together

// A screen of the app: draws into root, answers how to leave.
export function render(root, app) {
  const t = app.words;
  const camera = { state: "starting", torch: false, lit: false, scanner: null };
  let desk = null;
  let left = false;
  let mode = null;

  function redraw() {
    if (left) return;
    app.busy = Boolean(desk && !["ready", "answer"].includes(desk.mode));
    draw(page({ app, t, desk, camera, actions }), root);
    if (desk?.mode !== mode) scrollTo(0, 0); // another thing to do begins at its top
    mode = desk?.mode;
  }

  const actions = {
    async torch() {
      camera.lit = !camera.lit;
      await camera.scanner.setTorch(camera.lit).catch(() => (camera.torch = camera.lit = false));
      redraw();
    },
    look: startCamera,
  };

  async function startCamera() {
    camera.state = "starting";
    redraw();
    try {
      const scanner = await openScanner(root.querySelector("video"), (text) => desk?.scanned(text), lost);
      if (left) return scanner.close();
      Object.assign(camera, { state: "on", scanner, torch: scanner.torch });
    } catch (error) {
      if (!(error instanceof ScanError)) throw error;
      camera.state = error.code;
    }
    redraw();
  }

  // The phone took the camera for a call, or while the page was hidden: take it again when we are in view.
  function lost() {
    camera.scanner?.close();
    Object.assign(camera, { state: "busy", scanner: null, torch: false });
    redraw();
  }
  const onShow = () => !document.hidden && camera.state === "busy" && startCamera();

  // A scanner that types: letters without a field to go to, then Enter.
  let typed = "";
  function onKey(event) {
    if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && typed) {
      event.preventDefault();
      desk?.typed(typed);
      typed = "";
    } else if (event.key.length === 1) typed += event.key;
  }

  let pending = null;
  const stopListening = app.store.subscribe(() => {
    clearTimeout(pending);
    pending = setTimeout(() => desk?.refresh(), REFRESH_MS);
  });
  const letDark = keepLit();
  document.addEventListener("keydown", onKey);
  document.addEventListener("visibilitychange", onShow);
  document.addEventListener("pointerdown", allowSound);

  redraw();
  openDesk({ store: app.store, entrance: app.store.get("gate") ?? app.store.get("device")?.entrance, word: t, redraw }).then(
    (opened) => {
      desk = opened;
      redraw();
    },
  );
  startCamera();

  return () => {
    left = true;
    clearTimeout(pending);
    stopListening();
    letDark();
    document.removeEventListener("keydown", onKey);
    document.removeEventListener("visibilitychange", onShow);
    document.removeEventListener("pointerdown", allowSound);
    camera.scanner?.close();
  };
}

function page(view) {
  const { desk, t } = view;
  return html`<section class="gate" data-mode=${desk?.mode ?? "opening"}>
    <div class="gate-top">${desk ? ways(view) : nothing}</div>
    ${eye(view)}
    <div class="gate-work">${desk ? VIEWS[desk.mode](view) : nothing}</div>
    <div class="gate-foot">
      <button class="gate-emergency" type="button" ?disabled=${!desk} @click=${() => desk.emergency()}>
        ${icon("ambulance")}<span>${t("gate.emergency.button")}</span>
      </button>
    </div>
  </section>`;
}
