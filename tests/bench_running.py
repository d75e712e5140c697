"""Speed of running the collection, beside the plain tools: a part of ``make bench``."""

import contextlib
import csv
import itertools
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from dask_processes import dask, free_port

from notebookcollection.collection import Run, find
from notebookcollection.running import cluster, execute

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
CORES = os.cpu_count()
REPEATS = int(os.environ.get("REPEATS", "3"))
SIZES = (10, 100, 300)

PAPERMILL = """
import sys, papermill
for path in sys.argv[2:]:
    papermill.execute_notebook(path, f"{sys.argv[1]}/out.ipynb", progress_bar=False)
"""
CACHE = """
import sys
from jupyter_cache import get_cache
from jupyter_cache.executors import load_executor
cache = get_cache(sys.argv[1] + "/cache")
for path in sys.argv[2:]:
    cache.add_nb_to_project(path)
assert not load_executor("local-serial", cache).run_and_cache(timeout=600).errored
"""
OURS = """
import sys
from pathlib import Path
from notebookcollection.lean import skip_slow_imports
skip_slow_imports()  # as commands do
from notebookcollection.running import report
from notebookcollection.collection import Run, find
from notebookcollection.running.progress import Progress
folder, jobs, *paths = sys.argv[1:]
runs = [Run(Path(path).stem, Path(path).stem) for path in paths]
collection = find(Path(paths[0]).parent)
sys.exit(report.run_batch(runs, collection, Path(folder), Progress("quiet"), jobs=int(jobs)))
"""
# The cells alone, in one process that has all imports done; what they show is formatted as a kernel would.
FLOOR = """
import importlib, json, sys, time
import matplotlib
from notebookcollection.collection import find
from pathlib import Path
collection = find(Path(sys.argv[1]).parent)
for module in collection.preload:
    importlib.import_module(module.partition(":")[0])
from IPython.core.displayhook import DisplayHook
from IPython.core.interactiveshell import InteractiveShell
class Unseen(DisplayHook):
    write_output_prompt = write_format_data = lambda self, *shown: None
InteractiveShell.displayhook_class = Unseen
shell = InteractiveShell.instance()
begun = time.perf_counter()
for path in sys.argv[1:]:
    shell.reset()
    for cell in json.load(open(path))["cells"]:
        if cell["cell_type"] == "code":
            shell.run_cell("".join(cell["source"])).raise_error()
print(time.perf_counter() - begun)
"""


def _environment(**more):
    hidden = ("JUPYTER_DEFAULT", "WARM_KERNEL", "CENTRALASIA")
    return {key: value for key, value in os.environ.items() if not key.startswith(hidden)} | more


def _python(code, *arguments, **more):
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, env=_environment(**more), check=True, capture_output=True, text=True).stdout


def _timed(action):
    """The seconds of an action: its own count where it gives one."""
    begun = time.perf_counter()
    own = action()
    return own if isinstance(own, float) else time.perf_counter() - begun


def _medians(actions):
    """The median seconds of each action by name, the actions taken in turn."""
    taken = {name: [] for name in actions}
    for _ in range(REPEATS):
        for name, action in actions.items():
            taken[name].append(_timed(action))
    return {name: statistics.median(times) for name, times in taken.items()}


def collection():
    """Executing the notebooks of the collection, against a plain papermill loop."""
    with tempfile.TemporaryDirectory() as folder:
        folder, data = Path(folder), shutil.copytree(ROOT / "data", Path(folder) / "data")
        kept = folder / "kept"

        def emptied(name):
            shutil.rmtree(folder / name, ignore_errors=True)
            (folder / name).mkdir()
            return folder / name

        def nbconvert():
            command = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--output-dir", folder]
            for path in NOTEBOOKS:
                subprocess.run([*command, path], env=_environment(), check=True, capture_output=True)

        def one_table_changed():
            path = data / "ties.csv"
            lines = path.read_text(encoding="utf-8").splitlines()
            path.write_text("\n".join([lines[0], *lines[:0:-1]]) + "\n", encoding="utf-8")
            _python(OURS, kept, CORES, *NOTEBOOKS, CENTRALASIA_DATA=str(data))

        def warm(jobs):
            return lambda: list(
                execute.execute([Run(p.stem, p.stem) for p in NOTEBOOKS], find(ROOT / "notebooks"), jobs)
            )

        warm(1)()  # from now on this process has its warm one
        _python(OURS, kept, CORES, *NOTEBOOKS, CENTRALASIA_DATA=str(data))
        medians = _medians(
            {
                "papermill, one notebook after the other": lambda: _python(PAPERMILL, folder, *NOTEBOOKS),
                "jupyter nbconvert --execute, one command each": nbconvert,
                "jupyter-cache, its serial executor": lambda: _python(CACHE, emptied("cache"), *NOTEBOOKS),
                "ours, cold, 1 job": lambda: _python(OURS, emptied("cold"), 1, *NOTEBOOKS),
                f"ours, cold, {CORES} jobs": lambda: _python(OURS, emptied("cold"), CORES, *NOTEBOOKS),
                "ours, warm, 1 job": warm(1),
                f"ours, warm, {CORES} jobs": warm(CORES),
                "ours, one table changed": one_table_changed,
                "ours, nothing changed": lambda: _python(OURS, kept, CORES, *NOTEBOOKS, CENTRALASIA_DATA=str(data)),
                "floor: the cells alone in one imported process": lambda: float(_python(FLOOR, *NOTEBOOKS)),
            }
        )
    plain = medians["papermill, one notebook after the other"]
    for name, median in medians.items():
        yield name, median, median / plain


