"""An SVG in fewer characters is the same drawing."""

import io
import re

import numpy as np
import pytest
import resvg_py
from matplotlib import rc_context
from PIL import Image

from centralasia import hierarchy, ties, votes
from centralasia.figures.figure import _render
from centralasia.figures.style import STYLE
from centralasia.figures.svg import compact

pytestmark = pytest.mark.slow

DRAWN = {
    "orders": lambda: hierarchy.order_chart(["kaz-2014", "kaz-2020-draft", "kaz-2020"], "CA4"),
    "map": lambda: ties.level_map("C5", "KAZ", 2025),
    "steps": lambda: ties.level_steps("C5", "KAZ", 1992, 2025),
    "lines and bands": lambda: votes.ideal_points_chart("C5", ["RUS", "CHN"], 1992, 2025),
}


def _pixels(svg):
    image = bytes(resvg_py.svg_to_bytes(svg_string=svg, dpi=96, skip_system_fonts=True))
    return np.asarray(Image.open(io.BytesIO(image)).convert("RGB")).astype(int)


@pytest.mark.parametrize("name", DRAWN)
def test_it_looks_the_same_and_every_reference_leads_somewhere(name):
    figure = DRAWN[name]()
    with rc_context(STYLE):
        plain = _render(figure._canvas, figure._box, "svg").decode()
    short = compact(plain)
    assert len(short) < 0.55 * len(plain)
    changed = np.abs(_pixels(short) - _pixels(plain)).max(axis=2)
    assert changed.max() < 80, "edges at most change their shade, by a hundredth of a point"
    assert (changed > 8).mean() < 0.005
    asked = set(re.findall(r"href='#([^']+)'|url\(#([^)]+)\)", short))
    assert {one or other for one, other in asked} <= set(re.findall(r" id='([^']+)'", short))
    assert compact(short) == short


@pytest.mark.parametrize(
    ("plain", "short"),
    [
        ('<path d="M 10.500000 0 \nL 20 100.004 \nz\n"/>', "<path d='m10.5 0l9.5 100z'/>"),
        ('<path d="M 0.5 0 \nL 0.25 -0.996 \nL 0.25 7"/>', "<path d='m.5 0l-.25-1v8'/>"),
        ('<path d="M 1 1 \nC 1 2 3 4 5 6 \nL 9 6 \nz \nM 2 2 \nM 3 3"/>', "<path d='m1 1c0 1 2 3 4 5h4zm1 1m1 1'/>"),
        ('<g id="patch_1"><path id="m05"/></g><g id="text_2"/>', "<path id='m05'/>"),
        ('<g clip-path="url(#p1)"><g id="a_1"><use x="10.126"/></g></g>', "<g clip-path='url(#p1)'><use x='10.126'/></g>"),
        ('<use xlink:href="#DejaVuSans-Bold-31" transform="translate(63.623047 0)"/>', "<use xlink:href='#b31' x='509'/>"),
        ('<use xlink:href="#DejaVuSans-31" transform="translate(0 38.28)"/>', "<use xlink:href='#a31' y='306.2'/>"),
        ('<path id="DejaVuSans-31" d="M 794 531 \nL 1825 531 \nQ 1825 4091 703 3866" transform="scale(0.015625)"/>',
         "<path id='a31' d='m99 66h129q0 445-140 417'/>"),
        ('<path id="DejaVuSans-20" transform="scale(0.015625)"/>', "<path id='a20'/>"),
        ('<path d="M0 0" transform="translate(5 0)"/>', "<path d='m0 0' transform='translate(5 0)'/>"),
        ('<g transform="translate(1.234567 2) scale(0.105 -0.105)">', "<g transform='translate(1.235 2) scale(.013125 -.013125)'>"),
        ('<!-- Year --><path style="fill: none; stroke: #dd0011"/>', "<path style='fill:none;stroke:#d01'/>"),
        ('<path d="M 10 20 \nL 30 20 \nL 30 5 \nQ 20 0 10 5 \nQ 0 10 10 20 \nz \nM 1 2 \nL 0 0 \nz"/>', "<path d='m10 20h20v-15q-10-5-20 0-10 5 0 15zm-9-18l-1-2z'/>"),
    ],
)  # fmt: skip
def test_what_is_shortened_and_what_stays(plain, short):
    assert compact(f"<?xml?>\n<!DOCTYPE svg PUBLIC 'x'>\n<svg {plain}") == f"<?xml?>\n<svg {short}"
