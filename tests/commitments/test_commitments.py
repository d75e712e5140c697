import itertools
import re
from collections import Counter

import pytest
from conftest import assert_prose, assert_translated
from sweeps import first

from centralasia import commitments, using
from datacontract import contract
from datacontract.errors import ChoiceError
from datacontract.sources import sources

DRAFT = "kaz-2020-draft"
WATER = ("commitments.csv", "tkm-2022,WAT,,,,,,,,text not read")


def test_the_common_denominators_hold_innovation_only_in_the_pair_agenda():
    assert commitments.domain_codes("common") == ["TRN", "DIG", "WAT", "ENV"]
    assert set(commitments.domain_codes("common", "pair_agenda")) == {"TRN", "INN", "DIG", "ENV", "WAT"}


def test_domains_come_in_the_order_of_the_coding_frame():
    assert commitments.domain_codes("ENV TRN") == ["TRN", "ENV"]
    assert len(commitments.domain_codes()) == 15
    assert set(commitments.domain_codes()) - set(commitments.domain_codes(table="agenda")) == {"POL", "LEA"}


@pytest.mark.parametrize(("asked", "code"), [("TRX", "TRX"), ("TRN INN", "INN"), ("TRN all", "all"), ("", "")])
def test_an_unknown_domain_is_named(asked, code):
    with pytest.raises(ChoiceError, match=rf"domains is '{code}'; .*allowed: \d+ values, the nearest being"):
        commitments.domain_codes(asked)


def test_a_state_is_its_doctrine_without_drafts_and_statements():
    assert commitments.documents_of("KAZ") == ["kaz-2014", "kaz-2020"]
    assert {"tkm-2017", "tkm-2022"} < set(commitments.documents_of("TKM"))
    assert not {"tkm-article-reading", "tkm-2023-12-speech"} & set(commitments.documents_of("TKM"))
    assert commitments.documents_of(DRAFT) == [DRAFT]
    assert "tkm-article-reading" in commitments.alternatives("TKM")
    assert "tkm-2022" not in commitments.alternatives("TKM")  # nothing is known of it
    assert commitments.alternatives("tkm-2017")[0] == "tkm-2017"
    assert len(set(commitments.alternatives("tkm-2017"))) == len(commitments.alternatives("tkm-2017"))


def test_an_unknown_side_names_the_nearest():
    with pytest.raises(ChoiceError, match="did you mean 'kaz-2020-draft'"):
        commitments.documents_of("kaz-2020-daft")


def test_what_is_named_indirectly_is_unknown_where_direct_is_asked_for():
    anything, direct = (commitments.agenda("kgz-2021-message", explicitness=s) for s in ("any", "direct"))
    assert anything["POL"] == 1
    assert direct.isna()["POL"]
    assert direct["WAT"] == 1
    with pytest.raises(ChoiceError, match="explicitness is 'weak'; .*allowed: any, direct"):
        commitments.agenda(DRAFT, explicitness="weak")


def test_a_general_aim_is_no_commitment_to_the_region():
    assert commitments.agenda("tkm-2023-12-speech").isna()["TRN"]
    assert commitments.marks(["tkm-2023-12-speech"]).loc["TRN"].item() == "general"
    assert "TRN" not in set(commitments.evidence(["tkm-2023-12-speech"])["domain"])
    assert commitments.agenda("tkm-2023-12-speech")["ENV"] == 1  # a programme for the Aral Sea


def test_a_text_that_was_not_read_is_unknown_throughout():
    assert commitments.agenda("kgz-2007").isna().all()


def test_the_draft_and_turkmen_doctrine():
    shared = commitments.compare(DRAFT, "TKM")
    assert shared.both == ("POL",)
    assert (shared.least, shared.most, shared.domains) == (1, 15, 15)
    assert commitments.compare(DRAFT, "TKM", "common").least == 0
    with pytest.raises(ChoiceError, match="second is 'TKM', as first is"):
        commitments.compare("TKM", "TKM")


@pytest.mark.slow
def test_a_bound_that_could_not_be_otherwise_is_not_told():
    """Referee, sentence 11: nothing can be said on how much the two share."""
    said = commitments.answer(DRAFT, "TKM")
    assert "Both name *Political dialogue*. How much more they share cannot be said" in said
    assert "at most" not in said
    assert "share 1 of 15 themes" in commitments.shared_bars(DRAFT, "TKM").title
    assert "to 15" not in commitments.shared_bars(DRAFT, "TKM").alt_text


def test_the_article_vouches_for_both_sides_of_the_common_denominators():
    assert commitments.one_source(DRAFT, "tkm-article-reading") == dict.fromkeys(["TRN", "DIG", "WAT", "ENV"], "ART19")
    assert commitments.one_source(DRAFT, "TKM") == {}


