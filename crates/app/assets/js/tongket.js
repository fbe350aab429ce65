// What makes pages nicer with JavaScript; every page works without it.
"use strict";
// A menu closes when one presses Escape or looks elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
  // "/" jumps to the search box, unless somebody is typing.
  if (event.key === "/" && !event.target.closest("input, textarea, select, [contenteditable]")) {
    const search = document.querySelector(".top .search input");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
});
// A list of choices that filters sends itself when changed (<form data-send-on-change>).
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-send-on-change]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
});
// A refused piece of a page still explains itself.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
// A number is put in where the cursor stands (<button name="insert" value="[[code]]" data-insert="id of the text">).
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-insert]");
  const text = button && document.getElementById(button.dataset.insert);
  if (!text) return;
  event.preventDefault();
  const apart = /[^\s(]$/.test(text.value.slice(0, text.selectionStart)) ? " " : "";
  text.setRangeText(apart + button.value, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.focus();
});
