import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sweeps import first

from centralasia import load, meetings, using
from centralasia.meetings import MEETING, Choice

ALL = Choice("CM", 2018, 2025)
CELLS = st.lists(st.lists(st.sampled_from([-1, 0, 1, None]), min_size=3, max_size=3), min_size=1, max_size=4)


def codes_by_hand(cells, read=(True, True, True)):
    rows = [
        ("m", "M 1", voice, domain, value, seen)
        for domain, row in enumerate(cells)
        for voice, value, seen in [*zip("ABC", row, read, strict=True), (MEETING, None, False)]
    ]
    columns = ["meeting_id", "name", "voice", "domain", "value", "read"]
    return pd.DataFrame(rows, columns=columns).astype({"value": "Int64"})


@settings(max_examples=40)
@given(CELLS, st.lists(st.booleans(), min_size=3, max_size=3))
def test_shares_are_of_pairs_of_speeches_that_were_read(cells, read):
    (found,) = meetings.shared_themes(codes_by_hand(cells, read)).itertuples()
    lists = [{d for d, row in enumerate(cells) if row[voice] == 1} for voice in range(3) if read[voice]]
    pairs, n = list(itertools.combinations(lists, 2)), len(cells)
    assert found.read == len(lists)
    if pairs:
        assert found.shared == pytest.approx(np.mean([len(a & b) / n for a, b in pairs]))
        assert found.chance == pytest.approx(np.mean([len(a) * len(b) / n**2 for a, b in pairs]))
    else:
        assert pd.isna(found.shared)
    assert pd.isna(found.joint_themes)  # the meeting as a whole was not read


def test_chance_is_what_lists_drawn_at_random_share():
    draw, n = np.random.default_rng(1), 13
    shared = [len({*draw.choice(n, 4, False)} & {*draw.choice(n, 6, False)}) / n for _ in range(4000)]
    cells = [[1 if d < 4 else None, 1 if d < 6 else None, None] for d in range(n)]
    (found,) = meetings.shared_themes(codes_by_hand(cells, (True, True, False))).itertuples()
    assert np.mean(shared) == pytest.approx(found.chance, abs=0.005)


def first_edition():
    """The speeches as the first coder had them, of `codings`, in the form of `speech_codes`."""
    rows = load("codings").query("coder == 'first' and table == 'agenda'").rename(columns={"unit": "meeting_id"})
    alone = rows[rows["voice"].eq("UZB") & rows["meeting_id"].eq("cm-2019")].assign(voice="KAZ")  # coded once only
    alone["value"] = alone["domain"].eq("REG").astype("Int64").replace(0, pd.NA)
    rows = pd.concat([rows, alone], ignore_index=True).sort_values("meeting_id", kind="stable", ignore_index=True)
    seen = rows.groupby(["meeting_id", "voice"])["value"].transform("count") > 0
    return rows.assign(name=rows["meeting_id"], read=seen)


def test_the_reference_values_of_the_referee():
    """F9: among pairs of speeches that were read, on the first edition, where a refusal counted as sharing."""
    first = first_edition()
    found = meetings.shared_themes(first.assign(value=first["value"].abs()))
    assert list(found["shared"].round(2)) == [0.13, 0.10, 0.13, 0.15, 0.25, 0.33, 0.26]
    assert list(found["themes"].iloc[[0, -1]].round(1)) == [4.3, 6.0]
    refused = meetings.shared_themes(first)
    assert refused["shared"].round(2).iloc[5] == 0.31
    assert refused["shared"].drop(5).equals(found["shared"].drop(5))


def test_the_change_has_an_interval_over_members():
    codes = meetings.speech_codes(ALL)
    found, shares = meetings.shift(codes), meetings.shared_themes(codes)
    gain = shares["shared"] - shares["chance"]
    assert found.window == 3
    assert found.beyond == pytest.approx(gain.tail(3).mean() - gain.head(3).mean())
    assert found.low < found.beyond < found.high
    assert ("We cannot tell yet" in meetings.answer(ALL)) == (found.low <= 0 <= found.high)


def test_two_like_agendas_that_grow_alike_are_no_change():
    """Every speech names the same themes: the more they are, the more they share, and chance less of it."""
    frames = []
    for number, length in enumerate((4, 4, 8, 8)):
        cells = [[1 if d < length else None] * 3 for d in range(13)]
        frames.append(codes_by_hand(cells).assign(meeting_id=f"m{number}"))
    found = meetings.shift(pd.concat(frames))
    assert found.window == 2
    assert found.beyond == pytest.approx((8 / 13 - (8 / 13) ** 2) - (4 / 13 - (4 / 13) ** 2))
    assert found.high - found.low == pytest.approx(0)  # no member makes a difference


