"""The tables to play with: choices as widgets, and below them what the chapters say and draw for that choice.

A notebook shows an `Explorer`. It needs ipywidgets, of the extra ``lab``, which nothing else of the package does.
"""

import functools
from collections.abc import Sequence
from typing import Any

from centralasia.explore import views
from centralasia.explore.views import CHOICES, VIEWS, first_and_last_year, options, page
from datacontract.errors import check_choice

__all__ = ["Explorer"]

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
        self._settling = False
        self._show()

    def _options(self, name: str) -> list[tuple[str, str]]:
        return options(name, {name: widget.value for name, widget in self._choices.items()})

    def _changed(self, change: Any) -> None:
        if not self._settling:
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
        """Gives a choice other options; its value stays where it is among them, else it is the first."""
        widget = self._choices[name]
        before, widget.options = widget.value, self._options(name)
        codes = [code for _, code in widget.options]
        widget.value = before if before in codes else codes[0]

    def _show(self) -> None:
        view = self._choices["view"].value
        _, _, needed = VIEWS[view]
        self._parts = views.show(view, **{name: self._choices[name].value for name in needed if name != "state"})
        self._page.value = page(self._parts)
        children = (self._keys, self._choices["view"], *(self._choices[name] for name in needed), self._page)
        if self._box.children != children:
            self._box.children = children

    def __repr__(self) -> str:
        return "\n\n".join(map(repr, self._parts))

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return {**self._box._repr_mimebundle_(**kwargs), "text/plain": repr(self)}
