import csv
import html
import inspect
import itertools
import re

import pytest
from conftest import assert_prose
from hypothesis import given
from hypothesis import strategies as st

from centralasia import claims, hierarchy, load, using
from centralasia.claims import RULES, draws, measures
from centralasia.claims.check import Check
from centralasia.claims.rules import KEYS
from datacontract import contract
from datacontract.errors import DataError

NEAR = [True, False, None]
MIRRORED = {"supported": "contradicted", "supported so far": "against so far", "mixed": "mixed", "open": "open"}
MIRRORED |= {mirrored: word for word, mirrored in MIRRORED.items()}


def claim(claim_id):
    return load("claims").set_index("claim_id", drop=False).loc[claim_id]


def judged(claim_id, folder=None):
    with using(folder):
        found = claims.checks(claim(claim_id))
        return claims.verdict([check.holds for check in found]), claims.reason(found)


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


@pytest.fixture(scope="module")
def found():
    return claims.verdicts()


@pytest.mark.parametrize(
    ("holds", "word"),
    [
        ([True, True], "supported"),
        ([True, None], "supported so far"),
        ([True, False], "mixed"),
        ([True, False, None], "mixed"),
        ([False, None], "against so far"),
        ([False], "contradicted"),
        ([None, None], "open"),
        ([], "open"),
    ],
)
def test_verdict_of_answers(holds, word):
    assert claims.verdict(holds) == word


@given(st.lists(st.sampled_from(NEAR), max_size=6), st.randoms())
def test_verdict_is_symmetric_and_depends_on_no_order(holds, random):
    word = claims.verdict(holds)
    assert word == claims.verdict(random.sample(holds, len(holds)))
    assert claims.verdict([None if h is None else not h for h in holds]) == MIRRORED[word]


@given(st.lists(st.sampled_from(NEAR), min_size=1, max_size=6))
def test_the_unknown_never_speaks_against(holds):
    blanked = claims.verdict([None if h is False else h for h in holds])
    assert blanked in {"supported", "supported so far", "open"}


@pytest.mark.slow
def test_known_verdicts_by_hand(found):
    words = dict(zip(found["claim_id"], found["verdict"], strict=True))
    by_hand = {
        "c01": "supported",  # dated 2020-03-06
        "c06": "mixed",  # 2014 to 2020 are seven calendar years, but 6.1 from date to repeal
        "c07": "open",  # the article alone
        "c08": "contradicted",  # 2020-2030
        "c10": "mixed",  # up, level or down, as 2014 is read
        "c12": "supported",
        "c02": "open",  # no table holds it
        "c33": "supported so far",  # both speak of it before the United Nations; most of their own events are unknown
        "c37": "against so far",  # hardly ever in speeches; the concept was not read
    }
    assert {c: words[c] for c in by_hand} == by_hand


def test_every_claim_is_judged_and_every_measure_has_a_rule(found):
    assert list(found["claim_id"]) == list(load("claims")["claim_id"])
    assert set(found["verdict"]) <= set(claims.VERDICTS)
    fields = contract.table("claims")["schema"]["fields"]
    measures = next(f for f in fields if f["name"] == "measure")["itemEnum"]
    assert (*RULES, claims.NO_MEASURE) == tuple(measures), "rules stand in the order of the contract"
    origins = next(f for f in fields if f["name"] == "origin")["constraints"]["enum"]
    assert tuple(claims.ORIGINS) == tuple(origins)
    untested = load("claims")["measure"] == claims.NO_MEASURE
    assert (found["criterion"] == "").tolist() == untested.tolist()
    assert not found["could_fail"][untested.to_numpy()].any(), "what is not tested cannot fail"


def test_the_criterion_says_what_runs(found):
    said = dict(zip(found["claim_id"], found["criterion"], strict=True))
    assert said["c12"] == "The draft of 2019 puts Central Asia 2nd, by every reading."
    assert "seven" not in said["c06"] and "7 years" in said["c06"]
    for text in said.values():
        if text:
            assert_prose(text)


def test_nobody_changes_a_criterion_in_silence(root):
    digest = claims.criteria_digest()
    assert digest in (root / "CHANGELOG.md").read_text(), (
        f"the tests of the claims have changed: write their new digest {digest} into CHANGELOG.md, and why they changed"
    )


