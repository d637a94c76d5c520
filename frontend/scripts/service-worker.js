/* The offline shell: the app opens without a network; what the API said is never kept here. */
const SHELL = "warmpath-__VERSION__";
const FILES = __FILES__;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(SHELL)
      .then((cache) => cache.addAll(["/", ...FILES]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((n) => n !== SHELL).map((n) => caches.delete(n))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/assets/")) {
    // Named by their content: a kept copy can never be stale.
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  } else if (request.mode === "navigate" && !/^\/(api|dev|respond)\//.test(url.pathname)) {
    event.respondWith(
      fetch(request).then(
        // A gateway without a server behind it answers, too.
        (answer) =>
          answer.status >= 500 ? caches.match("/").then((kept) => kept ?? answer) : answer,
        () => caches.match("/"),
      ),
    );
  }
});
