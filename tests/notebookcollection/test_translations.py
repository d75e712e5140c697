"""The catalogues: what is extracted, that they are up to date and whole, and that each translation fits its message."""

import ast
import json
import re
import string
from pathlib import Path

import pydata_sphinx_theme
import pytest
import sphinx
from babel.messages.pofile import read_po
from small_collection import edit

from centralasia import using
from centralasia.cli import main
from datacontract.language import _
from notebookcollection import translations
from notebookcollection.collection import find
from notebookcollection.prose import of_page
from notebookcollection.publishing import site

pytestmark = pytest.mark.slow

FUNCTIONS = {"_", "ngettext", "pgettext"}
SHADES = {  # in the dark theme light and dark change places: a word of these is true in one theme only
    "en": r"\b(dark|darker|darkest|lighter|lightest|bright|brighter|black|white|pale|paler)\b|deeper (green|shade|colour)",
    "ru": r"темн|тёмн|светл|чёрн|черны|\bбел(ый|ая|ое|ые|ым|ой|ого|ых)\b|бледн",
    "kk": r"қоюырақ|түс неғұрлым қою\b|күңгірт|бозғылт|\bақ түс|\bқара (түс|сызық)|қаралары|ашық түс",
}


def _messages(root, language):
    for path in sorted((root / "locale" / language / "LC_MESSAGES").glob("*.po")):
        with path.open(encoding="utf-8") as file:
            yield from ((path.name, message) for message in read_po(file, locale=language) if message.id)


def _fields(text):
    """The fields of a text, each with its format."""
    return {(field, spec) for _text, field, spec, _conversion in string.Formatter().parse(text) if field is not None}


def _strings(texts):
    return [texts] if isinstance(texts, str) else list(texts)


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_nearly_everything_is_translated(root, language):
    """A new message may wait for its translation; it is shown in English, and says so."""
    missing = [(name, message.id) for name, message in _messages(root, language) if not all(_strings(message.string))]
    assert len(missing) < 0.03 * len(list(_messages(root, language))), missing


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_translation_has_the_fields_of_its_message(root, language):
    for name, message in _messages(root, language):
        if not any(file.endswith(".py") for file, _line in message.locations):
            continue  # no fields are filled into prose
        wanted = set().union(*map(_fields, _strings(message.id)))
        for text in filter(None, _strings(message.string)):
            assert _fields(text) <= wanted, (name, message.id, text)
            assert {field for field, _ in _fields(text)} >= {field for field, _ in wanted} - {"n"}, (
                name,
                message.id,
                text,
            )


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_message_has_one_translation(root, language):
    """Catalogues are read as one: a message that must be said in two ways needs a context."""
    known = {}
    for name, message in _messages(root, language):
        if all(_strings(message.string)):
            key = message.context, _strings(message.id)[0]
            known.setdefault(key, {}).setdefault(str(message.string), []).append(name)
    assert {key: found for key, found in known.items() if len(found) > 1} == {}


@pytest.mark.parametrize("language", SHADES)
def test_no_words_name_a_shade_that_another_theme_turns_round(root, language):
    shown = [
        (name, re.sub(r"\{.*?\}", "", text))
        for name, message in _messages(root, "ru" if language == "en" else language)
        if name != "data.po"  # texts of sources, which are about no figure
        for text in _strings(message.id if language == "en" else message.string)
    ]
    assert [row for row in shown if re.search(SHADES[language], row[1], re.IGNORECASE)] == []


def test_no_english_message_says_told(root):
    """It leaves open who says what; nor does anything stand at a number or hang on a choice, which is or depends."""
    shown = [(name, text) for name, message in _messages(root, "ru") for text in _strings(message.id)]
    assert len(shown) > 3000
    assert [row for row in shown if re.search(r"\b(told|stands? at|hangs? on)\b", row[1], re.IGNORECASE)] == []


def test_catalogues_are_up_to_date(root, tmp_path):
    collection = find(root / "notebooks")
    found = translations.messages(collection)
    for language in ("ru", "kk"):
        known = {}
        for name, message in _messages(root, language):
            known.setdefault(name, set()).add((message.context, message.id))
        for name, own in found.items():
            assert {(context, english) for english, context, _file in own} == known.get(f"{name}.po", set()), (
                f"{name}: make translations"
            )


