import pytest
from conftest import assert_prose
from matplotlib import rc_context
from matplotlib.colors import to_hex
from matplotlib.text import Text

from centralasia import load, pairs, ties, using
from centralasia.figures.style import MARGIN, STYLE

CASES = [
    (function, (pair, *years))
    for pair in ("KAZ-TKM", "AZE-KAZ")
    for function, years in (
        (pairs.level_steps, (1992, 2025)),
        (pairs.visit_lanes, ()),
        (pairs.milestone_lanes, (1992, 2025)),
        (pairs.theme_grid, ()),
        (pairs.denominator_grid, ()),
    )
]


@pytest.mark.slow
@pytest.mark.parametrize(("function", "arguments"), CASES, ids=lambda x: getattr(x, "__name__", None))
def test_figures_fit_and_describe_themselves(function, arguments):
    made = function(*arguments)
    canvas = made._canvas
    with rc_context(STYLE):
        box = made._box
    texts = [t for t in canvas.findobj(Text) if t.get_text().strip() and t.get_visible()]
    assert canvas.get_size_inches()[0] == pytest.approx(6.6)
    assert min(t.get_fontsize() for t in texts) >= 8.5
    assert box.width <= 6.6 * 1.03 + 2 * MARGIN
    assert made.data is not None
    for words in (made.title, made.alt_text, made.caption):
        assert_prose(words)


@pytest.mark.slow
def test_the_title_of_steps_follows_the_rows(edit):
    data = edit(
        "ties.csv",
        "kgz-tkm-2018-08-23,KGZ-TKM,2018-08-23,,signature,declaration,strategic",
        "kgz-tkm-2018-08-23,KGZ-TKM,2018-08-23,,signature,treaty,alliance",
    )
    with using(data):
        assert pairs.level_steps("KGZ-TKM", 1992, 2025).title == "Kyrgyzstan–Turkmenistan in 2025: alliance, since 2018"


@pytest.mark.slow
def test_only_held_visits_of_heads_of_state_are_drawn_full():
    made = pairs.visit_lanes("KAZ-UZB")
    drawn, faces = made.data, [to_hex(marks.get_facecolor()[0]) for marks in made._canvas.axes[0].collections]
    full = drawn[(drawn["status"] == "held") & (drawn["guest_rank"] == "head_of_state")]
    assert len(faces) == len(drawn) > len(full)
    assert len(faces) - faces.count("#ffffff") == len(full)
    assert f"At least {len(full)} visits" in made.title


@pytest.mark.slow
@pytest.mark.parametrize("pair", ["AZE-KAZ", "AZE-UZB"])
def test_what_is_not_there_is_said_instead_of_drawn(pair):
    for function, arguments in (
        (pairs.level_steps, (pair, 1992, 2025)),
        (pairs.visit_lanes, (pair,)),
        (pairs.theme_grid, (pair,)),
    ):
        made = function(*arguments)
        assert not made._canvas.axes
        assert made.image("image/svg+xml").startswith("<?xml")
        assert made._canvas.get_suptitle() == ""
        assert "found" in made.title or "holds no" in made.title


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_each_type_of_visit_has_a_letter_of_its_own(language):
    types = load("visits")["type"].cat.categories
    with using(language=language):
        assert len({ties.visit_type(kind)[0].upper() for kind in types}) == len(types)
