"""Every public function has an example, and each example gives what it says.

An example stands in the docstring of its function. It is what an analyst types after ``from centralasia import *``, so
that rooms, ``load`` and ``cite`` are there; it imports all else itself. The data folder is the project's, the language
English. A long result may be broken into lines, and ``...`` stands for what is left out.
"""

import doctest
import inspect
import re
from importlib import import_module

import pytest
from conftest import ROOT

import centralasia

FACES = {"centralasia": centralasia, "figures": import_module("centralasia.figures")}
FACES |= {name: import_module(f"centralasia.{name}") for name in centralasia.MODULES}
ANALYST = {}
exec("from centralasia import *", ANALYST)


def _functions(face):
    """The functions that a face offers, by their names."""
    offered = {name: getattr(FACES[face], name) for name in FACES[face].__all__}
    return {name: value for name, value in offered.items() if inspect.isfunction(value)}


def _examples(function, name):
    """The examples in the docstring of a function; None where there is none."""
    found = doctest.DocTestFinder(recurse=False).find(inspect.unwrap(function), name, globs=ANALYST)
    return next((test for test in found if test.examples), None)


FOUND = {f"{face}.{name}": _examples(f, f"{face}.{name}") for face in FACES for name, f in _functions(face).items()}


def _differences(test):
    """What an example says and does not give, as doctest tells it; "" where it gives what it says."""
    told = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    with centralasia.using(ROOT / "data", "en"):
        runner.run(test, out=told.append)
    return "".join(told)


@pytest.mark.parametrize("name", [name for name, test in FOUND.items() if test])
def test_an_example_gives_what_it_says(name):
    assert not (said := _differences(FOUND[name])), said


@pytest.mark.parametrize("face", sorted(FACES))
def test_every_public_function_has_an_example(face):
    """It calls the function and shows a result."""
    without = []
    for name in _functions(face):
        test = FOUND[f"{face}.{name}"]
        shown = test.examples if test else []
        called = [
            e for e in shown if not e.source.startswith(("from", "import")) and re.search(rf"\b{name}\b", e.source)
        ]
        if not called or not any(example.want for example in shown):
            without.append(name)
    assert not without, f"{face}: no example of {', '.join(without)}"


def test_a_wrong_example_is_seen():
    def twice(number):
        """
        >>> 2 * 2
        5
        """

    assert "Expected:\n    5\nGot:\n    4" in _differences(_examples(twice, "twice"))
