"""The revealed orders against sums by hand, their bounds and draws, and what is not known."""

import numpy as np
import pandas as pd
import pytest
from sweeps import first

from centralasia import load, partners, using, votes
from centralasia.partners import measures, sources
from datacontract.errors import ChoiceError

FIVE = partners.CORE
WINDOWS = list(partners.WINDOWS)
ALL = [*partners.SOURCES, *partners.SERIES]


def national(reporter, years):
    rows = load("trade").query("reporter == @reporter and year in @years").astype({"flow": "str", "year": "int64"})
    wide = rows.pivot(index=["year", "flow"], columns="partner", values="thousand_usd")
    return (100 * wide.div(wide["WLD"], axis=0)).groupby("year").mean()


def test_a_share_in_trade_by_hand():
    shares = national("KAZ", range(2020, 2024))
    order = partners.revealed("KAZ", FIVE, "trade", "since-2020")
    assert order["basis"].unique() == ["national"]
    assert order["years"].unique() == [4]
    assert order.loc["CHN", "value"] == pytest.approx(shares["CHN"].mean())
    assert order.loc["EU", "value"] == pytest.approx(shares["EU27"].mean())
    assert order.loc["CA4", "value"] == pytest.approx(shares[["KGZ", "TJK", "TKM", "UZB"]].sum(axis=1).mean())
    assert list(order["rank"]) == list(order["value"].rank(ascending=False))


def test_trade_for_its_size_is_the_share_over_that_in_the_economy_of_the_others():
    size = load("indicators").query("indicator == 'gdp_ppp' and 2020 <= year <= 2023").groupby("state")["value"].mean()
    share = partners.revealed("KAZ", FIVE, "trade", "since-2020")["value"]
    times = partners.revealed("KAZ", FIVE, "intensity", "since-2020")["value"]
    rest = size["WLD"] - size["KAZ"]
    assert times["RUS"] == pytest.approx(share["RUS"] / (100 * size["RUS"] / rest))
    assert times["CA4"] == pytest.approx(share["CA4"] / (100 * size[["KGZ", "TJK", "TKM", "UZB"]].sum() / rest))


def test_votes_are_pooled_over_the_comparable_years():
    years = load("unga_years").query("2020 <= year <= 2025 and comparable")["year"]
    counts = votes.vote_counts(["KAZ-RUS"], list(years)).sum(1)
    order = partners.revealed("KAZ", FIVE, "votes", "since-2020")
    assert order.loc["RUS", "value"] == pytest.approx(votes.scores(counts, "pi")[0])
    assert order["years"].unique() == [len(years)]
    europe = votes.vote_counts(["DEU-KAZ", "FRA-KAZ", "KAZ-POL"], list(years)).sum(1)
    assert order.loc["EU", "value"] == pytest.approx(votes.scores(europe, "pi").mean())


def test_speeches_count_sentences_and_a_partner_without_a_row_is_not_named():
    told = load("speeches").query("state == 'KAZ' and 2020 <= year <= 2025").set_index("year")["sentences"]
    named = load("speech_partners").query("state == 'KAZ' and actor == 'CA4'").set_index("year")["sentences"]
    order = partners.revealed("KAZ", FIVE, "speeches", "since-2020")
    share = 100 * named.reindex(told.index).astype(float) / told.astype(float)
    assert order.loc["CA4", "value"] == pytest.approx(share.mean())
    silent = set(FIVE) - set(load("speech_partners").query("state == 'KAZ' and year >= 2020")["actor"])
    assert (order.loc[list(silent), "value"] == 0).all()
    assert order.loc[list(silent), "rank"].nunique() == 1


def test_memberships_of_a_region_are_the_mean_of_its_members():
    rows = load("joint_memberships").query("2008 <= year <= 2013")
    counts = {
        other: rows[rows[["state_a", "state_b"]].isin(["KAZ", other]).all(axis=1)]["organisations"].mean()
        for other in ("KGZ", "TJK", "TKM", "UZB")
    }
    order = partners.revealed("KAZ", FIVE, "memberships", "2008-2013")
    assert order.loc["CA4", "value"] == pytest.approx(np.mean(list(counts.values())))
    assert partners.revealed("KAZ", FIVE, "memberships", "since-2020").empty


