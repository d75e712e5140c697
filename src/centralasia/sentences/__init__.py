"""The sentences of the notebooks that carry a result: computed, so that they cannot go stale."""

from centralasia.sentences.hierarchy import alike, evidence, moves, order_answer, survival, terms

__all__ = ["alike", "evidence", "moves", "order_answer", "survival", "terms"]
