"""Widgets for JupyterLab: choose, and see below what the chapters say and draw for that choice.

A notebook shows an `Explorer`. It needs ipywidgets, of the extra ``lab``, which nothing else of the package does.
"""

import base64
import functools
import html
import json
import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from centralasia import economies, hierarchy, pairs, regions, ties, votes
from centralasia.figures import Figure
from centralasia.names import region_name, short_name
from datacontract import contract
from datacontract.errors import ChoiceError, DataError, check_choice
from datacontract.words import MarkdownText, capitalised, plain

__all__ = ["Explorer"]

Parts = list[MarkdownText | Figure]

CHOICES = ("view", "state", "documents", "partner", "region", "pair", "measure", "indicator", "years")

# JupyterLab takes arrow keys and letters for itself, also while a choice has the focus
# (https://github.com/jupyter-widgets/ipywidgets/issues/3912), unless the element has this attribute
# (https://github.com/jupyterlab/lumino/pull/15). ipywidgets can set classes of an element but no attributes, and
# scripts in its HTML do not run; the handler of a style that is loaded does.
KEYS_STAY = """<style onload="this.closest('.jp-OutputArea')?.addEventListener('focusin',
    event => event.target.setAttribute('data-lm-suppress-shortcuts', 'true'))"></style>"""


class Explorer:
    """Widgets to choose from, and what the chapters say and draw for the choice; its plain form is the text of that.

    Parameters
    ----------
    view : {"order", "ties", "votes", "economy"}
    state, partner, region, pair, measure, indicator : str
        Codes, as the chapters take them.
    documents : sequence of str
        Documents of the state that order partners.
    years : tuple of int
        The first and the last.

    All of them are where the choices start.

    Raises
    ------
    ChoiceError
        A value that is not allowed, with those that are.
    """

    def __init__(
        self, view: str, state: str, documents: Sequence[str], partner: str, region: str, pair: str, measure: str,
        indicator: str, years: tuple[int, int],
    ) -> None:  # fmt: skip
        import ipywidgets as widgets

        values = (view, state, tuple(documents), partner, region, pair, measure, indicator, years)
        start = dict(zip(CHOICES, values, strict=True))
        # Radio buttons stand one below the other, since a narrow screen would cut a row of them.
        kinds = {"view": widgets.RadioButtons, "documents": functools.partial(widgets.SelectMultiple, rows=8)}
        wide = {"style": {"description_width": "7em"}, "layout": {"width": "min(44em, 98%)"}}
        self._choices: dict[str, Any] = {}
        for name in CHOICES:
            common = {"value": start[name], "description": name.capitalize(), **wide}
            if name == "years":
                first, last = first_and_last_year()
                widget = widgets.IntRangeSlider(min=first, max=last, continuous_update=False, **common)
            else:
                allowed = self._options(name)
                for value in documents if name == "documents" else [start[name]]:
                    check_choice(name, value, [code for _, code in allowed])
                widget = kinds.get(name, widgets.Dropdown)(options=allowed, **common)
            widget.observe(self._changed, "value")
            self._choices[name] = widget
        self._page, self._keys, self._box = widgets.HTML(), widgets.HTML(KEYS_STAY), widgets.VBox()
        self._settling, self._wanted = False, partner
        self._show()

    def _options(self, name: str) -> list[tuple[str, str]]:
        return options(name, {name: widget.value for name, widget in self._choices.items()})

    def _changed(self, change: Any) -> None:
        if not self._settling:
            if change.owner is self._choices["partner"]:
                self._wanted = change.new
            self._settling = True
            try:
                self._follow(change.owner)
            finally:
                self._settling = False
            self._show()

    def _follow(self, changed: Any) -> None:
        """The choices that depend on the one that was changed get values of their own."""
        state, documents = self._choices["state"], self._choices["documents"]
        if changed is state:
            documents.options = self._options("documents")
            documents.value = [document for _, document in documents.options[-3:]]
        if changed in (state, documents) and documents.value:
            self._renew("partner")
        if changed is self._choices["region"]:
            self._renew("pair")

    def _renew(self, name: str) -> None:
        """Gives a choice other options; its value stays where it is among them, else it is the first.

        A partner comes back with the first documents that name it again.
        """
        widget = self._choices[name]
        before = self._wanted if name == "partner" else widget.value
        widget.options = self._options(name)
        codes = [code for _, code in widget.options]
        widget.value = before if before in codes else codes[0]

    def _show(self) -> None:
        view = self._choices["view"].value
        _, _, needed = VIEWS[view]
        self._parts = show(view, **{name: self._choices[name].value for name in needed if name != "state"})
        choice = {name: widget.value for name, widget in self._choices.items()}
        self._page.value = page(self._parts) + kept(view, choice)
        children = (self._keys, self._choices["view"], *(self._choices[name] for name in needed), self._page)
        if self._box.children != children:
            self._box.children = children

    def __repr__(self) -> str:
        return "\n\n".join(map(repr, self._parts))

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return {**self._box._repr_mimebundle_(**kwargs), "text/plain": repr(self)}


def order_view(documents: Sequence[str], partner: str) -> Parts:
    """Where a partner stands in two or more documents."""
    if len(documents) < 2:
        text = "Choose two or more documents. Where only one lists an order, there is nothing to compare."
        return [MarkdownText(text)]
    return [hierarchy.answer(documents, partner), hierarchy.order_chart(documents, partner)]


def ties_view(region: str, pair: str, years: tuple[int, int]) -> Parts:
    """What the pairs of a region signed, and one of them."""
    whole: Parts = [ties.answer(region, *years), ties.level_shares(region, *years)]
    return [*whole, pairs.answer(pair, years[1]), pairs.level_steps(pair, *years)]


