import subprocess
import sys

import pytest

from centralasia import DataError
from datacontract import context, contract
from datacontract.errors import suggest


def test_values_of_a_column_in_the_order_of_the_file():
    assert contract.distinct("memberships.actor", {"region": "C5"}) == ["KAZ", "KGZ", "TJK", "TKM", "UZB"]
    with pytest.raises(
        DataError, match="table 'memberships' has no column 'state'; did you mean 'start'. allowed: region, actor"
    ):
        contract.distinct("memberships.state")
    with pytest.raises(DataError, match="has no column 'regoin'; did you mean 'region'"):
        contract.distinct("memberships.actor", {"regoin": "C5"})


def test_nearest_lists_what_is_allowed():
    assert suggest("kgz", ["KAZ", "KGZ"]) == "did you mean 'KGZ'? allowed: KAZ, KGZ"
    assert suggest("xxxx", ["KAZ"]) == "allowed: KAZ"
    assert suggest("x", range(100)) == "allowed: one of 100 values"


def test_a_broken_contract_is_named(tmp_path):
    (tmp_path / "datapackage.json").write_text("{")
    with pytest.raises(DataError, match="not a Data Package descriptor"):
        contract.contract(tmp_path)
    with pytest.raises(DataError, match="not a data folder"):
        context.data_folder(tmp_path / "nowhere")


def test_every_field_and_table_is_described():
    for name, resource in contract.tables().items():
        assert resource["title"], name
        assert resource["description"], name
        assert {"coverage", "missing", "gaps", "adding"} <= set(resource["notes"]), name
        for field in resource["schema"]["fields"]:
            assert field["description"], (name, field["name"])
            if field["type"] in ("number", "integer"):
                assert "unit" in field, (name, field["name"])
                assert "minimum" in field["constraints"], (name, field["name"])


def _imported(statement):
    code = f"import sys; {statement}; print(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def test_the_package_imports_nothing_heavy():
    loaded = _imported("import centralasia; centralasia.load('documents')")
    assert "pandas" in loaded
    assert not loaded & {"matplotlib", "scipy", "frictionless", "papermill", "sphinx", "IPython"}


def test_the_two_wings_do_not_know_each_other():
    analysis = _imported("from centralasia import hierarchy, plots, sentences, convergence")
    assert not [m for m in analysis if m.startswith(("centralasia.running", "centralasia.publishing"))]
    modules = "from centralasia import cli, collection; from centralasia.running import execute, report, cluster, regenerate; from centralasia.publishing import excerpts, site"
    running = {m for m in _imported(modules) if m.startswith("centralasia.")}
    ground = {"contract", "published", "tables", "readable", "citations", "check", "rules", "rules_across", "codebook"}
    ground |= {"labels", "words", "headings", "collection", "parameters", "lean"}
    assert {m.split(".")[1] for m in running} <= ground | {"cli", "running", "publishing"}
