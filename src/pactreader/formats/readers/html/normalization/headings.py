"""Headings without the signs that link to themselves, and with the words that pages hide in buttons."""

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from pactreader.formats.readers.html.elements import BLOCKS, HEADINGS
from pactreader.formats.readers.html.tree_editing import class_of, drop, enclosing, short_text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_SIGNS: Final = frozenset({"", "#", "##", "###", "¶", "§", "🔗", "🔗\ufe0e", "⚓", "⚓\ufe0e", "∞", "[link]"})
"""The signs of links to the heading that they are in."""
_EDITING: Final = re.compile(r"\[\s*edit(?: source)?(?:\s*\|\s*edit source)?\s*\]", re.IGNORECASE)
"""The words of links with which readers of an encyclopaedia change a section."""
_WORDS: Final = re.compile(
    r"(?:permanent |direct |copy |anchor )?(?:link|permalink|anchor)(?: to (?:this |the )?.*| for .*)?|section titled .*"
    r"|copy link.*|share this section|back to top",
    re.IGNORECASE,
)
"""The words of links to the heading that they are in."""
_CLASS: Final = re.compile(
    r"(?<![a-z0-9])(?:permalink|headerlink|header-?anchor|heading-?anchor|heading-?link|hash-?link|anchor-?link"
    r"|direct-link|anchorjs-link|editsection|mw-editsection|headeranchor|zh-anchor|md-anchor)(?![a-z0-9])"
)
"""The classes of such links."""
_MAX_LINKS: Final = 50
"""The number of elements at the beginning of a heading among which such links are looked for."""
_MAX_WORDS: Final = 200


def normalize_headings(root: "_Element") -> None:
    """Give headings their element, drop their links to themselves, and show buttons that are headings or in a text."""
    for element in list(root.iter("div", "p", "span")):
        if element.get("role") == "heading":
            level = element.get("aria-level", "2")
            element.tag = f"h{level}" if f"h{level}" in HEADINGS else "h6"
    for heading in list(root.iter(*HEADINGS, "dt", "summary")):
        for link in list(islice(heading.iter("a", "button", "span"), _MAX_LINKS)):
            if _is_permalink(link):
                drop(link)
    for button in list(root.iter("button")):
        _show_words(button)


def _is_permalink(link: "_Element") -> bool:
    """Return whether an element in a heading is nothing but a link to that heading."""
    words = short_text_of(link, _MAX_WORDS)
    if words is None:
        return False
    if link.tag == "span" and _EDITING.fullmatch(words):
        return True
    if _CLASS.search(class_of(link)):
        heading = enclosing(link, *HEADINGS, "dt", "summary")
        return heading is None or words in _SIGNS or words != short_text_of(heading, _MAX_WORDS)
    if link.tag != "a":
        return False
    is_own = "#" in (link.get("href") or "")
    return is_own and (words in _SIGNS or _WORDS.fullmatch(words) is not None)


def _show_words(button: "_Element") -> None:
    """Show a button if it is the heading of a part of the page, or words of a paragraph."""
    if any(each.tag in HEADINGS for each in button):
        button.tag = "div"
        return
    block = enclosing(button, *BLOCKS)
    if block is None or (block.tag not in HEADINGS and block.tag != "p"):
        return
    words = short_text_of(button, _MAX_WORDS)
    if words and (block.tag in HEADINGS or short_text_of(block, len(words)) is None):
        button.tag = "span"
