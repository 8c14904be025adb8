// Sends what waits, in order, again and again until the server says it holds it. Nothing else lets a record go.

import { MOST, batchText, fitting, gzip, pause, readAnswer } from "./batch.js";

const SYNC = "/api/v1/sync";
const PATIENCE = 30_000; // milliseconds for one answer
const LOCK = "shouwang-field-send"; // one tab sends; the others wait for it, or take over when it is gone
const OTHER_TAB = 5_000;
const HEARTBEAT = 180_000; // with nothing to send, the office still learns that this phone is alive and empty
const BLAMED_AFTER = 2; // refusals of one record alone before the others go first
const QUICK = 12; // other batches tried one after another without the wait growing; then the server itself is ill

/**
 * `state`: "idle", "sending", "waiting" (for the next try) or "stopped" (this phone may not send).
 * `kick()`: there may be something to send. `retry()`: try at once. `again`: when the next try is due (on the counter).
 */
export function createSender({ store, app, address = SYNC }) {
  const sender = { state: "idle", why: "", again: 0, kick, retry, start };
  let limit = MOST;
  let failures = 0;
  let blamed = 0;
  let from = 1;
  let quick = QUICK;
  let timer = null;
  let busy = false;
  let more = false; // something was added while we were sending
  let asked = 0; // the server's own Retry-After: until then nothing shortens the wait
  const returned = new Map(); // runs the server missed → when we put them back: not over and over
  const counter = () => performance.now();

  function schedule(wait) {
    clearTimeout(timer);
    sender.again = counter() + wait;
    timer = setTimeout(run, wait);
  }

  function kick() {
    more = true;
    if (sender.state === "idle" && !busy) schedule(0);
  }

  function retry() {
    failures = 0;
    if (!busy) schedule(Math.max(0, asked - counter()));
  }

  async function run() {
    if (busy) return;
    if (!store.get("token") || store.get("stopped")) return become(store.get("stopped") ? "stopped" : "idle");
    [busy, more] = [true, false];
    let mine = true;
    try {
      // An old browser has no locks: two tabs may then send the same twice, which the server bears.
      if (!navigator.locks) await drain();
      else mine = await navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => lock && drain().then(() => true));
    } catch (error) {
      failures += 1;
      become("waiting", "broken");
      console.error(error);
    } finally {
      busy = false;
    }
    if (sender.state === "waiting") schedule(Math.max(pause(failures), asked - counter()));
    else if (sender.state === "idle") schedule(more ? 0 : mine ? HEARTBEAT * (0.75 + Math.random() / 2) : OTHER_TAB);
  }

  async function drain() {
    become("sending");
    for (;;) {
      const waiting = await store.next(limit, from);
      if (!waiting.length && from > 1) {
        from = 1; // those that were put last come now
        if ((await store.unsent()).count) return become("waiting", sender.why);
      }
      const records = fitting(waiting, limit);
      const result = await post(records);
      if (result.kind === "answered" && (await answered(result, records))) {
        if ((await store.unsent()).count) continue;
        return become("idle");
      }
      if (result.kind === "stopped") {
        await store.set({ stopped: { code: result.code, message: result.message, at: store.clock.now() } });
        return become("stopped", result.code);
      }
      asked = counter() + (result.wait ?? 0);
      const other = result.reached && records.length > 0 && doubt(records);
      failures = other && (quick -= 1) >= 0 ? 1 : failures + 1;
      return become("waiting", result.why ?? result.kind);
    }
  }

  // Our server chokes on this batch: a smaller one next; and a record that chokes it alone lets the others pass first.
  // Answers whether the next batch will be another one.
  function doubt(records) {
    if (records.length > 1) limit = Math.floor(records.length / 2);
    else if ((blamed += 1) < BLAMED_AFTER) return false;
    else [blamed, from] = [0, records[0].seq + 1];
    return true;
  }

  // True if it brought us on.
  async function answered({ now, settled, missing, asked: began, came }, records) {
    store.clock.hear(now, began, came);
    if (settled.length) await store.settle(settled);
    await store.set({ offset: store.clock.offset, contact: store.clock.now() });
    const news = missing.filter((run) => !(returned.get(String(run)) > counter() - 3_600_000));
    for (const run of news) returned.set(String(run), counter());
    if (news.length) await store.bringBack(news);
    if (records.length && !settled.length) return false;
    [failures, blamed, asked, quick, limit] = [0, 0, 0, QUICK, Math.min(MOST, limit * 2)];
    return true;
  }

  async function post(records) {
    const { count } = await store.unsent();
    const [after] = records.length ? await store.next(1, records.at(-1).seq + 1) : [];
    const text = batchText({
      installation: store.get("installation"), app, sentAt: Date.now(), unsent: count, oldest: after?.at ?? null,
      held: await store.held(),
    }, records);
    const packed = await gzip(text);
    const gone = new AbortController();
    const timeout = setTimeout(() => gone.abort(), PATIENCE);
    const began = counter();
    try {
      const response = await fetch(address, {
        method: "POST", body: packed ?? text, signal: gone.signal,
        credentials: "omit", cache: "no-store", redirect: "error", // a captive portal leads elsewhere
        headers: {
          Authorization: `Device ${store.get("token")}`, "Content-Type": "application/json",
          ...(packed ? { "Content-Encoding": "gzip" } : {}),
        },
      });
      const came = counter();
      const answer = {
        status: response.status, type: response.headers.get("Content-Type") ?? "",
        retryAfter: response.headers.get("Retry-After"), text: await response.text(),
      };
      return { ...readAnswer(answer, records), asked: began, came, why: String(response.status) };
    } catch (error) {
      return { kind: "not_sent", why: error.name === "AbortError" ? "slow" : "offline" };
    } finally {
      clearTimeout(timeout);
    }
  }

  function become(state, why = "") {
    Object.assign(sender, { state, why });
    sender.changed?.();
  }

  function start() {
    store.subscribe(async (what) => {
      if (what === "records" && (await store.unsent()).count) kick();
    });
    addEventListener("online", () => setTimeout(retry, Math.random() * 2000)); // not all phones of a town at once
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) store.clock.hidden();
      else if (sender.state === "waiting") retry();
    });
    schedule(0);
  }

  return sender;
}
