"""Parsing of XML that may be hostile."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def parse_untrusted_xml(
    data: bytes, *, encoding: str | None = None, is_large: bool = False
) -> "_Element | None":
    """Parse XML as far as it is well-formed, reading no other file; `None` if it has no element.

    Entities are not resolved. Comments and processing instructions are left out.

    Args:
        data: The file.
        encoding: Its encoding; `None` for the one that it declares.
        is_large: True to lift libxml2's limits of depth and of the length of a text.
    """
    from lxml import etree

    parser = etree.XMLParser(
        encoding=encoding,
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=is_large,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
