// The app: one store, one sender, one clock; an address after # for each screen.

import { html, render } from "../vendor/lit-html/lit-html.js";
import { isOver } from "./calls/caseload.js";
import { createClock } from "./clock.js";
import { onlyCalls, refreshPack } from "./pack.js";
import { createSender } from "./send.js";
import { openStore } from "./store.js";
import { keepUpdated } from "./update.js";
import { chooseLanguage, language, loadWords, word } from "./words.js";
import { banners } from "./screens/banners.js";
import { header } from "./screens/header.js";
import * as device from "./screens/device.js";
import * as enrol from "./screens/enrol.js";
import * as handover from "./screens/handover.js";
import * as signOn from "./screens/sign-on.js";
import * as start from "./screens/start.js";

const PACK_EVERY = 4 * 60_000;
const LOOK_EVERY = 10_000; // ages in the header

// The first part of the address → its screen: a module with `render(root, app)`, which may answer how to leave it.
const SCREENS = {
  "": async () => start,
  device: async () => device,
  enrol: async () => enrol,
  handover: async () => handover,
  "sign-on": async () => signOn,
  gate: () => import("./gate/screen.js"),
  calls: () => import("./calls/screen.js"),
};
// What is open to a phone that is not enrolled, and to one where nobody has signed on.
const BEFORE_ENROLMENT = ["enrol", "device", "handover"];
const BEFORE_SIGNING_ON = [...BEFORE_ENROLMENT, "sign-on"];

/**
 * What a screen is given. `store`, `clock`, `sender`, `words(key, params)`, `go("gate/…")`, `path` (parts of the
 * address), `keeper` (her name), `gate` ({id, name, compound, compound_name, status}, undefined: none chosen),
 * `caseload` ({id, name, caller}, undefined: there is no call list on this phone), `version`; `busy`: set it true while an act is half done, so that no update comes between; `redraw()`.
 */
function makeApp(store, clock, version) {
  return {
    store, clock, version, busy: false, words: word, path: [], updates: { waiting: () => false, take() {} },
    sender: createSender({ store, app: version }),
    get keeper() {
      return store.get("keeper");
    },
    get gate() {
      if (onlyCalls(store.get("device"))) return undefined; // whichever she chose before it became a caller's phone
      return store.parts.get("place")?.data.gates.find((gate) => gate.id === store.get("gate"));
    },
    get caseload() {
      return store.parts.get("calls")?.data?.caseload;
    },
    go(path = "") {
      const address = `#/${path}`;
      if (location.hash === address) this.redraw();
      else location.hash = address;
    },
    async speak(lang) {
      await chooseLanguage(lang);
      this.frame();
      this.redraw();
    },
    /** A call list whose time is over, or that is not this phone's any more, goes, with what was begun in it. */
    async dropCalls() {
      const part = store.parts.get("calls")?.data;
      const over = isOver({ part, device: store.get("device"), stopped: store.get("stopped"), now: clock.now() });
      if (!over) return;
      await store.forgetParts([...store.parts.keys()].filter((name) => name !== "calls"));
      await store.set({ callDrafts: undefined, callTimes: undefined });
      if (this.path[0] === "calls") this.redraw();
    },
    /** Fetch what has changed in the pack. Answers the state as pack.refreshPack does. */
    async refresh() {
      const result = await refreshPack({ store, lang: language() });
      if (result.state === "stopped") this.sender.retry();
      await this.dropCalls();
      return result;
    },
  };
}

function place(store, path) {
  const [first] = path;
  if (!store.get("token") && !BEFORE_ENROLMENT.includes(first)) return ["enrol"];
  if (!store.get("keeper") && !BEFORE_SIGNING_ON.includes(first)) return ["sign-on"];
  if (first === "gate" && onlyCalls(store.get("device"))) return [""];
  return first in SCREENS ? path : [""];
}

export async function startApp(frame) {
  const version = document.querySelector("meta[name=version]").content;
  const [store] = await Promise.all([openStore(), loadWords()]);
  const newest = (await store.newest())?.at ?? 0;
  const clock = (store.clock = createClock({ offset: store.get("offset") ?? null, floor: newest }));
  const app = makeApp(store, clock, version);

  frame.replaceChildren();
  render(html`<div class="head"></div><div class="banners" role="status"></div><main></main>`, frame);
  const [head, notes] = frame.children;
  let leave = null;
  let shown = 0;

  app.frame = async () => {
    document.title = word("shell.title");
    document.documentElement.classList.toggle("large-type", Boolean(store.get("largeType")));
    document.querySelector("link[rel=manifest]").setAttribute("href", `/field/manifest/${language()}.webmanifest`);
    const facts = { unsent: await store.unsent(), doubtful: await store.doubtful() };
    render(header(app, facts), head);
    render(banners(app, facts), notes);
  };
  app.redraw = async () => {
    const turn = (shown += 1);
    const asked = location.hash.replace(/^#\/?/, "");
    app.path = asked.startsWith("enrol=") ? ["enrol", asked.slice(6)] : place(store, asked.split("/"));
    const screen = await SCREENS[app.path[0]]();
    if (turn !== shown) return;
    leave?.();
    // Each has a root of its own: what a screen still draws after it was left is seen by nobody.
    const root = document.createElement("main");
    root.className = "screen";
    frame.lastElementChild.replaceWith(root);
    app.busy = false;
    leave = screen.render(root, app) ?? null;
    if (turn === 1) performance.mark("shown"); // how long a start takes
    app.frame();
  };

  addEventListener("hashchange", app.redraw);
  store.subscribe(() => app.frame());
  app.sender.changed = () => app.frame();
  setInterval(() => {
    clock.tick();
    // What a jump did to the offset must outlive the app.
    if (clock.jumped && clock.offset !== store.get("offset")) store.set({ offset: clock.offset });
    app.dropCalls();
    app.frame();
  }, LOOK_EVERY);
  setInterval(() => navigator.onLine && app.refresh(), PACK_EVERY);
  await app.dropCalls();
  await app.redraw();
  app.sender.start();
  app.refresh();
  store.tidy();
  app.updates = await keepUpdated(() => !app.busy, () => app.path[0] === "device" && app.redraw());
  if (app.updates.waiting()) app.updates.take(); // nothing is half done yet
  return app;
}
