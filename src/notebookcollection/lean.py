"""Imports that cost much and give nothing here, left out."""

import sys


def skip_slow_imports():
    """Lets jsonschema, on which papermill and frictionless rest, be imported without its checker of IRIs.

    That compiles a grammar as it is imported, which takes a second (jsonschema #1428), and jsonschema does without
    where it is not installed. Call it before either is imported.
    """
    sys.modules.setdefault("rfc3987_syntax", None)
