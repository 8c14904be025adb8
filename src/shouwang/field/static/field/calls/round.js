// What a caller does in a day, without the screen: her households, what is open, what was saved.
// `redraw` is called after every change; views/ only show what is in here.

import { localAt } from "../rules/local.js";
import { openCaseload } from "./caseload.js";
import { bodyOf, draftOf, isTouched, newDraft, say, sayAllWell, troublesOf } from "./draft.js";
import { inOrder, matches, reasonsOf } from "./order.js";
import { actOf, countsOf, doubted, standing, stateOf } from "./progress.js";
import { readDoor } from "./door.js";
import { signal } from "../gate/signals.js";

const LONGEST_MS = 15 * 60_000; // a household left open over a meal took no longer than this
const MINUTE = 60_000;

export async function openRound({ store, word, redraw, query = "", filter = "all" }) {
  const now = () => store.clock.now();
  const round = {
    households: [], lines: [], standing: [], counts: null, unsent: { count: 0, oldest: null }, query, filter,
    one: null, draft: null, answer: null, restored: false, saving: false, trouble: null, scanNote: null,
    talks: false, level: null, unfolded: new Set(), lastDialled: null,
  };
  let list = []; // {household, state, reasons}, in order

  function set(changes) {
    Object.assign(round, changes);
    redraw();
  }

  // -- what there is

  round.refresh = async () => {
    const [part, place, profile, script] = await Promise.all(["calls", "place", "profile", "script"].map((name) => store.pack(name)));
    const at = localAt(now(), store.zone());
    const midnight = now() - (at.hour * 60 + at.minute) * MINUTE - (now() % MINUTE);
    const [records, unsent] = await Promise.all([store.since("attempt", midnight), store.unsent()]);
    const caseload = openCaseload(part, at.date);
    const mine = records.map(actOf);
    const acts = standing(mine, caseload.acts);
    const doubts = doubted(mine, caseload.acts);
    const when = { now: now(), eveningFrom: caseload.eveningFrom, profile: profile ?? {} };
    list = inOrder(caseload.households.map((household) => {
      const state = stateOf(household, acts.filter((act) => act.household === household.id), doubts, when);
      return { household, state, reasons: reasonsOf(household, state, when.now >= when.eveningFrom) };
    }), when.now);
    const current = new Set(acts.map(({ id }) => id));
    const replaced = new Set(records.map(({ body }) => body.corrects).filter(Boolean));
    Object.assign(round, {
      households: list, unsent, day: at.date, zone: store.zone(), profile: profile ?? { symptoms: [] }, name: caseload.name,
      keeper: store.get("keeper") ?? "", community: place?.name ?? "", dutyPhones: place?.phones ?? [], script,
      standing: records.filter(({ id }) => current.has(id)),
      lines: records.map((record) => ({ record, corrected: replaced.has(record.id) })).reverse(),
      counts: countsOf(list, timesToday()),
    });
    if (round.one) round.one = entry(round.one.household.id) ?? round.one;
    redraw();
  };
  const entry = (id) => list.find(({ household }) => household.id === id);
  round.household = (id) => entry(id)?.household ?? null;
  round.doorOf = (id) => entry(id)?.household.door ?? word("calls.other_household");

  // Those to be called now, the most urgent first; those that wait for the evening come last.
  round.waiting = (except = null) => list.filter(({ household, state }) => !state.done && state.kind !== "evening" && household.id !== except);
  round.shown = () => list.filter(({ household, state }) => matches(household, round.query) &&
    { all: true, left: ["left", "evening"].includes(state.kind), again: state.kind === "again", done: state.done }[round.filter]);
  round.find = (query) => set({ query });
  round.sift = (filter) => set({ filter: round.filter === filter ? "all" : filter });
  round.enlarge = () => store.set({ largeType: !store.get("largeType") });
  // Of this phone's own records: everybody found with a fever today.
  round.fevers = () => list.flatMap(({ household, state }) => state.fevers.map(({ resident, temperature }) => ({
    household, temperature, person: household.people.find(({ id }) => id === resident),
  })));

  // -- one household

  const drafts = () => store.get("callDrafts") ?? {};
  const without = (household) => {
    const { [household]: _, ...others } = drafts();
    return others;
  };
  // At every touch; while one is being written, only the latest waits.
  let [keeping, latest] = [null, null];
  function keep(draft) {
    latest = draft;
    keeping ??= (async () => {
      while (latest) {
        const next = latest;
        latest = null;
        const kept = isTouched(next) ? { ...without(next.household), [next.household]: next } : without(next.household);
        await store.set({ callDrafts: kept }).catch(() => {}); // it is a convenience: what is recorded is kept strictly
      }
      keeping = null;
    })();
  }
  async function forget(household, more = {}) {
    latest = null;
    await keeping;
    await store.set({ callDrafts: without(household), ...more }).catch(() => {});
  }
  const fresh = (household, more = {}) => newDraft({ id: store.mint(), household, openedAt: now(), ...more });

  // channel: how she comes to it, if that is known already
  round.open = async (id, channel = null) => {
    const one = entry(id);
    if (!one) return set({ one: null, draft: null, answer: null });
    const kept = drafts()[id];
    const saved = kept && round.lines.some(({ record }) => record.id === kept.id); // it died between saving and forgetting
    if (saved) await forget(id);
    const restored = Boolean(kept && !saved);
    const begun = channel && kept ? { ...kept, channel } : kept;
    set({
      one, draft: restored ? begun : fresh(id, { channel: channel ?? (one.state.next === "visit" ? "visit" : "call") }), restored, answer: null, trouble: null,
      level: null, unfolded: new Set(), lastDialled: null, saved: null,
    });
  };
  round.close = () => set({ one: null, draft: null, answer: null, trouble: null });
  round.change = (values) => {
    if (round.saving) return;
    set({ draft: { ...round.draft, ...values }, trouble: null });
    keep(round.draft);
  };
  round.drop = async () => {
    await forget(round.draft.household);
    set({ draft: fresh(round.draft.household), restored: false, trouble: null, unfolded: new Set() });
  };
  round.dialled = (number) => set({ lastDialled: number });
  round.again = (number = null) => set({ draft: fresh(round.one.household.id, { channel: round.answer.record.body.channel }), answer: null, saved: null, restored: false, lastDialled: number });
  round.answeredBy = (answeredBy, answerer) => {
    const same = round.draft.answeredBy === answeredBy && round.draft.answerer === answerer;
    round.change(same ? { answeredBy: null, answerer: null } : { answeredBy, answerer });
  };
  round.say = (resident, values) => round.change({ people: say(round.draft, resident, values).people });
  round.presence = (resident, value) => {
    const { [resident]: before, ...others } = round.draft.presence;
    round.change({ presence: before === value ? others : { ...others, [resident]: value } });
  };
  round.unfold = (name) => set({ unfolded: new Set([...round.unfolded, name]) });
  round.fold = (name) => set({ unfolded: new Set([...round.unfolded].filter((each) => each !== name)) });
  round.arrived = (arrival) => {
    round.fold("arrivals");
    round.change({ arrivals: [...round.draft.arrivals, arrival] });
  };
  round.speakTo = (level) => set({ level });
  round.refuse = (trouble) => set({ trouble });
  round.sealingKey = async () => (await store.pack("sealing"))?.key;

  // -- saving

  // All who are due: those of the morning too, since each was asked now.
  round.askedAfter = () => round.one.household.people.filter(({ id, due }) => due && !round.draft.presence[id]).map(({ id }) => id);
  round.saveAllWell = () => {
    return saveDraft(sayAllWell(round.draft, round.askedAfter(), round.profile), "reached");
  };
  round.save = () => saveDraft(round.draft, "reached");
  round.saveUnreached = (outcome) => {
    const [said, remarks] = outcome === "note_left" ? ["nobody_home", word("calls.note_left")] : [outcome, round.draft.remarks];
    return saveDraft({ ...round.draft, remarks }, said);
  };

  // However often it is asked, once: the second finger gets the same promise.
  function saveDraft(draft, outcome) {
    if (outcome === "reached" && troublesOf(draft, round.profile).length) return set({ draft });
    round.saved ??= keepForGood(draft, outcome);
    return round.saved;
  }

  async function keepForGood(draft, outcome) {
    const { one } = round;
    const at = now();
    set({ saving: true, trouble: null });
    try {
      const body = bodyOf(draft, outcome, round.profile);
      const record = (await store.addAll([{ kind: "attempt", body, id: draft.id }], { madeAt: at }))[0];
      // Only now, when it stands on the disk, is it shown as done.
      await remember(record, Math.min(at - draft.openedAt, LONGEST_MS));
      await round.refresh();
      set({ saving: false, answer: { record, household: one.household, state: entry(one.household.id)?.state ?? one.state, unsent: round.unsent }, draft: null });
      signal(round.answer.state.fevers.length ? "red" : outcome === "reached" ? "green" : "amber");
    } catch (error) {
      set({ saving: false, saved: null, draft, trouble: `gate.unsaved.${error.code ?? "broken"}` });
      signal("red");
    }
  }

  // How long each took, for her own day: {day, times}. The draft is done with.
  async function remember(record, took) {
    const kept = store.get("callTimes");
    const times = kept?.day === round.day ? kept.times : {};
    await forget(record.body.household, { callTimes: { day: round.day, times: { ...times, [record.id]: took } } });
  }
  function timesToday() {
    const kept = store.get("callTimes");
    return kept?.times && kept.day === localAt(now(), store.zone()).date ? kept.times : {};
  }

  round.correct = (record) => {
    set({ draft: draftOf(record, fresh(record.body.household, { corrects: record.id })), answer: null, saved: null, restored: false, trouble: null });
  };

  // -- at the door

  round.scanned = (text) => {
    const read = readDoor(text);
    if (!read) return set({ scanNote: "calls.scan.other_code" });
    if (!entry(read.household)) return set({ scanNote: "calls.scan.not_mine" });
    set({ scanNote: null });
    return read.household;
  };

  await round.refresh();
  return round;
}
