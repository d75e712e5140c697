"""The report in Chromium, from disk and from a server: accessible, readable when narrow, safe, asking nobody."""

import functools
import http.server
import re
import shutil
import threading
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import ROOT
from sweeps import first, sweep

from centralasia.figures.style import MARGIN
from centralasia.figures.style import NARROW as NARROW_INCHES
from notebookcollection.publishing.figures import FIGURES, NARROW
from notebookcollection.publishing.overlay import lay_marks
from notebookcollection.publishing.rendered_pages import offer_narrow

pytestmark = pytest.mark.slow

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = {"runOnly": [*STANDARDS, "best-practice"], "resultTypes": ["violations"], "preload": False}
CONTRAST = ["color-contrast", "link-in-text-block"]  # all that a theme changes, and most of the time
COLOURS = {**RULES, "runOnly": {"type": "rule", "values": CONTRAST}}
OTHERS = {**RULES, "rules": {name: {"enabled": False} for name in CONTRAST}}
# What has the same tags and classes up to the root has the same colours, on whatever page: four of each tell the contrast
# of all. It is given how many it has seen of each, and returns it.
THIN = """seen => {
  for (const e of [...document.querySelectorAll('body *')]) {
    let kind = e.querySelector(':scope > a, :scope > * > a') ? 'beside a link/' : '';
    for (let p = e; p; p = p.parentElement) kind += `${p.tagName} ${p.getAttribute('class')} ${p.getAttribute('style')}/`;
    const words = [...e.childNodes].filter(node => node.nodeType === 3 && node.data.trim());
    if (words.length && (seen[kind] = (seen[kind] ?? 0) + 1) > 4) words.forEach(node => node.remove());
  }
  return seen;
}"""
BROKEN = "all => all.filter(e => e.getClientRects().length > 1).map(e => e.textContent)"  # by the end of a line
WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1)
    .slice(0, 3).map(e => e.outerHTML.slice(0, 100));
}"""
SPACED = (
    "p, li, td, th { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
)
CHAPTER = "01_priority_hierarchy.html"
# The front page, chapters with a map and long tables, a pair, the page of widgets
SOME = ("index.html", CHAPTER, "05_ties.html", "09_claims.html", "pair_KAZ-TKM.html", "compare.html")
every_page = pytest.mark.parametrize("every", [False, sweep(True)], ids=["some", "every"])


@pytest.fixture
def listening(new_page):
    """Opens pages that note what they ask for and complain about."""

    def new(**more):
        page = new_page(**more)
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text) if message.type != "log" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    return new


def _pages(built):
    found = sorted(p for p in built.rglob("*.html") if "_static" not in p.parts)
    assert len(found) > 25
    return found


def _of_each_kind(built, every):
    """Some pages, or every one, of those with the same kinds of elements and order of headings the first."""
    if not every:
        return [built / name for name in SOME]
    kinds = {}
    for path in _pages(built):
        article = path.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
        elements = re.findall(r'<(\w+)(?:[^>]* class="([^"]*)")?', article)
        kinds.setdefault((frozenset(elements), tuple(name for name, _class in elements if name[0] == "h")), path)
    assert len(kinds) > 20
    return list(kinds.values())


def _faults(page, rules):
    if page.evaluate("!window.axe"):  # which is read once for a page
        page.evaluate(Axe().axe_script)
    result = page.evaluate("rules => axe.run(rules)", rules)
    assert len(result["passes"]) > (0 if rules is COLOURS else 10)
    return [(v["id"], n["html"][:150]) for v in result["violations"] for n in v["nodes"]]


@every_page
def test_a_page_is_accessible(built, listening, every):
    page, seen = listening(reduced_motion="reduce"), {}  # else colours are on their way when the theme has changed
    for path in _of_each_kind(built, every):
        page.emulate_media(color_scheme="light")
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.dataset.theme") == "light"
        assert _faults(page, OTHERS) == [], path.name
        seen = page.evaluate(THIN, seen)
        assert _faults(page, COLOURS) == [], path.name
        page.emulate_media(color_scheme="dark")
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        assert _faults(page, COLOURS) == [], f"{path.name}, dark"
    assert page.complaints == []


@every_page
def test_no_page_scrolls_sideways_or_is_cut_off_on_paper_or_asks_anybody(built, listening, every):
    page = listening()
    for path in _pages(built) if every else [built / name for name in SOME]:
        page.set_viewport_size({"width": 320, "height": 700})
        page.emulate_media(media="screen")
        page.goto(path.as_uri())
        assert page.evaluate(WIDE) == [], f"{path.name} at 320 px"
        assert page.locator(".years").evaluate_all(BROKEN) == [], f"{path.name} at 320 px"
        spaced = page.add_style_tag(content=SPACED)
        assert page.evaluate(WIDE) == [], f"{path.name} at 320 px with wide spacing"
        page.set_viewport_size({"width": 640, "height": 450})  # a window of 1280 px at 200 %
        assert page.evaluate(WIDE) == [], f"{path.name} at 200 %"
        spaced.evaluate("e => e.remove()")
        page.set_viewport_size({"width": 673, "height": 987})  # what A4 leaves between its margins
        page.emulate_media(media="print")
        assert page.evaluate(WIDE) == [], f"{path.name} on paper"
        assert page.locator(".years, .bracket").evaluate_all(BROKEN) == [], f"{path.name} on paper"
        hidden = page.locator("header, nav, .bd-sidebar, details.hide, a.download").evaluate_all(
            "all => all.filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 80))"
        )
        assert hidden == [], path.name
    assert page.complaints == []
    assert {urlsplit(address).scheme for address in page.asked} <= {"file", "data", "blob"}


@pytest.mark.parametrize(
    "names", first([("index.html", CHAPTER), ("data/codebook.html", "data/sources.html", "methods.html")])
)
def test_a_narrow_page_is_accessible_too(built, listening, names):
    page, seen = listening(width=320, height=700), {}
    for name in names:
        page.goto((built / name).as_uri())
        assert _faults(page, OTHERS) == [], name
        seen = page.evaluate(THIN, seen)
        assert _faults(page, COLOURS) == [], name


def test_axe_sees_a_fault(built, new_page):
    page = new_page()
    page.goto((built / "cite.html").as_uri())
    page.evaluate("document.querySelector('article').insertAdjacentHTML('beforeend', '<img src=x.png><h6>jump</h6>')")
    assert {"image-alt", "heading-order"} <= {rule for rule, _ in _faults(page, OTHERS)}
    page.evaluate("""() => document.querySelector('article').insertAdjacentHTML('beforeend', '<p>plain</p>'.repeat(9)
      + '<p style="color: #999">pale</p>' + '<p>a <a href="#x" style="color: #405060; text-decoration: none">link</a> in text</p>'.repeat(9))""")
    page.evaluate(THIN, {})
    assert {rule for rule, _ in _faults(page, COLOURS)} == {*CONTRAST}


def test_search_works_from_disk(built, listening):
    page = listening()
    page.goto((built / "index.html").as_uri())
    page.keyboard.press("Control+K")
    page.keyboard.type("convergence")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results li a")
    assert "index.html" in page.locator("#search-results li a").evaluate_all("all => all.map(a => a.href).join()")
    assert page.complaints == []


def test_the_sources_can_be_filtered_and_sorted_and_each_has_an_address(built, listening):
    page = listening()
    page.goto((built / "data" / "sources.html").as_uri())
    rows = page.locator("tbody tr:visible")
    every = rows.count()
    page.get_by_label("State").select_option(label="Turkmenistan")
    page.get_by_label("Year").select_option("2021")
    page.get_by_label("Words").press_sequentially("meeting avaza")
    chosen = rows.all_inner_texts()
    assert 0 < len(chosen) < every
    assert all("2021" in text and "avaza" in text.lower() and "meeting" in text.lower() for text in chosen)
    assert page.get_by_role("status").inner_text() == f"{len(chosen)} of {every} sources are shown."
    hidden = page.locator("tbody tr:not(:visible)").first.get_attribute("id")
    page.evaluate("id => { location.hash = id; }", hidden)
    page.wait_for_function("id => document.getElementById(id).getClientRects().length", arg=hidden)
    assert rows.count() == every, "a row that is asked for is shown"
    page.get_by_role("button", name="Year").click()
    years = page.locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert years == sorted(years)
    assert page.complaints == []


def test_on_a_phone_a_table_of_texts_is_read_row_by_row(built, new_page):
    """Each cell says its head, the table stays one for screen readers, and what the filter hides is hidden."""
    page = new_page(width=390, height=800)
    page.goto((built / "09_claims.html").as_uri())
    table = page.locator("table.stacked[role=table]", has_text="What has to hold").last
    cell = table.locator("td[role=cell]").first
    assert cell.get_attribute("data-head") == "What has to hold"
    assert cell.evaluate("e => getComputedStyle(e, '::before').content").startswith('"What has to hold')
    assert cell.bounding_box()["width"] > 300
    page.goto((built / "data" / "sources.html").as_uri())
    page.get_by_label("Words").press_sequentially("meeting avaza")
    assert 0 < page.locator("tbody tr:visible").count() < 50
    page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_function("() => !document.querySelector('table.stacked')")


@pytest.mark.parametrize(("columns", "scrolls"), [(4, False), (5, False), (9, True)])
def test_a_table_a_little_too_wide_is_seen_whole_and_only_a_wider_one_says_that_it_scrolls(new_page, columns, scrolls):
    page, site = new_page(), ROOT / "notebooks" / "site"
    row = "".join(f"<{{0}} style='min-width: 50px'>{number}</{{0}}>" for number in range(columns))
    page.set_content(
        f"<style>{(site / 'style.css').read_text()} td, th {{ box-sizing: content-box }}</style>"
        "<article class='bd-article'><div class='cell_output'><div class='output text_html' style='width: 300px'><table>"
        f"<thead><tr>{row.format('th')}</tr></thead><tbody><tr>{row.format('td')}</tr></tbody></table></div></div>"
        f"</article><script>{(site / 'scroll.js').read_text()}</script>"
    )
    box = page.locator(".text_html")
    assert ("scrolls" in box.get_attribute("class").split()) == scrolls
    assert box.evaluate("e => e.scrollWidth > e.clientWidth + 1") == scrolls


def test_without_scripts_all_sources_are_shown_and_nothing_that_does_nothing(built, new_page):
    page = new_page(java_script_enabled=False)
    page.goto((built / "data" / "sources.html").as_uri())
    assert page.locator("tbody tr:visible").count() == page.locator("tbody tr").count() > 100
    assert not page.locator("form.filter").is_visible()


@pytest.fixture(scope="module")
def address(built):
    """The report behind a server on this machine."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(built)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_served_report_works_under_its_policy(address, listening):
    page = listening()
    for name in ("index.html", CHAPTER, "search.html?q=convergence"):
        page.goto(f"{address}/{name}")
    page.wait_for_selector("#search-results li a")
    assert page.complaints == []
    assert {urlsplit(asked).netloc for asked in page.asked if not asked.startswith("data:")} == {
        urlsplit(address).netloc
    }


