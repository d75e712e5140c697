import pandas as pd
import pytest

from centralasia import load, ties, using
from centralasia.regions import pairs

PAIRS = pairs("C5")


def test_labels_with_outsiders_are_acts_or_words():
    found = ties.outside_labels("C5", ties.OUTSIDE, 2026).set_index(["state", "partner"])
    assert len(found) == 5 * 6
    assert not found["searched"].any()
    assert found["signed"].dropna().to_dict() == {("KAZ", "RUS"): "alliance"}
    assert found.loc[("KAZ", "RUS"), ["signed_date", "said", "said_date"]].tolist() == [
        "2025-11-12",
        "alliance",
        "2008-11-19",
    ]
    assert found.loc[("KGZ", "RUS"), ["said", "said_date"]].tolist() == ["alliance", "2026-01-15"]
    assert found.loc[("TJK", "CHN"), ["signed", "said"]].isna().all()
    earlier = ties.outside_labels("C5", ["RUS"], 2010).set_index("state")
    assert earlier["said"].dropna().to_dict() == {"KAZ": "alliance", "KGZ": "strategic"}
    assert earlier["signed"].isna().all()


def test_a_draft_and_low_confidence_give_no_label(edit):
    rows = load("priorities").query("document_id == 'kaz-2020-draft' and level == 'alliance'")
    assert len(rows)
    assert "OKO19" not in " ".join(ties.outside_labels("C5", ["RUS"], 2026)["source"])
    with using(
        edit("ties.csv", "strategic partner and ally,TASSKG26,medium", "strategic partner and ally,TASSKG26,low")
    ):
        said = ties.outside_labels("C5", ["RUS"], 2026).set_index("state")["said"]
    assert said["KGZ"] == "strategic"


def test_one_row_a_pair_and_unsearched_stays_blank():
    found = ties.values_by_pair("C6", 2025)
    assert found.loc[PAIRS, "firm"].notna().all()
    assert found.loc[[p for p in found.index if "AZE" in p]].isna().all(axis=None)
    assert (found["state_visits"].dropna() <= found["visits"].dropna()).all()
    assert found.loc["KAZ-TKM", ["firm", "found"]].tolist() == ["strategic", "deepened_strategic"]
    counts = ties.visit_counts(PAIRS, range(1991, 2026)).sum(axis=1)
    assert found.loc[PAIRS, "visits"].tolist() == counts.tolist()


def test_the_years_of_pages():
    years = ties.source_years(ties.events(["KAZ-KGZ"]))
    assert years["TR2505"] == 2025
    assert years.isna().any()


@pytest.mark.parametrize(("region", "told"), [("C5", "are of 2017 or later"), ("EUR4", "None of the pages")])
def test_recall_is_told(region, told):
    assert told in ties.recall_summary(region, 2025)


def test_recall_tells_of_the_acts_up_to_a_year():
    assert "but 12 of the 13 labels are older" in ties.recall_summary("C5", 2016)


def test_medians_are_at_most_and_name_their_act():
    told = ties.waiting_summary("C5", 1992, 2025).splitlines()
    assert (
        told[0] == "- Any label: half of the pairs by 15 June 2000 at the latest (Tajikistan–Uzbekistan, friendship)."
    )
    assert told[-1] == "- Alliance: fewer than half of the pairs by 2025."
    times = ties.times_to_level(PAIRS, 1992, 2025)
    assert pd.isna(times.loc[times["date"].isna(), "label"]).all()
    # A median that comes from a higher label says so.
    sooner = ties.waiting_summary("C5", 1992, 2016)
    assert "Any label: half of the pairs by" in sooner
