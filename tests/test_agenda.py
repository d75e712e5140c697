import itertools
import re

import pytest

from centralasia import DataError, load, plots, sentences
from centralasia.convergence import agenda, agenda_tables

DRAFT = "kaz-2020-draft"
WATER = ("commitments.csv", "tkm-2022,WAT,,,,,,,text not read")


def test_the_common_denominators_hold_innovation_only_in_the_pair_agenda():
    assert agenda.domains("common") == ["TRN", "DIG", "WAT", "ENV"]
    assert set(agenda.domains("common", "pair_agenda")) == {"TRN", "INN", "DIG", "ENV", "WAT"}


def test_domains_come_in_the_order_of_the_coding_frame():
    assert agenda.domains("ENV TRN") == ["TRN", "ENV"]
    assert len(agenda.domains()) == 15
    assert set(agenda.domains()) - set(agenda.domains(table="agenda")) == {"POL", "LEA"}


@pytest.mark.parametrize("asked", ["TRX", "TRN INN", ""])
def test_an_unknown_domain_is_named(asked):
    with pytest.raises(DataError, match="domains: no domain"):
        agenda.domains(asked)


def test_a_state_is_its_doctrine_without_drafts_and_statements():
    assert agenda.documents_of("KAZ") == ["kaz-2014", "kaz-2020"]
    assert agenda.documents_of("TKM") == ["tkm-2017", "tkm-2022"]
    assert agenda.documents_of(DRAFT) == [DRAFT]
    assert "tkm-article-reading" in agenda.alternatives("TKM")
    assert "tkm-2022" not in agenda.alternatives("TKM")  # nothing is known of it
    assert agenda.alternatives("tkm-2017")[0] == "tkm-2017"
    assert len(set(agenda.alternatives("tkm-2017"))) == len(agenda.alternatives("tkm-2017"))


def test_an_unknown_side_names_the_nearest():
    with pytest.raises(DataError, match="did you mean 'kaz-2020-draft'"):
        agenda.documents_of("kaz-2020-daft")


def test_what_is_named_indirectly_is_unknown_where_direct_is_asked_for():
    anything, direct = (agenda.named(DRAFT, strength=s) for s in ("any", "direct"))
    assert (anything.eq(1).sum(), direct.eq(1).sum()) == (11, 10)
    assert anything["BOR"] == 1
    assert direct.isna()["BOR"]
    with pytest.raises(ValueError, match="strength is 'weak'; .*allowed: any, direct"):
        agenda.named(DRAFT, strength="weak")


def test_a_text_that_was_not_read_is_unknown_throughout():
    assert agenda.named("kgz-2007").isna().all()


def test_the_draft_and_turkmen_doctrine():
    shared = agenda.compare(DRAFT, "TKM")
    assert shared.both == ("POL",)
    assert (shared.count.low, shared.count.high, shared.domains) == (1, 15, 15)
    common = agenda.compare(DRAFT, "TKM", "common")
    assert (common.count.low, common.count.high) == (0, 4)
    with pytest.raises(ValueError, match="second is 'TKM', as first is"):
        agenda.compare("TKM", "TKM")


def test_the_article_vouches_for_both_sides_of_the_common_denominators():
    assert agenda.one_source(DRAFT, "tkm-article-reading") == dict.fromkeys(["TRN", "DIG", "WAT", "ENV"], "ART19")
    assert agenda.one_source(DRAFT, "TKM") == {}


def test_themes_of_a_pair_agree_with_the_claims():
    """The counts that the claims c30 to c35 quote."""
    themes = agenda.pair_themes("KAZ-TKM").set_index("domain")
    assert themes["named"].to_dict() == {"TRN": 11, "INN": 1, "DIG": 3, "ENV": 4, "WAT": 1, "ENE": 9}
    assert set(themes["events"]) == set(themes["most"]) == {12}
    findings = load("claims").set_index("claim_id")["finding"]
    for claim, domain in {"c30": "TRN", "c31": "INN", "c32": "DIG", "c33": "ENV", "c34": "WAT"}.items():
        assert f"{themes.loc[domain, 'named']} " in findings[claim]
    assert agenda.pair_themes("KAZ-UZB").empty


