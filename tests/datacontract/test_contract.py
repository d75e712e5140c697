import json
import subprocess
import sys

import pytest

from centralasia import using
from datacontract import contract
from datacontract.errors import ChoiceError, DataError, check_choice, check_years, suggest
from datacontract.sources import source_keys


def test_values_of_a_column_in_the_order_of_the_file():
    assert contract.distinct("memberships.actor", {"region": "C5"}) == ["KAZ", "KGZ", "TJK", "TKM", "UZB"]
    with pytest.raises(
        DataError, match="table 'memberships' has no column 'state'; did you mean 'start'. allowed: region, actor"
    ):
        contract.distinct("memberships.state")
    with pytest.raises(DataError, match="has no column 'regoin'; did you mean 'region'"):
        contract.distinct("memberships.actor", {"regoin": "C5"})
    with pytest.raises(DataError, match="no table 'membership'; did you mean 'memberships'"):
        contract.rows("membership")


def test_names_of_codes():
    assert contract.names_of("actors", "actor")["KAZ"] == "Kazakhstan"
    assert contract.names_of("memberships", "actor") == {}, "which has no names"


def test_single_keys_of_source_cells():
    assert source_keys(["B;A", None, "C"], ["A;D", float("nan"), ""]) == ["A", "B", "C", "D"]


def test_nearest_lists_what_is_allowed():
    assert suggest("kgz", ["KAZ", "KGZ"]) == "did you mean 'KGZ'? allowed: KAZ, KGZ"
    assert suggest("xxxx", ["KAZ"]) == "allowed: KAZ"
    assert suggest("9", range(100)) == "did you mean '9'? allowed: 100 values, the nearest being 9, 99, 98, 97, 96"
    assert suggest("UZB-KAZ", ["AZE-KAZ", "KAZ-UZB"]) == "did you mean 'KAZ-UZB'? allowed: AZE-KAZ, KAZ-UZB"
    assert suggest("x", []) == "allowed: nothing"


def test_arguments_are_refused_with_what_is_allowed():
    check_choice("region", "C5", ["C5", "C6"])
    with pytest.raises(ChoiceError, match=r"region is 'c5'; did you mean 'C5'\? allowed: C5, C6"):
        check_choice("region", "c5", ["C5", "C6"])
    check_years(1992, 1992, 2024)
    with pytest.raises(ChoiceError, match="first_year is 1993; allowed: not after last_year, which is 1992"):
        check_years(1993, 1992)
    with pytest.raises(ChoiceError, match="last_year is 2025; allowed: up to 2024, the year of the latest act"):
        check_years(1992, 2025, 2024, "the year of the latest act")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "datapackage.json: not a Data Package descriptor"),
        ("[" * 100_000, "datapackage.json: not a Data Package descriptor"),
        ('{"resources": [], "resources": []}', "the key 'resources' stands twice in one object"),
        ("{}", "datapackage.json, the whole: no 'resources' is not allowed; allowed: an object with 'resources'"),
        ("[]", r"datapackage.json, the whole: \[\] is not allowed; allowed: an object in braces"),
        ('{"resources": [{"name": "x"}]}', r"datapackage.json, resources\[0\]: no 'path' is not allowed"),
        (
            '{"resources": [{"name": "x", "path": "../x.csv"}]}',
            r"resources\[0\].path: '../x.csv' .*a file in the folder",
        ),
        ('{"resources": [{"name": "x", "path": "x", "schema": {"fields": [{}]}}]}', "no 'primaryKey'"),
    ],
)
def test_a_broken_contract_is_named(tmp_path, text, told):
    (tmp_path / "datapackage.json").write_text(text)
    for read in (contract.tables, contract.contract):
        with using(tmp_path), pytest.raises(DataError, match=told) as error:
            read()
        assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("rule", "value", "told"),
    [
        ("ordered", [["date"]], "two columns each"),
        ("ordered", [["date", "dat"]], r"schema.ordered\[0\]\[1\]: 'dat' .*a column of visits: did you mean 'date'"),
        ("requires", [{"field": "guest", "resource": "actor", "on": "actor"}], "a table: did you mean 'actors'"),
        ("requires", [{"field": "guest", "resource": "actors", "on": "code"}], "a column of actors: "),
        ("requires", [{"field": "guest", "resource": "actors"}], "no 'on' is not allowed"),
        ("when", [{"field": "date", "is": ""}], "a list in brackets"),
        ("when", [{"field": "date", "is": [], "full": []}], "'full' is not allowed; allowed: did you mean 'filled'"),
    ],
)
def test_a_rule_that_is_declared_wrongly_is_named(small_copy, rule, value, told):
    path = small_copy / "datapackage.json"
    package = json.loads(path.read_text())
    schema = next(resource["schema"] for resource in package["resources"] if resource["name"] == "visits")
    schema[rule] = value
    path.write_text(json.dumps(package))
    with using(small_copy), pytest.raises(DataError, match=told):
        contract.tables()


