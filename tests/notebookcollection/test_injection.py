"""Data that try to inject: refused by the check, and inert in the report, which is asked in Chromium."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from injected_report import ALONE, ATTACKS

from datacontract.check import check
from datacontract.context import using
from notebookcollection.publishing.escape import escape_block, escape_inline, sanitize_table

REFUSED_NOT = {"| a | b |", "# injected heading", "$$x^2$$"}  # plain characters; the report shows them as they are
LIVE = """() => {
  const all = [...document.querySelectorAll('*')], found = [];
  for (const e of all) {
    for (const a of e.attributes) {
      if (a.name.startsWith('on')) found.push(a.name + ': ' + e.outerHTML.slice(0, 80));
      if (/^(href|src|action|xlink:href)$/.test(a.name) && /^\\s*javascript:/i.test(a.value)) found.push(a.value);
    }
  }
  const filter = document.querySelector('form.filter');  // of the page of sources
  const own = ['interactive/data.js', 'interactive/vega.js', '_static/explore.js', '_static/compare.js', '_static/map.js'];
  const drawn = '#explore .explore-chart, #explore-map';  // by the scripts of the page Explore
  const marks = [...document.querySelectorAll('svg.mark-layer:not(:has(:not(rect)))')];  // over figures, without words
  for (const e of document.querySelectorAll('article :is(script, iframe, svg, math, object, embed, form)'))
    if (!own.includes(e.getAttribute('src')) && !(e.matches('svg, form.vega-bindings:empty') && e.closest(drawn)) && e !== filter && !marks.includes(e)) found.push(e.outerHTML.slice(0, 80));
  for (const e of document.querySelectorAll('h1, h2, h3, h4, h5, h6'))
    if (e.textContent.includes('injected')) found.push(e.outerHTML.slice(0, 120));
  for (const e of document.querySelectorAll('img')) if (e.src.startsWith('http')) found.push(e.src);
  if (window.pwned) found.push('pwned');
  return found;
}"""
FORMULAS = ("methods.html", "many_runs.html")  # pages of our own text, which has formulas


def test_the_check_refuses_markup(data_copy):
    path, notes = data_copy / "visits.csv", [*ATTACKS]
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    for row, note in zip(rows, notes, strict=False):
        row["note"] = note
    with open(path, "w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    with using(data_copy):
        told = [f for f in check(tables=["visits"]) if f.column == "note" and "without markup" in f.allowed]
    rows_refused = {row for fault in told for row in fault.rows or (fault.row,)}
    for number, note in enumerate(notes, 2):  # the header is row 1
        assert (number in rows_refused) == (note not in REFUSED_NOT), note


@pytest.fixture(scope="module")
def injected(tmp_path_factory):
    folder = tmp_path_factory.mktemp("injected")
    script = Path(__file__).parents[1].joinpath("injected_report.py")
    done = subprocess.run([sys.executable, script, folder], capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return folder / "site"


@pytest.mark.slow
@pytest.mark.sweep
def test_injected_text_is_inert_in_the_report(injected, new_page):
    page, asked, complaints, text, marked = new_page(), [], [], "", 0
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    pages = [p for p in sorted(injected.rglob("*.html")) if "_static" not in p.parts and p.name not in FORMULAS]
    assert len(pages) > 20
    for path in pages:
        page.goto(path.as_uri())
        assert page.evaluate(LIVE) == [], path.name
        text += page.inner_text("main")
        marked += page.locator("svg.mark-layer").count()
    for attack in ATTACKS:
        assert attack in text, f"shown nowhere, so that nothing is shown about it: {attack}"
    assert marked, "names of marks hold such text, too"
    assert complaints == [], "not even stopped by the policy: it never was a script"
    assert [address for address in asked if not address.startswith(("file:", "data:"))] == []


@pytest.mark.parametrize(
    "text", [*ATTACKS, *ALONE, "a\n# b", "a\n---\nb", "1. a", ":::{note}", "% gone", "(x)=", "+++"]
)
def test_markdown_shows_text_as_it_was_written(text):
    from markdown_it import MarkdownIt

    for escaped in (escape_block(text), escape_inline(text)):
        tokens = MarkdownIt("commonmark").parse(escaped)
        assert {t.type for t in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
        shown = " ".join(child.content for token in tokens for child in token.children or [] if child.type == "text")
        assert "".join(shown.split()) == "".join(text.split())


def test_what_outputs_may_say_stays_alive():
    text = "**Ten** of *all*\n\n- **KEY** Title. <https://example.org/a_b?c=d#e>\n- 1992–2025"
    assert escape_block(text) == text


@pytest.mark.slow
def test_tables_lose_what_could_act():
    table = "<table onclick=x><thead><tr><th>a</th></tr></thead><tbody><tr><th>b</th><td style=x>&lt;i&gt;<img src=x>c</td></tr></tbody></table><script>x</script><svg><b>y</b></svg>"
    assert sanitize_table(table) == (
        '<table><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><th scope="row">b</th><td>&lt;i&gt;c</td></tr>'
        "</tbody></table>"
    )
