// The survey of a village on a phone: the page's data, and small helpers for the scripts after it. They run as one script in this
// order: page, score, kept, screens. Whatever is answered is kept on the phone first and sent when there is a net.
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

// One line above the screen: what just happened (until the next screen), or why sending stopped (until it goes on).
const told = make("p", { className: "note", hidden: true });
told.setAttribute("role", "status");
const screen = make("div");
main.replaceChildren(told, screen);
const note = (text, kind = "", sign_in = false) => {
  told.textContent = text;
  // Signed in again, they come back to this very page.
  const then = `/sign-in?then=${encodeURIComponent(location.pathname + location.search)}`;
  if (sign_in) told.append(" ", make("a", { href: then, textContent: say("sign_in") }));
  told.className = `note ${kind}`;
  told.hidden = !text;
};
