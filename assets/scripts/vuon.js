// The one script of Vươn: keys, unsaved forms, menus. Every page works without it.
// Never changes what is typed and never answers a key pressed in a field or while a syllable is being composed.
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const inField = (node) => node && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT|BUTTON)$/.test(node.tagName));
  const shortcutsOn = () => document.body.dataset.shortcuts !== "off";

  // `/` search, `n` new, arrows through a list. Enter follows the focused link by itself.
  const rows = () => all("[data-rows] tbody .v-lead a");
  const step = (by) => {
    const links = rows();
    if (!links.length) return false;
    const now = links.indexOf(document.activeElement);
    const next = links[Math.min(links.length - 1, Math.max(0, now < 0 ? 0 : now + by))];
    next.focus();
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !shortcutsOn()) return;
    if (event.target.matches?.("[data-search]") && event.key === "ArrowDown") {
      if (step(0)) event.preventDefault();
      return;
    }
    if (inField(event.target)) return;
    const target = event.key === "/" ? one("[data-search]") : event.key === "n" ? one("[data-new]") : null;
    if (target) {
      event.preventDefault();
      if (event.key === "n") target.click();
      else {
        target.focus();
        target.select();
      }
    } else if ((event.key === "ArrowDown" && step(1)) || (event.key === "ArrowUp" && step(-1))) {
      event.preventDefault();
    }
  });

  // Grids of numbers: Enter and arrows go to the same column of the next row.
  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest?.("[data-grid] td");
    if (!cell || event.isComposing || !/^(Enter|ArrowDown|ArrowUp)$/.test(event.key)) return;
    const row = event.key === "ArrowUp" ? cell.parentNode.previousElementSibling : cell.parentNode.nextElementSibling;
    const input = row && one("input", row.cells[cell.cellIndex]);
    if (input) {
      event.preventDefault();
      input.focus();
      input.select();
    } else if (event.key === "Enter") event.preventDefault();
  });

  // Codes from a paper sheet: one digit, or Enter, goes on to the next field; the last one saves.
  const codes = one("form[data-codes]");
  if (codes) {
    const boxes = () => all("input[type=text]", codes);
    const onward = (box) => {
      const list = boxes();
      const next = list[list.indexOf(box) + 1];
      if (next) {
        next.focus();
        next.select();
      } else one("button[type=submit]", codes).focus();
    };
    codes.addEventListener("input", (event) => {
      if (event.target.maxLength === 1 && event.target.value.length === 1) onward(event.target);
    });
    codes.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      onward(event.target);
    });
    (one(".govuk-input--error", codes) ?? boxes()[0])?.focus();
  }

  // A search as one types waits for the end of the syllable (htmx asks before it sends).
  let composing = false;
  document.addEventListener("compositionstart", () => (composing = true));
  document.addEventListener("compositionend", () => (composing = false));
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (composing) event.preventDefault();
  });

  // Menus close on Escape and when something else is clicked.
  const closeMenus = (but) => all("details[data-menu][open]").forEach((menu) => menu !== but && (menu.open = false));
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = one("details[data-menu][open]");
    if (!menu) return;
    menu.open = false;
    one("summary", menu).focus();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) print();
  });

  // Unsaved forms: warn before leaving; keep a draft for this tab, offer nothing over what the server sent back with faults.
  const form = one("form[data-draft]");
  if (!form) return;
  const key = "vuon:" + location.pathname + location.search;
  const fields = () => [...form.elements].filter((f) => f.name && !/^(file|password|hidden|submit)$/.test(f.type));
  const read = () => fields().map((f) => [f.name, f.type, /radio|checkbox/.test(f.type) ? [f.value, f.checked] : f.value]);
  const store = window.sessionStorage;
  let dirty = false;
  try {
    const kept = JSON.parse(store.getItem(key) || "null");
    if (kept && kept.version === form.dataset.draft && !one(".govuk-error-summary")) {
      const now = fields();
      if (now.length === kept.fields.length) {
        now.forEach((f, i) => {
          const value = kept.fields[i][2];
          if (Array.isArray(value)) f.checked = value[1];
          else f.value = value;
        });
        dirty = true;
        const note = one("[data-draft-note]");
        if (note) note.hidden = false;
      }
    }
  } catch {
    store.removeItem(key);
  }
  form.addEventListener("input", () => {
    dirty = true;
    store.setItem(key, JSON.stringify({ version: form.dataset.draft, fields: read() }));
  });
  form.addEventListener("submit", () => {
    dirty = false;
    store.removeItem(key);
  });
  one("[data-draft-drop]")?.addEventListener("click", () => {
    dirty = false;
    store.removeItem(key);
    location.reload();
  });
  addEventListener("beforeunload", (event) => dirty && event.preventDefault());
})();
