import re

import pandas as pd
import pytest
from conftest import assert_prose, assert_translated
from sweeps import first

from centralasia import DataError, load, meetings, using
from datacontract import contract
from datacontract.context import data_folder
from datacontract.errors import ChoiceError

YEARS = (2018, 2025)
MEETING, Choice = meetings.MEETING, meetings.Choice
ALL = Choice("CM", *YEARS)


@pytest.fixture(scope="module")
def codes():
    return meetings.speech_codes(ALL)


def cell(frame, meeting, voice, domain):
    key = ["meeting_id", "voice", "domain"]
    return frame.set_index(key)["value"].loc[(meeting, voice, domain)]


def test_voices_are_the_members_of_the_day(codes):
    voices = codes.groupby("meeting_id")["voice"].agg(set)
    five = {"KAZ", "KGZ", "TJK", "TKM", "UZB", MEETING}
    assert voices["cm-2024"] == five  # Azerbaijan came as a guest
    assert voices["cm-2025"] == five | {"AZE"}
    assert set(meetings.speech_codes(Choice("C5", *YEARS))["voice"]) == five
    assert set(meetings.speech_codes(Choice("EUR4", *YEARS))["voice"]) == {MEETING}


def test_a_member_whose_speech_is_not_coded_is_unknown(codes):
    rows = codes[codes["voice"] == "AZE"]
    assert len(rows) == 13
    assert rows["value"].isna().all()
    assert not rows["read"].any()


def test_indirect_is_unknown_where_direct_is_asked_for(codes):
    direct = meetings.speech_codes(Choice("CM", *YEARS, explicitness="direct"))
    assert cell(codes, "cm-2025", MEETING, "TRN") == 1
    assert pd.isna(cell(direct, "cm-2025", MEETING, "TRN"))


def test_the_meeting_as_a_whole_is_counted_as_coded():
    joint = meetings.naming_counts(meetings.speech_codes(ALL)).groupby("domain")["joint"].sum()
    rows = load("agenda").query("voice == 'JOINT' and value == 1")
    held = set(meetings.list_meetings(ALL).query("status == 'held'")["meeting_id"])
    counts = rows[rows["meeting_id"].isin(held)]["domain"].value_counts()
    assert joint[joint > 0].to_dict() == counts.to_dict()


@pytest.mark.slow
def test_meetings_are_named_in_the_language_of_the_reader(codes):
    assert codes["name"].iloc[0] == "Astana 2018"
    with using(language="ru"):
        assert "Астана 2018" in meetings.share_bars(ALL).alt_text
    assert "Astana 2018" in meetings.share_bars(ALL).alt_text


def test_counts_by_hand(codes):
    counts = meetings.naming_counts(codes).set_index(["meeting_id", "domain"])
    rows = load("agenda").query("meeting_id == 'cm-2024' and domain == 'REG'").set_index("voice")["value"]
    states = rows.drop(MEETING)
    region = counts.loc[("cm-2024", "REG")]
    assert tuple(region[["read", "named", "refused"]]) == (5, states.eq(1).sum(), 1)
    assert states["TKM"] == -1
    assert region["joint"] == rows[MEETING]


def test_attendance_holds_every_member_and_every_guest():
    rows = meetings.attendance(ALL).set_index(["meeting_id", "actor"])
    assert rows.loc[("cm-2019", "KAZ"), "level"] == "other"
    assert not rows.loc[("cm-2024", "AZE"), "member"]
    assert rows.loc[("cm-2025", "AZE"), "member"]
    assert "cm-2020" not in rows.index  # not held
    text = meetings.attendance_summary(ALL)
    assert "to 5 of the 8 meetings held" in text
    assert "Kazakhstan at Tashkent 2019 (N. Nazarbayev, First President)" in text
    assert "Azerbaijan (3)" in text
    assert "Bishkek 2020 was planned and not held" in text


@pytest.mark.slow
def test_attendance_follows_the_data(edit):
    folder = edit("attendance.csv", "cm-2019,KAZ,other,", "cm-2019,KAZ,president,")
    with using(folder):
        assert "to 6 of the 8" in meetings.attendance_summary(ALL)
        drawn = meetings.attendance_matrix(ALL)
    assert drawn.title == "Every member sent its president in office to 6 of 8 meetings"
    assert "Tashkent 2019: president in office Kazakhstan, Kyrgyzstan" in drawn.alt_text


@pytest.mark.slow
def test_two_meetings_of_one_town_and_year_are_both_described(data_copy):
    path = data_copy / "meetings.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    twin = next(line for line in lines if line.startswith("cm-2019,")).replace("cm-2019,", "cm-2019b,", 1)
    path.write_text("\n".join([*lines, twin, ""]), encoding="utf-8")
    with using(data_copy):
        drawn = meetings.attendance_matrix(ALL)
    assert drawn.alt_text.count(" Tashkent 2019: ") == 2
    assert (
        " Tashkent 2019: no record found Kazakhstan, Kyrgyzstan, Tajikistan, Turkmenistan, Uzbekistan."
        in drawn.alt_text
    )


