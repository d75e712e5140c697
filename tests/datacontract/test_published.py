import functools
import http.server
import json
import threading

import pandas as pd
import pytest

import centralasia
from centralasia import using
from datacontract.errors import DataError


@pytest.fixture
def address(data_copy):
    """The address at which a copy of the data folder is published."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=data_copy)
    handler.func.log_message = lambda *_: None
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_published_folder_is_as_a_local_one(address, edit):
    edit("ties.csv", "Eternal Friendship treaty", "Another treaty")
    ties = centralasia.load("ties", address)
    assert "Another treaty" in set(ties.to_numpy().ravel())
    for name in centralasia.names(address + "/"):
        local = centralasia.load(name)
        if name != "ties":
            pd.testing.assert_frame_equal(centralasia.load(name, address), local)
    with using(address):
        assert len(centralasia.cite(ties)) > 0


def test_what_is_not_there_is_told_with_its_address(address, data_copy):
    with pytest.raises(DataError, match=f"{address}/nowhere: cannot be fetched .*404"):
        centralasia.load("ties", f"{address}/nowhere")
    (data_copy / "ties.csv").unlink()
    with pytest.raises(DataError, match="cannot be fetched .*404"):
        centralasia.load("ties", address)


def test_a_contract_cannot_write_outside_of_its_folder(address, data_copy):
    path = data_copy / "datapackage.json"
    package = json.loads(path.read_text())
    package["resources"][0]["path"] = "../outside.csv"
    path.write_text(json.dumps(package))
    with pytest.raises(DataError, match="datapackage.json names ../outside.csv, which is not in its folder"):
        centralasia.load("ties", address)
