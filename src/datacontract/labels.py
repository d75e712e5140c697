"""What codes are called in the language of the reader: names from ``labels.csv``.

What a language lacks is said in English. A better name is a row of the table and never code.
"""

from collections.abc import Mapping

from datacontract import contract
from datacontract.context import ENGLISH
from datacontract.contract import cached_by_tables
from datacontract.language import language

__all__ = ["translate_name"]

TABLE = "labels"


def translate_name(kind: str, code: object, english: str) -> str:
    """What a code is called in the language of the reader; `english` where that lacks the name.

    >>> from datacontract.context import using
    >>> from datacontract.labels import translate_name
    >>> with using(language="kk"):
    ...     translate_name("actor", "KAZ", "Kazakhstan"), translate_name("actor", "no such code", "as in English")
    ('Қазақстан', 'as in English')
    """
    wanted = language()
    return english if wanted == ENGLISH else _names().get((kind, str(code), wanted)) or english


@cached_by_tables(TABLE, maxsize=8)
def _names() -> Mapping[tuple[str, str, str], str]:
    rows = reversed(contract.rows(TABLE))  # of two rows of one key, the first counts
    return {(row["kind"], row["code"], row["language"]): row["text"] for row in rows}
