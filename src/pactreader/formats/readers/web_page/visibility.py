"""The visible part of a page: streamed parts in their places, and the elements that are not shown."""

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

_STREAMED: Final = re.compile(r"S:(\w+)")
"""The identifier of a part that React streams after the page: https://react.dev/reference/react-dom/server."""
_PLACES: Final = ("B:", "P:")
"""The beginnings of the identifiers of the places of such parts."""
_HIDING: Final = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE
)
_LONGEST_STYLE: Final = 2_000
"""The number of code points of a style that are looked at."""
_FOLDED: Final = re.compile(r"callout|admonition|footnote|fallback-image|(?:^|\s)katex|mjx")
"""Names of what is part of an article though the page folds it up or hides it from screen readers."""
_WITHOUT_TEXT: Final = frozenset({"script", "style", "head", "title", "noscript", "template"})
_IDEOGRAPHS: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_FEWEST_WORDS: Final = 25
"""The number of words that must be shown for the hidden ones to be left out."""


def place_streamed_parts(root: "_Element") -> None:
    """Put each part of a page that was streamed after it into its place."""
    parts = {
        found[1]: part
        for part in root.iter("div")
        if "hidden" in part.attrib and (found := _STREAMED.fullmatch(part.get("id", "")))
    }
    for template in list(root.iter("template")) if parts else ():
        name = template.get("id", "")
        part = parts.pop(name[2:], None) if name[:2] in _PLACES else None
        if part is not None and not _is_around(part, template):
            _replace(template, part)


def drop_hidden_elements(root: "_Element") -> None:
    """Empty the elements that are not shown, in place; show them if there is next to nothing without them."""
    found = {element for element in root.iter() if element.attrib and _is_hidden(element)}
    if found and not _has_words_beside(root, found):
        for element in found:
            _show(element)
    else:
        for element in found:
            make_empty(element)


def make_empty(element: "_Element") -> None:
    """Make an element one without text, in its place."""
    tail = element.tail
    element.clear()
    element.tag, element.tail = "template", tail


def _has_words_beside(root: "_Element", hidden: "set[_Element]") -> bool:
    """Return whether there are enough words outside of hidden elements."""
    from lxml import etree

    count = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            count += len((element.tail or "").split())
        elif element in hidden or element.tag in _WITHOUT_TEXT:
            walk.skip_subtree()
        else:
            count += len((element.text or "").split())
        if count >= _FEWEST_WORDS:
            return True
    return False


def _is_hidden(element: "_Element") -> bool:
    attributes = element.attrib
    is_hidden = (
        ("hidden" in attributes and attributes["hidden"].lower() != "until-found")
        or attributes.get("aria-hidden", "").lower() == "true"
        or ("style" in attributes and bool(_HIDING.search(attributes["style"][:_LONGEST_STYLE])))
    )
    if is_hidden and _FOLDED.search(f"{attributes.get('class', '')} {element.tag}"[:_LONGEST_STYLE].lower()):
        _show(element)
        return False
    return is_hidden


def _show(element: "_Element") -> None:
    for name in ("hidden", "aria-hidden", "style"):
        element.attrib.pop(name, None)


def shown_words(root: "_Element") -> int:
    """Return the number of words in an element that is shown."""
    words = 0
    for element in root.iter():
        if element.text and element.tag not in _WITHOUT_TEXT:
            words += word_count(element.text)
        if element.tail:
            words += word_count(element.tail)
    return words


def word_count(text: str) -> int:
    """Return the number of words in a text. Two characters of Chinese and Japanese are a word."""
    words = len(text.split())
    return words if text.isascii() else words + len(_IDEOGRAPHS.findall(text)) // 2


def _is_around(outer: "_Element", element: "_Element") -> bool:
    return any(each is outer for each in element.iterancestors())


def _replace(template: "_Element", part: "_Element") -> None:
    """Put a part in the place of a template."""
    for name in ("hidden", "id"):
        part.attrib.pop(name, None)
    _cut(part)
    template.addnext(part)
    part.tail, template.tail = template.tail, None


def _cut(part: "_Element") -> None:
    """Take a part out of the tree, with the text behind it staying."""
    parent, before = part.getparent(), part.getprevious()
    if part.tail and parent is not None:
        if before is not None:
            before.tail = (before.tail or "") + part.tail
        else:
            parent.text = (parent.text or "") + part.tail
    part.tail = None
    if parent is not None:
        parent.remove(part)
