// What the phone holds: records not yet sent, records sent in the last days, the pack, and who this phone is.
// A record is saved when it stands on the disk ("strict"), not when the browser says it soon will.

import { openDB } from "../vendor/idb/index.js";
import { localAt } from "./rules/local.js";
import { uuid7 } from "./uuid7.js";

const NAME = "shouwang-field";
const KEEPSAKE = "shouwang-field"; // in localStorage: what tells us that the database was lost, and who we were
const STRICT = { durability: "strict" };
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
export const KEPT_DAYS = 7;
const KEPT_WITH_US = ["installation", "device", "token", "root", "point"];

/** A record that could not be saved. `code`: `full` (no room) or `broken` (the browser's storage does not work). */
export class NotSaved extends Error {
  constructor(cause) {
    super(`not saved: ${cause?.name}: ${cause?.message}`, { cause });
    this.name = "NotSaved";
    this.code = cause?.name === "QuotaExceededError" ? "full" : "broken";
  }
}

function open() {
  return openDB(NAME, 1, {
    upgrade(db) {
      // The key of both is `seq`: counted by the database itself, in the transaction that saves the record.
      for (const name of ["outbox", "sent"]) {
        const records = db.createObjectStore(name, { keyPath: "seq", autoIncrement: name === "outbox" });
        records.createIndex("at", "at");
        if (name === "sent") records.createIndex("outcome", "outcome");
      }
      db.createObjectStore("parts", { keyPath: "name" });
      db.createObjectStore("settings");
    },
    blocking(_old, _next, event) {
      event.target.close(); // a newer version of the app in another tab wants to change the database
    },
  });
}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEEPSAKE)) ?? {};
  } catch {
    return {};
  }
}

