// The score of a household as the server finds it, for the preview: yes as soon as one fact says so, no only when every fact
// is known. A browser test compares it with the server's. Start with `score`.
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
