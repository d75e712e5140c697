// Tables sort by the column whose head is pressed: numbers by size, dates by time, all else by the alphabet, what is
// blank at the end.
const numberIn = (text) => {
  if (/^\d{4}-\d\d/.test(text)) return NaN;
  const found = text.replace(/\u2212/g, "-").replace(/[\s\u00a0\u202f]/g, "").match(/^[^\d-]*(-?\d[\d,]*(?:\.\d+)?)/);
  return found ? Number(found[1].replace(/,/g, document.documentElement.lang === "en" ? "" : ".")) : NaN;
};
const textOf = (row, at) => {
  const text = row.cells[at] ? row.cells[at].textContent.trim() : "";
  const day = row.cells[at] && row.cells[at].querySelector("time");
  return day && text.startsWith(day.textContent) ? day.dateTime : text;
};
function compareTexts(one, other) {
  const [a, b] = [numberIn(one), numberIn(other)];
  return Number.isNaN(a) || Number.isNaN(b) ? one.localeCompare(other, document.documentElement.lang) : a - b;
}
function sortBy(table, head, at) {
  const falling = head.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", falling ? "descending" : "ascending");
  const rows = [...table.tBodies[0].rows];
  const blank = (row) => Number(textOf(row, at) === "");
  rows.sort((a, b) => blank(a) - blank(b) || (falling ? -1 : 1) * compareTexts(textOf(a, at), textOf(b, at)));
  table.tBodies[0].append(...rows);
}
addEventListener("DOMContentLoaded", () => {
  for (const table of document.querySelectorAll(".cell_output table, .bd-article :is(table.docutils, table.source-table)")) {
    const plain = table.tHead && table.tHead.rows.length === 1 && table.tBodies.length === 1;
    if (!plain || table.tBodies[0].rows.length < 3 || table.querySelector("tbody [rowspan], tbody [colspan]")) continue;
    [...table.tHead.rows[0].cells].forEach((head, at) => {
      if (!head.textContent.trim()) return;
      const button = document.createElement("button");
      button.className = "sort";
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sortBy(table, head, at));
      head.append(button);
    });
  }
});
