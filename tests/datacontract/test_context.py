"""The folder and the language: who sets them, for whom, and until when."""

import asyncio
import contextlib
import functools
import http.server
import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

import centralasia
from datacontract import context, contract
from datacontract.context import data_folder, environment, using, wanted_language
from datacontract.errors import DataError


@pytest.fixture
def folders(tmp_path):
    """Four data folders without a table."""
    made = [tmp_path / name for name in "abcd"]
    for folder in made:
        folder.mkdir()
        (folder / "datapackage.json").write_text(json.dumps({"resources": [], "title": folder.name}))
    return made


def now():
    return data_folder(), wanted_language()


def test_without_a_word_it_is_the_project_and_english(root, monkeypatch):
    for variable in (context.FOLDER_VARIABLE, context.LANGUAGE_VARIABLE):
        monkeypatch.delenv(variable, raising=False)
    assert now() == (root / "data", "en")
    monkeypatch.setattr(context, "_default_folder", None)
    with pytest.raises(DataError, match="no data folder is named; allowed: a folder in CENTRALASIA_DATA"):
        data_folder()


def test_the_environment_is_asked_each_time(folders, root, monkeypatch):
    for folder, language in ((folders[0], "ru"), (folders[1], "kk")):
        monkeypatch.setenv(context.FOLDER_VARIABLE, str(folder))
        monkeypatch.setenv(context.LANGUAGE_VARIABLE, language)
        assert now() == (folder, language)
        assert contract.contract()["title"] == folder.name
    monkeypatch.setenv(context.FOLDER_VARIABLE, "")
    monkeypatch.setenv(context.LANGUAGE_VARIABLE, "")
    assert now() == (root / "data", "en"), "a variable that is empty says nothing"


def test_a_block_comes_before_the_environment_and_ends(folders, monkeypatch):
    monkeypatch.setenv(context.FOLDER_VARIABLE, str(folders[0]))
    monkeypatch.setenv(context.LANGUAGE_VARIABLE, "ru")
    with using(folders[1]):
        assert now() == (folders[1], "ru")
        with using(language="kk"):
            assert now() == (folders[1], "kk")
            with using(str(folders[2]), "en"):
                assert now() == (folders[2], "en")
            with using():
                assert now() == (folders[1], "kk")
            assert now() == (folders[1], "kk")
        assert now() == (folders[1], "ru")
    assert now() == (folders[0], "ru")


def test_an_exception_ends_the_block(folders):
    before = now()
    with pytest.raises(ZeroDivisionError), using(folders[0], "ru"), using(folders[1], "kk"):
        raise ZeroDivisionError
    assert now() == before


def test_a_block_that_cannot_begin_changes_nothing(folders, tmp_path):
    with using(folders[0], "kk"):
        with (
            pytest.raises(DataError, match=r"nowhere is not a data folder: it has no datapackage\.json"),
            using(tmp_path / "nowhere", "ru"),
        ):
            pytest.fail("it began")
        assert now() == (folders[0], "kk")
    (tmp_path / "nowhere").mkdir()
    (tmp_path / "nowhere" / "datapackage.json").write_text('{"resources": []}')
    with using(tmp_path / "nowhere"):
        assert data_folder() == tmp_path / "nowhere", "that it was none before is not kept"


def test_a_folder_is_the_one_it_was_when_the_block_began(folders, monkeypatch):
    monkeypatch.chdir(folders[0].parent)
    with using("a"):
        monkeypatch.chdir(folders[1])
        assert data_folder() == folders[0]
    monkeypatch.setenv("HOME", str(folders[0].parent))
    with using("~/b"):
        assert data_folder() == folders[1]


def test_threads_do_not_see_each_other(folders, monkeypatch):
    monkeypatch.setenv(context.FOLDER_VARIABLE, str(folders[3]))
    together = threading.Barrier(3)

    def work(folder):
        found = [now()]
        with using(folder, folder.name):
            for _ in range(20):
                together.wait(timeout=10)
                found.append((data_folder(), contract.contract()["title"]))
        together.wait(timeout=10)
        return [*found, now()]

    outside = (folders[3], "en")
    with ThreadPoolExecutor(3) as executor, using(folders[3], "kk"):
        results = list(executor.map(work, folders[:3]))
        assert now() == (folders[3], "kk")
    for folder, found in zip(folders, results, strict=False):
        assert found == [outside, *[(folder, folder.name)] * 20, outside]


def test_tasks_do_not_see_each_other(folders):
    async def work(folder):
        found = [now()]
        with using(folder, folder.name):
            for _ in range(20):
                await asyncio.sleep(0)
                found.append(now())
            found.append(await asyncio.to_thread(now))
            found.append(await asyncio.create_task(inner()))
        return [*found, now()]

    async def inner():
        return now()

    async def main():
        with using(folders[3], "kk"):
            results = await asyncio.gather(*map(work, folders[:3]))
            return results, now()

    before = now()
    results, after = asyncio.run(main())
    assert after == (folders[3], "kk")
    assert now() == before
    for folder, found in zip(folders, results, strict=False):
        assert found == [after, *[(folder, folder.name)] * 22, after], "a task begins with what its maker had"