def test_the_keys_of_a_rule_are_the_keywords_of_its_function():
    for measure, rule in RULES.items():
        keywords = {name.rstrip("_"): how.default for name, how in inspect.signature(rule.judge).parameters.items()}
        assert set(keywords) == set(re.findall(r"\w+", rule.keys)), measure
        needed = [key for key in rule.keys.split() if key.isalpha()]
        assert needed == [key for key, default in keywords.items() if default is inspect.Parameter.empty], measure
    keys = {key for rule in RULES.values() for key in re.findall(r"\w+", rule.keys)}
    assert keys == set(KEYS), "each key has a kind, and no other"


def test_a_reason_counts_readings_only_where_they_were_varied():
    said = [("2 partners move", "as printed"), ("2 partners move", "as reported"), ("the term is open", "")]
    found = [Check(words, True, way=way) for words, way in [*said, said[-1]]]
    assert claims.reason(found) == "For: 2 partners move (by 2 ways of reading the sources); the term is open."


def test_a_reason_names_something_wherever_something_was_asked(found):
    assert ((found["reason"] != "") == (found["criterion"] != "")).all()
    for why in found.loc[found["reason"] != "", "reason"]:
        assert_prose(why)


@pytest.mark.slow
def test_rank_changes_the_verdict_on_second_place(data_copy):
    swap = {"RUS": "2", "CA4": "1"}
    rewrite(
        data_copy,
        "priorities",
        lambda r: r.update(rank=swap.get(r["actor"], r["rank"])) if r["document_id"] == "kaz-2020-draft" else None,
    )
    word, why = judged("c12", data_copy)
    assert word == "contradicted"
    assert "Against: Central Asia 1st" in why
    with using(data_copy):
        after = claims.verdicts("draft")
    row = after[after["claim_id"] == "c12"].iloc[0]
    assert f"contradicted: {row['claim']}" in claims.claim_matrix(after).alt_text
    assert row["claim"] in claims.against(after)


@pytest.mark.slow
def test_a_blank_commitment_leaves_it_open_and_an_absence_speaks_against(data_copy):
    def blank(row):
        if row["document_id"] == "kaz-2020-draft":
            row.update(value="", strength="", confidence="", source="")

    rewrite(data_copy, "commitments", blank)
    assert judged("c15", data_copy)[0] == "open"

    def zero(row):
        if row["document_id"] == "kaz-2020-draft" and row["domain"] == "REG":
            row.update(value="0", strength="", confidence="high", source="OKO19")

    rewrite(data_copy, "commitments", zero)
    assert judged("c15", data_copy)[0] == "against so far"
    with using(data_copy):
        assert claims.verdicts().set_index("claim_id").loc["c15", "could_fail"], "a text read in full can say no"


def test_a_second_source_establishes_what_the_article_alone_said(data_copy):
    word, why = judged("c20")
    assert word == "open"
    assert "(only the article says so)" in why
    rewrite(
        data_copy,
        "commitments",
        lambda r: (
            r.update(source="ART19;OKO19") if (r["document_id"], r["domain"]) == ("kaz-2020-draft", "SEC") else None
        ),
    )
    assert judged("c20", data_copy)[0] == "supported"


@pytest.mark.parametrize(("date", "word"), [("2020", "supported"), ("2019-03-06", "contradicted"), ("", "open")])
def test_date_of_the_decree(data_copy, date, word):
    rewrite(data_copy, "documents", lambda r: r.update(date=date) if r["document_id"] == "kaz-2020" else None)
    assert judged("c01", data_copy)[0] == word


def test_an_undated_document_is_no_day_to_count_from(data_copy):
    undated = lambda r: r.update(date="") if r["document_id"] in ("kaz-2014", "kaz-2020-draft") else None  # noqa: E731
    rewrite(data_copy, "documents", undated)
    word, why = judged("c06", data_copy)
    assert word == "supported so far"
    assert "Open: unknown years from its date to its repeal" in why
    with pytest.raises(DataError, match="document 'kaz-2020-draft' has no date; allowed under since: a dated document"):
        judged("c17", data_copy)


def test_an_act_not_found_settles_nothing(data_copy):
    path = data_copy / "ties.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not re.match(r"kaz-tkm-20(19-12|2)", line)]
    path.write_text("".join(kept), encoding="utf-8")
    word, why = judged("c17", data_copy)
    assert word == "supported so far"
    assert "Open: Kazakhstan–Turkmenistan: no act with a label found" in why


def test_presidents_at_the_meeting(data_copy):
    assert judged("c39")[0] == "mixed"
    rewrite(data_copy, "attendance", lambda r: r.update(level="president") if r["meeting_id"] == "cm-2019" else None)
    assert judged("c39", data_copy)[0] == "supported"


