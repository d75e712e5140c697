"""The catalogues of the translations: what there is to translate, written for any editor of PO files, and how much is.

A catalogue has the messages of one place: of a folder of a package, of a notebook, of a page, or of the data. English
is the key, so that a message which changes has to be translated anew.
"""

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from datacontract import contract
from datacontract.files import write_if_changed
from datacontract.words import plain
from notebookcollection.collection import Collection
from notebookcollection.freshness import GROUND
from notebookcollection.prose import messages_of_notebook, messages_of_page
from notebookcollection.publishing.metadata import CITATION, CITATION_TEXTS, citation
from notebookcollection.reach import all_files

__all__ = ["Share", "messages", "update"]

KEYWORDS = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
_EMPTY = re.compile(  # lines of the header that say nothing here, or something else at each writing
    r'^"(?:Project-Id|Report-Msgid|POT-Creation|PO-Revision|Last-Translator|Language-Team|Generated-By).*\n',
    re.MULTILINE,
)
Message = tuple[str | tuple[str, ...], str | None, str]  # English, its context, the file it stands in


class Share(NamedTuple):
    """How much of a language's catalogues is translated."""

    language: str
    translated: int
    messages: int

    def __str__(self) -> str:
        whole = 100 * self.translated // max(1, self.messages)
        return f"{self.language}: {whole} % ({self.translated:,} of {self.messages:,} messages)"


def messages(collection: Collection) -> dict[str, list[Message]]:
    """All messages of a collection and of the code that it uses, by the name of their catalogue."""
    found: dict[str, list[Message]] = {}
    for package in (*collection.settings.get("packages", []), *GROUND):
        for name, file in all_files([package]).items():
            if file.suffix == ".py":
                parts = name.split("/")
                place = "report" if package in GROUND else parts[1] if len(parts) > 2 else package
                found.setdefault(place, []).extend(_of_code(file, name))
    for name in collection.notebooks:
        path = collection.path(name)
        own = messages_of_notebook(path.read_text(encoding="utf-8"))
        found[name] = [(message, None, path.name) for message in own]
    for path in sorted((collection.folder / "site").glob("*.md")):
        own = messages_of_page(path.read_text(encoding="utf-8"))
        own = own[:1] if path.stem in collection.settings["untranslated"] else own  # which has a title in the contents
        found[f"site_{path.stem}"] = [(message, None, path.name) for message in own]
    said = citation(collection.folder.parent)
    found["citation"] = [(said[key], None, CITATION) for key in CITATION_TEXTS if key in said]
    found["site"] = [m for path in sorted((collection.folder / "site").glob("*.py")) for m in _of_code(path, path.name)]
    found["data"] = list(_of_data())
    return found


def update(collection: Collection, locale: Path, languages: Sequence[str], check: bool = False) -> Iterator[Share]:
    """Brings the catalogues of languages up to date with the messages that there are, and says how far each is.

    A translation stays as long as its message does. With `check` nothing is written.
    """
    found = messages(collection)
    for language in languages:
        folder, shares = locale / language / "LC_MESSAGES", []
        for name, own in found.items():
            text, translated, number = _catalogue(folder / f"{name}.po", own, language)
            shares.append((translated, number))
            if not check and number:
                write_if_changed(folder / f"{name}.po", text)
        if not check:
            for path in folder.glob("*.po"):
                if not found.get(path.stem):
                    path.unlink()
        yield Share(language, *map(sum, zip(*shares, strict=True)))


def _catalogue(path: Path, own: Sequence[Message], language: str) -> tuple[str, int, int]:
    """The text of a catalogue with the messages that there are, how many are translated, and of how many."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po, write_po

    catalogue = Catalog(
        locale=language, project="centralasia", header_comment=f"# {language}: {path.stem}", fuzzy=False
    )
    if path.is_file():
        with path.open(encoding="utf-8") as file:
            known = read_po(file, locale=language)
    else:
        known = Catalog(locale=language)
    for english, context, file_name in own:
        before = known.get(english if isinstance(english, str) else english[0], context)
        same = before is not None and before.id == english
        catalogue.add(english, before.string if same and before else None, [(file_name, 0)], context=context)
    written = io.BytesIO()
    write_po(written, catalogue, width=110, include_lineno=False)
    entries = [message for message in catalogue if message.id]
    done = sum(all(m.string) if isinstance(m.string, (tuple, list)) else bool(m.string) for m in entries)
    return _EMPTY.sub("", written.getvalue().decode()), done, len(entries)


def _of_code(file: Path, name: str) -> Iterator[Message]:
    from babel.messages.extract import extract

    with file.open("rb") as code:
        for _line, english, _comments, context in extract("python", code, KEYWORDS):
            yield english, context, name


def _of_data() -> Iterator[Message]:
    """The texts of columns that the contract calls ``translated``; the words of those that enumerate them."""
    for name, table in contract.tables().items():
        for field in table["schema"]["fields"]:
            if field.get("translated"):
                enumerated = field.get("constraints", {}).get("enum")
                texts = map(plain, enumerated) if enumerated else contract.distinct(f"{name}.{field['name']}")
                for text in texts:
                    if re.search("[A-Za-z]", text):
                        yield text, None, f"{name}.csv"
