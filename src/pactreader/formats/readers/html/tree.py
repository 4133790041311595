"""HTML as a tree."""

import re
from typing import TYPE_CHECKING, Final

from pactreader.core.printable_text import printable
from pactreader.formats.readers.html.markup import flatten

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTROL: Final = re.compile(
    r"[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    r"|&\#(?:[xX]0*(?P<hexadecimal>[0-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF])"
    r"|0*(?P<decimal>[0-8]|1[1245-9]|2[0-9]|3[01]|6553[45]))(?![0-9a-fA-F]);?"
)
"""A control character that no text in a tree of lxml may have, also as a reference: its text could not be moved.

Those that no tree has, as NUL, are left out. Which characters it may have: https://www.w3.org/TR/xml/#charsets
"""


def parse_html(markup: str) -> "_Element | None":
    """Parse HTML, a page or a part of one, without its comments; `None` if there is nothing in it.

    Markup that is nested more than some two thousand deep, which libxml2 would cut off, loses its structure but no text.
    """
    if not markup or markup.isspace():
        return None
    markup = _CONTROL.sub(_symbol, markup)
    tree, is_whole = _parse(markup)
    return tree if is_whole else _parse(flatten(markup))[0]


def _parse(markup: str) -> "tuple[_Element | None, bool]":
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    tree = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    return tree, all(error.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log)


def _symbol(control: re.Match[str]) -> str:
    """Return the symbol that is shown for a control character; a blank for a form feed, which is white space in HTML."""
    if control["hexadecimal"]:
        character = chr(int(control["hexadecimal"], 16))
    else:
        character = chr(int(control["decimal"])) if control["decimal"] else control[0]
    if character in "\f\v":
        return " "
    return "\ufffd" if character >= "\ufffe" else printable(character)
