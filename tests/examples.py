"""Examples in docstrings: which functions have one, and whether it gives what it says.

A long result may be broken into lines, and ``...`` stands for what is left out.
"""

import doctest
import inspect
import pkgutil
import re
from importlib import import_module

from conftest import ROOT

import centralasia


def modules_of(package):
    """The modules of a package that say what they offer, by name."""
    found = pkgutil.walk_packages(import_module(package).__path__, f"{package}.")
    modules = {module.name: import_module(module.name) for module in found}
    return {name: module for name, module in modules.items() if hasattr(module, "__all__")}


def functions_of(module):
    """The functions that a module offers, by their names."""
    offered = {name: getattr(module, name) for name in module.__all__}
    return {name: value for name, value in offered.items() if inspect.isfunction(value)}


def example_of(function, name, names=None):
    """The examples in the docstring of a function, as a test that knows some names; None where there is none."""
    found = doctest.DocTestFinder(recurse=False).find(inspect.unwrap(function), name, globs=names or {})
    return next((test for test in found if test.examples), None)


def is_shown(name, test):
    """Whether an example calls the function of this name and shows a result."""
    shown = test.examples if test else []
    called = [e for e in shown if not e.source.startswith(("from", "import")) and re.search(rf"\b{name}\b", e.source)]
    return bool(called) and any(example.want for example in shown)


def differences(test, folder=ROOT / "data"):
    """What an example says and does not give, as doctest tells it; "" where it gives what it says."""
    told = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    with centralasia.using(folder, "en"):
        runner.run(test, out=told.append)
    return "".join(told)
