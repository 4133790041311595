"""The inline content of a block: its text with styles, lines of the file and anchors."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

from pactreader.core.article import Span, SpanKind
from pactreader.core.printable_text import printable, without_direction_marks
from pactreader.formats.readers.hard_wraps import soft_break_text
from pactreader.formats.readers.raised_text import lower, upper

_RAISED: Final = {"sup": upper, "sub": lower}
"""The functions that write the text of superscripts and subscripts, by the names of their elements."""
_MAX_RAISED: Final = 40
"""The greatest length of a superscript in code points. What is longer is a text in small letters."""
_MAX_STYLES: Final = 20
"""The greatest number of styles on one text, each of which costs time for every block that it is on."""


class InlineText(NamedTuple):
    """A text with inline styles."""

    text: str = ""
    spans: Sequence[Span] = ()
    """Styles in order of their start."""
    lines: Sequence[tuple[int, int]] = ()
    """Offsets with the line of the file that the text comes from there on."""
    anchors: Sequence[str] = ()
    """Names that links lead to."""

    @classmethod
    def join(cls, parts: Iterable[Self], separator: str) -> Self:
        """Join texts, with their styles."""
        texts: list[str] = []
        spans: list[Span] = []
        lines: list[tuple[int, int]] = []
        anchors: list[str] = []
        start = 0
        for part in parts:
            texts.append(part.text)
            spans += [span.shifted(start) for span in part.spans]
            lines += [(offset + start, line) for offset, line in part.lines]
            anchors += part.anchors
            start += len(part.text) + len(separator)
        return cls(separator.join(texts), spans, lines, anchors)

    def slice(self, start: int, end: int) -> Self:
        """Return the text between two offsets."""
        if not start and end == len(self.text):
            return self
        spans = [
            Span(max(s.start, start) - start, min(s.end, end) - start, s.kind, s.target)
            for s in self.spans
            if s.start < end and start < s.end
        ]
        lines = [(offset - start, line) for offset, line in self.lines if start < offset < end]
        before = [line for offset, line in self.lines if offset <= start]
        return type(self)(
            self.text[start:end], spans, [(0, line) for line in before[-1:]] + lines, self.anchors
        )

    def styled(self, kind: SpanKind) -> Self:
        """Return the text with one more style on all of it."""
        return self._replace(spans=[Span(0, len(self.text), kind), *self.spans]) if self.text else self


@dataclass(slots=True, eq=False)
class _Element:
    """An element that is not closed yet."""

    name: str
    kind: SpanKind | None
    target: str
    start: int
    """The offset in the text."""
    part: int
    """The index of its first part."""
    text_number: int
    """The number of the text that it began in."""


class InlineBuilder:
    """A builder of the inline content of one block after another.

    Elements may be closed in any order; those that are open at the end of a block go on in the next.
    """

    def __init__(self, *, line_end: str = "\n") -> None:
        """Create a builder. In the cells of a table, `line_end` is a space."""
        self.line = 0
        """The line of the file that what is added next comes from; 0 if it is not known."""
        self.anchors: list[str] = []
        self._line_end = line_end
        self._elements: list[_Element] = []
        self._open_names: Counter[str] = Counter()
        self._styles: list[_Element] = []
        """The elements that have a style. There is one link among them at most."""
        self._text_number = 0
        self._clear()

    def _clear(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._last = ""
        self._space = ""
        self._spans: list[Span] = []
        self._lines: list[tuple[int, int]] = []
        self._noted_line = 0

    @property
    def is_empty(self) -> bool:
        """True if the present block has no text yet."""
        return not self._length

    @property
    def ends_line(self) -> bool:
        """True if a line has just been ended."""
        return self._last == "\n"

    def add(self, text: str) -> None:
        """Add text, without blanks at the beginning of a line."""
        text = printable(without_direction_marks(text))
        self.add_raw(text.lstrip(" ") if self._last == "\n" else text)

    def add_raw(self, text: str) -> None:
        """Add printable text as it is, after the space or soft break before it."""
        if not text:
            return
        if self._space:
            self._put_space(text)
        if self.line != self._noted_line:
            self._noted_line = self.line
            self._lines.append((self._length, self.line))
        self._put(text if self._line_end == "\n" else text.replace("\n", self._line_end))

    def add_inline(self, inline: InlineText) -> None:
        """Add a text with its styles."""
        self.add(inline.text)
        start = self._length - len(inline.text)
        self._spans += [span.shifted(start) for span in inline.spans if start >= 0]
        self.anchors += inline.anchors

    def space(self) -> None:
        """Add a space, unless there is one or the text begins or ends here."""
        self._space = self._space or " "

    def soft_break(self) -> None:
        """Add the end of a line that is no end of a line in the text: a space, or nothing in scripts without spaces."""
        self._space = "\n"

    def fresh_line(self) -> None:
        """Begin a line, unless one begins here."""
        if self._last not in {"", "\n"}:
            self._put("\n")

    def line_break(self) -> None:
        """Add the end of a line."""
        if self._line_end == " ":
            self.space()
            return
        self._space = ""
        if self._parts and self._last == " ":
            stripped = self._parts[-1].rstrip(" ")
            self._length -= len(self._parts[-1]) - len(stripped)
            self._parts[-1] = stripped
        self._put(self._line_end)

    def open(self, name: str, kind: SpanKind | None = None, target: str = "") -> None:
        """Begin an element."""
        if len(self._styles) >= _MAX_STYLES or (kind is SpanKind.LINK and self._is_linked()):
            kind = None
        element = _Element(name, kind, target, self._length, len(self._parts), self._text_number)
        self._elements.append(element)
        self._open_names[name] += 1
        if kind is not None:
            self._styles.append(element)

    def close(self, name: str) -> None:
        """End the innermost open element of this name with all in it; nothing if there is none."""
        if not self._open_names[name]:
            return
        while True:
            element = self._elements.pop()
            self._open_names[element.name] -= 1
            self._end(element)
            if element.name == name:
                return

    def is_open(self, name: str) -> bool:
        """Return whether there is an open element of this name."""
        return bool(self._open_names[name])

    def finish(self) -> InlineText:
        """Return the present block's content, without white space at its ends, and begin the next."""
        if not self._parts:
            return InlineText("", (), (), self._take_anchors())
        for element in self._styles:
            self._style(element)
            element.start, element.part = 0, 0
            element.text_number = self._text_number + 1
        text = "".join(self._parts)
        spans = sorted(self._spans, key=lambda span: (span.start, -span.end)) if self._spans else ()
        inline = InlineText(text, spans, self._lines, self._take_anchors())
        self._text_number += 1
        self._clear()
        end = len(text.rstrip())
        return inline.slice(min(end, len(text) - len(text.lstrip())), end)

    def finish_code(self) -> InlineText:
        """Return the present block's content without styles and without empty first and last lines."""
        inline = self.finish_raw()
        start = len(inline.text) - len(inline.text.lstrip("\n"))
        return inline.slice(start, max(start, len(inline.text.rstrip())))

    def finish_raw(self) -> InlineText:
        """Return the present block's content with its white space, and begin the next."""
        inline = InlineText("".join(self._parts), (), self._lines, self._take_anchors())
        self._text_number += 1
        self._clear()
        return inline

    def _take_anchors(self) -> list[str]:
        anchors, self.anchors = self.anchors, []
        return anchors

    def _is_linked(self) -> bool:
        return any(element.kind is SpanKind.LINK for element in self._styles)

    def _put_space(self, following: str) -> None:
        """Put the space that is due before a text. Elements that begin with the text begin behind it."""
        if self._last not in {"", "\n"}:
            start = self._length
            self._put(" " if self._space == " " else soft_break_text(self._last, following))
            for element in reversed(self._elements):
                if element.start != start or element.text_number != self._text_number:
                    break
                element.start, element.part = self._length, len(self._parts)
        self._space = ""

    def _put(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)
            self._last = text[-1]

    def _end(self, element: _Element) -> None:
        if element.text_number != self._text_number:
            element.start = element.part = 0
        if element.name in _RAISED and self._length - element.start <= _MAX_RAISED:
            self._raise(element)
        if element.kind is not None:
            self._styles.remove(element)
            self._style(element)

    def _style(self, element: _Element) -> None:
        if element.kind is not None and element.start < self._length:
            self._spans.append(Span(element.start, self._length, element.kind, element.target))

    def _raise(self, element: _Element) -> None:
        """Write the text of a superscript or subscript in raised letters, or with a sign before it."""
        before = self._parts[element.part - 1][-1:] if element.part else ""
        text = "".join(self._parts[element.part :])
        raised = _RAISED[element.name](text, attached=bool(before.strip()))
        if raised == text:
            return
        self._parts[element.part :] = [raised]
        self._length += len(raised) - len(text)
        self._last = raised[-1]
        shift = raised.find(text)
        if shift > 0:
            for index in range(len(self._spans) - 1, -1, -1):
                span = self._spans[index]
                if span.start < element.start:
                    break
                self._spans[index] = span.shifted(shift)
