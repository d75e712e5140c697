"""The map of a region, its states shaded by the level of their ties with one of them."""

import json
import textwrap

import numpy as np
import pandas as pd

from centralasia.dates import iso_date
from centralasia.figures.figure import figure
from centralasia.figures.marks import draw_title
from centralasia.figures.style import FAINT, INK, WIDTH
from centralasia.names import NONE_FOUND, colour, level_name, short_name
from centralasia.regions import members
from centralasia.ties import measures as ties
from centralasia.ties.figures import empty, level_style
from datacontract import contract
from datacontract.errors import DataError, suggest
from datacontract.labels import translate_figure
from datacontract.words import join_list

__all__ = ["level_map", "load_map"]

RESOURCE = "map_central_asia"
MARGIN = 1.5  # degrees of land and sea around the region
_SEA, _LAND = "#f4f7f9", "#e6e4df"


def load_map():
    """The outlines of the map.

    Returns a dictionary of actor code to its polygons, each a list of rings, outer ring first, as arrays of
    longitude and latitude in degrees. Neighbours are cut at the edge of the map. Raises `DataError` where the
    contract has no map or its file cannot be read.
    """
    found = {r["name"]: r for r in contract.contract()["resources"]}
    if RESOURCE not in found:
        raise DataError(f"no resource {RESOURCE!r} in the contract; {suggest(RESOURCE, found)}")
    path = contract.data_file(found[RESOURCE])
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        return {f["properties"]["actor"]: _polygons(f["geometry"]) for f in features}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path.name}: cannot be read as a map ({error!r})") from None


def _polygons(geometry):
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[np.asarray(ring, dtype=float) for ring in rings] for rings in parts]


@figure
def level_map(canvas, region, state, date, minimum_confidence="low"):
    """The states of a region, shaded by the level of their ties with `state` at the end of a date.

    Parameters
    ----------
    region, state : str
        A region of ``memberships.csv`` and one of its members at that date.
    date : str or int
        A day, month or year.
    minimum_confidence : str
        See `centralasia.ties.acts`.

    Longitude and latitude are drawn as they are, with the aspect of the middle latitude. The map is a background:
    its borders are those of the map's source and its date.
    """
    date = iso_date(date)
    shapes, of = load_map(), members(region, date)
    if state not in of:
        raise DataError(f"state {state!r} is no member of {region} in {date}; {suggest(state, of)}")
    drawn = pd.DataFrame([_row(state, other, date, minimum_confidence) for other in of if other != state])
    missing = [short_name(a) for a in of if a not in shapes]
    if len(missing) == len(of):
        words = f"None of these states is on the map: {join_list(missing)}."
        return *empty(canvas, words), "The map covers Central Asia and its neighbours.", drawn
    west, east, south, north = _extent([shapes[a] for a in of if a in shapes], shapes.values())
    axes = canvas.subplots()
    stretch = 1 / np.cos(np.radians((south + north) / 2))
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], facecolor=_SEA, aspect=stretch)
    axes.spines[:].set_visible(False)
    labels = {row.state: f"{short_name(row.state)}\n{textwrap.fill(_words(row), 18)}" for row in drawn.itertuples()}
    styles = {row.state: level_style(row.level) for row in drawn.itertuples()}
    names = []
    for actor, polygons in shapes.items():
        name, chosen = short_name(actor), actor == state
        if actor not in of:
            _add(axes, polygons, facecolor=_LAND, edgecolor="white", linewidth=0.7, zorder=1)
            names.append((polygons, name, {"color": FAINT, "fontsize": 8.5, "zorder": 2}))
            continue
        _add(axes, polygons, **styles.get(actor, {"facecolor": colour(state)}), linewidth=0, zorder=3)
        for edge, width in (("white", 1.8), (INK, 0.7)):  # a cased line stands out from light and dark
            _add(axes, polygons, facecolor="none", edgecolor=edge, linewidth=width + 0.8 * chosen, zorder=4)
        size = {"fontweight": "bold", "fontsize": 10} if chosen else {"fontsize": 9}
        names.append((polygons, labels.get(actor, name), {"bbox": _PAPER, "zorder": 6, **size}))
    _write_names(axes, names, stretch)
    canvas.set_size_inches(WIDTH, min(WIDTH * (north - south) / (east - west) * stretch + 0.5, 6))
    name, top = short_name(state), drawn["level"].dropna()
    title = _title(name, drawn, date)
    draw_title(canvas, title)
    words = [f"{short_name(r.state)}: {_words(r)}" for r in drawn.itertuples()]
    outside = f" Not on the map: {join_list(missing)}." if missing else ""
    words = f"Map of the ties of {name} with the other members of {region}, end of {date}. {'; '.join(words)}.{outside}"
    caption = (
        f"Highest level signed and found by the end of {date}, with the year it was first reached (n = {len(top)} of "
        f"{len(drawn)} pairs with a label). Darker is higher; dotted white: none found, which proves no absence."
        f"{outside} Map: Natural Earth (NATEARTH), a background and no evidence on borders."
    )
    return title, words, caption, drawn


_PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.88}


def _row(state, other, date, minimum_confidence):
    pair = "-".join(sorted((state, other)))
    return {"pair": pair, "state": other, **vars(ties.level_at(pair, date, minimum_confidence))}


def _words(row):
    return NONE_FOUND if pd.isna(row.level) else f"{level_name(row.level)}, {row.since[:4]}"


def _title(name, drawn, date):
    if drawn["level"].isna().all():
        return translate_figure("map.title_none", name=name, date=date)
    best = max(drawn["level"].dropna(), key=ties.levels().index)
    who = [short_name(a) for a in drawn.loc[drawn["level"] == best, "state"]]
    told = {"name": name, "date": date, "level": level_name(best)}
    if len(who) < 3:
        return translate_figure("map.title", names=who, **told)
    return translate_figure("map.title_many", n=len(who), states=len(drawn), **told)


def _extent(shapes, every):
    """West, east, south and north of shapes with a margin, within what the map covers."""
    own, whole = (np.concatenate([r for s in some for rings in s for r in rings]) for some in (shapes, every))
    (west, south) = np.maximum(own.min(axis=0) - MARGIN, whole.min(axis=0))
    (east, north) = np.minimum(own.max(axis=0) + MARGIN, whole.max(axis=0))
    return west, east, south, north


def _path(polygons):
    from matplotlib.path import Path

    return Path.make_compound_path(*(Path(ring, closed=True) for rings in polygons for ring in rings))


def _add(axes, polygons, **style):
    from matplotlib.patches import PathPatch

    axes.add_patch(PathPatch(_path(polygons), **style))


def _write_names(axes, names, stretch):
    """Writes each name where the visible part of its shape is widest, and where no other name stands.

    `names` holds polygons, text and style. Members come first, those with the least room before the others; the name
    of a neighbour is left out where there is no room for it. The visible part of a shape is laid on a grid; the point
    farthest from its edge wins, distances to the side counting less the more oblong the words are.
    """
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    x, y = np.linspace(west, east, 121), np.linspace(south, north, 121)
    fields = [(_depth(polygons, text, x, y, stretch), text, style) for polygons, text, style in names]
    taken = []
    for depth, text, style in sorted(fields, key=lambda field: (-field[2]["zorder"], field[0].max())):
        size = (east - west) / WIDTH * style["fontsize"] / 72  # of the font, in degrees of longitude
        wide = 0.66 * max(map(len, text.splitlines())) * size / 2
        high = 1.5 * len(text.splitlines()) * size / stretch / 2
        for column, row, other_wide, other_high in taken:
            near = np.abs(y - row)[:, None] < high + other_high
            depth = np.where(near & (np.abs(x - column)[None, :] < wide + other_wide), 0, depth)
        row, column = np.unravel_index(depth.argmax(), depth.shape)
        if "bbox" in style or depth.max() > (east - west) / 60:
            taken.append((x[column], y[row], wide, high))
            axes.text(x[column], y[row], text, ha="center", va="center", linespacing=1.15, **style)


def _depth(polygons, text, x, y, stretch):
    """How far each point of the grid lies inside a shape; 0 outside."""
    from scipy.ndimage import distance_transform_edt

    points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    inside = _path(polygons).contains_points(points).reshape(len(y), len(x))
    lines = text.splitlines()
    oblong = max(map(len, lines)) / len(lines) / 2
    steps = ((y[1] - y[0]) * stretch, (x[1] - x[0]) / oblong)
    return distance_transform_edt(np.pad(inside, 1), sampling=steps)[1:-1, 1:-1]
