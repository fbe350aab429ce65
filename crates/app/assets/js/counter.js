// The check-in counter. The list and every scan are kept in this browser; scans are sent when the server answers. A scan has
// a number of its own, drawn here: sent twice, it is taken once. What was scanned while there was no network is never lost
// by closing the page.
"use strict";
(() => {
  const root = document.querySelector("[data-counter]");
  if (!root) return;
  const at = `/hoi-nghi/${root.dataset.counter}`;
  const KEY = `tongket-quay-${root.dataset.counter}`;
  const SEND_MAX = 100;
  const RETRY_MS = 3000;
  const MATCH_MAX = 8;
  const RECENT_MAX = 12;
  const $ = (id) => document.getElementById(id);
  const words = root.dataset;

  const kept = { lines: [], queue: [], recent: [], desk: "", venue: "" };
  try {
    Object.assign(kept, JSON.parse(localStorage.getItem(KEY)) || {});
  } catch { /* a page that was cut off while writing begins anew */ }
  const keep = () => localStorage.setItem(KEY, JSON.stringify(kept));

  const fold = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase().trim();
  const draw = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(12));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  const clock = (moment) => `${moment.getHours()} giờ ${String(moment.getMinutes()).padStart(2, "0")}`;
  const row = (under, text, small) => {
    const made = document.createElement("li");
    const what = document.createElement("span");
    what.className = "what";
    what.textContent = text;
    if (small) {
      const line = document.createElement("small");
      line.textContent = small;
      what.append(line);
    }
    made.append(what);
    under.append(made);
    return made;
  };

  const tell = (text, kind) => {
    $("told").textContent = text;
    $("told").className = `told ${kind || ""}`;
  };

  // What the page shows of the list: who is here by level, how many wait to be sent, the latest scans.
  const show = () => {
    const isCounted = (line) => !line.replaced_by;
    const here = (line) => (line.at ? (line.is_group ? line.heads || 1 : 1) : 0);
    const expected = (line) => (line.is_group ? line.heads || 0 : 1);
    const levels = new Map();
    for (const line of kept.lines.filter(isCounted)) {
      const count = levels.get(line.level) || [0, 0];
      levels.set(line.level, [count[0] + here(line), count[1] + expected(line)]);
    }
    if (kept.lines.length) $("present").textContent = kept.lines.reduce((sum, line) => sum + here(line), 0);
    $("levels").replaceChildren(
      ...[...levels].filter(([level]) => level).map(([level, [present, all]]) => {
        const box = document.createElement("div");
        box.className = "kpi";
        const name = document.createElement("dt");
        name.textContent = level;
        const value = document.createElement("dd");
        value.className = "value";
        value.textContent = `${present} / ${all}`;
        box.append(name, value);
        return box;
      }),
    );
    $("waiting").textContent = kept.queue.length ? words.waiting.replace("#", kept.queue.length) : "";
    $("waiting").hidden = !kept.queue.length;
    $("recent").replaceChildren();
    kept.recent.forEach((one) => row($("recent"), one.text, one.note));
  };
  const remember = (text, note) => {
    kept.recent.unshift({ text, note });
    kept.recent.length = Math.min(kept.recent.length, RECENT_MAX);
  };

  let isOnline = true;
  const net = (online) => {
    isOnline = online;
    $("net").textContent = online ? words.online : words.offline;
    $("net").className = `chip ${online ? "done" : "late"}`;
  };

  const place = () => [kept.desk, $("venue")?.selectedOptions[0]?.value && $("venue").selectedOptions[0].textContent].filter(Boolean).join(", ");

  // One arrival: of a line of the list, or of what was read and is not in the list that is kept here.
  const take = (line, who, road) => {
    if (line && line.at) return tell(`${line.shown}: ${words.already} ${line.at}${line.place ? `, ${line.place}` : ""}`, "late");
    // A place is one person's: whose place another has taken must choose at the registrar's page.
    if (line && line.replaced_by) return tell(`${line.shown}: ${words.replaced.replace("#", line.replaced_by)}`, "late");
    const now = new Date();
    const scan = { scan: draw(), at: now.toISOString().replace(/\.\d+Z$/, "Z") };
    if (line) Object.assign(scan, { line: line.id, road, heads: line.is_group ? line.heads : undefined });
    else scan.who = who;
    kept.queue.push(scan);
    if (line) Object.assign(line, { at: clock(now), place: place(), scan: scan.scan });
    remember(line ? line.shown : who, `${clock(now)}${line ? "" : ` · ${words.unknown}`}`);
    tell(`✓ ${line ? line.shown : who}${isOnline ? "" : ` · ${words.kept}`}`, "done");
    keep();
    show();
    send();
  };

  const learn = (outcome) => {
    const line = kept.lines.find((one) => one.id === outcome.line);
    if (line && outcome.at) Object.assign(line, { at: outcome.at, place: outcome.place });
    if (outcome.state === "taken") return;
    // The scan that was first stands; what the desk saw here is put right.
    const undone = kept.lines.find((one) => one.scan === outcome.scan);
    if (undone && outcome.state === "refused") Object.assign(undone, { at: "", place: "" });
    remember(outcome.message, outcome.who);
    tell(outcome.message, "late");
  };

  let isSending = false;
  const send = async () => {
    if (isSending || !kept.queue.length) return;
    isSending = true;
    const some = kept.queue.slice(0, SEND_MAX);
    try {
      const body = new URLSearchParams({ csrf: words.csrf, ban: kept.desk, diem_cau: kept.venue, luot: JSON.stringify(some) });
      const answer = await fetch(`${at}/diem-danh/dong-bo`, { method: "POST", body });
      if (answer.redirected || answer.status === 401 || answer.status === 403) {
        tell(words.signIn, "late");
        throw new Error("signed out");
      }
      if (!answer.ok) throw new Error(answer.status);
      (await answer.json()).forEach(learn);
      const sent = new Set(some.map((scan) => scan.scan));
      kept.queue = kept.queue.filter((scan) => !sent.has(scan.scan));
      net(true);
      keep();
      show();
    } catch {
      net(false);
    } finally {
      isSending = false;
      if (kept.queue.length) setTimeout(send, isOnline ? 0 : RETRY_MS);
    }
  };

  const refresh = async () => {
    try {
      const answer = await fetch(`${at}/diem-danh/danh-sach`);
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const fresh = (await answer.json()).lines;
      // What waits to be sent is not in the server's list yet.
      const waiting = new Map(kept.queue.filter((scan) => scan.line).map((scan) => [scan.line, scan]));
      const before = new Map(kept.lines.map((line) => [line.id, line]));
      kept.lines = fresh.map((line) => (waiting.has(line.id) && !line.at ? before.get(line.id) || line : line));
      net(true);
      keep();
      show();
    } catch {
      net(false);
    }
  };

  const isBadge = (typed) => (line) => line.badge && fold(line.badge) === fold(typed);
  const find = (typed) => {
    const wanted = fold(typed);
    if (!wanted) return [];
    const badge = kept.lines.filter(isBadge(typed));
    if (badge.length) return badge;
    const same = kept.lines.filter((line) => fold(line.who) === wanted);
    return same.length ? same : kept.lines.filter((line) => fold(`${line.shown} ${line.unit}`).includes(wanted));
  };
  const offer = (found) => {
    $("matches").replaceChildren();
    for (const line of found.slice(0, MATCH_MAX)) {
      const made = row($("matches"), line.shown, line.unit);
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-second btn-sm";
      button.textContent = line.at ? `✓ ${line.at}` : words.check;
      button.setAttribute("aria-label", `${words.check} ${line.shown}`);
      button.addEventListener("click", () => { take(line, "", "list"); clear(); });
      made.append(button);
    }
  };
  const clear = () => {
    $("who").value = "";
    $("matches").replaceChildren();
    $("who").focus();
  };

  $("who").addEventListener("input", () => offer($("who").value.trim().length > 1 ? find($("who").value) : []));
  $("type").addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = $("who").value.trim();
    if (!typed) return;
    const found = find(typed);
    if (found.length > 1) {
      offer(found);
      return tell(words.several);
    }
    take(found[0], typed, found.some(isBadge(typed)) ? "badge" : "name");
    clear();
  });
  for (const field of ["desk", "venue"]) {
    if (!$(field)) continue;
    $(field).value = kept[field];
    $(field).addEventListener("change", () => { kept[field] = $(field).value; keep(); });
  }

  // Codes are read here, so that it works without a network. Browsers show a live picture only to pages they hold safe (HTTPS,
  // or the server's own machine); elsewhere the telephone's camera gives a photo of each badge.
  const SIDE_MAX = 1600;
  const LOOK_MS = 150;
  const GONE_MS = 2000;
  const canvas = document.createElement("canvas");
  const pixels = canvas.getContext("2d", { willReadFrequently: true });
  const read = async (picture, width, height) => {
    const { default: decode } = await import(words.reader);
    const scale = Math.min(1, SIDE_MAX / Math.max(width, height));
    [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
    pixels.drawImage(picture, 0, 0, canvas.width, canvas.height);
    try {
      return decode(pixels.getImageData(0, 0, canvas.width, canvas.height)).trim();
    } catch {
      return ""; // no code in this picture
    }
  };
  const taken = (code) => take(kept.lines.find(isBadge(code)), code, "badge");

  const view = $("view");
  // A badge that stays in view is one arrival.
  const look = async () => {
    const video = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
    view.srcObject = await navigator.mediaDevices.getUserMedia({ video });
    view.hidden = false;
    await view.play();
    let last = "";
    let seen = 0;
    while (!view.hidden) {
      const code = await read(view, view.videoWidth, view.videoHeight);
      const now = Date.now();
      if (code && (code !== last || now - seen > GONE_MS)) taken(code);
      if (code) [last, seen] = [code, now];
      await new Promise((next) => setTimeout(next, LOOK_MS));
    }
  };
  const stop = () => {
    view.hidden = true;
    view.srcObject?.getTracks().forEach((track) => track.stop());
  };
  $("camera").addEventListener("click", async () => {
    if (!view.hidden) return stop();
    try {
      await look();
    } catch {
      stop();
      tell(words.noCamera, "late");
      $("photo").hidden = false;
    }
  });
  $("shot").addEventListener("change", async () => {
    const [file] = $("shot").files;
    if (!file) return;
    try {
      const photo = await createImageBitmap(file);
      const code = await read(photo, photo.width, photo.height);
      if (code) taken(code);
      else tell(words.noCode, "late");
    } catch {
      tell(words.noCode, "late"); // not a picture
    }
    $("shot").value = "";
  });
  $(navigator.mediaDevices ? "camera" : "photo").hidden = false;

  // The page itself is kept for the time without a network, where the browser allows it.
  const forget = async () => {
    localStorage.removeItem(KEY);
    for (const name of await (window.caches?.keys() ?? [])) if (name.startsWith("tongket-quay")) await caches.delete(name);
  };
  if (navigator.serviceWorker) {
    navigator.serviceWorker.register("/hoi-nghi/quay.js").then(() => navigator.serviceWorker.ready).then((ready) => {
      const files = [...document.querySelectorAll("script[src], link[rel=stylesheet], link[rel=modulepreload]")].map((one) => one.src || one.href);
      ready.active.postMessage({ keep: [location.pathname, ...files] });
    }).catch(() => {});
  }

  let later = 0;
  let presence = "";
  if (window.EventSource) {
    const source = new EventSource(`${at}/truc-tiep`);
    source.onopen = () => { net(true); send(); };
    source.onerror = () => net(false);
    source.onmessage = (message) => {
      const state = JSON.parse(message.data);
      if (state.parts.presence === presence) return;
      presence = state.parts.presence;
      clearTimeout(later);
      later = setTimeout(refresh, 400);
    };
  }
  addEventListener("online", send);
  show();
  refresh().then(async () => {
    await send();
    // When the conference is over and everything is sent, no name stays behind in this browser.
    if ("closed" in words && !kept.queue.length && isOnline) forget();
  });
})();
