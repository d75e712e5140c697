import re
import string

import pytest

from datacontract import contract, labels
from datacontract.errors import DataError

TEMPLATES = ("sentence", "figure")


def _texts(language):
    return {(r["kind"], r["code"]): r["text"] for r in contract.rows("labels") if r["language"] == language}


def _fields(text):
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_what_the_figures_show_most_has_a_name(language):
    found = _texts(language)
    shown = {
        *contract.distinct("priorities.actor"),
        *contract.distinct("unga_dyads.state_a"),
        *contract.distinct("agenda.voice"),
    }
    wanted = [("actor", code) for code in contract.distinct("actors.actor") if code in shown]
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


@pytest.mark.parametrize(
    ("number", "told"),
    [(1, "1 пара"), (3, "3 пары"), (5, "5 пар"), (11, "11 пар"), (12, "12 пар"), (21, "21 пара"), (22, "22 пары")],
)
def test_a_noun_takes_the_form_of_its_number(number, told):
    assert labels._Formatter("1 234,5").format("{n:пара|пары|пар}", n=number) == told


def test_fields_are_written_as_the_language_writes_them():
    filled = labels._Formatter("1\u00a0234,5").format
    assert filled("{n:,} {v:.2f} {y} {names:и}", n=53130, v=0.5, y=2024, names=["a", "b", "c"]) == (
        "53\u00a0130 0,50 2024 a, b и c"
    )
    assert filled("**{n}** {n:|is|are} {n:th}", n=3) == "**3** are 3rd"
    assert filled("{n:.1f} {s:.0%} {w:;}", n=-0.25, s=0.5, w=["a, b", "c-d"]) == "−0,2 50\u00a0% a, b; c-d"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("actor,KGZ,ru", "actor,KGS,ru", "column code: 'KGS' is not allowed; allowed: a code of actors.actor: did you mean 'KGZ'?"),
        ("actor,KGZ,ru", "aktor,KGZ,ru", "column kind: 'aktor' is not allowed; allowed: one of 13 values, the nearest being actor, indicator"),
        ("actor,KGZ,ru", "actor,KGZ,Russian", "column language: 'Russian' is not allowed"),
        ("actor,KGZ,ru", "actor,KGZ,en", "column language: 'en' is not allowed; allowed: another language, for actors has the en"),
        ("level,alliance,ru", "level,aliance,ru", "a code of priorities.level: did you mean 'alliance'?"),
        ("heading,limits,ru,Ограничения", "heading,limits,ru,<b>", "allowed: plain text without markup"),
    ],
)  # fmt: skip
def test_the_check_names_the_place(edit_small, messages, old, new, told):
    lines = messages(edit_small("labels.csv", old, new), ["labels"])
    assert any(line.startswith("labels.csv, row ") and told in line for line in lines), lines


def test_a_text_that_is_missing_is_named():
    with pytest.raises(DataError, match="labels.csv has no sentence 'document.rise' in English"):
        labels.translate("document.rise")
