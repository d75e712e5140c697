"""Declared agendas: which themes a document commits to toward the region, and which of them two documents share.

Almost nothing was read in full, so a cell is 1 (named), −1 (refused), 0 (absent) or missing (unknown), and what is
known to be shared is a lower bound.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from centralasia.commitments.bounds import Overlap, known_union, overlap
from centralasia.commitments.documents import coded_documents, documents_of
from centralasia.tables import cached_frame, load
from datacontract.contract import cached_by_tables, distinct, names_of
from datacontract.errors import ChoiceError, check_choice, suggest
from datacontract.labels import translate_name
from datacontract.sources import source_keys

__all__ = [
    "agenda", "alternatives", "coded", "coded_values", "compare", "domain_codes", "domain_titles", "evidence", "marks",
    "one_source",
]  # fmt: skip


def domain_codes(domains: str = "all", table: str = "commitments") -> list[str]:
    """Codes of themes, in the order of ``domains.csv``.

    Parameters
    ----------
    domains : str
        ``all``, ``common`` (the article's common denominators) or codes separated by spaces.
    table : str
        The coded table; only themes that it uses count (innovation is apart in ``pair_agenda`` alone).

    Raises
    ------
    ChoiceError
        A code that the table does not use, or none at all.

    Examples
    --------
    >>> commitments.domain_codes("common")
    ['TRN', 'DIG', 'WAT', 'ENV']
    >>> commitments.domain_codes("common", "pair_agenda")
    ['TRN', 'DIG', 'WAT', 'ENV', 'INN']
    """
    used, common = distinct(f"{table}.domain"), distinct("domains.domain", {"common_denominator": "True"})
    known = [code for code in distinct("domains.domain") if code in used]
    groups = {"all": known, "common": [code for code in known if code in common]}
    if domains in groups:
        return groups[domains]
    for code in domains.split() or [domains]:
        if code not in known:
            raise ChoiceError(f"domains is {code!r}; {suggest(code, [*known, *groups])}")
    return [code for code in known if code in domains.split()]


def domain_titles() -> pd.Series:
    """The names of the themes in figures and sentences, by code.

    >>> commitments.domain_titles()["WAT"]
    'Water resources'
    """
    titles = names_of("domains", "domain")
    return pd.Series({code: translate_name("domain", code, title) for code, title in titles.items()})


def coded_values(rows: pd.DataFrame, explicitness: str = "any") -> pd.Series:
    """The values of coded rows, as ``Int64``: 1 named, −1 named to refuse it, 0 absent, missing unknown.

    With `explicitness` ``direct``, what is not known to be named directly (column ``strength``) is unknown, not
    absent. Coders do not agree on what is direct (`reliability.agreement`), so no finding rests on that choice.
    Raises `ChoiceError` for another word.

    >>> rows = load("agenda").query("strength == 'indirect'").head(2)
    >>> commitments.coded_values(rows).to_list()
    [1, 1]
    >>> commitments.coded_values(rows, "direct").to_list()
    [<NA>, <NA>]
    """
    check_choice("explicitness", explicitness, ["any", "direct"])
    firm = rows["strength"].eq("direct").fillna(False) | rows["value"].eq(0).fillna(False)
    return rows["value"].where(firm | (explicitness == "any"))


def coded(texts_or_states: Iterable[str], domains: str = "all", explicitness: str = "any") -> pd.DataFrame:
    """What is coded of texts and states: the long frame that the other measures are made of.

    Parameters
    ----------
    texts_or_states : list of str
        Each a ``document_id``, or a state, whose doctrine is pooled (`documents_of`); statements, plans and readings
        are no doctrine and must be asked for by their own id.
    domains, explicitness : str
        See `domain_codes` and `coded_values`.

    Returns
    -------
    pandas.DataFrame
        One row a text or state, document of it and theme: ``text_or_state``, ``document_id``, ``domain``, ``value``
        (1, −1, 0 or missing, also where there is no row, or where an aim is general and not toward the region),
        ``general`` (such an aim) and the other columns of ``commitments.csv``, document by document in its order,
        with what has no row at the end of each.

    Examples
    --------
    >>> commitments.coded(["kaz-2020-draft"], "WAT AFG")[["domain", "value", "strength", "general"]]
      domain  value strength  general
    0    WAT      1   direct    False
    1    AFG   <NA>      NaN    False
    """
    cells = _cells(explicitness)
    documents = [(asked, document) for asked in texts_or_states for document in documents_of(asked)]
    rows = pd.DataFrame(documents, columns=["text_or_state", "document_id"])
    return rows.merge(cells[cells["domain"].isin(domain_codes(domains))], on="document_id")


@cached_frame("commitments", "documents", "domains")
def _cells(explicitness: str) -> pd.DataFrame:
    """The rows of ``commitments.csv``, and at the end every coded document and theme of which it has none."""
    rows = load("commitments")
    values, aimed = coded_values(rows, explicitness), rows["addressee"].ne("general").fillna(True)
    rows = rows.assign(value=values.where(aimed), general=values.eq(1).fillna(False) & ~aimed)
    rows = rows.set_index(["document_id", "domain"])
    grid = pd.MultiIndex.from_product([coded_documents()["document_id"], domain_codes()], names=rows.index.names)
    rows = rows.reindex(rows.index.append(grid).unique()).reset_index()
    return rows.assign(general=rows["general"].eq(True))


def evidence(texts_or_states: Iterable[str], domains: str = "all", explicitness: str = "any") -> pd.DataFrame:
    """The rows of `coded` that name or refuse a theme.

    >>> commitments.evidence(["kaz-2020-draft"], "common")[["domain", "value", "strength", "source"]]
      domain  value strength source
    0    TRN      1   direct  ART19
    1    DIG      1   direct  ART19
    2    WAT      1   direct  ART19
    3    ENV      1   direct  ART19
    """
    rows = coded(texts_or_states, domains, explicitness)
    return rows[rows["value"].abs().eq(1).fillna(False)]


def agenda(text_or_state: str, domains: str = "all", explicitness: str = "any") -> pd.Series:
    """Whether a text or state commits to the region, by theme: 1, −1, 0 or missing (``Int64``), documents pooled.

    >>> commitments.agenda("uzb-2012").dropna().to_dict()
    {'SEC': 1, 'POL': 1}
    """
    return known_union(_matrix(explicitness).loc[domain_codes(domains), documents_of(text_or_state)])


@cached_frame("commitments", "documents", "domains")
def _matrix(explicitness: str) -> pd.DataFrame:
    """The values of the coded cells: one row a theme, one column a document."""
    return _cells(explicitness).pivot(index="domain", columns="document_id", values="value")


def marks(texts_or_states: Iterable[str], domains: str = "all", explicitness: str = "any") -> pd.DataFrame:
    """How each text or state stands to each theme: ``named``, ``refused``, ``general``, ``absent`` or ``unknown``.

    One row a theme, one column a text or state. ``general`` is an aim that is not directed at the region, where
    nothing else is known.

    >>> commitments.marks(["kaz-2020-draft", "TKM"], "common")
    text_or_state kaz-2020-draft      TKM
    domain
    TRN                    named  unknown
    DIG                    named  unknown
    WAT                    named  unknown
    ENV                    named  unknown
    """
    rows = coded(texts_or_states, domains, explicitness)
    cells = rows.assign(known=rows["value"].notna()).groupby(["domain", "text_or_state"], sort=False)
    found = cells.agg({"value": ["max", "min"], "general": "any", "known": "all"})
    highest, lowest = found["value", "max"].fillna(0), found["value", "min"].fillna(0)
    conditions = [highest == 1, lowest == -1, found["general", "any"], found["known", "all"]]
    words = np.select([c.to_numpy(bool) for c in conditions], ["named", "refused", "general", "absent"], "unknown")
    return pd.Series(words, found.index).unstack(sort=False).loc[domain_codes(domains)]


@cached_by_tables("commitments", "documents", "domains")
def compare(first: str, second: str, domains: str = "all", explicitness: str = "any") -> Overlap:
    """The `overlap` of the agendas of two texts or states. Raises `ChoiceError` where both are the same.

    >>> commitments.compare("kaz-2020-draft", "TKM")
    Overlap(domains=15, named=(11, 1), both=('POL',), against=(), least=1, most=15)
    """
    if first == second:
        raise ChoiceError(f"second is {second!r}, as first is; allowed: another document or state")
    return overlap(*(agenda(asked, domains, explicitness) for asked in (first, second)))


def alternatives(second: str, explicitness: str = "any", exclude: str | None = None) -> list[str]:
    """`second` itself and every other coded document of its state of which anything is known, whatever its layer.

    `exclude` is left out.

    >>> commitments.alternatives("TKM")
    ['TKM', 'tkm-2013', 'tkm-2017', ...]
    """
    known = [text for text in coded_documents(second)["document_id"] if _matrix(explicitness)[text].notna().any()]
    return [asked for asked in dict.fromkeys([second, *known]) if asked != exclude]


@cached_by_tables("commitments", "documents", "domains")
def one_source(first: str, second: str, domains: str = "all", explicitness: str = "any") -> Mapping[str, str]:
    """The shared themes for which both agendas are known from one and the same source: theme to its key.

    There one author vouches for both, so that the sharing is that author's reading, not two findings.

    >>> commitments.one_source("kaz-2020-draft", "tkm-article-reading")
    {'TRN': 'ART19', 'DIG': 'ART19', 'WAT': 'ART19', 'ENV': 'ART19'}
    """
    found = {}
    named = evidence([first, second], domains, explicitness).query("value == 1")
    for domain, rows in named.groupby("domain", sort=False):
        keys = source_keys(rows["source"])
        if len(keys) == 1 and rows["text_or_state"].nunique() == 2:
            found[str(domain)] = keys[0]
    return found
