"""The numbers and signs by which a text refers to a footnote, and by which the footnote begins."""

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from pactreader.formats.readers.html.tree_editing import drop, short_text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_SIGN: Final = r"\d{1,4}|[a-z]{1,2}|[ivxl]{1,5}|\*{1,5}|[†‡§¶‖⁂#]{1,3}"
_MARK: Final = re.compile(
    rf"\[\s*(?P<bracketed>{_SIGN}|(?:note|nb|n|fn|lower-alpha|upper-alpha|ref)\.?\s*\w{{1,4}})\s*\]"
    rf"|[({{]?(?P<bare>{_SIGN})[)}}.:]?",
    re.IGNORECASE,
)
"""A reference to a footnote: `1`, `[1]`, `*`, `[note 3]`."""
_OWN: Final = r"\d{1,4}|\*{1,5}|[†‡§¶]{1,3}"
_LEADING: Final = re.compile(
    rf"\s*(?:[\[(](?P<bracketed>{_OWN}|[a-z])[\])][.:]?|(?P<bare>{_OWN})(?P<end>[.):]|(?=\s)|\Z)|(?P<letter>[a-z])\Z)\s*",
    re.IGNORECASE,
)
"""The number or sign at the beginning of a footnote."""
_PUNCTUATION: Final = re.compile(r"\A\s*[.):\]–—-]*\s*")
_BACK: Final = re.compile(
    r"(?:[\^↑↩↵⤴⏎⮌←«⬆▲]\ufe0e?\ufe0f?\s*)+|(?:jump |go |return )?(?:back|up|return|zurück|retour)(?: to .{0,40})?|"
    r"\[?(?:return|back)\]?",
    re.IGNORECASE,
)
"""The words and arrows of links back to the reference."""
_MAX_MARK: Final = 24
_MAX_SEARCHED: Final = 12
"""The number of texts at the beginning of a footnote among which its number is."""


def mark_of(written: str | None) -> str:
    """Return the number or sign of a reference, without brackets; empty if a text is none."""
    found = _MARK.fullmatch(written.strip()) if written else None
    return " ".join((found["bracketed"] or found["bare"]).split()) if found else ""


def is_bracketed(written: str) -> bool:
    """Return whether a reference stands in square brackets."""
    return written.startswith("[") and written.endswith("]")


def is_back_link(written: str) -> bool:
    """Return whether these are the words or the arrow of a link from a footnote back to its reference."""
    return _BACK.fullmatch(written.strip()) is not None


def leading_mark(note: "_Element", *, bare: bool = True) -> str:
    """Return the number or sign at the beginning of a footnote; empty if there is none.

    Args:
        note: The element of the footnote.
        bare: True if a number with nothing but a space behind it is one.
    """
    for element, written in _first_texts(note):
        shown = written.strip()
        if not shown or is_back_link(shown):
            continue
        found = _LEADING.match(written)
        if not found:
            return ""
        is_alone = found.end() == len(written) and element is not note
        if found["bracketed"] or found["end"] or is_alone or (bare and found["bare"]):
            return _found_mark(found)
        return ""
    return ""


def drop_leading_mark(note: "_Element", mark: str) -> None:
    """Drop the number or sign at the beginning of a footnote, with the punctuation behind it."""
    dropped = False
    for element, written, is_tail in _first_places(note):
        if dropped:
            rest = _PUNCTUATION.sub("", written, count=1)
            _set_text(element, rest, is_tail=is_tail)
            if rest:
                return
            continue
        shown = written.strip()
        if not shown or is_back_link(shown) or shown in {"[", "("}:
            if shown in {"[", "("}:
                _set_text(element, "", is_tail=is_tail)
            continue
        found = _LEADING.match(written)
        if not found or _found_mark(found) != mark.lower():
            return
        rest = written[found.end() :]
        _set_text(element, rest, is_tail=is_tail)
        if rest:
            return
        dropped = True


def _found_mark(found: re.Match[str]) -> str:
    return str(found["bracketed"] or found["bare"] or found["letter"]).lower()


def drop_back_links(note: "_Element", places: "set[str]") -> None:
    """Drop the links of a footnote back to its references, which are at these places."""
    for link in list(note.iter("a")):
        words = short_text_of(link, _MAX_MARK)
        if words is None:
            continue
        href = link.get("href") or ""
        names = f"{link.get('class') or ''} {link.get('role') or ''} {link.get('rev') or ''}".lower()
        is_back = "back" in names or (href.startswith("#") and href[1:] in places)
        if (is_back and (not words or is_back_link(words) or mark_of(words))) or (
            href.startswith("#") and words and is_back_link(words)
        ):
            drop(link)
    for part in list(note.iter("span", "sup")):
        words = short_text_of(part, _MAX_MARK)
        names = (part.get("class") or "").lower()
        if words is not None and ("backlink" in names or "backref" in names):
            drop(part)
    first = next(iter(note.itertext("*")), "")
    if note.text is first and first and is_back_link(first.strip()):
        note.text = ""


def _first_texts(note: "_Element") -> "list[tuple[_Element, str]]":
    return [(element, written) for element, written, _ in _first_places(note)]


def _first_places(note: "_Element") -> "list[tuple[_Element, str, bool]]":
    """Return the first texts in an element that are shown: the element, the text, and whether it is behind the element."""
    from lxml import etree

    found: list[tuple[_Element, str, bool]] = []
    walk = etree.iterwalk(note, events=("start", "end"))
    skipped: _Element | None = None
    for event, element in islice(walk, 8 * _MAX_SEARCHED):
        if event == "start":
            if element.tag in {"template", "script", "style"}:
                skipped = element
                walk.skip_subtree()
            elif element.text:
                found.append((element, element.text, False))
        elif element is not note and element.tail:
            found.append((element, element.tail, True))
        if element is skipped and event == "end":
            skipped = None
        if len(found) >= _MAX_SEARCHED:
            break
    return found


def _set_text(element: "_Element", text: str, *, is_tail: bool) -> None:
    if is_tail:
        element.tail = text
    else:
        element.text = text
