"""The tables to play with: choices as widgets, and below them what the chapters say and draw for that choice.

`explore` in a notebook shows them. It needs ipywidgets, of the extra ``lab``, which nothing else of the package does.
"""

from centralasia.explore.views import LABELS, VIEWS, options, page, shown, years
from datacontract.errors import suggest

__all__ = ["Explorer", "explore"]

# JupyterLab takes arrow keys and letters for itself, also while a choice has the focus, unless that is marked.
KEYS_STAY = """<style onload="this.closest('.jp-OutputArea')?.addEventListener('focusin',
    event => event.target.setAttribute('data-lm-suppress-shortcuts', 'true'))"></style>"""


class Explorer:
    """The widgets, and the view that they choose; a notebook shows them. Its plain form is the text of that view."""

    def __init__(self, start):
        import ipywidgets as widgets

        wide = {"style": {"description_width": "7em"}, "layout": {"width": "min(44em, 98%)"}}
        self._choices = {}
        for name, label in {"view": "View", **LABELS}.items():
            if name == "years":
                first, last = years()
                kind, allowed = widgets.IntRangeSlider, {"min": first, "max": last, "continuous_update": False}
            else:
                given = {n: w.value for n, w in self._choices.items()}
                kind, allowed = widgets.Dropdown, {"options": list(_checked(name, start, given).items())}
            if name == "documents":
                kind, allowed = widgets.SelectMultiple, {**allowed, "rows": 8}
            elif name == "view":
                kind = widgets.RadioButtons  # one below the other: in a row a narrow screen cuts them
            widget = kind(value=start[name], description=label, **allowed, **wide)
            widget.observe(self._changed, "value")
            self._choices[name] = widget
        self._page, self._keys, self._box = widgets.HTML(), widgets.HTML(KEYS_STAY), widgets.VBox()
        self._settling = False
        self._show()

    def _changed(self, change):
        if not self._settling:
            self._settling = True
            try:
                self._follow(change.owner)
            finally:
                self._settling = False
            self._show()

    def _follow(self, changed):
        """The choices that depend on the one that was changed get values of their own."""
        state, documents, partner, region, pair = (self._choices[n] for n in list(LABELS)[:5])
        given = {"state": state.value, "region": region.value}
        if changed is state:
            documents.options = list(options("documents", given).items())
            documents.value = [document for _, document in documents.options[-3:]]
        if changed in (state, documents) and documents.value:
            _renew(partner, options("partner", {"documents": documents.value}))
        if changed is region:
            _renew(pair, options("pair", given))

    def _show(self):
        view = self._choices["view"].value
        _, _, needed = VIEWS[view]
        given = {name: self._choices[name].value for name in needed if name != "state"}
        self._parts = shown(view, **given)
        self._page.value = page(self._parts)
        children = [self._keys, self._choices["view"], *(self._choices[name] for name in needed), self._page]
        if self._box.children != tuple(children):
            self._box.children = children

    def __repr__(self):
        return "\n\n".join(map(repr, self._parts))

    def _repr_mimebundle_(self, **kwargs):
        return {**self._box._repr_mimebundle_(**kwargs), "text/plain": repr(self)}


def _checked(name, start, given):
    """The options of a choice. Raises `ValueError` where what it starts with is none of them."""
    allowed = options(name, given)
    wanted = start[name] if name == "documents" else [start[name]]
    for value in wanted:
        if value not in allowed.values():
            raise ValueError(f"{name} is {value!r}; {suggest(value, allowed.values())}")
    return allowed


def _renew(widget, allowed):
    """Gives a widget other options; its value stays where it is among them, else it is the first."""
    before = widget.value
    widget.options = list(allowed.items())
    widget.value = before if before in allowed.values() else next(iter(allowed.values()))


def explore(view, state, documents, partner, region, pair, measure, indicator, first_year, last_year):
    """Widgets to choose from, and what the chapters say and draw for the choice; the arguments are where they start.

    Parameters
    ----------
    view : {"order", "ties", "votes", "economy"}
    state, partner, region, pair, measure, indicator : str
        Codes, as the chapters take them.
    documents : sequence of str
        Documents of the state that order partners.
    first_year, last_year : int

    Raises
    ------
    ValueError
        A value that is not allowed, with those that are.
    """
    start = {"view": view, "state": state, "documents": tuple(documents), "partner": partner, "region": region,
             "pair": pair, "measure": measure, "indicator": indicator, "years": (first_year, last_year)}  # fmt: skip
    return Explorer(start)
