import json
import re
import string

import pytest

from centralasia import DataError, hierarchy, load, ties, votes
from centralasia.names import short_name
from datacontract import context, contract, labels
from datacontract.check import check
from notebookcollection import headings

EDITIONS = ["kaz-2014", "kaz-2020-draft", "kaz-2020"]
TEMPLATES = ("sentence", "figure")


@pytest.fixture
def speak(monkeypatch):
    """Sets the language of the environment, and the data folder if one is given."""

    def speaking(language, folder=None):
        monkeypatch.setenv(context.LANGUAGE_VARIABLE, language)
        if folder:
            monkeypatch.setenv(context.FOLDER_VARIABLE, str(folder))

    return speaking


def _texts(language):
    return {(r["kind"], r["code"]): r["text"] for r in contract.rows("labels") if r["language"] == language}


def _fields(text):
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_what_the_figures_show_most_has_a_name(language):
    found = _texts(language)
    wanted = [("actor", code) for code in contract.distinct("actors.actor")]
    wanted += [("indicator", code) for code in contract.distinct("indicator_definitions.indicator")]
    wanted += [("unit", code) for code in contract.distinct("indicator_definitions.unit")]
    wanted += [("domain", code) for code in contract.distinct("domains.domain")]
    wanted += [("level", code) for code in contract.field("priorities", "level")["constraints"]["enum"]]
    wanted += [key for key in _texts("en") if key[0] in TEMPLATES]
    assert [key for key in wanted if key not in found] == []


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_text_has_the_same_fields_in_every_language(language):
    english, other = _texts("en"), _texts(language)
    for key in english.keys() & other.keys() - {("number", "example")}:
        assert _fields(other[key]) == _fields(english[key]), key


def test_every_text_is_used(root):
    code = "".join(p.read_text(encoding="utf-8") for p in (root / "src").rglob("*.py"))
    # A code is written out, or put together from its first part and a variable.
    begun = set(re.findall(r'"([a-z_]+\.)\{|\b\w+\(f?[\'"]([a-z_]+\.)\{', code))
    begun = {part for pair in begun for part in pair if part}
    unused = [c for kind, c in _texts("en") if kind in TEMPLATES and f'"{c}"' not in code and f"'{c}'" not in code]
    assert [c for c in unused if c[: c.index(".") + 1] not in begun] == []


def test_every_heading_is_translated_and_no_other(root):
    notebooks = {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in (root / "notebooks").glob("*.ipynb")}
    cells = [
        (name, cell["id"])
        for name, notebook in notebooks.items()
        for cell in notebook["cells"]
        if cell["cell_type"] == "markdown" and "".join(cell["source"]).startswith("#")
    ]
    page = (root / "notebooks" / "site" / "index.md").read_text(encoding="utf-8")
    of_page = {
        "index#" + re.sub(r"\W+", "-", h.lower()).strip("-") for h in re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    }
    settings = (root / "notebooks" / "collection.toml").read_text(encoding="utf-8")
    for language in ("ru", "kk"):
        codes = {code for kind, code in _texts(language) if kind == "heading"}
        used = {code for name, cell in cells for code in (f"{name}#{cell}", cell) if code in codes}
        assert [cell for cell in cells if not codes & {"#".join(cell), cell[1]}] == []
        assert of_page <= codes
        assert [c for c in codes - used - of_page if f'name = "{c}"' not in settings] == []


def test_names_are_spoken_in_figures_and_english_elsewhere(speak):
    speak("ru")
    assert short_name("KAZ") == "Kazakhstan"
    drawn = hierarchy.bump_chart(EDITIONS, "CA4")
    assert "1 Россия, 2 Китай, 3 Центральная Азия" in drawn.alt_text
    assert drawn._repr_mimebundle_()[1]["figure"]["language"] == "ru"
    assert not re.search("[A-Za-z]{3}", drawn.title)
    assert "союзничество 40\u00a0%" in ties.level_shares("C5", 1992, 2025).alt_text
    assert "Russia" in hierarchy.moves(EDITIONS)


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_names_at_the_left_of_the_order_keep_away_from_the_axis(speak, language):
    speak(language)
    canvas = hierarchy.bump_chart(EDITIONS, "CA4")._canvas
    canvas.draw_without_rendering()
    axes = canvas.axes[0]
    names = [text for text in axes.texts if text.get_ha() == "right"]
    assert len(names) == 5
    assert min(name.get_window_extent().x0 for name in names) - axes.bbox.x0 > 0.1 * canvas.dpi


def test_sentences_follow_the_language(speak):
    speak("kk")
    said = hierarchy.answer(EDITIONS, "CA4")
    assert said.startswith("**Орталық Азия**: 5 серіктес ішінде 3-орын")
    assert said._repr_markdown_() == f'<span lang="kk">{said}</span>'
    answer = votes.answer("C5", votes.Choice("agreement", "left_out", 1992, 2024))
    assert "0,97" in answer
    assert "53\u00a0130" in answer
    assert not re.search(r"\d\.\d", answer)
    speak("en")
    said = hierarchy.answer(EDITIONS, "CA4")
    assert said.startswith("**Central Asia** stands 3rd of 5 in the concept of 2014–2020, 2nd of 10")
    assert said._repr_markdown_() == said