def test_a_signature_and_a_refusal_count(data_copy):
    assert "no signature found" in judged("c19")[1]
    assert "refused at 1" in judged("c19")[1]
    rewrite(data_copy, "treaty_signatures", lambda r: r.update(status="signed"))
    assert "For: Turkmenistan signed the treaty" in judged("c19", data_copy)[1].replace(
        "Turkmenistan: ", "Turkmenistan "
    )


def test_the_share_of_events_is_one_check_with_bounds(data_copy):
    def all_but_one_absent(row):
        if row["domain"] == "WAT" and not row["value"]:
            row.update(value="0", strength="", confidence="high")

    with_test(data_copy, "c34", "pair=KAZ-TKM;domain=WAT;share=0.5", "pair_agenda.domain")
    assert judged("c34", data_copy)[0] == "open", "named at few events, unknown at the others"
    rewrite(data_copy, "pair_agenda", all_but_one_absent)
    assert judged("c34", data_copy)[0] == "contradicted"


def test_votes_are_one_check_with_the_interval_of_the_difference():
    from centralasia import votes

    test = dict(claims.tests(claim("c18")))["unga.cohesion"]
    (check,) = RULES["unga.cohesion"].checks(test)
    change = votes.period_changes("C5", votes.Choice("agreement", "left_out", 2015, 2024)).iloc[-1]
    expected = True if change["alpha_low"] > 0 else False if change["alpha_high"] < 0 else None
    assert check.holds is expected


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


def test_draws_are_seeded_and_follow_readings_and_errors(monkeypatch):
    readings = [Check("a", True, way="one"), Check("b", False, way="other")]
    shares = draws._draw(readings, 4000, 1)
    assert shares["supported"] == pytest.approx(0.5, abs=0.03)
    assert shares["supported"] + shares["contradicted"] == 1, "one reading is taken at a time"
    monkeypatch.setattr(draws, "error_rates", lambda: {"high": 0.1})
    two = [Check("a", True, "high"), Check("b", True, "high"), Check("c", None, "high")]
    shares = draws._draw(two, 4000, 1)
    assert shares["supported so far"] == pytest.approx(0.81, abs=0.03)
    assert shares["mixed"] == pytest.approx(0.18, abs=0.03)
    assert shares["against so far"] == pytest.approx(0.01, abs=0.01)
    many = [Check("a", True, "high", cells=14, slack=6)]
    assert draws._draw(many, 4000, 1)["supported"] > 0.999, "seven of fourteen cells would have to be wrong"


def test_every_claim_is_drawn(found):
    drawn = claims.draw_verdicts(found, draws=50)
    assert list(drawn.index) == list(found["claim_id"])
    assert drawn.sum(axis="columns").to_numpy() == pytest.approx(1)
    assert drawn.equals(claims.draw_verdicts(found, draws=50))
    untouched = found.set_index("claim_id")["verdict"] == "open"
    assert (drawn.loc[untouched, "open"] == 1).all()


@pytest.mark.slow
def test_figure_lists_every_claim_by_its_words(found):
    drawn = claims.claim_matrix(found)
    for row in found.itertuples():
        assert row.claim in drawn.alt_text
        assert row.claim_id not in drawn.alt_text
    assert str(len(claims.of_article(found))) in drawn.title


@pytest.mark.slow
@pytest.mark.parametrize("about", ["draft", "adopted", "region", "TKM"])
def test_every_group_makes_figures_sentences_and_tables(found, about):
    own = claims.verdicts(about)
    assert own["verdict"].tolist() == found.loc[found["about"] == about, "verdict"].tolist()
    drawn = claims.draw_verdicts(own, draws=50)
    assert len(claims.claim_table(own)) == len(own)
    assert claims.origin_table(own)[list(claims.VERDICTS)].to_numpy().sum() == len(own)
    assert claims.claim_matrix(own).title and claims.draw_chart(own, drawn).title
    for text in (claims.answer(own), claims.against(own), claims.open_claims(own), claims.survival(own, drawn)):
        assert_prose(text)


def test_sentences_count_what_the_frame_holds(found):
    own = claims.of_article(found)
    for verdict, number in own["verdict"].value_counts().items():
        assert f"**{number}** {verdict}" in claims.answer(found)
    assert set(found["origin"]) == {*own["origin"], "transferred"}
    assert f"**{own['could_fail'].sum()}** of these {len(own)} claims" in claims.could_fail(found)


