"""Rules that look across rows and tables, each declared in the contract by the property that it is named after."""

import string
from collections import defaultdict

from datacontract.errors import suggest
from datacontract.rules import declared, precedes, rule


@rule("unordered-pair")
def unordered_pairs(resources, rows):
    """``unorderedPair``: two columns of codes in alphabetical order, so that no pair stands twice."""
    for name, (one, other) in declared(resources, rows, "unorderedPair"):
        for number, row in rows[name]:
            if not row[one] < row[other]:
                yield name, number, other, row[other], f"a code after {one}, which is {row[one]}"


@rule("total")
def totals(resources, rows):
    """``totals``: the cells of a group of rows add up to a number that another table, or a count of its rows, gives."""
    for name, spec in declared(resources, rows, "totals"):
        target = spec["equals"]
        if target["resource"] not in rows:
            continue
        expected = _expected(rows[target["resource"]], target)
        found, last = defaultdict(int), {}
        for number, row in rows[name]:
            key = tuple(row[column] for column in spec["by"])
            found[key] += sum(int(row[column]) for column in spec["sum"])
            last[key] = number, row
        for key, total in found.items():
            number, row = last[key]
            due = expected.get(tuple(row[column] for column in target["on"]))
            if due is not None and total != due:
                group = ", ".join(key)
                yield (
                    name,
                    number,
                    " + ".join(spec["sum"]),
                    str(total),
                    f"a sum of {due} for {group}, as in {target['resource']}",
                )


def _expected(rows, target):
    """The number to be met by key: the value of a column, or how many rows there are."""
    keys = target.get("key", target["on"])
    if "field" in target:
        return {tuple(row[k] for k in keys): int(row[target["field"]]) for _, row in rows}
    counts = defaultdict(int)
    for _, row in rows:
        if any(row[column] != value for column, value in target.get("where", {}).items()):
            continue
        counts[tuple(row[k] for k in keys)] += 1
    return counts


@rule("range")
def plausible_ranges(resources, rows):
    """``ranges``: a value stays within the minimum and maximum that another table gives for its kind."""
    for name, spec in declared(resources, rows, "ranges"):
        bounds = {row[spec["on"]]: row for _, row in rows.get(spec["resource"], [])}
        for number, row in rows[name]:
            found = bounds.get(row[spec["on"]])
            if found and row[spec["field"]]:
                low, high = (float(found[bound]) for bound in ("minimum", "maximum"))
                if not low <= float(row[spec["field"]]) <= high:
                    allowed = f"from {low:g} to {high:g} for {row[spec['on']]}, as in {spec['resource']}"
                    yield name, number, spec["field"], row[spec["field"]], allowed


@rule("expected")
def expected_rows(resources, rows):
    """``expected``: for every member of a region, each year that a series has is there, or is listed as a gap."""
    for name, spec in declared(resources, rows, "expected"):
        if not {spec["gaps"], spec["resource"]} <= set(rows):
            continue
        unit, series, year = spec["unit"], spec["series"], spec["year"]
        members = [row["actor"] for _, row in rows[spec["resource"]] if row["region"] == spec["region"]]
        years, present = defaultdict(set), set()
        for _, row in rows[name]:
            years[row[series]].add(int(row[year]))
            present.add((row[unit], row[series], int(row[year])))
        listed = {
            (row[unit], row[series], y)
            for _, row in rows[spec["gaps"]]
            for y in range(int(row["start"]), int(row["end"]) + 1)
        }
        for code, known in years.items():
            for key in sorted((m, code, y) for m in members for y in known):
                if key not in present | listed:
                    yield (
                        name,
                        0,
                        f"{unit} + {series} + {year}",
                        ", ".join(map(str, key)),
                        f"a row, or a gap with its reason in {spec['gaps']}",
                    )


@rule("sequence")
def stages_in_sequence(resources, rows):
    """``sequences``: within a group, no later stage is dated before the first of an earlier one."""
    for name, spec in declared(resources, rows, "sequences"):
        first = {}
        dated = [(n, row) for n, row in rows[name] if row[spec["date"]] and row[spec["stage"]] in spec["order"]]
        for _, row in dated:
            key = tuple(row[column] for column in spec["by"]), row[spec["stage"]]
            if key not in first or precedes(row[spec["date"]], first[key]):
                first[key] = row[spec["date"]]
        for number, row in dated:
            group = tuple(row[column] for column in spec["by"])
            for earlier in spec["order"][: spec["order"].index(row[spec["stage"]])]:
                since = first.get((group, earlier))
                if since and precedes(row[spec["date"]], since):
                    yield (
                        name,
                        number,
                        spec["date"],
                        row[spec["date"]],
                        f"not before the first {earlier}, which is {since}",
                    )


@rule("label")
def labels_of_codes(resources, rows):
    """``labels``: a text names a code of the table of its kind, or says what one of the base language says."""
    for name, spec in declared(resources, rows, "labels"):
        base, kinds = spec["base"], spec["kinds"]
        texts = {(row["kind"], row["code"]): row["text"] for _, row in rows[name] if row["language"] == base}
        known = {kind: _codes(resources, rows, target) for kind, target in kinds.items()}
        for number, row in rows[name]:
            kind, code, text = row["kind"], row["code"], row["text"]
            codes = known.get(kind, {c for k, c in texts if k == kind})
            if kind in spec["elsewhere"] or codes is None:
                continue
            if code not in codes:
                of = f"{kinds[kind]['resource']}.{kinds[kind]['field']}" if kind in kinds else f"a {kind} in {base}"
                yield name, number, "code", code, f"a code of {of}: {suggest(code, sorted(codes))}"
            elif kind in kinds and row["language"] == base:
                yield name, number, "language", base, f"another language, for {kinds[kind]['resource']} has the {base}"
            elif kind not in kinds and _slots(text) != _slots(texts[kind, code]):
                fields = ", ".join(_slots(texts[kind, code]) or ["none"])
                yield name, number, "text", text, f"the fields of the {base} text in braces: {fields}"


def _codes(resources, rows, target):
    """The codes that a column may have, or has; None where its table cannot be read."""
    if target["resource"] not in rows:
        return None
    (field,) = (f for f in resources[target["resource"]]["schema"]["fields"] if f["name"] == target["field"])
    used = {row[target["field"]] for _, row in rows[target["resource"]]} - {""}
    return {*field.get("constraints", {}).get("enum", used), *target.get("also", [])}


def _slots(text):
    """The names of the fields of a template, in alphabetical order; the text itself where its braces do not match."""
    try:
        return sorted({slot for _, slot, _, _ in string.Formatter().parse(text) if slot is not None})
    except ValueError:
        return [text]
