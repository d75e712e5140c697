"""How alike the speeches of a year are in words: TF-IDF cosines of all of them, counted at update time.

Cosine of weighted term vectors: Salton and Buckley (1988), Information Processing & Management 24(5). The weight of a
word is 1 + log of how often it stands in the speech, times log((1 + n) / (1 + d)) + 1, where d of the n speeches of the
year have it (scikit-learn's smoothed form). Function words and words of a single speech are left out.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from datacontract.errors import DataError

__all__ = ["TEXTS", "Likeness", "group_rows", "pair_rows", "year_likeness"]

TEXTS = ("all_words", "without_region", "without_names")
SETS = 10_000  # sets of other states drawn for a group and year
SAMPLES = 100  # of the sentences of a speech
SEED = 2017
_REGION = re.compile(r"\bCentral[ -]Asian?s?\b")
_TOKEN = re.compile(r"[^\W\d_]{2,}")
_JOINED = "Centralasia"


class Likeness(NamedTuple):
    """The likeness of all speeches of a year.

    ``cosine``: by way to take the words, shape (states, states). ``variance``: how much the cosine of without_names
    varies when the sentences of the first of the two are drawn anew, shape (states, states). ``group_variance``: for
    each group, the variance of its mean that the sentences of each member bring.
    """

    states: list[str]
    cosine: Mapping[str, np.ndarray]
    variance: np.ndarray
    group_variance: Mapping[str, float]


def year_likeness(
    year: int, texts: Mapping[str, Sequence[str]], paired: frozenset[str], groups: Mapping[str, Sequence[str]]
) -> Likeness:
    """Compares the speeches of a year with one another.

    Parameters
    ----------
    year : int
        Seeds the samples, together with the state.
    texts : mapping of str to sequence of str
        The sentences of each state's speech.
    paired : frozenset of str
        States whose cosines with every other get a variance.
    groups : mapping of str to sequence of str
        The members of each group, whose means get a variance.

    Raises
    ------
    DataError
        scikit-learn is not there: the extra ``update`` has it.

    Examples
    --------
    >>> texts = {"KAZ": ["Water unites us.", "Peace is near."], "UZB": ["Water unites us."], "FRA": ["Peace is near."]}
    >>> found = speeches.year_likeness(2024, texts, frozenset({"KAZ"}), {})
    >>> found.cosine["all_words"].round(2).tolist()
    [[1.0, 0.71, 0.0], [0.71, 1.0, 0.71], [0.0, 0.71, 1.0]]
    """
    try:
        from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer, TfidfTransformer
    except ImportError:
        raise DataError("speeches need scikit-learn and openpyxl; allowed: pip install centralasia[update]") from None
    counter = CountVectorizer(analyzer=lambda words: [w for w in words if w.lower() not in ENGLISH_STOP_WORDS])
    states = sorted(texts)
    said = [_TOKEN.findall(_REGION.sub(_JOINED, sentence)) for state in states for sentence in texts[state]]
    try:
        sentences = counter.fit_transform(_named(said))
    except ValueError:
        raise DataError(f"{year}: no speech has a word that can be compared; allowed: English texts") from None
    vocabulary = counter.get_feature_names_out()
    owner = np.repeat(np.arange(len(states)), [len(texts[state]) for state in states])
    kept = {
        "all_words": np.ones(len(vocabulary), dtype=bool),
        "without_region": vocabulary != _JOINED,
        "without_names": np.array([word == word.lower() for word in vocabulary]),
    }
    cosine = {}
    for text in TEXTS:
        counts = sentences @ _folding(vocabulary, kept[text])
        counts, weights, rarity = _weighted(counts, owner, TfidfTransformer(sublinear_tf=True))
        cosine[text] = np.clip(weights @ weights.T, 0, 1)
    variance, shares = np.zeros((len(states), len(states))), dict.fromkeys(groups, 0.0)
    grouped = paired.union(*groups.values())
    for i, state in enumerate(states):  # of the text that was last: without_names
        asked = states if state in paired else grouped if state in grouped else paired
        needed = sorted(set(asked) & set(states))
        place = {other: k for k, other in enumerate(needed)}
        at = [states.index(other) for other in needed]
        sims = _resampled(counts[owner == i], rarity, weights[at], [SEED, year, *map(ord, state)])
        variance[i, at] = sims.var(axis=0)
        for group, members in groups.items():
            others = [place[other] for other in members if other in place and other != state]
            if state in members and others:
                pairs = len(others) * (len(others) + 1) / 2
                shares[group] += float(sims[:, others].sum(axis=1).var()) / pairs**2
    return Likeness(states, cosine, variance, shares)


def pair_rows(year: int, found: Likeness, of: frozenset[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of ``speech_pairs`` of a year, all but the source: pairs of one of the states `of` with any other.

    >>> texts = {"KAZ": ["Water unites us.", "Peace is near."], "UZB": ["Water unites us."], "FRA": ["Peace is near."]}
    >>> found = speeches.year_likeness(2024, texts, frozenset({"KAZ"}), {})
    >>> [row[:4] for row in speeches.pair_rows(2024, found, frozenset({"KAZ"}))]
    [('FRA', 'KAZ', 2024, 0.7071), ('KAZ', 'UZB', 2024, 0.7071)]
    """
    for i, j in itertools.combinations(range(len(found.states)), 2):
        if found.states[i] in of or found.states[j] in of:
            error = np.sqrt(found.variance[i, j] + found.variance[j, i])
            values = [round(float(found.cosine[text][i, j]), 4) for text in TEXTS]
            yield found.states[i], found.states[j], year, *values, round(float(error), 4)


