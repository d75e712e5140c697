"""Functions that run, check and publish notebooks have examples, which import what they need.

The data folder is the project's, the language English.
"""

import pytest
from examples import differences, example_of, functions_of, is_shown, modules_of

from datacontract import context

MODULES = modules_of("notebookcollection")
FUNCTIONS = {f"{module}.{name}": f for module, face in MODULES.items() for name, f in functions_of(face).items()}
EXAMPLES = {name: example_of(function, name) for name, function in FUNCTIONS.items()}
# Functions of which a docstring can show no example honestly or in a moment, by the reason.
WITHOUT = {
    "it starts kernels": [
        "running.execute.execute", "running.notebook.execute_text", "running.regeneration.regenerate",
        "running.report.report", "running.results.carry_out",
    ],
    "it starts the process that kernels are forked from": [
        "running.execute.begin", "running.forked.begin_server", "running.forked.running_server",
        "running.kernels.use_warm_kernels",
    ],
    "it ends or loses that process, which other tests have their kernels from": [
        "running.forked.end_server", "running.forked.forget_server",
    ],
    "it asks whether that process was ended for good": ["running.forked.check_not_over"],
    "it is what that process does until it is ended": ["running.forkserver.serve"],
    "it needs a cluster, and Dask, which is not always installed": ["running.cluster.submitting"],
    "it runs Sphinx": ["publishing.site.render", "publishing.site.run_sphinx"],
    "it changes Sphinx for as long as the process lasts": ["lean.lighten_sphinx"],
    "it bundles Vega, which takes four seconds": ["publishing.interactive.write_interactive"],
    "it describes all sources and tables in an RO-Crate, which takes half a second": [
        "publishing.metadata.write_metadata",
    ],
    "it reads all code of two packages, which takes half a second": ["translations.messages", "translations.update"],
}  # fmt: skip
REASONS = {f"notebookcollection.{name}": reason for reason, names in WITHOUT.items() for name in names}


@pytest.mark.parametrize("name", [name for name, test in EXAMPLES.items() if test])
def test_an_example_gives_what_it_says(name, monkeypatch):
    monkeypatch.setattr(context, "_default_folder", context._default_folder)
    assert not (said := differences(EXAMPLES[name])), said


@pytest.mark.parametrize("module", MODULES)
def test_every_public_function_has_an_example_or_a_reason_not_to(module):
    """It calls the function and shows a result."""
    names = {name: f"{module}.{name}" for name in functions_of(MODULES[module])}
    without = [name for name, whole in names.items() if whole not in REASONS and not is_shown(name, EXAMPLES[whole])]
    assert not without, f"{module}: no example of {', '.join(without)}"


@pytest.mark.parametrize("name", REASONS)
def test_what_has_a_reason_to_have_no_example_has_none(name):
    assert name in FUNCTIONS, "no such function"
    assert EXAMPLES[name] is None, "it has an example, and needs no reason"
