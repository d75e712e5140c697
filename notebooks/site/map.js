// The map of the page "Explore": one state's ties, visits, votes and speeches with the others, year by year.
(() => {
  const place = document.getElementById("explore-map");
  if (!place || !window.explore) return;
  const {data, element, selector, nameOf, fill} = window.explore;
  const {areas, words, width, height, counted} = data.map;
  const STEP = 900; // milliseconds that a year is shown
  const MARGIN = 40; // of the width of the whole map, 1000, around what is shown
  const measures = data.measures.filter((one) => data.map.measures.includes(one.key));
  const chosen = {map: "ties", of: "KAZ", year: data.last};
  window.explore.recall(chosen);
  if (!data.map.measures.includes(chosen.map)) chosen.map = "ties";
  if (!data.states.some((one) => one.key === chosen.of)) chosen.of = "KAZ";

  function drawn(tag, attributes, ...inside) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...inside);
    return made;
  }

  // Dots for none found, strokes for a year that is not known; plain land is not in the data.
  const patterns = drawn("defs", {},
    drawn("pattern", {id: "map-none", width: 9, height: 9, patternUnits: "userSpaceOnUse"},
      drawn("rect", {width: 9, height: 9, class: "map-paper"}), drawn("circle", {cx: 4, cy: 4, r: 1.6, class: "map-mark"})),
    drawn("pattern", {id: "map-unknown", width: 14, height: 14, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)"},
      drawn("rect", {width: 14, height: 14, class: "map-paper"}), drawn("rect", {width: 2.5, height: 14, class: "map-mark"})));
  const picture = drawn("svg", {viewBox: `0 0 ${width} ${height}`, role: "img"}, patterns);
  const shapes = new Map(areas.map((area) => [area.key, drawn("path", {d: area.path})]));
  const labels = new Map(areas.map((area) => [area.key, drawn("text", {x: area.at[0], y: area.at[1]})]));
  picture.append(...shapes.values(), ...labels.values());

  const known = () => (data.rows[chosen.map] || {})[chosen.of] || {};
  const isAsked = (key) => key in known();
  const valueOf = (key, at = chosen.year) => ((known()[key] || {})[""] || []).find(([year]) => year === at)?.[1];
  const years = () => Object.values(known()).flatMap((own) => own[""].map(([year]) => year));
  const isFoundOrNot = () => counted.includes(chosen.map); // what was looked for and has no row was not found
  const isShare = () => ["agreement", "likeness"].includes(chosen.map); // from 0 to 1
  function kindOf(key) {
    const value = valueOf(key);
    if (key === chosen.of) return "own";
    if (!isAsked(key)) return "outside";
    if (chosen.map === "ties" ? value === 0 : isFoundOrNot() && value === undefined) return "none";
    return value === undefined ? "unknown" : "known";
  }
  function written(key) {
    const kind = kindOf(key), value = valueOf(key);
    if (kind === "none") return data.levels[0];
    if (kind !== "known") return kind === "unknown" ? words.unknown : "";
    if (chosen.map === "ties") return data.levels[value];
    return isShare() ? value.toFixed(2).replace(".", data.marks.decimal) : String(value);
  }

  // From the lowest to the highest of all years, so that years can be compared.
  function scale() {
    if (chosen.map === "ties") return [1, data.levels.length - 1];
    const every = areas.filter((area) => area.key in known()).flatMap((area) => known()[area.key][""].map(([, value]) => value));
    return [isFoundOrNot() ? 1 : Math.min(...every), Math.max(...every)];
  }
  const mixed = (share) => `color-mix(in oklab, var(--map-high) ${Math.round(100 * share)}%, var(--map-low))`;
  const share = (value, [low, high]) => (high > low ? (value - low) / (high - low) : 1);

  function sentence() {
    const last = Math.max(...years());
    const where = {state: nameOf(data.states, chosen.of), year: chosen.year, date: data.map.until,
      measure: nameOf(measures, chosen.map)};
    const on = areas.filter((area) => ["known", "none"].includes(kindOf(area.key)));
    const missing = areas.filter((area) => kindOf(area.key) === "unknown").map((area) => area.name);
    const parts = [];
    if (chosen.map === "ties") {
      for (let level = data.levels.length - 1; level >= 0; level -= 1) {
        const names = on.filter((area) => valueOf(area.key) === level).map((area) => area.name);
        if (names.length) parts.push(`${data.levels[level]}: ${names.join(", ")}`);
      }
    } else {
      const order = on.filter((area) => kindOf(area.key) === "known").sort((a, b) => valueOf(b.key) - valueOf(a.key));
      const listed = (some) => some.map((area) => `${area.name} ${written(area.key)}`).join(", ");
      const none = on.filter((area) => kindOf(area.key) === "none").map((area) => area.name);
      const lowest = order.length ? valueOf(order.at(-1).key) : 0;
      const high = order.filter((area) => valueOf(area.key) > lowest).slice(0, 3), rest = order.slice(high.length);
      if (order.length <= 5) parts.push(...(order.length ? [listed(order)] : []));
      else if (high.length) parts.push(fill(words.high, {names: listed(high)}));
      if (order.length > 5 && rest.every((area) => valueOf(area.key) === lowest)) parts.push(fill(words.rest, {value: written(order.at(-1).key)}));
      else if (order.length > 5) parts.push(fill(words.low, {names: listed(order.slice(-1))}));
      if (none.length) parts.push(`${data.levels[0]}: ${none.join(", ")}`);
    }
    if (missing.length) parts.push(`${words.unknown}: ${missing.join(", ")}`);
    const said = chosen.map !== "ties" ? words.shown : chosen.year === last ? words.until : words.end;
    const levels = parts.join("; ") || words.unknown;
    return fill(said, {...where, levels: levels[0].toUpperCase() + levels.slice(1)});
  }

  function legend(range) {
    const swatch = (fillOf, text) => element("li", {},
      (() => { const box = drawn("svg", {viewBox: "0 0 28 18", "aria-hidden": "true"}, drawn("rect", {width: 28, height: 18})); box.firstChild.style.fill = fillOf; return box; })(), " " + text);
    const kinds = new Set(areas.map((area) => kindOf(area.key)));
    const middle = (range[0] + range[1]) / 2;
    const numbers = [...new Set([range[0], isShare() ? middle : Math.round(middle), range[1]])].map((value) => [value, null]);
    const steps = chosen.map === "ties" ? data.levels.slice(1).map((name, at) => [at + 1, name]) : numbers;
    const shown = (value) => (isShare() ? value.toFixed(2).replace(".", data.marks.decimal) : String(value));
    return [...steps.map(([value, name]) => swatch(mixed(share(value, range)), name ?? shown(value))),
      ...[["none", "url(#map-none)", data.levels[0]], ["unknown", "url(#map-unknown)", words.unknown], ["outside", "var(--map-land)", words.outside]]
        .filter(([kind]) => kinds.has(kind)).map(([, fillOf, text]) => swatch(fillOf, text))];
  }

  // Words in lines of so many letters.
  const inLines = (text, letters) => text.split(" ").reduce((lines, word) => {
    if (lines.length && `${lines.at(-1)} ${word}`.length <= letters) lines.push(`${lines.pop()} ${word}`);
    else lines.push(word);
    return lines;
  }, []);

  // Names where there is room for them: states of the region first, then the larger ones.
  function write() {
    const seen = picture.viewBox.baseVal, small = picture.clientWidth < 520;
    picture.style.setProperty("--unit", seen.width / (picture.clientWidth || width));
    const taken = [];
    for (const area of areas) {
      const label = labels.get(area.key), kind = kindOf(area.key);
      label.style.display = "";
      label.setAttribute("class", `map-${kind}`);
      const value = small || area.key === chosen.of ? "" : written(area.key);
      const lines = value ? inLines(value, 16) : [];
      label.replaceChildren(drawn("tspan", {x: area.at[0], dy: `${-0.57 * lines.length}em`}, area.name),
        ...lines.map((line) => drawn("tspan", {x: area.at[0], dy: "1.15em"}, line)));
      const box = label.getBBox();
      const isFree = taken.every((other) => box.x > other.x + other.width || other.x > box.x + box.width
        || box.y > other.y + other.height || other.y > box.y + box.height);
      const isWhole = box.x > seen.x && box.x + box.width < seen.x + seen.width && box.y > seen.y && box.y + box.height < seen.y + seen.height;
      if (isFree && isWhole) taken.push(box);
      else label.style.display = "none";
    }
  }

  // All that the measure tells of, and not more: of ties and visits, the region alone.
  function frame() {
    const boxes = areas.filter((area) => area.key === chosen.of || isAsked(area.key)).map((area) => shapes.get(area.key).getBBox());
    const [left, top] = ["x", "y"].map((side) => Math.max(0, Math.min(...boxes.map((box) => box[side])) - MARGIN));
    const right = Math.min(width, Math.max(...boxes.map((box) => box.x + box.width)) + MARGIN);
    const bottom = Math.min(height, Math.max(...boxes.map((box) => box.y + box.height)) + MARGIN);
    picture.setAttribute("viewBox", `${left} ${top} ${right - left} ${bottom - top}`);
  }

  function table() {
    const others = data.partners.filter((one) => isAsked(one.key));
    const head = element("tr", {}, element("th", {scope: "col"}, words.partner), element("th", {scope: "col"}, nameOf(measures, chosen.map)));
    return element("table", {}, element("caption", {}, `${nameOf(data.states, chosen.of)}, ${chosen.year}`), element("thead", {}, head),
      element("tbody", {}, ...others.map((one) => element("tr", {}, element("th", {scope: "row"}, one.name), element("td", {}, written(one.key))))));
  }

  const slider = element("input", {type: "range", id: "map-year", step: "1"});
  const output = element("output", {for: "map-year"});
  const play = element("button", {type: "button"});
  const said = element("p", {class: "explore-said", "aria-live": "polite"});
  const key = element("ul", {class: "map-legend"});
  const link = element("a", {class: "download", download: "centralasia-map.csv", href: "#"}, words.download);
  const numbers = element("div", {class: "pst-scrollable-table-container", tabindex: "0"});
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let playing = 0;

  function stop() {
    clearInterval(playing);
    playing = 0;
    play.textContent = words.play;
    said.setAttribute("aria-live", "polite");
  }
  function start() {
    if (chosen.year >= Number(slider.max)) chosen.year = Number(slider.min);
    said.setAttribute("aria-live", "off"); // a sentence for each year would talk over the next
    play.textContent = words.stop;
    playing = setInterval(() => {
      chosen.year += 1;
      if (chosen.year >= Number(slider.max)) stop();
      show();
    }, STEP);
    show();
  }

  function show() {
    const every = years(), range = scale();
    [slider.min, slider.max] = [Math.min(...every), Math.max(...every)];
    chosen.year = Math.min(Math.max(chosen.year, Number(slider.min)), Number(slider.max));
    slider.value = chosen.year;
    slider.setAttribute("aria-valuetext", chosen.year);
    output.textContent = chosen.year;
    window.explore.remember(chosen);
    for (const area of areas) {
      const shape = shapes.get(area.key), kind = kindOf(area.key);
      const text = written(area.key);
      shape.setAttribute("class", `map-${kind}`);
      shape.style.fill = kind === "known" ? mixed(share(valueOf(area.key), range)) : "";
      shape.replaceChildren(drawn("title", {}, area.name + (text ? `: ${text}` : "")));
    }
    picture.append(shapes.get(chosen.of), ...labels.values()); // its border above those of its neighbours
    frame();
    write();
    said.textContent = sentence();
    picture.setAttribute("aria-label", said.textContent);
    key.replaceChildren(...legend(range));
    numbers.replaceChildren(table());
    window.explore.offer(link, [["measure", "state", "partner", "year", "value"],
      ...Object.entries(known()).flatMap(([partner, own]) => own[""].map(([year, value]) => [chosen.map, chosen.of, partner, year, value]))]);
  }

  slider.addEventListener("input", () => { stop(); chosen.year = Number(slider.value); show(); });
  play.addEventListener("click", () => (playing ? stop() : start()));
  const choose = (name) => (value) => { stop(); chosen[name] = value; show(); };
  const allow = () => { stop(); play.hidden = still.matches; };
  still.addEventListener("change", allow);
  allow();
  place.replaceChildren(
    element("div", {class: "explore-choices"}, selector("map-measure", data.words.measure, measures, chosen.map, choose("map")),
      selector("map-state", data.words.state, data.states, chosen.of, choose("of"))),
    element("div", {class: "map-years"}, element("label", {for: "map-year"}, data.words.year), slider, output, play),
    picture, key, said, element("p", {class: "explore-said"}, words.source), element("p", {}, link),
    element("details", {}, element("summary", {}, data.words.table), numbers));
  show();
  new ResizeObserver(write).observe(picture);
})();
