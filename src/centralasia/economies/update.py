"""What `centralasia update indicators` reads: tables of the World Bank, as the Bank gives them.

Three of its layouts have a row a state and series and a column a year: the bulk file of a database, the download of one
indicator (which begins with lines on the source) and an extract of DataBank (years as ``2023 [YR2023]``, ``..`` where
there is no value, notes below). ``indicator_definitions.csv`` says which codes are read; a new one is a row there.
"""

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from centralasia.published import published_number, published_rows, refused
from centralasia.updates import NewRows, source_read, text_rows
from datacontract.contract import distinct, table
from datacontract.errors import DataError

__all__ = ["read_indicators"]

_LAYOUTS = ("country code", "indicator code"), ("country code", "series code")
_YEAR = re.compile(r"(\d{4})( \[yr\1\])?")
_FIRST = 1990  # of an indicator that has no row yet
_SERIES = ["state", "indicator"]
_ABSENT = "not in the source's release"


def read_indicators(files: Sequence[Path]) -> dict[str, NewRows]:
    """The values of all series that the files give, in place of those of the same series, states and years.

    The states are those of ``indicators.csv``. Values have seven digits; one that is the same to seven digits is no
    change. What a row's note says of a whole series is said of its new years, too. The gaps of the series are found
    anew, and keep the reasons that they have.

    Raises `DataError` where a file has another layout, no series or state of ours, a value that is no number, or a
    series and state twice.

    >>> import pandas as pd, pathlib, tempfile
    >>> row = {"Country Code": "KAZ", "Indicator Code": "SP.POP.TOTL", "2010": 16321581}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pd.DataFrame([row]).to_csv(file := pathlib.Path(folder, "bank.csv"), index=False)
    ...     economies.read_indicators([file])["indicators"].rows[["state", "indicator", "year", "value"]]
      state indicator  year       value
    0   KAZ   pop_tot  2010  16321580.0
    """
    found: list[tuple[str, str, int, float]] = []
    given: set[tuple[str, str, int]] = set()
    definitions = text_rows("indicator_definitions")
    codes = definitions[definitions["source_code"] != ""].set_index("source_code")["indicator"]
    states = set(distinct("indicators.state"))
    for path in files:
        before = len(given)
        for row in published_rows(path, *_LAYOUTS):
            code = row.cells.get("indicator code") or row.cells.get("series code", "")
            state = row.cells["country code"]
            if code not in codes or state not in states:
                continue
            for column, cell in row.cells.items():
                if not (year := _YEAR.fullmatch(column)):
                    continue
                place = state, codes[code], int(year[1])
                if place in given:
                    raise refused(path, row.line, column, cell, f"one row for {state} and {code}, in all files")
                given.add(place)
                try:
                    value = published_number(cell)
                except ValueError:
                    raise refused(path, row.line, column, cell, "a number, or blank or .. for unknown") from None
                if value is not None:
                    found.append((*place, value))
        if len(given) == before:
            raise DataError(f"{path.name}: no row of a series and state of ours; allowed: {', '.join(codes.index)}")
    return _updates(pd.DataFrame(found, columns=[*_SERIES, "year", "value"]), given, definitions, files)