def test_visits_are_those_of_the_president_of_the_state():
    neighbours = ("KGZ", "TJK", "TKM", "UZB")
    rows = load("visits").query(
        "guest == 'KAZ' and host == 'KGZ' and status == 'held' and guest_rank == 'head_of_state'"
    )
    order = partners.revealed("KAZ", neighbours, "visits", "since-2020")
    assert order.loc["KGZ", "value"] == rows["date"].str[:4].astype(int).between(2020, 2025).sum()
    own = (
        load("visits")
        .query("guest == 'KAZ' and status == 'held' and guest_rank == 'head_of_state'")
        .dropna(subset="date")
    )
    travelled = own[own["host"].isin(neighbours)]["date"].str[:4].astype(int)
    assert order["years"].unique() == [travelled[travelled.between(2020, 2025)].nunique()]
    assert partners.revealed("KAZ", FIVE, "visits", "since-2020").empty  # nobody knows those to Russia
    assert partners.revealed("KAZ", neighbours, "visits", "2008-2013").empty


def test_what_a_list_of_the_largest_does_not_name_has_bounds():
    rows = (
        load("partner_trade").query("series == 'wits' and reporter == 'KAZ' and year == 2018").astype({"flow": "str"})
    )
    found = partners.trade_shares_by_year("KAZ", ("RUS", "USA", "CA4"), "wits").set_index(["partner", "year"])
    least, most = [], []
    for _, part in rows.groupby("flow"):
        shares = part.set_index("partner")["million_usd"]
        shares = 100 * shares.drop("WLD") / shares["WLD"]
        least.append(shares.get("USA", 0))
        most.append(shares.get("USA", shares.min()))
    assert found.loc[("USA", 2018), ["lower", "upper"]].tolist() == pytest.approx([np.mean(least), np.mean(most)])
    assert np.isnan(found.loc[("USA", 2018), "value"])
    assert found.loc[("RUS", 2018), "value"] == found.loc[("RUS", 2018), "lower"]
    assert found.loc[("CA4", 2018), "lower"] == 0 < found.loc[("CA4", 2018), "upper"]


def test_series_agree_where_they_overlap():
    """Both sources of trade that know Kazakhstan in 2018 and 2019 say nearly the same of Russia and China."""
    one, other = (
        partners.trade_shares_by_year("KAZ", ("RUS", "CHN"), s).set_index(["partner", "year"])["value"]
        for s in ("national", "wits")
    )
    both = pd.concat([one, other], axis=1, keys=["one", "other"]).dropna()
    assert len(both) == 4
    assert (both["one"] / both["other"]).between(0.96, 1.04).all()
    # Over the six years before 2014 the list of the largest allows the order that the other series finds.
    whole, largest = (partners.revealed("KAZ", FIVE, s, "2008-2013") for s in ("cow", "wits"))
    assert (largest["best"] <= whole["worst"]).all()
    assert (largest["worst"] >= whole["best"]).all()


@pytest.mark.parametrize("state", first(partners.states()[::-1], 3))  # with the one outside of Central Asia
@pytest.mark.parametrize("source", ALL)
def test_every_state_and_source(state, source):
    for window in WINDOWS:
        for asked in (tuple(c for c in FIVE if c != state), partners.single_partners(state)):
            order = partners.revealed(state, asked, source, window)
            if order.empty:
                continue
            assert list(order.index) == list(asked)
            assert (order["best"] <= order["worst"]).all()
            known = order.dropna(subset="rank")
            assert (known["best"] <= known["rank"]).all()
            assert (known["rank"] <= known["worst"]).all()
            assert known["rank"].between(1, len(asked)).all()
            bounded = order.dropna(subset=["lower", "upper"])
            assert (bounded["lower"] <= bounded["upper"] + 1e-9).all()
            assert order["source"].str.len().gt(0).all()


def test_draws_depend_on_the_seed_and_widen_with_doubt():
    one, other = (partners.revealed("TJK", FIVE, "trade", "2008-2013", seed) for seed in (1, 2))
    assert one["value"].equals(other["value"])
    again = sources.reveal.__wrapped__("TJK", FIVE, "trade", "2008-2013", 1)  # computed, not remembered
    assert (again.draws == sources.reveal("TJK", FIVE, "trade", "2008-2013", 1).draws).all()
    wide = one["worst"] - one["best"]
    assert wide["RUS"] > 0 == wide["USA"]  # Russia and China lie close, the United States far behind