def test_a_signature_changes_table_and_sentence(edit):
    assert "no signature by Turkmenistan was found" in meetings.signature_summary(ALL)
    folder = edit(
        "treaty_signatures.csv",
        "TKM,no_signature_found,,,,RF22",
        "TKM,signed,2025-11-16,Tashkent,cm-2025,RF22",
    )
    with using(folder):
        assert "Turkmenistan on 16 November 2025" in meetings.signature_summary(ALL)
        table = meetings.signature_table(ALL).set_index("State")
    assert tuple(table.loc["Turkmenistan"]) == ("signed", "2025-11-16", "Tashkent", "yes")
    assert table.loc["Tajikistan", "At a meeting"] == ""
    assert table.loc["Azerbaijan", "Signature"] == "no record"


def test_two_treaties_of_one_meeting_are_told_apart(data_copy):
    rows = {
        "treaty_signatures": "ca-water-2022,KAZ,signed,2022-07-21,Cholpon-Ata,cm-2022,RF22,high,",
        "meeting_documents": "cm-2022,99,treaty,treaty on water,KAK22,high,",
    }
    for table, row in rows.items():
        with (data_copy / f"{table}.csv").open("a", encoding="utf-8") as file:
            file.write(f"{row}\n")
    with using(data_copy):
        rows = meetings.treaty_signatures(["KAZ"])
        named = meetings.signature_summary(Choice("CM", 2018, 2022))
    assert rows["treaty_id"].to_list() == ["ca-friendship-2022", "ca-water-2022"] and rows["title"].isna().all()
    assert "The treaty (treaty ca-friendship-2022) was" in named and "The treaty (treaty ca-water-2022) was" in named


def test_values_are_the_same_in_every_language():
    english = meetings.treaty_signatures(["KAZ", "TKM"])
    for language in ("ru", "kk"):
        with using(language=language):
            pd.testing.assert_frame_equal(meetings.treaty_signatures(["KAZ", "TKM"]), english)


def test_a_later_signature_is_not_yet_one():
    states = meetings.member_signatures(Choice("CM", 2018, 2022)).set_index("state")["status"]
    assert states["TJK"] == "later"
    assert states["KAZ"] == "signed"
    assert "AZE" not in states  # no member then
    assert "not by the end of 2022: Tajikistan" in meetings.signature_summary(Choice("CM", 2018, 2022))


def test_papers_are_those_of_the_meetings_held():
    rows = meetings.adopted_documents(Choice("CM", 2022, 2023))
    assert list(rows["name"].unique()) == ["Cholpon-Ata 2022", "Dushanbe 2023"]
    assert "Joint statements of 2 of the 2 meetings held are known" in meetings.documents_summary(
        Choice("CM", 2022, 2023)
    )
    assert "at Astana 2018 and Avaza 2025" in meetings.documents_summary(ALL)
    assert meetings.documents_table(Choice("CM", 2022, 2022)).index.tolist() == ["Cholpon-Ata 2022", *[""] * 5]


def test_nothing_on_record_is_said_of_a_meeting_without_papers(data_copy):
    path = data_copy / "meeting_documents.csv"
    kept = [
        line for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if not line.startswith("cm-2025,")
    ]
    path.write_text("".join(kept), encoding="utf-8")
    with using(data_copy):
        assert "Whether Tashkent 2025 adopted any document is not on record." in meetings.documents_summary(ALL)
        assert meetings.documents_table(ALL).loc["Tashkent 2025", "Kind"] == "not on record"


def test_naming_against_is_said():
    assert "Turkmenistan at Astana 2024 refused *Region as one voice*" in meetings.refusal_summary(ALL)
    assert "No speech read" in meetings.refusal_summary(Choice("CM", 2018, 2019))


@pytest.mark.slow
def test_an_agenda_row_changes_value_sentence_and_figures(edit):
    row = next(line for line in _lines("agenda") if line.startswith("cm-2018,UZB,WAT,,"))
    folder = edit("agenda.csv", row, row.replace("WAT,,,", "WAT,1,direct,"))
    before = meetings.naming_matrix(ALL)
    with using(folder):
        after = meetings.naming_matrix(ALL)
        share = meetings.shared_themes(meetings.speech_codes(ALL))["shared"].iloc[0]
    assert "Water resources: speeches naming it 2, 0" in before.alt_text
    assert "Water resources: speeches naming it 3, 0" in after.alt_text
    assert share > meetings.shared_themes(meetings.speech_codes(ALL))["shared"].iloc[0]


def _lines(table):
    with (data_folder() / f"{table}.csv").open(encoding="utf-8") as file:
        return file.read().splitlines()