def _updates(
    found: pd.DataFrame, given: set[tuple[str, str, int]], definitions: pd.DataFrame, files: Sequence[Path]
) -> dict[str, NewRows]:
    source = definitions.set_index("indicator")["source"]
    present = text_rows("indicators").astype({"year": "int64", "value": "float64"})
    first = present.groupby("indicator")["year"].min()
    found = found[found["year"] >= found["indicator"].map(first).fillna(_FIRST)]
    read = sorted(found["indicator"].unique())
    if not read:
        raise DataError(f"{files[0].name}: no value from {_FIRST} on of a series and state of ours")
    rows = found.merge(present, "left", [*_SERIES, "year"], suffixes=("", "_before"))
    rows["value"] = [
        old if math.isclose(old, new, rel_tol=5e-7) else float(f"{new:.7g}")
        for old, new in zip(rows["value_before"], rows["value"], strict=True)
    ]
    rows = _noted(rows, present).assign(source=rows["indicator"].map(source))

    def replaced(old: pd.DataFrame) -> pd.Series:
        places = zip(old["state"], old["indicator"], old["year"].astype("int64"), strict=True)
        return pd.Series([place in given for place in places], old.index)

    after = pd.concat([present[~replaced(present)], rows])
    updates = {
        "indicators": NewRows(rows[text_rows("indicators").columns], replaced, ["indicator", "state", "year"]),
        "indicator_gaps": NewRows(
            _gaps(after[after["indicator"].isin(read)], source),
            lambda old: old["indicator"].isin(read),
            ["state", "indicator", "start"],
        ),
    }
    keys = sorted(source[read].unique())
    noted = [_source(key, rows[rows["source"] == key], definitions, files[-1]) for key in keys]
    credited = pd.concat([new.rows for new in noted], ignore_index=True)
    return updates | {"sources": NewRows(credited, lambda old: old["source_key"].isin(keys))}


def _noted(rows: pd.DataFrame, present: pd.DataFrame) -> pd.DataFrame:
    """The rows with confidence and note: their own, or what those before and after them in the series agree on."""
    words = present.assign(words=present["confidence"] + "|" + present["note"])
    several = words.groupby([*_SERIES, "words"])["year"].transform("size") > 1
    told = words[several | words["words"].eq("high|")].set_index([*_SERIES, "year"])["words"]
    keys = pd.MultiIndex.from_frame(rows[[*_SERIES, "year"]])
    along = told.reindex(told.index.union(keys)).sort_index().groupby(level=_SERIES)
    before, after = along.ffill().reindex(keys).to_numpy(), along.bfill().reindex(keys).to_numpy()
    own = (rows["confidence"] + "|" + rows["note"]).to_numpy()
    said = pd.DataFrame({"own": own, "before": before, "after": after})
    agreed = (
        said["before"]
        .fillna(said["after"])
        .where(said["before"].isna() | said["after"].isna() | said["before"].eq(said["after"]))
    )
    chosen = said["own"].fillna(agreed).fillna("high|").str.split("|", n=1)
    return rows.assign(confidence=chosen.str[0].to_numpy(), note=chosen.str[1].to_numpy())


def _gaps(rows: pd.DataFrame, source: pd.Series) -> pd.DataFrame:
    """The years that an indicator has for anybody and lacks for a member of the region, as spans with a reason."""
    (expected,) = table("indicators")["schema"]["expected"]
    members = distinct("memberships.actor", {"region": expected["region"]})
    reasons = {
        (gap["state"], gap["indicator"], year): (gap["reason"], gap["source"])
        for gap in text_rows("indicator_gaps").to_dict("records")
        for year in range(int(gap["start"]), int(gap["end"]) + 1)
    }

    def spans() -> Iterator[tuple[str, str, int, int, str, str]]:
        for indicator, series in rows.groupby("indicator"):
            years = sorted(series["year"].unique())
            for state in members:
                has = set(series.loc[series["state"] == state, "year"])
                why = [
                    None if y in has else reasons.get((state, indicator, y), (_ABSENT, source[indicator]))
                    for y in years
                ]
                for reason, span in itertools.groupby(zip(years, why, strict=True), lambda pair: pair[1]):
                    if reason:
                        lacking = [year for year, _ in span]
                        yield state, str(indicator), lacking[0], lacking[-1], *reason

    return pd.DataFrame(list(spans()), columns=text_rows("indicator_gaps").columns)


def _source(key: str, rows: pd.DataFrame, definitions: pd.DataFrame, file: Path) -> NewRows:
    """The row of a source; where a file gives part of its series only, the note says which, and what is older."""
    of = definitions[definitions["source"] == key]
    used = f"{rows['year'].min()}-{rows['year'].max()} used"
    if len(part := of[of["indicator"].isin(rows["indicator"])]) < len(of):
        known = text_rows("sources").set_index("source_key").loc[key]
        used = f"{', '.join(part['source_code'])} {used}, other series as of {known['date'] or 'earlier'}"
    return source_read(key, file, used)
