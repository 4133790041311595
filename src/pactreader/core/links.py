"""Links: which there are in a passage, and where they lead."""

import re
from collections import Counter
from enum import Enum, auto
from typing import Final, NamedTuple
from urllib.parse import unquote

from pactreader.core.article import Article, Block, Passage, SpanKind

FOOTNOTE_PREFIX: Final = "#^"
"""What the target of a reference to a footnote begins with; its label follows."""

_BARE: Final = re.compile(r"\b(?:https?://|mailto:)[^\s<>\"“”«»]*[^\s<>\"“”«»'’.,:;!?…)\]}*_]")
"""An address that stands in the text as such. What ends a sentence or closes a bracket is not its end."""
_LONGEST: Final = 2_000
"""Code points around a passage that a bare address with a part in it is looked for in."""
_OUTSIDE: Final = re.compile(r"(?:https?://|mailto:)\S+\Z", re.IGNORECASE)
"""What may be opened with another program: nothing that runs or reads a file here."""


class Link(NamedTuple):
    """The words `[start, end)` of the text, in code points, that lead to a target."""

    start: int
    end: int
    target: str


class LinkKind(Enum):
    """Where a target lies."""

    INTERNAL = auto()
    """In the article itself."""
    EXTERNAL = auto()
    """On the web, or a letter to somebody."""
    OTHER = auto()
    """In a file, or where nobody should go without looking twice."""


def link_kind(target: str) -> LinkKind:
    """Where a target lies."""
    if target.startswith("#"):
        return LinkKind.INTERNAL
    return LinkKind.EXTERNAL if _OUTSIDE.match(target) else LinkKind.OTHER


def links_between(article: Article, start: int, end: int) -> list[Link]:
    """The links that have a part in `[start, end)`, in their order: those of the markup, and bare addresses."""
    found: list[Link] = []
    for block in article.blocks[article.block_index(start) : article.block_index(max(start, end - 1)) + 1]:
        marked = [Link(s.start, s.end, s.target) for s in block.spans if s.kind is SpanKind.LINK and s.target]
        first, last = max(block.start, start - _LONGEST), min(block.end, end + _LONGEST)
        hits = _BARE.finditer(article.text, first, last)
        bare = (Link(hit.start(), hit.end(), hit.group()) for hit in hits)
        found += marked
        found += (one for one in bare if not any(one.start < m.end and m.start < one.end for m in marked))
    return sorted(link for link in found if link.start < end and start < link.end)


def link_at(article: Article, offset: int) -> Link | None:
    """The link whose words an offset is in."""
    return next(iter(links_between(article, offset, offset + 1)), None)


def resolve_target(article: Article, target: str) -> Passage | None:
    """The passage that a target inside the article means: a heading, or a footnote; `None` if there is none.

    Headings are named as GitHub names them: in lower case, spaces as hyphens, without punctuation, the second
    one of a name with `-1` behind it.
    """
    name = unquote(target.removeprefix("#"))
    if target.startswith(FOOTNOTE_PREFIX):
        marker = f"[{target.removeprefix(FOOTNOTE_PREFIX)}]"
        notes = (block for block in article.blocks if block.marker == marker)
        return _passage(next(notes, None))
    used: Counter[str] = Counter()
    for heading in article.headings:
        slug = _slug(article.block_text(heading))
        number, used[slug] = used[slug], used[slug] + 1
        if name.casefold() == (f"{slug}-{number}" if number else slug):
            return _passage(heading)
    return None


def _slug(text: str) -> str:
    """The name of a heading."""
    return re.sub(r"[^\w\- ]", "", text.casefold()).replace(" ", "-")


def _passage(block: Block | None) -> Passage | None:
    return Passage(block.start, block.end) if block else None