def test_a_new_finding_changes_value_sentence_figure_and_table(edit):
    folder = edit(*WATER[:1], WATER[1], "tkm-2022,WAT,1,direct,rivers,N221210,high,,")
    assert agenda.compare(DRAFT, "TKM", data=folder).both == ("WAT", "POL")
    before, after = (sentences.agenda_answer(DRAFT, "TKM", data=d) for d in (None, folder))
    assert "at least 1 (*Political dialogue*)" in before
    assert "at least 2 (*Water resources* and *Political dialogue*)" in after
    assert "Turkmenistan doctrine (2 pooled) 1 (*Water resources*)" in sentences.common_ground(
        DRAFT, "TKM", data=folder
    )
    assert "share 2 to 15" in plots.overlap_intervals(DRAFT, "TKM", data=folder).title
    described = plots.commitment_matrix(DRAFT, "TKM", data=folder).description
    assert "Turkmenistan 2022–2028 (compared): named directly Water resources; unknown 14." in described
    assert agenda_tables.table(["TKM"], data=folder).loc["Water resources"].item() == "direct"


def test_a_known_absence_lowers_the_upper_bound_and_gives_a_point(edit):
    folder = edit(*WATER[:1], WATER[1], "tkm-2022,WAT,0,,not there,N221210,high,,")
    shared = agenda.compare(DRAFT, "tkm-2022", data=folder)
    assert (shared.count.low, shared.count.high) == (0, 14)
    assert shared.jaccard.point == 0
    assert agenda.named("TKM", data=folder).isna()["WAT"]  # the other concept may name it
    assert agenda.marks("tkm-2022", data=folder)["WAT"] == "absent"
    assert "On the 1 domain known on both sides" in sentences.beyond_chance(DRAFT, "tkm-2022", data=folder)


def test_a_new_document_is_a_few_rows(data_copy):
    for file, row in (
        ("documents.csv", "kaz-2031,KAZ,Concept 2031,concept,doctrine,,2031,,,,,in_force,,ADI280,high,"),
        ("commitments.csv", "kaz-2031,WAT,1,direct,rivers,ADI280,high,,"),
    ):
        with (data_copy / file).open("a", encoding="utf-8") as table:
            table.write(row + "\n")
    assert agenda.documents_of("KAZ", data_copy) == ["kaz-2014", "kaz-2020", "kaz-2031"]
    assert agenda.named("KAZ", data=data_copy)["WAT"] == 1
    assert (
        agenda.cells(["kaz-2031"], data=data_copy)["kaz-2031"].notna().sum() == 1
    )  # rows that are not there are unknown
    assert "Kazakhstan 2031" in plots.commitment_matrix("KAZ", "TKM", data=data_copy).description


CHOICES = [
    ("KAZ", "UZB", "common", "direct"),
    ("kgz-2007", "TJK", "HEA", "any"),
    ("kaz-2014", "kaz-2020", "all", "any"),
    (DRAFT, "tkm-article-reading", "all", "direct"),
]


@pytest.mark.parametrize(("first", "second", "which", "strength"), CHOICES)
def test_sentences_are_whole_for_every_choice(first, second, which, strength):
    for text in (
        sentences.agenda_answer(first, second, which, strength),
        sentences.common_ground(first, second, strength),
        sentences.one_voice(first, second, which, strength),
        sentences.beyond_chance(first, second, which, strength),
        sentences.doctrine_breadth(which, strength),
        sentences.pair_events(first, second, strength),
    ):
        assert text.endswith(".")
        assert not re.search(r"nan|None|<NA>|  |\b1 domains|\.\.|-\d", text), text


@pytest.mark.parametrize(("first", "second", "which", "strength"), CHOICES[:2])
def test_figures_are_drawn_and_described_for_other_choices(first, second, which, strength):
    matrix = plots.commitment_matrix(first, second, which, strength)
    assert len(matrix.data) == matrix.data["document_id"].nunique() * len(agenda.domains(which))
    bars = plots.overlap_intervals(first, second, which, strength)
    assert (bars.data["least"] <= bars.data["most"]).all()
    assert matrix.description.endswith(".")
    assert bars.description.endswith(".")


def test_the_matrix_tells_every_cell():
    drawn = plots.commitment_matrix(DRAFT, "TKM")
    titles = agenda.titles()
    for document, rows in itertools.groupby(drawn.data.itertuples(), key=lambda row: row.document_id):
        told = re.search(rf"{re.escape(agenda.side_name(document))}( \(compared\))?: ([^.]*)\.", drawn.description)[2]
        for row in rows:
            assert (titles[row.domain] in told) == (row.mark != "unknown")


def test_tables_read_without_codes():
    overlaps = agenda_tables.overlap_table(DRAFT, "TKM")
    assert overlaps.loc["Turkmenistan doctrine (2 pooled)", "Shared"] == "1 to 15"
    assert set(overlaps["Jaccard index on these"]) == {"cannot be told"}
    said = agenda_tables.evidence_table([DRAFT, "TKM"])
    assert len(said) == 12
    assert said.index[-1] == "Turkmenistan 2017–2023"
    assert agenda_tables.theme_table("KAZ-TKM").index[0] == "Transport and transit"
