"""The kinds of callouts, and the words at their beginning."""

import re
from typing import Final

CALLOUT_KINDS: Final = frozenset(
    """
    abstract admonition attention bug caution check danger deprecated error example fail failure faq help
    hint important info missing note question quote seealso success summary tip tldr todo warning
    """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
)
"""The kinds of admonitions in Obsidian, Docusaurus, VitePress and MyST."""
_ANY_KIND: Final = "admonition"
"""The name of MyST for a callout of any kind, which only its title tells."""


def callout_words(kind: str, title: str) -> str:
    """Return the words before the title of a callout: its kind, and a colon unless the title says the same.

    They are `Note: ` for a note with another title, and empty for one with the title `Note`.
    """
    words = re.sub(r"[-_\s]+", " ", kind).strip().lower()
    shown = words[:1].upper() + words[1:]
    if not title:
        return shown
    return "" if words in {"", _ANY_KIND, title.casefold().rstrip(":")} else f"{shown}: "
