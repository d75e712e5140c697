"""Functions that run, check and publish notebooks have examples, which import what they need.

The data folder is the project's, the language English.
"""

import pytest
from examples import differences, example_of, functions_of, is_shown, modules_of

from datacontract import context

MODULES = modules_of("notebookcollection")
FUNCTIONS = {f"{module}.{name}": f for module, face in MODULES.items() for name, f in functions_of(face).items()}
EXAMPLES = {name: example_of(function, name) for name, function in FUNCTIONS.items()}
# Modules of which every function has an example.
SHOWN = [
    "notebookcollection.collection", "notebookcollection.freshness", "notebookcollection.interrupts",
    "notebookcollection.parameters", "notebookcollection.prose", "notebookcollection.publishing.bundles",
    "notebookcollection.publishing.escape", "notebookcollection.publishing.formulas",
    "notebookcollection.publishing.images", "notebookcollection.publishing.overlay",
    "notebookcollection.publishing.sharing", "notebookcollection.publishing.social",
    "notebookcollection.publishing.source_page",
    "notebookcollection.reach", "notebookcollection.rules", "notebookcollection.sets", "notebookcollection.settings",
]  # fmt: skip


@pytest.mark.parametrize("name", [name for name, test in EXAMPLES.items() if test])
def test_an_example_gives_what_it_says(name, monkeypatch):
    monkeypatch.setattr(context, "_default_folder", context._default_folder)
    assert not (said := differences(EXAMPLES[name])), said


@pytest.mark.parametrize("module", SHOWN)
def test_every_public_function_has_an_example(module):
    """It calls the function and shows a result."""
    without = [name for name in functions_of(MODULES[module]) if not is_shown(name, EXAMPLES[f"{module}.{name}"])]
    assert not without, f"{module}: no example of {', '.join(without)}"
