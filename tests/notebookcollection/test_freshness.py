"""What a result was made from also counts what is installed."""

import sys
from importlib import metadata

import matplotlib

from notebookcollection import freshness
from notebookcollection.collection import find


def test_versions_are_those_that_are_installed_here(tmp_path, monkeypatch):
    """Also of what stands first on the path, as in a folder of PYTHONPATH."""
    known = freshness.versions(["matplotlib", "Pillow", "no-such-library"])
    assert known["Python"] == f"{sys.version_info.major}.{sys.version_info.minor}"
    assert known["matplotlib"] == matplotlib.__version__
    assert known["Pillow"] == metadata.version("pillow")
    assert known["no-such-library"] == "none"
    (tmp_path / "matplotlib-1.0.dist-info").mkdir()
    (tmp_path / "matplotlib-1.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nVersion: 1.0\n\nVersion: 2\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert freshness.versions(["matplotlib"])["matplotlib"] == "1.0"


def test_another_version_of_what_draws_makes_a_result_stale(root, monkeypatch):
    project = find(root / "notebooks")
    before = freshness.environment(project)
    assert {"Python", "matplotlib", "numpy", "pandas", "scipy", "pillow", "kiwisolver", "ipykernel"} <= set(before)
    found = freshness.versions
    monkeypatch.setattr(freshness, "versions", lambda names: found(names) | {"matplotlib": "3.10.0"})
    assert freshness.stale_reason(before, freshness.environment(project)) == "matplotlib changed"
    assert freshness.stale_reason(before, freshness.frame(project)) != "the language changed"
