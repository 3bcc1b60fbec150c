// What is kept on the phone. A saved survey has a token of its own and is never changed again, so that a token stands for one
// content wherever it has been; a correction is a new survey that names the one before. Drafts keep what is half filled.
const database = (name, keyPath) =>
  new Promise((opened, failed) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("kept", { keyPath });
    request.onsuccess = () => opened(request.result);
    request.onerror = () => failed(request.error);
  });
const databases = { surveys: database("vuon-survey", "token"), drafts: database("vuon-survey-drafts", "key") };
const store = async (name, mode, act) => {
  const db = await databases[name];
  return new Promise((done, failed) => {
    const tx = db.transaction("kept", mode);
    const request = act(tx.objectStore("kept"));
    tx.oncomplete = () => done(request.result);
    tx.onerror = tx.onabort = () => failed(tx.error);
  });
};
const keep = (record) => store("surveys", "readwrite", (s) => s.put(record));
const token = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
};

let kept = [];
let drafts = new Map();
const readKept = async () => (kept = await store("surveys", "readonly", (s) => s.getAll()));
const readDrafts = async () =>
  (drafts = new Map((await store("drafts", "readonly", (s) => s.getAll())).map((draft) => [draft.key, draft])));

const inOrder = (records) => records.sort((a, b) => a.saved_ms - b.saved_ms);
const own = () => kept.filter((r) => r.year === data.year && r.route === data.route && r.village === data.village);
const waiting = () => inOrder(own().filter((r) => r.state === "kept"));
// Of the survey that runs now: after a failed meeting what was sent before does not count.
const latest = (id) =>
  inOrder(own().filter((r) => r.household === id && (r.attempt === data.attempt || r.state === "kept"))).at(-1);
// The server counts a version that this phone neither made nor knew: whoever corrects now corrects that one.
const overtaken = (household) => household.token && !own().some((r) => r.token === household.token || r.based_on === household.token);
// The last version of the household that a correction made here begins from.
const before = (household) => {
  const record = latest(household.id);
  return record && record.state !== "kept" && overtaken(household) ? undefined : record;
};

const draftKey = (household) => [data.year, data.route, data.attempt, data.village, household.id].join("/");
const draftOf = (household) => {
  const draft = drafts.get(draftKey(household));
  return draft && draft.ms > (latest(household.id)?.saved_ms ?? 0) ? draft : undefined;
};
const keepDraft = (key, draft) => {
  drafts.set(key, { ...draft, key });
  store("drafts", "readwrite", (s) => s.put({ ...draft, key })).catch(() => note(say("not_kept"), "bad"));
};
const dropDraft = (key) => {
  drafts.delete(key);
  store("drafts", "readwrite", (s) => s.delete(key)).catch(() => {});
};
