"""What the report offers to machines: RO-Crate, schema.org, data package, sitemap."""

import dataclasses
import json
import re
import xml.etree.ElementTree as ElementTree
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from frictionless import Package
from rocrate.rocrate import ROCrate

from centralasia import load, using
from notebookcollection.collection import find
from notebookcollection.publishing import metadata
from notebookcollection.publishing.metadata import how_to_cite

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def crate(built):
    return ROCrate(str(built))


def test_the_crate_names_every_notebook_table_figure_and_source(crate, built, root):
    named = {entity.id for entity in crate.data_entities}
    for name in named:
        assert (built / name).is_file(), name
    offered = {p.relative_to(built).as_posix() for p in built.glob("_downloads/*/*")}
    wanted = {p for p in offered if p.endswith((".ipynb", ".svg", ".png")) or "-" in p.rpartition("/")[2]}
    assert {p for p in wanted if not p.endswith((".bib", ".json", ".cff"))} <= named
    assert len([p for p in named if p.endswith(".ipynb")]) == len(find(root / "notebooks").runs())
    assert {f"data/{p.name}" for p in (root / "data").glob("*.csv")} <= named
    sources = {entity.id for entity in crate.get_entities() if entity.id.startswith("#source-")}
    assert sources == {f"#source-{key}" for key in load("sources")["source_key"]}


def test_figures_of_the_crate_are_described_and_say_what_they_rest_on(crate):
    figures = [entity for entity in crate.data_entities if entity.id.endswith((".svg", ".png"))]
    assert len(figures) > 100
    for figure in figures:
        assert len(figure["description"]) > 40, figure.id
        assert figure["isBasedOn"].id.endswith(".ipynb")


def test_the_front_page_describes_the_data_for_search_engines(built):
    soup = BeautifulSoup((built / "index.html").read_text(), "html.parser")
    said = json.loads(soup.head.select_one("script[type='application/ld+json']").string)
    assert said["@type"] == "Dataset"
    assert said["license"].startswith("https://creativecommons.org/")
    for file in said["distribution"]:
        assert (built / file["contentUrl"]).is_file()


def test_metadata_cannot_end_its_element(tmp_path, root, monkeypatch):
    package = json.loads((root / "data" / "datapackage.json").read_text())
    monkeypatch.setattr(metadata.contract, "contract", lambda: package | {"title": "</script><script>"})
    text = metadata.dataset_element()
    assert text.count("</script>") == 1
    assert json.loads(re.search(r">(.*)<", text, re.DOTALL)[1])["name"] == "</script><script>"


def test_the_data_package_of_the_report_is_whole(built):
    package = Package(str(built / "datapackage.json"))
    assert len(package.resources) > 20
    for resource in package.resources:
        assert (built / resource.path).is_file()
    assert package.get_resource("actors").read_rows()[0]["actor"] == "KAZ"


def test_a_sitemap_needs_an_address(built, root, tmp_path):
    assert not (built / "sitemap.xml").exists(), "no address is set, and a sitemap without one would be none"
    project = find(root / "notebooks")
    (tmp_path / "a&b.html").write_text("")
    located = dataclasses.replace(project, settings=project.settings | {"site_url": "https://example.org/report/"})
    metadata.write_metadata(tmp_path, {}, located)
    found = ElementTree.parse(tmp_path / "sitemap.xml").getroot()
    assert [element.text for element in found.iter() if element.tag.endswith("loc")] == [
        "https://example.org/report/a&b.html"
    ]


def test_the_page_on_citing_says_what_the_citation_file_says(built, root):
    page = BeautifulSoup((built / "cite.html").read_text(), "html.parser").article
    assert "centralasia: priority hierarchy and regional convergence in Central Asia (version 1.0.0)" in page.get_text()
    assert "@software{centralasia," in page.get_text()
    link = next(a for a in page.select("a.download") if "CITATION.cff" in a.get_text())
    assert (built / unquote(link["href"])).read_text() == (root / "CITATION.cff").read_text()


def test_a_citation_of_people_and_an_address():
    people = [{"given-names": "A.", "family-names": "B"}, {"name": "C group"}]
    said = {"message": "m", "authors": people, "title": "One thing", "version": 2, "date-released": "2026-01-02"}
    text = how_to_cite(said | {"doi": "10.1/x", "license": "MIT", "abstract": "a"})
    assert "> A. B, C group (2026). *One thing* (version 2). 10.1/x" in text
    assert "author = {{A. B} and {C group}}" in text
    assert text.endswith("Licence: MIT.\n") and "Licences: MIT and B." in how_to_cite(
        said | {"license": ["MIT", "B"], "abstract": "a"}
    )


def test_a_citation_is_explained_in_the_language_of_the_reader(root):
    said = metadata.citation(root)
    for language in ("ru", "kk"):
        with using(language=language):
            before, after = re.split(r"> .*?```\n", how_to_cite(said), flags=re.DOTALL)
        assert not re.findall("[A-Za-z]{2,}", re.sub("MIT|CC-BY", "", before + after)), (language, before, after)
