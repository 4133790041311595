"""HTML as it is written: tags in a text, without a tree."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Final, NamedTuple

from pactreader.formats.readers.html.elements import BLOCKS, HEADINGS, HIDDEN, KNOWN

EMBEDDED: Final = "pactreader-embedded"
"""The name of an element in whose place stand blocks in another format; its attribute `n` is their number."""
MARK: Final = "\0"
"""The character around what stands for other text in markup. A tag cannot contain it, and no text that is read does."""

_NAME: Final = r"[A-Za-z][A-Za-z0-9-]*"
_ATTRIBUTE: Final = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
_TAG: Final = re.compile(
    rf"""<(?P<end>/?)(?P<name>{_NAME})(?P<attributes>(?:[\s/](?:[^"'<>]|"[^"]*"|'[^']*')*)?)>"""
)
_LESS_THAN: Final = re.compile(rf"{_TAG.pattern}|<(?!![A-Za-z]|\?)")
_BOOLEAN: Final = frozenset(
    """
    allowfullscreen async autofocus autoplay checked compact controls default defer disabled download hidden
    inert ismap itemscope loop multiple muted nohref nomodule noshade novalidate nowrap open playsinline
    readonly required reversed selected
    """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
)
"""Attributes that need no value."""
_BARE: Final = frozenset(
    """
    p li dt dd td th tr thead tbody tfoot table ul ol dl div center details summary blockquote pre br wbr hr
    """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
) | set(HEADINGS)
"""Elements that are written without attributes and at times without an end tag, as a new paragraph is."""
_BARE_IN_TEXT: Final = frozenset({"br", "wbr", "hr", "p"})
"""The same inside a paragraph."""
_REMOVED: Final = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))


class Tag(NamedTuple):
    """A tag."""

    name: str
    """The name in lower case."""
    is_end: bool
    attributes: dict[str, str]
    start: int = 0
    """The offset in the markup."""
    end: int = 0


def parse_tag(written: str) -> Tag | None:
    """Parse a text that is one tag; `None` if it is a comment or a declaration."""
    match = _TAG.fullmatch(written)
    return _tag(match) if match else None


def tags_in(markup: str) -> Iterator[Tag]:
    """Yield the tags of a text in order."""
    return map(_tag, _TAG.finditer(markup))


def is_placeholder(tag: Tag, *, closed: bool, in_text: bool = False) -> bool:
    """Return whether a tag is none of HTML but a word in angle brackets, as `<host>`, `<user name>` and `<i>`.

    Args:
        tag: A tag.
        closed: True if the other tag of its pair is there too.
        in_text: True if it stands in a paragraph of Markdown, where no block begins.
    """
    valued = any(tag.attributes.values())
    if tag.name not in KNOWN:  # an element of a page's own has a hyphen
        return not ("-" in tag.name and (closed if tag.is_end else valued))
    if tag.is_end or valued or closed:
        return False
    if tag.attributes:
        return not any(name in _BOOLEAN or name.startswith(("data-", "aria-")) for name in tag.attributes)
    return tag.name not in (_BARE_IN_TEXT if in_text else _BARE)


def paired_names(tags: Iterable[Tag]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of the elements that begin, and of those that end, without placeholders that begin."""
    tags = list(tags)
    starts = (
        tag.name for tag in tags if not tag.is_end and (tag.name in KNOWN or any(tag.attributes.values()))
    )
    return frozenset(starts), frozenset(tag.name for tag in tags if tag.is_end)


def clean(markup: str) -> str:
    """Return HTML without comments, scripts and styles, and with placeholders as text. Its lines stay where they are.

    A comment, script or style that is never closed is text, so that nothing after it is lost.
    """
    markup = without_comments(markup).replace("<![CDATA[", "&lt;![CDATA[").replace("<!--", "&lt;!--")
    starts, ends = paired_names(tags_in(markup))

    def text_or_tag(match: re.Match[str]) -> str:
        tag = _tag(match) if match["name"] else None
        closed = tag is not None and tag.name in (starts if tag.is_end else ends)
        if tag is None or MARK in match[0] or is_placeholder(tag, closed=closed):
            return f"&lt;{match[0][1:]}"
        if tag.name in HIDDEN and not closed:  # it would hide all that follows
            return "\n" * match[0].count("\n")
        return _on_one_line(match[0]) if tag.name == "img" and "\n" in match[0] else match[0]

    markup = _LESS_THAN.sub(text_or_tag, markup)
    last = markup.rfind(">") + 1
    return markup[:last] + markup[last:].replace("<", "&lt;")


def without_comments(markup: str) -> str:
    """Return HTML without comments, scripts and styles, but with their line feeds."""
    if "<!" in markup or "<s" in markup.lower():
        for opening, closing in _REMOVED:
            markup = _without(markup, opening, closing)
    return markup


def is_comment(markup: str) -> bool:
    """Return whether HTML is nothing but one comment."""
    return markup.startswith("<!--") and markup.find("-->", 4) == len(markup.rstrip()) - 3


def flatten(markup: str) -> str:
    """Return HTML with a new paragraph in place of each tag of a block, and without the others.

    It is for markup that is nested too deeply to be a tree.
    """

    def flat(match: re.Match[str]) -> str:
        if match["name"] == EMBEDDED:
            return match[0]
        return "<p>" if match["name"].lower() in BLOCKS else ""

    return _TAG.sub(flat, markup)


def _on_one_line(image: str) -> str:
    """Return the tag of a picture on the line where its description is, with its other lines before and behind it."""
    described = max(0, image.lower().find("alt"))
    before, behind = image.count("\n", 0, described), image.count("\n", described)
    return "\n" * before + image.replace("\n", " ") + "\n" * behind


def _tag(match: re.Match[str]) -> Tag:
    attributes: dict[str, str] = {}
    for name, written in _ATTRIBUTE.findall(match["attributes"]) if match["attributes"] else ():
        value = written[1:-1] if written[:1] in {'"', "'"} else written
        attributes.setdefault(name.lower(), unescape(value))
    return Tag(match["name"].lower(), bool(match["end"]), attributes, match.start(), match.end())


def _without(markup: str, opening: str, closing: str) -> str:
    """Remove everything from each opening to the next closing, but its line feeds, in linear time."""
    folded = markup.lower() if opening != "<!--" else markup
    if len(folded) != len(markup):  # a letter whose lower case is two
        folded = markup
    kept: list[str] = []
    position = 0
    while (begin := folded.find(opening, position)) >= 0:
        end = folded.find(closing, begin + len(opening))
        if end < 0:
            break
        end += len(closing)
        kept += (markup[position:begin], "\n" * markup.count("\n", begin, end))
        position = end
    return "".join(kept) + markup[position:]