def group_rows(year: int, found: Likeness, groups: Mapping[str, Sequence[str]]) -> Iterator[tuple[Any, ...]]:
    """The rows of ``speech_likeness`` of a year, all but the source, for groups with two or more speeches.

    >>> texts = {"KAZ": ["Water, peace."], "UZB": ["Water, trade."], "DEU": ["Peace."], "FRA": ["Trade."]}
    >>> found = speeches.year_likeness(2024, texts, frozenset(), {"C5": ["KAZ", "UZB"]})
    >>> next(speeches.group_rows(2024, found, {"C5": ["KAZ", "UZB"]}))[:5]
    ('C5', 2024, 'all_words', 2, 0.5)
    """
    for group, members in groups.items():
        inside = [i for i, state in enumerate(found.states) if state in members]
        outside = [i for i, state in enumerate(found.states) if state not in members]
        if not 2 <= len(inside) <= len(outside):
            continue
        generator = np.random.default_rng([SEED, year, *map(ord, group)])
        drawn = np.argpartition(generator.random((SETS, len(outside))), len(inside) - 1, axis=1)[:, : len(inside)]
        sets = np.array(outside)[drawn]
        for text in TEXTS:
            matrix = found.cosine[text]
            value = np.mean([matrix[i, j] for i, j in itertools.combinations(inside, 2)])
            places = list(itertools.combinations(range(len(inside)), 2))
            means = sum(matrix[sets[:, i], sets[:, j]] for i, j in places) / len(places)
            bounds = [round(float(q), 4) for q in np.quantile(means, [0.05, 0.5, 0.95])]
            error = round(float(np.sqrt(found.group_variance[group])), 4) if text == "without_names" else None
            counts = len(outside), SETS, int((means > value + 1e-9).sum())
            yield group, year, text, len(inside), round(float(value), 4), error, *counts, *bounds


def _named(sentences: Sequence[Sequence[str]]) -> list[list[str]]:
    """The words in lower case but for proper names: a capital within a sentence.

    The first word of a sentence is one where it has a capital in most other places of the year.
    """
    capital, small = Counter[str](), Counter[str]()
    for words in sentences:
        for word in words[1:]:
            (small if word.islower() else capital)[word.lower()] += 1
    proper = {word for word, times in capital.items() if times > small[word]}

    def name(place: int, word: str) -> str:
        lower = word.lower()
        is_name = lower in proper if place == 0 else not word.islower()
        return lower.capitalize() if is_name else lower

    return [[name(place, word) for place, word in enumerate(words)] for words in sentences]


def _weighted(counts: Any, owner: np.ndarray, model: Any) -> tuple[Any, np.ndarray, np.ndarray]:
    """Counts by sentence without words of a single speech, TF-IDF weights by speech, and how rare each word is."""
    from scipy.sparse import csr_matrix

    adding = csr_matrix((np.ones(len(owner)), (owner, np.arange(len(owner)))))
    shared = np.asarray(((adding @ counts) > 0).sum(axis=0)).ravel() > 1
    counts = counts[:, shared].tocsr()
    if not shared.any():
        return counts, np.zeros((adding.shape[0], 0)), np.zeros(0)
    weights = model.fit_transform(adding @ counts).toarray()
    return counts, weights, model.idf_


def _folding(vocabulary: np.ndarray, keep: np.ndarray) -> Any:
    """The matrix that adds up the kept words that differ in capitals alone."""
    from scipy.sparse import csr_matrix

    kept = np.flatnonzero(keep)
    lower, place = np.unique([vocabulary[k].lower() for k in kept], return_inverse=True)
    return csr_matrix((np.ones(len(kept)), (kept, place)), shape=(len(vocabulary), len(lower)))


def _resampled(sentences: Any, idf: np.ndarray, weights: np.ndarray, seed: Sequence[int]) -> np.ndarray:
    """The cosines of a speech with all speeches, its sentences drawn anew with replacement: shape (samples, states)."""
    number = sentences.shape[0]
    columns = np.unique(sentences.indices)
    drawn = np.random.default_rng(seed).multinomial(number, np.full(number, 1 / number), size=SAMPLES)
    counts = np.asarray(drawn @ sentences[:, columns].toarray(), dtype=float)
    vectors = np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0) * idf[columns]
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return vectors @ weights[:, columns].T
