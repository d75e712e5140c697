import json

import krippendorff
import numpy as np
import pandas as pd
import pytest

from centralasia import reliability, using
from datacontract import contract
from datacontract.errors import ChoiceError

NA = np.nan
# The reliability data of Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section E: four observers,
# twelve units, five values, some missing. He reports 0.743 for nominal and 0.815 for ordinal data.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NA, NA, NA],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NA, 3],
    [NA, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NA],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NA],
]

TEXTS = {"commitments": "documents", "agenda": "speeches and meetings", "pair_agenda": "events of two states"}


@pytest.mark.parametrize(("level", "published"), [("nominal", 0.743), ("ordinal", 0.815)])
def test_alpha_of_the_published_data(level, published):
    assert reliability.alpha(np.array(OBSERVERS), level) == pytest.approx(published, abs=5e-4)


def test_alpha_of_two_observers_and_a_binary_variable():
    """The same paper, section A: ten units, two observers, 0.095."""
    jon = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    han = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert reliability.alpha(np.array([jon, han])) == pytest.approx(0.095, abs=5e-4)


def test_alpha_of_two_observers_and_more_values():
    """The same paper, section B: twelve units, two observers, five nominal values, 0.692."""
    first, second = "aabbdcccedda", "babbbccceddd"
    codes = [["abcde".index(value) for value in observer] for observer in (first, second)]
    assert reliability.alpha(np.array(codes)) == pytest.approx(0.692, abs=5e-4)


def test_alpha_is_missing_where_nothing_can_differ():
    assert np.isnan(reliability.alpha(np.array([[1, 1], [1, 1]])))
    assert np.isnan(reliability.alpha(np.array([[1, NA], [NA, 0]])))
    with pytest.raises(ChoiceError, match="level is 'interval'; .*allowed: nominal, ordinal"):
        reliability.alpha(np.array(OBSERVERS), "interval")


def test_the_reference_values_of_the_second_coding():
    """As the second edition of the evidence reports them, computed there without this package."""
    found = reliability.agreement("table").set_index("table")
    assert found["alpha"].round(3).to_dict() == {
        "all": 0.840,
        "agenda": 0.916,
        "pair_agenda": 0.876,
        "commitments": 0.630,
    }
    assert found["agreement"].round(3).to_dict() == {
        "all": 0.924,
        "agenda": 0.958,
        "pair_agenda": 0.939,
        "commitments": 0.854,
    }
    assert (found.loc["all", "low"], found.loc["all", "high"]) == pytest.approx((0.77, 0.90), abs=0.01)
    strength = reliability.agreement("strength").set_index("table").loc["all"]
    assert (strength["agreement"], strength["alpha"]) == pytest.approx((0.801, 0.141), abs=5e-4)
    assert (strength["low"], strength["high"]) == pytest.approx((-0.03, 0.31), abs=0.02)
    themes = reliability.agreement("domain").set_index("domain")["alpha"]
    assert {code: round(themes[code], 2) for code in ("SEC", "BOR", "REG", "INN")} == {
        "SEC": 0.65,
        "BOR": 0.68,
        "REG": 0.73,
        "INN": 0.26,
    }
    assert themes["POL"] == pytest.approx(0.22, abs=0.006)  # 0.225
    assert reliability.unreliable_themes() == ["POL", "INN", "SEC"]


@pytest.mark.slow
def test_the_interval_is_that_of_texts_drawn_anew_with_the_library():
    """The sums by which draws are made quick against the library on each draw."""
    cells = reliability.coded_twice().xs("commitments", level="table", drop_level=False)
    own = dict(tuple(cells.groupby(level="unit")))
    draw, alphas = np.random.default_rng(3), []
    for _ in range(200):
        drawn = pd.concat([own[unit] for unit in draw.choice(list(own), len(own))])
        alphas.append(krippendorff.alpha(drawn.T.to_numpy(), level_of_measurement="nominal"))
    found = reliability.agreement("table", "commitments").iloc[1]
    assert (found["low"], found["high"]) == pytest.approx(tuple(np.percentile(alphas, [2.5, 97.5])), abs=0.06)


HEAD = "coder,table,unit,voice,domain,value,strength,read,source,note\n"


def coded(folder, *rows):
    (folder / "codings.csv").write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    with using(folder):
        return reliability.coded_twice()


def test_only_coders_who_read_the_same_are_compared(data_copy):
    key = "commitments,kaz-2014,KAZ"
    cells = coded(
        data_copy,
        f"first,{key},TRN,1,direct,opening,CACI14,", f"second,{key},TRN,1,direct,other,CACI14,",
        f"first,{key},POL,-1,direct,opening,CACI14,", f"second,{key},POL,1,direct,opening,CACI14,",
        f"first,{key},WAT,,,opening,CACI14,", f"second,{key},WAT,,,opening,CACI14,",
        f"anna,{key},TRN,0,,full,ADI280,", f"boris,{key},TRN,1,direct,full,ADI280,",
        f"anna,{key},WAT,,,full,ADI280,", f"boris,{key},WAT,0,,full,ADI280,",
        "first,commitments,kaz-2020,KAZ,TRN,1,direct,opening,CABAR,", "second,commitments,kaz-2020,KAZ,TRN,1,direct,other,CARAV20,",
    ).droplevel(["table", "unit", "voice"])  # fmt: skip
    opening, full = (cells.xs(read, level="read") for read in ("opening", "full"))
    assert opening.loc["TRN", ["first", "second"]].tolist() == [1, 0]  # what was found elsewhere is not named here
    assert opening.loc["POL", ["first", "second"]].tolist() == [1, 1]  # to refuse a theme is to name it
    assert opening.loc["WAT", ["first", "second"]].tolist() == [0, 0]
    assert full.loc["TRN", ["anna", "boris"]].tolist() == [0, 1]
    assert "WAT" not in full.index  # a blank after a whole text is not coded
    assert len(opening) == 3  # kaz-2020, which one of them read on another page alone, is left out


def test_what_readers_see_says_how_it_was_coded():
    said = reliability.reliability_summary("commitments")
    assert "Two codings of the same 16 documents agree in 85 % of the cases." in said
    assert "not reliable: Krippendorff's alpha is 0.63" in said
    assert "*Political dialogue*" in said
    assert "Both codings are machine-assisted readings of the openings of pages" in said
    assert "reliable: Krippendorff's alpha is 0.92" in reliability.reliability_summary("agenda")
    table = reliability.reliability_table("domain")
    assert table.index[0] == "All together"
    assert table.loc["Political dialogue", "Which is"] == "not reliable"
    assert table.loc["Health", "95 % interval"] == "not known"


def test_the_codebook_says_what_is_computed(root):
    package = json.loads((root / "data" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if resource["name"] in reliability.TABLES:
            told, found = resource["notes"]["reliability"], reliability.agreement("table", resource["name"]).iloc[0]
            assert f"{found['units']} {TEXTS[resource['name']]}" in told
            assert f"{found['alpha']:.2f} (95 % interval {found['low']:.2f} to {found['high']:.2f})" in told
    assert "*Reliability.*" in (root / "data" / "README.md").read_text(encoding="utf-8")


def test_every_text_coded_again_is_in_its_table():
    keys = {"commitments": "document_id", "agenda": "meeting_id", "pair_agenda": "event_id"}
    for row in contract.rows("codings"):
        assert row["unit"] in contract.distinct(f"{row['table']}.{keys[row['table']]}")
