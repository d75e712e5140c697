"""The map of a region, its states shaded by the level of their ties with one of them."""

import json

import numpy as np
import pandas as pd

from centralasia import contract
from centralasia.contract import DataError
from centralasia.convergence import ties
from centralasia.figure import FAINT, INK, RULE, WIDTH, colour, figure, short_name
from centralasia.plots.ties import level_style
from centralasia.regions import iso_date, members
from centralasia.words import listing

RESOURCE = "map_central_asia"
MARGIN = 1.5  # degrees of land and sea around the region
_SEA, _LAND = "#f4f7f9", "#e6e4df"


def load_map(data=None):
    """The outlines of the map.

    Returns a dictionary of actor code to its polygons, each a list of rings, outer ring first, as arrays of longitude and
    latitude in degrees. Neighbours are cut at the edge of the map. Raises `DataError` where the contract has no map or its
    file cannot be read.
    """
    found = {r["name"]: r["path"] for r in contract.contract(data)["resources"]}
    if RESOURCE not in found:
        raise DataError(f"no resource {RESOURCE!r} in the contract; {contract.nearest(RESOURCE, found)}")
    path = contract.data_folder(data) / found[RESOURCE]
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        return {f["properties"]["actor"]: _polygons(f["geometry"]) for f in features}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path.name}: cannot be read as a map ({error!r})") from None


def _polygons(geometry):
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[np.asarray(ring, dtype=float) for ring in rings] for rings in parts]


@figure
def level_map(canvas, region, state, date, minimum_confidence="low", data=None):
    """The states of a region, shaded by the level of their ties with `state` at the end of a date.

    Parameters
    ----------
    region, state : str
        A region of ``memberships.csv`` and one of its members at that date.
    date : str or int
        A day, month or year.
    minimum_confidence : str
        See `centralasia.convergence.ties.acts`.
    data : path, optional
        Another data folder.

    Longitude and latitude are drawn as they are, with the aspect of the middle latitude. The map is a background:
    its borders are those of the map's source and its date.
    """
    date = iso_date(date)
    shapes, of = load_map(data), members(region, date, data)
    if state not in of:
        raise DataError(f"state {state!r} is no member of {region} in {date}; {contract.nearest(state, of)}")
    drawn = pd.DataFrame([_row(state, other, date, minimum_confidence, data) for other in of if other != state])
    west, east, south, north = _extent([shapes[a] for a in of if a in shapes] or list(shapes.values()))
    axes = canvas.subplots()
    stretch = 1 / np.cos(np.radians((south + north) / 2))
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], facecolor=_SEA, aspect=stretch)
    axes.spines[:].set_visible(False)
    for actor, polygons in shapes.items():
        if actor not in of:
            _add(axes, polygons, facecolor=_LAND, edgecolor="white", linewidth=0.7, zorder=1)
            _label(axes, polygons, short_name(actor, data), stretch, color=FAINT, fontsize=8.5, zorder=2, room=True)
    labels = {row.state: f"{short_name(row.state, data)}\n{_words(row)}" for row in drawn.itertuples()}
    styles = {row.state: level_style(row.level, data) for row in drawn.itertuples()}
    for actor in (a for a in of if a in shapes):
        _add(axes, shapes[actor], **styles.get(actor, {"facecolor": colour(state, data)}), linewidth=0, zorder=3)
        chosen = actor == state
        _add(axes, shapes[actor], facecolor="none", edgecolor=INK, linewidth=1.8 if chosen else 0.7, zorder=5 if chosen else 4)
        ink = {"color": "white", "fontweight": "bold", "fontsize": 11} if chosen else {"color": INK, "fontsize": 9, "bbox": _PAPER}
        _label(axes, shapes[actor], labels.get(actor, short_name(actor, data)), stretch, zorder=6, **ink)
    canvas.set_size_inches(WIDTH, min(WIDTH * (north - south) / (east - west) * stretch + 0.5, 6))
    name, top = short_name(state, data), drawn["level"].dropna()
    title = _title(name, drawn, date, data)
    canvas.suptitle(title, x=0.02, ha="left", fontsize=12, fontweight="bold")
    words = [f"{short_name(r.state, data)}: {_words(r)}" for r in drawn.itertuples()]
    missing = [short_name(a, data) for a in of if a not in shapes]
    outside = f" Not on the map: {listing(missing)}." if missing else ""
    description = f"Map of the ties of {name} with the other states of the region at the end of {date}. {'; '.join(words)}.{outside}"
    caption = (
        f"Highest level signed and found by the end of {date}, with the year it was first reached (n = {len(top)} of "
        f"{len(drawn)} pairs with a label; darker is higher). Dotted white: none found, which proves no absence.{outside} "
        f"Map: Natural Earth (NATEARTH); a background, not evidence on borders."
    )
    return title, description, caption, drawn


_PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.88}


def _row(state, other, date, minimum_confidence, data):
    pair = "-".join(sorted((state, other)))
    return {"pair": pair, "state": other, **vars(ties.level_at(pair, date, minimum_confidence, data))}


def _words(row):
    return ties.NONE if pd.isna(row.level) else f"{ties.level_name(row.level)}, {row.since[:4]}"


def _title(name, drawn, date, data):
    if drawn["level"].isna().all():
        return f"No label of ties with {name} was found by the end of {date}"
    best = max(drawn["level"].dropna(), key=ties.levels(data).index)
    who = [short_name(a, data) for a in drawn.loc[drawn["level"] == best, "state"]]
    return f"{name} reached {ties.level_name(best)} with {listing(who) if len(who) < 3 else f'{len(who)} of {len(drawn)} states'} by {date}"


def _extent(shapes):
    points = np.concatenate([rings[0] for polygons in shapes for rings in polygons])
    (west, south), (east, north) = points.min(axis=0) - MARGIN, points.max(axis=0) + MARGIN
    return west, east, south, north


def _path(polygons):
    from matplotlib.path import Path

    return Path.make_compound_path(*(Path(ring, closed=True) for rings in polygons for ring in rings))


def _add(axes, polygons, **style):
    from matplotlib.patches import PathPatch

    axes.add_patch(PathPatch(_path(polygons), **style))


def _label(axes, polygons, text, stretch, room=False, **style):
    """Writes a name where the visible part of a shape is widest; with `room`, only if there is room for it.

    The visible part is laid on a grid; the point that is farthest from its edge wins, distances to the
    side counting less, since words are wider than they are high.
    """
    from scipy.ndimage import distance_transform_edt

    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    x, y = np.linspace(west, east, 121), np.linspace(south, north, 121)
    inside = _path(polygons).contains_points(np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)).reshape(121, 121)
    step = (y[1] - y[0]) * stretch, (x[1] - x[0]) / 3
    depth = distance_transform_edt(np.pad(inside, 1), sampling=step)[1:-1, 1:-1]
    row, column = np.unravel_index(depth.argmax(), depth.shape)
    if not room or depth.max() > (east - west) / 40:
        axes.text(x[column], y[row], text, ha="center", va="center", linespacing=1.15, **style)
