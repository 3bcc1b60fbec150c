// The survey of a village on a phone: asks, keeps every household on the phone first, sends what waits when there is a net.
// The score it shows is a preview by the same rules; the server computes again. Start with `render` at the bottom.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const { texts } = data;
  const main = document.querySelector("main");
  const bar = document.querySelector(".bar");
  const badge = document.getElementById("queue");
  const say = (key, values = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), texts[key] ?? key);
  const make = (tag, props = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), props);
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  };
  const clock = (ms) => new Date(ms).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", hour12: false });

  // --- The rules, as the server applies them: yes as soon as one fact says so, no only when every fact is known.
  const first = (values) => (values && values.length ? values[0] : undefined);
  const bool = (values) => ({ yes: true, no: false })[first(values)];
  const any = (members, test) => {
    if (!members.length) return undefined;
    let known = true;
    for (const member of members) {
      const verdict = test(member);
      if (verdict === true) return true;
      if (verdict === undefined) known = false;
    }
    return known ? false : undefined;
  };
  const aged = (members, ofAge, test) =>
    any(members, (m) => (m.age === null ? undefined : ofAge(m.age) ? test(m, m.age) : false));
  const not = (value) => (value === undefined ? undefined : !value);
  const rules = {
    any_worker: (r, h, ms) =>
      aged(ms, (a) => a >= r.from_age, (m) => { const w = first(m.facts.work); return w === undefined ? undefined : r.deprived_kinds.includes(w); }),
    dependent_share: (r, h, ms) => {
      if (!ms.length) return undefined;
      let dependents = 0;
      for (const m of ms) {
        const child = m.age === null ? undefined : m.age < r.child_under;
        const draws = bool(m.facts.allowance);
        if (child === true || draws === true) dependents += 1;
        else if (child !== false || draws !== false) return undefined;
      }
      return dependents * 100 > ms.length * r.share_percent_over;
    },
    child_malnourished: (r, h, ms) => aged(ms, (a) => a < r.under, (m) => bool(m.facts.malnourished)),
    uninsured: (r, h, ms) => aged(ms, (a) => a >= r.from_age, (m) => not(bool(m.facts.insured))),
    adult_education: (r, h, ms) => {
      const band = (age) => r.bands.find((b) => age >= b.from_age && age <= b.to_age);
      return aged(ms, (a) => band(a) !== undefined, (m, a) => {
        const level = first(m.facts.education);
        const holds = level === undefined ? undefined : band(a).levels.includes(level);
        const learns = bool(m.facts.in_training);
        if (holds === true || learns === true) return false;
        return holds === false && learns === false ? true : undefined;
      });
    },
    child_attendance: (r, h, ms) =>
      aged(ms, (a) => a >= r.from_age && a < r.under, (m) => { const s = first(m.facts.schooling); return s === undefined ? undefined : s !== "right_level"; }),
    housing_quality: (r, h) => {
      const known = r.parts.map((p) => first(h[p])).filter((v) => v !== undefined);
      const bad = known.filter((v) => v !== "durable").length;
      const open = r.parts.length - known.length;
      return bad >= r.not_durable_at_least ? true : bad + open < r.not_durable_at_least ? false : undefined;
    },
    housing_area: (r, h, ms) => {
      const tenths = decimal(first(h.area_m2));
      return tenths === undefined || !ms.length ? undefined : tenths < r.below_m2 * 10 * ms.length;
    },
    none_of: (r, h) => { const v = first(h[r.fact]); return v === undefined ? undefined : !r.accepted.includes(v); },
    no_internet: (r, h) => not(bool(h.internet)),
    no_information: (r, h) => {
      const owned = h.information_means && h.information_means.filter((v) => v !== "none");
      const heard = bool(h.loudspeaker);
      if (owned && owned.some((o) => r.means.includes(o))) return false;
      if (heard === true) return false;
      return owned && heard === false ? true : undefined;
    },
    entered_only: () => undefined,
  };
  // `12,5` in tenths; `1.500` groups in threes; anything doubtful is no number.
  const decimal = (text) => {
    if (text === undefined || text === "") return undefined;
    const match = /^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d))?$/.exec(text.trim());
    return match ? Number(match[1].replaceAll(".", "")) * 10 + Number(match[2] ?? 0) : undefined;
  };
  const skipped = (item, input, members) => {
    const rule = item.skip_if;
    if (!rule) return false;
    if (rule.kind === "every_member_aged")
      return members.length > 0 && members.every((m) => m.age !== null && (m.age < rule.under || m.age >= rule.from));
    return rule.answers.includes(input.answers[rule.item]);
  };
  const within = (band, score) =>
    !band || Object.entries(band).every(([kind, limit]) =>
      limit === null || score !== undefined &&
        { le: score <= limit * 10, lt: score < limit * 10, ge: score >= limit * 10, gt: score > limit * 10 }[kind]);
  const score = (household, input) => {
    const members = household.members.map((m) => ({ ...m, facts: input.person_facts[m.id] ?? {} }));
    const asked = Object.keys(input.facts).length + Object.keys(input.person_facts).length > 0;
    const marks = data.indicators.map((i) => (asked ? rules[i.rule.kind](i.rule, input.facts, members) : undefined));
    const lacks = marks.filter((m) => m === true).length;
    const b2 = marks.every((m) => m !== undefined) ? lacks * data.b2_points * 10 : decimal(input.b2_entered);
    let b1 = decimal(input.b1_entered);
    if (data.items.length) {
      b1 = 0;
      for (const item of data.items) {
        if (skipped(item, input, members)) continue;
        const answer = item.answers.find((a) => a.id === input.answers[item.id]);
        if (!answer) { b1 = decimal(input.b1_entered); break; }
        b1 += answer.points * 10;
      }
    }
    const open = (band) => !band || !Object.values(band).some((v) => v !== null);
    const rule = data.class_rules.find((r) => (open(r.b1) || (b1 !== undefined && within(r.b1, b1))) && (open(r.b2) || (b2 !== undefined && within(r.b2, b2))));
    return { b1, b2, lacks, marks, cls: rule ? rule.class : undefined };
  };
  const points = (tenths) => (tenths === undefined ? "–" : String(tenths / 10).replace(".", ","));

  // --- What is kept on the phone: one record a household, with its token, until the server has said that it has it.
  const opening = new Promise((opened, failed) => {
    const request = indexedDB.open("vuon-survey", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("kept", { keyPath: "token" });
    request.onsuccess = () => opened(request.result);
    request.onerror = () => failed(request.error);
  });
  const store = async (mode, act) => {
    const db = await opening;
    return new Promise((done, failed) => {
      const tx = db.transaction("kept", mode);
      const request = act(tx.objectStore("kept"));
      tx.oncomplete = () => done(request.result);
      tx.onerror = tx.onabort = () => failed(tx.error);
    });
  };
  const keep = (record) => store("readwrite", (s) => s.put(record));
  const everything = () => store("readonly", (s) => s.getAll());
  const token = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  };
  let kept = [];
  const own = () => kept.filter((r) => r.year === data.year && r.route === data.route && r.village === data.village);
  const latest = (id) => own().filter((r) => r.household === id).sort((a, b) => a.saved_ms - b.saved_ms).at(-1);
  const waiting = () => own().filter((r) => r.state === "kept");

  // --- Sending: in order, ten at a time; an answer that was lost is asked for again with the same token.
  let sending = false;
  const sync = async () => {
    if (sending || !waiting().length) return showQueue();
    sending = true;
    try {
      while (waiting().length) {
        const some = waiting().sort((a, b) => a.saved_ms - b.saved_ms).slice(0, 10);
        for (const record of some) await sendPhotos(record);
        const surveys = some.map(({ token: t, household, based_on, saved_ms, input, note, hashes }) => ({
          token: t, household, year: data.year, route: data.route_value, based_on, saved_ms, channel: "phone", input, note,
          photos: hashes ?? [],
        }));
        const answer = await fetch("/survey/send", {
          method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ surveys }), redirect: "manual",
        });
        if (answer.status === 401 || answer.type === "opaqueredirect") return note(say("sign_in_again"), "bad");
        if (!answer.ok) return note(say("not_now"), "bad");
        for (const receipt of (await answer.json()).receipts) {
          const record = some.find((r) => r.token === receipt.token);
          if (!record) continue;
          record.state = receipt.refused ? "refused" : "sent";
          record.receipt = receipt;
          if (!receipt.refused) delete record.photos;
          await keep(record);
        }
      }
    } catch {
      // No net: everything stays where it is.
    } finally {
      sending = false;
      await load();
    }
  };
  const sendPhotos = async (record) => {
    for (const photo of record.photos ?? []) {
      const answer = await fetch(`/survey/${data.year}/${data.village}/photo`, { method: "POST", body: photo });
      if (!answer.ok) throw new Error("photo");
      record.hashes = [...new Set([...(record.hashes ?? []), (await answer.json()).hash])];
    }
  };
  const load = async () => {
    kept = await everything();
    showQueue();
    if (!current) render();
  };
  const showQueue = () => {
    const n = waiting().length;
    badge.textContent = n ? say("queue", { n }) : say("queue_empty");
    badge.className = n ? "state kept" : "state sent";
  };
  const note = (text, kind = "") => {
    document.querySelector(".note")?.remove();
    main.prepend(make("p", { className: `note ${kind}`, role: "status", textContent: text }));
  };

  // --- Photos are made small here: no more than the limit, whatever the camera gives.
  const shrink = async (file) => {
    const picture = await createImageBitmap(file);
    for (let side = 1280, quality = 0.8; side >= 320; side = Math.round(side * 0.8), quality = Math.max(0.5, quality - 0.05)) {
      const scale = Math.min(1, side / Math.max(picture.width, picture.height));
      const canvas = make("canvas", { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
      if (blob && blob.size <= data.photo_limit) return blob;
    }
    return null;
  };

  // --- Screens: the village's households; then one group of questions a screen.
  let current = null; // { household, input, note, photos, groups, at }
  const blank = () => ({ facts: {}, person_facts: {}, answers: {}, b1_entered: "", b2_entered: "", marks_entered: {}, class_entered: "", causes: [], cause_other: "", groups: [] });
  const begin = (household) => {
    const before = latest(household.id);
    const input = structuredClone(before ? before.input : { ...blank(), ...household.input });
    current = { household, input, note: before?.note ?? "", photos: [], groups: groupsOf(household), at: 0, began: Date.now() };
    location.hash = household.id;
    render();
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
    render();
    scrollTo(0, 0);
  };
  const save = async () => {
    const free = data.causes.some((c) => c.free && current.input.causes.includes(c.id));
    if (free && !current.input.cause_other.trim()) {
      current.at = current.groups.findIndex((g) => g.questions.some((q) => q.id === "cause_other"));
      render();
      document.getElementById("q-cause_other").focus();
      return;
    }
    const before = latest(current.household.id);
    const record = {
      token: token(), village: data.village, year: data.year, route: data.route, household: current.household.id,
      based_on: before && before.state !== "refused" ? before.token : current.household.token, saved_ms: Date.now(), input: current.input,
      note: current.note, photos: current.photos, state: "kept",
    };
    // A version that still waits is replaced where it stands: it never left the phone.
    if (before?.state === "kept") { record.token = before.token; record.based_on = before.based_on; record.photos = [...(before.photos ?? []), ...current.photos]; }
    await keep(record);
    const head = current.household.head;
    current = null;
    history.replaceState(null, "", location.pathname + location.search);
    await load();
    note(`${head}: ${say("kept_at", { time: clock(record.saved_ms) })}`);
    sync();
  };
  const lastScreen = () => {
    const parts = [];
    const words = make("textarea", { rows: 3, value: current.note, id: "note" });
    words.addEventListener("input", () => (current.note = words.value));
    const camera = make("input", { type: "file", accept: "image/*", id: "photo" });
    camera.setAttribute("capture", "environment");
    const count = make("p", { className: "quiet", textContent: current.photos.length ? say("photos", { n: current.photos.length }) : "" });
    camera.addEventListener("change", async () => {
      for (const file of camera.files) {
        const small = await shrink(file).catch(() => null);
        if (small) current.photos.push(small);
        else note(say("photo_bad"), "bad");
      }
      count.textContent = say("photos", { n: current.photos.length });
      camera.value = "";
    });
    parts.push(make("label", { htmlFor: "note", textContent: say("note") }), words);
    parts.push(make("label", { htmlFor: "photo", textContent: say("photo") }), camera, count);
    const found = score(current.household, current.input);
    const open = data.indicators.filter((_, i) => found.marks[i] === undefined).map((i) => i.label);
    if (open.length) parts.push(make("p", { className: "note", textContent: `${say("open")} ${open.join(", ")}` }));
    return parts;
  };
  const listScreen = () => {
    const done = data.households.filter((h) => latest(h.id) || h.token).length;
    const rows = data.households.map((h) => {
      const record = latest(h.id);
      const [word, css] = record
        ? record.state === "kept" ? [say("kept_at", { time: clock(record.saved_ms) }), "kept"]
          : record.state === "refused" ? [say("refused"), "bad"]
          : record.receipt?.standing === "aside" ? [say("two"), "bad"] : [say("sent"), "sent"]
        : h.undecided ? [say("two"), "bad"] : h.token ? [say("sent"), "sent"] : [say("todo"), ""];
      const button = make("button", { type: "button", onclick: () => begin(h) },
        make("span", {}, make("strong", { textContent: h.head }), make("span", { className: "quiet", textContent: ` ${say("members", { n: h.members.length })}` })),
        make("span", { className: `state ${css}`, textContent: word }));
      button.dataset.household = h.id;
      const row = make("li", { className: "house" }, button);
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
    if (!current) return main.replaceChildren(...listScreen());
    const group = current.groups[current.at];
    const h = current.household;
    const open = group.questions.filter((q) => !q.item || !skipped(q.item, current.input, h.members));
    const carried = h.carried && !latest(h.id) ? make("p", { className: "quiet", textContent: say("carried") }) : null;
    const actions = make("div", { className: "actions" },
      make("button", { type: "button", className: "plain", onclick: () => (current.at ? move(-1) : ((current = null), history.replaceState(null, "", location.pathname + location.search), render())), textContent: say("previous") }),
      group.last ? make("button", { type: "button", onclick: save, id: "save", textContent: say("save") })
        : make("button", { type: "button", onclick: () => move(1), id: "next", textContent: say("next") }));
    main.replaceChildren(
      make("p", { className: "quiet", textContent: `${h.head} · ${current.at + 1}/${current.groups.length}` }),
      make("h2", { textContent: group.title }), ...(carried ? [carried] : []),
      ...(group.last ? lastScreen() : open.map(question)), actions);
    preview();
  };

  globalThis.vuonSurvey = { score, data };
  const wanted = data.households.find((h) => h.id === location.hash.slice(1));
  if (wanted) begin(wanted);
  else render();
  load().then(sync);
  addEventListener("online", sync);
  setInterval(sync, 30_000);
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/survey/worker.js", { scope: "/survey/" })
    .then(() => navigator.serviceWorker.ready)
    .then((ready) => ready.active?.postMessage({ keep: location.pathname + location.search }))
    .catch(() => {});
})();
