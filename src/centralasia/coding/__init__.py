"""Coding sheets: a text is coded, for the first time or again, by a person who has it before them."""

from centralasia.coding import merge, sheet
from centralasia.coding.merge import *
from centralasia.coding.sheet import *

__all__ = [*sheet.__all__, *merge.__all__]
