"""The notebooks under a real JupyterLab and a real Voilà, driven in a browser as an analyst would."""

import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from sweeps import first

from notebookcollection.collection import find
from notebookcollection.running.notebook import clean, differences

from conftest import ROOT  # isort: skip

pytestmark = pytest.mark.slow

NAMES = find(ROOT / "notebooks").notebooks
# They have outputs of all kinds and are quick; nbval runs every notebook on the same kernels.
RUN_HERE = ["01_priority_hierarchy", "explore"]
LONGER = ["00_overview", "05_ties"]  # the first that is opened, and the one with the most outputs
ELSEWHERE = re.compile(r"^(?!(?:https?|wss?)://(?:localhost|127\.0\.0\.1)[:/]|(?:data|blob|file|about):)")
RUN_ALL = """async paths => {
    const {commands, restored} = window.jupyterapp;
    await restored;
    const running = [];
    for (const path of paths) {
        const panel = await commands.execute('docmanager:open', {path});
        await panel.context.ready;
        await panel.sessionContext.ready;
        // Named, since the panel that was opened last need not be in front yet: one would run twice, another never.
        running.push([panel, commands.execute('notebook:run-all-cells', {semanticWidget: panel.id})]);
    }
    for (const [panel, done] of running) {
        if (await done !== true) throw new Error(`${panel.context.path} did not run to its end`);
        await panel.context.save();
        await panel.sessionContext.shutdown();
        panel.dispose();
    }
}"""
SHOWN = "text => document.querySelector('.widget-html:has(p)')?.innerHTML.includes(text)"


@pytest.fixture(scope="module")
def serve(tmp_path_factory):
    """Runs ``make lab`` or ``make explore`` on a copy of the notebooks; gives its folder and what it told the browser."""
    running = []

    def start(verb, config, **settings):
        folder = tmp_path_factory.mktemp(verb)
        shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns("site"))
        (folder / "config").mkdir()
        (folder / "config" / config).write_text(json.dumps(settings))
        teller = folder / "browser"
        teller.write_text(f'#!/bin/sh\necho "$1" > {folder}/told.part && mv {folder}/told.part {folder}/told\n')
        teller.chmod(0o755)
        own = {f"JUPYTER_{name}_DIR": folder / name.lower() for name in ("CONFIG", "DATA", "RUNTIME")}
        own |= {"IPYTHONDIR": folder / "ipython", "JUPYTER_PREFER_ENV_PATH": "1", "BROWSER": f"{teller} %s"}
        command = ["make", "-f", ROOT / "Makefile", verb, f"BIN={Path(sys.executable).parent}", "READY="]
        with (folder / "log").open("w") as log:
            environment = {**os.environ, **{name: str(value) for name, value in own.items()}}
            options = {"cwd": folder, "env": environment, "stdout": log, "stderr": log, "start_new_session": True}
            running.append(subprocess.Popen(command, **options))
        for _ in range(600):
            if (folder / "told").is_file():
                return folder, (folder / "told").read_text().strip()
            if running[-1].poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError((folder / "log").read_text())

    yield start
    for process in running:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


@pytest.fixture(scope="module")
def lab(serve):
    nothing_from_elsewhere = {"news_url": None, "check_for_updates_class": "jupyterlab.NeverCheckForUpdate"}
    return serve(
        "lab",
        "jupyter_lab_config.json",
        LabApp={"expose_app_in_browser": True, "extension_manager": "readonly", **nothing_from_elsewhere},
        ServerApp={"port": _free_port(), "allow_root": True},
    )


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def opened(new_page):
    """Opens an address; nothing that asks another host is let through, and what asked is kept."""

    def open_(address, **how):
        page, asked = new_page(**how), []
        page.set_default_timeout(20_000)
        page.route(ELSEWHERE, lambda route: (asked.append(route.request.url), route.abort()))
        page.goto(address)
        return page, asked

    return open_


def _kinds(name):
    """Kinds of cells of a notebook, their tags, and in which forms their outputs come, with what said of them."""
    cells = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text())["cells"]
    kinds = {(cell["cell_type"], *cell["metadata"].get("tags", [])) for cell in cells}
    for output in (output for cell in cells for output in cell.get("outputs", [])):
        kinds.add((output["output_type"], *sorted(output["data"]), *sorted(output["metadata"])))
    return kinds


