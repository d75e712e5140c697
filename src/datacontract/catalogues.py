"""The catalogues of messages: ``LANGUAGE/LC_MESSAGES/*.po`` in the folders that `add_catalogues` names."""

import functools
import gettext
import io
from pathlib import Path

from datacontract.context import ENGLISH

__all__ = ["add_catalogues", "catalogue_files", "languages", "translations"]

_folders: list[Path] = []


def add_catalogues(folder: Path) -> None:
    """Names a folder of catalogues, ``LANGUAGE/LC_MESSAGES/*.po``; the one named last counts first.

    >>> import pathlib, tempfile
    >>> from datacontract.catalogues import add_catalogues, languages
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pathlib.Path(folder, "uz", "LC_MESSAGES").mkdir(parents=True)
    ...     add_catalogues(pathlib.Path(folder))
    ...     "uz" in languages()
    True
    """
    if folder not in _folders:
        _folders.append(folder)


def languages() -> list[str]:
    """The codes of the languages that there are catalogues of, English first.

    >>> from datacontract.catalogues import languages
    >>> languages()
    ['en', ...'ru'...]
    """
    return [ENGLISH, *_translated_languages(tuple(_folders))]


@functools.lru_cache(maxsize=8)
def _translated_languages(folders: tuple[Path, ...]) -> list[str]:
    return sorted({path.parent.name for folder in folders for path in folder.glob("*/LC_MESSAGES")})


def catalogue_files(language: str) -> list[Path]:
    """The catalogues of a language; of two that have the same message, the first counts.

    >>> from datacontract.catalogues import catalogue_files
    >>> [path.name for path in catalogue_files("kk") if "ties" in path.name]
    ['05_ties.po', 'ties.po']
    """
    return [path for folder in reversed(_folders) for path in sorted(folder.glob(f"{language}/LC_MESSAGES/*.po"))]


def translations(language: str) -> gettext.NullTranslations:
    """What the catalogues of a language say; a message that they do not have is "".

    >>> from datacontract.catalogues import translations
    >>> translations("ru").gettext("Sources"), translations("en").gettext("Sources")
    ('Источники', '')
    """
    return _NOTHING if language == ENGLISH else _joined(language, tuple(_folders))


@functools.lru_cache(maxsize=8)
def _joined(language: str, folders: tuple[Path, ...]) -> gettext.NullTranslations:
    """The catalogues of a language as one."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    joint = Catalog(locale=language)
    for path in catalogue_files(language):
        with path.open(encoding="utf-8") as file:
            for message in read_po(file, locale=language):
                if message.id and message.string and not message.fuzzy:
                    joint[message.id] = message  # of two of the same key, the first stays
    compiled = io.BytesIO()
    write_mo(compiled, joint)
    compiled.seek(0)
    found = gettext.GNUTranslations(compiled)
    found.add_fallback(_NOTHING)
    return found


class _Nothing(gettext.NullTranslations):
    """Finds no message, so that a missing one differs from one that reads as in English."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""

    def pgettext(self, context: str, message: str) -> str:
        return ""


_NOTHING = _Nothing()
