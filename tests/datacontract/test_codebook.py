import json

import pytest

from centralasia import table_names, using
from centralasia.cli import main
from datacontract import contract
from datacontract.codebook import codebook

pytestmark = pytest.mark.slow


def test_the_codebook_is_fresh(root):
    assert (root / "data" / "README.md").read_text() == codebook(), "run: centralasia codebook"


def test_it_describes_every_table_and_column():
    text = codebook()
    for name in table_names():
        section = text.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        for field in contract.table(name)["schema"]["fields"]:
            assert f"| `{field['name']}` |" in section, (name, field["name"])
        for heading in ("*Coverage.*", "*Missing values.*", "*Known gaps.*", "*Adding a row.*", "*Licence.*"):
            assert heading in section, (name, heading)


def test_a_stale_codebook_is_told_and_renewed(data_copy, capsys):
    path = data_copy / "datapackage.json"
    package = json.loads(path.read_text())
    package["resources"][1]["description"] = "One row is something else."
    path.write_text(json.dumps(package))
    assert main(["codebook", "--check", "--data", str(data_copy)]) == 1
    assert "README.md is stale" in capsys.readouterr().err
    assert main(["codebook", "--data", str(data_copy)]) == 0
    assert "something else" in (data_copy / "README.md").read_text()
    assert main(["codebook", "--check", "--data", str(data_copy)]) == 0


def test_it_says_how_much_is_known_and_what_was_looked_up_again(edit):
    def section(name):
        return codebook().partition(f"\n## {name}\n")[2].partition("\n## ")[0]

    acts, facts = contract.rows("ties"), [row for row in contract.rows("verification") if row["table"] == "ties"]
    drawn = [row["verdict"] for row in facts if row["sample"] == "random"]
    assert f"Of {len(acts)} rows: `level` in {sum(bool(row['level']) for row in acts)}, `date` in" in section("ties")
    assert f"{len(drawn)} facts drawn at random: {drawn.count('confirmed')} confirmed and" in section("ties")
    assert "Nothing so far." in section("priorities")
    assert "How much is known" not in section("labels")
    fact = next(row for row in facts if row["sample"] == "random" and row["verdict"] == "confirmed")["fact"]
    with using(edit("verification.csv", f"{fact},random,confirmed", f"{fact},random,contradicted")):
        assert f"{drawn.count('confirmed') - 1} confirmed, 1 contradicted and" in section("ties")


def test_it_says_nothing_of_licences_and_sources_that_the_contract_does_not_name(tmp_path):
    borders = {"name": "borders", "path": "borders.geojson", "sources": [{"title": "A map"}]}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [borders, borders | {"name": "rivers"}]}))
    with using(tmp_path):
        assert codebook().count("*Sources.* A map.") == 2 and "*Licence.*" not in codebook()
    borders.pop("sources")
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [borders]}))
    with using(tmp_path):
        assert "*Sources.*" not in codebook()
