// Sending what is kept: in order, ten at a time. An answer that was lost is asked for again with the same tokens. Nothing that
// the server will not take, picture or survey, keeps the others back; what it said stands at the household. Start with `sync`.
const AT_ONCE = 10;
let sending = false;
let trouble = ""; // why sending stopped: `signed_out`, `not_now`, or nothing
const isSignedOut = (answer) => answer.status === 401 || answer.type === "opaqueredirect";
// Said for good: sending the same again would change nothing.
const isFinal = (answer) => answer.status >= 400 && answer.status < 500 && ![408, 425, 429].includes(answer.status);
const photosToSend = (record) => record.photos.filter((photo) => !photo.hash && !photo.refused);

// A survey that was refused is not there to be corrected: its correction names the version before it.
const baseOf = (record) => {
  let base = record.based_on;
  for (let found; (found = kept.find((r) => r.token === base)) && found.state === "refused"; ) base = found.based_on;
  return base;
};
const asSent = (record) => ({
  token: record.token, household: record.household, year: record.year, route: record.route_value, based_on: baseOf(record),
  saved_ms: record.saved_ms, channel: "phone", input: record.input, note: record.note, view: record.view,
  confirmed_by: record.confirmed_by, photos: [...new Set(record.photos.map((photo) => photo.hash).filter(Boolean))],
});

// `sent`, `later` or `signed_out`; a picture that is refused is marked so and the survey goes without it.
const sendPhotos = async (record) => {
  for (const photo of photosToSend(record)) {
    const address = `/survey/${record.year}/${record.village}/photo?route=${record.route}`;
    const answer = await fetch(address, { method: "POST", body: photo.blob, redirect: "manual" }).catch(() => null);
    if (!answer) return "later";
    if (isSignedOut(answer)) return "signed_out";
    const said = await answer.json().catch(() => ({}));
    if (answer.ok && said.hash) photo.hash = said.hash;
    else if (isFinal(answer)) photo.refused = said.what ?? String(answer.status);
    else return "later";
    await keep(record);
  }
  return "sent";
};

const settle = async (record, receipt) => {
  record.state = receipt.refused ? "refused" : "sent";
  record.receipt = receipt;
  if (!receipt.refused) for (const photo of record.photos) if (photo.hash) delete photo.blob;
  await keep(record);
};

// One turn: those that are ready of the first few. `aside` are households that have to wait for the next time.
const sendSome = async (aside, atOnce) => {
  const heavy = new Set(waiting().filter((r) => photosToSend(r).length).map((r) => r.household));
  const open = waiting().filter((r) => !aside.has(r.household));
  // Answers first: they are small, and pictures may take long.
  const some = [...open.filter((r) => !heavy.has(r.household)), ...open.filter((r) => heavy.has(r.household))].slice(0, atOnce);
  const ready = [];
  for (const record of some) {
    if (aside.has(record.household)) continue;
    const state = await sendPhotos(record);
    if (state === "signed_out") return state;
    if (state === "sent") ready.push(record);
    else aside.add(record.household);
  }
  if (!ready.length) return some.length ? "later" : "done";
  const body = JSON.stringify({ surveys: ready.map(asSent) });
  const answer = await fetch("/survey/send", { method: "POST", headers: { "content-type": "application/json" }, body, redirect: "manual" });
  if (isSignedOut(answer)) return "signed_out";
  if (isFinal(answer)) {
    if (ready.length > 1) return "alone";
    await settle(ready[0], { token: ready[0].token, refused: String(answer.status), what: say("not_read") });
    return "sent";
  }
  if (!answer.ok) return "not_now";
  const { receipts } = await answer.json();
  for (const record of ready) {
    const receipt = receipts.find((r) => r.token === record.token);
    if (receipt) await settle(record, receipt);
    else aside.add(record.household);
  }
  return "sent";
};

const sync = async () => {
  if (sending || !waiting().length) return showQueue();
  sending = true;
  const aside = new Set();
  let state = "sent";
  try {
    for (let atOnce = AT_ONCE; ["sent", "later", "alone"].includes(state); ) {
      await readKept();
      state = await sendSome(aside, atOnce);
      if (state === "alone") atOnce = 1;
    }
    trouble = state === "signed_out" ? state : state === "not_now" || aside.size ? "not_now" : "";
  } catch {
    // No net: everything stays where it is.
    trouble = "";
  } finally {
    sending = false;
    await load();
  }
};
const showQueue = () => {
  const n = waiting().length;
  badge.textContent = n ? say("queue", { n }) : say("queue_empty");
  badge.className = n ? "state kept" : "state sent";
};
// What is kept, read anew; the list is shown again when no household is open.
const load = async () => {
  await readKept();
  showQueue();
  if (!current) render();
};
