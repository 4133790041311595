"""All constructs of a tree brought to one form each."""

import re
from typing import TYPE_CHECKING, Final

from pactreader.formats.readers.html.normalization.callouts import normalize_callouts
from pactreader.formats.readers.html.normalization.code import normalize_code
from pactreader.formats.readers.html.normalization.footnotes import normalize_footnotes
from pactreader.formats.readers.html.normalization.formulas import normalize_formulas
from pactreader.formats.readers.html.normalization.headings import normalize_headings
from pactreader.formats.readers.html.normalization.images import normalize_images
from pactreader.formats.readers.html.normalization.links import normalize_links
from pactreader.formats.readers.html.normalization.lists import normalize_lists

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAME: Final = re.compile(r"(?:\{[^{}]*\})?[A-Za-z_][\w.:-]*")
"""The names that an element can be given. The parser of HTML gives others too, which no search knows."""


def normalize(root: "_Element", *, address: str = "") -> None:
    """Write the constructs of a tree as plain HTML, in place; a tree that is written so stays as it is.

    Code is a `pre`, a formula `<code>$x$</code>` or a `pre`, a callout a quotation, a footnote a `dd` with the
    attribute `NOTE`, and a reference to one `<a href="#^1">[1]</a>`. What is not shown is a `template`.

    Args:
        root: The tree of a page, or of a part of one.
        address: The page's own address, so that links to parts of it are known; empty if it has none.
    """
    elements = list(root.iter("*"))  # held, as lxml takes longer to free an element the deeper it is
    for element in elements:
        name = element.tag
        if not (name.isalnum() or _NAME.fullmatch(name)):
            element.tag = "span"
        elif name == "template" and (element.get("shadowrootmode") or element.get("shadowroot")):
            element.tag = "div"
    normalize_links(root, address)
    normalize_headings(root)
    normalize_code(root)
    normalize_formulas(root)
    normalize_images(root)
    normalize_footnotes(root)
    normalize_callouts(root)
    normalize_lists(root)
    del elements
