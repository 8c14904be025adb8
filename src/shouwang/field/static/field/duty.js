// Whether this phone may be relied on for a shift. Each thing that is wrong has a name, for which there is a word on how to mend it.

const PATIENCE = 15_000;

/** What stands in the way of duty, worst first: names of `duty.<name>`; empty if nothing does. */
export async function obstacles(store) {
  const found = [];
  if (!globalThis.isSecureContext) found.push("insecure");
  if (!(await keepsWhatItWrites(store))) found.push("storage");
  else if (!(await persistent())) found.push(isApple() ? "not_persistent_ios" : "not_persistent");
  if (!(await startsAlone())) found.push("not_kept");
  const needed = store.get("device")?.caseload ? ["place", "profile", "calls"] : ["place"];
  if (!needed.every((name) => store.parts.get(name)?.data)) found.push("no_pack");
  return found;
}

/** Ask the browser to keep our data for good. It may refuse, or know no such promise. */
async function persistent() {
  try {
    return (await navigator.storage.persisted()) || (await navigator.storage.persist());
  } catch {
    return false;
  }
}

async function keepsWhatItWrites(store) {
  try {
    await store.set({ tried: Date.now() });
    return true;
  } catch {
    return false;
  }
}

// The service worker holds all files, so that the app starts without a network. On the first visit it is still fetching.
async function startsAlone() {
  if (!navigator.serviceWorker) return false;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  return Boolean(await Promise.race([navigator.serviceWorker.ready, late]));
}

const isApple = () => /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);

/** Whether the app runs from the home screen. */
export const installed = () => matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
