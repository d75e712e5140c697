"""What one can look at while playing: which values a choice may take, and what a view shows for a choice.

Nothing here needs widgets; `centralasia.explore` puts them around it.
"""

import base64
import functools
import html
import re

from centralasia import economies, hierarchy, pairs, regions, ties, votes
from centralasia.figures.figure import Figure
from centralasia.names import region_name, short_name
from datacontract import contract
from datacontract.words import MarkdownText

__all__ = ["economy_view", "options", "order_view", "page", "shown", "ties_view", "votes_view", "years"]

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
        return [
            MarkdownText("Choose two or more documents. Where only one lists an order, there is nothing to compare.")
        ]
    return [hierarchy.answer(documents, partner), hierarchy.bump_chart(documents, partner)]


def ties_view(region, pair, years):
    """What the pairs of a region signed, and one of them."""
    return [
        ties.answer(region, *years),
        ties.level_shares(region, *years),
        pairs.answer(pair, years[1]),
        pairs.level_steps(pair, *years),
    ]


def votes_view(region, measure, years):
    """How alike the members of a region vote."""
    choice = votes.Choice(measure, "left_out", *years)
    return [votes.answer(region, choice), votes.cohesion_chart(region, choice)]


def economy_view(region, indicator, years):
    """Whether the members of a region drew together in an indicator."""
    return [
        economies.economies_answer([indicator], region, *years),
        economies.sigma_path(indicator, region, *years),
        economies.dispersion_panels([indicator], region, *years),
    ]


# The choices that a view depends on are the arguments of its function; `state` only narrows the documents.
VIEWS = {
    "order": ("Order of partners", order_view, ("state", "documents", "partner")),
    "ties": ("Ties", ties_view, ("region", "pair", "years")),
    "votes": ("Votes", votes_view, ("region", "measure", "years")),
    "economy": ("Economy", economy_view, ("region", "indicator", "years")),
}


def options(name, given):
    """The values that a choice may take, given the others: a dictionary of readable names to codes.

    `name` is a key of `LABELS` other than years, or ``view``; `given` maps the names of choices to codes.
    """

    def column(table, code, label, where=None):
        titles = {row[code]: row[label] for row in contract.rows(table)}
        return {titles[c]: c for c in contract.distinct(f"{table}.{code}", where)}

    ordered = contract.distinct("priorities.document_id")
    if name == "view":
        return {label: view for view, (label, *_) in VIEWS.items()}
    if name == "state":
        return {short_name(s): s for s in contract.distinct("documents.state")}
    if name == "documents":
        found = column("documents", "document_id", "title", {"state": given["state"]})
        return {title: document for title, document in found.items() if document in ordered}
    if name == "partner":
        partners = [a for d in given["documents"] for a in hierarchy.ranking(d).index]
        return {short_name(a): a for a in dict.fromkeys(map(str, partners))}
    if name == "region":
        return {region_name(r): r for r in regions.regions()}
    if name == "pair":
        return {regions.pair_name(p): p for p in regions.pairs(given["region"])}
    if name == "measure":
        names = {measure: votes.measure_name(measure) for measure in ("agreement", "pi", "kappa")}
        return {text[:1].upper() + text[1:]: measure for measure, text in names.items()}
    return column("indicator_definitions", "indicator", "title")


def years():
    """The first and the last year that can be chosen: the first with votes, that of the latest act in ties.csv."""
    dates = contract.distinct("ties.date")
    return min(map(int, contract.distinct("unga_years.year"))), max(int(date[:4]) for date in dates)


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
        return [MarkdownText(f"There is nothing to show for this choice: {told}")]


def page(parts):
    """The parts of a view as HTML; a figure is an image that carries its description."""
    return "".join(map(_html, parts))


def _html(part):
    if not isinstance(part, Figure):
        return "<p>" + re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html.escape(part)) + "</p>"
    about = {key: html.escape(text) for key, text in part.metadata.items()}
    image = base64.b64encode(part.image("image/svg+xml").encode()).decode()
    return (
        f'<figure style="margin: 0 0 1em"><img alt="{about["title"]}. {about["alt"]}" '
        f'style="max-width: 100%; height: auto" src="data:image/svg+xml;base64,{image}">'
        f"<figcaption>{about['caption']}</figcaption></figure>"
    )
