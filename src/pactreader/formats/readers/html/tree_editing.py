"""Changes to a tree of HTML, each in constant time beside the size of the element that it changes."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

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

    The time is proportional to the limit and the number of empty texts before the text.
    """
    parts: list[str] = []
    length = 0
    for part in element.itertext("*"):
        if part and not part.isspace():
            length += len(part.strip())
            if length > limit:
                return None
        parts.append(part)
        if len(parts) > 4 * limit:
            return None
    return " ".join("".join(parts).split())


def drop(element: "_Element") -> None:
    """Take an element and its content out of what is shown. It stays in its place."""
    element.tag = _DROPPED


def fill(element: "_Element", name: str, text: str) -> None:
    """Give an element another name and a text as its only content; its `id` stays."""
    anchor, tail = element.get("id"), element.tail
    element.clear()
    element.tag, element.text, element.tail = name, text, tail
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
