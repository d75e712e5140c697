import json
import os
import shutil

import pytest

from datacontract import context, contract
from notebookcollection.collection import CollectionError, Run, check_parameters, columns_of, find
from notebookcollection.parameters import Parameter


@pytest.fixture(scope="module")
def project(root):
    return find(root / "notebooks")


def _folder(path, cell, settings):
    """A collection with one notebook ``a`` whose parameters cell is given."""
    cells = [
        {
            "cell_type": "code",
            "id": "p",
            "metadata": {"tags": ["parameters"]},
            "source": cell,
            "outputs": [],
            "execution_count": None,
        }
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (path / "a.ipynb").write_text(json.dumps(notebook))
    (path / "collection.toml").write_text(settings)
    return find(path)


def test_parameters_are_read_from_the_notebook(project):
    found = project.parameters("01_priority_hierarchy")
    assert list(found) == ["state", "documents", "focus", "readings", "draws", "seed"]
    assert found["state"].kind is str
    assert found["state"].default == "KAZ"
    assert found["state"].help.startswith("whose documents")


def test_defaults_of_every_notebook_are_allowed(project):
    for notebook in project.notebooks:
        assert project.check(notebook, {}) == {}
        for parameter in project.parameters(notebook).values():
            assert parameter.help, f"{notebook}: {parameter.name} does not say what is allowed"


def _unsaid(parameter, rule, allowed):
    """What the comment of a parameter leaves out of its rule: a table that is named or the values, bounds, conditions."""
    said = parameter.help
    addresses = [*columns_of(rule), *([rule["within"]] if "within" in rule else [])]
    tables = [address.partition(".")[0] for address in addresses]
    words = list(rule.get("options", []))
    if not any(f"{table}.csv" in said for table in tables) and not all(value in said for value in allowed):
        words += [f"{table}.csv" for table in tables]
    words += [value.removeprefix("$") for value in rule.get("where", {}).values()]
    words += [str(rule[bound]) for bound in ("minimum", "maximum") if bound in rule and not rule.get("list")]
    if "latest" in rule:
        words.append(f"0: the last year of {rule['latest'].partition('.')[0]}.csv")
    if "until" in rule:
        words.append(f"not after {rule['until']}")
    words += ["spaces"] * bool(rule.get("list"))
    return [word for word in words if word not in said]


def test_the_comment_of_every_parameter_says_what_its_rule_allows(project):
    unsaid = {}
    for notebook in project.notebooks:
        parameters = project.parameters(notebook)
        rules = project.settings["notebooks"][notebook].get("parameters", {})
        assert set(rules) == set(parameters), f"{notebook}: a rule for every parameter, and no other"
        given = {name: p.default for name, p in parameters.items()}
        for name, parameter in parameters.items():
            allowed = project.allowed(notebook, name, given) or []
            if missing := _unsaid(parameter, rules[name], allowed):
                unsaid[f"{notebook}.{name}"] = missing
    assert unsaid == {}


def test_every_run_is_unique_and_of_a_known_notebook(project):
    runs = project.runs()
    assert {run.notebook for run in runs} == set(project.notebooks) - {"explore"}, "every other notebook runs"
    assert len({run.name for run in runs}) == len(runs)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {"stat": "KAZ"},
            "has no parameter 'stat'; did you mean 'state'? allowed: state, documents, focus, readings, draws, seed",
        ),
        ({"state": "KZ"}, "parameter state: 'KZ' is not known; did you mean 'KGZ'? allowed: KAZ, UZB, TKM, KGZ, TJK"),
        ({"focus": "TURK"}, "parameter focus: 'TURK' is not known; did you mean 'TUR'?"),
        ({"documents": "kaz-2014"}, "documents is 'kaz-2014'; allowed: 2 or more of kaz-"),
        ({"documents": "kaz-2014 kaz-2014"}, "allowed: each value once"),
        ({"documents": "kaz-2014 uzb-2012"}, "'uzb-2012' is not known with state=KAZ; allowed with state=UZB"),
        ({"state": "UZB"}, "'kaz-2014' is not known with state=UZB; allowed with state=KAZ"),
        ({"readings": "основное"}, "allowed: codes in ASCII letters"),
        ({"readings": 3}, "readings is 3; allowed: a value of type str"),
    ],
)
def test_what_cannot_be_is_refused(project, given, told):
    with pytest.raises(CollectionError) as error:
        project.check("01_priority_hierarchy", given)
    assert told in str(error.value)


