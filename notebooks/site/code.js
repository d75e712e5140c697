// The code of a page is out of the way until the switch asks for all of it, or an address for one cell.
document.documentElement.classList.add("code-away");
addEventListener("DOMContentLoaded", () => {
  const label = document.querySelector("label.all-code");
  if (!label) return;
  label.hidden = false;
  label.firstElementChild.addEventListener("change", (event) => {
    for (const cell of document.querySelectorAll("details.above-input")) cell.open = event.target.checked;
  });
});
