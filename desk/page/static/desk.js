// Keys and live counts. Every page works without this file.
"use strict";

// One key a place: the page names its keys in <a data-key="…"> and
// <button data-key="…">; "/" goes to the search field, "?" lists them.
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "?") {
    document.getElementById("keys")?.showModal();
  } else if (event.key === "/") {
    document.querySelector("input[type=search]")?.focus();
  } else {
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    target.click();
  }
  event.preventDefault();
});

document.querySelector("[data-print]")?.addEventListener("click", () => window.print());

// The line of honesty is kept current; the lists below it are not moved under
// the reader's eyes: a line says how many new items wait.
const honesty = document.querySelector("[data-live]");
if (honesty && "EventSource" in window) {
  const source = new EventSource("/events?lang=" + document.documentElement.lang);
  source.addEventListener("honesty", (event) => { honesty.textContent = event.data; });
  const fresh = document.getElementById("fresh");
  const shown = Number(fresh?.dataset.total ?? 0);
  source.addEventListener("total", (event) => {
    const more = Number(event.data) - shown;
    if (!fresh || more <= 0) return;
    fresh.hidden = false;
    fresh.querySelector("b").textContent = String(more);
  });
  window.addEventListener("pagehide", () => source.close());
}
