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
  const line = Number(root.dataset.line || 0);
  let myTurn = root.dataset.turn;

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

  const element = (name, text, under) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (under) under.append(made);
    return made;
  };

  // A phone draws the result of a vote from the message itself: five thousand of them need not ask for a page.
  const showResult = (part, poll) => {
    const shown = document.createElement("div");
    shown.className = "result-now";
    element("b", poll.text, element("p", "", shown));
    const list = element("ul", "", shown);
    list.className = "result";
    for (const option of poll.options) {
      const row = element("li", "", list);
      element("span", option.text, row);
      element("b", String(option.total ?? "…"), row);
      const meter = element("meter", option.share, row);
      meter.max = 1000;
      meter.value = option.tenths;
    }
    element("p", poll.sentence, shown);
    if (poll.is_secret) {
      const link = element("a", root.dataset.box, element("p", "", shown));
      link.href = `${location.pathname}/phieu/${poll.id}`;
    }
    part.querySelector(":scope > .result-now")?.remove();
    if (isHeld(part)) part.querySelector("h2").after(shown);
    else part.replaceChildren(part.querySelector("h2"), shown);
  };

  // A phone finds its own place in the queue; its part is drawn anew only when its turn begins or ends.
  const findTurn = (state) => {
    const place = state.queue.findIndex((one) => one[1] === line);
    const turn = state.speaking && state.speaking[1] === line ? "speaking" : place >= 0 ? "waiting" : "none";
    if (turn !== myTurn) stale.add("floor");
    myTurn = turn;
    const words = document.querySelector("[data-place]");
    if (words && turn === "waiting") words.textContent = words.dataset.place.replace("#", place);
  };

  const hear = (message) => {
    const state = JSON.parse(message.data);
    document.body.classList.toggle("hall-failing", state.is_failing);
    for (const field of document.querySelectorAll("[data-field]")) {
      const value = at(state, field.dataset.field);
      const text = value == null ? "" : String(value);
      if (field.tagName === "PROGRESS") field.value = Number(text);
      else if (field.textContent !== text) field.textContent = text;
    }
    for (const name of Object.keys(state.parts)) {
      if (state.parts[name] === seen[name]) continue;
      const part = document.querySelector("[data-result]");
      if (name === "poll" && part && state.poll && !state.poll.is_open) showResult(part, state.poll);
      else stale.add(name);
    }
    seen = state.parts;
    if (line) findTurn(state);
    // Phones come one after another, a turn at the microphone at once.
    const wait = stale.has("floor") ? 0 : Number(state.spread_ms || 0);
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
