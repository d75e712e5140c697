"""The figures of what documents commit to and of what two of them share."""

import itertools
from typing import Any

import pandas as pd

from centralasia.commitments import documents, measures
from centralasia.commitments.words import mark_words, part_of_themes
from centralasia.figures.figure import Drawing, figure
from centralasia.figures.grids import frame_matrix
from centralasia.figures.marks import CROSS, DASH, DISC, RING, bold_ticks, draw_key, draw_mark, heading_lines
from centralasia.figures.naming import name_mark
from centralasia.figures.style import FAINT, darken_to_contrast, is_narrow
from centralasia.names import colour, short_name
from datacontract.language import _, ngettext
from datacontract.words import sentence

__all__ = ["matrix", "shared_bars"]

_LOOKS = {"named": DISC, "refused": CROSS, "general": RING, "absent": DASH, "unknown": "hatch"}


@figure
def matrix(canvas: Any, first: str, second: str, domains: str = "all", explicitness: str = "any") -> Drawing:
    """Which themes the documents of two states commit to: themes down, documents across.

    Parameters
    ----------
    first, second : str
        A coded document or a state (`documents_of`). The documents that they stand for are set in bold; the other
        coded documents of their states stand beside them.
    domains, explicitness : str
        See `coded`.

    A disc is named, a cross refused, a ring a general aim that is not directed at the region, a dash absent, a hatched
    field unknown.

    Examples
    --------
    >>> commitments.matrix("kaz-2020-draft", "TKM").title
    Kazakhstan draft, 2019 names most (11 of 15 themes); ... entries are unknown
    """
    texts = documents.coded_documents(first, second).set_index("document_id")["state"]
    chosen = {*documents.documents_of(first), *documents.documents_of(second)}
    names = {document: documents.agenda_name(document) for document in texts.index}
    titles, common = measures.domain_titles(), measures.domain_codes("common")
    codes = sorted(measures.domain_codes(domains), key=lambda code: code not in common)  # the common ones on top
    found, n_common = measures.marks(names, domains, explicitness).loc[codes], len({*codes} & {*common})
    drawn = found.reset_index().melt("domain", var_name="document_id", value_name="mark")
    drawn["compared"] = drawn["document_id"].isin(chosen)

    axes, words, size = canvas.subplots(), mark_words(), 40 if is_narrow(canvas) else 75
    for x, (document, marks) in enumerate(found.items()):
        for y, (code, mark) in enumerate(marks.items()):
            draw_mark(axes, x, y, _LOOKS[mark], colour(texts[document]), size=size)
            name_mark(axes, x, y, f"{titles[code]}, {names[document]}: {words[mark]}", 0.9, 0.9)
    letters = {"fontsize": 8} if is_narrow(canvas) else {}
    places = pd.Series(range(len(texts)), texts.array).groupby(level=0, sort=False)
    heads = [names[d].removeprefix(short_name(texts[d])).strip(" :,") for d in names]  # the state stands above
    edges = [n_common], list(places.first())
    frame_matrix(axes, [titles[c] for c in codes], heads, upright=True, edges=edges, letters=42)
    bold_ticks(axes.get_xticklabels(), texts.index.isin(chosen))
    for state, middle in places.mean().items():
        shade = darken_to_contrast(colour(state))
        axes.text(middle, -0.7, short_name(state), ha="center", fontweight="bold", color=shade, **letters)
    if n_common and not is_narrow(canvas):  # where the caption says it
        at = len(texts) - 0.35, (n_common - 1) / 2
        axes.text(*at, _("common\ndenominators"), rotation=270, va="center", fontsize=8.5)
    looks = {word: _LOOKS[mark] for mark, word in words.items() if mark in set(drawn["mark"])}
    draw_key(canvas, looks)
    canvas.set_figheight(2.6 + 0.27 * len(codes))
    described = []
    for document, name in names.items():
        marks = _describe_marks(found[document], titles)
        form = {"name": name, "marks": marks}
        described.append(
            _("{name} (compared): {marks}.", **form) if document in chosen else sentence(f"{name}: {marks}")
        )
    caption: str = _(
        "n = {entries} entries: {themes} by {documents}; in bold, those compared.",
        entries=len(drawn),
        themes=ngettext("{n} theme", "{n} themes", len(codes)),
        documents=ngettext("{n} coded document", "{n} coded documents", len(texts)),
    )
    if 0 < n_common < len(codes):
        caption = " ".join([caption, _("Above the line, the article's common denominators.")])
    return Drawing(
        _matrix_title(found, names),
        _("Matrix of the themes that documents commit to. {words}", words=" ".join(described)),
        caption,
        drawn,
        [measures.evidence(names, domains, explicitness)["source"]],
    )


def _matrix_title(found: pd.DataFrame, names: dict[str, str]) -> str:
    named = found.eq("named").sum()
    leading = [names[document] for document in named.index[named == named.max()]]
    said = {"part": part_of_themes(int(named.max()), len(found)), "entries": found.size}
    said["unknown"] = int(found.eq("unknown").sum().sum())
    if named.max() and len(leading) < 3:
        return ngettext(
            "{names} names most ({part}); {unknown} of {entries} entries are unknown",
            "{names} name most ({part}); {unknown} of {entries} entries are unknown",
            len(leading),
            names=leading,
            **said,
        )
    return _("No document names more than {part}; {unknown} of {entries} entries are unknown", **said)