def test_parameters_are_checked_together(project):
    given = {"state": "KGZ", "documents": "kgz-2007 kgz-2019", "focus": "NEI"}
    assert project.check("01_priority_hierarchy", given) == given


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"first_year": 2010, "last_year": 2005}, "first_year is 2010; allowed: not after last_year, which is 2005"),
        ({"last_year": 2999}, "last_year is 2999; allowed: up to 20"),
        ({"first_year": 2999}, "first_year is 2999; allowed: not after last_year, which is 20"),
        ({"first_year": 1, "last_year": 1}, "first_year is 1; allowed: minimum 1991"),
        ({"state": "AZE"}, "'AZE' is not known with region=C5; allowed with region="),
    ],
)
def test_years_are_checked_before_anything_runs(project, given, told):
    with pytest.raises(CollectionError) as error:
        project.check("05_ties", given)
    assert told in str(error.value)


def test_zero_stands_for_the_last_year_with_data(project):
    latest = max(row["date"][:4] for row in contract.rows("ties"))
    assert project.check("05_ties", {"first_year": latest, "last_year": "0"})["last_year"] == 0
    with pytest.raises(CollectionError, match=f"which is {latest}"):
        project.check("05_ties", {"first_year": str(int(latest) + 1)})


def _defaults(project, notebook):
    return {name: parameter.default for name, parameter in project.parameters(notebook).items()}


@pytest.mark.parametrize(
    ("notebook", "changed", "told"),
    [
        ("01_priority_hierarchy", {"focus": "RUSSIA"}, "focus: 'RUSSIA' is not known; did you mean 'RUS'?"),
        ("01_priority_hierarchy", {"state": "UZB"}, "'kaz-2014' is not known with state=UZB; allowed with state=KAZ"),
        (
            "01_priority_hierarchy",
            {"documents": "kaz-2014 kaz-2O20"},
            "'kaz-2O20' is not known with state=KAZ; did you",
        ),
        ("profile_pair", {"pair": "UZB-KAZ"}, "'UZB-KAZ' is not known; did you mean 'KAZ-UZB'?"),
        ("05_ties", {"last_year": 2999}, "last_year is 2999; allowed: up to 20"),
        ("05_ties", {"first_year": "2010"}, "first_year is '2010'; allowed: a value of type int"),
        ("05_ties", {"first_year": None}, "first_year is None; allowed: a value of type int"),
    ],
)
def test_a_notebook_checks_what_stands_in_its_cell(project, monkeypatch, notebook, changed, told):
    """As in JupyterLab, whose kernels start in the folder of the notebook: one line, and no other cell runs."""
    monkeypatch.chdir(project.folder)
    cell = _defaults(project, notebook) | {"In": [], "cite": len}
    check_parameters(notebook, cell)
    with pytest.raises(CollectionError) as error:
        check_parameters(notebook, cell | changed)
    (line,) = error.value._render_traceback_()
    assert told in line and "\n" not in line


