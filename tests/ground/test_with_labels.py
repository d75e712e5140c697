import importlib
import re
import subprocess
import sys

import pandas as pd
import pytest

import centralasia
from centralasia import DataError, cite, load, with_labels


def test_names_stand_beside_codes_and_rows_stay_citable():
    ties = load("ties")
    rows = ties[ties["pair"] == "KAZ-TKM"]
    named = with_labels(rows)
    assert list(named.columns[1:3]) == ["pair", "pair_name"]
    assert set(named["pair_name"]) == {"Kazakhstan–Turkmenistan"}
    pd.testing.assert_frame_equal(pd.DataFrame(named.drop(columns="pair_name")), rows)
    assert cite(named).text() == cite(rows).text()


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


def test_the_package_offers_what_is_public_and_imports_it_when_asked():
    assert {"load", "cite", "with_labels", "hierarchy"} <= set(dir(centralasia))
    assert not [name for name in dir(centralasia) if name.startswith("_")]
    asked = "import sys, centralasia; light = 'pandas' not in sys.modules and 'matplotlib' not in sys.modules and 'ipywidgets' not in sys.modules"
    asked += "; assert light and centralasia.hierarchy.hierarchy_bump and centralasia.explore.explore"
    asked += "; assert 'ipywidgets' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", asked]).returncode == 0


OFFERING = [*centralasia.ROOMS]


@pytest.mark.parametrize("name", OFFERING)
def test_a_module_offers_what_is_its_own(name):
    module = importlib.import_module(f"centralasia.{name}")
    inside = re.compile(rf"{re.escape(module.__name__)}(\.|$)")
    own = {n for n, v in vars(module).items() if n[0] != "_" and inside.match(getattr(v, "__module__", None) or "")}
    assert {n for n in dir(module) if not n.isupper()} == own
    assert all(hasattr(module, n) for n in dir(module))