def test_themes_of_a_pair_are_those_that_the_claims_count():
    themes = commitments.theme_counts("KAZ-TKM").set_index("domain")
    events = len({row["event_id"] for row in contract.rows("pair_agenda")})
    assert set(themes["events"]) == {events}
    for domain in ("TRN", "INN", "DIG", "ENV", "WAT"):
        rows = [r for r in contract.rows("pair_agenda") if r["domain"] == domain and r["value"] == "1"]
        assert themes.loc[domain, "named"] == len(rows)
    assert commitments.pair_themes("KAZ-UZB").empty


def test_themes_of_a_pair_year_by_year(edit):
    ecology = commitments.pair_themes("KAZ-TKM").set_index(["domain", "year"]).loc["ENV"]
    rows = [row for row in contract.rows("pair_agenda") if row["domain"] == "ENV"]
    named = Counter(int(row["date"][:4]) for row in rows if row["value"] == "1")
    assert ecology["named"].to_dict() == {year: named[year] for year in ecology.index}
    assert (ecology["events"].sum(), ecology["known"].sum()) == (len(rows), named.total())
    assert ecology["common"].all()
    assert ecology.loc[2014, "source"] == "TASSR;TGR14;ZP14"


@pytest.mark.slow
def test_a_new_finding_changes_value_sentence_figure_and_table(edit):
    folder = edit(*WATER, "tkm-2022,WAT,1,direct,region,rivers,N221210,high,,")
    with using(folder):
        assert commitments.compare(DRAFT, "TKM").both == ("WAT", "POL")
    before = commitments.answer(DRAFT, "TKM")
    with using(folder):
        after = commitments.answer(DRAFT, "TKM")
    assert "Both name *Political dialogue*." in before
    assert "Both name *Water resources* and *Political dialogue*." in after
    with using(folder):
        assert "Turkmenistan doctrine (3 texts) names 1 (*Water resources*)" in commitments.common_ground(DRAFT, "TKM")
        assert "share 2 of 15" in commitments.shared_bars(DRAFT, "TKM").title
        described = commitments.matrix(DRAFT, "TKM").alt_text
    assert "Turkmenistan 2022–2028 (compared): named Water resources; unknown 14." in described
    with using(folder):
        assert commitments.marks_table(["TKM"]).loc["Water resources"].item() == "named"


@pytest.mark.parametrize(("value", "mark"), [("0", "absent"), ("-1", "refused")])
def test_a_known_absence_and_a_refusal_set_an_upper_bound(edit, value, mark):
    folder = edit(*WATER, f"tkm-2022,WAT,{value},,,not there,N221210,high,,")
    with using(folder):
        shared = commitments.compare(DRAFT, "tkm-2022")
        assert (shared.least, shared.most) == (0, 14)
        assert shared.against == (("WAT",) if value == "-1" else ())
        assert commitments.agenda("TKM").isna()["WAT"]  # the other concept may name it
        assert commitments.marks(["tkm-2022"]).loc["WAT", "tkm-2022"] == mark
        assert "They share at most 14" in commitments.answer(DRAFT, "tkm-2022")
        assert ("One names and the other refuses *Water resources*." in commitments.answer(DRAFT, "tkm-2022")) == (
            value == "-1"
        )


@pytest.mark.slow
def test_a_new_document_is_a_few_rows(data_copy):
    for file, row in (
        ("documents.csv", "kaz-2031,KAZ,Concept 2031,concept,doctrine,,2031,,,,,,in_force,,ADI280,high,"),
        ("commitments.csv", "kaz-2031,WAT,1,direct,region,rivers,ADI280,high,,"),
    ):
        with (data_copy / file).open("a", encoding="utf-8") as table:
            table.write(row + "\n")
    with using(data_copy):
        assert commitments.documents_of("KAZ") == ["kaz-2014", "kaz-2020", "kaz-2031"]
        assert commitments.agenda("KAZ")["WAT"] == 1
        assert commitments.coded(["kaz-2031"])["value"].notna().sum() == 1  # rows that are not there are unknown
        assert "Kazakhstan 2031" in commitments.matrix("KAZ", "TKM").alt_text


