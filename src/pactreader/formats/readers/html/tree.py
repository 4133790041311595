"""HTML as a tree."""

from typing import TYPE_CHECKING

from pactreader.formats.readers.html.markup import flatten

if TYPE_CHECKING:
    from lxml.etree import _Element


def parse_html(markup: str) -> "_Element | None":
    """Parse HTML, a page or a part of one, without its comments; `None` if there is nothing in it.

    Markup that is nested more than some two thousand deep, which libxml2 would cut off, loses its structure but no text.
    """
    if not markup or markup.isspace():
        return None
    tree, is_whole = _parse(markup)
    return tree if is_whole else _parse(flatten(markup))[0]


def _parse(markup: str) -> "tuple[_Element | None, bool]":
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    tree = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    return tree, all(error.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log)