def votes_view(region: str, measure: str, years: tuple[int, int]) -> Parts:
    """How alike the members of a region vote."""
    choice = votes.Choice(measure, "left_out", *years)
    return [votes.answer(region, choice), votes.cohesion_chart(region, choice)]


def economy_view(region: str, indicator: str, years: tuple[int, int]) -> Parts:
    """Whether the members of a region drew together in an indicator."""
    panel = economies.panel(indicator, region, *years)
    return [economies.answer([panel]), economies.level_lines(panel), economies.dispersion_panels([panel])]


# The choices that a view depends on are the arguments of its function; `state` only narrows the documents.
VIEWS: dict[str, tuple[str, Callable[..., Parts], tuple[str, ...]]] = {
    "order": ("Order of partners", order_view, ("state", "documents", "partner")),
    "ties": ("Ties", ties_view, ("region", "pair", "years")),
    "votes": ("Votes", votes_view, ("region", "measure", "years")),
    "economy": ("Economy", economy_view, ("region", "indicator", "years")),
}


def options(name: str, given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The values that a choice may take, given the others, as pairs of a name and a code.

    `name` is one of `CHOICES` other than years; `given` maps the names of choices to codes. The rules
    are those of ``collection.toml`` for the parameters of the notebook. They stand here once more, since the analysis
    knows nothing of what runs it.
    """
    distinct, names_of = contract.distinct, contract.names_of
    choices: dict[str, Callable[[], Any]] = {
        "view": lambda: (VIEWS, lambda view: VIEWS[view][0]),
        "state": lambda: ([s for s in distinct("documents.state") if len(_ordering_documents(s)) > 1], short_name),
        "documents": lambda: (_ordering_documents(given["state"]), names_of("documents", "document_id").get),
        "partner": lambda: (dict.fromkeys(p for d in given["documents"] for p in hierarchy.ranking(d).index),
                            short_name),
        "region": lambda: (regions.regions(), region_name),
        "pair": lambda: (regions.pairs(given["region"]), regions.pair_name),
        "measure": lambda: (votes.MEASURES, lambda measure: capitalised(votes.measure_name(measure))),
        "indicator": lambda: (distinct("indicator_definitions.indicator"),
                              names_of("indicator_definitions", "indicator").get),
    }  # fmt: skip
    codes, name_of = choices[name]()
    return [(name_of(code), code) for code in codes]


def _ordering_documents(state: str) -> list[str]:
    ordering = contract.distinct("priorities.document_id")
    return [d for d in contract.distinct("documents.document_id", {"state": state}) if d in ordering]


def first_and_last_year() -> tuple[int, int]:
    """The years that can be chosen: from the first with votes to that of the latest act in ties.csv."""
    last = max(date[:4] for date in contract.distinct("ties.date"))
    return min(map(int, contract.distinct("unga_years.year"))), int(last)


def show(view: str, **choice: Any) -> Parts:
    """Sentences and figures of a view for a choice, which gives its function's arguments.

    One sentence where the choice or the data are refused; any other error is a fault and is raised.
    """
    try:
        return VIEWS[view][1](**choice)
    except (ChoiceError, DataError) as refusal:
        return [MarkdownText(f"There is nothing to show for this choice: {plain(refusal)}")]


def again(view: str, choice: Mapping[str, Any]) -> dict[str, dict[str, str | int]]:
    """The parameters that give a choice again, by the chapter that has the view."""
    region, documents = {"region": choice["region"]}, " ".join(choice["documents"])

    def years(column: str) -> dict[str, str | int]:
        known = contract.latest_year(column)
        return {name: min(year, known) for name, year in zip(("first_year", "last_year"), choice["years"], strict=True)}

    chapters: dict[str, dict[str, dict[str, str | int]]] = {
        "order": {
            "01_priority_hierarchy": {"state": choice["state"], "documents": documents, "focus": choice["partner"]}
        },
        "ties": {"05_ties": region | years("ties.date"), "profile_pair": {"pair": choice["pair"]} | years("ties.date")},
        "votes": {"06_one_voice": region | {"measure": choice["measure"]} | years("unga_years.year")},
        "economy": {"07_economies": region | {"indicators": choice["indicator"]} | years("indicators.year")},
    }
    return chapters[view]


def kept(view: str, choice: Mapping[str, Any]) -> str:
    """How to see a choice again, as HTML: the command that runs each chapter, and lines for its parameters cell."""
    blocks = []
    for notebook, given in again(view, choice).items():
        command = " ".join(f"-p {shlex.quote(f'{name}={value}')}" for name, value in given.items())
        cell = "\n".join(f"{name}: {type(value).__name__} = {json.dumps(value)}" for name, value in given.items())
        text = f"centralasia run {notebook} {command}\n\n# in the parameters cell of {notebook}.ipynb\n{cell}"
        blocks.append(f'<pre style="white-space: pre-wrap">{html.escape(text)}</pre>')
    return f"<details><summary>To see this again in a chapter</summary>{''.join(blocks)}</details>"


def page(parts: Parts) -> str:
    """The parts of a view as HTML; a figure is an image that carries its description."""
    return "".join(map(_html, parts))


def _html(part: MarkdownText | Figure) -> str:
    if not isinstance(part, Figure):
        return "<p>" + re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html.escape(part)) + "</p>"
    image = base64.b64encode(part.image("image/svg+xml").encode()).decode()
    return (
        f'<figure style="margin: 0 0 1em"><img alt="{html.escape(f"{part.title}. {part.alt_text}")}" '
        f'style="max-width: 100%; height: auto" src="data:image/svg+xml;base64,{image}">'
        f"<figcaption>{html.escape(part.caption)}</figcaption></figure>"
    )
