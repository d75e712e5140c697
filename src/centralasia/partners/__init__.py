"""Declared and revealed orders of partners: what a state says, and with whom it trades, votes and meets."""

from centralasia.partners import update
from centralasia.partners.update import *

__all__ = [*update.__all__]