def test_a_contract_or_table_that_is_gone_is_named(small_copy):
    with using(small_copy):
        (small_copy / "ties.csv").unlink()
        with pytest.raises(DataError, match="ties.csv: cannot be read .*No such file"):
            contract.rows("ties")
        (small_copy / "visits.csv").write_bytes(b"\xff")
        with pytest.raises(DataError, match="visits.csv: cannot be read"):
            contract.distinct("visits.pair")
        (small_copy / "meetings.csv").write_text("meeting_id,place\n")
        with pytest.raises(
            DataError, match="meetings.csv: the header is meeting_id, place; allowed: meeting_id, number"
        ):
            contract.rows("meetings")
        (small_copy / "datapackage.json").unlink()
        with pytest.raises(DataError, match="datapackage.json: cannot be read"):
            contract.tables()


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("a,b\n", "domains.csv, row 2: its cells are not as many as those of the header"),
        ('"x"y\n', r"domains.csv: cannot be read \('"),
        ('"x\n', r"domains.csv: cannot be read \("),
    ],
)
def test_a_row_that_would_lose_a_cell_is_refused(small_copy, rest, told):
    path = small_copy / "domains.csv"
    path.write_text(path.read_text(encoding="utf-8").partition("\n")[0] + "\n" + rest)
    with using(small_copy), pytest.raises(DataError, match=told):
        contract.rows("domains")


def test_nobody_can_change_what_all_share():
    (row, *_), table = contract.rows("ties"), contract.table("ties")
    for shared in (row, table, contract.tables(), table["schema"], table["schema"]["fields"][0]):
        with pytest.raises(TypeError, match="does not support item assignment"):
            shared["new"] = 1
    for shared in (contract.rows("ties"), table["schema"]["fields"], table["schema"]["primaryKey"]):
        assert isinstance(shared, tuple)
    contract.contract()["resources"].clear()
    contract.distinct("ties.pair").clear()
    contract.names_of("actors", "actor").clear()
    assert contract.contract()["resources"]
    assert contract.distinct("ties.pair")
    assert contract.names_of("actors", "actor")


def test_a_changed_contract_is_read_again(small_copy):
    path = small_copy / "datapackage.json"
    package = json.loads(path.read_text())
    with using(small_copy):
        assert "ties" in contract.tables()
        package["resources"] = [resource for resource in package["resources"] if resource["name"] != "ties"]
        path.write_text(json.dumps(package))
        assert "ties" not in contract.tables()
        assert "ties.csv" not in contract.files()
    assert "ties" in contract.tables()


def test_every_field_and_table_is_described():
    for name, resource in contract.tables().items():
        assert resource["title"], name
        assert resource["description"], name
        assert {"coverage", "missing", "gaps", "adding"} <= set(resource["notes"]), name
        for field in resource["schema"]["fields"]:
            assert field["description"], (name, field["name"])
            if "pattern" in field.get("constraints", {}):
                assert "example" in field or "means" in field, (
                    f"{name}.{field['name']}: an example says more than a pattern"
                )
            if field["type"] in ("number", "integer"):
                assert "unit" in field, (name, field["name"])
                assert "minimum" in field["constraints"], (name, field["name"])


@pytest.mark.slow
def test_the_package_imports_nothing_heavy():
    code = "import sys, centralasia; centralasia.load('documents'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "pandas" in loaded
    assert not {*loaded} & {"matplotlib", "scipy", "frictionless", "papermill", "sphinx", "IPython"}


def test_the_contract_needs_no_pandas():
    code = "import sys; from datacontract import codebook, labels, sources; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {*loaded} & {"pandas", "frictionless", "urllib.request", "difflib"}
