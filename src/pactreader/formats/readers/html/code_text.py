"""The text of a block of code, whatever elements its lines are made of."""

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pactreader.core.printable_text import printable, without_direction_marks
from pactreader.formats.readers.html.elements import BLOCKS, is_hidden
from pactreader.formats.readers.html.tree_editing import class_of, short_text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_GUTTER: Final = re.compile(
    r"(?<![a-z0-9])(?:line-?_?num(?:ber)?s?|line-?_?nos?|ln|lnt|gutter|num|linenodiv)(?![a-z0-9])"
)
"""The classes of elements with the number of a line."""
_CONTROL: Final = re.compile(r"(?<![a-z0-9])(?:copy|clipboard|toolbar|tooltip)(?![a-z0-9])")
"""The classes of elements with which a reader of the page copies the code."""
_POPUP: Final = re.compile(
    r"(?<![\w-])(?:hover-info|hover-container|tippy-content|twoslash-popup-\w+)(?![\w-])"
)
"""The classes of elements that are shown when the mouse is over the code."""
_MAX_CONTROL: Final = 40
"""The greatest length in code points of the text on them."""
_NUMBERS: Final = re.compile(r"[\d\s.:|]*")
_LINE: Final = re.compile(r"(?<![a-z0-9])line(?![\w-])")
"""The class of an inline element that is a line of its own: `line`, `token-line`, `cm-line`."""
_STACKED: Final = re.compile(r"(?<![\w-])display\s*:\s*(?:block|flex|grid|table-row)(?![\w-])")
_CONTAINERS: Final = frozenset({"ol", "ul", "table", "tbody", "thead", "tr", "colgroup"})
"""Elements in which white space is none of the code."""
_IN_LINE: Final = frozenset({"td", "th"})
_BLANKS: Final = str.maketrans({"\xa0": " ", "\u200b": None, "\ufeff": None, "\r": None})


class CodeLine(NamedTuple):
    """A line of code."""

    text: str
    source_line: int
    """The line of the parsed markup, counted from 1."""


def code_lines(element: "_Element") -> list[CodeLine]:
    """Return the lines of code in an element, without the numbers, signs and buttons that a page puts beside them."""
    from lxml import etree

    lines = _Lines(element.sourceline or 1)
    several = sum(child.tag == "code" for child in element) > 1
    walk = etree.iterwalk(element, events=("start", "end"))
    skipped: _Element | None = None
    for event, each in walk:
        name = each.tag
        if event == "start":
            if each is not element and (is_hidden(name, dict(each.attrib)) or _is_beside(each, element)):
                skipped = each
                walk.skip_subtree()
                continue
            if each.sourceline:
                lines.source_line = each.sourceline
            if name == "br":
                lines.line_break()
            elif each is not element and _is_line(each, name, several=several):
                lines.open()
            lines.add(each.text, is_layout=name in _CONTAINERS, in_element=each is not element)
        else:
            if each is skipped:
                skipped = None
            elif each is not element and name != "br" and _is_line(each, name, several=several):
                lines.close()
            if each is not element:
                parent = each.getparent()
                is_layout = parent is not None and parent.tag in _CONTAINERS
                lines.add(each.tail, is_layout=is_layout, in_element=parent is not element)
    return lines.finish()


def is_gutter(element: "_Element") -> bool:
    """Return whether an element has the numbers of lines, and nothing else."""
    names = class_of(element)
    style = (element.get("style") or "").replace(" ", "")
    if not (_GUTTER.search(names) or "user-select:none" in style or element.get("data-line-number")):
        return False
    return all(_NUMBERS.fullmatch(part) for part in element.itertext("*"))


def is_control(element: "_Element") -> bool:
    """Return whether an element is a button of the page that belongs to the code."""
    is_button = element.tag == "button" or element.get("role") == "button"
    return (is_button or _CONTROL.search(class_of(element)) is not None) and (
        short_text_of(element, _MAX_CONTROL) is not None
    )


def is_number_column(element: "_Element") -> bool:
    """Return whether an element has nothing but numbers that follow each other, at least two."""
    numbers: list[int] = []
    for part in element.itertext("*"):
        for word in part.split():
            if not (word.isascii() and word.isdigit() and len(word) < 7):
                return False
            if numbers and int(word) != numbers[-1] + 1:
                return False
            numbers.append(int(word))
    return len(numbers) > 1


def _is_beside(element: "_Element", code: "_Element") -> bool:
    """Return whether an element in a block of code is none of the code."""
    parent = element.getparent()
    if parent is not None and (parent is code or parent.getparent() is code):
        has_others = len(parent) > 1 or (element.tail or "").strip()
        if has_others and is_number_column(element):
            return True
    if not element.attrib:
        return False
    return _POPUP.search(class_of(element)) is not None or is_gutter(element) or is_control(element)


def _is_line(element: "_Element", name: str, *, several: bool) -> bool:
    """Return whether an element begins and ends a line; `several` is true if there is a `code` a line."""
    if name in BLOCKS:
        return name not in _IN_LINE
    if name == "code":
        return several
    if not element.attrib:
        return False
    return (
        element.get("data-line") is not None
        or _LINE.search(class_of(element)) is not None
        or _STACKED.search(element.get("style") or "") is not None
    )


class _Lines:
    """The lines that have been read."""

    def __init__(self, source_line: int) -> None:
        self.source_line = source_line
        self._lines: list[list[tuple[str, bool]]] = [[]]
        """For each line its texts, and for each text whether it is in an element of its own."""
        self._source_lines = [source_line]
        self._opened: list[int] = []
        """The numbers of the lines in which the open elements of lines began."""
        self._ended = False
        """True if an element of a line has just ended the line, so that no line break behind it counts."""

    def add(self, text: str | None, *, is_layout: bool, in_element: bool) -> None:
        if not text or (is_layout and text.isspace()):
            return
        for index, part in enumerate(text.translate(_BLANKS).split("\n")):
            if index:
                self.source_line += 1
                self.line_break()
            if part:
                if not self._lines[-1]:
                    self._source_lines[-1] = self.source_line
                self._lines[-1].append((part, in_element))
                self._ended = False

    def line_break(self) -> None:
        if self._ended:
            self._ended = False
        else:
            self._new_line()

    def open(self) -> None:
        if self._lines[-1]:
            self._new_line()
        self._ended = False
        self._opened.append(len(self._lines))

    def close(self) -> None:
        first = self._opened.pop()
        if len(self._lines) == first or self._lines[-1]:
            self._new_line()
            self._ended = True

    def finish(self) -> list[CodeLine]:
        self._drop_numbers()
        texts = ("".join(part for part, _ in parts) for parts in self._lines)
        shown = (printable(without_direction_marks(text)).replace("\n", " ").rstrip() for text in texts)
        return [CodeLine(*line) for line in zip(shown, self._source_lines, strict=True)]

    def _new_line(self) -> None:
        self._lines.append([])
        self._source_lines.append(self.source_line)

    def _drop_numbers(self) -> None:
        """Drop the first text of each line if it is the number of the line in an element of its own."""
        filled = [parts for parts in self._lines if any(text.strip() for text, _ in parts)]
        if len(filled) < 2 or all(len(parts) == 1 for parts in filled):
            return
        number = 0
        for parts in filled:
            first, in_element = next(part for part in parts if part[0].strip())
            written = first.strip()
            if not in_element or not (written.isascii() and written.isdigit() and len(written) < 7):
                return
            if number and int(written) != number + 1:
                return
            number = int(written)
        for parts in filled:
            del parts[: next(i for i, (text, _) in enumerate(parts) if text.strip()) + 1]