@pytest.mark.slow
def test_fewer_than_four_meetings_are_no_change_over_time():
    choice = Choice("CM", 2023, 2025)
    assert meetings.shift(meetings.speech_codes(choice)) is None
    assert "takes four meetings" in meetings.answer(choice)
    assert "Too few" in meetings.share_bars(choice).title


def test_lists_are_said_to_be_longer_only_where_they_are():
    fewer = Choice("C5", 2018, 2022, "direct")
    found = meetings.shift(meetings.speech_codes(fewer))
    assert found.after["themes"] < found.before["themes"]
    assert "names more themes" in meetings.answer(ALL)
    assert "shorter lists share less by chance" in meetings.answer(fewer)


@pytest.fixture
def half_filled(data_copy):
    """The planned meeting as held, with who came, and two agenda rows of 91."""
    for file, old, new in (
        ("meetings.csv", "cm-2026,8,2026,,TKM,regular,planned", "cm-2026,8,2026-10-09,Ashgabat,TKM,regular,held"),
    ):
        text = (data_copy / file).read_text(encoding="utf-8")
        assert old in text
        (data_copy / file).write_text(text.replace(old, new), encoding="utf-8")
    with (data_copy / "attendance.csv").open("a", encoding="utf-8") as file:
        for state in ("KAZ", "KGZ", "TJK", "TKM", "UZB", "AZE"):
            file.write(f"cm-2026,{state},president,,president,TM25,medium,\n")
    with (data_copy / "agenda.csv").open("a", encoding="utf-8") as file:
        file.write("cm-2026,KAZ,TRN,1,direct,coded,,TM25,medium,\n")
        file.write("cm-2026,JOINT,WAT,1,direct,coded,,TM25,medium,\n")
    return data_copy


@pytest.mark.slow
def test_unknown_is_never_taken_for_no_in_half_filled_data(half_filled):
    before, later = meetings.speech_codes(ALL), Choice("CM", 2018, 2026)
    always = meetings.naming_summary(ALL).partition(" meetings as a whole named ")[2]
    with using(half_filled):
        codes, said = meetings.speech_codes(later), meetings.naming_summary(later)
        shares, table = meetings.shared_themes(codes), meetings.naming_table(codes)
        matrix, bars = meetings.naming_matrix(later), meetings.share_bars(later)
        assert "Whether Ashgabat 2026 adopted any document is not on record." in meetings.documents_summary(later)
        assert meetings.shift(codes)[3:] == meetings.shift(before)[3:]
        coverage = meetings.coverage_table(codes).loc["Ashgabat 2026"]
    assert always.rstrip(".") in said  # the same themes every time, over the meetings that are coded as a whole
    assert said.endswith("Left out, since it is not coded as a whole: Ashgabat 2026.")
    assert shares["read"].iloc[-1] == 0
    assert pd.isna(shares["shared"].iloc[-1])
    assert pd.isna(shares["joint_themes"].iloc[-1])
    assert table.equals(meetings.naming_table(before))
    assert coverage["Meeting as a whole"] == "not coded"
    assert "Kazakhstan" in coverage["Not read enough to code"]
    assert "Not coded as a whole: Ashgabat 2026." in matrix.caption
    assert "Ashgabat 2026: no two speeches read; as a whole not coded; 0 of 6 speeches read." in bars.alt_text


@pytest.mark.slow
@pytest.mark.parametrize("language", first(["kk", "en", "ru"]))
@pytest.mark.parametrize("name", ["naming_matrix", "share_bars", "attendance_matrix"])
def test_names_of_meetings_do_not_run_into_each_other(half_filled, name, language):
    """With one more meeting than today, too."""
    for folder, choice in ((None, ALL), (half_filled, Choice("CM", 2018, 2026))):
        with using(folder, language):
            canvas = getattr(meetings, name)(choice)._canvas
        canvas.draw_without_rendering()
        labels = [t.get_window_extent() for t in canvas.axes[-1].get_xticklabels() if t.get_text()]
        assert len(labels) > 6
        assert all(one.x1 + 2 < other.x0 for one, other in itertools.pairwise(labels))
