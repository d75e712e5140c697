"""The map of a region, its states shaded by the level of their ties with one of them."""

import json
from typing import Any

import numpy as np
import pandas as pd

from centralasia.dates import iso_date
from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.letters import fill_lines, widest
from centralasia.figures.marks import TEXT_BOX, draw_legend
from centralasia.figures.naming import name_mark
from centralasia.figures.style import FAINT, INK, is_narrow
from centralasia.names import colour, level_name, short_name
from centralasia.regions import members, pair_code
from centralasia.ties.marks import level_since, level_style, unknown_fillings
from centralasia.ties.measures import levels_on
from centralasia.ties.register import NOT_SEARCHED, searched
from datacontract import contract
from datacontract.errors import ChoiceError, DataError, suggest
from datacontract.language import _

__all__ = ["MAP_SOURCE", "level_map", "load_map"]

MAP_SOURCE = "NATEARTH"
RESOURCE = "map_central_asia"
MARGIN = 1.5  # degrees of land and sea around the region
ACROSS = 0.94  # of the width of the drawing: the map
AROUND = 2  # points around a name
_SEA, _LAND = "#f4f7f9", "#e6e4df"


def load_map() -> dict[str, Any]:
    """The outlines of the map.

    Returns a dictionary of actor code to ``matplotlib.path.Path``, its polygons in degrees of longitude and latitude.
    Neighbours are cut at the edge of the map. Raises `DataError` where the contract has no map or its file cannot be
    read.

    >>> outlines = ties.load_map()
    >>> outlines["UZB"].vertices.min(axis=0).round(1)
    array([56. , 37.2])
    """
    from matplotlib.path import Path

    resources = {resource["name"]: resource for resource in contract.contract()["resources"]}
    if RESOURCE not in resources:
        raise DataError(f"no resource {RESOURCE!r} in the contract; {suggest(RESOURCE, resources)}")
    path, shapes = contract.data_file(resources[RESOURCE]), {}
    try:
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
            parts = feature["geometry"]["coordinates"]
            parts = parts if feature["geometry"]["type"] == "MultiPolygon" else [parts]
            rings = [Path(np.asarray(ring, dtype=float), closed=True) for polygon in parts for ring in polygon]
            shapes[feature["properties"]["actor"]] = Path.make_compound_path(*rings)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path.name}: cannot be read as a map ({error!r})") from None
    return shapes


@figure
def level_map(canvas: Any, region: str, state: str, date: str | int) -> Drawing:
    """The states of a region, shaded by the level of their ties with `state` at the end of a date.

    Parameters
    ----------
    region, state : str
        A region of ``memberships.csv`` and one of its members at that date.
    date : str or int
        A day, month or year.

    Longitude and latitude are drawn as they are, with the aspect of the middle latitude. The map is a background:
    its borders are those of the map's source and its date.

    Examples
    --------
    >>> ties.level_map("C5", "KAZ", "2021-12-06").title
    Kazakhstan by 2021-12-06: alliance with Kyrgyzstan and Uzbekistan
    """
    from matplotlib.patches import Patch, PathPatch

    date = iso_date(date)
    shapes, states = load_map(), members(region, date)
    if state not in states:
        raise ChoiceError(f"state {state!r} is no member of {region} in {date}; {suggest(state, states)}")
    others = [other for other in states if other != state]
    drawn = levels_on([pair_code(state, other) for other in others], date)
    drawn.insert(1, "state", others)
    missing = [short_name(one) for one in states if one not in shapes]
    if len(missing) == len(states):
        words = _("None of these states is on the map: {names}.", names=missing)
        return draw_nothing(canvas, words, _("The map covers Central Asia and its neighbours."), drawn)
    own = np.concatenate([shapes[one].vertices for one in states if one in shapes])
    whole = np.concatenate([shape.vertices for shape in shapes.values()])
    west, south = np.maximum(own.min(axis=0) - MARGIN, whole.min(axis=0))
    east, north = np.minimum(own.max(axis=0) + MARGIN, whole.max(axis=0))
    axes = canvas.subplots()
    stretch = 1 / np.cos(np.radians((south + north) / 2))
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], facecolor=_SEA, aspect=stretch)
    axes.spines[:].set_visible(False)
    found = {row.state: level_since(row) for row in drawn.itertuples()}
    styles: dict[str, dict[str, Any]] = {state: {"facecolor": colour(state)}}
    unsearched = pd.isna(drawn["level"]) & ~drawn["pair"].isin(searched())
    shown = drawn["level"].astype("object").mask(unsearched, NOT_SEARCHED)
    styles |= {other: level_style(level) for other, level in zip(others, shown, strict=True)}
    labels, narrow = [], is_narrow(canvas)
    for actor, shape in shapes.items():
        label, chosen = short_name(actor), actor == state
        if actor not in states:
            axes.add_artist(PathPatch(shape, facecolor=_LAND, edgecolor="white", linewidth=0.7, zorder=1))
            labels.append((shape, label, {"color": FAINT, "fontsize": 8.5, "zorder": 2}))
            continue
        axes.add_artist(PathPatch(shape, **styles[actor], linewidth=0, zorder=3))
        for edge, width in (("white", 1.8), (INK, 0.7)):  # a cased line stands out from light and dark
            line = {"edgecolor": edge, "linewidth": width + 0.8 * chosen}
            axes.add_artist(PathPatch(shape, facecolor="none", zorder=4, **line))
        if not chosen and not narrow:
            label += "\n" + fill_lines(found[actor], 18)
        weight = {"fontweight": "bold", "fontsize": 10} if chosen else {"fontsize": 8 if narrow else 9}
        labels.append((shape, label, {"bbox": TEXT_BOX | {"pad": 1.2, "alpha": 0.88}, "zorder": 6, **weight}))
    _write_labels(axes, labels, stretch, {short_name(other): level for other, level in found.items()})
    said: list[str] = []
    if narrow:  # where there is no room on the map
        said = [fill_lines(f"{short_name(other)}: {found[other]}", 36) for other in others]
        draw_legend(canvas, 1, [Patch(linewidth=0, **styles[other]) for other in others], said)
    lines = sum(1.2 + words.count("\n") for words in said)
    canvas.set_figheight(min(canvas.get_figwidth() * (north - south) / (east - west) * stretch + 0.5 + 0.18 * lines, 6))
    name, best = short_name(state), drawn["level"].max()
    names = [short_name(other) for other in drawn.loc[drawn["level"] == best, "state"]]
    title = _("{state}: no label found by {date}", state=name, date=date)
    if names:
        title = _("{state} by {date}: {level} with {names}", state=name, date=date, level=level_name(best), names=names)
    outside = [_("Not on the map: {names}.", names=missing)] if missing else []
    caption = [
        _(
            "Highest level signed and found by {date}, with the year it was first reached (n = {n} of {pairs} pairs "
            "with a label). The more a state stands out, the higher.",
            date=date,
            n=int(drawn["level"].count()),
            pairs=len(drawn),
        ),
        *unknown_fillings((pd.isna(drawn["level"]) & ~unsearched).any(), unsearched.any()),
        *outside,
        _("Map: Natural Earth, a background and no evidence on borders."),
    ]
    alt_text = _(
        "Map of the ties of {state} with the other members of {region}, by {date}. {levels}.",
        state=name,
        region=short_name(region),
        date=date,
        levels="; ".join(f"{short_name(other)}: {level}" for other, level in found.items()),
    )
    return Drawing(title, " ".join([alt_text, *outside]), " ".join(caption), drawn)


