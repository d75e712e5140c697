"""Every public function has an example, and each example gives what it says.

An example stands in the docstring of its function. It is what an analyst types after ``from centralasia import *``, so
that rooms, ``load`` and ``cite`` are there; it imports all else itself. The data folder is the project's, the language
English.
"""

from importlib import import_module

import pytest
from examples import differences, example_of, functions_of, is_shown
from shown_figures import public_figures

import centralasia

FACES = {"centralasia": centralasia, "figures": import_module("centralasia.figures")}
FACES |= {name: import_module(f"centralasia.{name}") for name in centralasia.MODULES}
ANALYST = {}
exec("from centralasia import *", ANALYST)
FUNCTIONS = {f"{face}.{name}": f for face, module in FACES.items() for name, f in functions_of(module).items()}
EXAMPLES = {name: example_of(function, name, ANALYST) for name, function in FUNCTIONS.items()}


FIGURES = {*public_figures().values()}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.slow) if name in FIGURES else name
        for name, test in EXAMPLES.items()
        if test
    ],
)
def test_an_example_gives_what_it_says(name):
    assert not (said := differences(EXAMPLES[name])), said


@pytest.mark.parametrize("face", sorted(FACES))
def test_every_public_function_has_an_example(face):
    """It calls the function and shows a result."""
    without = [name for name in functions_of(FACES[face]) if not is_shown(name, EXAMPLES[f"{face}.{name}"])]
    assert not without, f"{face}: no example of {', '.join(without)}"


def test_a_wrong_example_is_seen():
    def twice(number):
        """
        >>> 2 * 2
        5
        """

    assert "Expected:\n    5\nGot:\n    4" in differences(example_of(twice, "twice"))
