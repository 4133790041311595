"""HTML as a tree."""

import re
from typing import TYPE_CHECKING, Final

from pactreader.core.printable_text import printable
from pactreader.formats.readers.html.markup import flatten

if TYPE_CHECKING:
    from lxml.etree import _Element

_IN_HEAD: Final = frozenset(
    [
        "base",
        "basefont",
        "bgsound",
        "link",
        "meta",
        "noscript",
        "object",
        "script",
        "style",
        "template",
        "title",
    ]
)
"""The elements that a page's head may have (HTML, 4.2.1), with those of earlier versions."""


_NO_XML: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
    r"|&#(?:(?P<decimal>0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|6553[45]))(?![0-9])"
    r"|[xX](?P<hexadecimal>0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]|[fF]{3}[eEfF]))(?![0-9a-fA-F]));?"
)
"""Characters and references to characters that no tree can have."""


def parse_html(markup: str) -> "_Element | None":
    """Parse HTML, a page or a part of one, without its comments; `None` if there is nothing in it.

    Markup that is nested more than some two thousand deep, which libxml2 would cut off, loses its structure but no text.
    """
    if not markup or markup.isspace():
        return None
    markup = _NO_XML.sub(_visible, markup)
    tree, is_whole = _parse(markup)
    if not is_whole:
        tree = _parse(flatten(markup))[0]
    if tree is not None:
        _end_head(tree)
    return tree


def _end_head(tree: "_Element") -> None:
    """Move what is no part of the head into the body, in a page without their tags.

    There, libxml2 takes elements that it does not know, such as `nav` and `main`, for a part of the head.
    """
    head = tree.find("head")
    if head is None:
        return
    children = list(head)
    first = next((index for index, each in enumerate(children) if each.tag not in _IN_HEAD), len(children))
    moved = children[first:]
    if not moved:
        return
    body = tree.find("body")
    if body is None:
        body = tree.makeelement("body")
        head.addnext(body)
    moved[-1].tail = (moved[-1].tail or "") + (body.text or "")
    body.text = None
    body[:0] = moved


def _visible(found: re.Match[str]) -> str:
    """Return a control character as `printable` shows it, or white space as a space."""
    if written := found["decimal"]:
        character = chr(int(written[-5:]))
    elif written := found["hexadecimal"]:
        character = chr(int(written[-4:], 16))
    else:
        character = found[0]
    shown = printable(character)
    return " " if shown.isspace() else shown if shown < "\ufffe" else "\ufffd"


def _parse(markup: str) -> "tuple[_Element | None, bool]":
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    tree = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    return tree, all(error.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log)
