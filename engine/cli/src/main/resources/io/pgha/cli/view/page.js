"use strict";
/** What every page can do; page.fits holds further conditions of what is shown. */
const page = (() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const changes = all("details.change");
  const words = new Map(changes.map((each) => [each, each.textContent.toLowerCase()]));
  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const filters = all("button[data-action]");
  const fits = [];
  const resets = [];

  function show() {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const actions = filters.filter((each) => each.getAttribute("aria-pressed") === "true").map((each) => each.dataset.action);
    let count = 0;
    for (const change of changes) {
      const shown = wanted.every((word) => words.get(change).includes(word))
        && (actions.length === 0 || actions.includes(change.dataset.action))
        && fits.every((each) => each(change));
      change.hidden = !shown;
      count += shown ? 1 : 0;
    }
    for (const group of all("section.group")) {
      group.hidden = !group.querySelector("details.change:not([hidden])");
    }
    found.textContent = count === changes.length ? "" : count + " of " + changes.length + " shown";
  }

  function open(state) {
    changes.filter((each) => !each.hidden).forEach((each) => { each.open = state; });
  }

  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.matches("details.change")) {
      if (target.hidden) {
        search.value = "";
        filters.forEach((each) => each.setAttribute("aria-pressed", "false"));
        resets.forEach((each) => each());
        show();
      }
      target.open = true;
      target.scrollIntoView();
      target.querySelector("summary").focus({ preventScroll: true });
    }
  }

  search.addEventListener("input", show);
  for (const filter of filters) {
    filter.addEventListener("click", () => {
      filter.setAttribute("aria-pressed", String(filter.getAttribute("aria-pressed") !== "true"));
      show();
    });
  }
  document.getElementById("open").addEventListener("click", () => open(true));
  document.getElementById("close").addEventListener("click", () => open(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== search) {
      event.preventDefault();
      search.focus();
    } else if (event.key === "Escape" && document.activeElement === search) {
      search.value = "";
      show();
    }
  });
  window.addEventListener("hashchange", reveal);
  reveal();
  return { all, fits, resets, show };
})();
