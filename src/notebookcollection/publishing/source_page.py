"""The page of all sources: a table that scripts of the site sort and filter, and the files that it offers.

Each row has the address ``source-`` and its key, to which captions lead. Without scripts all rows are shown.
"""

import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence

from datacontract import contract, sources
from datacontract.contract import Row
from datacontract.labels import translate_name
from datacontract.language import _, ngettext, pgettext, sort_key
from datacontract.phrases import dates_in_words
from datacontract.subjects import actors_by_source
from datacontract.words import capitalised

__all__ = ["source_pages"]

MOST = 6  # states that a cell names; of more it says how many
_ADDRESS = re.compile(r"https?://\S+")


def source_pages(on_paper: bool = False) -> dict[str, str]:
    r"""The page of sources and its files, by path; on paper the page is a list of references.

    >>> from notebookcollection.publishing.source_page import source_pages
    >>> pages = source_pages(on_paper=True)
    >>> list(pages), pages["data/sources.md"].partition("\n")[0]
    (['data/sources.md'], '# Sources')
    """
    rows = sorted(sources.sources(), key=lambda row: row["title"].casefold())
    heading, number = _("Sources"), ngettext("{n} source", "{n} sources", len(rows))
    if on_paper:
        items = "\n".join(f"<li>{html.escape(dates_in_words(sources.reference(row)))}</li>" for row in rows)
        return {"data/sources.md": f'# {heading}\n\n{number}.\n\n<ul class="source-list">\n{items}\n</ul>\n'}
    offer = _("All of them as [BibTeX](sources.bib), [CSL-JSON](sources.json) or [CSV](sources.csv).")
    about = _("The states are those for which the data cite a source.")
    by_key = sorted(rows, key=lambda row: row["source_key"])
    return {
        "data/sources.bib": sources.bibtex(by_key) + "\n",
        "data/sources.json": json.dumps(sources.csl(by_key), indent=1, ensure_ascii=False),
        "data/sources.md": f"# {heading}\n\n{number}. {offer} {about}\n\n{_filtered_table(rows)}\n",
    }


def _filtered_table(rows: Sequence[Row]) -> str:
    """The form that filters and the table, as one block of HTML without a blank line."""
    names, about = _state_names(), actors_by_source()
    in_order = sorted(names, key=lambda code: sort_key(names[code]))
    states = {key: [code for code in in_order if code in about.get(key, ())] for key in (r["source_key"] for r in rows)}
    heads = [_("Title"), _("Publisher"), _("Year"), pgettext("of a source", "Kind"), _("States")]
    cells = "".join(f'<th scope="col">{_shown(head)}</th>' for head in heads)
    body = "\n".join(_row(row, states[row["source_key"]], names) for row in rows)
    return (
        f"{_form(rows, {code: names[code] for own in states.values() for code in own})}\n"
        '<div class="pst-scrollable-table-container">\n<table class="table source-table">\n'
        f"<thead><tr>{cells}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>"
    )


def _form(rows: Sequence[Row], named: Mapping[str, str]) -> str:
    """What chooses rows, hidden until a script shows it; `named` are the states that rows are about."""
    kinds, years = {_kind(row) for row in rows}, {_year(row) for row in rows}
    said, words, every = (
        _("{shown} of {all} sources are shown.", shown="{shown}", all=len(rows)),
        _("Words"),
        _("Show all"),
    )
    return "\n".join(
        [
            f'<form class="filter" hidden autocomplete="off" data-said="{_shown(said)}">',
            _select("kind", pgettext("of a source", "Kind"), ((kind, kind) for kind in sorted(kinds, key=sort_key))),
            _select("year", _("Year"), ((year, year) for year in sorted(years, reverse=True))),
            _select("state", _("State"), sorted(named.items(), key=lambda item: sort_key(item[1]))),
            _field("words", words, '<input type="search" name="words" id="filter-words">'),
            f'<button type="reset">{_shown(every)}</button>',
            '<p role="status"></p>',
            "</form>",
        ]
    )


def _select(name: str, label: str, options: Iterable[tuple[str, str]]) -> str:
    choices = "".join(f'<option value="{_shown(v)}">{_shown(text)}</option>' for v, text in [("", _("All")), *options])
    return _field(name, label, f'<select name="{name}" id="filter-{name}">{choices}</select>')


def _field(name: str, label: str, control: str) -> str:
    return f'<div><label for="filter-{name}">{_shown(label)}</label>{control}</div>'


def _row(row: Row, states: Sequence[str], names: Mapping[str, str]) -> str:
    """A source as a row of the table; its title leads to its address, where that is one."""
    title, address = _shown(row["title"]), row["url"] or (row["doi"] and f"https://doi.org/{row['doi']}")
    if _ADDRESS.fullmatch(address):
        title = f'<a class="reference external" href="{_shown(address)}">{title}</a>'
    named = [names[code] for code in states]
    shown = ", ".join(named) if len(named) <= MOST else ngettext("{n} state", "{n} states", len(named))
    attributes = f'data-kind="{_shown(_kind(row))}" data-year="{_shown(_year(row))}" data-state="{" ".join(states)}"'
    cells = "".join(f"<td>{_shown(text)}</td>" for text in (sources.publisher_name(row), _year(row), _kind(row), shown))
    return (
        f'<tr id="source-{_shown(row["source_key"])}" {attributes}><th scope="row" lang="en">{title}</th>{cells}</tr>'
    )


def _kind(row: Row) -> str:
    return capitalised(sources.kind_name(row["kind"]))


def _year(row: Row) -> str:
    return row["date"][:4] or _("undated")


def _state_names() -> dict[str, str]:
    """The name of each state by its code."""
    known = contract.names_of("actors", "actor")
    kinds = {row["actor"]: row["kind"] for row in contract.rows("actors")}
    return {code: translate_name("actor", code, name) for code, name in known.items() if kinds[code] == "state"}


def _shown(text: str) -> str:
    """Text as HTML shows it, on one line."""
    return html.escape(re.sub(r"[ \t\r\n]+", " ", text).strip())
