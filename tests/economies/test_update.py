"""Indicators come in from the tables of the World Bank."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from centralasia import load, using
from centralasia.economies.update import read_indicators
from centralasia.updates import plan
from datacontract.check import check
from datacontract.errors import DataError

pytestmark = pytest.mark.slow

LIFE, USERS = "SP.DYN.LE00.IN", "IT.NET.USER.ZS"
ABOVE = '\ufeff"Data Source","World Development Indicators",\n\n"Last Updated Date","2026-07-01",\n\n'
BELOW = ",,,\n,,,\nData from database: World Development Indicators\nLast Updated: 07/01/2026\n"


@pytest.fixture
def data_copy(part_copy):
    """A copy of the data in which the indicators are whole."""
    return part_copy("indicators")


def wide(rows, years, kind="Indicator", quote="", end=""):
    """A table of the World Bank: `rows` are (state, code, cells)."""
    lines = [["Country Name", "Country Code", f"{kind} Name", f"{kind} Code", *years]]
    lines += [["Korea, Rep.", state, "Life, at birth", code, *cells] for state, code, cells in rows]
    lines[1:] = [[f'"{c}"' if "," in c else c for c in line] for line in lines[1:]]
    return "".join(",".join(f"{quote}{c.strip(quote or None)}{quote}" for c in line) + end + "\n" for line in lines)


def read(path, text):
    path.write_text(text, encoding="utf-8")
    return plan(read_indicators([path]))


def changes(planned, table="indicators"):
    (change,) = [change for change in planned.changes if change.table == table]
    return {kind: change.lines(kind) for kind in ("new", "changed", "gone")}


ROWS = [
    ("KAZ", LIFE, ["75.1234567", "75.5", ""]),
    ("ARB", LIFE, ["70", "70", "70"]),
    ("KAZ", "NOT.OURS", ["1", "2", "3"]),
]


@pytest.mark.parametrize(
    "text",
    [wide(ROWS, ["2023", "2024", "2025"]),
     ABOVE + wide(ROWS, ["2023", "2024", "2025"], quote='"', end=","),
     wide([(s, c, [cell or ".." for cell in cells]) for s, c, cells in ROWS], ["2023 [YR2023]", "2024 [YR2024]", "2025 [YR2025]"], "Series") + BELOW],
    ids=["bulk", "one indicator", "DataBank"],
)  # fmt: skip
def test_the_layouts_of_the_world_bank(data_copy, tmp_path, text):
    with using(data_copy):
        planned = read(tmp_path / "life.csv", text)
        found = changes(planned)
        assert found["new"] == ["KAZ, 2024, life_exp: 75.5, WDI25, high"]
        assert found["changed"][0].startswith("KAZ, 2023, life_exp: value 7")
        assert found["changed"][0].endswith("→ 75.12346")
        assert not found["gone"]
        # A new year opens a gap for each of the five others that lacks it.
        assert [line.split(":")[0] for line in changes(planned, "indicator_gaps")["new"]] == [
            f"{state}, life_exp, 2024" for state in ("AZE", "KGZ", "TJK", "TKM", "UZB")
        ]
        assert planned.faults() == []
        planned.write()
        assert check() == []
        note = load("sources").set_index("source_key").loc["WDI25", "note"]
        assert note == f"{LIFE} 2023-2024 used, other series as of 2025-06-05; from life.csv"


def test_a_value_that_is_the_same_to_seven_digits_is_no_change_and_a_missing_one_is_gone(data_copy, tmp_path):
    with using(data_copy):
        value = load("indicators").set_index(["state", "year", "indicator"]).loc[("KAZ", 2022, "life_exp"), "value"]
        text = wide([("KAZ", LIFE, ["..", f"{value * (1 + 2e-7):.10f}"])], ["2021", "2022"])
        planned = read(tmp_path / "a.csv", text)
        found = changes(planned)
        assert (found["new"], found["changed"]) == ([], [])
        assert [line.split(":")[0] for line in found["gone"]] == ["KAZ, 2021, life_exp"]
        assert changes(planned, "indicator_gaps")["new"][0].startswith(
            "KAZ, life_exp, 2021: not in the source's release"
        )
        assert planned.faults() == []


def test_what_is_said_of_a_whole_series_is_said_of_its_new_years(data_copy, tmp_path):
    rows = [
        ("TKM", "SP.POP.TOTL", ["7,200,000"]),
        ("KAZ", "SP.POP.TOTL", ["20,500,000"]),
        ("UZB", "NE.TRD.GNFS.ZS", ["60"]),
    ]
    with using(data_copy):
        found = read_indicators([file(tmp_path / "a.csv", wide(rows, ["2024"]))])["indicators"].rows.set_index("state")
        assert found["confidence"].to_dict() == {"KAZ": "high", "TKM": "low", "UZB": "high"}
        assert found["note"].to_dict() == {"KAZ": "", "TKM": "doubtful: population count", "UZB": ""}
        assert found.loc["TKM", "value"] == 7200000
        early = read_indicators([file(tmp_path / "a.csv", wide(rows[2:], ["1995"]))])["indicators"].rows
        assert early["note"].tolist() == ["doubtful: before the devaluation of 2017"]


def test_a_gap_that_closes_goes_and_the_others_keep_their_reasons(data_copy, tmp_path):
    with using(data_copy):
        planned = read(tmp_path / "a.csv", wide([("KAZ", USERS, ["93.1"])], ["2024"]))
        found = changes(planned, "indicator_gaps")
        assert found["gone"] == ["KAZ, net_users, 2024: not in the source's release, wh…, WDI25"]
        assert (found["new"], found["changed"]) == ([], [])
        assert planned.faults() == []


def file(path, text):
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "told"),
    [("a,b\n1,2\n", "no line has the columns of a known layout; allowed: country code, indicator code or country code, series code"),
     (wide([("KAZ", "NOT.OURS", ["1"])], ["2020"]), "no row of a series and state of ours; allowed: BX.KLT"),
     (wide([("KAZ", LIFE, [".."])], ["2020"]), "no value from 1990 on"),
     (wide([("KAZ", LIFE, ["many"])], ["2020"]), "row 2, column 2020: 'many' is not allowed; allowed: a number"),
     (wide([("KAZ", LIFE, ["70"])] * 2, ["2020"]), "row 3, column 2020: '70' is not allowed; allowed: one row for KAZ and SP.DYN")],
)  # fmt: skip
def test_refusals(tmp_path, text, told):
    with pytest.raises(DataError, match=f"^a.csv: {told}"):
        read_indicators([file(tmp_path / "a.csv", text)])


def test_a_value_out_of_its_range_is_refused_by_the_check(data_copy, tmp_path):
    with using(data_copy):
        (fault, *_) = read(tmp_path / "a.csv", wide([("KAZ", LIFE, ["750"])], ["2023"])).faults()
        assert (fault.file, fault.value, fault.check) == ("indicators.csv", "750.0", "range")


CELLS = st.sampled_from(
    ["KAZ", "UZB", LIFE, "", "..", "70,5", "1e300", "-5", "x", '"', "2023", "2023 [YR2024]", "é\u2028"]
)


@settings(max_examples=100)
@given(
    st.lists(st.tuples(st.sampled_from(["KAZ", "TKM", "WLD"]), st.sampled_from([LIFE, USERS]), st.lists(CELLS, max_size=3)), max_size=4),
    st.lists(st.sampled_from(["1960", "2023", "2024 [YR2024]", "2026", "x"]), max_size=3),
    st.lists(CELLS, max_size=6),
)  # fmt: skip
def test_any_table_is_read_or_refused_in_one_line(tmp_path_factory, rows, years, extra):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    try:
        planned = read(path, wide(rows, years) + ",".join(extra))
    except DataError as error:
        assert "\n" not in str(error)
    else:
        assert changes(planned, "indicator_gaps").keys() == {"new", "changed", "gone"}
