"""Speeches: what each state says before the United Nations, of what and of whom, and how alike."""

from centralasia.speeches import accuracy, dictionary, likeness, texts, update
from centralasia.speeches.accuracy import *
from centralasia.speeches.dictionary import *
from centralasia.speeches.likeness import *
from centralasia.speeches.texts import *
from centralasia.speeches.update import *

__all__ = [*dictionary.__all__, *texts.__all__, *accuracy.__all__, *likeness.__all__, *update.__all__]
