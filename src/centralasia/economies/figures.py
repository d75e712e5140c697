"""The figure of how far the economies of a region lie apart."""

import math
import textwrap
from decimal import Decimal

import numpy as np
import pandas as pd

from centralasia.economies import measures as economy
from centralasia.economies.measures import change, definition, panel, unit_name
from centralasia.economies.tables import measure_unit, number
from centralasia.figures.figure import figure
from centralasia.figures.marks import HATCH, band, draw_title, name_sources
from centralasia.figures.style import FAINT, INK, WIDTH
from centralasia.names import colour, short_name
from datacontract.labels import number_formatter, translate_figure
from datacontract.words import join_list

__all__ = ["dispersion_panels"]

DOTTED = (0, (1, 1.6))
MANY = 12  # years from which on a line is drawn without a marker at every one


@figure
def dispersion_panels(canvas, indicators, region, first_year, last_year, doubtful="kept"):
    """Sigma convergence as small multiples: the dispersion of each indicator among the members of a region, by year.

    Parameters
    ----------
    indicators : list of str
        Codes of ``indicator_definitions.csv``, one panel each.
    region, first_year, last_year, doubtful, data
        See `centralasia.economies.panel`.

    The band spans the values with one member left out; the dashed line is the first value; dotted lines and hollow
    markers rest on doubtful values; hatched years at the foot are known for some of the members only. Panels with the
    same dispersion and unit share their scale.
    """
    found = {i: panel(i, region, first_year, last_year, doubtful) for i in indicators}
    paths = {i: economy.sigma(one) for i, one in found.items()}
    tops = _tops(found, paths)
    columns = min(2, len(indicators))
    lines = math.ceil(len(indicators) / columns)
    canvas.set_size_inches(WIDTH, 0.9 + 2.05 * lines)
    grid = canvas.subplots(lines, columns, sharex=True, squeeze=False).ravel()
    shade = colour(region)
    for axes, (indicator, one) in zip(grid, found.items(), strict=False):
        axes.set_title(textwrap.fill(definition(indicator)["title"], 30), fontsize=10, pad=6)
        _draw_dispersion(axes, paths[indicator], one, shade)
        axes.set(xlim=(first_year - 1, last_year + 1), ylim=(0, tops[indicator]))
        axes.set_ylabel(_axis(indicator, one), fontsize=9)
        axes.xaxis.get_major_locator().set_params(integer=True, nbins=5)
        axes.tick_params(labelsize=9, labelbottom=True)
        axes.tick_params(axis="x", pad=8)
    for axes in grid[len(indicators) :]:
        axes.set_axis_off()
    title = _dispersion_title(found, region)
    draw_title(canvas, title)
    drawn = pd.concat(
        [p.rename_axis("year").reset_index().assign(indicator=i, measure=found[i].measure) for i, p in paths.items()]
    )
    left = {s for one in found.values() for s in one.left}
    missing = (
        f" Too few values, so left out of some panels: {join_list(short_name(s) for s in sorted(left))}."
        if left
        else ""
    )
    n = sorted({one.values.shape[1] for one in found.values() if len(one.values)}) or [0]
    caption = (
        f"Dispersion among {join_list(n, 'or')} members (n), in years in which all of them have a value. Band: with one "
        "member left out in turn. Dashed: the first value. Dotted line, hollow marker: on doubtful values. "
        "Hatched at the foot: known for some members only. All scales begin at zero and are shared where dispersion "
        f"and unit are the same.{missing} {name_sources(k for one in found.values() for k in one.source)}"
    )
    words = " ".join(_dispersion_words(i, found[i], paths[i]) for i in indicators)
    return title, f"Small multiples of dispersion by year in {short_name(region)}. {words}", caption, drawn


def _tops(found, paths):
    """The upper end of each panel's scale: shared by panels whose dispersion has the same unit."""
    tops = {}
    for indicator, one in found.items():
        unit = (one.measure, measure_unit(indicator) if one.measure == "sd" else "")
        high = paths[indicator][["value", "highest"]].max(axis=None)
        tops.setdefault(unit, []).append((indicator, 0 if pd.isna(high) else high))
    return {i: 1.15 * (max(high for _, high in group) or 1) for group in tops.values() for i, _ in group}


def _axis(indicator, one):
    unit = {"unit": unit_name(measure_unit(indicator))} if one.measure == "sd" else {}
    return translate_figure(f"dispersion.{one.measure}", **unit)


def _draw_dispersion(axes, path, one, shade):
    if path.empty:
        words = translate_figure("dispersion.few", least=economy.LEAST)
        axes.text(0.5, 0.5, words, transform=axes.transAxes, ha="center", va="center", color=FAINT, fontsize=9)
        return
    years, values = path.index.to_numpy(), path["value"].to_numpy()
    axes.fill_between(years, path["lowest"], path["highest"], **band(shade))
    axes.axhline(values[0], color=FAINT, lw=1, ls=(0, (4, 2)), zorder=2)
    for i in range(len(path) - 1):
        dotted = path["doubtful"].iloc[i : i + 2].any()
        axes.plot(years[i : i + 2], values[i : i + 2], color=shade, lw=2, ls=DOTTED if dotted else "-", zorder=3)
    write = number_formatter()
    marked = np.arange(len(path)) if len(path) <= MANY else np.array([0, len(path) - 1])
    for i in marked:
        face = "white" if path["doubtful"].iloc[i] else shade
        axes.scatter(years[i], values[i], s=24, facecolor=face, edgecolor=shade, linewidth=1.4, zorder=4)
    for i, inner, side in ((0, 1, "left"), (-1, -2, "right")):
        away = 7 if values[inner] <= values[i] else -15  # on the side that the line does not take
        told, at = write(Decimal(number(values[i])), ""), (years[i], values[i])
        axes.annotate(told, at, xytext=(0, away), textcoords="offset points", ha=side, fontsize=9, color=INK, zorder=5)
    for year in one.unknown:
        axes.axvspan(year - 0.5, year + 0.5, 0, 0.045, facecolor="none", **HATCH)


def _dispersion_title(found, region):
    moves = [change(one) for one in found.values()]
    told = [m for m in moves if m is not None]
    fell = sum(m.after < m.before for m in told)
    if not told:
        return translate_figure("dispersion.title_none", name=short_name(region))
    return translate_figure("dispersion.title", name=short_name(region), n=fell, indicators=len(told))


def _dispersion_words(indicator, one, path):
    title = definition(indicator)["title"]
    if path.empty:
        return f"{title}: fewer than {economy.LEAST} members with two common years."
    shown = (
        path
        if len(path) <= MANY
        else path.loc[sorted({path.index[0], path["value"].idxmin(), path["value"].idxmax(), path.index[-1]})]
    )
    values = ", ".join(
        f"{year} {number(r['value'])} ({number(r['lowest'])} to {number(r['highest'])} with one left out)"
        for year, r in shown.iterrows()
    )
    low = " All or some values doubtful." if path["doubtful"].any() else ""
    gaps = f" Known for some members only in {join_list(one.unknown)}." if one.unknown else ""
    return f"{title}, {_axis(indicator, one)}: {values}.{low}{gaps}"
