"""Lists of definitions that only set a text in."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def normalize_lists(root: "_Element") -> None:
    """Make a division of a list of one definition without a term, with which encyclopaedias set a text in."""
    for items in list(root.iter("dl")):
        if len(items) == 1 and items[0].tag == "dd" and not items[0].attrib:
            items[0].tag = "div"
