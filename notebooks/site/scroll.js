// What scrolls on its own can be reached by keyboard, and only while it does scroll.
const boxes = ".cell_output figure, .cell_output .output.text_html, .bd-article p:has(> img), .formula, "
  + ".pst-scrollable-table-container, pre";
function mark() {
  for (const box of document.querySelectorAll(boxes)) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}
addEventListener("load", mark);
addEventListener("resize", mark);
