"""A Sphinx extension: formulas as MathML, made when the report is rendered, so that no script has to draw them."""

from typing import Any

from docutils.nodes import SkipNode

# No public part of docutils, and no other package does without a script: a test holds what is used of it.
from docutils.utils.math.latex2mathml import tex2mathml

from datacontract.language import _

__all__ = ["setup"]


def _inline(translator: Any, node: Any) -> None:
    translator.body.append(tex2mathml(node.astext(), as_block=False))
    raise SkipNode


def _block(translator: Any, node: Any) -> None:
    formula = f'<div class="formula">{tex2mathml(node.astext(), as_block=True)}</div>\n'
    if translator.builder.name == "html":  # folded, as what the formula means stands beside it; paper unfolds nothing
        summary = _("Formula")
        formula = f"<details><summary>{summary}</summary>\n{formula}</details>\n"
    translator.body.append(formula)
    raise SkipNode


def setup(app: Any) -> dict[str, bool]:
    """Registers the renderer under the name ``mathml`` (setting ``html_math_renderer``).

    >>> from types import SimpleNamespace
    >>> from notebookcollection.publishing.formulas import setup
    >>> setup(SimpleNamespace(add_html_math_renderer=lambda name, inline, block: print(name)))
    mathml
    {'parallel_read_safe': True, 'parallel_write_safe': True}
    """
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