def _sets(path, size):
    """A file of so many different sets of parameters of the pair profile."""
    pairs = find(ROOT / "notebooks").allowed("profile_pair", "pair", {})
    rows = itertools.islice(itertools.product(range(1995, 2020), pairs), size)
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows([("pair", "last_year"), *((pair, year) for year, pair in rows)])


def _watched(command):
    """The seconds of a command and the peak memory of all its processes in MB (proportional set size)."""
    begun, peak = time.perf_counter(), 0
    process = subprocess.Popen(command, env=_environment(), stdout=subprocess.DEVNULL)
    mine = psutil.Process(process.pid)
    while process.poll() is None:
        total = 0
        for member in [mine, *mine.children(recursive=True)]:
            with contextlib.suppress(psutil.Error, AttributeError):
                total += member.memory_full_info().pss
        peak = max(peak, total)
        time.sleep(0.25)
    assert process.returncode == 0
    return time.perf_counter() - begun, peak / 2**20


def growth():
    """Many profiles of pairs: seconds, and beside them the peak memory in MB of all processes."""
    with tempfile.TemporaryDirectory() as folder:
        taken = {}
        for size in SIZES:
            sets = Path(folder) / f"{size}.csv"
            _sets(sets, size)
            verb = [sys.executable, "-m", "centralasia.cli", "run", "profile_pair", "--sets", sets, "--quiet"]
            verb += ["--notebooks", ROOT / "notebooks", "--output", Path(folder) / str(size)]
            taken[size], memory = _watched(verb)
            yield f"{size} profiles, {CORES} jobs (last column: MB)", taken[size], memory
        floor = statistics.median(float(_python(FLOOR, ROOT / "notebooks/profile_pair.ipynb")) for _ in range(5))
        slope = (taken[SIZES[-1]] - taken[SIZES[0]]) / (SIZES[-1] - SIZES[0])
        yield "floor: the cells of a profile alone, by the cores", floor / CORES, 1.0
        yield "one profile more", slope, slope * CORES / floor


def on_a_cluster():
    """Many profiles on a Dask cluster on this machine, a scheduler and a worker a core."""
    with tempfile.TemporaryDirectory() as folder:
        address, known = f"tcp://127.0.0.1:{free_port()}", find(ROOT / "notebooks")
        processes = [dask("scheduler", "--host", address, cwd=folder)]
        processes += [dask("worker", address, "--nthreads", 1, "--no-nanny", cwd=folder) for _ in range(CORES)]
        try:
            taken, sent, back = {}, 0, 0
            for size in (2 * CORES, 20, 100):  # the first warms the workers
                sets = Path(folder) / f"{size}.csv"
                _sets(sets, size)
                runs, begun = known.batch("profile_pair", sets), time.perf_counter()
                results = list(execute.execute(runs, known, scheduler=address))
                taken[size] = time.perf_counter() - begun
                sent = statistics.mean(len(repr(run)) for run in runs)
                back = statistics.mean(len(result.text.encode()) for result in results)
            slope = (taken[100] - taken[20]) / 80
            yield "20 profiles", taken[20], 1.0
            yield "100 profiles", taken[100], taken[100] / taken[20]
            yield "one profile more", slope, slope / taken[20]
        finally:
            for process in processes:
                process.kill()
                process.wait()
    packed = len(cluster.packed())
    print(f"bytes: {packed:,} of data to each worker, once; for a run about {sent:,.0f} out and {back:,.0f} back")


GROUPS = (collection, growth, on_a_cluster)
