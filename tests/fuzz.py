"""Files as nobody means them: sound ones with a few bytes changed, and bytes of any kind."""

import json

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

# What trips readers: quotation marks, other delimiters, line ends, blanks, marks, bytes of no letter, long numbers.
_PIECES = [
    b'"', b'""', b";", b",", b",,", b"\t", b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xc3", b"\xa0", b" ",
    b"{", b"}", b"[", b"]", b"=", b"#", b"$", b"\\", b"'", b"'''", b"-", b"nan", b"1e999", b"9" * 5000, b"\xd0\x98", b"\xe2\x80\xa8",
    b"sep=;\n", b"2020-02-30", b"null", b"true", b"<!DOCTYPE html>", b"PK\x03\x04", b"a" * 70000,
]  # fmt: skip


@st.composite
def _changed(draw, sound):
    """Some bytes with up to four changes: a piece put in or over, lost, doubled or moved, or the end cut off."""
    made = sound
    for _ in range(draw(st.integers(1, 4))):
        at, length = draw(st.integers(0, len(made))), draw(st.integers(0, 40))
        piece = draw(st.sampled_from(_PIECES) | st.binary(max_size=4))
        made = draw(
            st.sampled_from(
                [
                    made[:at] + piece + made[at:],
                    made[:at] + piece + made[at + length :],
                    made[:at] + made[at + length :],
                    made[: at + length] + made[at:],
                    made[:at],
                    made.replace(piece[:1], b"") if piece[:1] else made,
                ]
            )
        )
    return made


def files(*sound):
    """The bytes of a file: one of these with a few changes or in another encoding, or any bytes."""
    encodings = ["utf-16", "utf-16-be", "cp1251", "latin-1", "utf-8-sig"]
    coded = [
        text.decode("utf-8").encode(encoding, "replace").replace(b",", mark)
        for text in sound
        for encoding in encodings
        for mark in (b",", b";")
    ]
    return st.sampled_from(sound).flatmap(_changed) | st.sampled_from(coded) | st.binary(max_size=200)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.sampled_from(["", "a", "date", "actors", "(", "../x", "\0"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["name", "fields", "resource"]), inner, max_size=2),
    max_leaves=4,
)  # fmt: skip


@st.composite
def descriptors(draw, sound):
    """A JSON object in which up to three parts are another value, lost, or twice in their list."""
    made = json.loads(json.dumps(sound))
    for _ in range(draw(st.integers(1, 3))):
        part, keys = made, range(1)
        while True:
            keys = list(part) if isinstance(part, dict) else list(range(len(part)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(part[key], dict | list) and draw(st.integers(0, 5)):
                part = part[key]
                continue
            change = draw(st.sampled_from(["other", "lost", "twice"]))
            if change == "other":
                part[key] = draw(JSON)
            elif change == "lost":
                del part[key]
            elif isinstance(part, list):
                part.append(json.loads(json.dumps(part[key])))
            break
    return made


def examples(number):
    """How many examples are tried, always the same ones."""
    checks = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=number, suppress_health_check=checks)


def assert_one_line(message, *named):
    """A refusal is one line that can be printed, not endless, and names what it is about."""
    assert "\n" not in message and len(message) < 2000, message
    assert any(name in message for name in named), message
