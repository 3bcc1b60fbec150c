// Keeps the survey page of a village on the phone, so that it opens without a net. Never keeps anything else.
const CACHE = "vuon-survey-1";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  const path = event.data?.keep;
  if (path) event.waitUntil(caches.open(CACHE).then((cache) => cache.add(new Request(path, { credentials: "same-origin" }))).catch(() => {}));
});
const isSurvey = (url) => /^\/survey\/\d{4}\/[0-9a-f-]{36}$/.test(url.pathname);
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || !isSurvey(url)) return;
  event.respondWith(
    fetch(event.request)
      .then((answer) => {
        if (answer.ok && !answer.redirected) {
          const copy = answer.clone();
          event.waitUntil(caches.open(CACHE).then((cache) => cache.put(url.pathname + url.search, copy)));
        }
        return answer;
      })
      .catch(() => caches.match(url.pathname + url.search).then((found) => found ?? Response.error())),
  );
});