def test_away_from_the_collection_and_in_a_run_nothing_is_asked(project, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    check_parameters("05_ties", {})
    monkeypatch.chdir(project.folder)
    monkeypatch.setenv(context.READS_VARIABLE, str(tmp_path / "reads"))
    check_parameters("05_ties", {})


def test_every_notebook_checks_its_own_parameters_first(project):
    for notebook in project.notebooks:
        cells = [c for c in json.loads(project.path(notebook).read_text())["cells"] if c["cell_type"] == "code"]
        at = next(i for i, cell in enumerate(cells) if "parameters" in cell["metadata"].get("tags", []))
        assert "".join(cells[at + 1]["source"]).startswith(f'check_parameters("{notebook}", locals())')


def test_an_unknown_notebook_names_the_nearest(project):
    with pytest.raises(CollectionError, match="did you mean '01_priority_hierarchy'"):
        project.path("01_priority_hierarcy")


def test_types_bounds_and_word_lists(tmp_path):
    cell = 'year: int = 2018  # a year\nshare: float = 0.5  # 0 to 1\nabsent: bool = False  # true or false\nkind: str = "a"  # a or b'
    settings = '[notebooks.a.parameters]\nyear = { minimum = 1991, maximum = 2026 }\nkind = { options = ["a", "b"] }'
    found = _folder(tmp_path, cell, settings)
    assert found.parameters("a")["year"] == Parameter("year", int, 2018, "a year")
    assert found.check("a", {"year": "1999", "share": "0.25", "absent": "true"}) == {
        "year": 1999,
        "share": 0.25,
        "absent": True,
    }
    for given, told in [
        ({"year": "1990"}, "year is 1990; allowed: minimum 1991"),
        ({"year": "x"}, "year is 'x'; allowed: a value of type int"),
        ({"absent": "maybe"}, "absent is 'maybe'; allowed: true or false"),
        ({"kind": "c"}, "kind: 'c' is not known; allowed: a, b"),
    ]:
        with pytest.raises(CollectionError) as error:
            found.check("a", given)
        assert told in str(error.value)


def test_a_run_expands_over_the_pairs_of_a_region(tmp_path):
    settings = """
[notebooks.a.parameters]
pair = { pairs = "memberships.actor", where = { region = "C6" } }
[[runs]]
notebook = "a"
name = "pair_{pair}"
each.pair = { pairs = "memberships.actor", where = { region = "C5" } }
title = "Profile of {pair}"
names = "actors.actor"
[[runs]]
notebook = "a"
"""
    runs = _folder(tmp_path, 'pair: str = "AZE-KAZ"  # a pair', settings).runs()
    assert len(runs) == 11
    assert runs[0] == Run("a", "pair_KAZ-KGZ", {"pair": "KAZ-KGZ"}, "Profile of Kazakhstan–Kyrgyzstan")
    assert runs[9].parameters == {"pair": "TKM-UZB"}
    assert runs[10] == Run("a", "a", {})


def test_two_runs_of_one_name_are_refused(tmp_path):
    found = _folder(tmp_path, "", '[notebooks.a]\n[[runs]]\nnotebook = "a"\n[[runs]]\nnotebook = "a"')
    with pytest.raises(CollectionError, match="two runs are named 'a'"):
        found.runs()


def test_what_is_not_a_declaration_is_named(tmp_path):
    with pytest.raises(CollectionError, match=r"a.ipynb: parameters cell, line 2: 'print\(1\)'"):
        _folder(tmp_path, "x: int = 1\nprint(1)", "[notebooks.a]").parameters("a")


def test_a_folder_without_settings_or_with_broken_ones(tmp_path):
    with pytest.raises(CollectionError, match="no collection.toml in"):
        find(tmp_path)
    (tmp_path / "collection.toml").write_text("[")
    with pytest.raises(CollectionError, match="collection.toml"):
        find(tmp_path)


def test_a_collection_without_its_data_reads_those_of_the_package(tmp_path, root, monkeypatch):
    monkeypatch.setattr(context, "_default_folder", root / "data")
    monkeypatch.delenv(context.FOLDER_VARIABLE, raising=False)
    _folder(tmp_path, "", 'data = "own"\n[notebooks.a]')
    assert context.data_folder() == root / "data"
    shutil.copytree(root / "data", tmp_path / "own")
    find(tmp_path)
    assert context.data_folder() == tmp_path / "own"


def test_values_of_a_column_and_others_beside(tmp_path):
    settings = """
[notebooks.a.parameters]
side = { column = "commitments.document_id", also = "documents.state" }
domains = { column = "domains.domain", options = ["all"], list = true }
"""
    found = _folder(tmp_path, 'side: str = "KAZ"  # one\ndomains: str = "all"  # some', settings)
    assert found.check("a", {"side": "kaz-2020", "domains": "TRN WAT"})
    with pytest.raises(CollectionError, match="'KAS' is not known; did you mean 'KAZ'"):
        found.check("a", {"side": "KAS"})
    with pytest.raises(CollectionError, match=r"domains is ''; allowed: 1 or more of .*TRN.*, all"):
        found.check("a", {"domains": ""})


def test_a_word_with_a_dot_is_a_word(tmp_path):
    settings = '[notebooks.a.parameters]\nedition = { options = ["v1.0", "v2.0"] }'
    found = _folder(tmp_path, 'edition: str = "v1.0"  # one', settings)
    assert found.allowed("a", "edition", {}) == ["v1.0", "v2.0"]
    assert found.check("a", {"edition": "v2.0"}) == {"edition": "v2.0"}
    with pytest.raises(CollectionError, match="'v3.0' is not known; did you mean"):
        found.check("a", {"edition": "v3.0"})


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('[notebooks.a.parameters]\nkind = { option = ["a"] }', "a, kind: no key 'option'; did you mean 'options'"),
        ('[notebooks.a.parameters]\nkind = { options = "a" }', "a, kind: options is 'a'; allowed: a list of texts"),
        ('[notebooks.a.parameters]\nkind = "b"', "a, kind is 'b'; allowed: a table"),
        ("[notebooks.a.parameters]\nkind = { where = { state = 1 } }", "kind, where, state is 1; allowed: a text"),
        ("[notebooks]\na = 3", "notebooks, a is 3; allowed: a table"),
        ('prelod = ["pandas"]\n[notebooks.a]', "no key 'prelod'; did you mean 'preload'"),
        ("[notebooks.a]\n[[runs]]\nname = 'x'", "[[runs]] 1, notebook is missing"),
        ("[notebooks.a]\n[[runs]]\nnotebook = 'a'\nparameters.x = 1\neach.x = {}", "x is in parameters and in each"),
        ('[notebooks."../a"]', "notebook '../a' cannot name a file"),
        ('[notebooks."a.failed"]', "'a.failed' would be a failed notebook"),
        ("runs = 3\n[notebooks.a]", "runs is 3; allowed: a list of tables"),
        ("[", "Invalid"),
        ("runs = " + "9" * 5000, "digits"),
        ("runs = 0x" + "f" * 5000, "runs is a very long number; allowed: a list of tables"),
    ],
)
def test_settings_that_cannot_be_are_refused_as_they_are_read(tmp_path, settings, told):
    with pytest.raises(CollectionError) as error:
        _folder(tmp_path, "", settings)
    assert "collection.toml: " in str(error.value) and told in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("run", "told"),
    [
        ('name = "data/x"', "'data/x' cannot name a file"),
        ('name = "x.failed"', "'x.failed' would be a failed notebook"),
        ('name = "index"', "'index' is another page of the report"),
        ('name = "{nope}"', "'{nope}' cannot be filled; allowed: kind in braces"),
        ('title = "{"', "'{' cannot be filled"),
        ('each.kind = { column = "actors.actor", where = { kind = "$nope" } }', "$nope is no parameter"),
    ],
)
def test_names_and_titles_of_runs_that_cannot_be_are_refused(tmp_path, run, told):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.md").touch()
    settings = f'[notebooks.a]\n[[runs]]\nnotebook = "a"\nparameters.kind = "b"\n{run}'.replace(
        'parameters.kind = "b"\neach', "each"
    )
    with pytest.raises(CollectionError) as error:
        _folder(tmp_path, 'kind: str = "a"', settings).runs()
    assert told in str(error.value)