def test_another_process_gets_the_same_by_its_environment(small_copy):
    shown = "context.data_folder(), language.language(), context.narrow_wanted()"
    code = f"import centralasia; from datacontract import context, language; print({shown})"
    with using(small_copy, "kk", narrow=True):
        wanted = environment()
        done = subprocess.run(
            [sys.executable, "-c", code], env=os.environ | wanted, capture_output=True, text=True, check=True
        )
    named = {context.FOLDER_VARIABLE: str(small_copy), context.LANGUAGE_VARIABLE: "kk"}
    assert wanted == named | {context.NARROW_VARIABLE: "yes"}
    assert done.stdout.split() == [str(small_copy), "kk", "True"]


class Server(http.server.ThreadingHTTPServer):
    """Publishes a folder, and keeps what was asked for."""

    def __init__(self, folder):
        handler = type(
            "Handler",
            (http.server.SimpleHTTPRequestHandler,),
            {"log_message": lambda self, *_: self.server.asked.append(self.path)},
        )
        super().__init__(("127.0.0.1", 0), functools.partial(handler, directory=folder))
        self.asked, self.address = [], f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def publish():
    """Publishes folders at an address, as long as the test lasts."""
    with contextlib.ExitStack() as stack:

        def published(folder):
            server = stack.enter_context(Server(folder))
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
            thread.start()
            stack.callback(server.shutdown)
            return server

        yield published


@pytest.mark.slow
def test_a_published_folder_is_as_a_local_one(publish, small_data, small_copy, edit_small):
    edit_small("ties.csv", "Eternal Friendship treaty", "Another treaty")
    address = publish(small_copy).address
    with using(address + "/"):
        found = {name: centralasia.load(name) for name in centralasia.table_names()}
        assert len(centralasia.cite(found["ties"])) > 0
    assert "Another treaty" in set(found["ties"].to_numpy().ravel())
    with using(small_data):
        for name, frame in found.items():
            if name != "ties":
                pd.testing.assert_frame_equal(frame, centralasia.load(name))


@pytest.mark.slow
def test_a_published_folder_is_fetched_once_and_lasts(publish, small_copy, monkeypatch):
    server = publish(small_copy)
    monkeypatch.setenv(context.FOLDER_VARIABLE, server.address)
    copy = data_folder()
    assert len(server.asked) == len(contract.files())
    for _ in range(2):
        with using(server.address), using(server.address + "/"):
            assert data_folder() == copy
    others = [f"{publish(small_copy).address}/" for _ in range(9)]
    with ThreadPoolExecutor(9) as executor:
        copies = list(executor.map(context._resolved, others))
    assert len(server.asked) == len(contract.files())
    assert len({copy, *copies}) == 10
    assert all((Path(folder) / "ties.csv").is_file() for folder in (copy, *copies))


def test_threads_that_fetch_the_same_get_a_whole_copy(publish, small_copy):
    address = publish(small_copy).address
    with ThreadPoolExecutor(4) as executor:
        copies = list(executor.map(context._resolved, [address] * 4))
    assert all((folder / name).is_file() for folder in copies for name in contract.files())


def test_what_is_not_there_is_told_with_its_address(publish, small_copy):
    address = publish(small_copy).address
    with pytest.raises(DataError, match=f"{address}/nowhere: cannot be fetched .*404"), using(f"{address}/nowhere"):
        pytest.fail("it began")
    text = (small_copy / "ties.csv").read_text()
    (small_copy / "ties.csv").unlink()
    with pytest.raises(DataError, match="cannot be fetched .*404"), using(address):
        pytest.fail("it began")
    (small_copy / "ties.csv").write_text(text)
    with using(address):
        assert len(contract.rows("ties")) > 0, "that it was not there before is not kept"


@pytest.mark.parametrize("outside", ["../outside.csv", "/outside.csv", "a/../../outside.csv"])
def test_a_contract_cannot_write_outside_of_its_folder(publish, small_copy, outside):
    path = small_copy / "datapackage.json"
    package = json.loads(path.read_text())
    package["resources"][0]["path"] = outside
    path.write_text(json.dumps(package))
    address = publish(small_copy).address
    with (
        pytest.raises(DataError, match=f"datapackage.json names {outside}, which is not in its folder"),
        using(address),
    ):
        pytest.fail("it began")


def test_a_contract_that_is_none_is_told(publish, tmp_path):
    (tmp_path / "datapackage.json").write_text("[1]")
    with pytest.raises(DataError, match="cannot be fetched"), using(publish(tmp_path).address):
        pytest.fail("it began")
