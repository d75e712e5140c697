"""The cells of a notebook, executed in this process: as a kernel shows them, without the time that one takes to begin."""

import ast
import json

from IPython.core.formatters import DisplayFormatter


def outputs(notebook, given):
    """What each code cell of a notebook (text) shows in plain text, by its id, with these parameters."""
    formatter, names, shown = DisplayFormatter(), {"__name__": "__main__"}, {}
    for cell in json.loads(notebook)["cells"]:
        if cell["cell_type"] != "code":
            continue
        statements = ast.parse("".join(cell["source"])).body
        last = statements.pop() if isinstance(statements[-1], ast.Expr) else None
        exec(compile(ast.Module(statements, []), cell["id"], "exec"), names)
        if "parameters" in cell["metadata"].get("tags", []):
            names.update(given)
        value = eval(compile(ast.Expression(last.value), cell["id"], "eval"), names) if last else None
        if value is not None:
            shown[cell["id"]] = formatter.format(value)[0].get("text/plain", "")
    return shown
