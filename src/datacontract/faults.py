"""One thing that is wrong with the data, as the check names it."""

from dataclasses import dataclass

__all__ = ["Fault"]

SHOWN = 60  # characters of an offending value that a message repeats


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong with the data: where, what stands there, what is allowed, and which check says so."""

    file: str
    row: int  # line of the file, the header being 1; 0 for the whole file
    column: str
    value: str
    allowed: str
    check: str

    def __str__(self) -> str:
        place = [self.file, f"row {self.row}" * bool(self.row), f"column {self.column}" * bool(self.column)]
        value = self.value if len(self.value) <= SHOWN else self.value[:SHOWN] + "…"
        return f"{', '.join(filter(None, place))}: {value!r} is not allowed; allowed: {self.allowed} [{self.check}]"
