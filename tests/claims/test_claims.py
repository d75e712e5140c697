import csv
import html
import inspect
import json
import re

import pytest
from conftest import assert_prose
from hypothesis import given
from hypothesis import strategies as st

from centralasia import DataError, claims, load, using
from centralasia.claims import RULES
from centralasia.claims.measures import Check
from centralasia.claims.rules import KEYS

NEAR = [True, False, None]


def claim(claim_id):
    return load("claims").set_index("claim_id", drop=False).loc[claim_id]


def judged(claim_id, folder=None, reading="all"):
    with using(folder):
        found = [check for check in claims.checks(claim(claim_id)) if reading == "all" or check.baseline]
        return claims.verdict(found), claims.reason(found)


def rewrite(folder, table, change):
    """Changes the rows of a table, each a dictionary, in a copy of the data folder."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        change(row)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return folder


def with_test(folder, claim_id, test, measure=None):
    def change(row):
        if row["claim_id"] == claim_id:
            row |= {"test": test} | ({"measure": measure} if measure else {})

    return rewrite(folder, "claims", change)


def checks(holds, confidence="high", decisive=True):
    return [Check("w", h, confidence, measure="m", decisive=decisive) for h in holds]


@pytest.fixture(scope="module")
def found():
    return claims.verdicts()


@pytest.mark.parametrize(
    ("holds", "word"),
    [
        ([True, True], "supported"),
        ([True, None], "partly"),
        ([True, False], "partly"),
        ([False, None], "contradicted"),
        ([None, None], "not_established"),
        ([], "no_measure"),
    ],
)
def test_verdict_of_checks(holds, word):
    assert claims.verdict(checks(holds)) == word


def test_low_confidence_alone_is_partly_at_most():
    assert claims.verdict(checks([True, True], "low")) == "partly"
    assert claims.verdict(checks([True], "low") + checks([True])) == "supported"


def test_what_stands_beside_is_not_counted():
    assert claims.verdict(checks([None]) + checks([True], decisive=False)) == "not_established"


@given(st.lists(st.sampled_from(NEAR), min_size=1, max_size=6), st.randoms())
def test_verdict_hangs_on_no_order_and_the_unknown_never_contradicts(holds, random):
    word = claims.verdict(checks(holds))
    assert word == claims.verdict(checks(random.sample(holds, len(holds))))
    blanked = claims.verdict(checks([None if h is False else h for h in holds]))
    assert blanked in {"supported", "partly", "not_established"}
    assert (word == "supported") == all(h is True for h in holds)
    more = claims.verdict(checks([*holds, None]))
    assert more == ("partly" if word == "supported" else word)


def test_known_verdicts_by_hand(found):
    words = dict(zip(found["claim_id"], found["verdict"], strict=True))
    by_hand = {
        "c01": "supported",  # dated 2020-03-06
        "c06": "partly",  # 2014 to 2020 are seven calendar years, but 6.1 from date to repeal
        "c07": "not_established",  # the article alone
        "c08": "contradicted",  # 2020-2030
        "c10": "partly",  # 3rd to 2nd, but joint 2nd or first by other readings
        "c12": "supported",
        "c31": "partly",  # innovation, as science and technology, at 3 of 14 events
        "c32": "partly",  # digital at 3 of 14
        "c37": "no_measure",
    }
    assert {c: words[c] for c in by_hand} == by_hand


def test_every_claim_is_judged_and_every_measure_has_a_rule(found):
    assert list(found["claim_id"]) == list(load("claims")["claim_id"])
    assert set(found["verdict"]) <= set(claims.VERDICTS)
    field = next(f for f in claim_fields() if f["name"] == "measure")
    assert (*RULES, claims.NO_MEASURE) == tuple(field["itemEnum"]), "rules stand in the order of the contract"
    assert all(rule.description for rule in RULES.values())
    assert found["same"].isna().equals(found["verdict"] == "no_measure")


def test_the_keys_of_a_rule_are_the_keywords_of_its_function():
    for measure, rule in RULES.items():
        keywords = {name.rstrip("_"): how.default for name, how in inspect.signature(rule.judge).parameters.items()}
        assert set(keywords) == set(re.findall(r"\w+", rule.keys)), measure
        needed = [key for key in rule.keys.split() if key.isalpha()]
        assert needed == [key for key, default in keywords.items() if default is inspect.Parameter.empty], measure
    keys = {key for rule in RULES.values() for key in re.findall(r"\w+", f"{rule.keys} use")}
    assert keys == set(KEYS), "each key has a kind, and no other"


def claim_fields():
    from datacontract import contract

    return contract.table("claims")["schema"]["fields"]


def test_reasons_name_something_unless_there_is_no_measure(found):
    assert (found["reason"].str.len() > 0).equals(found["verdict"] != "no_measure")
    for why in found.loc[found["verdict"] != "no_measure", "reason"]:
        assert_prose(why)


def test_rank_changes_the_verdict_on_second_place(data_copy):
    swap = {"RUS": "2", "CA4": "1"}
    rewrite(
        data_copy,
        "priorities",
        lambda r: r.update(rank=swap.get(r["actor"], r["rank"])) if r["document_id"] == "kaz-2020-draft" else None,
    )
    word, why = judged("c12", data_copy)
    assert (word, why) == ("contradicted", "Against: Central Asia 1st (2 of 2 readings).")
    with using(data_copy):
        after = claims.verdicts("draft")
    assert "contradicted: c12" in claims.claim_matrix(after).alt_text
    assert "(c12)" in claims.contradicted(after)


def test_one_reading_of_two_makes_it_partly(data_copy):
    def change(row):
        if (row["document_id"], row["reading"], row["actor"]) == ("kaz-2020-draft", "tail_unranked", "CA4"):
            row["rank"] = ""

    rewrite(data_copy, "priorities", change)
    assert judged("c12", data_copy)[0] == "partly"
    assert judged("c12", data_copy, "baseline")[0] == "supported"


def test_blank_commitment_is_not_established_and_zero_contradicts(data_copy):
    def blank(row):
        if row["document_id"] == "kaz-2020-draft":
            row.update(value="", strength="", confidence="", source="")

    rewrite(data_copy, "commitments", blank)
    assert judged("c15", data_copy)[0] == "not_established"

    def zero(row):
        if row["document_id"] == "kaz-2020-draft" and row["domain"] == "REG":
            row.update(value="0", strength="direct", confidence="high", source="OKO19")

    rewrite(data_copy, "commitments", zero)
    assert judged("c15", data_copy)[0] == "contradicted"


def test_a_second_source_establishes_what_the_article_alone_told(data_copy):
    assert judged("c20")[0] == "not_established"
    rewrite(
        data_copy,
        "commitments",
        lambda r: (
            r.update(source="ART19;OKO19") if (r["document_id"], r["domain"]) == ("kaz-2020-draft", "SEC") else None
        ),
    )
    assert judged("c20", data_copy)[0] == "supported"


def test_low_rows_make_partly_at_most(data_copy):
    rewrite(data_copy, "documents", lambda r: r.update(confidence="low") if r["document_id"] == "kaz-2020" else None)
    assert judged("c01", data_copy)[0] == "partly"


@pytest.mark.parametrize(
    ("date", "word"), [("2020", "supported"), ("2019-03-06", "contradicted"), ("", "not_established")]
)
def test_date_of_the_decree(data_copy, date, word):
    rewrite(data_copy, "documents", lambda r: r.update(date=date) if r["document_id"] == "kaz-2020" else None)
    assert judged("c01", data_copy)[0] == word


def test_an_undated_document_is_no_day_to_count_from(data_copy):
    undated = lambda r: r.update(date="") if r["document_id"] in ("kaz-2014", "kaz-2020-draft") else None  # noqa: E731
    rewrite(data_copy, "documents", undated)
    word, why = judged("c06", data_copy)
    assert word == "partly"
    assert "Open: unknown years from date to repeal." in why
    with pytest.raises(DataError, match="document 'kaz-2020-draft' has no date; allowed under since: a dated document"):
        judged("c17", data_copy)


def test_an_act_not_found_settles_nothing(data_copy):
    path = data_copy / "ties.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("kaz-tkm-2024")), encoding="utf-8")
    word, why = judged("c17", data_copy)
    assert word == "partly"
    assert "Open: Kazakhstan–Turkmenistan: no labelled act found." in why


def test_presidents_at_the_meeting(data_copy):
    assert judged("c39")[0] == "partly"
    rewrite(data_copy, "attendance", lambda r: r.update(level="president") if r["meeting_id"] == "cm-2019" else None)
    assert judged("c39", data_copy)[0] == "supported"


def test_a_signature_and_a_refusal_count(data_copy):
    assert "no signature found" in judged("c19")[1]
    assert "refuse it at 1 meeting" in judged("c19")[1]
    rewrite(data_copy, "treaty_signatures", lambda r: r.update(status="signed"))
    assert "For: Turkmenistan: signed the treaty" in judged("c19", data_copy)[1]


def test_share_of_events_has_bounds(data_copy):
    def all_but_one_absent(row):
        if row["domain"] == "WAT" and not row["value"]:
            row.update(value="0", strength="direct", confidence="high")

    assert judged("c34")[0] == "partly"
    rewrite(data_copy, "pair_agenda", all_but_one_absent)
    assert "Against: water resources: not enough for 50 % of the events (1 to 1 of 14)" in judged("c34", data_copy)[1]


def test_votes_by_hand():
    from centralasia import votes

    test = dict(claims.tests(claim("c18")))["unga.cohesion"]
    gains = [
        votes.change(votes.region_mean("C5", votes.Choice(m, a, 2015, 2024)), 5)
        for m in votes.MEASURES
        for a in votes.ABSENCE
    ]
    holds = [c.holds for c in RULES["unga.cohesion"].checks(test)]
    assert holds == [g > 0 for g in gains]
    assert len(set(holds)) == 2


def test_trade_by_hand(data_copy):
    with_test(data_copy, "c37", "region=C5;first=2010;last=2020", "trade.share")
    from centralasia import economies

    with using(data_copy):
        shares = economies.trade_shares("C5", 2010, 2020).set_index(["reporter", "year"])["share"]
        found = claims.checks(claim("c37"))
    rose = {
        r: shares[r, 2020] > shares[r, 2010]
        for r in shares.index.levels[0]
        if {2010, 2020} <= set(shares[r].dropna().index)
    }
    assert len(rose) > 1
    assert [check.holds for check in found if check.holds is not None] == list(rose.values())


@pytest.mark.parametrize(
    ("test", "message"),
    [
        ("document=kaz-2020-drft;actor=CA4;place=2", "document is 'kaz-2020-drft'; did you mean 'kaz-2020-draft'?"),
        ("document=kaz-2020-draft;actor=CA5;place=2", "actor is 'CA5'; did you mean"),
        ("document=kaz-2020-draft;actr=CA4;place=2", "key is 'actr'; did you mean 'actor'?"),
        ("document=kaz-2020-draft;actor=CA4;place=two", "place is 'two'; allowed: a whole number"),
        ("document=kaz-2020-draft;actor=CA4;actor=RUS;place=2", "key 'actor' is given twice"),
        ("document=kaz-2020-draft;actor=CA4", "no key 'place/named/placed'"),
        ("actor=CA4;place=2", "no key 'document'"),
        ("", "0 parts for 1 measure"),
        ("document=kaz-2020-draft;placed=2 | document=kaz-2014;placed=2", "2 parts for 1 measure"),
    ],
)
def test_a_bad_test_is_named(test, message):
    with pytest.raises(DataError, match="claims.csv: claim c12, columns measure and test: ") as error:
        claims.tests(dict(claim("c12")) | {"test": test or None})
    assert message in str(error.value)


def test_unknown_measure_and_parameters_are_named(data_copy):
    with_test(data_copy, "c12", "document=kaz-2014;placed=2", "priorities.rnk")
    with (
        pytest.raises(
            DataError,
            match="claim c12, columns measure and test: measure is 'priorities.rnk'; did you mean 'priorities.rank'",
        ),
        using(data_copy),
    ):
        claims.verdicts("draft")
    with pytest.raises(ValueError, match="about is 'drafts'; did you mean 'draft'"):
        claims.verdicts("drafts")
    with pytest.raises(ValueError, match="reading is 'ca_first'; allowed: all, baseline"):
        claims.verdicts(reading="ca_first")


def test_figure_lists_every_claim(found):
    drawn = claims.claim_matrix(found)
    for row in found.itertuples():
        assert f"{row.claim_id} {row.claim}" in drawn.alt_text
    assert drawn.alt_text.count("(recorded:") == len(claims.disagreements(found)) + int(found["same"].isna().sum())
    assert list(drawn.data["claim_id"]) == list(found["claim_id"])


@pytest.mark.parametrize("about", ["draft", "adopted", "region", "TKM"])
def test_every_group_makes_figure_sentences_and_tables(found, about):
    own = claims.verdicts(about)
    assert own["verdict"].tolist() == found.loc[found["about"] == about, "verdict"].tolist()
    assert f"{len(own)} claims" in claims.answer(own)
    assert len(claims.claim_table(own)) == len(own)
    assert claims.cross_table(own).to_numpy().sum() == len(own)
    assert claims.claim_matrix(own).title
    said = [claims.not_established(own), claims.agreement(own), claims.contradicted(own)]
    json.dumps(said)
    for text in [claims.answer(own), *said]:
        assert_prose(text)


def test_sentences_count_what_the_frame_holds(found):
    answer = claims.answer(found)
    for verdict, number in found["verdict"].value_counts().items():
        assert f"**{number}**" in answer, verdict
    same = int(found["same"].fillna(False).sum())
    assert f"**{same} of {int(found['same'].count())} claims**" in claims.agreement(found)
    assert all(c in claims.agreement(found) for c in claims.disagreements(found)["claim_id"])


def test_sentences_on_nothing(found):
    none = found[found["verdict"] == "no_measure"]
    assert claims.agreement(none) == "None of these claims has a measure, so that there is nothing to compare."
    assert claims.contradicted(none) == "None of these claims is contradicted."
    assert claims.claim_matrix(none).title == f"{len(none)} claims, none with a measure"


def test_what_hangs_on_the_reading(found):
    told = claims.changes_by_reading(found)
    assert "c10 from partly to supported" in told
    assert claims.verdicts(reading="baseline")["verdict"].equals(found["by_baseline"].rename("verdict"))
    same = claims.changes_by_reading(found[found["by_all"] == found["by_baseline"]])
    assert same == "No verdict depends on the reading: the baseline alone gives the same."


def test_tables_show_all_of_their_text(found):
    shown = claims.claim_table(found)._repr_html_()
    assert all(html.escape(reason, quote=False) in shown for reason in found["reason"])
    assert (
        html.escape(found["finding"][found["claim_id"] == "c15"].item(), quote=False)
        in claims.disagreement_table(found)._repr_html_()
    )
    assert "so that what was not read settles nothing" in claims.rule_table()._repr_html_()
    assert "blank" in claims.verdict_table()._repr_html_()
