"""A plugin of pytest, which loads it before the others (``-p``), so that they can be spared what is slow to import."""

from notebookcollection.lean import skip_slow_imports

skip_slow_imports()