/** Open the store. `clock` tells the time of records; it may be set later as `store.clock`. */
export async function openStore({ clock = { now: Date.now } } = {}) {
  const store = { clock, trouble: null, settings: new Map(), parts: new Map() };
  const listeners = new Set();
  const others = new BroadcastChannel(NAME);
  let db;

  async function begin() {
    db = await open();
    db.addEventListener("close", () => begin().then(() => tell("records"))); // the browser took it away: what is left of it?
    const tx = db.transaction("settings", "readwrite", STRICT);
    const before = remembered();
    let installation = await tx.store.get("installation");
    if (!installation) {
      installation = crypto.randomUUID();
      await tx.store.put(installation, "installation");
      if (before.installation) {
        await tx.store.put({ installation: before.installation, at: store.clock.now() }, "lost");
        for (const key of KEPT_WITH_US.slice(1)) if (before[key]) await tx.store.put(before[key], key);
      }
    }
    await tx.done;
    await load();
    keepsake();
  }

  async function load() {
    const tx = db.transaction(["settings", "parts"]);
    const [keys, values, parts] = await Promise.all([
      tx.objectStore("settings").getAllKeys(), tx.objectStore("settings").getAll(), tx.objectStore("parts").getAll(),
    ]);
    store.settings = new Map(keys.map((key, i) => [key, values[i]]));
    store.parts = new Map(parts.map((part) => [part.name, part]));
  }

  function keepsake() {
    try {
      localStorage.setItem(KEEPSAKE, JSON.stringify(Object.fromEntries(KEPT_WITH_US.map((key) => [key, store.get(key)]))));
    } catch {
      // Full or forbidden: then a loss of the database cannot be told from a new phone. Nothing else depends on it.
    }
  }

  // what: "records" or "settings" (the pack among them)
  function tell(what) {
    for (const listener of listeners) listener(what);
  }

  others.onmessage = async ({ data }) => {
    if (data === "settings" && db) await load(); // not open yet: then `begin` reads what the other tab has written
    tell(data);
  };

  function changed(what) {
    others.postMessage(what);
    tell(what);
  }

  // One write, whole or not at all. A connection that the browser has closed is opened again, once.
  async function write(names, work) {
    for (let attempt = 0; ; attempt++) {
      try {
        const tx = db.transaction(names, "readwrite", STRICT);
        const made = work(tx);
        made.catch(() => {}); // its reason comes out through tx.done
        await tx.done;
        return await made;
      } catch (error) {
        if (error?.name !== "InvalidStateError" || attempt) throw error;
        await begin();
      }
    }
  }

  /**
   * Save what happened together: `[{kind, body, id?}, …]` → the records, once all of them are on the disk.
   * Rejects with `NotSaved`, and then none of them is saved: show no green light.
   */
  store.addAll = async (list, { madeAt = store.clock.now() } = {}) => {
    const clock = new Date().toISOString();
    const keeper = store.get("keeper") ?? "";
    const made_at = new Date(madeAt).toISOString();
    const records = list.map(({ kind, body, id = uuid7(madeAt) }) => ({ id, kind, made_at, clock, keeper, body, at: madeAt }));
    try {
      const saved = await write(["outbox"], (tx) =>
        Promise.all(records.map(async (record) => ({ ...record, seq: await tx.store.add(record) }))));
      store.trouble = null;
      return saved;
    } catch (error) {
      const failed = new NotSaved(error);
      store.trouble = failed.code;
      throw failed;
    } finally {
      changed("records");
    }
  };
  store.add = async (kind, body, { madeAt, id } = {}) => (await store.addAll([{ kind, body, id }], { madeAt }))[0];
  /** An id for a record about to be added, so that another can name it. */
  store.mint = (madeAt = store.clock.now()) => uuid7(madeAt);

  /** `{count, oldest}`: records not yet sent, and when the oldest of them was made (milliseconds, null if none). */
  store.unsent = async () => {
    const tx = db.transaction("outbox");
    const [count, first] = await Promise.all([tx.store.count(), tx.store.openCursor()]);
    return { count, oldest: first ? first.value.at : null };
  };
  /** The highest sequence number among those kept aside: the server has said that it holds it. 0 if there is none. */
  store.held = async () => (await db.transaction("sent").store.openKeyCursor(null, "prev"))?.key ?? 0;
  /** Up to `count` unsent records in their order, from sequence number `from` on. */
  store.next = (count, from = 1) => db.getAll("outbox", IDBKeyRange.lowerBound(from), count);

  /** Records of this kind made since `from` (milliseconds), sent or not, oldest first. */
  store.since = async (kind, from) => {
    const range = IDBKeyRange.lowerBound(from);
    const found = await Promise.all(["sent", "outbox"].map((name) => db.getAllFromIndex(name, "at", range)));
    return found.flat().filter((record) => record.kind === kind).sort((a, b) => a.at - b.at || a.seq - b.seq);
  };
  /** Records of this kind made today, as the installation counts days. */
  store.today = (kind) => {
    const now = store.clock.now();
    const { hour, minute } = localAt(now, store.zone());
    return store.since(kind, now - (hour * 60 + minute) * MINUTE - (now % MINUTE));
  };

  /** The server holds these: `answers` is `[{seq, outcome, code}, …]`. They are let go, and kept aside for a week. */
  store.settle = async (answers) => {
    const at = store.clock.now();
    await write(["outbox", "sent"], async (tx) => {
      for (const { seq, outcome, code } of answers) {
        const record = await tx.objectStore("outbox").get(seq);
        if (!record) continue; // another tab was quicker
        await tx.objectStore("sent").put({ ...record, sent_at: at, outcome, code });
        await tx.objectStore("outbox").delete(seq);
      }
    });
    changed("records");
  };
  /** The server lacks these sequence numbers (`[[first, last], …]`): put back into the queue what we still have. */
  store.bringBack = async (runs) => {
    let count = 0;
    await write(["outbox", "sent"], async (tx) => {
      for (const [first, last] of runs) {
        for (const record of await tx.objectStore("sent").getAll(IDBKeyRange.bound(first, last))) {
          const { sent_at, outcome, code, ...whole } = record;
          await tx.objectStore("outbox").put(whole);
          await tx.objectStore("sent").delete(record.seq);
          count += 1;
        }
      }
    });
    if (count) changed("records");
    return count;
  };
  /** Let go of what was sent more than a week ago. */
  store.tidy = () => write(["sent"], async (tx) => {
    const before = store.clock.now() - KEPT_DAYS * DAY;
    for (let cursor = await tx.store.openCursor(); cursor; cursor = await cursor.continue()) {
      if (cursor.value.sent_at < before) await cursor.delete();
    }
  });
  /** How many of the records kept aside the office has to look at, by outcome: `{conflict, quarantined}`. */
  store.doubtful = async () => {
    const [conflict, quarantined] = await Promise.all(
      ["conflict", "quarantined"].map((outcome) => db.countFromIndex("sent", "outcome", outcome)));
    return { conflict, quarantined };
  };
  /** How many records were made since `from` (milliseconds). */
  store.count = async (from) => {
    const range = IDBKeyRange.lowerBound(from);
    const counts = await Promise.all(["sent", "outbox"].map((name) => db.countFromIndex(name, "at", range)));
    return counts[0] + counts[1];
  };
  /** The record made last, undefined if there is none. */
  store.newest = async () => {
    const last = await Promise.all(["sent", "outbox"].map((name) => db.transaction(name).store.openCursor(null, "prev")));
    return last.filter(Boolean).map((cursor) => cursor.value).sort((a, b) => b.seq - a.seq)[0];
  };
  /** Unsent records, and with `sent` those kept aside too, in their order: for the hand-over file. */
  store.everything = async ({ sent }) => {
    const names = sent ? ["sent", "outbox"] : ["outbox"];
    return (await Promise.all(names.map((name) => db.getAll(name)))).flat().sort((a, b) => a.seq - b.seq);
  };

  /** The time zone of the installation; the phone's own may be set wrongly. */
  store.zone = () => store.parts.get("profile")?.data.zone ?? "Asia/Shanghai";
  /** The data of a part of the pack, or undefined. */
  store.pack = async (name) => store.parts.get(name)?.data;
  /** Let go of all parts but these. */
  store.forgetParts = async (kept) => {
    const names = [...store.parts.keys()].filter((name) => !kept.includes(name));
    await write(["parts"], (tx) => Promise.all(names.map((name) => tx.store.delete(name))));
    await load();
    changed("settings");
  };
  /** Keep parts of the pack, `[{name, version, data, …}, …]`, all or none. */
  store.keepParts = async (parts) => {
    await write(["parts"], (tx) => Promise.all(parts.map((part) => tx.store.put(part))));
    await load();
    changed("settings");
  };

  store.get = (key) => store.settings.get(key);
  /** Keep settings, `{key: value, …}`; undefined takes one away. */
  store.set = async (values) => {
    await write(["settings"], (tx) => Promise.all(Object.entries(values).map(
      ([key, value]) => value === undefined ? tx.store.delete(key) : tx.store.put(value, key))));
    for (const [key, value] of Object.entries(values)) {
      if (value === undefined) store.settings.delete(key);
      else store.settings.set(key, value);
    }
    keepsake();
    changed("settings");
  };
  /** Call `listener("records" or "settings")` after every change, also of another tab. Answers how to stop. */
  store.subscribe = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  await begin();
  return store;
}