@pytest.mark.parametrize("cell", ["x: int = f()", 'x: int = "a"', "x: int = (", "x: int", "x = 1", "\x00"])
def test_a_default_that_is_none_is_refused(tmp_path, cell):
    with pytest.raises(CollectionError, match=r"^a.ipynb: parameters cell.*"):
        _folder(tmp_path, cell, "[notebooks.a]").parameters("a")


def test_a_source_with_the_cell_of_a_run_is_refused(tmp_path):
    found = _folder(tmp_path, 'word: str = "a"', "[notebooks.a]")
    path = tmp_path / "a.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"].append(notebook["cells"][0] | {"id": "injected", "metadata": {"tags": ["injected-parameters"]}})
    path.write_text(json.dumps(notebook))
    with pytest.raises(CollectionError, match=r"a.ipynb: cell 2 \(injected\) holds the parameters of a run; delete it"):
        found.check("a", {})


def test_an_output_over_a_source_is_refused_by_whatever_name(tmp_path, root):
    found = _folder(tmp_path, "", 'excerpts = ["../README.md"]\n[notebooks.a]')
    (tmp_path / "link.ipynb").symlink_to("a.ipynb")
    os.link(tmp_path / "a.ipynb", tmp_path.parent / "other.ipynb")
    outputs = [
        tmp_path / "a.ipynb",
        tmp_path / "link.ipynb",
        tmp_path.parent / "other.ipynb",
        tmp_path / "x/../a.ipynb",
    ]
    (tmp_path / "x").mkdir()
    for path in [*outputs, tmp_path / "collection.toml", root / "data" / "ties.csv"]:
        with pytest.raises(CollectionError, match="results are made from this file"):
            found.refuse_sources([path])
    found.refuse_sources([tmp_path / "new.ipynb", tmp_path])
