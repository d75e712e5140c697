// What the chart and the map of the page "Explore" share.
(() => {
  const data = window.exploreData;
  if (!data) return;

  function element(tag, attributes = {}, ...inside) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...inside);
    return made;
  }

  function selector(id, words, options, value, choose) {
    const list = element("select", {id});
    for (const option of options) list.append(new Option(option.name, option.key, false, option.key === value));
    list.addEventListener("change", () => choose(list.value));
    return element("label", {}, words + " ", list);
  }

  // The address keeps what is chosen; what it said replaces the `chosen` values of these names.
  function recall(chosen) {
    for (const [name, text] of new URLSearchParams(location.hash.slice(1))) {
      if (!(name in chosen)) continue;
      chosen[name] = typeof chosen[name] === "number" ? Number(text) || chosen[name] : text;
    }
  }
  function remember(chosen) {
    const all = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
    for (const [name, value] of Object.entries(chosen)) all.set(name, value);
    history.replaceState(null, "", "#" + all);
  }

  const quoted = (text) => /[",\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
  function offer(link, rows) {
    const text = rows.map((row) => row.map((cell) => quoted(String(cell))).join(",")).join("\n") + "\n";
    URL.revokeObjectURL(link.href);
    link.href = URL.createObjectURL(new Blob([text], {type: "text/csv"}));
  }

  const nameOf = (list, key) => (list.find((one) => one.key === key) || {name: key}).name;
  const fill = (text, fields) => text.replace(/\{(\w+)\}/g, (whole, name) => fields[name] ?? whole);
  window.explore = {data, element, selector, recall, remember, offer, nameOf, fill};
})();
