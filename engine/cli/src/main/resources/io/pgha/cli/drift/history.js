(() => {
  // One stop for the Tab key; from there the arrow keys go from day to day.
  const days = page.all("button.day").sort((one, other) => one.dataset.pick.localeCompare(other.dataset.pick));
  if (days.length === 0) {
    return;
  }

  function stop(at) {
    days.forEach((each) => { each.tabIndex = -1; });
    days[at].tabIndex = 0;
  }

  const date = (button) => new Date(button.dataset.pick.slice(1) + "T00:00:00Z");
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

  function go(from, step) {
    const wanted = new Date(date(days[from]).getTime() + step * 86400000);
    if (step > 0) {
      return days.findIndex((each) => date(each) >= wanted);
    }
    return days.findLastIndex((each) => date(each) <= wanted);
  }

  days.forEach((each, at) => {
    each.addEventListener("keydown", (event) => {
      const to = event.key === "Home" ? 0 : event.key === "End" ? days.length - 1 : event.key in steps ? go(at, steps[event.key]) : -1;
      if (to >= 0) {
        event.preventDefault();
        stop(to);
        days[to].focus();
      }
    });
    each.addEventListener("click", () => stop(at));
  });
  stop(days.length - 1);
})();