@pytest.mark.slow
def test_a_member_is_a_row(data_copy):
    with (data_copy / "memberships.csv").open("a", encoding="utf-8") as table:
        table.write("CM,TUR,2018-03-15,,AP18,\n")
    with using(data_copy):
        assert "Members without a record at a meeting: Türkiye (8)" in meetings.attendance_summary(ALL)
        drawn = meetings.attendance_matrix(ALL)
    assert "no record found Türkiye" in drawn.alt_text
    assert drawn.title.endswith("0 of 8 meetings")


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (("CX", 2018, 2025), DataError, "no region 'CX'"),
        (("CM", 2025, 2018), ChoiceError, "first_year is 2025; allowed: not after last_year"),
        (("CM", 1999, 2001), ChoiceError, "no held meeting from 1999 to 2001; .*allowed: 2018, 2019, 2021"),
        (("CM", 2018, 2025, "strong"), ChoiceError, "explicitness is 'strong'"),
    ],
)
def test_what_cannot_be_asked_is_named(arguments, error, words):
    with pytest.raises(error, match=words):
        meetings.speech_codes(Choice(*arguments))


CHOICES = [
    Choice("CM", 2018, 2022, "direct"),
    Choice("EUR4", 2018, 2026),
    Choice("EAEU5", 2024, 2025),
]


@pytest.mark.slow
@pytest.mark.parametrize("choice", CHOICES)
def test_sentences_and_figures_are_whole_for_every_choice(choice):
    texts = [
        meetings.answer(choice),
        meetings.attendance_summary(choice),
        meetings.documents_summary(choice),
        meetings.signature_summary(choice),
        meetings.naming_summary(choice),
        meetings.coverage_summary(choice),
        meetings.refusal_summary(choice),
    ]
    drawings = [
        meetings.attendance_matrix(choice),
        meetings.naming_matrix(choice),
        meetings.share_bars(choice),
    ]
    for text in texts + [f"{d.title}. {d.alt_text}" for d in drawings]:
        assert text.endswith(".")
        assert not re.search(r"\b1 (meetings|speeches|members)\b", text), text
        assert_prose(text)


def test_tables_count_only_what_was_read(codes):
    table = meetings.naming_table(codes)
    assert table.loc["Transport and transit", "Meeting as a whole"] == "7 of 7"
    assert "Azerbaijan" not in table, "no speech of it was read"
    assert table.loc["Region as one voice", "Turkmenistan"].endswith("1 against")
    read = meetings.coverage_table(codes)
    assert read.loc["Tashkent 2025", "Not read enough to code"] == "Azerbaijan"
    assert list(meetings.text_coverage(codes)["read"]) == list(read["Speeches read"])


def test_every_kind_of_document_has_words():
    kinds = contract.table("meeting_documents")["schema"]["fields"]
    (known,) = (field["constraints"]["enum"] for field in kinds if field["name"] == "kind")
    assert list(meetings.paper_words()) == list(known)
    assert {"none", *meetings.counted_papers(2)} == set(known)
    assert meetings.counted_papers(2)["treaty"] == "2 treaties"
    with using(language="ru"):
        assert meetings.counted_papers(5)["decision"] == "5 решений"


@pytest.mark.slow
@pytest.mark.parametrize("language", first(["kk", "ru"]))
@pytest.mark.parametrize("choice", first([ALL, *CHOICES]))
def test_all_is_said_in_the_language_of_the_reader(choice, language):
    with using(language=language):
        codes = meetings.speech_codes(choice)
        said = [
            meetings.answer(choice),
            meetings.attendance_summary(choice),
            meetings.documents_summary(choice),
            meetings.signature_summary(choice),
            meetings.naming_summary(choice),
            meetings.coverage_summary(choice),
            meetings.refusal_summary(choice),
        ]
        tables = [
            meetings.documents_table(choice),
            meetings.signature_table(choice),
            meetings.coverage_table(codes),
            meetings.shares_table(codes),
            meetings.naming_table(codes),
        ]
        drawings = [meetings.attendance_matrix(choice), meetings.naming_matrix(choice), meetings.share_bars(choice)]
    for text in said:
        assert_prose(text)
        assert_translated(text, "XXI")
    for table in tables:
        assert_translated(table.to_csv(), "XXI")
        assert_translated(table.columns.name)
    for drawn in drawings:
        assert_translated(f"{drawn.title} {drawn.alt_text} {drawn.caption}", *drawn.sources)


def test_no_theme_of_the_majority_is_no_silence():
    few = meetings.naming_summary(meetings.Choice("EAEU5", 2018, 2021))
    assert few.startswith("No theme is named by more than half of the 2 speeches read."), few
    assert_prose(few)
    wide = meetings.answer(meetings.Choice("EAEU5", 2018, 2025))
    assert wide.endswith("Beyond chance the share changed by +8 percentage points."), "no interval from so few members"
