"""Images with the address and description that they are shown with."""

import re
from typing import TYPE_CHECKING, Final

from pactreader.formats.readers.html.tree_editing import (
    class_of,
    drop,
    enclosing,
    fill,
    short_text_of,
    text_of,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_LAZY: Final = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-url",
    "data-image",
    "data-full-src",
)
"""The attributes in which pages keep the address of an image that a program loads later."""
_LAZY_SETS: Final = ("srcset", "data-srcset", "data-lazy-srcset")
_PLACEHOLDER: Final = re.compile(
    r"\A\s*\Z|\Adata:|\Aabout:|(?:blank|placeholder|spacer|transparent|pixel|lazy|loading|1x1)[\w.-]{0,40}\.(?:gif|png|svg|jpe?g)",
    re.IGNORECASE,
)
"""Addresses of images that stand for others."""
_CANDIDATE: Final = re.compile(r"(\S+?)(?:,?\s+([\d.]{1,8})([wx]))?\s*(?:,\s|,?\Z)")
"""An address in a set, with its width or density."""
_EMOJI: Final = re.compile(r"(?<![a-z0-9])(?:emoji|smiley|wp-smiley)(?![a-z0-9])")
_MAX_EMOJI: Final = 8
_MAX_SET: Final = 20_000
"""The greatest length of a set of addresses in code points."""
_ORNAMENT: Final = 3
"""The greatest width or height in pixels of an image that only counts readers or keeps space."""
_ICON: Final = 32
"""The same of one without a description that is an icon."""
_PLAYERS: Final = re.compile(
    r"(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|soundcloud\.com|spotify\.com|v\.qq\.com"
    r"|bilibili\.com|archive\.org|wistia\.(?:com|net)|ted\.com|codepen\.io|open\.spotify\.com|bandcamp\.com)/",
    re.IGNORECASE,
)
"""Addresses whose frames have something to see or hear."""


def normalize_images(root: "_Element") -> None:
    """Give images that a program of the page would load their addresses, and make links of videos and sounds."""
    for fallback in list(root.iter("noscript")):
        _normalize_fallback(fallback)
    for image in list(root.iter("img")):
        _normalize_image(image)
    for player in list(root.iter("iframe", "video", "audio")):
        _link_player(player)


def _normalize_fallback(fallback: "_Element") -> None:
    """Take the image for readers without programs, in place of the one before it that a program would load."""
    images = list(fallback.iter("img"))
    if len(images) != 1 or text_of(fallback):
        return
    lazy = fallback.getprevious()
    if lazy is not None and lazy.tag != "img":
        inner = [] if text_of(lazy) else list(lazy.iter("img"))
        lazy = inner[0] if len(inner) == 1 else None
    if lazy is not None and (_is_placeholder(lazy) or lazy.get("alt") == images[0].get("alt")):
        drop(lazy)
    fallback.tag = "span"


def _normalize_image(image: "_Element") -> None:
    if _is_ornament(image):
        drop(image)
        return
    described = (image.get("alt") or "").strip()
    is_emoji = _EMOJI.search(class_of(image)) or not any(map(str.isalnum, described))
    if described and len(described) <= _MAX_EMOJI and is_emoji:
        fill(image, "span", described)
        return
    if not described and image.get("alt") is not None and enclosing(image, "figure") is not None:
        del image.attrib["alt"]  # the picture of a figure is no ornament
    if _is_placeholder(image):
        found = _lazy_address(image)
        if found:
            image.set("src", found)


def _is_placeholder(image: "_Element") -> bool:
    return _PLACEHOLDER.search((image.get("src") or "")[:2_000]) is not None or any(
        image.get(name) for name in _LAZY
    )


def _is_ornament(image: "_Element") -> bool:
    sizes = (image.get("width", ""), image.get("height", ""))
    if any(size.isascii() and size.isdigit() and int(size[:6]) <= _ORNAMENT for size in sizes):
        return True
    if (image.get("alt") or image.get("title") or "").strip() or image.tag != "img":
        return False
    return image.get("role") in {"presentation", "none"} or _is_icon(image, sizes)


def _is_icon(image: "_Element", sizes: tuple[str, ...]) -> bool:
    """Return whether an image without a description is small, or goes with the words of a link."""
    if any(size.isascii() and size.isdigit() and int(size[:6]) <= _ICON for size in sizes):
        return True
    link = enclosing(image, "a", "button")
    return link is not None and short_text_of(link, 0) is None


def _lazy_address(image: "_Element") -> str:
    """Return the address that a program would load; empty if there is none."""
    for name in _LAZY:
        if found := (image.get(name) or "").strip():
            return found
    sets = [image.get(name) for name in _LAZY_SETS]
    picture = image.getparent()
    if picture is not None and picture.tag == "picture":
        sets += [source.get(name) for source in picture.iter("source") for name in _LAZY_SETS]
    return next((_largest(written) for written in sets if written), "")


def _largest(written: str) -> str:
    """Return the address of the largest image in a set."""
    found = _CANDIDATE.findall(written[:_MAX_SET])
    sizes = [(float(size) if size.replace(".", "", 1).isdigit() else 1.0) for _, size, _ in found]
    return found[sizes.index(max(sizes))][0] if found else ""


def _link_player(player: "_Element") -> None:
    """Make a link of a video, a sound, or a frame with a title."""
    sources = (each.get("src") for each in player.iter(player.tag, "source"))
    address = next((each for each in sources if each), "") or player.get("data-src") or ""
    if not address or address.startswith(("data:", "about:", "blob:", "javascript:")) or _is_ornament(player):
        return
    title = " ".join((player.get("title") or player.get("aria-label") or "").split())
    if player.tag == "iframe" and not _PLAYERS.search(address):
        return
    words = title or address.partition("://")[2].partition("?")[0] or address
    if enclosing(player, "p", "li", "td", "a") is None:
        fill(player, "p", "")
        player.append(player.makeelement("a", {}))
        player = player[0]
    fill(player, "a", words)
    player.set("href", address)
