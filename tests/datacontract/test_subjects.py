import pytest

from centralasia import using
from datacontract.subjects import actors_by_source


@pytest.mark.slow
def test_a_source_is_about_the_actors_of_the_rows_that_cite_it():
    found = actors_by_source()
    assert found["STANR"] == {"TJK", "UZB"}, "a list of parties"
    assert found["GUND13"] == {"TKM", "UZB"}
    assert found["KBR17"] == {"KAZ", "KGZ"}
    assert found["KABAR19"] == {"KGZ", "RUS"}, "a pair"
    assert found["UNGDC"] > {"KAZ", "UZB"}, "a column that leads to the actors"


def test_a_row_is_about_the_actors_of_the_row_that_it_belongs_to(small_copy):
    commitments = small_copy / "commitments.csv"
    text = commitments.read_text(encoding="utf-8")
    sources = small_copy / "sources.csv"
    sources.write_text(sources.read_text(encoding="utf-8") + "NEW1,news,A page,,,,,,\n", encoding="utf-8")
    header, first, *_others = text.splitlines()
    row = dict(zip(header.split(","), first.split(","), strict=False))
    commitments.write_text(f"{header}\n{row['document_id']},{row['domain']},,,,,NEW1,,,\n", encoding="utf-8")
    with using(small_copy):
        assert actors_by_source()["NEW1"] == {"KAZ"}, "through the document"
