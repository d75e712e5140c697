"""Sentences on what documents commit to and on what two of them share."""

from collections.abc import Iterable

import pandas as pd

from centralasia.commitments import documents, events, measures
from centralasia.commitments.bounds import Overlap
from centralasia.commitments.words import part_of_themes
from centralasia.names import short_name
from centralasia.regions import states_of
from centralasia.tables import load
from datacontract import sources
from datacontract.language import _, join_list, ngettext
from datacontract.words import MarkdownText, sentence

__all__ = ["answer", "breadth_summary", "common_ground", "one_source_summary", "theme_summary"]


def answer(first: str, second: str, domains: str = "all", explicitness: str = "any") -> MarkdownText:
    """What two texts or states both name, and whether what was read says how much more they share.

    >>> commitments.answer("kaz-2020-draft", "tkm-article-reading")
    In what was read, **Kazakhstan draft, 2019** names 11 of 15 themes toward the region and **Turkmenistan reading,
    undated** names 5. ...
    """
    shared = measures.compare(first, second, domains, explicitness)
    said = {"name": _side(first), "other": _side(second), "number": shared.named[1]}
    said["part"] = part_of_themes(shared.named[0], shared.domains)
    parts = [_("In what was read, {name} names {part} toward the region and {other} names {number}.", **said)]
    if explicitness == "direct":
        parts = [
            _("In what was read, {name} names directly {part} toward the region and {other} names {number}.", **said)
        ]
    if shared.both:
        parts.append(_("Both name {themes}.", themes=_titles(shared.both)))
    if shared.against:
        parts.append(_("One names and the other refuses {themes}.", themes=_titles(shared.against)))
    return MarkdownText(" ".join([*parts, _how_much_more(shared)]))


def _how_much_more(shared: Overlap) -> str:
    if shared.least == shared.most:
        return _("They share no more.") if shared.both else _("They share none.")
    if shared.most < shared.domains:
        return _("They share at most {most}: the rest is known to be missing from one of them.", most=shared.most)
    if shared.both:
        return _(
            "How much more they share cannot be said: no text was read to its end, so no theme is known to be missing "
            "from it."
        )
    return _(
        "How much they share cannot be said: no text was read to its end, so no theme is known to be missing from it."
    )


def common_ground(first: str, second: str, explicitness: str = "any") -> MarkdownText:
    """Which of the article's common denominators two texts or states name, and the other texts of the second.

    >>> commitments.common_ground("kaz-2020-draft", "TKM")
    The article calls 5 themes the common denominators; they are 4 here, since innovation is coded with digitalisation.
    Kazakhstan draft, 2019 names all 4 ...
    """
    themes = int(load("domains")["common_denominator"].sum())
    coded = len(measures.domain_codes("common"))
    sides = [first, *measures.alternatives(second, explicitness, exclude=first)]
    themes_of = {side: _known(measures.agenda(side, "common", explicitness).eq(1)) for side in sides}
    names = {side: documents.agenda_name(side) for side in sides}
    said = {s: _("{name} names {themes}", name=names[s], themes=known) for s, known in themes_of.items() if known}
    for side in (first, second):
        said.setdefault(side, _("{name} names none in what was read", name=names[side]))
    head = _(
        "The article calls {themes} themes the common denominators; they are {coded} here, since innovation is coded "
        "with digitalisation.",
        themes=themes,
        coded=coded,
    )
    parts = [head, sentence(said.pop(first)), sentence(said.pop(second))]
    if others := "; ".join(said.values()):
        parts.append(_("Other texts of the same state: {others}.", others=others))
    return MarkdownText(" ".join(parts))


