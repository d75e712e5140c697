import pytest

from datacontract import contract


def _texts(language):
    return {(r["kind"], r["code"]): r["text"] for r in contract.rows("labels") if r["language"] == language}


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_what_the_figures_show_most_has_a_name(language):
    found = _texts(language)
    shown = {
        *contract.distinct("priorities.actor"),
        *contract.distinct("unga_dyads.state_a"),
        *contract.distinct("agenda.voice"),
    }
    wanted = [("actor", code) for code in contract.distinct("actors.actor") if code in shown]
    wanted += [("indicator", code) for code in contract.distinct("indicator_definitions.indicator")]
    wanted += [("unit", code) for code in contract.distinct("indicator_definitions.unit")]
    wanted += [("domain", code) for code in contract.distinct("domains.domain")]
    wanted += [("level", code) for code in contract.field("priorities", "level")["constraints"]["enum"]]
    assert [key for key in wanted if key not in found] == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("actor,KGZ,ru", "actor,KGS,ru", "column code: 'KGS' is not allowed; allowed: a code of actors.actor: did you mean 'KGZ'?"),
        ("actor,KGZ,ru", "aktor,KGZ,ru", "column kind: 'aktor' is not allowed; allowed: one of actor, actor_name, domain"),
        ("actor,KGZ,ru", "actor,KGZ,Russian", "column language: 'Russian' is not allowed"),
        ("actor,KGZ,ru", "actor,KGZ,en", "column language: 'en' is not allowed; allowed: another language, for actors has the en"),
        ("level,alliance,ru", "level,aliance,ru", "a code of priorities.level: did you mean 'alliance'?"),
    ],
)  # fmt: skip
def test_the_check_names_the_place(edit_small, messages, old, new, told):
    lines = messages(edit_small("labels.csv", old, new), ["labels"])
    assert any(line.startswith("labels.csv, row ") and told in line for line in lines), lines
