"""A plugin of pytest, which loads it before the others (``-p``), so that they can be spared what is slow to import."""

from notebookcollection.lean import skip_slow_imports

__all__: list[str] = []  # it is loaded for what it does

skip_slow_imports()