@pytest.mark.slow
def test_blank_is_unknown_and_a_zero_is_a_zero(edit, data_copy):
    text = (data_copy / "trade.csv").read_text().splitlines(keepends=True)
    (data_copy / "trade.csv").write_text("".join(line for line in text if not line.startswith("KAZ,TKM,2021,import")))
    with using(data_copy):
        order = partners.revealed("KAZ", FIVE, "national", "since-2020")
        assert np.isnan(order.loc["CA4", "value"])
        assert order.loc["CA4", "lower"] > 0
        assert order.loc["CA4", ["best", "worst"]].tolist() == [1, 4]  # all that is above the United States


@pytest.mark.parametrize(
    ("asked", "told"),
    [(("FRA", FIVE, "trade", "since-2020"), "state is 'FRA'; allowed: KAZ"),
     (("KAZ", FIVE, "trades", "since-2020"), "source is 'trades'; did you mean 'trade'"),
     (("KAZ", FIVE, "trade", "2020"), "window is '2020'"),
     (("KAZ", ("KAZ", "RUS"), "trade", "since-2020"), "partners is 'KAZ RUS'; allowed: two or more codes other than KAZ")],
)  # fmt: skip
def test_refusals(asked, told):
    with pytest.raises(ChoiceError, match=f"^{told}"):
        partners.revealed(*asked)


def test_partners_compared_are_those_that_texts_place_and_sources_measure():
    assert partners.partners_compared("KAZ", ["kaz-2014", "kaz-2020-draft", "kaz-2020"]) == (
        "RUS",
        "CHN",
        "CA4",
        "USA",
        "EU",
    )
    assert partners.partners_compared("AZE", []) == FIVE
    assert partners.partners_compared("TKM", ["tkm-2017"], "IRN") == (*FIVE, "IRN")
    assert partners.document_ids("none") == []


def test_readings_that_are_as_well_founded_are_orders_of_their_own():
    assert {order["CA4"] for order in partners.declared_orders("kaz-2014")} == {1, 2, 3}
    assert [order["CA4"] for order in partners.declared_orders("kaz-2020")] == [4]
    places = partners.declared_places("kaz-2014", ("CHN", "CA4", "USA"))
    assert places.loc["CA4"].tolist() == places.loc["CA4"].clip(1, 2).tolist()


def test_coverage_counts_years():
    found = partners.coverage("KAZ", FIVE)
    assert list(found.columns) == WINDOWS
    assert found.loc["votes"].tolist() == [6, 6, 5]
    assert found.loc["trade"].tolist() == [6, 2, 4]
    assert found.loc["memberships"].isna().tolist() == [False, False, True]


def test_a_draw_in_which_chance_leaves_no_room_is_left_out():
    """Whatever the order of the partners, and so the draws, an interval is found."""
    for asked in (FIVE, ("CA4", *(c for c in FIVE if c != "CA4")), FIVE[::-1]):
        for seed in range(4):
            found = partners.change("KAZ", "CA4", asked, "votes", "2014-2019", "since-2020", seed)
            assert found["low"] < 0 < found["high"]
            order = partners.revealed("KAZ", asked, "votes", "since-2020", seed)
            assert order.loc["CA4", ["best", "worst"]].tolist() == [1, 1]


def test_bounds_of_values_give_bounds_of_places():
    frame = pd.DataFrame({"lower": [5.0, 1.0, np.nan], "upper": [6.0, 2.0, 3.0]}, index=list("abc"))
    best, worst = measures._places_by_bounds(frame)
    assert best.to_dict() == {"a": 1, "b": 2, "c": 2}
    assert worst.to_dict() == {"a": 1, "b": 3, "c": 3}
    assert best.dtype == worst.dtype == "float64", "as places are that may be missing"
    unknown = pd.DataFrame({"lower": [2.0, 1.0], "upper": [np.nan, 4.0]}, index=list("ab"))
    assert [list(places) for places in measures._places_by_bounds(unknown)] == [[1, 1], [2, 2]]


def test_orders_are_those_of_each_source_and_window():
    rows = partners.orders("KAZ", FIVE, ["trade", "votes"], WINDOWS[-2:])
    assert list(rows.columns[:3]) == ["by", "window", "partner"]
    for (source, window), part in rows.groupby(["by", "window"]):
        own = partners.revealed("KAZ", FIVE, source, window).reset_index()
        pd.testing.assert_frame_equal(part.drop(columns=["by", "window"]).reset_index(drop=True), own)
    assert set(rows["window"]) == set(WINDOWS[-2:])
    assert set(rows["by"]) == {"trade", "votes"}
