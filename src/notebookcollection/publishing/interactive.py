"""What a page with a chart to change needs beside its own script: its data, and Vega, which draws it.

All is shipped with the report, and Vega reads expressions instead of running them as code, so that the strict policy of
the pages holds. Pages are opened from disk, where a script cannot fetch: so the data are a script, too.
"""

import json
from importlib import import_module
from pathlib import Path

from datacontract.files import write_if_changed
from notebookcollection import freshness

__all__ = ["FOLDER", "write_interactive"]

FOLDER = "interactive"  # of the site
VEGA_LITE = "6.1"
SNIPPET = (
    "window.drawVega = (place, chart, options) => "
    "vegaEmbed(place, chart, {ast: true, actions: false, renderer: 'svg', ...options});"
)


def write_interactive(source: str, folder: Path) -> None:
    """Writes ``data.js`` with what the function `source` (``module:name``) returns, and ``vega.js``, into a folder.

    Vega is bundled only once for each version of what bundles it.
    """
    module, _colon, name = source.partition(":")
    data = json.dumps(getattr(import_module(module), name)(), ensure_ascii=False, separators=(",", ":"))
    write_if_changed(folder / "data.js", f"window.exploreData = {data};\n")
    versions, made_with = freshness.versions(["vl-convert-python"]), folder / "made-with"
    known = json.dumps([versions, VEGA_LITE, SNIPPET])
    if made_with.is_file() and made_with.read_text(encoding="utf-8") == known:
        return
    from vl_convert import javascript_bundle

    code = javascript_bundle(SNIPPET, vl_version=VEGA_LITE)
    (folder / "vega.js").write_text(f"(() => {{{code}}})();\n", encoding="utf-8")  # no module: from disk none is loaded
    made_with.write_text(known, encoding="utf-8")
