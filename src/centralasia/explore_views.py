"""What one can look at while playing: which values a choice may take, and what a view shows for a choice.

Nothing here needs widgets; `centralasia.explore` puts them around it.
"""

import base64
import functools
import html
import re

from centralasia import contract, hierarchy, plots, regions, sentences
from centralasia.figure import Figure, short_name
from centralasia.plots.vote_marks import measure_name
from centralasia.sentences.ties import region_name
from centralasia.words import Sentence

LABELS = {
    "state": "State",
    "documents": "Documents",
    "partner": "Partner",
    "region": "Region",
    "pair": "Pair",
    "measure": "Measure",
    "indicator": "Indicator",
    "years": "Years",
}


def order_view(documents, partner):
    """Where a partner stands in two or more documents."""
    if len(documents) < 2:
        return [Sentence("Choose two or more documents. Where only one lists an order, there is nothing to compare.")]
    return [sentences.order_answer(documents, partner), plots.hierarchy_bump(documents, partner)]


def ties_view(region, pair, years):
    """What the pairs of a region signed, and one of them."""
    return [
        sentences.ties_answer(region, *years),
        plots.level_shares(region, *years),
        sentences.pair_answer(pair, years[1]),
        plots.pair_steps(pair, *years),
    ]


def votes_view(region, measure, years):
    """How alike the members of a region vote."""
    choice = (region, measure, "left_out", *years)
    return [sentences.votes_answer(*choice), plots.vote_cohesion(*choice)]


def economy_view(region, indicator, years):
    """Whether the members of a region drew together in an indicator."""
    return [
        sentences.economies_answer([indicator], region, *years),
        sentences.sigma_path(indicator, region, *years),
        plots.dispersion_panels([indicator], region, *years),
    ]


# The choices that a view depends on are the arguments of its function; `state` only narrows the documents.
VIEWS = {
    "order": ("Order of partners", order_view, ("state", "documents", "partner")),
    "ties": ("Ties", ties_view, ("region", "pair", "years")),
    "votes": ("Votes", votes_view, ("region", "measure", "years")),
    "economy": ("Economy", economy_view, ("region", "indicator", "years")),
}


def options(name, given, data=None):
    """The values that a choice may take, given the others: a dictionary of readable names to codes.

    `name` is a key of `LABELS` other than years, or ``view``; `given` maps the names of choices to codes.
    """

    def column(table, code, label, where=None):
        titles = {row[code]: row[label] for row in contract.rows(table, data)}
        return {titles[c]: c for c in contract.values(f"{table}.{code}", where, data)}

    ordered = contract.values("priorities.document_id", folder=data)
    if name == "view":
        return {label: view for view, (label, *_) in VIEWS.items()}
    if name == "state":
        return {short_name(s, data): s for s in contract.values("documents.state", folder=data)}
    if name == "documents":
        found = column("documents", "document_id", "title", {"state": given["state"]})
        return {title: document for title, document in found.items() if document in ordered}
    if name == "partner":
        partners = [a for d in given["documents"] for a in hierarchy.ranking(d, data=data).index]
        return {short_name(a, data): a for a in dict.fromkeys(map(str, partners))}
    if name == "region":
        return {region_name(r, data): r for r in regions.regions(data)}
    if name == "pair":
        return {regions.pair_name(p, data): p for p in regions.pairs(given["region"], data=data)}
    if name == "measure":
        names = {measure: measure_name(measure, data) for measure in ("agreement", "pi", "kappa")}
        return {text[:1].upper() + text[1:]: measure for measure, text in names.items()}
    return column("indicator_definitions", "indicator", "title")


def years(data=None):
    """The first and the last year that can be chosen: the first with votes, that of the latest act in ties.csv."""
    dates = contract.values("ties.date", folder=data)
    return min(map(int, contract.values("unga_years.year", folder=data))), max(int(date[:4]) for date in dates)


@functools.lru_cache(maxsize=64)
def shown(view, **choice):
    """A view for a choice, which gives its function's arguments: sentences and figures; one sentence where there is
    nothing to show."""
    try:
        return VIEWS[view][1](**choice)
    except ValueError as error:
        told = str(error).replace("_", " ")
        if "region" in choice:
            told = re.sub(rf"'?\b{choice['region']}\b'?", region_name(choice["region"]), told)
        return [Sentence(f"There is nothing to show for this choice: {told}")]


def page(parts):
    """The parts of a view as HTML; a figure is an image that carries its description."""
    return "".join(map(_html, parts))


def _html(part):
    if not isinstance(part, Figure):
        return "<p>" + re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html.escape(part)) + "</p>"
    about = {key: html.escape(text) for key, text in part.told.items()}
    image = base64.b64encode(part.image("image/svg+xml").encode()).decode()
    return (
        f'<figure style="margin: 0 0 1em"><img alt="{about["title"]}. {about["alt"]}" '
        f'style="max-width: 100%; height: auto" src="data:image/svg+xml;base64,{image}">'
        f"<figcaption>{about['caption']}</figcaption></figure>"
    )
