(() => {
  const pickers = page.all("[data-pick]");
  const companions = page.all("[data-with]");
  const bar = document.getElementById("picked");
  let picked = "";

  function pick(token, label) {
    picked = token;
    for (const each of pickers) {
      each.setAttribute("aria-pressed", String(token !== "" && each.dataset.pick === token));
    }
    companions.forEach((each) => { each.hidden = each.dataset.with !== token; });
    bar.hidden = token === "";
    bar.querySelector("span").textContent = token === "" ? "" : "Only: " + label;
    page.show();
  }

  page.fits.push((change) => picked === "" || change.dataset.of.split(" ").includes(picked));
  page.resets.push(() => pick("", ""));
  for (const each of pickers) {
    const act = () => pick(each.dataset.pick === picked ? "" : each.dataset.pick, each.getAttribute("aria-label"));
    each.addEventListener("click", act);
    if (each.localName !== "button") {
      each.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          act();
        }
      });
    }
  }
  document.getElementById("unpick").addEventListener("click", () => pick("", ""));
})();