def test_no_message_hides_from_the_extraction(root):
    """A message that is written out is not in an f-string, where it is not seen, nor made of one."""
    for path in sorted((root / "src").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                hidden = [
                    call for call in filter(_translates, ast.walk(node)) if isinstance(call.args[0], ast.Constant)
                ]
                assert not hidden, f"{path.name}, line {node.lineno}"
            if _translates(node):
                assert not any(isinstance(part, ast.JoinedStr) for part in node.args), (
                    f"{path.name}, line {node.lineno}"
                )


def _translates(node):
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in FUNCTIONS


def test_no_function_that_translates_calls_something_else_by_that_name(root):
    for path in sorted((root / "src").rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                calls = any(isinstance(n, ast.Call) and getattr(n.func, "id", "") == "_" for n in ast.walk(function))
                bound = [
                    n
                    for n in ast.walk(function)
                    if isinstance(n, ast.Name) and n.id == "_" and isinstance(n.ctx, ast.Store)
                ]
                assert not (calls and bound), f"{path.name}, {function.name}"


def test_a_catalogue_keeps_what_still_holds(root, tmp_path):
    path = tmp_path / "one.po"
    text, done, number = translations._catalogue(
        path, [("a {x}", None, "a.py"), (("{n} b", "{n} bs"), None, "a.py")], "ru"
    )
    assert (done, number) == (0, 2)
    assert "POT-Creation-Date" not in text
    assert "Language: ru" in text
    path.write_text(text.replace('msgid "a {x}"\nmsgstr ""', 'msgid "a {x}"\nmsgstr "а {x}"'), encoding="utf-8")
    text, done, number = translations._catalogue(path, [("a {x}", None, "a.py"), ("new", "context", "b.py")], "ru")
    assert (done, number) == (1, 2)
    assert 'msgstr "а {x}"' in text
    assert 'msgctxt "context"' in text
    assert "bs" not in text


def test_the_command_writes_catalogues_of_what_there_is_and_its_check_none(project, capsys):
    folder = project / "locale" / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "gone.po").touch()
    verb = ["translations", "--notebooks", str(project / "notebooks"), "--data", str(project / "data")]
    assert main([*verb, "--check"]) == 1
    share = re.compile(r"ru: 0 % \(0 of ([\d,]+) messages\)")
    (number,) = share.findall(capsys.readouterr().out)
    assert [path.name for path in folder.iterdir()] == ["gone.po"]
    assert main(verb) == 0
    assert share.findall(capsys.readouterr().out) == [number]
    assert not (folder / "gone.po").exists()
    page = folder / "site_index.po"
    assert 'msgid "Report"' in page.read_text()
    edit(page, 'msgid "Report"\nmsgstr ""', 'msgid "Report"\nmsgstr "Отчёт"')
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert main(verb) == 0
    assert f"ru: 0 % (1 of {number} messages)" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in folder.iterdir()} == before, "a translation stays with its message"


def test_messages_come_from_code_notebooks_pages_and_data(root):
    found = translations.messages(find(root / "notebooks"))
    assert ("Languages", None, "conf.py") in found["site"]
    assert ("Limits", None, "05_ties.ipynb") in found["05_ties"]
    assert ("What it finds", None, "index.md") in found["site_index"]
    assert any(json.dumps(english).startswith('["{n} source"') for english, _context, _file in found["report"])
    assert found["site_many_runs"] == [("Many runs", None, "many_runs.md")], "of a page in English alone, its title"
    assert [file for _english, _context, file in found["citation"]] == ["CITATION.cff"] * 2


def test_a_page_in_english_alone_has_a_title_in_the_language_of_the_reader():
    page = "# Many runs\n\nOne answer."
    assert site._in_english(page) == page
    with using(language="ru"):
        assert site._in_english(page, _("Many runs")) == "# Много запусков (на английском)\n\nOne answer."
        assert site._in_english(of_page(page)).startswith("# Много запусков (на английском)\n")


def test_a_sentence_that_is_put_together_ends_with_one_stop(root):
    """By `sentence`, since its last words may be an abbreviation; messages see to it by themselves."""
    for path in sorted((root / "src" / "centralasia").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        raised = {id(part) for error in ast.walk(tree) if isinstance(error, ast.Raise) for part in ast.walk(error)}
        for text in (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) and id(node) not in raised):
            ends = [part.value if isinstance(part, ast.Constant) else None for part in text.values[-2:]]
            assert ends != [None, "."], f"{path.name}:{text.lineno}: sentence(…)"


def test_words_of_the_theme_that_are_kazakh_are_russian_too(root):
    def said(path):
        with path.open(encoding="utf-8") as file:
            return {message.id for message in read_po(file) if message.id and message.string}

    own = "locale/{}/LC_MESSAGES/sphinx.po"
    folders = [Path(package.__file__).parent for package in (sphinx, pydata_sphinx_theme)]
    russian = set().union(*(said(folder / own.format("ru")) for folder in [*folders, root / "notebooks" / "site"]))
    assert said(root / "notebooks" / "site" / own.format("kk")) - russian == set()
