"""Widgets for JupyterLab: choose, and see below what the chapters say and draw for that choice.

A notebook shows an `Explorer`. It needs ipywidgets, of the extra ``lab``, which nothing else of the package does.
"""

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from centralasia import economies, hierarchy, pairs, regions, ties, votes
from centralasia.explore_page import Parts, as_html, as_markdown, kept
from centralasia.names import region_name, short_name
from datacontract import contract
from datacontract.errors import ChoiceError, DataError, check_choice
from datacontract.labels import translate_name
from datacontract.language import _, pgettext, sort_key
from datacontract.words import capitalised, plain

__all__ = ["Explorer"]

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
            common = {"value": start[name], "description": choice_name(name), **wide}
            if name == "years":
                first, last = first_and_last_year()
                widget = widgets.IntRangeSlider(min=first, max=last, continuous_update=False, **common)
            else:
                allowed = self._options(name)
                for value in documents if name == "documents" else [start[name]]:
                    check_choice(name, value, _codes(allowed))
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
            documents.value = ()  # places among the options before could be missing among the new ones
            documents.options = self._options("documents")
            documents.value = _codes(documents.options[-3:])
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
        codes = _codes(widget.options)
        widget.value = before if before in codes else codes[0]

    def _show(self) -> None:
        view = self._choices["view"].value
        needed = VIEWS[view][1]
        self._parts = show(view, **{name: self._choices[name].value for name in needed if name != "state"})
        choice = {name: widget.value for name, widget in self._choices.items()}
        self._page.value = as_html(self._parts) + kept(view, choice)
        children = (self._keys, self._choices["view"], *(self._choices[name] for name in needed), self._page)
        if self._box.children != children:
            self._box.children = children

    def __repr__(self) -> str:
        return "\n\n".join(map(repr, self._parts)).replace("**", "")

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        stored = {"text/plain": repr(self), "text/markdown": as_markdown(self._parts)}
        return self._box._repr_mimebundle_(**kwargs) | stored


def order_view(documents: Sequence[str], partner: str) -> Parts:
    """Where a partner stands in two or more documents."""
    if len(documents) < 2:
        return [_("Choose two or more documents: hold Ctrl to choose several. One order alone compares nothing.")]
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
VIEWS: dict[str, tuple[Callable[..., Parts], tuple[str, ...]]] = {
    "order": (order_view, ("state", "documents", "partner")),
    "ties": (ties_view, ("region", "pair", "years")),
    "votes": (votes_view, ("region", "measure", "years")),
    "economy": (economy_view, ("region", "indicator", "years")),
}


def view_name(view: str) -> str:
    """What a view is called."""
    return {
        "order": pgettext("a view", "Order of partners"),
        "ties": pgettext("a view", "Ties"),
        "votes": pgettext("a view", "Votes"),
        "economy": pgettext("a view", "Economy"),
    }[view]


def choice_name(choice: str) -> str:
    """What stands before a choice, one of `CHOICES`."""
    return {
        "view": pgettext("a choice", "View"),
        "state": pgettext("a choice", "State"),
        "documents": pgettext("a choice", "Documents"),
        "partner": pgettext("a choice", "Partner"),
        "region": pgettext("a choice", "Region"),
        "pair": pgettext("a choice", "Pair"),
        "measure": pgettext("a choice", "Measure"),
        "indicator": pgettext("a choice", "Indicator"),
        "years": pgettext("a choice", "Years"),
    }[choice]


def options(name: str, given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The values that a choice may take, given the others, as pairs of a name and a code.

    `name` is one of `CHOICES` other than years; `given` maps the names of choices to codes. States and partners stand
    in the order of the alphabet, all others in that of the data. The rules are those of ``collection.toml`` for the
    parameters of the notebook. They stand here once more, since the analysis knows nothing of what runs it.
    """
    distinct, titles = contract.distinct, contract.names_of("documents", "document_id")
    indicators = contract.names_of("indicator_definitions", "indicator")
    choices: dict[str, Callable[[], Any]] = {
        "view": lambda: (VIEWS, view_name),
        "state": lambda: ([s for s in distinct("documents.state") if len(_ordering_documents(s)) > 1], short_name),
        "documents": lambda: (_ordering_documents(given["state"]), lambda document: _(titles[document])),
        "partner": lambda: (dict.fromkeys(p for d in given["documents"] for p in hierarchy.ranking(d).index),
                            short_name),
        "region": lambda: (regions.regions(), region_name),
        "pair": lambda: (regions.pairs(given["region"]), regions.pair_name),
        "measure": lambda: (votes.MEASURES, lambda measure: capitalised(votes.measure_name(measure))),
        "indicator": lambda: (indicators, lambda code: translate_name("indicator", code, indicators[code])),
    }  # fmt: skip
    codes, name_of = choices[name]()
    named = [(name_of(code), code) for code in codes]
    return sorted(named, key=lambda pair: sort_key(pair[0])) if name in ("state", "partner") else named


def _codes(options: Sequence[tuple[str, str]]) -> list[str]:
    return [code for _name, code in options]


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
        return VIEWS[view][0](**choice)
    except (ChoiceError, DataError) as refusal:
        return [_("There is nothing to show for this choice: {reason}", reason=plain(refusal))]
