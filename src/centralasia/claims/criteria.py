"""What has to hold for a test, in words: each function reads it from the test that runs."""

from typing import Any

from centralasia import meetings
from centralasia.claims.words import theme_titles
from centralasia.names import document_name, document_row, short_name
from centralasia.regions import pair_name
from datacontract.language import _, join_list, ngettext, pgettext
from datacontract.phrases import ordinal, percent

__all__: list[str] = []  # for the other modules of the room

ITS_STATE = "KAZ"  # of whose concepts the article speaks
LISTS = ("domain", "not", "core")  # keys that hold several codes, joined by commas, or by / where one is enough
Test = dict[str, Any]


def named_document(code: str) -> str:
    """A document as a sentence names it; with its state where that is not the one of the article."""
    return document_name(code, in_sentence=document_row(code)["state"] == ITS_STATE)


def themes(test: Test, key: str = "domain", last: str = "and") -> str:
    """The themes of a key, as a list that ends in `last`; of several where one is enough, ``one of``."""
    items = test[key] if key in LISTS else [test[key]]
    chosen = [theme_titles(item.split("/")) for item in items]
    return join_list((_("one of {themes:or}", themes=own) if len(own) > 1 else own[0] for own in chosen), last)


def part(share: float) -> str:
    """A share as a part of something: ``half``, ``75 %``."""
    return pgettext("a share", "half") if share == 0.5 else percent(share)


def term(test: Test) -> str:
    """The term of a document, its first and last year, or how long it was in force."""
    clauses = {
        "term": {"open": _("has no fixed term"), "fixed": _("has a fixed term")}.get(test.get("term", "")),
        "start": _("begins in {year}", year=test.get("start")),
        "end": _("ends in {year}", year=test.get("end")),
        "years": ngettext("was in force for {n} year", "was in force for {n} years", test.get("years", 0)),
    }
    document, said = named_document(test["document"]), [clause for key, clause in clauses.items() if key in test]
    return _("{document} {clauses}", document=document, clauses=said)


def rank(test: Test) -> str:
    """That a document names a partner, gives it a place, or puts partners in order."""
    document = named_document(test["document"])
    if "placed" in test:
        return ngettext(
            "{document} puts at least {n} partner in order, by every reading",
            "{document} puts at least {n} partners in order, by every reading",
            test["placed"],
            document=document,
        )
    actor = short_name(test["actor"])
    if "named" in test:
        return _("{document} names {actor}", document=document, actor=actor)
    return _(
        "{document} puts {actor} {place}, by every reading",
        document=document,
        actor=actor,
        place=ordinal(test["place"]),
    )


def shift(test: Test) -> str:
    """How places change from one document to another."""
    documents = {key: named_document(test[key]) for key in ("before", "after")}
    if "actor" not in test:
        return _(
            "from {before} to {after} some partners change places and some keep theirs, by every two readings",
            **documents,
        )
    fields = documents | {"actor": short_name(test["actor"])}
    return {
        "up": _("{actor} has an earlier place in {after} than in {before}, by every two readings", **fields),
        "down": _("{actor} has a later place in {after} than in {before}, by every two readings", **fields),
        "same": _("{actor} has the same place in {after} as in {before}, by every two readings", **fields),
    }[test["move"]]


def commits(test: Test) -> str:
    """What a document commits to, and what not."""
    fields = {"document": named_document(test["document"]), "themes": themes(test)}
    if test.get("not"):
        return _(
            "{document} commits to {themes} in the region, and not to {others}",
            **fields,
            others=themes(test, "not", "or"),
        )
    return _("{document} commits to {themes} in the region", **fields)


def named_at(test: Test) -> str:
    """What a voice named at the meetings."""
    voice = _("the meeting as a whole") if test["voice"] == meetings.MEETING else short_name(test["voice"])
    fields = {"voice": voice, "themes": themes(test)}
    if "meeting" in test:
        return _("{voice} named {themes} at the meeting, and a refusal is no naming", **fields)
    if "share" in test:
        return _(
            "{voice} named {themes} at {part} or more of the meetings, and a refusal is no naming",
            **fields,
            part=part(test["share"]),
        )
    return _("{voice} named {themes} at one meeting at least, and a refusal is no naming", **fields)


def pair_themes(test: Test) -> str:
    """What was named at the events of a pair."""
    fields = {"part": part(test["share"]), "pair": pair_name(test["pair"])}
    if "core" in test:
        return _(
            "each of {themes} was named at {part} or more of the events of {pair}, and no other theme was",
            themes=themes(test, "core"),
            **fields,
        )
    return _("{themes} was named at {part} or more of the events of {pair}", themes=themes(test), **fields)
