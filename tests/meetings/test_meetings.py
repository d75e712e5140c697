import itertools
import re

import pandas as pd
import pytest
from conftest import assert_prose
from hypothesis import given, settings
from hypothesis import strategies as st

from centralasia import DataError, load, meetings, using
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
    assert rows["text_seen"].isna().all()


ZERO = "cm-2024,TJK,WAT,,,coded,E. Rahmon,NTJ24,,", "cm-2024,TJK,WAT,0,,coded,E. Rahmon,NTJ24,low,"


def test_weak_zeros_are_unknown_until_asked_for(codes, edit):
    with using(edit("agenda.csv", *ZERO)):
        loose = meetings.speech_codes(ALL)
        strict = meetings.speech_codes(Choice("CM", *YEARS, low_confidence_zeros="no"))
    assert pd.isna(cell(loose, "cm-2024", "TJK", "WAT"))
    assert cell(strict, "cm-2024", "TJK", "WAT") == 0
    assert (strict["value"] == 0).sum() == 1
    assert strict["value"].eq(1).sum() == codes["value"].eq(1).sum()


def test_a_firm_zero_is_a_zero_in_either_treatment(edit):
    with using(edit("agenda.csv", ZERO[0], ZERO[1].replace(",low,", ",high,"))):
        assert cell(meetings.speech_codes(ALL), "cm-2024", "TJK", "WAT") == 0


def test_indirect_is_unknown_where_direct_is_asked_for(codes):
    direct = meetings.speech_codes(Choice("CM", *YEARS, explicitness="direct"))
    assert cell(codes, "cm-2018", "UZB", "REG") == 1
    assert pd.isna(cell(direct, "cm-2018", "UZB", "REG"))


def test_the_meeting_as_a_whole_agrees_with_the_claims():
    """How often each domain was named at the seven meetings, as the claims c20 to c27 quote it."""
    joint = meetings.naming_counts(meetings.speech_codes(ALL)).groupby("domain")["joint"].sum()
    findings = load("claims").set_index("claim_id")["finding"]
    for claim, domain in zip(range(20, 28), ("SEC", "BOR", "INV", "DIG", "TRD", "TRN", "ENV", "WAT"), strict=True):
        assert f" {joint[domain]} of 7 meetings" in findings[f"c{claim}"]


def test_meetings_are_named_in_the_language_of_the_reader(codes):
    assert codes["name"].iloc[0] == "Astana 2018"
    with using(language="ru"):
        assert "Астана 2018" in meetings.answer(ALL)
    assert "Astana 2018" in meetings.answer(ALL)


def test_breadth_by_hand(codes, edit):
    wide = meetings.naming_counts(codes).set_index(["meeting_id", "domain"])
    water = wide.loc[("cm-2018", "WAT")]
    assert (water["voices"], water["least"], water["most"], water["joint"]) == (5, 2, 5, 1)
    with using(edit("agenda.csv", *ZERO)):
        strict = meetings.speech_codes(Choice("CM", *YEARS, low_confidence_zeros="no"))
    zeros = meetings.naming_counts(strict).set_index(["meeting_id", "domain"])
    assert tuple(zeros.loc[("cm-2024", "WAT"), ["least", "most"]]) == (2, 4)


CELLS = st.lists(st.lists(st.sampled_from([0, 1, None]), min_size=3, max_size=3), min_size=1, max_size=3)


def codes_by_hand(cells):
    rows = [
        ("m", "M 1", voice, domain, value, "direct", "coded")
        for domain, row in enumerate(cells)
        for voice, value in [*zip("ABC", row, strict=True), (MEETING, None)]
    ]
    columns = ["meeting_id", "name", "voice", "domain", "value", "strength", "text_seen"]
    return pd.DataFrame(rows, columns=columns).astype({"value": "Int64"})


@settings(max_examples=40, deadline=None)
@given(CELLS)
def test_the_common_share_lies_between_the_extremes_of_every_filling(cells):
    (found,) = meetings.mean_russell_rao(codes_by_hand(cells)).itertuples()
    options = [(0, 1) if value is None else (value,) for row in cells for value in row]
    shares = []
    for filling in itertools.product(*options):
        rows = [filling[i : i + 3] for i in range(0, len(filling), 3)]
        shares.append(sum(a and b for row in rows for a, b in itertools.combinations(row, 2)) / (3 * len(rows)))
    assert (found.low, found.high) == pytest.approx((min(shares), max(shares)))


def test_no_share_without_two_voices():
    shares = meetings.mean_russell_rao(meetings.speech_codes(Choice("EUR4", *YEARS)))
    assert shares["low"].isna().all()
    assert shares["joint_least"].max() > 0


def test_meetings_are_told_apart_only_where_bounds_do_not_meet():
    shares = pd.DataFrame({"name": list("abc"), "low": [0.1, 0.3, 0.0], "high": [0.3, 0.5, 0.05]})
    assert meetings.disjoint_intervals(shares) == [("a", "c", -1), ("b", "c", -1)]
    shares.loc[1, "low"] = 0.31
    assert meetings.disjoint_intervals(shares)[0] == ("a", "b", 1)
    assert meetings.disjoint_intervals(shares.assign(high=1.0)) == []


def test_the_evidence_carries_no_trend(codes):
    for strength, zeros in itertools.product(("any", "direct"), ("unknown", "no")):
        shares = meetings.mean_russell_rao(meetings.speech_codes(Choice("CM", *YEARS, strength, zeros)))
        assert meetings.disjoint_intervals(shares) == []
        assert (shares["low"] <= shares["high"]).all()
    assert "cannot be read" in meetings.answer(ALL)