def test_what_is_run_here_has_outputs_of_every_kind():
    assert set().union(*map(_kinds, RUN_HERE)) == set().union(*map(_kinds, NAMES))


@pytest.mark.parametrize("names", first([RUN_HERE, LONGER]), ids=" ".join)
def test_make_lab_opens_on_the_overview_and_run_all_gives_the_stored_outputs(lab, opened, names):
    paths = {name: lab[0] / "notebooks" / f"{name}.ipynb" for name in names}
    stored = {name: path.read_text() for name, path in paths.items()}
    for path in paths.values():
        notebook = json.loads(path.read_text())
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"] = []
        path.write_text(json.dumps(notebook))
    page, asked = opened(lab[1])
    page.get_by_role("heading", name="How the front page is computed").wait_for()
    assert "/lab/tree/notebooks/00_overview.ipynb" in page.url, (
        "the project is the root, so that its data can be opened"
    )
    page.wait_for_function("window.jupyterapp?.shell.currentWidget?.context?.path === 'notebooks/00_overview.ipynb'")
    page.evaluate(RUN_ALL, [f"notebooks/{path.name}" for path in paths.values()])
    for name, path in paths.items():
        fresh = clean(nbformat.read(path, as_version=4))
        assert differences(stored[name], fresh) == [], name
    assert asked == []
    assert "Not a warm kernel" not in (lab[0] / "log").read_text()


@pytest.fixture
def in_lab(lab, opened):
    """The notebook explore in JupyterLab, all cells run by the menu."""
    page, asked = opened(lab[1])
    page.wait_for_function("window.jupyterapp?.shell.currentWidget")
    page.goto(re.sub("/lab/.*", "/lab/workspaces/explore/tree/notebooks/explore.ipynb", page.url))
    page.wait_for_function("window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    yield page
    assert asked == []


@pytest.fixture
def in_voila(serve, opened):
    """The notebook explore under Voilà, whose own template would ask for icons elsewhere and has to do without."""
    port = _free_port()
    serve("explore", "voila.json", Voila={"port": port})
    return opened(f"http://127.0.0.1:{port}/")[0]


@pytest.fixture(params=["in_lab", "in_voila"])
def page(request):
    return request.getfixturevalue(request.param)


@pytest.mark.sweep
def test_explore_by_keyboard(page, record_property):
    """Every choice has a name and is changed by keys alone, and what is shown follows it."""
    took = []

    def press(label, key, shows, then=None):
        choice = page.locator(label) if label.startswith(".") else page.get_by_label(label, exact=True)
        choice.focus()
        started = time.monotonic()
        page.keyboard.press(key)
        page.wait_for_function(SHOWN, arg=shows)
        took.append(time.monotonic() - started)
        focus = page.get_by_label(then, exact=True) if then else choice
        assert focus.evaluate("e => e === document.activeElement"), f"{label} loses the focus"

    page.locator("figure img[alt*='partners in 3 documents. Kazakhstan']").wait_for(timeout=60_000)
    press("State", "u", "Uzbekistan statement, 2017")
    press("Partner", "c", "China</strong>")
    press("Documents", "ArrowUp", "Choose two or more documents")
    press("Documents", "Shift+ArrowUp", "partners in 2 documents")
    press("Order of partners", "ArrowRight", "Stacked shares of pairs by level", then="Ties")
    press("Pair", "End", "Turkmenistan and Uzbekistan")
    press(".noUi-handle-lower", "ArrowRight", "change. 1993: none found")
    press("Region", "c", "Central Asia and A")
    press("Ties", "ArrowRight", "Two charts by year", then="Votes")
    press("Measure", "ArrowDown", "Scott's pi")
    press("Votes", "ArrowRight", "multiples of the spread", then="Economy")
    press("Indicator", "e", "E-government")
    record_property("told", f"explore reacts in {statistics.median(took):.1f} s (median), {max(took):.1f} s at most")
