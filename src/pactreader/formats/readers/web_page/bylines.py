"""Authors and dates in the text of a page."""

import re
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from pactreader.core.printable_text import printable_line
from pactreader.formats.readers.web_page.class_names import class_names, is_unlikely
from pactreader.formats.readers.web_page.dates import iso_date, without_date

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONGEST: Final = 100
"""The length in code points from which a text is no byline, as in Readability."""
_LONGEST_NAMES: Final = 1_000
"""The number of code points of class and id that are looked at."""
_BYLINE: Final = re.compile(r"byline|author|dateline|writtenby|p-author")
_PUBLISHED: Final = re.compile(r"publish|posted|entry-date|post-date|dateline|pubdate|created")
_BY: Final = re.compile(
    r"(?:posted\s+on\s+.{1,40}?\s+)?(?:(?:written|posted|story|words|reported)\s+)?\b(?:by|par|von|por|di|door|av)\b:?\s+"
    r"|(?:author|autor)s?:\s*",
    re.IGNORECASE,
)
_AFTER_NAME: Final = re.compile(r"\s*[|•·]\s.*|,?\s+(?:updated|published|posted)\b.*", re.IGNORECASE)
_LABELS: Final = frozenset(
    {"posted on", "posted", "published", "updated", "last updated", "last", "author", "authors", "on"}
)
"""Words of a byline without a name."""
_NAME: Final = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,4}")
_SKIPPED: Final = frozenset(
    {"body", "html", "script", "style", "link", "meta", "head", "article", "main", "template"}
)
_LEVELS: Final = 8
"""The number of elements around a byline that are looked at."""
_NEAR: Final = 60
"""The number of elements behind the main heading in which a byline without a name is looked for."""
_NEAR_BEGINNING: Final = 200
"""The number of elements at the beginning of the page in which one is looked for."""


def text_in(element: "_Element", longest: int = 1_000) -> str:
    """Return the text in an element on one line, without scripts; cut behind so many code points."""
    from lxml import etree

    texts: list[str] = []
    length = 0
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, each in walk:
        is_start = event == "start"
        if is_start and each.tag in {"script", "style", "template"}:
            walk.skip_subtree()
            continue
        text = each.text if is_start else each.tail if each is not element else None
        if text:
            texts.append(text)
            length += len(text)
            if length > longest * 4:
                break
    return printable_line("".join(texts))[:longest]


def name_in(line: str) -> str:
    """Return the name in a byline: `By Jane Doe` → `Jane Doe`."""
    found = _BY.match(line)
    return _AFTER_NAME.sub("", line[found.end() :] if found else line)


def find_byline(root: "_Element") -> "tuple[str, _Element | None]":
    """Return the author that the text of a page names, and the element that names it; empty and `None` without one."""
    for element in sorted(filter(_is_byline, root.iter()), key=_is_in_unlikely):
        text = text_in(element, _LONGEST + 1)
        name = without_date(_named_in(element) or name_in(text))
        if name and len(text) < _LONGEST and name.lower() not in _LABELS:
            return name, element
    body = next(root.iter("body"), root)
    for element in chain(_behind_heading(root), islice(body.iter(), _NEAR_BEGINNING)):
        text = text_in(element, _LONGEST + 1) if _BY.match((element.text or "").lstrip()) else ""
        if text and len(text) < _LONGEST and _NAME.fullmatch(name := name_in(text)):
            return name, element
    for element in _behind_heading(root):
        if element.tag == "img" and (name := printable_line(element.get("alt", ""))):
            beside = printable_line(element.tail or "")
            if name == beside and _NAME.fullmatch(name):
                return name, None
    return "", None


def find_date(root: "_Element") -> str:
    """Return the date of publication in the text of a page, in ISO 8601; empty without one."""
    for element in sorted(root.iter("time"), key=lambda each: not _is_published(each)):
        if found := iso_date(element.get("datetime", "")) or iso_date(text_in(element, _LONGEST)):
            return found
    for element in root.iter():
        if element.attrib and element.tag not in _SKIPPED and _is_published(element):
            written = element.get("title", "") or element.get("content", "")
            if found := iso_date(written) or iso_date(text_in(element, _LONGEST)):
                return found
    for element in _behind_heading(root):
        for written in (element.text, element.tail):
            if written and len(written) < _LONGEST and (found := iso_date(printable_line(written))):
                return found
    return ""


def _behind_heading(root: "_Element") -> "chain[_Element]":
    """Return the elements behind the first main heading."""
    heading = next(root.iter("h1"), None)
    following = () if heading is None else islice(heading.xpath("following::*"), _NEAR)
    return chain(following)


def _named_in(element: "_Element") -> str:
    """Return the name that is marked in a byline."""
    for each in islice(element.iter(), 1, 20):
        names = each.get("class", "").split()
        if "name" in each.get("itemprop", "") or "fn" in names or each.get("rel") == "author":
            return text_in(each, _LONGEST)
    return ""


def _is_byline(element: "_Element") -> bool:
    attributes = element.attrib
    if not attributes or element.tag in _SKIPPED:
        return False
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return bool(_BYLINE.search(names[:_LONGEST_NAMES].lower())) or _names_author(element)


def _is_in_unlikely(element: "_Element") -> bool:
    """Return whether an element is near in one that is hardly ever part of an article."""
    return any(is_unlikely(class_names(each)) for each in islice(element.iterancestors(), _LEVELS))


def _names_author(element: "_Element") -> bool:
    """Return whether an element says that it names an author."""
    return element.get("rel") == "author" or "author" in element.get("itemprop", "")


def _is_published(element: "_Element") -> bool:
    attributes = element.attrib
    names = f"{attributes.get('class', '')} {attributes.get('itemprop', '')}"
    return "pubdate" in attributes or bool(_PUBLISHED.search(names[:_LONGEST_NAMES].lower()))
