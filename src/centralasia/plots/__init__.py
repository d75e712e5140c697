"""The figures, one function each; each returns a `centralasia.figure.Figure`."""

from centralasia.plots.agenda import commitment_matrix, overlap_intervals
from centralasia.plots.attendance import attendance_matrix
from centralasia.plots.claims import claim_matrix
from centralasia.plots.contacts import milestone_lanes, visit_grid
from centralasia.plots.economy import dispersion_panels
from centralasia.plots.growth import growth_scatter
from centralasia.plots.hierarchy import hierarchy_bump, places_by_reading
from centralasia.plots.labels import relationship_labels
from centralasia.plots.maps import level_map, load_map
from centralasia.plots.meetings import agenda_drift, meeting_agenda
from centralasia.plots.pair import pair_milestones, pair_steps, pair_visits
from centralasia.plots.pair_themes import pair_denominator, pair_themes
from centralasia.plots.sensitivity import specification_curve
from centralasia.plots.ties import level_shares, level_steps
from centralasia.plots.trade import trade_shares
from centralasia.plots.vote_behaviour import vote_absence, vote_ideal_points
from centralasia.plots.votes import vote_cohesion, vote_groups, vote_pairs, vote_partners
from centralasia.plots.water import dependency_bars

__all__ = [
    "agenda_drift",
    "attendance_matrix",
    "claim_matrix",
    "commitment_matrix",
    "dependency_bars",
    "dispersion_panels",
    "growth_scatter",
    "hierarchy_bump",
    "level_map",
    "level_shares",
    "level_steps",
    "load_map",
    "meeting_agenda",
    "milestone_lanes",
    "overlap_intervals",
    "pair_denominator",
    "pair_milestones",
    "pair_steps",
    "pair_themes",
    "pair_visits",
    "places_by_reading",
    "relationship_labels",
    "specification_curve",
    "trade_shares",
    "visit_grid",
    "vote_absence",
    "vote_cohesion",
    "vote_groups",
    "vote_ideal_points",
    "vote_pairs",
    "vote_partners",
]


def __dir__():
    """What tab completion offers."""
    return __all__
