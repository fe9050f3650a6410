// Keeps the tablet's page with its scripts and styles, all of one version; data never passes through here.

const CACHE = `inspect-tablet-${VERSION}`;
const SHELL = FILES[0];
const KEPT = new Set(FILES.map((each) => each.split("?")[0]));

self.addEventListener("install", (event) => {
  const wanted = FILES.map((each) => new Request(each, { cache: "reload", credentials: "omit" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(wanted)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const names = await caches.keys();
    const old = names.filter((each) => each.startsWith("inspect-tablet-") && each !== CACHE);
    await Promise.all(old.map((each) => caches.delete(each)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin || !KEPT.has(pathname)) {
    return;
  }
  const address = pathname === SHELL ? SHELL : event.request;
  const find = async () => {
    const cache = await caches.open(CACHE);
    return await cache.match(address, { ignoreSearch: true, ignoreVary: true }) || fetch(event.request);
  };
  event.respondWith(find());
});