@pytest.mark.parametrize("served", [False, True], ids=["disk", "server"])
def test_the_policy_stops_foreign_scripts_and_requests(built, address, listening, served):
    page = listening()
    page.goto(f"{address}/{CHAPTER}" if served else (built / CHAPTER).as_uri())
    page.evaluate("""() => {
      const script = document.createElement('script'); script.textContent = 'window.pwned = 1'; document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="x.png" onerror="window.pwned = 1">');
      document.body.insertAdjacentHTML('beforeend', '<img src="http://127.0.0.1:9/x.png">');
    }""")
    page.wait_for_timeout(200)
    assert page.evaluate("window.pwned") is None
    assert sum("Content Security Policy" in complaint for complaint in page.complaints) >= 3


def test_the_keyboard_reaches_everything_and_shows_where_it_is(built, new_page):
    page = new_page()
    page.goto((built / CHAPTER).as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main-content"
    wanted = page.evaluate("""() => [...document.querySelectorAll('a[href], button, summary, input, [tabindex="0"]')]
      .filter(e => e.checkVisibility({visibilityProperty: true}) && e.tabIndex >= 0 && e.id !== 'pst-back-to-top').length""")
    reached = 1
    for _ in range(wanted + 20):
        page.keyboard.press("Tab")
        where = page.evaluate("""() => { const e = document.activeElement, s = getComputedStyle(e);
          return e === document.body ? null : [e.outerHTML.slice(0, 80),
            s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none']; }""")
        if where is None:
            break
        assert where[1], f"no visible focus: {where[0]}"
        reached += 1
    assert reached >= wanted > 50


def test_code_is_out_of_the_way_until_it_is_asked_for(built, new_page):
    """All of it by a switch at the top, one cell by its address."""
    page = new_page()
    page.goto((built / CHAPTER).as_uri())
    cells = page.locator("details.hide")
    assert cells.count() > 10
    assert not cells.evaluate_all("all => all.filter(e => e.checkVisibility()).length")
    link = page.locator("article a.code").first
    link.focus()
    page.keyboard.press("Enter")
    code = page.locator(link.get_attribute("href"))
    assert code.is_visible()
    assert "hierarchy." in code.inner_text()
    page.get_by_label("Show all code").focus()
    page.keyboard.press("Space")
    assert page.locator("details.hide[open]").count() == cells.count()
    page.keyboard.press("Space")
    assert not cells.evaluate_all("all => all.filter(e => e.checkVisibility()).length")


def test_without_scripts_the_code_opens_cell_by_cell(built, new_page):
    page = new_page(java_script_enabled=False)
    page.goto((built / CHAPTER).as_uri())
    assert not page.get_by_label("Show all code").is_visible()
    first = page.locator("details.hide").first
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    assert first.get_attribute("open") is not None


def test_letters_in_the_pictures_of_the_front_page_are_about_as_large_as_in_the_chapters(built, new_page):
    page = new_page()
    page.goto((built / "index.html").as_uri())
    shown = page.locator(".finding img").evaluate_all("all => all.map(i => i.clientWidth / i.naturalWidth)")
    assert shown and min(shown) > 0.8


def test_the_links_to_the_pages_before_and_after_are_not_cut_on_a_phone(built, new_page):
    page = new_page(width=390, height=800)
    for path in built.glob("state_*.html"):
        page.goto(path.as_uri())
        cut = page.locator(".prev-next-area a").evaluate_all("all => all.filter(a => a.scrollWidth > a.clientWidth)")
        assert not cut, path.name


def test_motion_is_left_out_where_it_is_not_wanted(built, new_page):
    page = new_page(reduced_motion="reduce")
    page.goto((built / CHAPTER).as_uri())
    moving = page.evaluate("""() => [...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);
      return s.animationName !== 'none' || s.transitionDuration.split(', ').some(d => parseFloat(d) > 0)
        || s.scrollBehavior === 'smooth'; }).length""")
    assert moving == 0


def test_the_page_explore_draws_what_is_chosen(built, listening):
    page = listening()
    page.goto((built / "compare.html").as_uri())
    chart = page.locator(".explore-chart svg")
    chart.wait_for()
    page.wait_for_load_state()
    assert chart.locator("path").count() > 10, "the layer of marks over other figures leaves it alone"
    assert chart.evaluate("svg => getComputedStyle(svg).position") == "static"
    said = page.locator("#explore-lines [role=status]")
    page.locator("#explore-measure").select_option("export")
    page.locator("#explore-state").select_option("UZB")
    assert page.get_by_role("checkbox", name="Uzbekistan").is_disabled(), "a state is no partner of itself"
    page.get_by_role("checkbox", name="China").uncheck()
    assert "Exports to the partner, Uzbekistan" in said.inner_text()
    assert "measure=export" in page.url
    page.locator("#explore-lines summary").click()
    heads = page.locator(".explore-chart ~ details th[scope=col]").all_inner_texts()
    assert any(head.startswith("Russia (") for head in heads)
    assert not any(head.startswith("China") for head in heads)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download these numbers (CSV)").click()
    lines = download.value.path().read_text().splitlines()
    assert lines[0] == "measure,state,partner,series,year,value"
    assert len(lines) > 20 and {line.split(",")[1] for line in lines[1:]} == {"UZB"}
    page.locator("#explore-measure").select_option("ties")
    assert "Nothing is known" in said.inner_text(), "of ties with Russia nothing was searched"
    assert page.get_by_role("checkbox", name="Russia").is_disabled()
    page.get_by_role("checkbox", name="Kazakhstan").check()
    page.wait_for_selector(".explore-chart svg")
    assert page.complaints == []
    assert all(address.startswith(("file:", "data:", "blob:")) for address in page.asked)


def test_every_line_of_the_page_explore_stands_out_from_a_dark_page(built, new_page):
    page = new_page(dark=True)
    page.goto((built / "compare.html").as_uri())
    lines = page.locator(".explore-chart svg .mark-line path")
    lines.first.wait_for()
    for colour in lines.evaluate_all("all => all.map(one => getComputedStyle(one).stroke)"):
        red, green, blue = (int(part) / 255 for part in re.findall(r"\d+", colour))
        assert 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2 > 0.24, colour  # 5 to 1


def test_the_map_over_the_years_is_moved_by_key_says_what_it_shows_and_plays(built, listening):
    page = listening()
    page.goto((built / "compare.html").as_uri() + "#map=ties&of=KAZ&year=2012")
    place, slider, said = (
        page.locator(f"#explore-map {one}") for one in ("> svg[role=img]", "#map-year", "[aria-live]")
    )
    fills = "e => [...e.querySelectorAll('path')].map(p => p.getAttribute('class') + getComputedStyle(p).fill).sort()"
    before = place.evaluate(fills)
    assert "friendship: Uzbekistan" in said.inner_text()
    assert place.get_attribute("aria-label") == said.inner_text()
    assert any("map-none" in one for one in before), "none found has a pattern of its own"
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert "Kazakhstan, by the end of 2013" in said.inner_text()
    assert "strategic: Uzbekistan" in said.inner_text()
    assert "year=2013" in page.url
    assert place.evaluate(fills) != before
    page.locator("#explore-map summary").click()
    assert "Uzbekistan\tstrategic" in page.locator("#explore-map tbody").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all years (CSV)").click()
    lines = download.value.path().read_text().splitlines()
    assert lines[0] == "measure,state,partner,year,value"
    assert "ties,KAZ,UZB,2013,2" in lines
    page.get_by_role("button", name="Play the years").click()
    page.wait_for_function("() => document.querySelector('#map-year').value > 2013")
    assert said.get_attribute("aria-live") == "off", "a sentence for each year would talk over the next"
    page.get_by_role("button", name="Stop").click()
    assert said.get_attribute("aria-live") == "polite"
    page.locator("#map-measure").select_option("visits")
    page.locator("#map-state").select_option("TJK")
    assert "Visits of heads of state: Tajikistan" in said.inner_text()
    page.emulate_media(reduced_motion="reduce")
    page.get_by_role("button", name="Play the years").wait_for(state="hidden")
    assert page.complaints == []


def test_without_scripts_the_map_of_the_last_year_stands_still(built, new_page):
    page = new_page(java_script_enabled=False)
    page.goto((built / "compare.html").as_uri())
    assert "Map of the ties of Kazakhstan" in page.locator("noscript img").get_attribute("alt")
    assert page.locator("noscript img").evaluate("e => e.naturalWidth") > 100


def test_a_table_sorts_by_the_head_that_is_pressed(built, listening):
    page = listening()
    page.goto((built / "10_together.html").as_uri())
    head = page.locator("th button.sort").nth(1)
    column = head.evaluate("e => e.closest('th').cellIndex")
    cells = f"e => [...e.closest('table').tBodies[0].rows].map(r => r.cells[{column}].textContent.trim())"
    before = head.evaluate(cells)
    head.click()
    assert head.evaluate("e => e.closest('th').getAttribute('aria-sort')") == "ascending"
    rising = head.evaluate(cells)
    assert sorted(rising) == sorted(before)
    head.click()
    falling = head.evaluate(cells)
    assert [cell for cell in falling if cell] == [cell for cell in reversed(rising) if cell] or len(set(rising)) < len(
        rising
    )
    assert page.complaints == []


def test_a_column_of_dates_sorts_by_time(built, new_page):
    page = new_page()
    page.goto((built / "pair_KAZ-TKM.html").as_uri())
    head = page.locator("th button.sort", has_text="Date").first
    days = "e => [...e.closest('table').querySelectorAll('tbody th time')].map(day => day.dateTime)"
    head.click()
    head.click()
    falling = head.evaluate(days)
    assert len(falling) > 3 and falling == sorted(falling, reverse=True)


def test_the_brief_has_two_pages(built, tmp_path, browser):
    from pypdf import PdfReader

    from notebookcollection.publishing.printing import print_page

    print_page(built / "brief.html", tmp_path / "brief.pdf")
    printed = PdfReader(tmp_path / "brief.pdf")
    assert len(printed.pages) <= 2
    text = " ".join(" ".join(page.extract_text() for page in printed.pages).split())
    assert "Open:" in text
    assert "No full text of these concepts was read" in text


FIGURE = "ties-steps"
NAMED = [[100, 300, 30, 40, "one"], [90, 290, 400, 300, "around it"], [600, 600, 30, 40, "<b>three</b>"]]


@pytest.fixture
def marked(built, tmp_path):
    """The address of a page of the report with a figure that names its marks, as one that is made for readers does."""
    for other in built.iterdir():
        (tmp_path / other.name).symlink_to(other)
    page = tmp_path / "05_ties.html"
    page.unlink()
    page.write_text(lay_marks((built / page.name).read_text(), {FIGURE: [NAMED]}))
    return page.as_uri()


def _place(page, mark):
    """The middle of a mark in the window."""
    layer = page.locator(f"#{FIGURE} svg.mark-layer")
    layer.scroll_into_view_if_needed()
    box, (x, y, width, height, _words) = layer.bounding_box(), mark
    return box["x"] + box["width"] * (x + width / 2) / 1000, box["y"] + box["height"] * (y + height / 2) / 1000


def test_marks_say_what_they_are_to_the_pointer_and_the_keyboard(marked, listening):
    page = listening()
    page.goto(marked)
    words, layer = page.locator(".mark-words"), page.get_by_role("slider", name="Marks of this figure")
    page.mouse.move(*_place(page, NAMED[0]))
    assert words.inner_text() == "one", "the smallest of those at a place"
    page.mouse.move(*_place(page, NAMED[1]))
    assert words.inner_text() == "around it"
    page.mouse.move(5, 5)
    assert not words.is_visible()
    layer.focus()
    page.keyboard.press("End")
    assert words.inner_text() == layer.get_attribute("aria-valuetext") == "<b>three</b>"
    assert _faults(page, RULES) == []
    page.keyboard.press("ArrowLeft")
    assert words.inner_text() == "around it"
    page.keyboard.press("Escape")
    assert not words.is_visible()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.matches('svg, svg *')"), "one place to stop at"
    page.emulate_media(media="print")
    assert not page.locator("svg.mark-layer").is_visible()
    assert page.complaints == []


def test_marks_say_what_they_are_to_a_finger_and_without_scripts(marked, new_page):
    page = new_page(width=390, has_touch=True)
    page.goto(marked)
    x, y = _place(page, NAMED[0])
    page.touchscreen.tap(x - 20, y)  # a finger is not exact
    assert page.locator(".mark-words").inner_text() == "one"
    box = page.locator(".mark-words").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    plain = new_page(java_script_enabled=False)
    plain.goto(marked)
    assert plain.locator("svg.mark-layer rect > title").all_text_contents() == [words for *_box, words in NAMED]


SHOWN = """() => [...document.querySelectorAll('article picture img')].map(image => [image.currentSrc,
  image.naturalWidth, image.getBoundingClientRect().width, image.closest('figure, p').clientWidth])"""


def test_a_phone_shows_drawings_that_fit_into_its_column(built, new_page, tmp_path):
    for other in built.iterdir():
        if other.name != FIGURES:
            (tmp_path / other.name).symlink_to(other)
    shutil.copytree(built / FIGURES, tmp_path / FIGURES, ignore=shutil.ignore_patterns("*.png", "*.csv"))
    names = [path.name for path in (tmp_path / FIGURES).glob("*.svg")]
    (tmp_path / FIGURES / NARROW).mkdir(exist_ok=True)
    width = round(72 * (NARROW_INCHES + 2 * MARGIN))
    for name in names:
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="300pt"></svg>'
        (tmp_path / FIGURES / NARROW / name).write_text(drawing)
    page = new_page(width=390)
    for name in ("index.html", CHAPTER):
        (tmp_path / name).unlink()
        (tmp_path / name).write_text(offer_narrow((built / name).read_text(), names))
        page.set_viewport_size({"width": 390, "height": 800})
        page.goto((tmp_path / name).as_uri())
        shown = page.evaluate(SHOWN)
        assert shown
        for address, natural, drawn, column in shown:
            assert f"/{FIGURES}/{NARROW}/" in address, address
            assert 0.95 * natural < drawn <= column, f"{address}: {drawn:.0f} of {natural} pixels in {column}"
        page.emulate_media(media="print")
        page.wait_for_function(f"() => ![...document.images].some(image => image.currentSrc.includes('/{NARROW}/'))")
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 1280, "height": 800})
        page.wait_for_function(f"() => ![...document.images].some(image => image.currentSrc.includes('/{NARROW}/'))")
        assert all(f"/{FIGURES}/" in address for address, *_sizes in page.evaluate(SHOWN))
