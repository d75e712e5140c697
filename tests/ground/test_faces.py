import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import centralasia
from centralasia import DataError, cite, load, using, with_labels


def test_names_stand_beside_codes_and_rows_stay_citable():
    ties = load("ties")
    rows = ties[ties["pair"] == "KAZ-TKM"]
    named = with_labels(rows)
    assert list(named.columns[1:3]) == ["pair", "pair_name"]
    assert set(named["pair_name"]) == {"Kazakhstan–Turkmenistan"}
    pd.testing.assert_frame_equal(pd.DataFrame(named.drop(columns="pair_name")), rows)
    assert cite(named).text() == cite(rows).text()


def test_names_are_in_the_language_of_the_reader():
    with using(language="ru"):
        named = with_labels(load("ties").query("pair == 'KAZ-TKM'"))
    assert set(named["pair_name"]) == {"Казахстан–Туркменистан"}


def test_a_missing_code_has_no_name():
    visits = with_labels(load("visits"))
    assert (visits["guest"].isna() == visits["guest_name"].isna()).all()
    assert visits["guest"].isna().any()


def test_text_is_shown_whole_and_rows_of_unknown_origin_are_refused():
    ties = load("ties")
    longest = max(ties["note"].dropna(), key=len)
    assert len(longest) > 50
    assert longest in with_labels(ties)._repr_html_().replace("&amp;", "&").replace("&#x27;", "'")
    with pytest.raises(DataError, match=r"allowed: rows of load\(\)"):
        with_labels(pd.DataFrame({"actor": ["KAZ"]}))


@pytest.mark.slow
def test_the_package_offers_what_is_public_and_imports_it_when_asked():
    assert {"load", "cite", "with_labels", "hierarchy", "using"} <= set(centralasia.__all__)
    asked = "import sys, centralasia; light = 'pandas' not in sys.modules and 'matplotlib' not in sys.modules"
    asked += "; assert light and centralasia.hierarchy.__all__ and centralasia.explore.Explorer"
    asked += "; assert 'ipywidgets' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", asked]).returncode == 0
    everything = {}
    exec("from centralasia import *", everything)
    assert set(centralasia.__all__) <= set(everything)
    with pytest.raises(AttributeError, match="no attribute 'hierarchies'"):
        centralasia.hierarchies  # noqa: B018


ROOMS = centralasia.ROOMS


@pytest.mark.parametrize("name", centralasia.MODULES)
def test_a_room_lists_what_it_offers(name):
    """Its ``__all__`` names what exists, each with a docstring that begins with one line that says what it is."""
    room = importlib.import_module(f"centralasia.{name}")
    assert len(set(room.__all__)) == len(room.__all__)
    for public in room.__all__:
        value = getattr(room, public)
        if callable(value):
            assert value.__doc__, f"{name}.{public}"
            assert value.__doc__.partition("\n")[0].rstrip().endswith((".", "?", ":")), f"{name}.{public}"


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_offers_its_modules_and_their_names_and_nothing_else(name):
    room = importlib.import_module(f"centralasia.{name}")
    modules = {module.name for module in pkgutil.iter_modules(room.__path__)}
    assert {n for n in dir(room) if not n.startswith("_")} == modules | set(room.__all__)
    assert not modules & set(room.__all__), "a function hides a module of its name"


@pytest.mark.parametrize("name", ["datacontract", "notebookcollection", "centralasia"])
def test_every_module_says_what_it_offers(name):
    package = importlib.import_module(name)
    for found in pkgutil.walk_packages(package.__path__, f"{name}."):
        module = importlib.import_module(found.name)
        if Path(module.__file__).read_text(encoding="utf-8").strip():
            assert all(hasattr(module, public) for public in module.__all__), found.name
