"""The paragraph styles of a Word document: which are headings, and which number their paragraphs."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from pactreader.formats.readers.docx.package import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_BODY_LEVEL: Final = 9
"""The outline level of paragraphs that are no headings; those of headings are 0 to 8."""
_MAX_LEVEL: Final = 6
_TITLES: Final = {"title": 1, "subtitle": 2}
_HEADING: Final = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|kop|nagłówek|rubrik|overskrift|otsikko|nadpis|címsor|başlık"
    r"|zaglavlje|naslov|titlu|заголовок|επικεφαλίδα|标题|標題|見出し|제목|عنوان|כותרת)\s?([1-9])"
)
"""The names of the styles of headings in the languages of Word's menus. Word itself stores the English ones."""


class Numbering(NamedTuple):
    """A paragraph's place in lists."""

    number_id: str
    """The list that it belongs to; `0` for none."""
    level: int
    """Its depth, from 0."""


class Style(NamedTuple):
    """A paragraph style, with what it takes over from the styles that it is based on."""

    heading: int = 0
    """The level of its headings, 1 to 6; 0 if it is none."""
    numbering: Numbering | None = None


def read_styles(root: "_Element | None") -> dict[str, Style]:
    """Return the paragraph styles by their ids."""
    elements = {
        each.get(f"{W}styleId", ""): each
        for each in (root.iterchildren(f"{W}style") if root is not None else ())
        if each.get(f"{W}type") == "paragraph"
    }
    return {name: _read_style(name, elements) for name in elements}


def _read_style(name: str, elements: "dict[str, _Element]") -> Style:
    heading: int | None = None
    number_id, level = "", ""
    for element in _ancestry(name, elements):
        if heading is None:
            heading = _heading_of_style(element)
        own_id, own_level = numbering_values(element)
        number_id, level = number_id or own_id, level or own_level
    numbering = Numbering(number_id, depth_of(level)) if number_id else None
    return Style(heading or 0, numbering)


def _ancestry(name: str, elements: "dict[str, _Element]") -> "Iterator[_Element]":
    """Yield a style and those that it is based on; a circle ends where it began."""
    seen: set[str] = set()
    while name in elements and name not in seen:
        seen.add(name)
        yield elements[name]
        based_on = elements[name].find(f"{W}basedOn")
        name = based_on.get(f"{W}val", "") if based_on is not None else ""


def _heading_of_style(style: "_Element") -> int | None:
    """Return the level of a style's own headings, 0 if it says that it is none; `None` if it does not say."""
    element = style.find(f"{W}name")
    name = element.get(f"{W}val", "").strip().casefold() if element is not None else ""
    if name in _TITLES:
        return _TITLES[name]
    if named := _HEADING.fullmatch(name):
        return min(int(named[1]), _MAX_LEVEL)
    return outline_level(style)


def outline_level(element: "_Element") -> int | None:
    """Return the level of the headings that a paragraph or style has, 0 for none; `None` if it does not say."""
    level = element.find(f"{W}pPr/{W}outlineLvl")
    value = level.get(f"{W}val", "") if level is not None else ""
    if not re.fullmatch("[0-9]", value):
        return None
    return 0 if int(value) == _BODY_LEVEL else min(int(value) + 1, _MAX_LEVEL)


def numbering_values(element: "_Element") -> tuple[str, str]:
    """Return the id and the level in the numbering that a paragraph or style has itself; empty ones if it has none."""
    properties = element.find(f"{W}pPr/{W}numPr")
    if properties is None:
        return "", ""
    number, level = properties.find(f"{W}numId"), properties.find(f"{W}ilvl")
    return (
        number.get(f"{W}val", "") if number is not None else "",
        level.get(f"{W}val", "") if level is not None else "",
    )


def depth_of(level: str) -> int:
    """Return a level of the numbering as a number, 0 to 8."""
    return int(level) if re.fullmatch("[0-8]", level) else 0
