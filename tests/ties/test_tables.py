from centralasia import ties
from centralasia.names import NONE_FOUND
from centralasia.regions import pairs
from centralasia.tables import UntruncatedFrame

PAIRS = pairs("C5")


def test_tables_read_without_codes_or_missing_cells():
    frames = [
        ties.event_table(PAIRS),
        ties.firmness_table("C6", 2025),
        ties.spread_table("C6", [2000, 2025]),
        ties.visit_table(PAIRS),
        ties.milestone_table(["TKM"]),
    ]
    for frame in frames:
        assert len(frame)
        assert isinstance(frame, UntruncatedFrame)
        assert not frame.isna().any(axis=None)
        assert frame.columns.name
        assert not frame.astype("str").apply(lambda column: column.str.contains("nan|<NA>|_")).any(axis=None)


def test_a_table_without_rows_says_so():
    for frame in (
        ties.event_table(["AZE-KAZ"]),
        ties.visit_table(["AZE-KAZ"]),
    ):
        assert frame.index.to_list() == [ties.NOT_SEARCHED]
        assert (frame == "").all(axis=None)


def test_levels_in_words_with_what_is_firm():
    table = ties.firmness_table("C6", 2025)
    assert table.loc["Kazakhstan–Turkmenistan"].tolist() == [
        "strategic", "deepened strategic", "2024-10-10, programme", "medium confidence",
    ]  # fmt: skip
    assert table.loc["Azerbaijan–Kazakhstan"].tolist() == ["not searched", "not searched", "", ""]
    assert ties.firmness_table("C5", 2016).loc["Kazakhstan–Turkmenistan", "By all acts found"] == NONE_FOUND
    assert ties.spread_table("C5", [2025]).loc["deepened strategic or higher", "End of 2025"] == "6 / 8 / 8"


def test_only_acts_of_several_pairs_name_the_pair():
    assert "Pair" in ties.event_table(["KAZ-TKM", "KAZ-UZB"])
    assert "Pair" not in ties.event_table(["KAZ-TKM"])


def test_a_state_without_a_row_of_the_treaty_is_listed_as_unknown():
    said = ties.treaty_signed("C6", 2025)
    assert "Kazakhstan (21 July 2022)" in said and said.endswith("Not in the table: Azerbaijan.")
