// The page "Explore": selectors, a chart of lines by Vega-Lite, the same numbers as a table and as CSV.
(() => {
  const place = document.getElementById("explore-lines");
  if (!place || !window.explore || !window.drawVega) return;
  const {data, element, nameOf} = window.explore;
  const words = data.words;
  const chosen = {measure: "agreement", state: "KAZ", partners: "RUS,CHN,TUR,UZB", first: data.first, last: data.last};
  window.explore.recall(chosen);
  chosen.partners = chosen.partners.split(",");

  const selector = (name, options) => window.explore.selector("explore-" + name, words[name], options, chosen[name],
    (value) => { chosen[name] = value; show(); });

  function year(name) {
    const box = element("input", {type: "number", min: data.first, max: data.last, value: chosen[name], id: "explore-" + name});
    box.addEventListener("change", () => { chosen[name] = Number(box.value) || chosen[name]; show(); });
    return element("label", {}, words[name] + " ", box);
  }

  function partners() {
    const group = element("fieldset", {}, element("legend", {}, words.partners));
    for (const partner of data.partners) {
      const box = element("input", {type: "checkbox", value: partner.key});
      box.checked = chosen.partners.includes(partner.key);
      box.addEventListener("change", () => {
        chosen.partners = [...group.querySelectorAll("input:checked")].map((one) => one.value);
        show();
      });
      group.append(element("label", {}, box, " " + partner.name));
    }
    return group;
  }

  // Nobody chooses a partner of which there is nothing, as the state itself.
  function hasRows(partner) {
    const ofMeasure = data.rows[chosen.measure] || {};
    return partner !== chosen.state && Boolean(chosen.measure === "income" ? ofMeasure[partner] : (ofMeasure[chosen.state] || {})[partner]);
  }

  // The rows that are chosen: a measure of a state alone is shown beside that of its partners.
  function rows() {
    const ofMeasure = data.rows[chosen.measure] || {};
    const found = [];
    const add = (partner, bySeries) => {
      for (const [series, points] of Object.entries(bySeries || {})) {
        for (const [at, value] of points) {
          if (at >= chosen.first && at <= chosen.last) {
            found.push({line: nameOf(data.partners, partner), partner, series: data.series[series] || series, year: at, value});
          }
        }
      }
    };
    if (chosen.measure === "income") {
      for (const code of [chosen.state, ...chosen.partners]) add(code, (ofMeasure[code] || {})[""]);
    } else {
      for (const partner of chosen.partners) add(partner, (ofMeasure[chosen.state] || {})[partner]);
    }
    return found;
  }

  const written = (value) => chosen.measure === "ties" ? data.levels[value] : String(value).replace(".", data.marks.decimal);

  // On a dark page a colour is mixed with white until it stands out, at least 5 to 1.
  function onDark(colour) {
    const linear = (part) => part <= 10 ? part / 3295 : ((part / 255 + 0.055) / 1.055) ** 2.4;
    let parts = colour.match(/[\da-f]{2}/gi).map((two) => parseInt(two, 16));
    while (0.2126 * linear(parts[0]) + 0.7152 * linear(parts[1]) + 0.0722 * linear(parts[2]) < 0.25) {
      parts = parts.map((part) => part + (255 - part) / 10);
    }
    return `rgb(${parts.map(Math.round).join(", ")})`;
  }

  function chart(found) {
    const measure = data.measures.find((one) => one.key === chosen.measure);
    const lines = [...new Map(found.map((row) => [row.line, row.partner]))];
    const dark = document.documentElement.dataset.theme === "dark";
    const ink = dark ? "#e6e6e6" : "#222";
    const own = lines.map(([, key]) => data.partners.find((one) => one.key === key).colour);
    const colours = dark ? own.map(onDark) : own;
    const several = new Set(found.map((row) => row.series)).size > 1;
    const ties = chosen.measure === "ties";
    const axis = ties ? {values: data.levels.map((_, at) => at), labelExpr: JSON.stringify(data.levels) + "[datum.value]"} : {};
    return {
      width: "container", height: 360, background: "transparent",
      description: window.explore.fill(words.chart, {measure: measure.name, state: nameOf(data.states, chosen.state),
        first: chosen.first, last: chosen.last, n: lines.length}),
      data: {values: found},
      mark: {type: "line", point: {size: 40}, interpolate: ties ? "step-after" : "linear"},
      encoding: {
        x: {field: "year", type: "quantitative", title: words.year, axis: {format: "d", tickMinStep: 1},
          scale: {domain: [chosen.first, chosen.last]}},
        y: {field: "value", type: "quantitative", title: measure.unit || measure.name, axis, scale: {zero: false}},
        color: {field: "line", type: "nominal", title: null, scale: {domain: lines.map(([name]) => name), range: colours},
          legend: {orient: "bottom", columns: figure.clientWidth < 500 ? 2 : 4}},
        ...(several ? {strokeDash: {field: "series", type: "nominal", title: null, legend: {orient: "bottom", columns: 1, symbolType: "stroke", symbolSize: 300, symbolStrokeColor: ink, labelLimit: figure.clientWidth - 130}}} : {}),
        tooltip: [{field: "line", title: words.partners}, {field: "year", title: words.year},
          {field: "value", title: measure.name}, ...(several ? [{field: "series", title: " "}] : [])],
      },
      config: {
        font: getComputedStyle(document.body).fontFamily, view: {stroke: null},
        axis: {labelColor: ink, titleColor: ink, gridColor: dark ? "#444" : "#ddd", labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", titlePadding: 8},
        legend: {labelColor: ink, labelFontSize: 13, layout: {bottom: {anchor: "start", direction: "vertical"}}},
      },
    };
  }

  function table(found) {
    const years = [...new Set(found.map((row) => row.year))].sort((a, b) => a - b);
    const heads = [...new Set(found.map((row) => row.line + (row.series ? " (" + row.series + ")" : "")))];
    const cells = new Map(found.map((row) => [row.line + (row.series ? " (" + row.series + ")" : "") + row.year, row.value]));
    const head = element("tr", {}, element("th", {scope: "col"}, words.year), ...heads.map((one) => element("th", {scope: "col"}, one)));
    const body = years.map((at) => element("tr", {}, element("th", {scope: "row"}, String(at)),
      ...heads.map((one) => element("td", {}, cells.has(one + at) ? written(cells.get(one + at)) : ""))));
    return element("table", {}, element("thead", {}, head), element("tbody", {}, ...body));
  }

  const figure = element("div", {class: "explore-chart"});
  const said = element("p", {role: "status", class: "explore-said"});
  const link = element("a", {class: "download", download: "centralasia.csv", href: "#"}, words.download);
  const boxes = partners();
  const numbers = element("div", {class: "pst-scrollable-table-container", tabindex: "0"});
  place.append(
    element("div", {class: "explore-choices"}, selector("measure", data.measures), selector("state", data.states), year("first"), year("last")),
    boxes, figure, said, element("p", {}, link),
    element("details", {}, element("summary", {}, words.table), numbers));

  function show() {
    const found = rows();
    window.explore.remember(chosen);
    for (const box of boxes.querySelectorAll("input")) box.disabled = !hasRows(box.value);
    said.textContent = found.length ? chart(found).description : words.nothing;
    numbers.replaceChildren(table(found));
    window.explore.offer(link, [["measure", "state", "partner", "series", "year", "value"],
      ...found.map((row) => [chosen.measure, chosen.state, row.partner, row.series, row.year, row.value])]);
    figure.replaceChildren();
    if (!found.length) return;
    const marks = {decimal: data.marks.decimal, thousands: data.marks.thousands, grouping: [3], currency: ["", ""]};
    window.drawVega(figure, chart(found), {formatLocale: marks}).catch((error) => { said.textContent = String(error); });
  }
  show();
  new MutationObserver(show).observe(document.documentElement, {attributeFilter: ["data-theme"]});
})();
