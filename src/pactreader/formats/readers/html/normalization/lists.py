"""Lists of definitions that only set a text in."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def normalize_lists(root: "_Element") -> None:
    """Make divisions of lists of definitions without a term, with which encyclopaedias set a text in."""
    for items in list(root.iter("dl")):
        if next(items.iter("dt"), None) is None:
            for item in items:
                if item.tag == "dd" and not item.attrib:
                    item.tag = "div"
