"""The ``centralasia`` command.

It ends with 0, with 1 where something is wrong with what was run or checked, with 2 where the command itself cannot be,
with 130, 143 or 129 where it was interrupted by Ctrl-C, SIGTERM or a closed terminal, and with 141 where nobody reads
on what it prints.
"""

import os
import signal
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from notebookcollection.interrupts import heeded, open_streams

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code."""
    open_streams()
    if isinstance(sys.stdout, TextIOWrapper):  # data and paths have letters that some terminals and pipes cannot say
        sys.stdout.reconfigure(errors="backslashreplace")
    with heeded() as signals:
        try:
            return _obey(arguments, signals)
        except BaseException as error:  # in the midst of an import, an interrupt may have become something else
            if not signals:
                raise
            kept = "; ".join(getattr(error, "__notes__", ["what was finished is kept, nothing else was changed"]))
            _say(f"interrupted by {signal.Signals(signals[0]).name}: {kept}")
            return 128 + signals[0]  # as a shell counts it


def _obey(arguments: Sequence[str] | None, signals: Sequence[int]) -> int:
    from centralasia import commands, using  # only now, when interrupts are heeded
    from datacontract.errors import ChoiceError, DataError
    from datacontract.files import naming
    from datacontract.language import language
    from notebookcollection.lean import skip_slow_imports
    from notebookcollection.parameters import CollectionError

    skip_slow_imports()
    options = commands.parser().parse_args(arguments)
    try:
        with using(options.data, getattr(options, "language", None)), naming("standard output"):
            language()
            code = int(options.verb(options))
            sys.stdout.flush()
            return code
    except (ChoiceError, CollectionError, DataError, OSError) as error:
        if signals:  # it only came of the interrupt
            raise
        return _told(error)


def _told(error: Exception) -> int:
    """Says what cannot be and gives the exit code."""
    if not isinstance(error, OSError):
        _say(str(error))
        return 2
    if isinstance(error, BrokenPipeError):
        _give_up(1)
        return 128 + signal.SIGPIPE
    if error.filename == "standard output":
        _give_up(1)
    _say(str(error))  # a full disk, a folder that may not be written
    return 1


def _say(text: str) -> None:
    try:
        print(f"centralasia: {text}", file=sys.stderr, flush=True)
    except OSError:  # the terminal is gone
        _give_up(1, 2)


def _give_up(*streams: int) -> None:
    """Lets streams lead nowhere: what waits to be written there would be tried again in the end."""
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        os.dup2(null, stream)


if __name__ == "__main__":
    sys.exit(main())
