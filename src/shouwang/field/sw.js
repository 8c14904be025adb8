// The service worker of the Field app. The server writes APP = {version, page, files: {address: integrity}} before it.
// It keeps every file of one version together, and answers from them whatever the network does.
const CACHE = `field-${APP.version}`;
const MINE = /^field-/;

// Each file must be what the server named: a captive portal's page or half an upgrade makes the whole version wait.
async function keepAll() {
  const cache = await caches.open(CACHE);
  const wanted = Object.entries(APP.files).map(
    ([address, integrity]) => new Request(address, { integrity, cache: "no-cache" }),
  );
  await cache.addAll(wanted).catch(async (error) => {
    await caches.delete(CACHE);
    throw error;
  });
}

async function dropOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => MINE.test(name) && name !== CACHE).map((name) => caches.delete(name)));
}

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
// The very first version takes the open page at once, so that it works offline from then on without a reload.
self.addEventListener("activate", (event) => event.waitUntil(dropOthers().then(() => self.clients.claim())));
// A later one waits until the page says that nothing is half done.
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
  if (event.data === "version") event.ports[0].postMessage(APP.version);
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  const wanted = event.request.mode === "navigate" ? APP.page : address.pathname;
  if (!(wanted in APP.files)) return;
  event.respondWith(
    caches
      .open(CACHE)
      .then((cache) => cache.match(wanted, { ignoreVary: true }))
      .then((kept) => kept ?? fetch(event.request)),
  );
});
