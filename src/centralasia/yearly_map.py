"""The map of the page *Explore*: the outlines of states as paths of an SVG, and the words beside them."""

from typing import Any

import numpy as np

from centralasia import ties
from centralasia.names import short_name
from centralasia.regions import members
from datacontract.contract import distinct
from datacontract.language import _
from datacontract.phrases import date_words

__all__ = ["map_data"]

WIDTH = 1000  # of the drawing, in its own units
WIDER = "C6"  # whose names come first where there is little room
MEASURES = ["ties", "visits", "agreement", "likeness", "sentences"]  # of a state and a partner, one number a year
COUNTED = ["visits"]  # where a year without a row is one in which none was found


def map_data() -> dict[str, Any]:
    """The map as the page draws it, with its words in the language of the reader.

    Returns
    -------
    dict
        ``width`` and ``height`` of the drawing; ``areas``, states of the region first and then the larger ones: the
        code as ``key``, ``name``, ``path`` as the ``d`` of an SVG path, and ``at``, where its name stands;
        ``measures`` that can be shown, ``counted`` those of which a missing year means none found; ``until``, the
        date of the latest act that was found, in words; ``words``.
    """
    shapes = ties.load_map()
    whole = np.concatenate([shape.vertices for shape in shapes.values()])
    (west, south), (east, north) = whole.min(axis=0), whole.max(axis=0)
    stretch = np.cos(np.radians((south + north) / 2))  # as in the map of a chapter: right in its middle latitude
    scale = WIDTH / ((east - west) * stretch)

    def placed(points: Any) -> Any:
        return np.round((points - (west, north)) * (scale * stretch, -scale)).astype(int)

    region = members(WIDER)
    sizes = {actor: np.ptp(shape.vertices, axis=0).prod() for actor, shape in shapes.items()}
    order = sorted(shapes, key=lambda actor: (actor not in region, -sizes[actor]))
    areas = []
    for actor in order:
        rings = [placed(ring) for ring in shapes[actor].to_polygons(closed_only=False)]
        path = "".join(f"M{'L'.join(f'{x} {y}' for x, y in ring)}Z" for ring in rings)
        at = placed(_widest_place(shapes[actor])).tolist()
        areas.append({"key": actor, "name": short_name(actor), "path": path, "at": at})
    return {
        "width": WIDTH, "height": round((north - south) * scale), "areas": areas,
        "measures": MEASURES, "counted": COUNTED, "until": date_words(max(distinct("ties.date"))),
        "words": {
            "partner": _("Partner"), "play": _("Play the years"), "stop": _("Stop"),
            "download": _("Download all years (CSV)"), "unknown": _("not known"), "outside": _("not looked at"),
            "end": _("{state}, by the end of {year}. {levels}.", state="{state}", year="{year}", levels="{levels}"),
            "until": _("{state}, by {date}. {levels}.", state="{state}", date="{date}", levels="{levels}"),
            "shown": _("{measure}: {state}, {year}. {levels}.",
                       measure="{measure}", state="{state}", year="{year}", levels="{levels}"),
            "high": _("highest: {names}", names="{names}"), "low": _("lowest: {names}", names="{names}"),
            "rest": _("all others: {value}", value="{value}"),
            "source": _("Map: Natural Earth, a background and no evidence on borders."),
        },
    }  # fmt: skip


def _widest_place(shape: Any) -> Any:
    """The point of a shape, in degrees, farthest from its edge; distances to the side count less, as words are wide."""
    from scipy.ndimage import distance_transform_edt

    (west, south), (east, north) = shape.vertices.min(axis=0), shape.vertices.max(axis=0)
    x, y = np.linspace(west, east, 80), np.linspace(south, north, 80)
    points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    inside = np.pad(shape.contains_points(points).reshape(len(y), len(x)), 1)
    depth = distance_transform_edt(inside, sampling=(y[1] - y[0], (x[1] - x[0]) / 3))[1:-1, 1:-1]
    row, column = np.unravel_index(depth.argmax(), depth.shape)
    return np.array([x[column], y[row]])
