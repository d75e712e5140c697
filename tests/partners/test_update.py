"""Trade comes in from downloads of UN Comtrade and from national tables."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from centralasia import load, using
from centralasia.partners.update import read_trade
from centralasia.updates import plan
from datacontract.errors import DataError

PRESENT = (
    "typeCode,freqCode,refPeriodId,refYear,refMonth,period,reporterCode,reporterISO,reporterDesc,flowCode,flowDesc,partnerCode,partnerISO,"
    "partnerDesc,partner2Code,partner2ISO,partner2Desc,classificationCode,cmdCode,cmdDesc,customsCode,motCode,cifvalue,fobvalue,primaryValue,isAggregate"
)
BEFORE = (
    "Classification,Year,Period,Period Desc.,Aggregate Level,Is Leaf Code,Trade Flow Code,Trade Flow,Reporter Code,Reporter,Reporter ISO,"
    "Partner Code,Partner,Partner ISO,Commodity Code,Commodity,Qty Unit Code,Qty Unit,Qty,Netweight (kg),Trade Value (US$),Flag"
)
NATIONAL = "reporter,partner,year,flow,thousand_usd"


@pytest.fixture
def data_copy(part_copy):
    """A copy of the data in which the tables that are changed here are whole."""
    return part_copy("labels", "partner_trade", "trade")


def present(partner, value, flow="M", year=2024, reporter="TJK", **more):
    """A row of the present download, with the empty last cell that it has."""
    cells = {"typeCode": "C", "freqCode": "A", "refYear": year, "reporterISO": reporter, "flowCode": flow, "partnerISO": partner,
             "partnerDesc": '"Rep. of Korea, the"', "partner2Code": 0, "cmdCode": "TOTAL", "customsCode": "C00", "motCode": 0, "primaryValue": value}  # fmt: skip
    return ",".join(str((cells | more).get(name, "")) for name in PRESENT.split(",")) + ",\n"


def before(partner, value, flow=1):
    cells = {
        "Year": 2012,
        "Trade Flow Code": flow,
        "Reporter ISO": "TJK",
        "Partner ISO": partner,
        "Commodity Code": "TOTAL",
        "Trade Value (US$)": value,
    }
    return ",".join(str(cells.get(name, "")) for name in BEFORE.split(",")) + "\n"


def file(path, text):
    path.write_text(text, encoding="utf-8-sig")
    return path


def lines(planned, table):
    (change,) = [change for change in planned.changes if change.table == table]
    return {kind: change.lines(kind) for kind in ("new", "changed", "gone")}


ROWS = [("W00", "6000000.5"), ("KAZ", "1,500,000"), ("RUS", "4000000"), ("_X ", 500000)]


@pytest.mark.slow
def test_the_present_download_of_comtrade(data_copy, tmp_path):
    text = f"{PRESENT}\n" + "".join(present(*row) for row in ROWS).replace("1,500,000", '"1,500,000"')
    text += (
        present("KAZ", 7, cmdCode="2709")
        + present("KAZ", 7, flow="RX")
        + present("KAZ", 7, partner2Code=643)
        + present("KAZ", 7, reporter="USA")
    )
    with using(data_copy):
        planned = plan(read_trade([file(tmp_path / "TradeData_2_20_2026.csv", text)]))
        assert lines(planned, "partner_trade")["new"] == [
            f"TJK, {partner}, 2024, import, comtrade: {value}, COMTRADE, high" for partner, value in (("WLD", "6.0"), ("KAZ", "1.5"), ("RUS", "4.0"))
        ]  # fmt: skip
        assert lines(planned, "sources")["new"][0].startswith("COMTRADE: official, UN Comtrade")
        assert planned.faults() == []
        planned.write()
        again = plan(read_trade([tmp_path / "TradeData_2_20_2026.csv"]))
        assert not again
        # What a later download no longer has is gone, within its years and flows.
        text = (
            f"{PRESENT}\n"
            + present("W00", 4e6)
            + present("RUS", 4e6)
            + present("W00", 4e6, "X")
            + present("RUS", 4e6, "X")
        )
        found = lines(plan(read_trade([file(tmp_path / "later.csv", text)])), "partner_trade")
        assert [len(found[kind]) for kind in ("new", "changed", "gone")] == [2, 1, 1]


def test_the_download_before(data_copy, tmp_path):
    text = (
        f"{BEFORE}\n"
        + before("WLD", 100)
        + before("KAZ", 100)
        + before("WLD", 50, 2)
        + before("RUS", 49, 2)
        + before("RUS", 49, 3)
    )
    with using(data_copy):
        rows = read_trade([file(tmp_path / "comtrade.csv", text)])["partner_trade"].rows
        assert rows[["partner", "flow", "million_usd"]].to_numpy().tolist() == [
            ["WLD", "export", 5e-05], ["RUS", "export", 4.9e-05], ["WLD", "import", 0.0001], ["KAZ", "import", 0.0001],
        ]  # fmt: skip


@pytest.mark.slow
def test_a_national_table_keeps_what_it_does_not_say(data_copy, tmp_path):
    known = load("trade").query("reporter == 'KGZ' and year == 2023")
    text = "\n".join(
        f"KGZ;{r.partner};2023;{r.flow};{str(r.thousand_usd).replace('.', ',')}"
        for r in known.itertuples()
        if r.partner != "AFG"
    )
    text = f"{NATIONAL.replace(',', ';')};source\n{text}\nKGZ;RUS;2024;export;1 234,5;stat.gov.kg\n"
    with using(data_copy):
        planned = plan(read_trade([file(tmp_path / "kgz.csv", text)]))
        found = lines(planned, "trade")
        assert found["new"] == ["KGZ, RUS, 2024, export: 1234.5, STATKG, high"]
        assert found["changed"] == []
        assert [line.split(":")[0] for line in found["gone"]] == ["KGZ, AFG, 2023, export", "KGZ, AFG, 2023, import"]
        assert planned.faults() == []


@pytest.mark.parametrize(
    ("text", "told"),
    [("a,b\n1,2\n", "a.csv: no line has the columns of a known layout"),
     (PRESENT + "\n" + present("KAZ", 1), "a.csv: no world total for TJK, 2024, import; allowed: a download with"),
     (PRESENT + "\n" + present("W00", 10) + present("KAZ", 5), "a.csv: the partners of TJK, 2024, import add up to 50 % of the world total"),
     (PRESENT + "\n" + present("W00", 10) + present("W00", 10), "a.csv: row 3, column primaryvalue: '10' is not allowed; allowed: one row for TJK, WLD, 2024"),
     (PRESENT + "\n" + present("W00", "x"), "a.csv: row 2, column primaryvalue: 'x' is not allowed; allowed: a number"),
     (PRESENT + "\n" + present("W00", 1, year="24"), "a.csv: row 2, column refyear: '24' is not allowed; allowed: a year"),
     (PRESENT + "\n" + present("W00", 1, reporter="USA"), "a.csv: no yearly total of all goods; allowed: one or more of AZE, KAZ"),
     (NATIONAL + "\nTKM,KAZ,2024,export,-1\n", "a.csv: row 2, column thousand_usd: '-1' is not allowed"),
     (NATIONAL + "\nTKM,KAZ,2024,export,1\n", "no source is known for TKM; allowed: a column source")],
)  # fmt: skip
def test_refusals(tmp_path, text, told):
    with pytest.raises(DataError, match=f"^{told}"):
        read_trade([file(tmp_path / "a.csv", text)])


@pytest.mark.slow
def test_an_unknown_partner_of_a_national_table_is_refused_by_the_check(data_copy, tmp_path):
    with using(data_copy):
        planned = plan(read_trade([file(tmp_path / "a.csv", f"{NATIONAL}\nKAZ,XYZ,2024,export,1\n")]))
        assert {(fault.file, fault.column, fault.value) for fault in planned.faults()} == {
            ("trade.csv", "partner", "XYZ")
        }


CELLS = st.sampled_from(
    [
        "KAZ",
        "TJK",
        "W00",
        "RUS",
        "X",
        "M",
        "1",
        "2024",
        "",
        "..",
        "1,5",
        "1e300",
        "-3",
        "x",
        "export",
        "C",
        "A",
        "TOTAL",
        '"',
        "é",
    ]
)


@pytest.mark.slow
@settings(max_examples=150)
@given(
    st.sampled_from([PRESENT, BEFORE, NATIONAL]),
    st.lists(st.lists(CELLS, max_size=27) | st.tuples(st.just("KAZ"), st.just("RUS"), st.just("2024"), CELLS, CELLS), max_size=4),
    st.lists(st.tuples(st.sampled_from(["W00", "KAZ", "UZB"]), CELLS, st.sampled_from("XM")), max_size=3),
)  # fmt: skip
def test_any_file_is_read_or_refused_in_one_line(tmp_path_factory, header, rows, comtrade):
    text = header + "\n" + "".join(",".join(row) + "\n" for row in rows)
    text += "".join(present(*row) for row in comtrade) if header == PRESENT else ""
    try:
        planned = plan(read_trade([file(tmp_path_factory.getbasetemp() / "any.csv", text)]))
    except DataError as error:
        assert "\n" not in str(error)
    else:
        assert planned.changes
