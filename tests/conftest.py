import gc
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from browser import browser, new_page  # noqa: F401  two fixtures
from built_report import built  # noqa: F401  a fixture
from small_collection import environment, project  # noqa: F401  the second is a fixture
from small_data import part_of_data  # noqa: F401  a fixture

from centralasia import ROOMS
from notebookcollection.collection import find
from notebookcollection.publishing.printing import NO_CHROMIUM, chromium

ROOT = Path(__file__).resolve().parents[1]

# In the background of a shell and under nohup Ctrl-C and hang-ups are ignored, and so they would be in all that the tests
# start: what ignores them by a function of Python does not pass that on.
for _number, _handler in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, lambda *_: None)):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, _handler)

# Thousands of tests stay in memory; by Python's own thresholds its collector goes over them so often that it takes a tenth
# of the time.
gc.set_threshold(50_000, 20, 50)

# Kernels of nbval, papermill and the rest are forked from one warm process; `local-provisioner` is the ordinary way.
# They do without the user's settings of matplotlib, as reports do, for which another process would have to be made.
os.environ.setdefault("JUPYTER_DEFAULT_PROVISIONER_NAME", "warm")
os.environ.setdefault("WARM_KERNEL_PRELOAD", ",".join(find(ROOT / "notebooks").preload))
os.environ["MATPLOTLIBRC"] = os.devnull


@pytest.fixture(scope="session")
def root():
    return ROOT


def assert_prose(text):
    """Whole sentences: nothing missing, nothing doubled, no space before a mark."""
    assert text.strip()
    assert not re.search(r"\bnan\b|\bNone\b(?! found| of)|<NA>|\bNaT\b|  | [,.;:](?!\.)|\.\.(?!\.)", str(text)), text


def assert_translated(text, *names):
    """No English is left: words of Latin letters are among the names, of people or of tables, that no language changes."""
    left = set(re.findall(r"[A-Za-z]{2,}", str(text))) - set(re.findall(r"[A-Za-z]{2,}", " ".join(names)))
    assert not left, f"{sorted(left)} in {text}"


def english_left(text, allowed=()):
    """The words in Latin letters of a text in Cyrillic ones that are no markup, address, abbreviation or allowed."""
    plain = re.sub(
        r"<style.*?</style>|<[^>]*>|https?://\S+|`[^`]*`|\b\w+\.(?:ru|csv)\b", " ", str(text), flags=re.DOTALL
    )
    return set(re.findall(r"\b[A-Za-z]*[a-z]{2,}[A-Za-z]*\b", plain)) - set(allowed)


@pytest.fixture
def data_copy(tmp_path):
    """A copy of the data folder."""
    return shutil.copytree(ROOT / "data", tmp_path / "data")


@pytest.fixture
def part_copy(part_of_data, tmp_path):  # noqa: F811
    """Gives a copy of a sound part of the data in which these tables are as they are, and the other large ones are cut."""
    return lambda *whole: shutil.copytree(part_of_data(*whole), tmp_path / "data")


@pytest.fixture
def edit(data_copy):
    """Replaces text in a file of the copied data folder and returns the folder."""

    def replace(file, old, new):
        path = data_copy / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return data_copy

    return replace


@pytest.fixture
def centralasia(tmp_path):
    """Runs the command in a process of its own, away from the project."""

    def run(*arguments, cwd=ROOT, **more):
        command = [sys.executable, "-m", "centralasia.cli", *map(str, arguments)]
        return subprocess.run(command, cwd=cwd, env=environment(**more), capture_output=True, text=True)

    return run


# Files whose tests take longest, in this order: the process that began one of them last would work alone in the end.
LONG = [
    "test_site_browser.py", "test_determinism.py", "test_lab.py", "test_kills.py", "test_corruption.py",
    "test_injection.py", "test_fuzz.py", "test_grid.py", "test_report.py", "test_execute.py", "test_cluster.py",
    "test_chaos.py", "test_every_figure.py", "test_site.py", "test_pdf.py",
]  # fmt: skip
ROOM_FOLDERS = [f"tests/{room}" for room in ROOMS]
EXAMPLE = re.compile(r".*\[(\w+)\..*")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """One more than there are cores, unless slow tests are left out: those wait for a kernel, a browser or a cluster."""
    return (os.cpu_count() or 1) + ("not slow" not in config.option.markexpr)


def pytest_collection_finish():
    gc.freeze()  # what is there stays


def pytest_sessionfinish():
    gc.collect()  # for what nobody closed; to go over all that the tests leave again and again takes seconds in the end
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    from xdist.scheduler import LoadFileScheduling

    class ByRoom(LoadFileScheduling):
        """Gives a process the tests and examples of a whole room, which use what was computed for each other, or a file."""

        def _split_scope(self, nodeid):
            file = super()._split_scope(nodeid)
            room = EXAMPLE.sub(r"tests/\1", nodeid) if file.endswith("/test_examples.py") else file.rpartition("/")[0]
            return room if room in ROOM_FOLDERS else file

    return ByRoom(config, log)


def pytest_collection_modifyitems(items):
    order = [*LONG, *ROOM_FOLDERS, "test_examples.py"]

    def place(item):
        names = (item.path.name, item.path.parent.relative_to(ROOT).as_posix())
        return min((order.index(name) for name in names if name in order), default=len(order))

    items.sort(key=place)
    for item in items:
        if item.path.suffix == ".ipynb":
            item.add_marker(pytest.mark.slow)


LEFT_OUT = pytest.StashKey[int]()


def pytest_deselected(items):
    if hasattr(items[0].config, "workeroutput"):  # a process of several, of which each collects all tests
        left = items[0].config.workeroutput
        left["left_out"] = left.get("left_out", 0) + sum(item.get_closest_marker("sweep") is not None for item in items)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(terminalreporter):
    """What was left out, and what tests have to tell beside passing, also when they ran in another process."""
    if left := terminalreporter.config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(
            f"Left out: {left} tests of what others look at, in one more language, page or choice. make sweep runs them."
        )
    for report in terminalreporter.stats.get("passed", []):
        for name, text in getattr(report, "user_properties", []):
            if name == "told":
                terminalreporter.write_line(text)
    if not chromium():
        terminalreporter.write_line(f"The tests in a browser did not run. {NO_CHROMIUM}", red=True)
