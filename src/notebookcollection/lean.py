"""Work that costs much and gives nothing here, left out."""

import functools
import gc
import sys
from types import ModuleType

__all__ = ["lighten_sphinx", "skip_slow_imports"]


def skip_slow_imports() -> None:
    """Lets jsonschema, on which papermill, frictionless and Sphinx's readers rest, do without its checker of IRIs.

    That compiles a grammar as it is imported, which takes a second (jsonschema #1428), and jsonschema does without
    where it is not installed. A command, a worker and Sphinx call it once as they begin.

    >>> import sys
    >>> from unittest import mock
    >>> from notebookcollection.lean import skip_slow_imports
    >>> with mock.patch.dict(sys.modules):
    ...     _ = sys.modules.pop("rfc3987_syntax", None)
    ...     skip_slow_imports()
    ...     import rfc3987_syntax
    Traceback (most recent call last):
        ...
    ModuleNotFoundError: import of rfc3987_syntax halted; None in sys.modules
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # None is documented


def lighten_sphinx() -> None:
    """Lets Sphinx begin sooner and find the stem of a word once for all pages, though it forgets them after each.

    MyST-NB imports three ways to execute notebooks, one with a data base; those of the report are executed already.
    Python's collector of memory goes over the trees of all pages again and again by its own thresholds, which takes a
    fifth of the time; here it waits longer.
    """
    from snowballstemmer.basestemmer import BaseStemmer

    skip_slow_imports()
    gc.set_threshold(50_000, 20, 50)
    for way in ("Cache", "Direct", "Inline"):
        module = ModuleType(f"myst_nb.core.execute.{way.lower()}")
        setattr(module, f"NotebookClient{way}", None)
        sys.modules[module.__name__] = module
    BaseStemmer.stemWord = functools.cache(BaseStemmer.stemWord)
