// The marks of a figure name themselves: under the pointer, under a finger, and by keyboard, for which the layer over an
// image is one place to stop at, and arrow keys go from mark to mark.
const NEAR = { mouse: 3, pen: 8, touch: 16 }; // pixels from a mark that still count as on it
const layers = new Map();
let current; // { layer, mark } whose words are shown
const tip = document.createElement("div");
tip.className = "mark-words";
tip.setAttribute("aria-hidden", "true"); // the layer says the same to those who hear the page
tip.hidden = true;

function readMarks(layer) {
  return [...layer.children].map((shape) => {
    const [x, y, width, height] = ["x", "y", "width", "height"].map((side) => Number(shape.getAttribute(side)) / 1000);
    const words = shape.textContent;
    shape.replaceChildren(); // a title of the browser's own would come on top
    return { shape, words, x, y, width, height };
  });
}
function placeWords() {
  if (!current) return;
  const [box, own] = [current.mark.shape.getBoundingClientRect(), tip.getBoundingClientRect()];
  const left = Math.min(Math.max(box.left + box.width / 2 - own.width / 2, 8), document.documentElement.clientWidth - own.width - 8);
  tip.style.left = `${Math.max(left, 8)}px`;
  tip.style.top = `${box.top - own.height - 8 > 0 ? box.top - own.height - 8 : box.bottom + 8}px`;
}
function hideWords() {
  if (current) current.mark.shape.classList.remove("current");
  current = undefined;
  tip.hidden = true;
}
function showWords(layer, mark) {
  if (current && current.mark === mark) return;
  hideWords();
  current = { layer, mark };
  mark.shape.classList.add("current");
  const at = layers.get(layer).indexOf(mark);
  layer.setAttribute("aria-valuenow", at + 1);
  layer.setAttribute("aria-valuetext", mark.words);
  tip.textContent = mark.words;
  tip.hidden = false;
  placeWords();
}
// The smallest mark that the pointer is on or near, since a large one is easy to hit; of equal ones the nearest.
function markAt(layer, event) {
  const box = layer.getBoundingClientRect();
  let best;
  for (const mark of layers.get(layer)) {
    const [x, y] = [event.clientX - box.left - (mark.x + mark.width / 2) * box.width, event.clientY - box.top - (mark.y + mark.height / 2) * box.height];
    const [aside, above] = [Math.max(Math.abs(x) - mark.width * box.width / 2, 0), Math.max(Math.abs(y) - mark.height * box.height / 2, 0)];
    const rank = [Math.round(mark.width * mark.height * 1e4), Math.hypot(x, y)];
    const differs = best && rank.findIndex((value, i) => value !== best.rank[i]);
    if (Math.hypot(aside, above) <= NEAR[event.pointerType] && (!best || rank[differs] < best.rank[differs])) best = { mark, rank };
  }
  return best && best.mark;
}
function follow(event) {
  const over = event.target.closest && event.target.closest(".marked");
  const layer = over ? [...over.querySelectorAll(".mark-layer")].find((each) => each.getClientRects().length) : event.target === tip && current && current.layer;
  const mark = layer && markAt(layer, event);
  if (mark) showWords(layer, mark);
  else if (event.target !== tip && (event.type === "pointerdown" || document.activeElement !== (current && current.layer))) hideWords();
}
function step(event) {
  const [layer, marks] = [event.currentTarget, layers.get(event.currentTarget)];
  const at = Number(layer.getAttribute("aria-valuenow")) - 1;
  const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1 }[event.key];
  if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const mark = marks[Math.min(Math.max(to, 0), marks.length - 1)];
  mark.shape.scrollIntoView({ block: "nearest", inline: "nearest" });
  showWords(layer, mark);
}
addEventListener("DOMContentLoaded", () => {
  for (const layer of document.querySelectorAll("svg.mark-layer")) {
    const marks = readMarks(layer);
    layers.set(layer, marks);
    layer.removeAttribute("aria-hidden");
    const said = { role: "slider", tabindex: 0, "aria-label": layer.dataset.label, "aria-valuemin": 1, "aria-valuemax": marks.length };
    for (const [name, value] of Object.entries({ ...said, "aria-valuenow": 1, "aria-valuetext": marks[0].words })) layer.setAttribute(name, value);
    layer.addEventListener("keydown", step);
    layer.addEventListener("focus", () => showWords(layer, marks[Number(layer.getAttribute("aria-valuenow")) - 1]));
    layer.addEventListener("blur", hideWords);
    layer.addEventListener("mousedown", (event) => event.preventDefault()); // a pointer needs no focus
  }
  if (!layers.size) return;
  document.body.append(tip);
  addEventListener("pointermove", follow);
  addEventListener("pointerdown", follow);
  document.documentElement.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && hideWords());
  addEventListener("scroll", placeWords, true);
  addEventListener("resize", placeWords);
  addEventListener("keydown", (event) => event.key === "Escape" && hideWords());
});
