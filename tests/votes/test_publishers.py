"""Roll calls and ideal points come in from the files of their publishers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from centralasia import load, using
from centralasia.updates import plan
from centralasia.votes import publishers
from datacontract.check import check
from datacontract.contract import distinct
from datacontract.errors import DataError

PRESENT = "ccode\tiso3c\tCountryname\tyear\tNVotesFP\tIdealPointFP\tQ5%FP\tQ10%FP\tQ95%FP\n"
OLDER = '"","ccode","session","iso3c","Countryname","NVotesAll","IdealPointAll","Q5%All","Q95%All"\n'


def ideal_points(path, text):
    path.write_text(text, encoding="utf-8")
    return publishers.read_ideal_points([path])


def test_the_present_layout_of_ideal_points(tmp_path):
    text = PRESENT + "705\tKAZ\tKazakhstan\t2025\t88\t-0.45678\t-0.61111\t-0.5\t-0.25558\n"
    text += "2\tUSA\tUnited States\t1990\t80\t2.5\t2.3\t2.4\t2.7\n340\tYUG\tSerbia\t2025\t9\t0\t0\t0\t0\n705\tKAZ\tKazakhstan\t2024\tNA\tNA\tNA\tNA\tNA\n"
    found = ideal_points(tmp_path / "IdealpointsJuly2026.tab", text)
    assert found["unga_ideal_points"].rows.to_numpy().tolist() == [
        ["KAZ", 2025, -0.4568, -0.6111, -0.2556, 88, "UNGAIP;BSV17"]
    ]
    source = found["sources"].rows.iloc[0]
    assert source["note"] == "2025-2025 used, final-passage votes; from IdealpointsJuly2026.tab"
    assert source["date"] == ""


def test_the_older_layout_counts_sessions(tmp_path):
    text = OLDER + '"1",705,47,"KAZ","Kazakhstan",65,0.5,0.4,0.6\n"2",705,45,"KAZ","Kazakhstan",6,0.5,0.4,0.6\n'
    found = ideal_points(tmp_path / "IdealpointestimatesAll_Jun2024.csv", text)
    assert found["unga_ideal_points"].rows[["year", "votes"]].to_numpy().tolist() == [[1992, 65]]
    assert "all votes" in found["sources"].rows.iloc[0]["note"]


@pytest.fixture
def data_copy(part_copy):
    """A copy of the data in which the tables that are changed here are whole."""
    return part_copy("unga_dyads", "unga_groups", "unga_ideal_points")


@pytest.mark.slow
def test_ideal_points_that_are_written_pass_the_check(data_copy, tmp_path):
    with using(data_copy):
        rows = load("unga_ideal_points").assign(year=lambda r: r["year"] + (r["year"] == 2024))
        lines = [
            f"0\t{r.state}\tx\t{r.year}\t{r.votes}\t{r.ideal_point}\t{r.low90}\t0\t{r.high90}"
            for r in rows.itertuples()
        ]
        planned = plan(ideal_points(tmp_path / "new.tab", PRESENT + "\n".join(lines) + "\n"))
        moved = int((rows["year"] == 2025).sum())
        (points, sources) = planned.changes
        assert [len(points.lines(kind)) for kind in ("new", "changed", "gone")] == [moved, 0, moved]
        assert len(sources.lines("changed")) == 1
        assert planned.faults() == []
        planned.write()
        assert check() == []
        assert load("unga_ideal_points")["year"].max() == 2025


@pytest.mark.parametrize(
    ("text", "told"),
    [(PRESENT, "no estimate from 1991 on"), ("a,b\n", "no line has the columns"),
     (PRESENT + "1\tKAZ\tx\t2024\t9\tmany\t1\t1\t1\n", "row 2, column idealpointfp: 'many' is not allowed")],
)  # fmt: skip
def test_ideal_points_that_are_refused(tmp_path, text, told):
    with pytest.raises(DataError, match=f"^a.tab: {told}"):
        ideal_points(tmp_path / "a.tab", text)
    with pytest.raises(DataError, match="^2 files of ideal points; allowed: one"):
        publishers.read_ideal_points([tmp_path, tmp_path])


def roll_calls(path, year, calls):
    states = sorted({*distinct("unga_dyads.state_a"), *distinct("unga_dyads.state_b"), *distinct("memberships.actor")})
    rows = [f"{call},{state},Y,{year}-12-01" for call in range(calls) for state in states if len(state) == 3]
    path.write_text("undl_id,ms_code,ms_vote,date\n" + "\n".join(rows) + "\n")
    return path


@pytest.mark.slow
def test_a_year_of_votes_is_one_command(data_copy, tmp_path):
    with using(data_copy):
        planned = plan(publishers.read_votes([roll_calls(tmp_path / "votes 2027.csv", 2027, 3)]))
        assert not any(change.lines("changed") + change.lines("gone") for change in planned.changes)
        assert planned.faults() == []
        planned.write()
        assert check() == []
        year = load("unga_years").set_index("year").loc[2027]
        assert (year["roll_calls"], year["comparable"], year["source"]) == (3, False, "UNDL")
        assert load("sources").set_index("source_key").loc["UNDL", "note"] == "used to 2027; from votes_2027.csv"
        assert load("unga_dyads").query("year == 2027")["yy"].eq(3).all()


def test_a_year_that_is_judged_stays_so_in_the_same_source(data_copy, tmp_path):
    with using(data_copy):
        years = publishers.read_votes([roll_calls(tmp_path / "votes.csv", 2024, 2)])["unga_years"].rows
        assert years["comparable"].tolist() == ["False"]  # another source than the one that was judged
        text = (data_copy / "unga_years.csv").read_text().replace("2024,92,True,,UNDGACM", "2024,92,True,as ever,UNDL")
        (data_copy / "unga_years.csv").write_text(text)
        years = publishers.read_votes([tmp_path / "votes.csv"])["unga_years"].rows
        assert years[["comparable", "note"]].to_numpy().tolist() == [["True", "as ever"]]


CELLS = st.sampled_from(
    ["KAZ", "705", "2024", "46", "", "NA", "..", "1,5", "-0.5", "x", "1e400", '"', "\t", "\n", "\ufeff", "é"]
)


@settings(max_examples=150)
@given(
    st.lists(st.lists(CELLS, max_size=10), max_size=5), st.sampled_from([PRESENT, OLDER, ""]), st.sampled_from(",\t")
)
def test_any_file_of_ideal_points_is_read_or_refused_in_one_line(tmp_path_factory, rows, header, delimiter):
    path = tmp_path_factory.getbasetemp() / "any.tab"
    try:
        found = ideal_points(path, header + "\n".join(map(delimiter.join, rows)))
        plan(found)
    except DataError as error:
        assert "\n" not in str(error)
    else:
        assert set(found["unga_ideal_points"].rows["state"]) == {"KAZ"}
