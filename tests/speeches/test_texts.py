"""A release of the corpus as its publisher ships it, with every oddity; whatever the bytes: speeches, or one line that says what is wrong."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from centralasia.speeches.texts import (
    SpeechFileError,
    clean,
    find_speakers,
    find_speeches,
    split_sentences,
    split_words,
)
from centralasia.speeches.update import count_speeches
from datacontract.errors import DataError

KAZ = "We build roads.\n\n17\n\nThe sea is far.\r\n"
FILES = {
    "TXT/Session 79 - 2024/UZB_79_2024.txt": "\ufeffWater is life.".encode(),
    "TXT/Session 79 - 2024/KAZ_79_2024.txt": KAZ.encode(),
    "TXT/Session 78 - 2023/KAZ_78_2023.txt": b"Last year.",
    "TXT/Session 79 - 2024/EU_79_2024.txt": b"No state.",
    "TXT/Session 79 - 2024/.DS_Store": b"\x00\x01",
    "TXT/Session 79 - 2024/KAZ_79_2024.txt~": b"A copy.",
    "readme.md": b"About.",
}


def zipped(path, files=FILES):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def folder(path, files=FILES):
    for name, content in files.items():
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return path


@pytest.mark.parametrize("make", [zipped, folder])
def test_speeches_come_by_year_and_state_and_odd_files_are_passed_over(make, tmp_path):
    found = list(find_speeches(make(tmp_path / "release")))
    assert [(s.state, s.year, s.session) for s in found] == [("KAZ", 2023, 78), ("KAZ", 2024, 79), ("UZB", 2024, 79)]
    assert found[2].text == "Water is life."  # the byte order mark is no letter
    assert find_speakers(tmp_path / "release") is None


def test_what_a_page_carries_is_no_speech():
    page = (
        "on the way to\npeace and secu-\nrity.\n\n  \n16 General Assembly - Forty-eighth session\nForty-eighth session - 4 October l993 17\n"
        "A/48/PV.13\n93-86404 (E)\n- 3 -\nWe met in 2020\nand will meet again."
    )
    assert clean(page) == "on the way to peace and secu-rity. We met in 2020 and will meet again."


def test_quotes_hyphens_and_signs_that_are_not_seen():
    assert clean("the world\u2019s good- neighbourly pre- and post\u2011war\u00ad plans\ufeff, itâ€™s") == (
        "the world's good-neighbourly pre- and post-war plans, it's"
    )


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("We meet. They go? Yes! Done", ["We meet.", "They go?", "Yes!", "Done"]),
        ("I thank Mr. Ban and H.E. Mrs. Al Khalifa. We", ["I thank Mr. Ban and H.E. Mrs. Al Khalifa.", "We"]),
        ("Under resolution No. 46 of 1991. It", ["Under resolution No. 46 of 1991.", "It"]),
        ("George W. Bush and the U.S. Congress met. So", ["George W. Bush and the U.S. Congress met.", "So"]),
        ("He said: “It is over.” They left.", ["He said: “It is over.”", "They left."]),
        ("It grew by 4.5 per cent. 2024 was good.", ["It grew by 4.5 per cent.", "2024 was good."]),
        ("the Assembly.While welcoming it", ["the Assembly.", "While welcoming it"]),
        ("To do so. we require trade.", ["To do so. we require trade."]),
        ("1. First point. 2. Second point.", ["First point.", "Second point."]),
        ("...", []),
    ],
)
def test_sentences(text, pieces):
    assert split_sentences(text) == pieces


def test_words_have_hyphens_and_apostrophes_inside():
    assert split_words("Well-known: 30 states' o'clock, Côte d'Ivoire") == [
        "Well-known", "states", "o'clock", "Côte", "d'Ivoire",
    ]  # fmt: skip


WRONG = {
    "no text": ({"a.txt": b"x"}, r"no speech in it; allowed: texts named as KAZ_79_2024\.txt"),
    "other session": ({"KAZ_78_2024.txt": b"We."}, r"KAZ_78_2024\.txt: session 78; allowed: 79, that of 2024"),
    "twice": (
        {"a/KAZ_79_2024.txt": b"We.", "b/KAZ_79_2024.txt": b"We."},
        r"b/KAZ_79_2024\.txt: a/KAZ_79_2024\.txt is of KAZ in 2024 too",
    ),
    "encoding": ({"KAZ_79_2024.txt": b"We \xff met."}, r"KAZ_79_2024\.txt: byte 3 is not UTF-8"),
    "empty": ({"KAZ_79_2024.txt": b" 17 \n"}, r"KAZ_79_2024\.txt: not a word in it"),
    "too large": (
        {"KAZ_79_2024.txt": b"a " * 2_000_001},
        r"KAZ_79_2024\.txt: 4,000,002 bytes; allowed: up to 4,000,000",
    ),
}


@pytest.mark.parametrize(("files", "said"), WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("make", [zipped, folder])
def test_a_wrong_release_is_refused_in_one_line(files, said, make, tmp_path):
    with pytest.raises(SpeechFileError, match=said) as error:
        list(find_speeches(make(tmp_path / "release", files)))
    assert "\n" not in str(error.value)


def test_no_release_at_all(tmp_path):
    for name, content in (("none.zip", None), ("text.zip", b"no ZIP")):
        path = tmp_path / name
        if content:
            path.write_bytes(content)
        with pytest.raises(SpeechFileError, match=rf"{name}: .*allowed: the publisher's ZIP or a folder of texts"):
            list(find_speeches(path))


def test_a_damaged_member_is_named(tmp_path):
    path = zipped(tmp_path / "release.zip", {"KAZ_79_2024.txt": KAZ.encode() * 50})
    raw = bytearray(path.read_bytes())
    raw[60] ^= 0xFF
    path.write_bytes(raw)
    with pytest.raises(SpeechFileError, match=r"KAZ_79_2024\.txt: cannot be unpacked"):
        list(find_speeches(path))


SMALL = zipped(
    io.BytesIO(), {"KAZ_79_2024.txt": b"Roads and water.", "UZB_79_2024.txt": b"Water and roads."}
).getvalue()


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=300), st.tuples(st.integers(0, len(SMALL) - 1), st.integers(1, 255))))
@example(b"PK\x05\x06" + bytes(18))
def test_any_bytes_are_a_result_or_one_line(tmp_path, changed):
    """A file of any bytes, or the small release with one byte changed."""
    if isinstance(changed, tuple):
        raw = bytearray(SMALL)
        raw[changed[0]] ^= changed[1]
        changed = bytes(raw)
    path = tmp_path / "release.zip"
    path.write_bytes(changed)
    try:
        assert list(find_speeches(path))
    except DataError as error:
        assert str(error).startswith(("release.zip: ", "KAZ_79", "UZB_79")) or ".txt: " in str(error)
        assert "\n" not in str(error) or "allowed" in str(error)


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.binary(max_size=60))
def test_any_text_and_any_list_of_speakers_are_a_result_or_one_line(tmp_path, text, workbook):
    path = tmp_path / "release.zip"
    files = {"KAZ_79_2024.txt": text, "UZB_79_2024.txt": b"Water and roads.", "Speakers_by_session.xlsx": workbook}
    zipped(path, files)
    try:
        assert len(count_speeches(path)["speeches"]) == 2
    except DataError as error:
        assert "\n" not in str(error)
