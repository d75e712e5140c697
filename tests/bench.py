"""Speed, measured side by side with the plain tool in the same run: ``make bench``.

Prints medians over repeats; names of groups choose some of them. Nothing is asserted: machines differ, ratios travel.
What it found last is kept, with machine and commit, where the report shows it.
"""

import csv
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

from datacontract.context import data_folder

REPEATS = 5
KEPT = Path(__file__).resolve().parents[1] / "notebooks" / "site" / "speed.json"  # and a CSV beside it


def seconds(*actions):
    """The median seconds of each action, the actions taken in turn so that a slow moment hits all of them."""
    taken = [[] for _ in actions]
    for _ in range(REPEATS + 1):
        for times, action in zip(taken, actions, strict=True):
            start = time.perf_counter()
            action()
            times.append(time.perf_counter() - start)
    return [statistics.median(times[1:]) for times in taken]  # the first is a warm-up


def command(*arguments):
    return lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def tables():
    """Loading all tables typed, against ``pandas.read_csv`` of the same files; and the check over the full data."""
    import pandas as pd

    import centralasia
    from datacontract import contract
    from datacontract.check import check

    folder = data_folder()
    files = [folder / resource["path"] for resource in contract.tables().values()]
    typed, plain, checked = seconds(
        lambda: [centralasia.load(name) for name in centralasia.table_names()],
        lambda: [pd.read_csv(file) for file in files],
        check,
    )
    yield "pandas.read_csv of all tables", plain, 1.0
    yield "centralasia.load of all tables", typed, typed / plain
    yield "check of the full data, in a running process", checked, checked / plain


def commands():
    """Whole commands, against a Python that only imports pandas."""
    pandas, package, check = seconds(
        command("-c", "import pandas"),
        command("-c", "import centralasia"),
        command("-m", "centralasia.cli", "check"),
    )
    yield "python: import pandas", pandas, 1.0
    yield "python: import centralasia", package, package / pandas
    yield "centralasia check", check, check / pandas


def main(*names):
    """Runs the groups of these names, or all, and keeps what they found for the report."""
    import bench_running

    kept = json.loads(KEPT.read_text()) if KEPT.is_file() else {}
    for group in (tables, commands, *bench_running.GROUPS):
        if names and group.__name__ not in names:
            continue
        title = group.__doc__.splitlines()[0]
        print(f"\n{title}\n")
        print(f"{'':50}{'median s':>10}{'ratio':>10}")
        rows = []
        for name, median, ratio in group():
            print(f"{name:50}{median:10.3f}{ratio:10.2f}", flush=True)
            rows.append({"what": name, "seconds": round(median, 3), "ratio": round(ratio, 3)})
        kept[group.__name__] = {"title": title, **_circumstances(), "rows": rows}
    KEPT.write_text(json.dumps(kept, indent=1) + "\n")
    with KEPT.with_suffix(".csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["measured", "seconds", "ratio", "cores", "commit"])
        for group in kept.values():
            writer.writerows(
                [r["what"], r["seconds"], r["ratio"], group["cores"], group["commit"]] for r in group["rows"]
            )


def _circumstances():
    """The machine and the state of the code that were measured."""
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True).stdout.strip()
    machine = {"system": platform.system(), "machine": platform.machine(), "cores": os.cpu_count()}
    return machine | {"python": platform.python_version(), "commit": commit}


if __name__ == "__main__":
    main(*sys.argv[1:])
