"""Changes to a tree of HTML, each in constant time beside the size of the element that it changes."""

from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ANCESTORS: Final = 40
"""The number of elements around another one that are looked at, so that the depth of a tree costs no time."""
_MAX_EVENTS: Final = 60
"""The greatest number of beginnings and ends of elements in a short text."""
_DROPPED: Final = "template"
"""The element whose content is not shown."""


def class_of(element: "_Element") -> str:
    """Return the classes of an element in lower case, as they are written; empty if it has none."""
    return (element.get("class") or "").lower()


def text_of(element: "_Element") -> str:
    """Return the text in an element, with single spaces for its white space."""
    return " ".join("".join(element.itertext("*")).split())


def short_text_of(element: "_Element", limit: int) -> str | None:
    """Return the text in an element if it is at most `limit` code points long, with single spaces; else `None`.

    The time is limited too: an element with dozens of elements in it has no short text.
    """
    from lxml import etree

    if not len(element):
        words = " ".join((element.text or "").split())
        return words if len(words) <= limit else None
    parts: list[str] = []
    length = 0
    for events, (event, each) in enumerate(etree.iterwalk(element, events=("start", "end"))):
        part = each.text if event == "start" else each.tail if each is not element else None
        if part:
            length += len(part.strip())
            parts.append(part)
        if length > limit or events > _MAX_EVENTS:
            return None
    return " ".join("".join(parts).split())


def enclosing(element: "_Element", *names: str) -> "_Element | None":
    """Return the innermost element around another one that has one of these names, at most `MAX_ANCESTORS` further out."""
    for ancestor in islice(element.iterancestors(), MAX_ANCESTORS):
        if ancestor.tag in names:
            return ancestor
    return None


def drop(element: "_Element") -> None:
    """Take an element and its content out of what is shown. It stays in its place."""
    element.tag = _DROPPED


def fill(element: "_Element", name: str, text: str) -> None:
    """Give an element another name and a text as its only content; its `id` stays."""
    anchor = element.get("id")
    element.clear(keep_tail=True)
    element.tag, element.text = name, text
    if anchor:
        element.set("id", anchor)


def wrap(element: "_Element", name: str) -> "_Element":
    """Put a new element around an element, and return it."""
    wrapper = element.makeelement(name, {})
    tail, element.tail = element.tail, None
    element.addprevious(wrapper)
    wrapper.append(element)
    wrapper.tail = tail
    return wrapper


def move_content(element: "_Element", target: "_Element") -> None:
    """Move the content of an element to the end of another one, which has no text yet behind its last element."""
    if len(target):
        target[-1].tail = element.text
    else:
        target.text = element.text
    element.text = None
    target.extend(list(element))