def one_source_summary(first: str, second: str, domains: str = "all", explicitness: str = "any") -> MarkdownText:
    """Where one and the same source vouches for both sides of what is shared, with every text of the second state.

    >>> commitments.one_source_summary("kaz-2020-draft", "TKM")
    On *Transport and transit*, ... one source alone speaks for both Kazakhstan draft, 2019 and Turkmenistan
    reading, undated: ...
    """
    parts, name = [], documents.agenda_name(first)
    for other in measures.alternatives(second, explicitness, exclude=first):
        if same := measures.one_source(first, other, domains, explicitness):
            titles = [_("“{title}”", title=source["title"]) for source in sources.sources(same.values())]
            said = {"themes": _titles(same), "name": name, "other": documents.agenda_name(other), "titles": titles}
            parts.append(_("On {themes} one source alone speaks for both {name} and {other}: {titles}.", **said))
    if not parts:
        return _("On no theme does one source alone speak for both {name} and one of these texts.", name=name)
    parts.append(_("There the common ground is what its author says, not two findings that agree."))
    return MarkdownText(" ".join(parts))


def breadth_summary(domains: str = "all", explicitness: str = "any") -> MarkdownText:
    """How much is known of the doctrine of each state: themes named at least, and texts of which nothing is known.

    >>> commitments.breadth_summary()
    The doctrine of each state names at least so many of 15 themes: Kazakhstan ...
    """
    named = {state: measures.agenda(state, domains, explicitness).eq(1).sum() for state in documents.states()}
    counts = [
        _("{state} {number}", state=short_name(state), number=int(n)) + _unread(state) for state, n in named.items()
    ]
    said = ngettext(
        "The doctrine of each state names at least so many of {n} theme: {counts}.",
        "The doctrine of each state names at least so many of {n} themes: {counts}.",
        len(measures.domain_codes(domains)),
        counts="; ".join(counts),
    )
    return MarkdownText(" ".join([said, _("A small number may mean a narrow doctrine or a short look at it.")]))


def theme_summary(first: str, second: str, explicitness: str = "any") -> MarkdownText:
    """Which themes the coded events between the two states named, at least.

    >>> commitments.theme_summary("kaz-2020-draft", "TKM")
    At ... coded events, Kazakhstan and Turkmenistan named the common denominators at least this often: ...
    """
    pair, titles = documents.pair_of(first, second), measures.domain_titles()
    if "-" not in pair:
        state = short_name(pair)
        return _("Both texts are of {state}, so there are no events between two states.", state=state)
    names, themes = list(map(short_name, states_of(pair))), events.theme_counts(pair, explicitness)
    if themes.empty:
        return _("No events between {names} are coded by theme.", names=names)
    common, others = (
        [_("*{theme}* at {number}", theme=titles[row.domain], number=int(row.named)) for row in rows.itertuples()]
        for rows in (themes[themes["common"]], themes[~themes["common"]])
    )
    parts = [
        ngettext(
            "At {n} coded event, {names} named the common denominators at least this often: {counts}.",
            "At {n} coded events, {names} named the common denominators at least this often: {counts}.",
            int(themes["events"].max()),
            names=names,
            counts=common,
        )
    ]
    if others:
        parts.append(_("They also named {counts}.", counts=others))
    return MarkdownText(" ".join(parts))


def _side(asked: str) -> str:
    """A text or state in bold, with how much of it was not read."""
    state = asked in documents.states()
    name = _("{state} doctrine", state=short_name(asked)) if state else documents.agenda_name(asked)
    return f"**{name}**{_unread(asked)}"


def _unread(asked: str) -> str:
    """How many texts of an agenda hold nothing that is known; "" where there is none."""
    texts = measures.coded([asked]).groupby("document_id")["value"].count()
    dark = int(texts.eq(0).sum())
    if not dark:
        return ""
    if len(texts) == 1:
        return " " + _("(not read)")
    return " " + ngettext("({dark} of {n} text not read)", "({dark} of {n} texts not read)", len(texts), dark=dark)


def _titles(codes: Iterable[str]) -> list[str]:
    titles = measures.domain_titles()
    return [f"*{titles[code]}*" for code in codes]


def _known(named: pd.Series) -> str:
    codes = named.index[named.fillna(False)]
    if codes.empty:
        return ""
    if len(codes) == len(named):
        return _("all {number} ({themes})", number=len(codes), themes=_titles(codes))
    return f"{len(codes)} ({join_list(_titles(codes))})"
