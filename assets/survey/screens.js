// The screens: the village's households; then one group of questions a screen, the household's confirmation last.
// Every change of an open household is kept as a draft at once. Starts at the bottom.
let current = null; // { household, input, note, view, confirmed, photos, based_on, groups, at, resumed }
const blank = () => ({ facts: {}, person_facts: {}, answers: {}, b1_entered: "", b2_entered: "", marks_entered: {}, class_entered: "", causes: [], cause_other: "", groups: [] });
const fresh = (household) => {
  const version = before(household);
  return {
    input: structuredClone(version?.input ?? { ...blank(), ...household.input }),
    note: version?.note ?? "",
    view: version?.view ?? "",
    // Whoever confirmed the answers before has not heard these.
    confirmed: { who: "", name: "" },
    // A picture that was refused once is tried again with the correction.
    photos: (version?.photos ?? []).map(({ blob, hash }) => ({ blob, hash })),
    based_on: version && version.state !== "refused" ? version.token : version ? version.based_on : household.token,
    at: 0,
  };
};
const begin = (household) => {
  const draft = draftOf(household);
  current = { ...(draft ?? fresh(household)), household, groups: groupsOf(household), resumed: draft?.ms };
  location.hash = household.id;
  render();
};
const changed = () => {
  const { input, note, view, confirmed, photos, based_on, at } = current;
  current.is_changed = true;
  keepDraft(draftKey(current.household), { input, note, view, confirmed, photos, based_on, at, ms: Date.now() });
};
const leave = () => {
  current = null;
  history.replaceState(null, "", location.pathname + location.search);
};
const startAgain = () => {
  dropDraft(draftKey(current.household));
  begin(current.household);
};
const groupsOf = (household) => {
  const groups = [];
  for (let at = 0; at < data.household.length; at += 3)
    groups.push({ title: say("about_house"), questions: data.household.slice(at, at + 3).map((q) => ({ ...q, place: ["facts", q.id] })) });
  for (const member of household.members) {
    const fits = (q) => member.age === null || ((q.from_age ?? 0) <= member.age && member.age <= (q.to_age ?? 200));
    const questions = data.person.filter(fits).map((q) => ({ ...q, place: ["person_facts", member.id, q.id] }));
    if (questions.length) groups.push({ title: member.title, questions });
  }
  for (let at = 0; at < data.items.length; at += 3)
    groups.push({ title: say("b1"), questions: data.items.slice(at, at + 3).map((q) => ({ id: q.id, label: q.label, kind: "one_of", choices: q.answers, place: ["answers", q.id], item: q })) });
  if (!data.items.length) groups.push({ title: say("b1"), questions: [{ id: "b1", label: say("b1_entered"), kind: "number", unit: say("points"), place: ["b1_entered"] }] });
  groups.push({ title: say("causes"), questions: [{ id: "causes", label: say("causes"), kind: "any_of", choices: data.causes, place: ["causes"], number: true },
    { id: "cause_other", label: say("cause_other"), kind: "text", place: ["cause_other"] }] });
  groups.push({ title: say("last"), last: true, questions: [] });
  return groups;
};
const read = (place) => place.reduce((value, key) => value?.[key], current.input);
const write = (place, value) => {
  let target = current.input;
  for (const key of place.slice(0, -1)) target = target[key] ??= {};
  const key = place.at(-1);
  if (value === undefined || (Array.isArray(value) && !value.length)) {
    if (place.length > 1) delete target[key];
    else target[key] = Array.isArray(target[key]) ? [] : "";
  } else target[key] = value;
  changed();
};
const question = (q) => {
  const field = make("fieldset", {}, make("legend", { textContent: q.label }));
  const value = read(q.place);
  const simple = q.place[0] === "answers" || q.place.length === 1;
  if (q.kind === "text") {
    const input = make("input", { type: "text", id: `q-${q.id}`, value: value ?? "", autocomplete: "off" });
    input.setAttribute("aria-label", q.label);
    input.addEventListener("input", () => write(q.place, input.value));
    field.append(input);
    return field;
  }
  if (q.kind === "number") {
    const input = make("input", { type: "text", inputMode: "decimal", className: "short", id: `q-${q.id}`, value: (simple ? value : first(value)) ?? "", autocomplete: "off" });
    input.setAttribute("aria-label", q.label);
    input.addEventListener("input", () => { write(q.place, simple ? input.value : input.value.trim() ? [input.value] : undefined); preview(); });
    field.append(input, ` ${q.unit ?? ""}`);
    return field;
  }
  const choices = q.kind === "yes_no" ? [{ id: "yes", label: say("yes") }, { id: "no", label: say("no") }]
    : q.kind === "any_of" && !q.number ? [...q.choices, { id: "none", label: say("none") }] : q.choices;
  const several = q.kind === "any_of";
  for (const choice of choices) {
    const id = String(choice.id);
    const chosen = several ? (value ?? []).map(String).includes(id) : (simple ? value : first(value)) === id;
    const input = make("input", { type: several ? "checkbox" : "radio", name: `q-${q.place.join(".")}`, value: id, checked: chosen });
    input.addEventListener("change", () => {
      if (several) {
        let all = [...field.querySelectorAll("input:checked")].map((i) => i.value);
        if (id === "none" && input.checked) all = ["none"];
        else all = all.filter((v) => v !== "none");
        for (const i of field.querySelectorAll("input")) i.checked = all.includes(i.value);
        write(q.place, q.number ? all.map(Number) : all);
      } else write(q.place, simple ? id : [id]);
      preview();
    });
    field.append(make("label", { className: "choice" }, input, make("span", { textContent: choice.label })));
  }
  return field;
};
const preview = () => {
  const found = score(current.household, current.input);
  const text = say("preview", { b1: points(found.b1), b2: points(found.b2), lacks: found.lacks });
  const cls = found.cls ? data.classes[found.cls] : say("no_class");
  bar.querySelector("output").textContent = `${text} · ${cls} (${say("preview_word")})`;
  bar.dataset.class = found.cls ?? "";
  bar.dataset.b1 = points(found.b1);
  bar.dataset.b2 = points(found.b2);
};
const move = (by) => {
  current.at = Math.max(0, Math.min(current.groups.length - 1, current.at + by));
  if (current.is_changed || current.resumed) changed();
  render();
  scrollTo(0, 0);
};
const focusOn = (group, id) => {
  current.at = group;
  render();
  document.getElementById(id)?.focus();
};
// What keeps the household from being saved, said and pointed at.
const isIncomplete = () => {
  const { input, groups, confirmed } = current;
  if (data.causes.some((c) => c.free && input.causes.includes(c.id)) && !input.cause_other.trim()) {
    focusOn(groups.findIndex((g) => g.questions.some((q) => q.id === "cause_other")), "q-cause_other");
    return true;
  }
  if (!confirmed.who || (confirmed.who === "other" && !confirmed.name.trim())) {
    focusOn(groups.length - 1, confirmed.who ? "confirmed-name" : "confirmed-0");
    note(say("confirm_missing"), "bad");
    return true;
  }
  return false;
};
const save = async () => {
  if (isIncomplete()) return;
  const { household, input, note: words, view, confirmed, photos, based_on } = current;
  const by = { other: confirmed.name.trim(), none: "" }[confirmed.who] ?? household.members.find((m) => m.id === confirmed.who)?.name ?? "";
  const record = {
    token: token(), village: data.village, year: data.year, route: data.route, route_value: data.route_value, attempt: data.attempt,
    household: household.id, based_on, input, note: words, view, confirmed_by: by, photos, state: "kept",
    // Later than the last one, whatever the phone's clock says.
    saved_ms: Math.max(Date.now(), (latest(household.id)?.saved_ms ?? 0) + 1),
  };
  try {
    await keep(record);
  } catch {
    return note(say("not_kept"), "bad");
  }
  dropDraft(draftKey(household));
  leave();
  await load();
  note(`${household.head}: ${say("kept_at", { time: clock(record.saved_ms) })}`);
  sync();
};
const addPhotos = async (camera, count) => {
  for (const file of camera.files) {
    const blob = await shrink(file).catch(() => null);
    if (blob) current.photos.push({ blob });
    else note(say("photo_bad"), "bad");
  }
  changed();
  count.textContent = say("photos", { n: current.photos.length });
  camera.value = "";
};
// Whoever of the household heard the answers says so by name; or it is written down that nobody did.
const confirmation = () => {
  const { household, confirmed } = current;
  const field = make("fieldset", { id: "confirm" }, make("legend", { textContent: say("confirm") }));
  const adults = household.members.filter((m) => m.age === null || m.age >= 15).map((m) => ({ id: m.id, label: m.title }));
  const name = make("input", { type: "text", id: "confirmed-name", value: confirmed.name, autocomplete: "off", hidden: confirmed.who !== "other" });
  name.setAttribute("aria-label", say("confirm_name"));
  name.placeholder = say("confirm_name");
  name.addEventListener("input", () => { confirmed.name = name.value; changed(); });
  const choices = [...adults, { id: "other", label: say("confirm_other") }, { id: "none", label: say("confirm_none") }];
  for (const [at, choice] of choices.entries()) {
    const input = make("input", { type: "radio", name: "confirmed", id: `confirmed-${at}`, value: choice.id, checked: confirmed.who === choice.id });
    input.addEventListener("change", () => { confirmed.who = choice.id; name.hidden = choice.id !== "other"; changed(); });
    field.append(make("label", { className: "choice" }, input, make("span", { textContent: choice.label })));
  }
  field.append(name);
  return field;
};
const words = (id, label) => {
  const area = make("textarea", { rows: 3, value: current[id], id });
  area.addEventListener("input", () => { current[id] = area.value; changed(); });
  return [make("label", { htmlFor: id, textContent: label }), area];
};
const lastScreen = () => {
  const found = score(current.household, current.input);
  const named = (mark) => data.indicators.filter((_, i) => found.marks[i] === mark).map((i) => i.label).join(", ");
  const camera = make("input", { type: "file", accept: "image/*", id: "photo" });
  camera.setAttribute("capture", "environment");
  const count = make("p", { className: "quiet", textContent: current.photos.length ? say("photos", { n: current.photos.length }) : "" });
  camera.addEventListener("change", () => addPhotos(camera, count));
  return [
    named(true) ? make("p", { textContent: `${say("lacking")} ${named(true)}` }) : null,
    named(undefined) ? make("p", { className: "note", textContent: `${say("open")} ${named(undefined)}` }) : null,
    ...words("note", say("note")),
    make("label", { htmlFor: "photo", textContent: say("photo") }), camera, count,
    ...words("view", say("view")),
    confirmation(),
  ].filter(Boolean);
};
const listScreen = () => {
  const done = data.households.filter((h) => latest(h.id) || h.token).length;
  const rows = data.households.map((h) => {
    const record = latest(h.id);
    const draft = draftOf(h);
    const [word, css] = draft ? [say("draft_at", { time: clock(draft.ms) }), "kept"] : record
      ? record.state === "kept" ? [say("kept_at", { time: clock(record.saved_ms) }), "kept"]
        : record.state === "refused" ? [say("refused"), "bad"]
        : record.receipt?.standing === "aside" ? [say("two"), "bad"] : [say("sent"), "sent"]
      : h.undecided ? [say("two"), "bad"] : h.token ? [say("sent"), "sent"] : [say("todo"), ""];
    const button = make("button", { type: "button", onclick: () => begin(h) },
      make("span", {}, make("strong", { textContent: h.head }), make("span", { className: "quiet", textContent: ` ${say("members", { n: h.members.length })}` })),
      make("span", { className: `state ${css}`, textContent: word }));
    button.dataset.household = h.id;
    const row = make("li", { className: "house" }, button);
    const refused = (record?.photos ?? []).filter((photo) => photo.refused);
    if (refused.length) row.append(make("p", { className: "note bad", textContent: say("photo_refused", { n: refused.length, what: refused[0].refused }) }));
    if (record?.state === "refused") row.append(make("p", { className: "note bad", textContent: `${record.receipt.what ?? ""} (${record.receipt.refused})` }));
    return row;
  });
  return [
    make("h2", { textContent: say("households", { done, n: data.households.length }) }),
    make("ul", {}, ...rows),
    make("div", { className: "actions" },
      make("button", { type: "button", onclick: sync, textContent: say("send_now") }),
      make("a", { className: "button", href: data.back, textContent: say("back") })),
  ];
};
const render = () => {
  bar.hidden = !current;
  if (current || !trouble) note("");
  else note(say(trouble), "bad", trouble === "signed_out");
  if (!current) return screen.replaceChildren(...listScreen());
  const group = current.groups[current.at];
  const h = current.household;
  const open = group.questions.filter((q) => !q.item || !skipped(q.item, current.input, h.members));
  const carried = h.carried && !latest(h.id) && !current.resumed ? make("p", { className: "quiet", id: "carried", textContent: say("carried") }) : null;
  const resumed = current.resumed ? make("p", { className: "quiet", id: "resumed" }, say("draft_resumed", { time: clock(current.resumed) }), " ",
    make("button", { type: "button", className: "plain", onclick: startAgain, textContent: say("start_again") })) : null;
  const actions = make("div", { className: "actions" },
    make("button", { type: "button", className: "plain", onclick: () => (current.at ? move(-1) : (leave(), render())), textContent: say("previous") }),
    group.last ? make("button", { type: "button", onclick: save, id: "save", textContent: say("save") })
      : make("button", { type: "button", onclick: () => move(1), id: "next", textContent: say("next") }));
  screen.replaceChildren(...[
    make("p", { className: "quiet", textContent: `${h.head} · ${current.at + 1}/${current.groups.length}` }),
    make("h2", { textContent: group.title }), carried, resumed,
    ...(group.last ? lastScreen() : open.map(question)), actions].filter(Boolean));
  preview();
};

globalThis.vuonSurvey = { score, data };
const start = async () => {
  // A phone that keeps nothing, say a private window, is told so at once and can still show the questions.
  const cannot = await Promise.all([readKept(), readDrafts()]).then(() => false, () => true);
  const wanted = data.households.find((h) => h.id === location.hash.slice(1));
  if (wanted) begin(wanted);
  else render();
  showQueue();
  if (cannot) return note(say("not_kept"), "bad");
  navigator.storage?.persist?.().catch(() => {});
  addEventListener("online", sync);
  setInterval(sync, 30_000);
  return sync();
};
start();
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/survey/worker.js", { scope: "/survey/" })
  .then(() => navigator.serviceWorker.ready)
  .then((ready) => ready.active?.postMessage({ keep: location.pathname + location.search }))
  .catch(() => {});
