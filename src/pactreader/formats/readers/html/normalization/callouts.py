"""Callouts as quotations that begin with their kind and title in strong letters."""

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from pactreader.formats.readers.callout_kinds import CALLOUT_KINDS, callout_words
from pactreader.formats.readers.html.tree_editing import (
    class_of,
    drop,
    enclosing,
    move_content,
    short_text_of,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_ELEMENTS: Final = ("div", "aside", "blockquote", "details", "section", "p", "figure", "table")
_CONTAINER: Final = re.compile(
    r"(?<![\w-])(?:callout|admonition|admonitionblock|theme-admonition|markdown-alert|custom-block|notecard|hint"
    r"|starlight-aside|book-hint|kg-callout-card|callout-block|confluence-information-macro"
    r"|expandable-callout)(?![\w-])"
)
"""The classes that only callouts have."""
_KIND_CLASS: Final = re.compile(
    r"(?<![\w-])(?:(?:alert|admonition|callout|hint|notecard|custom-block|markdown-alert|theme-admonition"
    r"|starlight-aside|confluence-information-macro|is|bg|type|kg-callout-card)(?:--?|__))?"
    r"(?P<kind>[a-z]+)(?![\w-])"
)
"""A class that names the kind of a callout: `note`, `alert-warning`, `starlight-aside--tip`."""
_BARE: Final = frozenset(
    {"note", "tip", "warning", "caution", "danger", "important", "hint", "attention", "pitfall"}
)
"""The kinds that make a callout without any other class."""
_KINDS: Final = (
    (CALLOUT_KINDS - {"admonition"})
    | _BARE
    | {"information", "critical", "primary", "secondary", "light", "dark"}
)
_SYNONYMS: Final = {
    "information": "info",
    "seealso": "see also",
    "primary": "",
    "secondary": "",
    "light": "",
    "dark": "",
}
"""Words for kinds that are none, and kinds that are written otherwise."""
_TITLE: Final = re.compile(
    r"(?<![a-z0-9])(?:title|heading|header|label|callout-title-inner)(?![a-z0-9])|heading_|title_"
)
_ICON: Final = re.compile(r"(?<![a-z0-9])(?:icons?|emoji|material-icons|fa|fold)(?![a-z0-9])")
_MAX_TITLE: Final = 200
_MAX_ICON: Final = 20
_MAX_SEARCHED: Final = 12
"""The number of elements at the beginning of a callout among which its title is."""


def normalize_callouts(root: "_Element") -> None:
    """Make quotations of the boxes for notes, tips and warnings, with a first line such as `Note: Title`."""
    for element in list(root.iter(*_ELEMENTS)):
        names = class_of(element)
        if not names and not element.get("data-callout"):
            continue
        kind = _kind_of(element, names)
        if kind is None or element.get("class") is None or enclosing(element, "pre") is not None:
            continue
        _quote(element, kind)


def _kind_of(element: "_Element", names: str) -> str | None:
    """Return the kind of a callout; empty if it has none, and `None` if it is no callout."""
    named = element.get("data-callout") or element.get("data-callout-type")
    if named:
        return str(named).lower()
    found = (each["kind"] for each in _KIND_CLASS.finditer(names))
    kind = next((kind for kind in found if kind in _KINDS), "")
    is_alert = re.search(r"(?<![\w-])alert(?![\w-])", names) is not None and bool(kind)
    if (
        _CONTAINER.search(names)
        or is_alert
        or (kind in _BARE and re.search(rf"(?<![\w-]){kind}(?![\w-])", names))
    ):
        return _SYNONYMS.get(kind, kind)
    return None


def _quote(element: "_Element", kind: str) -> None:
    """Make a quotation of a callout."""
    _drop_icons(element)
    title = _title_of(element)
    words = "" if title is None else short_text_of(title, _MAX_TITLE) or ""
    if element.tag == "table" or "admonitionblock" in class_of(element):
        for part in list(islice(element.iter("table", "tbody", "tr", "td"), _MAX_SEARCHED)):
            part.tag = "div"
    for part in islice(element.iter("div", "section"), _MAX_SEARCHED):  # it may be folded
        part.attrib.pop("style", None)
    content = element
    if element.tag == "p":
        content = element.makeelement("p", {})
        move_content(element, content)
        element.append(content)
    beginning = _beginning_of(content, len(kind)).lower()
    element.tag = "blockquote"
    for name in ("class", "style", "data-callout", "data-callout-type", "open"):
        element.attrib.pop(name, None)
    if title is None and (not kind or beginning == kind):
        return
    heading = element.makeelement("p", {})
    strong = element.makeelement("strong", {})
    strong.text = callout_words(kind, words)
    heading.append(strong)
    if title is not None:
        line = element.makeelement("span", {})
        move_content(title, line)
        for inner in line.iter("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "summary"):
            inner.tag = "span"
        strong.append(line)
        drop(title)
    heading.tail, element.text = element.text, None
    element.insert(0, heading)


def _title_of(element: "_Element") -> "_Element | None":
    """Return the element with the title of a callout; `None` if it has none."""
    for inner in islice(element.iter("*"), 1, _MAX_SEARCHED):
        is_title = inner.tag == "summary" or _TITLE.search(class_of(inner))
        if is_title and inner.tag not in {"svg", "path"} and short_text_of(inner, _MAX_TITLE):
            return inner
    first = next(iter(element), None)
    return first if first is not None and first.tag in {"h3", "h4", "h5", "h6"} else None


def _drop_icons(element: "_Element") -> None:
    for inner in islice(element.iter("*"), 1, _MAX_SEARCHED):
        if (
            _ICON.search(class_of(inner))
            and short_text_of(inner, _MAX_ICON) is not None
            and not _TITLE.search(class_of(inner))
        ):
            drop(inner)


def _beginning_of(element: "_Element", length: int) -> str:
    """Return the first code points of the text in an element, without white space before them."""
    shown = ((each.text or "").strip() for each in islice(element.iter("*"), _MAX_SEARCHED))
    return next((part for part in shown if part), "")[:length]
