"""A report that is killed leaves the last one whole, and the next run mends what it left."""

import contextlib
import os
import random
import signal
import subprocess
import time

import pytest
from small_collection import edit, start

pytestmark = [pytest.mark.slow, pytest.mark.sweep]


def _make_quick(project):
    """Spares each of the reports to come the import of pandas."""
    edit(project / "notebooks" / "collection.toml", '"pandas", ', "")
    edit(project / "notebooks" / "one.ipynb", ' + centralasia.load(\\"documents\\")[\\"title\\"].iloc[0]', "")


def _whole(site):
    """The version that all pages of a report agree on."""
    found = {
        (site / page).read_text().partition("version ")[2].partition(".")[0] for page in ("index.html", "one.html")
    }
    (version,) = found
    return version


def test_killed_at_any_moment_the_last_report_stays_and_the_next_run_repairs(project, record_property):
    kills, choose = 16, random.Random(20200306)
    moments = [0.1 + (number + choose.random()) / kills for number in range(kills)]  # spread over a whole report
    choose.shuffle(moments)
    _make_quick(project)
    index, notebook, site = (
        project / "notebooks" / "site" / "index.md",
        project / "notebooks" / "one.ipynb",
        project / "build" / "site",
    )
    edit(index, "# Report", "# Report\n\nversion 0.")
    edit(notebook, "# one", "# one version 0.")
    assert start(project).wait() == 0
    edit(notebook, "version 0.", "version 0. again")
    begun = time.monotonic()
    assert start(project).wait() == 0
    took = time.monotonic() - begun  # without the check of the data, which have not changed
    versions, wounded = set(), 0
    for version, moment in enumerate(moments, 1):
        for path in (index, notebook):
            path.write_text(path.read_text().replace(f"version {version - 1}.", f"version {version}."))
        process = start(project)
        begun = time.monotonic()
        try:
            process.wait(moment * took)
            took = min(took, time.monotonic() - begun)  # the machine may have been busy when it was measured
        except subprocess.TimeoutExpired:
            wounded += 1
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        versions.add(_whole(site))
    process = start(project)
    _, err = process.communicate()
    assert process.returncode == 0, err
    assert _whole(site) == str(kills)
    assert len([p for p in (project / "build").iterdir() if p.name.startswith(".site-")]) == 1, (
        "what killed ones left is cleared"
    )
    assert wounded >= kills // 2, "most were killed while they worked"
    record_property("told", f"{kills} reports killed, {wounded} of them at work, {len(versions)} versions seen whole")
