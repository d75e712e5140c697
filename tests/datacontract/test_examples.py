"""Every function that the contract of the data offers has an example, which imports what it needs.

The data folder is the project's, the language English.
"""

import pytest
from examples import differences, example_of, functions_of, is_shown, modules_of

from datacontract import catalogues, context

MODULES = modules_of("datacontract")
FUNCTIONS = {f"{module}.{name}": f for module, face in MODULES.items() for name, f in functions_of(face).items()}
EXAMPLES = {name: example_of(function, name) for name, function in FUNCTIONS.items()}


@pytest.fixture
def kept(monkeypatch):
    """What an example names for all that follow, a folder of data or of catalogues, ends with it."""
    monkeypatch.delenv(context.FOLDER_VARIABLE, raising=False)
    monkeypatch.setattr(context, "_default_folder", context._default_folder)
    monkeypatch.setattr(catalogues, "_folders", catalogues._folders.copy())


@pytest.mark.parametrize("name", [name for name, test in EXAMPLES.items() if test])
def test_an_example_gives_what_it_says(name, kept):
    assert not (said := differences(EXAMPLES[name], folder=None)), said


@pytest.mark.parametrize("module", MODULES)
def test_every_public_function_has_an_example(module):
    """It calls the function and shows a result."""
    without = [name for name in functions_of(MODULES[module]) if not is_shown(name, EXAMPLES[f"{module}.{name}"])]
    assert not without, f"{module}: no example of {', '.join(without)}"