@pytest.mark.slow
def test_two_texts_of_one_name_keep_a_column_each(data_copy):
    path = data_copy / "documents.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    twin = next(line for line in lines if line.startswith("kaz-2014,")).replace("kaz-2014,", "kaz-2014b,", 1)
    path.write_text("\n".join([*lines, twin, ""]), encoding="utf-8")
    with (data_copy / "commitments.csv").open("a", encoding="utf-8") as table:
        table.write("kaz-2014b,HEA,1,direct,region,clinics,ADI280,high,,\n")
    with using(data_copy):
        shown = commitments.marks_table(["kaz-2014", "kaz-2014b"])
        assert shown.loc["Health"].tolist() == ["unknown", "named"]
        assert shown.columns[0] == shown.columns[1]
        assert len(commitments.shared_bars("TKM", "KAZ").data) == 2 * len(commitments.alternatives("KAZ"))
        assert commitments.evidence_table(["kaz-2014b"])["What it says"].tolist() == ["clinics"]


CHOICES = [
    ("KAZ", "UZB", "common", "direct"),
    ("kgz-2007", "TJK", "HEA", "any"),
    ("kaz-2014", "kaz-2020", "all", "any"),
    (DRAFT, "tkm-article-reading", "all", "direct"),
]


@pytest.mark.parametrize(("first", "second", "domains", "explicitness"), CHOICES)
def test_sentences_are_whole_for_every_choice(first, second, domains, explicitness):
    for text in (
        commitments.answer(first, second, domains, explicitness),
        commitments.common_ground(first, second, explicitness),
        commitments.one_source_summary(first, second, domains, explicitness),
        commitments.breadth_summary(domains, explicitness),
        commitments.theme_summary(first, second, explicitness),
    ):
        assert text.endswith(".")
        assert not re.search(r"\b1 (domains|themes|texts|coded events)|-\d", text), text
        assert_prose(text)


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second", "domains", "explicitness"), CHOICES[:2])
def test_figures_are_drawn_and_described_for_other_choices(first, second, domains, explicitness):
    matrix = commitments.matrix(first, second, domains, explicitness)
    assert len(matrix.data) == matrix.data["document_id"].nunique() * len(commitments.domain_codes(domains))
    bars = commitments.shared_bars(first, second, domains, explicitness)
    assert (bars.data["least"] <= bars.data["most"]).all()
    assert matrix.alt_text.endswith(".")
    assert bars.alt_text.endswith(".")


@pytest.mark.slow
def test_the_matrix_tells_every_cell():
    drawn = commitments.matrix(DRAFT, "TKM")
    titles = commitments.domain_titles()
    for document, rows in itertools.groupby(drawn.data.itertuples(), key=lambda row: row.document_id):
        told = re.search(rf"{re.escape(commitments.agenda_name(document))}( \(compared\))?: ([^.]*)\.", drawn.alt_text)[
            2
        ]
        for row in rows:
            assert (titles[row.domain] in told) == (row.mark != "unknown")


def test_tables_read_without_codes():
    said = commitments.evidence_table([DRAFT, "TKM"])
    assert len(said) == len(commitments.evidence([DRAFT, "TKM"]))
    assert not said.astype("str").apply(lambda column: column.str.contains("ART19|<NA>|nan")).any(axis=None)
    assert said["Kind of document"].iloc[0] == "draft"
    assert commitments.theme_table("KAZ-TKM").index[0] == "Transport and transit"


@pytest.mark.slow
@pytest.mark.parametrize("language", first(["kk", "ru"]))
@pytest.mark.parametrize(
    ("first", "second", "domains", "explicitness"), first([(DRAFT, "TKM", "all", "any"), *CHOICES], several=True)
)
def test_all_is_said_in_the_language_of_the_reader(first, second, domains, explicitness, language):
    with using(language=language):
        said = [
            commitments.answer(first, second, domains, explicitness),
            commitments.common_ground(first, second, explicitness),
            commitments.one_source_summary(first, second, domains, explicitness),
            commitments.breadth_summary(domains, explicitness),
            commitments.theme_summary(first, second, explicitness),
        ]
        tables = [
            commitments.evidence_table([first, second], domains, explicitness),
            commitments.marks_table(commitments.states(), domains, explicitness),
            commitments.theme_table("KAZ-TKM", explicitness),
        ]
        drawings = [
            commitments.matrix(first, second, domains, explicitness),
            commitments.shared_bars(first, second, domains, explicitness),
        ]
    for text in said:
        assert_prose(text)
        assert_translated(text, *(source["title"] for source in sources()))
    for table in tables:
        assert_translated(table.to_csv())
        assert_translated(table.columns.name)
    for drawn in drawings:
        assert_translated(f"{drawn.title} {drawn.alt_text} {drawn.caption}", *drawn.sources)


def test_a_text_that_was_not_read_is_not_said_to_name_nothing():
    text = commitments.common_ground("kaz-2014", "UZB")
    assert "Kazakhstan 2014–2020 names none in what was read" in text
    assert "names none." not in text
