// What scrolls on its own can be reached by keyboard and says that it scrolls, only while it does.
const boxes = ".cell_output figure, .cell_output .output.text_html, .bd-article p:has(> img), .formula, "
  + ".pst-scrollable-table-container, pre";
// On a narrow screen a table of texts that does not fit is read row by row, each cell under the head of its column.
const narrow = matchMedia("(max-width: 600px)");
const ROLES = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };
function stack(table) {
  table.classList.remove("stacked");
  const box = table.closest(".text_html, .pst-scrollable-table-container");
  const texts = [...table.querySelectorAll("td")].some((cell) => cell.textContent.length > 60);
  if (!narrow.matches || !texts || !box || !table.tHead || box.scrollWidth <= box.clientWidth + 1) return;
  const heads = [...table.tHead.rows[0].cells].map((head) => head.textContent.trim());
  for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, th, td")]) { // else a block is no table
    part.setAttribute("role", ROLES[part.localName] || (part.scope === "row" ? "rowheader" : "columnheader"));
    if (part.localName === "td") part.dataset.head = heads[part.cellIndex];
  }
  table.classList.add("stacked");
}
// A table that is only a little too wide is set closer, so that it is seen whole.
function tighten(box) {
  box.classList.remove("tight");
  if (box.scrollWidth <= box.clientWidth + 1) return;
  box.classList.add("tight");
  if (box.scrollWidth > box.clientWidth + 1) box.classList.remove("tight");
}
function mark() {
  document.querySelectorAll(".bd-article table").forEach(stack);
  document.querySelectorAll(".output.text_html, .pst-scrollable-table-container").forEach(tighten);
  for (const box of document.querySelectorAll(boxes)) {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    if (scrolls) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
    box.classList.toggle("scrolls", scrolls && box.matches("figure, .text_html, p, .pst-scrollable-table-container"));
  }
}
// An address inside something folded unfolds it.
function unfold() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let box = target && target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  if (target) target.scrollIntoView();
}
addEventListener("load", mark);
addEventListener("load", unfold);
addEventListener("hashchange", unfold);
addEventListener("resize", mark);
