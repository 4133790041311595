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
    rf"(?:\s|[\^↑↩])*(?:[\[(]\s*(?P<bracketed>{_OWN}|[a-z])\s*[\])][.:]?|(?P<bare>{_OWN}|[a-z](?![\w'’]))(?P<end>[.):](?!\d))?)",
    re.IGNORECASE,
)
"""The number or sign at the beginning of a footnote."""
_ALONE: Final = re.compile(rf"\s*(?:{_OWN}|[a-z])\s*", re.IGNORECASE)
"""A number or sign in an element of its own."""
_BACK: Final = re.compile(
    r"(?:[\^↑↩↵⤴⏎⮌←«⬆▲]\ufe0e?\ufe0f?\s*)+\d{0,3}|(?:jump |go |return )?(?:back|up|return|zurück|retour)(?: to .{0,40})?|"
    r"\[?(?:return|back)\]?",
    re.IGNORECASE,
)
"""The words and arrows of links back to the reference."""
_ARROW: Final = re.compile(r"(?<![\s↑↩↵⤴⮌])\s*[↑↩↵⤴⮌]\ufe0e?\ufe0f?\s*\Z|\A\s*[↑↩↵⤴⮌]\ufe0e?\ufe0f?\s*\Z")
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
    return _leading(_first_places(note), note, bare=bare)[0]


def drop_leading_mark(note: "_Element", mark: str) -> None:
    """Drop the number or sign at the beginning of a footnote, as often as it is there, with the punctuation behind it."""
    places = _first_places(note)
    found, end = _leading(places, note, bare=True)
    while found and found == mark.lower():
        for element, written, is_tail in places:
            _set_text(element, written[end:], is_tail=is_tail)
            end -= len(written)
            if end < 0:
                break
        places = _first_places(note)
        found, end = _leading(places, note, bare=True)


def _leading(places: "list[tuple[_Element, str, bool]]", note: "_Element", *, bare: bool) -> tuple[str, int]:
    """Return the number or sign at the beginning of texts, and the length of what goes with it."""
    joined = "".join(written for _, written, _ in places)
    start = 0
    for element, written, is_tail in places:
        if _ALONE.fullmatch(written) and element is not note and not is_tail:
            return written.strip().lower(), _behind_punctuation(joined, start + len(written))
        if not written.isspace():
            break
        start += len(written)
    found = _LEADING.match(joined)
    if not found:
        return "", 0
    mark = (found["bracketed"] or found["bare"]).lower()
    is_alone = _ends_at(places, found.end("bracketed") if found["bracketed"] else found.end("bare"), note)
    behind = joined[found.end() : found.end() + 1]
    is_number = not mark.isalpha() and (not behind or behind.isspace())
    if not (found["bracketed"] or is_alone or (found["end"] and not mark.isalpha()) or (bare and is_number)):
        return "", 0
    return mark, _behind_punctuation(joined, found.end()) if is_alone else found.end()


def _behind_punctuation(text: str, start: int) -> int:
    """Return the offset behind the punctuation that goes with a number which ends at an offset."""
    return len(text) - len(text[start:].lstrip(" .):]–—"))


def _ends_at(places: "list[tuple[_Element, str, bool]]", end: int, note: "_Element") -> bool:
    """Return whether a text in an element of its own ends at an offset."""
    for element, written, is_tail in places:
        end -= len(written)
        if end <= 0:
            return end == -len(written[len(written.rstrip()) :]) and element is not note and not is_tail
    return False


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
    _drop_last_arrow(note)
    first = next(iter(note.itertext("*")), "")
    if note.text is first and first and is_back_link(first.strip()):
        note.text = ""


def _drop_last_arrow(note: "_Element") -> None:
    """Drop an arrow at the end of a footnote that is no link."""
    last = note
    while len(last) and not (last[-1].tail or "").strip():
        last = last[-1]
    if len(last):
        last[-1].tail = _ARROW.sub("", last[-1].tail or "")
    elif last.text:
        last.text = _ARROW.sub("", last.text)


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