def test_an_unknown_language_is_refused_with_those_there_are(speak):
    speak("rus")
    with pytest.raises(DataError, match=r"no language 'rus' in labels.csv; did you mean 'ru'\? allowed: en, ru, kk"):
        hierarchy.bump_chart(EDITIONS, "CA4")


def test_a_language_is_added_by_rows_alone(data_copy, speak):
    with (data_copy / "labels.csv").open("a", encoding="utf-8") as file:
        file.write("actor,CA4,xx,Xentral\nsentence,order.stayed,xx,xtayed\n")
    assert [str(fault) for fault in check(data_copy, ["labels"])] == []
    speak("xx", data_copy)
    assert hierarchy.answer(EDITIONS, "CA4").startswith("**Xentral** stands 3rd of 5 in the concept of 2014–2020")
    assert "xtayed in 2" in hierarchy.moves_by_reading(EDITIONS, "CA4")
    drawn = hierarchy.bump_chart(EDITIONS, "CA4")
    assert drawn.title.startswith("Xentral in the order of partners")
    assert "language" not in drawn._repr_mimebundle_()[1]["figure"]


@pytest.mark.parametrize(
    ("number", "told"),
    [(1, "1 пара"), (3, "3 пары"), (5, "5 пар"), (11, "11 пар"), (12, "12 пар"), (21, "21 пара"), (22, "22 пары")],
)
def test_a_noun_takes_the_form_of_its_number(number, told):
    assert labels._Filled("1 234,5").format("{n:пара|пары|пар}", n=number) == told


def test_fields_are_written_as_the_language_writes_them():
    filled = labels._Filled("1\u00a0234,5").format
    assert filled("{n:,} {v:.2f} {y} {names:и}", n=53130, v=0.5, y=2024, names=["a", "b", "c"]) == (
        "53\u00a0130 0,50 2024 a, b и c"
    )
    assert filled("**{n}** {n:|is|are} {n:th}", n=3) == "**3** are 3rd"
    assert filled("{n:.1f} {s:.0%} {w:;}", n=-0.25, s=0.5, w=["a, b", "c-d"]) == "−0,2 50\u00a0% a, b; c-d"


def test_scales_are_written_as_the_language_writes_numbers(speak):
    def scale():
        axes = votes.cohesion_chart("C5", votes.Choice("agreement", "left_out", 1992, 2025))._canvas.axes[0]
        return {label.get_text() for label in axes.get_yticklabels()}

    assert {"0.9", "1.0"} <= scale()
    speak("ru")
    assert {"0,9", "1,0"} <= scale()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("actor,KGZ,ru", "actor,KGS,ru", "column code: 'KGS' is not allowed; allowed: a code of actors.actor: did you mean 'KGZ'?"),
        ("actor,KGZ,ru", "aktor,KGZ,ru", "column kind: 'aktor' is not allowed; allowed: one of number, actor,"),
        ("actor,KGZ,ru", "actor,KGZ,Russian", "column language: 'Russian' is not allowed"),
        ("actor,KGZ,ru", "actor,KGZ,en", "column language: 'en' is not allowed; allowed: another language, for actors has the en"),
        ("level,alliance,ru", "level,aliance,ru", "a code of priorities.level: did you mean 'alliance'?"),
        ("sentence,order.rose,ru", "sentence,order.rise,ru", "allowed: a code of a sentence in en: did you mean 'order.rose'?"),
        ("{rank}-е место из {places} ({document})", "{rang}-е место из {places} ({document})", "allowed: the fields of the en text in braces: document, places, rank"),
        ("{rank}-е место из {places} ({document})", "{rank-е место из {places} ({document})", "allowed: the fields of the en text in braces"),
        ("heading,limits,ru,Ограничения", "heading,limits,ru,<b>", "allowed: plain text without markup"),
    ],
)  # fmt: skip
def test_the_check_names_the_place(edit, old, new, told):
    lines = [str(fault) for fault in check(edit("labels.csv", old, new), ["labels"])]
    assert any(line.startswith("labels.csv, row ") and told in line for line in lines), lines


def test_headings_of_notebooks_and_pages(root, speak):
    text = (root / "notebooks" / "04_ties.ipynb").read_text(encoding="utf-8")
    page = "# Report\n\n## What it finds\n\nprose\n"
    assert headings.of_notebook(text, "04_ties") == text
    assert headings.of_page(page, "index") == page
    speak("ru")
    cells = {c["id"]: "".join(c["source"]) for c in json.loads(headings.of_notebook(text, "04_ties"))["cells"]}
    assert cells["title"].startswith('# <span lang="ru">4 Отношения в парах государств</span>\n\n**Do')
    assert cells["limits"].startswith('## <span lang="ru">Ограничения</span>')
    assert headings.of_page(page, "index") == '# Report\n\n## <span lang="ru">Результаты</span>\n\nprose\n'


def test_a_language_that_is_none_ends_the_command(centralasia):
    done = centralasia("run", "01_priority_hierarchy", "--language", "ruu")
    assert done.returncode == 2
    assert done.stderr == "centralasia: no language 'ruu' in labels.csv; did you mean 'ru'? allowed: en, ru, kk\n"


def test_tables_stay_english(speak):
    speak("ru")
    from centralasia import ties

    assert "alliance" in " ".join(ties.event_table(["KAZ-KGZ"])["Label"])
    assert set(load("labels")["language"]) == {"en", "ru", "kk"}