def test_attendance_holds_every_member_and_every_guest():
    rows = meetings.attendance(ALL).set_index(["meeting_id", "actor"])
    assert rows.loc[("cm-2019", "KAZ"), "level"] == "other"
    assert not rows.loc[("cm-2024", "AZE"), "member"]
    assert rows.loc[("cm-2025", "AZE"), "member"]
    assert "cm-2020" not in rows.index  # not held
    text = meetings.attendance_summary(ALL)
    assert "At 5 of the 8 meetings held" in text
    assert "Kazakhstan at Tashkent 2019 (N. Nazarbayev, First President)" in text
    assert "Azerbaijan (3)" in text
    assert "Bishkek 2020 was planned and not held" in text


def test_attendance_follows_the_data(edit):
    folder = edit("attendance.csv", "cm-2019,KAZ,other,", "cm-2019,KAZ,president,")
    with using(folder):
        assert "At 6 of the 8" in meetings.attendance_summary(ALL)
        drawn = meetings.attendance_matrix(ALL)
    assert drawn.title == "Every member sent its president in office to 6 of 8 meetings"
    assert "Tashkent 2019: president in office Kazakhstan, Kyrgyzstan" in drawn.alt_text


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
        assert "Turkmenistan on 2025-11-16" in meetings.signature_summary(ALL)
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
    assert dict(zip(rows["treaty_id"], rows["title"], strict=True)) == {
        "ca-friendship-2022": "treaty ca-friendship-2022",
        "ca-water-2022": "treaty ca-water-2022",
    }


def test_a_later_signature_is_not_yet_one():
    states = meetings.member_signatures(Choice("CM", 2018, 2022)).set_index("state")["status"]
    assert states["TJK"] == "later"
    assert states["KAZ"] == "signed"
    assert "AZE" not in states  # no member then
    assert "not by the end of 2022: Tajikistan" in meetings.signature_summary(Choice("CM", 2018, 2022))


def test_papers_are_those_of_the_meetings_held():
    rows = meetings.adopted_documents(Choice("CM", 2022, 2023))
    assert list(rows["name"].unique()) == ["Cholpon-Ata 2022", "Dushanbe 2023"]
    assert "A joint statement is known of 2 of 2 meetings held" in meetings.documents_summary(Choice("CM", 2022, 2023))
    assert "at Astana 2018 and Avaza 2025" in meetings.documents_summary(ALL)
    assert meetings.documents_table(Choice("CM", 2022, 2022)).index.tolist() == ["Cholpon-Ata 2022", *[""] * 5]


def test_naming_against_is_said():
    assert "Turkmenistan at Astana 2024 on *Region as one voice*" in meetings.refusal_summary(ALL)
    assert "no case" in meetings.refusal_summary(Choice("CM", 2018, 2019))


def test_an_agenda_row_changes_value_sentence_and_figures(edit):
    row = "cm-2018,UZB,WAT,,,coded,Sh. Mirziyoyev"
    folder = edit("agenda.csv", row, "cm-2018,UZB,WAT,1,direct,coded,Sh. Mirziyoyev")
    before = meetings.naming_matrix(ALL)
    with using(folder):
        after = meetings.naming_matrix(ALL)
    assert "Water resources: members naming it ≥2, none seen" in before.alt_text
    assert "Water resources: members naming it ≥3, none seen" in after.alt_text
    with using(folder):
        assert "*Water resources* (at 1)" in meetings.naming_summary(ALL)
        drift = meetings.share_intervals(ALL)
    assert drift.title.startswith("No trend can be read")
    assert "Astana 2018: 0.05 to" in drift.alt_text  # 0.04 without the row


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
        (("CM", 1999, 2001), ChoiceError, "no held meeting from 1999 to 2001"),
        (("CM", 2018, 2025, "strong"), ChoiceError, "explicitness is 'strong'"),
        (("CM", 2018, 2025, "any", "yes"), ChoiceError, "low_confidence_zeros is 'yes'; .*allowed: unknown, no"),
    ],
)
def test_what_cannot_be_asked_is_named(arguments, error, words):
    with pytest.raises(error, match=words):
        meetings.speech_codes(Choice(*arguments))


CHOICES = [
    Choice("CM", 2018, 2022, "direct", "no"),
    Choice("EUR4", 2018, 2026, "any", "no"),
    Choice("EAEU5", 2024, 2025, "any", "no"),
]


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
        meetings.share_intervals(choice),
    ]
    for text in texts + [f"{d.title}. {d.alt_text}" for d in drawings]:
        assert text.endswith(".")
        assert not re.search(r"\b1 (meetings|speeches|members)\b", text), text
        assert_prose(text)


def test_weak_zeros_are_said_where_a_finding_hangs_on_them(data_copy):
    path = data_copy / "agenda.csv"
    text = re.sub(r"(?m)^(cm-2025,KGZ,\w+),.*?,coded,.*$", r"\1,0,,coded,S. Japarov,KG25,low,", path.read_text("utf-8"))
    path.write_text(text, encoding="utf-8")
    with using(data_copy):
        text = meetings.answer(Choice("EAEU5", 2024, 2025, "any", "no"))
    assert "Tashkent 2025 lies below Astana 2024. This rests on weak zeros" in text
    assert "cannot be read" in meetings.answer(Choice("EAEU5", 2024, 2025))


def test_tables_tell_none_seen_from_none(codes):
    table = meetings.naming_table(codes)
    assert table.loc["Transport and transit", "Meeting as a whole"] == "7 of 7"
    assert table.loc["Health", "Turkmenistan"] == "none seen"
    read = meetings.coverage_table(codes)
    assert read.loc["Avaza 2021", "Nothing or too little read"] == "Kazakhstan, Kyrgyzstan"
    assert meetings.text_coverage(codes)["coded"].tolist() == [3, 3, 3, 5, 5, 5, 5]
