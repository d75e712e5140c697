"""What the findings say together: the measures of closeness side by side, and whether they agree."""

from centralasia.synthesis import (
    agreements,
    basis,
    convergence,
    figures,
    findings,
    measures,
    order,
    sentences,
    short,
    tables,
)
from centralasia.synthesis.agreements import *
from centralasia.synthesis.basis import *
from centralasia.synthesis.convergence import *
from centralasia.synthesis.figures import *
from centralasia.synthesis.findings import *
from centralasia.synthesis.measures import *
from centralasia.synthesis.order import *
from centralasia.synthesis.sentences import *
from centralasia.synthesis.short import *
from centralasia.synthesis.tables import *

__all__ = [
    *measures.__all__,
    *tables.__all__,
    *figures.__all__,
    *sentences.__all__,
    *findings.__all__,
    *convergence.__all__,
    *order.__all__,
    *agreements.__all__,
    *basis.__all__,
    *short.__all__,
]
