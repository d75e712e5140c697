"""Speed, measured side by side with the plain tool in the same run: ``make bench``.

Prints medians over repeats; names of groups choose some of them. Nothing is asserted: machines differ, ratios travel.
"""

import statistics
import subprocess
import sys
import time

from datacontract.context import data_folder

REPEATS = 5


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
    """Runs the groups of these names, or all."""
    import bench_running

    for group in (tables, commands, *bench_running.GROUPS):
        if names and group.__name__ not in names:
            continue
        print(f"\n{group.__doc__.splitlines()[0]}\n")
        print(f"{'':50}{'median s':>10}{'ratio':>10}")
        for name, median, ratio in group():
            print(f"{name:50}{median:10.3f}{ratio:10.2f}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
