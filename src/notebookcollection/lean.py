"""An import that costs much and gives nothing here, left out."""

import sys

__all__ = ["skip_slow_imports"]


def skip_slow_imports() -> None:
    """Lets jsonschema, on which papermill, frictionless and Sphinx's readers rest, do without its checker of IRIs.

    That compiles a grammar as it is imported, which takes a second (jsonschema #1428), and jsonschema does without
    where it is not installed. A command, a worker and Sphinx call it once as they begin.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # None is documented
