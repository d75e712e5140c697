"""What the documents and decisions of a meeting are called."""

from typing import Any

from datacontract.language import _, ngettext, pgettext
from datacontract.words import MarkdownText

__all__ = ["counted_papers", "paper_words", "treaty_name"]


def paper_words() -> dict[str, str]:
    """The kinds of ``meeting_documents.csv`` in words.

    >>> meetings.paper_words()["joint_statement"]
    joint statement
    """
    return {
        "joint_statement": pgettext("a document of a meeting", "joint statement"),
        "treaty": pgettext("a document of a meeting", "treaty"),
        "agreement": pgettext("a document of a meeting", "agreement"),
        "concept": pgettext("a document of a meeting", "concept"),
        "roadmap": pgettext("a document of a meeting", "roadmap"),
        "action_plan": pgettext("a document of a meeting", "action plan"),
        "programme": pgettext("a document of a meeting", "programme"),
        "regulation": pgettext("a document of a meeting", "regulation"),
        "decision": pgettext("a document of a meeting", "decision"),
        "instruction": pgettext("a document of a meeting", "instruction"),
        "appeal": pgettext("a document of a meeting", "appeal"),
        "decoration": pgettext("a document of a meeting", "decoration"),
        "side_document": pgettext("a document of a meeting", "side document"),
        "none": pgettext("a document of a meeting", "none"),
    }


def counted_papers(n: int) -> dict[str, str]:
    """So many documents of each of these kinds: ``3 roadmaps``.

    >>> meetings.counted_papers(3)["roadmap"]
    3 roadmaps
    """
    return {
        "joint_statement": ngettext("{n} joint statement", "{n} joint statements", n),
        "treaty": ngettext("{n} treaty", "{n} treaties", n),
        "agreement": ngettext("{n} agreement", "{n} agreements", n),
        "concept": ngettext("{n} concept", "{n} concepts", n),
        "roadmap": ngettext("{n} roadmap", "{n} roadmaps", n),
        "action_plan": ngettext("{n} action plan", "{n} action plans", n),
        "programme": ngettext("{n} programme", "{n} programmes", n),
        "regulation": ngettext("{n} regulation", "{n} regulations", n),
        "decision": ngettext("{n} decision", "{n} decisions", n),
        "instruction": ngettext("{n} instruction", "{n} instructions", n),
        "appeal": ngettext("{n} appeal", "{n} appeals", n),
        "decoration": ngettext("{n} decoration", "{n} decorations", n),
        "side_document": ngettext("{n} side document", "{n} side documents", n),
    }


def treaty_name(treaty_id: str, title: Any) -> MarkdownText:
    """What a treaty of `treaty_signatures` is called: its title, or ``treaty`` and its id where no paper has one.

    >>> meetings.treaty_name("ca-friendship-2022", "treaty of friendship"), meetings.treaty_name("water", None)
    (treaty of friendship, treaty water)
    """
    return _(title) if isinstance(title, str) else _("treaty {treaty}", treaty=treaty_id)