def _describe_marks(found: pd.Series, titles: pd.Series) -> str:
    codes = {mark: list(found.index[found == mark]) for mark in _LOOKS}
    what = {mark: ", ".join(titles[own]) for mark, own in codes.items()} | {"unknown": str(len(codes["unknown"]))}
    words = mark_words()
    return "; ".join(_("{mark} {themes}", mark=words[mark], themes=what[mark]) for mark in _LOOKS if codes[mark])


@figure
def shared_bars(canvas: Any, first: str, second: str, domains: str = "all", explicitness: str = "any") -> Drawing:
    """How many themes `first` is known to share with `second`, and with each of its `alternatives`.

    One bar a comparison: full for the themes known to be shared, dotted for those of them that one and the same source
    vouches for on both sides. On the right the same for the article's common denominators alone, unless these are what
    was asked for. Parameters are those of `matrix`. How many more may be shared is written only where something is
    known to be missing, since otherwise it is all themes whatever the texts say.

    >>> commitments.shared_bars("kaz-2020-draft", "tkm-article-reading").title
    Kazakhstan draft, 2019 and Turkmenistan reading, undated are known to share 5 of 15 themes
    """
    panels = {domains: _("Themes"), **({} if domains == "common" else {"common": _("Common denominators")})}
    others = measures.alternatives(second, explicitness, exclude=first)
    names, rows = {other: documents.agenda_name(other) for other in others}, []
    for asked, other in itertools.product(panels, others):
        shared = measures.compare(first, other, asked, explicitness)
        same = len(measures.one_source(first, other, asked, explicitness))
        rows.append((asked, other, names[other], shared.least, same, shared.most, shared.domains))
    drawn = pd.DataFrame(rows, columns=["asked", "side", "other", "least", "one_source", "most", "domains"])
    stacked = is_narrow(canvas)
    if stacked:
        every = canvas.subplots(len(panels), 1, squeeze=False)[:, 0]
    else:
        every = canvas.subplots(1, len(panels), sharey=True, squeeze=False, width_ratios=[3, 2][: len(panels)])[0]
    for axes, (asked, heading) in zip(every, panels.items(), strict=True):
        _draw_bars(axes, drawn[drawn["asked"] == asked], colour(documents.state_of(second)))
        axes.set_xlabel(heading if stacked else heading_lines(heading))
    for axes in every if stacked else every[:1]:
        axes.set_yticks(range(len(others)), names.values(), fontsize=9)
        axes.get_yticklabels()[0].set_fontweight("bold")
    canvas.set_figheight((len(panels) if stacked else 1) * (1.5 + 0.38 * len(others)))
    name, row = documents.agenda_name(first), drawn.iloc[0]
    described = []
    for asked, own in drawn.groupby("asked", sort=False):
        said = {"name": name, "bars": "; ".join(map(_describe_bar, own.itertuples()))}
        if asked == domains:
            described.append(_("Themes that {name} is known to share with: {bars}.", **said))
        else:
            described.append(_("Common denominators that {name} is known to share with: {bars}.", **said))
    number = int(row["domains"])
    part, themes = part_of_themes(row["least"], number), ngettext("{n} theme", "{n} themes", number)
    return Drawing(
        _("{name} and {other} are known to share {part}", name=name, other=row["other"], part=part),
        _("Bars. {words}", words=" ".join(described)),
        _(
            "n = {themes}. Full: known to be shared; dotted: one source speaks for both sides. More may be shared. In "
            "bold, the comparison asked for; below it, other texts of the same state of which anything is known.",
            themes=themes,
        ),
        drawn,
        [measures.evidence([first, *others], domains, explicitness)["source"]],
    )


def _draw_bars(axes: Any, rows: pd.DataFrame, shade: str) -> None:
    dotted, n = {"facecolor": "white", "edgecolor": shade, "hatch": "oo", "linewidth": 0}, int(rows["domains"].max())
    for y, row in enumerate(rows.itertuples()):
        full = row.least - row.one_source
        axes.barh(y, full, height=0.5, color=shade)
        axes.barh(y, row.one_source, left=full, height=0.5, **dotted)
        axes.text(row.least + n * 0.02, y, _number(row), va="center", fontsize=9)
        name_mark(axes, row.least / 2, y, _describe_bar(row), row.least, 0.5)
    axes.axvline(0, color=FAINT, linewidth=0.7)
    axes.set(xlim=(0, n * 1.1), ylim=(len(rows) - 0.5, -0.5), xticks=range(0, n + 1, 1 if n < 6 else 5))
    axes.spines[["left", "bottom"]].set_visible(False)


def _number(row: Any) -> str:
    """How many are shared: the least, and the most where that is known to be less than all."""
    return f"{row.least}–{row.most}" if row.least < row.most < row.domains else str(row.least)


def _describe_bar(row: Any) -> str:
    said = {"other": row.other, "number": _number(row), "themes": row.domains}
    if not row.one_source:
        return _("{other}, {number} of {themes}", **said)
    return _("{other}, {number} of {themes} ({same} by one source that speaks for both)", **said, same=row.one_source)
