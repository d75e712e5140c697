"""The sentences of the notebooks that carry a result: computed, so that they cannot go stale."""

from centralasia.sentences.agenda import (
    agenda_answer,
    beyond_chance,
    common_ground,
    doctrine_breadth,
    one_voice,
    pair_events,
)
from centralasia.sentences.claims import (
    claims_answer,
    claims_by_reading,
    claims_contradicted,
    claims_differ,
    claims_open,
)
from centralasia.sentences.coverage import coverage
from centralasia.sentences.economy import (
    choices_found,
    economies_answer,
    growth_found,
    panels_used,
    sigma_path,
    water_found,
)
from centralasia.sentences.hierarchy import alike, evidence, moves, order_answer, rise_words, survival, terms
from centralasia.sentences.meetings import (
    agendas_together,
    meeting_attendance,
    meeting_papers,
    meeting_signatures,
    named_against,
    named_widely,
    speech_coverage,
)
from centralasia.sentences.pair import (
    pair_answer,
    pair_denominator_found,
    pair_doubts,
    pair_milestones_found,
    pair_themes_shared,
    pair_treaty,
    pair_visits_found,
)
from centralasia.sentences.sensitivity import specifications
from centralasia.sentences.ties import (
    milestones_found,
    ties_answer,
    ties_doubts,
    ties_of_state,
    ties_rises,
    ties_top,
    treaty_signed,
    visits_found,
)
from centralasia.sentences.trade import gold_matters, mirror_found, trade_found
from centralasia.sentences.votes import (
    votes_absent,
    votes_among_sets,
    votes_answer,
    votes_ideal,
    votes_marked,
    votes_pairs,
    votes_partners,
    votes_united,
)

__all__ = [
    "agenda_answer",
    "agendas_together",
    "alike",
    "beyond_chance",
    "choices_found",
    "claims_answer",
    "claims_by_reading",
    "claims_contradicted",
    "claims_differ",
    "claims_open",
    "common_ground",
    "coverage",
    "doctrine_breadth",
    "economies_answer",
    "evidence",
    "gold_matters",
    "growth_found",
    "meeting_attendance",
    "meeting_papers",
    "meeting_signatures",
    "milestones_found",
    "mirror_found",
    "moves",
    "named_against",
    "named_widely",
    "one_voice",
    "order_answer",
    "pair_answer",
    "pair_denominator_found",
    "pair_doubts",
    "pair_events",
    "pair_milestones_found",
    "pair_themes_shared",
    "pair_treaty",
    "pair_visits_found",
    "panels_used",
    "rise_words",
    "sigma_path",
    "specifications",
    "speech_coverage",
    "survival",
    "terms",
    "ties_answer",
    "ties_doubts",
    "ties_of_state",
    "ties_rises",
    "ties_top",
    "trade_found",
    "treaty_signed",
    "visits_found",
    "votes_absent",
    "votes_among_sets",
    "votes_answer",
    "votes_ideal",
    "votes_marked",
    "votes_pairs",
    "votes_partners",
    "votes_united",
    "water_found",
]


def __dir__():
    """What tab completion offers."""
    return __all__
