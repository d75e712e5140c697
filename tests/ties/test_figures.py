import functools
import itertools
import re

import numpy as np
import pytest
from conftest import assert_prose
from matplotlib import rc_context
from matplotlib.colors import to_hex, to_rgb
from matplotlib.text import Text

from centralasia import DataError, cite, ties, using
from centralasia.figures.style import MARGIN, STYLE
from centralasia.names import colour, level_name
from centralasia.regions import members, pairs
from centralasia.ties.marks import level_style
from datacontract.contract import rows
from datacontract.errors import ChoiceError

PAIRS = pairs("C5")
SCALE = ["friendship", "strategic", "deepened_strategic", "alliance"]
CASES = [
    (ties.level_steps, ("C5", "KAZ", 1992, 2025)),
    (ties.level_steps, ("C6", "AZE", 2010, 2026)),
    (ties.level_shares, ("C5", 1992, 2025)),
    (ties.level_shares, ("CM", 2015, 2025)),
    (ties.level_map, ("C6", "UZB", 2016)),
    (ties.visit_grid, ("C5", "TKM", 1992, 2025)),
    (ties.visit_grid, ("EUR4", "FRA", 2000, 2025)),
    (ties.milestone_lanes, ("C6", "TKM", 1992, 2026)),
    (ties.outside_grid, ("C5", ties.OUTSIDE, 2026)),
]


@functools.cache
def _drawn(function, *arguments):
    """A figure, its canvas after the layout, and the box around it, without writing an image."""
    made = function(*arguments)
    with rc_context(STYLE):
        return made, made._canvas, made._box


@pytest.mark.slow
@pytest.mark.parametrize(("function", "arguments"), CASES, ids=lambda x: getattr(x, "__name__", None))
def test_figures_fit_and_describe_themselves(function, arguments):
    made, canvas, box = _drawn(function, *arguments)
    texts = [t for t in canvas.findobj(Text) if t.get_text().strip() and t.get_visible()]
    assert canvas.get_size_inches()[0] == pytest.approx(6.6)
    assert min(t.get_fontsize() for t in texts) >= 8.5
    assert box.width <= 6.6 * 1.03 + 2 * MARGIN
    assert made.data is not None
    for words in (made.title, made.alt_text, made.caption):
        assert_prose(words)


@pytest.mark.slow
def test_every_pair_and_every_signature_is_in_the_description():
    made, _, _ = _drawn(ties.level_steps, "C5", "KAZ", 1992, 2025)
    acts = ties.signatures(PAIRS)
    acts = acts[acts["date"] < "2026"]
    for act in acts.itertuples():
        assert f"{level_name(act.level)} {act.date}" in made.alt_text
    assert made.title == "By 2025, 4 of 10 pairs had reached alliance"
    assert len(made.data[made.data["date"] < "2026"]) == len(acts)


@pytest.mark.slow
def test_the_description_of_steps_follows_the_rows(edit):
    data = edit(
        "ties.csv",
        "kgz-tkm-2018-08-23,KGZ-TKM,2018-08-23,,signature,declaration,strategic",
        "kgz-tkm-2018-08-23,KGZ-TKM,2018-08-23,,signature,treaty,alliance",
    )
    with using(data):
        made = ties.level_steps("C5", "KAZ", 1992, 2025)
    assert "Kyrgyzstan–Turkmenistan: alliance 2018-08-23 (treaty)" in made.alt_text
    assert made.title == "By 2025, 5 of 10 pairs had reached alliance"
    with using(data):
        assert ties.level_shares("C5", 2020, 2025).data["alliance"].iloc[-1] == 0.5


@pytest.mark.slow
@pytest.mark.parametrize(("state", "year"), [*((state, 2025) for state in members("C6")), ("UZB", 2000)])
def test_names_on_the_map_do_not_overlap(state, year):
    _, canvas, _ = _drawn(ties.level_map, "C6", state, year)
    boxes = {t.get_text(): t.get_window_extent() for t in canvas.axes[0].texts}
    for (one, a), (other, b) in itertools.combinations(boxes.items(), 2):
        assert not a.overlaps(b), f"{one!r} and {other!r}"
    assert {text.splitlines()[0] for text in boxes} >= {
        "Kazakhstan",
        "Kyrgyzstan",
        "Tajikistan",
        "Turkmenistan",
        "Uzbekistan",
    }


