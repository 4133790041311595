"""Links from a page to a part of itself, written as such."""

from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

if TYPE_CHECKING:
    from lxml.etree import _Element


def normalize_links(root: "_Element", address: str) -> None:
    """Write links to the page's own address with a fragment as the fragment alone: `#part`."""
    if not address:
        return
    own = urldefrag(address).url
    is_own: dict[str, bool] = {}
    for link in root.iter("a"):
        href = link.get("href") or ""
        page, sign, fragment = href.partition("#")
        if not sign or not page.strip():
            continue
        if page not in is_own:
            is_own[page] = _joined(own, page.strip()) == own
        if is_own[page]:
            link.set("href", f"#{fragment}")


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # brackets that are no address of IPv6
        return address
