// What scrolls on its own can be reached by keyboard and says that it scrolls, only while it does.
const boxes = ".cell_output figure, .cell_output .output.text_html, .bd-article p:has(> img), .formula, "
  + ".pst-scrollable-table-container, pre";
function mark() {
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
