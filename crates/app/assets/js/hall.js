// The screens of a hall keep themselves up to date: one stream of news, fields filled from it, parts drawn anew when what
// they stand on has changed. A part in which somebody types or has chosen something is never touched.
"use strict";
(() => {
  const root = document.querySelector("[data-live]");
  if (!root || !window.EventSource) return;
  let seen = JSON.parse(root.dataset.liveParts);
  let stale = new Set();
  let fetching = false;
  let ends = null;

  const at = (state, path) => path.split(".").reduce((value, name) => (value == null ? value : value[name]), state);

  const isDirty = (field) => {
    if (field.type === "hidden" || field.type === "submit") return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return [...field.options].some((o) => o.selected !== o.defaultSelected) && field.selectedIndex > 0;
    return "defaultValue" in field && field.value !== field.defaultValue;
  };
  const isHeld = (part) => {
    const typing = document.activeElement;
    if (typing && part.contains(typing) && typing.matches("input:not([type=hidden]), textarea, select")) return true;
    return [...part.querySelectorAll("input, textarea, select")].some(isDirty);
  };

  const mark = (part) => {
    if (part.querySelector(":scope > .stale")) return;
    const note = document.createElement("p");
    note.className = "stale";
    note.setAttribute("role", "status");
    note.textContent = root.dataset.liveStale;
    part.prepend(note);
  };

  // Opened details stay open.
  const replace = (old, fresh) => {
    const open = [...old.querySelectorAll("details")].map((one) => one.open);
    [...fresh.querySelectorAll("details")].forEach((one, place) => { if (open[place]) one.open = true; });
    old.replaceWith(fresh);
  };

  const refresh = async () => {
    if (fetching || !stale.size) return;
    fetching = true;
    const wanted = stale;
    stale = new Set();
    try {
      const answer = await fetch(location.href.split("#")[0], { headers: { accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of document.querySelectorAll("[data-part]")) {
        if (!part.dataset.part.split(" ").some((name) => wanted.has(name))) continue;
        const fresh = page.getElementById(part.id);
        if (!fresh) continue;
        if (isHeld(part)) mark(part);
        else replace(part, document.importNode(fresh, true));
      }
      tick();
    } catch {
      for (const name of wanted) stale.add(name);
      setTimeout(refresh, 1500);
    } finally {
      fetching = false;
      if (stale.size) setTimeout(refresh, 50);
    }
  };

  const hear = (message) => {
    const state = JSON.parse(message.data);
    for (const field of document.querySelectorAll("[data-field]")) {
      const value = at(state, field.dataset.field);
      const text = value == null ? "" : String(value);
      if (field.tagName === "PROGRESS") field.value = Number(text);
      else if (field.textContent !== text) field.textContent = text;
    }
    for (const name of Object.keys(state.parts)) {
      if (state.parts[name] !== seen[name]) stale.add(name);
    }
    seen = state.parts;
    const wait = Number(root.dataset.liveJitter || 0);
    if (stale.size) setTimeout(refresh, Math.random() * wait);
  };

  const listen = () => {
    const source = new EventSource(root.dataset.live);
    source.onmessage = (message) => { document.body.classList.remove("live-lost"); hear(message); };
    source.onopen = () => document.body.classList.remove("live-lost");
    source.onerror = () => document.body.classList.add("live-lost");
    ends = () => source.close();
  };
  addEventListener("pagehide", () => ends && ends());
  addEventListener("pageshow", (event) => event.persisted && listen());

  // Clocks: time since a moment, red when the limit is passed.
  const tick = () => {
    for (const clock of document.querySelectorAll("[data-since]")) {
      const since = Date.parse(clock.dataset.since);
      if (Number.isNaN(since)) continue;
      const seconds = Math.max(0, Math.floor((Date.now() - since) / 1000));
      clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      const limit = Number(clock.dataset.limit || 0);
      clock.classList.toggle("over", limit > 0 && seconds > limit);
    }
  };
  setInterval(tick, 1000);
  tick();
  listen();
})();
