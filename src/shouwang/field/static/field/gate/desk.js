// What happens at the gate, without the screen: who stands there, what is known of her, what was saved.
// `redraw` is called after every change; views/ only show what is in here.

import { isRevoked } from "../../js/pass/trust.js";
import { localAt } from "../rules/local.js";
import { isFever, judge } from "../rules/verdict.js";
import { openBook } from "./book.js";
import { bodyOf, isComplete, isTouched, newDraft } from "./draft.js";
import { factsOf } from "./facts.js";
import { looksLikePass, presentToken, presentTyped } from "./present.js";
import { signal } from "./signals.js";

const AGAIN_MS = 10_000; // the same pass within so long is the same person
const CALL_MS = 2_000; // a second press on the emergency button within so long is the same emergency
const PARTS = ["place", "profile", "passes", "holds", "holders", "outings"];
const DAY_MS = 24 * 3600 * 1000;
const NOBODY = { mode: "ready", draft: null, standing: null, answer: null, trouble: null, note: null, pad: null };
const EMERGENCY = { verdict: "green", reason: "emergency", nextOut: null };
const BUSY = new Set(["visitor", "shift", "emergency"]); // a pass in view now is not for this screen

export async function openDesk({ store, entrance, word, redraw }) {
  const desk = { ...NOBODY, direction: store.get("direction") ?? "out", vehicle: null, call: null, records: [], entrance };
  const seen = new Map(); // what was shown → when its check was saved
  const labels = new Map(); // pass or visit → how she was called, as long as the app runs
  const now = () => store.clock.now();
  const zone = () => desk.book.profile?.zone ?? "Asia/Shanghai";
  const dayOf = (ms) => localAt(ms, zone()).date;

  function set(changes) {
    Object.assign(desk, changes);
    redraw();
  }

  // The pack is opened anew only when a part of it is another: a large village has ten thousand passes.
  let opened = null;
  desk.refresh = async () => {
    const versions = [...PARTS, "trust", "revoked"].map((name) => store.parts.get(name)?.version).join();
    if (versions !== opened) {
      const parts = await Promise.all(PARTS.map(async (name) => [name, await store.pack(name)]));
      desk.book = openBook(Object.fromEntries(parts));
      const [trust, revoked] = await Promise.all([store.pack("trust"), store.pack("revoked")]);
      desk.trust = { keys: trust?.keys ?? new Map(), isRevoked: (id) => Boolean(revoked) && isRevoked(revoked, id) };
      desk.gate = desk.book.gate(entrance) ?? { id: entrance, name: "", compound: null, status: "open" };
      opened = versions;
    }
    const cycle = Math.max(desk.book.profile?.outing_every_days ?? 1, 1);
    [desk.records, desk.unsent] = await Promise.all([store.since("check", now() - cycle * DAY_MS), store.unsent()]);
    redraw();
  };
  desk.isFever = (temperature) => Boolean(desk.book.profile) && isFever(temperature, desk.book.profile);
  desk.shift = () => desk.records.filter(({ at }) => at >= (store.get("dutySince") ?? now() - DAY_MS / 2));

  // null while the phone has no rules: then the server judges later
  function judged(draft) {
    const { book, gate, records } = desk;
    if (!book.profile) return null;
    return judge(factsOf({ at: localAt(now(), zone()), gate, draft, book, records, dayOf }), book.profile);
  }

  // What the pass alone says, as if everything else were in order.
  const standingOf = (draft) => judged({ ...draft, temperature: draft.temperature ?? "36.5", masked: true });

  function begin(values) {
    if (values.pass?.kind === "vehicle" && desk.vehicle?.id) desk.vehicle = null; // the next vehicle
    const vehicle = desk.vehicle?.id ?? null;
    const plate = desk.vehicle && !vehicle ? desk.vehicle.plate : "";
    const draft = newDraft({ direction: desk.direction, vehicle, plate, ...values });
    set({ ...NOBODY, mode: "person", draft, standing: standingOf(draft) });
  }

  // A text came into view of the camera, or from a scanner that types.
  desk.scanned = async (text) => {
    if (BUSY.has(desk.mode) || desk.saving) return;
    if (!looksLikePass(text)) return set({ note: { key: "gate.note.other_code" } });
    const found = await presentToken(text, desk.trust, desk.book);
    const key = found.pass?.id ?? text;
    if (desk.draft?.key === key) return;
    if (desk.mode === "person" && isTouched(desk.draft)) return set({ note: { key: "gate.note.finish_first" } });
    if (performance.now() - (seen.get(key) ?? -Infinity) < AGAIN_MS) {
      return set({ note: { key: "gate.note.just_checked", again: () => begin({ ...found, key }) } });
    }
    signal("seen");
    begin({ ...found, key });
  };

  // A code or a plate typed by hand. Answers whether something came of it.
  desk.typed = (text) => {
    if (looksLikePass(text)) return desk.scanned(text);
    const found = presentTyped(text, desk.trust, desk.book);
    if (!found.pass && !found.shown) return set({ trouble: "gate.entry.unreadable" });
    begin({ ...found, key: found.pass?.id ?? found.shown.code });
  };

  // The pad on which a temperature is typed: what stands in it, or null while it is closed.
  desk.press = (pad) => set({ pad: pad && pad.slice(0, 5) });
  desk.refuse = (trouble) => set({ trouble });
  desk.today = () => dayOf(now());
  desk.clockOf = (ms) => {
    const { hour, minute } = localAt(ms, zone());
    return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  };
  // What there is to call somebody by whose check was saved: labels are not kept with the records.
  desk.nameOf = (body) => labels.get(body.pass?.id ?? body.visit) || desk.book.pass(body.pass?.id)?.label || body.plate || body.pass?.code || "";

  desk.withoutPass = ({ livesHere }) => begin({ livesHere });
  desk.visitor = (visit) => begin({ visit: { id: store.mint(), body: visit }, plate: visit.plate });
  desk.open = (mode) => set({ ...NOBODY, mode });
  desk.next = () => set({ ...NOBODY });
  desk.turn = (direction) => {
    store.set({ direction });
    if (desk.draft && !desk.answer) desk.draft.direction = direction;
    set({ direction, standing: desk.draft && !desk.answer ? standingOf(desk.draft) : desk.standing });
  };

  // A vehicle without a pass of its own: the first check with its plate stands for it.
  desk.enterVehicle = (plate) => {
    const { pass } = presentTyped(plate, desk.trust, desk.book);
    desk.vehicle = { plate: pass?.plate || plate, id: null, people: 0 };
    if (pass) begin({ pass, key: pass.id, plate: desk.vehicle.plate });
    else set({ ...NOBODY });
  };
  desk.leaveVehicle = () => set({ ...NOBODY, vehicle: null });

  // One thing more was looked at. With the last of them the check is saved.
  desk.look = (values) => {
    if (desk.mode !== "person" || desk.draft.saved) return;
    Object.assign(desk.draft, values);
    desk.standing = standingOf(desk.draft);
    redraw();
    const [name] = Object.keys(values);
    const isReading = name === "temperature" || name === "masked";
    if (isReading && !desk.draft.corrects && isComplete(desk.draft, desk.book.profile ?? {})) desk.save();
  };

  // Saves the check as it stands; however often it is asked, once.
  desk.save = () => {
    const { draft } = desk;
    draft.saved ??= keep(draft).finally(redraw);
    return draft.saved;
  };

  async function keep(draft) {
    set({ saving: true, trouble: null });
    const answer = judged(draft);
    const identity = draft.identity === null ? "" : word(draft.identity ? "gate.identity.seen" : "gate.identity.unseen");
    const body = bodyOf(draft, answer, entrance, identity);
    try {
      const visit = draft.visit && !draft.visit.kept ? [{ kind: "visit", id: draft.visit.id, body: visitOf(draft) }] : [];
      const record = (await store.addAll([...visit, { kind: "check", body }], { madeAt: now() })).at(-1);
      kept(record, draft);
      // Only now, when it stands on the disk, is there a verdict to be seen.
      set({ saving: false, mode: "answer", answer: { judged: answer, record } });
      signal(answer?.verdict ?? "amber");
    } catch (error) {
      draft.saved = null;
      set({ saving: false, trouble: `gate.unsaved.${error.code ?? "broken"}` });
      signal("red");
    }
  }

  const visitOf = (draft) => ({ entrance, direction: draft.direction, ...draft.visit.body });

  function kept(record, draft) {
    desk.records = [...desk.records, record];
    if (draft.key) seen.set(draft.key, performance.now());
    labels.set(draft.pass?.id ?? draft.visit?.id, draft.pass?.label || draft.visit?.body?.name);
    if (!desk.vehicle && draft.pass?.kind === "vehicle") desk.vehicle = { plate: draft.pass.plate || draft.pass.label, id: null, people: 0 };
    if (!desk.vehicle || draft.corrects) return;
    desk.vehicle.id ??= record.id;
    if (draft.pass?.kind !== "vehicle") desk.vehicle.people += 1;
  }

  // Let through at once; what it was can be said afterwards, and is then kept as a correction.
  desk.emergency = () => {
    if (desk.call && performance.now() - desk.call.begun < CALL_MS) return desk.call.saving;
    set({ ...NOBODY, mode: "emergency", call: { begun: performance.now(), record: null, saving: Promise.resolve() } });
    signal("amber");
    return desk.tell({});
  };
  // values: {remarks, plate}
  desk.tell = (values) => {
    const { call } = desk;
    call.saving = call.saving.then(async () => {
      const before = call.record?.body ?? {};
      const said = { remarks: before.remarks ?? "", plate: before.plate ?? "", ...values };
      const draft = newDraft({ direction: desk.direction, emergency: true, corrects: call.record?.id ?? null, ...said });
      try {
        call.record = await store.add("check", bodyOf(draft, EMERGENCY, entrance), { madeAt: now() });
        desk.records = [...desk.records, call.record];
        set({ trouble: null });
      } catch (error) {
        set({ trouble: `gate.unsaved.${error.code ?? "broken"}` });
      }
    });
    return call.saving;
  };

  desk.correct = (record) => {
    const { body } = record;
    const values = {
      direction: body.direction,
      pass: body.pass?.id ? passAgain(body) : null,
      shown: body.pass && !body.pass.id ? body.pass : null,
      unread: body.pass?.token ? body.reason : "",
      livesHere: ["home_without_pass", "home_pass_unread", "no_pass"].includes(body.reason),
      visit: body.visit ? { id: body.visit, kept: true } : null,
      plate: body.plate,
      vehicle: body.vehicle,
      temperature: body.temperature,
      masked: body.masked,
      emergency: body.emergency,
      remarks: body.remarks,
      corrects: record.id,
    };
    const draft = newDraft(values);
    set({ ...NOBODY, mode: "person", draft, standing: standingOf(draft) });
  };

  // The pass of a check that is corrected. If it is not in the pack, what was found then stands.
  function passAgain({ pass, reason }) {
    const known = desk.book.pass(pass.id);
    const revoked = desk.trust.isRevoked(pass.id) || reason.endsWith("revoked");
    if (known) return { ...known, revoked };
    const times = { notBefore: 0, expires: reason.endsWith("expired") ? 0 : Number.MAX_SAFE_INTEGER };
    return { ...pass, ...times, compound: null, label: "", plate: "", code: "", revoked };
  }

  await desk.refresh();
  return desk;
}
