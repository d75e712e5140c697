import json

import pytest

from centralasia import using
from datacontract import catalogues
from notebookcollection import prose

PAGE = """---
orphan: true
---

# A title

A paragraph on
two lines with `code`.

- an item
  that goes on
1. a number

| Head | 12 |
| --- | --- |
| a cell | **b** |

:::{admonition} A box
:class: note

in a box
:::

```py
x = "text"
```

$$
a = b
$$

<!-- begin 01#answer -->
An output.

<!-- end -->
<span>markup</span>
12 %
"""
MESSAGES = [
    "A title", "A paragraph on two lines with `code`.", "an item that goes on", "a number", "Head", "a cell", "**b**",
    "A box", "in a box",
]  # fmt: skip


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """Writes a catalogue of the language xx from English and translated messages."""

    def write(**texts):
        monkeypatch.setattr(catalogues, "_folders", [tmp_path])
        folder = tmp_path / "ru" / "LC_MESSAGES"
        folder.mkdir(parents=True)
        lines = [
            f"msgid {json.dumps(english)}\nmsgstr {json.dumps(text, ensure_ascii=False)}\n"
            for english, text in texts.items()
        ]
        head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
        (folder / "page.po").write_text("\n".join([head, *lines]), encoding="utf-8")

    return write


def test_what_a_page_says_is_found_and_nothing_else():
    assert prose.messages_of_page(PAGE) == MESSAGES


def test_a_page_in_english_stays_as_it_is():
    assert prose.of_page(PAGE) == PAGE


def test_a_page_is_translated_and_what_is_missing_says_that_it_is_english(catalogue):
    catalogue(**{message: f"X{number}" for number, message in enumerate(MESSAGES) if message != "an item that goes on"})
    with using(language="ru"):
        shown = prose.of_page(PAGE)
    assert shown.startswith(
        '---\norphan: true\n---\n\n# X0\n\nX1\n\n- <span lang="en">an item that goes on</span>\n1. X3\n\n| X4 | 12 |\n'
    )
    assert "| X5 | X6 |\n" in shown
    assert ":::{admonition} X7\n:class: note\n\nX8\n:::\n" in shown
    for kept in ('x = "text"', "$$\na = b\n$$", "An output.", "<span>markup</span>", "12 %", ":class: note"):
        assert kept in shown


def test_a_formula_stays_one_whether_or_not_its_words_are_translated(catalogue):
    page = "One.\n\n$$a = \\text{low}$$\n\n$$b = c$$\n"
    catalogue(**{"$$a = \\text{low}$$": "$$a = \\text{X}$$"})
    with using(language="ru"):
        assert prose.of_page(page) == '<span lang="en">One.</span>\n\n$$a = \\text{X}$$\n\n$$b = c$$\n'


def test_a_notebook_is_translated_but_for_its_code_and_outputs(root, catalogue):
    text = (root / "notebooks" / "05_ties.ipynb").read_text(encoding="utf-8")
    catalogue(Limits="Ограничения")
    assert prose.of_notebook(text) == text
    with using(language="ru"):
        cells = {cell["id"]: cell for cell in json.loads(prose.of_notebook(text))["cells"]}
    assert "".join(cells["limits"]["source"]).startswith("## Ограничения\n")
    before = {cell["id"]: cell for cell in json.loads(text)["cells"]}
    assert all(cells[name] == cell for name, cell in before.items() if cell["cell_type"] == "code")
    assert '<span lang="en">' in "".join(cells["title"]["source"])


def test_parameters_say_what_they_are():
    cell = {
        "cell_type": "code",
        "metadata": {"tags": ["parameters"]},
        "source": 'a: int = 1  # a number\nb: str = ""  # a text',
    }
    assert prose.messages_of_notebook(json.dumps({"cells": [cell]})) == ["a number", "a text"]


def test_the_title_of_a_part_of_the_contents_is_a_message_though_it_stands_in_a_fence():
    text = "```{toctree}\n:caption: States\n:glob:\n\nstate_*\n```\n"
    assert prose.messages_of_page(text) == ["States"]
    with using(language="ru"):
        assert ":caption: Государства\n:glob:" in prose.of_page(text)
