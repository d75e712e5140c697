"""The list of chapters on the front page says what each asks."""

import collections
import html
import json
import re
from collections.abc import Mapping

__all__ = ["question", "with_questions"]

_QUESTION = re.compile(r"^\*\*(.+\?)\*\*$", re.MULTILINE)
_ENTRY = re.compile(r'(<li class="toctree-l1"><a class="reference internal" href="([^"#]+)\.html">[^<]*</a>)')


def question(notebook: str) -> str | None:
    """The question of a notebook (its text): the line of its first cell that is bold and ends as a question does.

    >>> from notebookcollection.publishing.questions import question
    >>> question('{"cells": [{"source": ["**Who signs with whom?**"]}]}')
    'Who signs with whom?'
    """
    found = _QUESTION.search("".join(json.loads(notebook)["cells"][0]["source"]))
    return found[1] if found else None


def with_questions(page: str, notebooks: Mapping[str, str]) -> str:
    """A page of HTML whose lists of pages, in its article, say the question of each notebook after its name.

    `notebooks` holds texts by name of the page. A question that several ask, as one for each state, is left out.

    >>> from notebookcollection.publishing.questions import with_questions
    >>> entry = '<li class="toctree-l1"><a class="reference internal" href="05.html">5 Ties</a></li>'
    >>> with_questions(f"<article>{entry}</article>", {"05": '{"cells": [{"source": ["**Who?**"]}]}'})[-33:]
    '5 Ties</a><br>Who?</li></article>'
    """
    asked = {name: question(text) for name, text in notebooks.items()}
    times = collections.Counter(asked.values())

    def entry(found: re.Match[str]) -> str:
        said = asked.get(found[2])
        return f"{found[1]}<br>{html.escape(said, quote=False)}" if said and times[said] == 1 else found[1]

    head, mark, article = page.partition("<article")
    return head + mark + _ENTRY.sub(entry, article)
