// A form before a table chooses its rows: each field is an attribute data-NAME of a row, or words that stand in it.
addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("form.filter")) {
    const rows = [...form.nextElementSibling.querySelectorAll("tbody > tr")];
    const texts = new Map(rows.map((row) => [row, row.textContent.toLocaleLowerCase()]));
    const status = form.querySelector("[role=status]");
    const fits = (row, name, value) =>
      name === "words" ? value.toLocaleLowerCase().split(/\s+/).every((word) => texts.get(row).includes(word))
      : name === "state" ? row.dataset.state.split(" ").includes(value) : row.dataset[name] === value;
    const show = () => {
      const chosen = [...new FormData(form)].filter(([, value]) => value.trim());
      for (const row of rows) row.hidden = !chosen.every(([name, value]) => fits(row, name, value.trim()));
      status.textContent = form.dataset.said.replace("{shown}", rows.filter((row) => !row.hidden).length);
    };
    // An address inside the table shows its row.
    const reveal = () => {
      const row = rows.find((one) => one.id && `#${one.id}` === decodeURIComponent(location.hash));
      if (!row || !row.hidden) return;
      form.reset();
      show();
      row.scrollIntoView();
    };
    form.addEventListener("input", show);
    form.addEventListener("reset", () => setTimeout(show));
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("hashchange", reveal);
    form.hidden = false;
    show();
  }
});
