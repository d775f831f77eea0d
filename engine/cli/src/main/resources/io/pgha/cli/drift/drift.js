(() => {
  const said = document.getElementById("said");

  function select(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  async function copy(button) {
    const command = button.parentElement.querySelector(".command");
    let done = false;
    try {
      await navigator.clipboard.writeText(command.textContent);
      done = true;
    } catch {
      // Not every browser lets a page from a file at the clipboard: then what is selected is copied, or left for the person.
      select(command);
      try { done = document.execCommand("copy"); } catch { done = false; }
    }
    button.textContent = done ? "Copied" : "Selected";
    said.textContent = done ? "The command was copied." : "The command is selected: copy it.";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  }

  page.all("button.copy").forEach((each) => each.addEventListener("click", () => copy(each)));
})();
