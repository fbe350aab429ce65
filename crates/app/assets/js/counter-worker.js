// Keeps the check-in counter's page and its files for the time without a network. Nothing else is kept.
"use strict";
const KEPT = "tongket-quay-1";
const isCounter = (url) => /^\/hoi-nghi\/\d+\/diem-danh\/quay$/.test(url.pathname);
const isFile = (url) => url.pathname.startsWith("/assets/");

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const keep = async (addresses) => {
  const cache = await caches.open(KEPT);
  for (const address of addresses) {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (answer.ok && !answer.redirected) await cache.put(address, answer);
  }
};
self.addEventListener("message", (event) => {
  if (event.data && Array.isArray(event.data.keep)) event.waitUntil(keep(event.data.keep).catch(() => {}));
});

// The page comes from the network where there is one; its files, whose names change with their content, need not.
const page = async (request) => {
  try {
    return await fetch(request);
  } catch (fault) {
    const kept = await caches.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw fault;
  }
};
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (isCounter(url)) event.respondWith(page(event.request));
  else if (isFile(url)) event.respondWith(caches.match(event.request).then((kept) => kept || fetch(event.request)));
});
