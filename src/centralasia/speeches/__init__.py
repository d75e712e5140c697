"""Speeches: what each state says before the United Nations, of what and of whom, and how alike."""

from centralasia.speeches import (
    accuracy,
    agendas,
    checks,
    dictionary,
    figures,
    group_likeness,
    likeness,
    measures,
    nearness,
    sentences,
    subject_figures,
    subjects,
    tables,
    texts,
    update,
    voices,
    words,
)
from centralasia.speeches.accuracy import *
from centralasia.speeches.agendas import *
from centralasia.speeches.checks import *
from centralasia.speeches.dictionary import *
from centralasia.speeches.figures import *
from centralasia.speeches.group_likeness import *
from centralasia.speeches.likeness import *
from centralasia.speeches.measures import *
from centralasia.speeches.nearness import *
from centralasia.speeches.sentences import *
from centralasia.speeches.subject_figures import *
from centralasia.speeches.subjects import *
from centralasia.speeches.tables import *
from centralasia.speeches.texts import *
from centralasia.speeches.update import *
from centralasia.speeches.voices import *
from centralasia.speeches.words import *

__all__ = [
    *dictionary.__all__, *measures.__all__, *agendas.__all__, *group_likeness.__all__, *nearness.__all__,
    *tables.__all__, *figures.__all__, *subject_figures.__all__, *sentences.__all__, *subjects.__all__,
    *checks.__all__, *words.__all__, *texts.__all__, *accuracy.__all__, *likeness.__all__, *update.__all__,
    *voices.__all__,
]  # fmt: skip