def _write_labels(
    axes: Any, labels: list[tuple[Any, str, dict[str, Any]]], stretch: float, levels: dict[str, str]
) -> None:
    """Writes each label where the visible part of its shape is widest, and where no other label stands.

    `labels` holds shape, text and style; `levels` is what is said of a state, by name.
    Members come first, those with the least room before the others; the name
    of a neighbour is left out where there is no room for it. The visible part of a shape is laid on a grid; the point
    farthest from its edge wins, distances to the side counting less the more oblong the words are.
    """
    from scipy.ndimage import distance_transform_edt

    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    x, y = np.linspace(west, east, 121), np.linspace(south, north, 121)
    points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    fields, taken = [], list[Any]()
    for shape, text, style in labels:
        lines = text.splitlines()
        rows, letters = len(lines), max(map(len, lines))
        inside = ((points > shape.vertices.min(axis=0)) & (points < shape.vertices.max(axis=0))).all(axis=1)
        inside[inside] = shape.contains_points(points[inside])  # asked only of what lies in its box
        steps = ((y[1] - y[0]) * stretch, (x[1] - x[0]) / (letters / rows / 2))
        depth = distance_transform_edt(np.pad(inside.reshape(len(y), len(x)), 1), sampling=steps)[1:-1, 1:-1]
        fields.append((depth, text, style, rows))
    point = (east - west) / axes.figure.get_figwidth() / 72 / ACROSS  # in degrees of longitude
    for free, text, style, rows in sorted(fields, key=lambda field: (-field[2]["zorder"], field[0].max())):
        width = point * (widest(text.splitlines(), style["fontsize"], "fontweight" in style) / 2 + AROUND)
        height = point * (0.6 * rows * style["fontsize"] + AROUND) / stretch
        clear = ((y - south > height) & (north - y > height))[:, None] & ((x - west > width) & (east - x > width))
        for column, row, other_width, other_height in taken:
            near = np.abs(y - row)[:, None] < height + other_height
            clear &= ~(near & (np.abs(x - column)[None, :] < width + other_width))
        depth = np.where(clear, free, 0)
        row, column = np.unravel_index(depth.argmax(), depth.shape)
        if "bbox" in style and not depth.max():  # then as near to its shape as there is room
            far = np.hypot(x[None, :] - x[free.argmax() % len(x)], (y[:, None] - y[free.argmax() // len(x)]) * stretch)
            row, column = np.unravel_index(np.where(clear, far, np.inf).argmin(), far.shape)
        if "bbox" in style or depth.max() > (east - west) / 60:
            taken.append((x[column], y[row], width, height))
            axes.text(x[column], y[row], text, ha="center", va="center", linespacing=1.15, **style)
            name = text.partition("\n")[0]
            said = f"{name}: {levels[name]}" if name in levels else name
            name_mark(axes, x[column], y[row], said, 2 * width, 2 * height)
