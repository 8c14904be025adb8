// The service worker: keeps the app for starting without a network, and takes a new version when nothing is half done.

const QUIET = 20_000; // milliseconds without a touch before a new version may reload the page
const LOOK = 30 * 60_000;

/** `resting()`: whether no act is under way; `news()` is called when a version waits. Answers `{waiting(), take()}`. */
export async function keepUpdated(resting, news) {
  const container = navigator.serviceWorker;
  if (!container) return { waiting: () => false, take() {} };
  const registration = await container.register("/field/sw.js", { scope: "/field/", updateViaCache: "none" });
  const hadOne = Boolean(container.controller);
  let touched = performance.now();
  let taking = false;
  for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, () => (touched = performance.now()), true);
  // The very first worker takes the page without a reload; any later one brings other files. It may have been another
  // tab that took it: then this one reloads once its own act is done.
  let stale = false;
  container.addEventListener("controllerchange", () => (stale = hadOne || taking));

  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", () => waiting() && news());
  });

  const waiting = () => Boolean(registration.waiting);
  function take() {
    taking = true;
    registration.waiting?.postMessage("take over");
  }
  setInterval(() => {
    if (stale && resting()) {
      stale = false; // once: a slow phone's reload would be broken off by the next, again and again
      location.reload();
    } else if (waiting() && resting() && performance.now() - touched > QUIET) take();
  }, 1_000);
  setInterval(() => navigator.onLine && registration.update().catch(() => {}), LOOK); // if not now, then the next time
  return { waiting, take };
}