def test_what_would_settle_it_is_named_for_what_is_not_settled(found):
    shown = claims.settling_table(found)._repr_html_()
    open_ = found[found["verdict"] == "open"]
    listed = set(itertools.chain.from_iterable(load("missing_texts")["claims"].dropna().str.split(";")))
    for row in open_[open_["claim_id"].isin(listed)].itertuples():
        assert html.escape(row.claim, quote=False) in shown
    settled = found[found["verdict"] == "supported"].iloc[0]
    assert html.escape(settled["claim"], quote=False) not in shown


def test_tables_show_all_of_their_text(found):
    shown = claims.claim_table(found)._repr_html_()
    assert all(html.escape(reason, quote=False) in shown for reason in found["reason"])
    assert "unknown" in claims.verdict_table()._repr_html_()


def test_what_is_done_stands_beside_claims_of_growing_priority_and_changes_no_verdict(found):
    done = claims.practice()
    growing = found[found["claim_id"].isin(["c10", "c11", "c17"])]
    assert list(done["claim"]) == list(growing["claim"])
    counted = done[["rise", "fall", "no certain change", "unknown"]].sum(axis="columns")
    assert counted.iloc[0] == counted.iloc[1] > 1, "one comparison a source"
    assert counted.iloc[2] > 2 * counted.iloc[0], "one a source and neighbour"
    assert claims.practice("TKM").empty
    assert len(claims.practice_table(done)) == 3


def test_a_term_is_said_as_it_was_found():
    def said(document, **test):
        return [check.words for check in measures.document_term(document, **test)]

    assert said("kaz-2014", term="fixed", start=2014, end=2020) == [
        "the term is fixed", "the first year is 2014", "the last year is 2020"
    ]  # fmt: skip
    assert said("kaz-2014", years=7) == [
        "6.1 years from its date to its repeal",
        "7 calendar years, the first and the last included",
    ]
    assert [check.way for check in measures.document_term("kaz-2014", years=7)] == ["by dates", "by calendar"]
    assert said("kaz-2020-draft", start=2020) == ["the first year is unknown"]
    assert [check.holds for check in measures.document_term("kaz-2020-draft", start=2020)] == [None]


def test_a_place_rests_on_the_rows_of_its_partner():
    rows = hierarchy.ranking("kaz-2020-draft")
    (check,) = measures.partner_rank("kaz-2020-draft", "CA4", place=2)
    assert (check.words, check.holds) == ("Central Asia 2nd", True)
    assert set(check.source.split(";")) == set(rows.loc["CA4", "source"].split(";"))
    (named,) = measures.partner_rank("kaz-2020-draft", "JPN", named="yes")
    assert (named.words, named.holds) == ("Japan not named", None)


def test_an_unknown_term_is_said_and_settles_nothing():
    (check,) = measures.document_term("kaz-1992", term="open")
    assert (check.words, check.holds) == ("the term is unknown", None)


def test_one_partner_in_both_orders_moves_in_the_singular():
    """Russia, 2nd of two and then 9th, is the only partner that both orders place."""
    (check,) = measures.partner_shift("tkm-2013", "tkm-2017", "some")
    assert (check.words, check.holds) == ("1 of 1 partner moves", False)


@pytest.mark.parametrize(("value", "word"), [("-1", "refused"), ("0", "absent")])
def test_a_theme_that_is_refused_or_absent_is_not_committed_to(edit, value, word):
    with using(edit("commitments.csv", "kaz-2014,POL,1,", f"kaz-2014,POL,{value},")):
        (asked, excluded) = measures.document_domain("kaz-2014", ["POL"], ["POL"])
    assert asked.words == excluded.words == f"“Political dialogue” {word}"
    assert (asked.holds, excluded.holds) == (False, True)


@pytest.mark.slow
def test_a_number_in_the_matrix_stands_clear_of_the_discs(found):
    for made in (claims.claim_matrix(found), claims.claim_matrix(found).narrow):
        assert made._box  # with the layout that its images have
        (axes,) = made._canvas.axes
        numbers = [text.get_window_extent() for text in axes.texts if text.get_text().isdigit()]
        assert numbers
        for discs in axes.collections:
            (place,) = axes.transData.transform(discs.get_offsets())
            radius = discs.get_sizes()[0] ** 0.5 / 2 * made._canvas.dpi / 72
            for box in numbers:
                apart = max(box.x0 - place[0], place[0] - box.x1), max(box.y0 - place[1], place[1] - box.y1)
                assert max(apart) > radius


def test_claims_that_could_all_fail_leave_no_others():
    found = claims.verdicts("draft")
    assert "Nothing could refute the others" in claims.could_fail(found)
    assert claims.could_fail(found[found["could_fail"]]).endswith("**1** open.")
