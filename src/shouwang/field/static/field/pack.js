// The pack: what the phone needs to work alone. Each part is checked before it replaces what is there; what cannot be
// checked or merged is not taken, and the old part goes on serving.

import { openBundle, openRevoked } from "../js/pass/trust.js";

const PACK = "/api/v1/sync/pack";
const PATIENCE = 60_000;
const AT_GATES = ["revoked", "passes", "holds", "holders", "outings"];

/** Whether the phone of this device stands at no gate: it rings a caseload, and neither gets nor keeps what gates work from. */
export const onlyCalls = (device) => Boolean(device?.caseload) && !device.entrance;

/** A part that is not taken. `code`: `trust` (not signed by the root, or rolled back), `shape`. */
export class PartRefused extends Error {
  constructor(name, code, cause) {
    super(`part ${name}: ${code}`, { cause });
    this.part = name;
    this.code = code;
  }
}

/**
 * Ask for what has changed and keep it. Answers `{state, refused}`: `state` "fresh", "offline" or "stopped"; `refused`
 * the names of parts not taken. Without the network everything stays as it was.
 */
export async function refreshPack({ store, lang }) {
  if (!store.get("token") || store.get("stopped")) return { state: "stopped", refused: [] };
  const again = store.get("refused") ?? []; // what did not fit to what we have is asked for as a whole
  const have = Object.fromEntries(
    [...store.parts.values()].filter(({ name }) => !again.includes(name)).map(({ name, version }) => [name, version]));
  const began = performance.now();
  const { status, said } = await ask({ have, lang }, store.get("token"));
  if (status === 401 && ["device_revoked", "device_unknown"].includes(said?.code)) {
    await store.set({ stopped: { code: said.code, message: String(said.message ?? ""), at: store.clock.now() } });
    return { state: "stopped", refused: [] };
  }
  if (status !== 200 || typeof said?.parts !== "object" || Number.isNaN(Date.parse(said.now))) {
    return { state: "offline", refused: [] };
  }
  store.clock.hear(Date.parse(said.now), began, performance.now());
  const { taken, refused } = await judge(said.parts, store);
  if (taken.length) await store.keepParts(taken);
  const at = store.clock.now();
  await store.set({
    device: said.device ?? store.get("device"), offset: store.clock.offset, contact: at, packAt: at, refused,
    ...(said.device?.entrance ? { gate: said.device.entrance } : {}),
  });
  const kept = [...store.parts.keys()].filter((name) => !AT_GATES.includes(name));
  if (onlyCalls(said.device) && kept.length < store.parts.size) await store.forgetParts(kept);
  return { state: "fresh", refused };
}

async function ask(body, token) {
  try {
    const response = await fetch(PACK, {
      method: "POST", credentials: "omit", cache: "no-store", redirect: "error", signal: AbortSignal.timeout?.(PATIENCE),
      headers: { Authorization: `Device ${token}`, "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    return { status: response.status, said: await response.json() };
  } catch {
    return { status: 0, said: null };
  }
}

// trust comes first: by its keys the list of revoked passes is verified.
async function judge(parts, store) {
  const taken = [];
  const refused = [];
  const order = Object.keys(parts).sort((a, b) => (b === "trust") - (a === "trust"));
  for (const name of order) {
    const held = store.parts.get(name);
    const keys = (taken.find((part) => part.name === "trust") ?? store.parts.get("trust"))?.data.keys;
    try {
      taken.push({ name, version: parts[name].version, data: await opened(name, parts[name], held, keys, store) });
    } catch (error) {
      console.warn(error);
      refused.push(name);
    }
  }
  return { taken, refused };
}

async function opened(name, { version, since, data }, held, keys, store) {
  if (typeof version !== "string" || data === undefined) throw new PartRefused(name, "shape");
  if (since && since !== held?.version) throw new PartRefused(name, "shape");
  if (name === "trust" || name === "revoked") {
    try {
      const { openBundle, openRevoked } = await import("../js/pass/trust.js");
      return name === "trust"
        ? await openBundle(data, store.get("root"), store.get("point"), held?.data ?? null)
        : await openRevoked(data, keys, held?.data ?? null, store.get("device").community);
    } catch (error) {
      throw new PartRefused(name, "trust", error);
    }
  }
  return since ? merged(name, held.data, data) : data;
}

// Rows of passes by their pass id; a row that comes again replaces the one there.
function merged(name, old, more) {
  if (name !== "passes") throw new PartRefused(name, "shape");
  return [...new Map([...old, ...more].map((row) => [row[1], row])).values()];
}
