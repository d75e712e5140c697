from centralasia import pairs
from centralasia.names import NONE_FOUND


def test_the_table_reads_without_codes_or_missing_cells():
    frame = pairs.theme_table("KAZ-TKM")
    assert len(frame)
    assert not frame.isna().any(axis=None)
    assert frame.columns.name
    assert not frame.astype("str").apply(lambda column: column.str.contains("nan|<NA>|_")).any(axis=None)


def test_a_table_without_rows_says_so():
    frame = pairs.theme_table("AZE-KAZ")
    assert frame.index.to_list() == [NONE_FOUND]
    assert (frame == "").all(axis=None)


def test_a_note_on_the_whole_speech_is_not_taken_for_one_on_the_theme():
    remarks = pairs.theme_table("KAZ-TKM").drop(columns="Theme")
    assert not remarks.apply(lambda column: column.str.contains("whole speech")).any(axis=None)
    assert (remarks != "").any(axis=None)
