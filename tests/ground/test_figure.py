import colorsys
import itertools
import logging
import re

import matplotlib
import matplotlib.style
import numpy as np
import pandas as pd
import pytest
from shown_figures import ONE_OF_EACH, drawn
from sweeps import first

from centralasia import economies, hierarchy, load, ties
from centralasia.figures import Drawing, Figure, figure
from centralasia.figures.letters import fill_lines, fitting_size
from centralasia.figures.style import RULE, darken_to_contrast, text_colour_on
from centralasia.names import OTHER, colour, short_name

EDITIONS = ["kaz-2014", "kaz-2020-draft", "kaz-2020"]

# Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB.
_SIMULATIONS = {
    "none": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def _linear(code):
    rgb = np.array([int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def _luminance(code):
    return float(np.dot([0.2126, 0.7152, 0.0722], _linear(code)))


def _lab(linear):
    """CIE L*a*b*, D65, of linear sRGB."""
    matrix = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = np.asarray(matrix) @ np.clip(linear, 0, 1) / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def _coloured():
    return load("actors").dropna(subset="colour").set_index("actor")["colour"]


@pytest.mark.parametrize("shade", sorted({*_coloured(), OTHER}))
def test_every_colour_stands_out_from_white(shade):
    assert 1.05 / (_luminance(shade) + 0.05) >= 3


def _contrast(one, other="white"):
    high, low = sorted((_luminance(matplotlib.colors.to_hex(c)) for c in (one, other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


# What stands on another colour than white, and so is not compared with it.
GROUNDS = {"ties.level_map": "#e6e4df"}
# Each pale cell says in words or numbers what its shade says.
WORDS_ON = {"meetings.naming_matrix", "ties.visit_grid", "hierarchy.relationship_labels", "economies.window_grid"}
WORDS_ON |= {"synthesis.pair_matrix", "speeches.pairs_map"}


def _seen(artist):
    """The colours of which at least one has to stand out from white, artist by artist."""
    from matplotlib.collections import Collection
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    rule = matplotlib.colors.to_rgba(RULE)
    if isinstance(artist, Line2D):
        shades = [artist.get_color()] if artist.get_linestyle() != "None" else [artist.get_markeredgecolor()]
        return [] if matplotlib.colors.to_rgba(shades[0]) == rule else [shades]
    if isinstance(artist, Collection):
        faces, edges = artist.get_facecolor(), artist.get_edgecolor()
        rows = max(len(faces), len(edges))
        pairs = [[part[i % len(part)] for part in (faces, edges) if len(part)] for i in range(rows)]
        return [[c for c in pair if c[3] > 0.9] or pair for pair in pairs]
    if isinstance(artist, Patch):
        outlined = (artist.get_linewidth() > 0 or artist.get_hatch()) and artist.get_edgecolor()[3] > 0
        return [[artist.get_facecolor()] + [artist.get_edgecolor()] * bool(outlined)]
    return []


@pytest.mark.slow
@pytest.mark.parametrize("call", first(ONE_OF_EACH, 15), ids=str)
def test_what_a_figure_draws_stands_out(call):
    """Text has 4.5 to 1 against its ground, marks, lines and the edges of areas 3 to 1; grid lines only guide."""
    canvas, name = drawn(call)._canvas, call.name
    ground, words_on = GROUNDS.get(name, "white"), name in WORDS_ON
    texts = [t for t in canvas.findobj(matplotlib.text.Text) if t.get_text() and t.get_visible()]
    shades = {t.get_text(): t.get_color() for t in texts if t.get_color() != "white"}
    assert not {text for text, shade in shades.items() if _contrast(shade, ground) < 4.5}
    for artist in (a for one in canvas.axes for a in [*one.lines, *one.collections, *one.patches]):
        if artist.get_alpha() is not None and words_on:
            continue
        for shades in _seen(artist):
            strongest = max((_contrast(shade) for shade in shades), default=21)
            assert strongest >= 3 or words_on or (name in GROUNDS and artist.get_zorder() < 3), (artist, shades)


def test_words_on_colours_can_be_read():
    for shade in {*_coloured(), OTHER, "#4f9196", (0.5,) * 3}:
        assert _contrast(text_colour_on(shade), shade) >= 4.5, shade
        assert _contrast(darken_to_contrast(shade)) >= 4.5, shade
    assert darken_to_contrast("#224400") == "#224400"


@pytest.mark.parametrize("vision", _SIMULATIONS)
def test_the_states_of_the_region_are_told_apart(vision):
    """Members that share figures differ for colour-blind readers by more than a just noticeable difference."""
    members = load("memberships").query("region == 'C6'")["actor"]
    shades = {a: _lab(np.asarray(_SIMULATIONS[vision]) @ _linear(colour(a))) for a in members}
    for (a, one), (b, other) in itertools.combinations(shades.items(), 2):
        assert np.linalg.norm(one - other) > 10, f"{a} and {b} look alike with {vision}"


def test_actors_without_a_colour_are_grey():
    assert colour("MNG") == OTHER
    assert colour("KAZ") == _coloured()["KAZ"]
    assert colorsys.rgb_to_hls(*_linear(OTHER))[2] == 0
    assert short_name("CA4") == "Central Asia"


@pytest.mark.slow
def test_images_are_the_same_bytes_at_every_drawing():
    one, other = (hierarchy.order_chart(EDITIONS, "CA4") for _ in range(2))
    assert one._repr_mimebundle_() == other._repr_mimebundle_()


@pytest.mark.slow
def test_a_figure_says_what_it_shows():
    drawn = hierarchy.order_chart(EDITIONS, "CA4")
    data, metadata = drawn._repr_mimebundle_()
    assert data["text/plain"] == f"{drawn.title}\n{drawn.alt_text}"
    assert metadata["figure"]["alt"] == drawn.alt_text
    for name in ("Russia", "China", "Central Asia", "Africa"):
        assert name in drawn.alt_text
    assert len(data["text/csv"].splitlines()) == len(drawn.data) + 1


@pytest.mark.slow
def test_drawing_leaves_the_settings_alone():
    before = dict(matplotlib.rcParams)
    hierarchy.order_chart(EDITIONS, "CA4")
    assert dict(matplotlib.rcParams) == before


def test_a_figure_measures_its_words_once():
    @figure
    def drawing(canvas):
        canvas.subplots().set_ylabel("word")
        return Drawing("title", "words", "caption", pd.DataFrame())

    canvas = drawing()._canvas.canvas
    assert canvas.get_renderer() is canvas.get_renderer()  # which keeps what it has measured


@pytest.mark.slow
def test_a_figure_is_saved_as_png_and_svg(tmp_path):
    @figure
    def drawing(canvas):
        canvas.subplots().plot([0, 1])
        return Drawing("title", "words", "caption", load("actors"), sources=[load("ties").head(2)["source"]])

    drawn = drawing()
    assert isinstance(drawn, Figure)
    assert re.fullmatch(r"caption Sources: .+ \d{4} and .+ \d{4}\.", drawn.caption)
    assert drawn._canvas.get_suptitle() == "title"
    drawn.save(tmp_path / "a.png")
    drawn.save(tmp_path / "a.svg")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    text = (tmp_path / "a.svg").read_text()
    assert "<svg" in text
    assert "dc:date" not in text


@pytest.mark.slow
@pytest.mark.parametrize(
    "draw",
    [
        lambda: hierarchy.order_chart(EDITIONS, "CA4"),
        lambda: economies.growth_scatter(economies.panel("gdp_pc_ppp", "C5", 1991, 2024), "KAZ"),
        lambda: ties.visit_grid("C5", "KAZ", 1992, 2025),
    ],
)
def test_what_the_user_has_set_changes_no_figure(draw):
    usual = draw().image("image/svg+xml")
    own = {"figure.dpi": 200, "svg.fonttype": "none", "text.color": "red", "path.simplify": False}
    with matplotlib.style.context(["classic", "dark_background", own]):
        assert draw().image("image/svg+xml") == usual
        assert matplotlib.rcParams["text.color"] == "red", "it is theirs again"


def test_matplotlib_tells_of_its_caches_in_no_notebook(caplog):
    for name in ("matplotlib", "matplotlib.font_manager"):
        logging.getLogger(name).warning("Matplotlib is building the font cache; this may take a moment.")
        logging.getLogger(name).warning("findfont: Font family %r not found.", "x")
    assert [record.getMessage() for record in caplog.records] == ["findfont: Font family 'x' not found."] * 2


@pytest.mark.parametrize(
    ("words", "letters", "lines"),
    [
        ("share of 8 % of all", 10, ["share of", "8\u00a0% of all"]),
        ("өсімі 8 %-ға дейін", 8, ["өсімі", "8\u00a0%\u2011ға", "дейін"]),
        ("between 8\u00a0% and 9\u00a0%", 9, ["between", "8\u00a0% and", "9\u00a0%"]),
        ("Қазақстан АҚШ-тың", 14, ["Қазақстан", "АҚШ\u2011тың"]),
        ("5 %, all in one line", 30, ["5 %, all in one line"]),
    ],
)
def test_no_line_of_a_figure_ends_where_none_may(words, letters, lines):
    assert fill_lines(words, letters).split("\n") == lines


@pytest.mark.slow
def test_names_and_labels_on_narrow_screens_are_broken_where_they_may():
    @figure
    def drawing(canvas):
        axes = canvas.subplots()
        axes.set_yticks([0, 1], ["states that have 8 % or more", "a"])
        axes.set_ylabel("Share of the trade of all the states of a region that is left, 95 % interval, " * 2)
        axes.set_xlabel("Share of the trade of all the states of a region that is left, 95 % interval")
        return Drawing("title", "words", "caption", pd.DataFrame())

    axes = drawing().narrow._canvas.axes[0]
    for text in (axes.get_yticklabels()[0], axes.xaxis.label, axes.yaxis.label):
        assert "\n" in text.get_text() and re.search(r"\d\u00a0%", text.get_text())


def test_a_number_and_its_sign_are_one_word_when_letters_are_fitted():
    assert fitting_size(["47\u00a0%"], 10, 20) < fitting_size(["47 %"], 10, 20)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("heads", "drawn_as"),
    [
        (["since 1991", "since 2000", "since 2012"], ["since\n1991", "since\n2000", "since\n2012"]),
        ([f"{year}–\n{year + 4}" for year in range(1990, 2025, 3)], [f"{y}–{y + 4}" for y in range(1990, 2025, 3)]),
    ],
)
def test_heads_that_touch_are_broken_into_lines_or_stand_upright_in_one(heads, drawn_as):
    @figure
    def drawing(canvas):
        axes = canvas.subplots()
        axes.set_xticks(range(len(heads)), heads)
        axes.set_yticks([0], ["a row with a long name"])
        return Drawing("title", "words", "caption", pd.DataFrame())

    assert [label.get_text() for label in drawing().narrow._canvas.axes[0].get_xticklabels()] == drawn_as
