// The call list: #/calls, #/calls/h/<household>, #/calls/scan, #/calls/day. Every address is a way back for her thumb.

import { html, render as draw } from "../../vendor/lit-html/lit-html.js";
import { ScanError, openScanner } from "../gate/scan.js";
import { allowSound, keepLit } from "../gate/signals.js";
import { isTouched } from "./draft.js";
import { openRound } from "./round.js";
import { day } from "./views/day.js";
import { household } from "./views/household.js";
import { list } from "./views/list.js";
import { saved } from "./views/saved.js";
import { scan } from "./views/scan.js";

const looks = document.createElement("link");
Object.assign(looks, { rel: "stylesheet", href: new URL("./calls.css", import.meta.url).href });
document.head.append(looks);

const REFRESH_MS = 400; // the store tells of every change; many come together
const LOOK_MS = 60_000; // the evening begins while the list is open

// What she was looking for, and where in the list she was, is still so when she comes back from a household.
const place = { query: "", filter: "all", top: 0 };

// A screen of the app: draws into root, answers how to leave.
export function render(root, app) {
  const t = app.words;
  const [, part = "", number] = app.path;
  const camera = { state: "starting", scanner: null };
  let round = null;
  let left = false;
  let shown = null;
  let answered = false; // who answered was said: then the second step must be in view

  function redraw() {
    if (left || !round) return;
    Object.assign(place, { query: round.query, filter: round.filter });
    app.busy = Boolean(round.draft && isTouched(round.draft));
    draw(page(), root);
    const mode = root.firstElementChild?.dataset.mode;
    const isAnswered = Boolean(round.draft?.answeredBy);
    if (mode === "household" && isAnswered && !answered) root.querySelector(".calls-well").scrollIntoView({ block: "center", behavior: "smooth" });
    answered = isAnswered;
    if (!shown && mode === "list") performance.mark("listed"); // how long a start takes, to her list
    if (mode !== shown) scrollTo(0, mode === "list" ? place.top : 0);
    shown = mode;
  }

  function page() {
    const view = { round, app, t, camera, look };
    if (part === "day") return day(view);
    if (part === "scan") return scan(view);
    if (part === "h" && round.answer) return saved(view);
    if (part === "h" && round.one && round.draft) return household(view);
    return list(view);
  }

  async function look() {
    camera.state = "starting";
    redraw();
    try {
      camera.scanner = await openScanner(root.querySelector("video"), seen, () => lose("busy"));
      if (left) return camera.scanner.close();
      camera.state = "on";
    } catch (error) {
      if (!(error instanceof ScanError)) throw error;
      camera.state = error.code;
    }
    redraw();
  }
  function lose(state) {
    camera.scanner?.close();
    Object.assign(camera, { state, scanner: null });
    redraw();
  }
  function seen(text) {
    const id = round.scanned(text);
    if (id) app.go(`calls/h/${id}/visit`);
  }

  let typed = ""; // a scanner that types
  function onKey(event) {
    if (part !== "scan" || event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && typed) {
      seen(typed);
      typed = "";
    } else if (event.key.length === 1) typed += event.key;
  }

  let pending = null;
  const stopListening = app.store.subscribe(() => {
    clearTimeout(pending);
    pending = setTimeout(() => round?.refresh(), REFRESH_MS);
  });
  const looking = setInterval(() => round?.refresh(), LOOK_MS);
  const onScroll = () => { if (shown === "list") place.top = scrollY; };
  const letDark = keepLit();
  document.addEventListener("keydown", onKey);
  document.addEventListener("pointerdown", allowSound);
  addEventListener("scroll", onScroll, { passive: true });

  draw(html`<section class="calls" data-mode="opening"></section>`, root);
  openRound({ store: app.store, word: t, redraw, ...place }).then(async (opened) => {
    round = opened;
    if (part === "h") await round.open(Number(number), app.path[3]);
    redraw();
    if (part === "scan") look();
  });

  return () => {
    left = true;
    clearTimeout(pending);
    clearInterval(looking);
    stopListening();
    letDark();
    document.removeEventListener("keydown", onKey);
    document.removeEventListener("pointerdown", allowSound);
    removeEventListener("scroll", onScroll);
    camera.scanner?.close();
  };
}