@pytest.mark.slow
def test_the_map_shows_the_chosen_state_and_shades_that_rise_with_the_level():
    made = ties.level_map("C5", "KAZ", 2025)
    assert colour("KAZ") in {to_hex(p.get_facecolor()) for p in made._canvas.axes[0].patches}
    assert made.data.set_index("state")["level"].to_dict() == {
        s: ties.level_at(f"KAZ-{s}", 2025).level for s in ("KGZ", "TJK", "TKM", "UZB")
    }
    assert "Turkmenistan: deepened strategic, 2024" in made.alt_text
    greys = [np.dot(to_rgb(level_style(level)["facecolor"]), [0.299, 0.587, 0.114]) for level in (None, *SCALE)]
    assert greys == sorted(greys, reverse=True)
    assert min(np.diff(greys[::-1])) > 0.08
    assert len({level_style(level)["hatch"] for level in (None, *SCALE)}) == 5


def test_the_map_is_read_through_the_contract(data_copy):
    shapes = ties.load_map()
    assert set(members("C6")) <= set(shapes)
    assert all(shape.vertices.shape[1] == 2 and len(shape.vertices) > 3 for shape in shapes.values())
    assert len(cite([ties.MAP_SOURCE])) == 1
    (data_copy / "map_central_asia.geojson").write_text('{"features": [{}]}', encoding="utf-8")
    with using(data_copy), pytest.raises(DataError, match=r"map_central_asia\.geojson: cannot be read as a map"):
        ties.load_map()


def test_the_map_refuses_who_does_not_belong():
    with pytest.raises(ChoiceError, match="state 'AZE' is no member of CM in 2024.*allowed: KAZ"):
        ties.level_map("CM", "AZE", 2024)


@pytest.mark.slow
def test_visits_of_a_single_year_are_counted_in_whole_numbers():
    made = ties.visit_grid("C5", "KGZ", 2025, 2025)
    held = [r for r in rows("visits") if r["pair"] == "KAZ-TKM" and r["date"].startswith("2025")]
    leaders = [r for r in held if r["status"] == "held" and r["guest_rank"] == "head_of_state"]
    assert f"Kazakhstan–Turkmenistan: 2025 {len(leaders)}." in made.alt_text
    assert ".0" not in made.alt_text
    assert not [t for t in made._canvas.axes[0].texts if "." in t.get_text()]


def test_where_no_visit_was_found_there_are_words_and_no_axes():
    made, _, _ = _drawn(ties.visit_grid, "EUR4", "FRA", 2000, 2025)
    assert not made._canvas.axes
    assert made._canvas.get_suptitle() == ""
    assert made.title == "No visit between these states was found for 2000 to 2025."


@pytest.mark.slow
def test_a_pair_that_nobody_searched_is_never_one_of_which_none_was_found():
    for made in (
        ties.level_steps("C6", "AZE", 2010, 2025),
        ties.level_map("C6", "KAZ", 2025),
        ties.visit_grid("C6", "AZE", 2010, 2025),
    ):
        told = [words for words in re.split("[.;] ", made.alt_text) if "Azerbaijan" in words and ":" in words]
        assert told
        assert all("not searched" in words for words in told), told
        assert "none found" not in made.alt_text
    assert ties.level_shares("C6", 2020, 2025).data["not searched"].tolist() == pytest.approx([5 / 15] * 6)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("draw", "place"),
    [(ties.level_map, ("KAZ", 2025)), (ties.level_map, ("KAZ", 2000)), (ties.level_shares, (2020, 2025)),
     (ties.visit_grid, ("KAZ", 2010, 2025))],
)  # fmt: skip
def test_a_caption_explains_the_fillings_that_are_drawn_and_no_others(draw, place):
    for region, searched in (("C5", True), ("C6", False)):
        made = draw(region, *place)
        assert ("nobody searched" in made.caption) is not searched
        assert ("Filled with dots" in made.caption) is ("none found" in made.alt_text and draw is not ties.visit_grid)


@pytest.mark.slow
def test_the_shares_say_how_many_are_firm():
    made = ties.level_shares("C5", 1992, 2025)
    assert made.title == "By 2025, 8 of 10 pairs, 6 of them by firm evidence, had reached deepened strategic or higher"


@pytest.mark.slow
def test_the_control_group_tells_signed_from_said():
    made = ties.outside_grid("C5", ties.OUTSIDE, 2026)
    assert made.title == "30 relations with outsiders: 1 signed and 7 declared labels known; nobody searched"
    assert "Kazakhstan with Russia: alliance, 2025" in made.alt_text
    assert "Uzbekistan with Russia: alliance*, 2016" in made.alt_text
    assert ties.outside_grid("EUR4", [], 2025).title == "There is no outside partner to compare with."
