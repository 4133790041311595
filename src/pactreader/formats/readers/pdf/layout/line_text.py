"""The text of a line, with the characters that it was made of and its inline styles."""

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Final

from pactreader.core.article import Span, SpanKind
from pactreader.formats.readers.pdf.laid_out_text import Run
from pactreader.formats.readers.pdf.page_characters import PageCharacters, Stretch
from pactreader.formats.readers.raised_text import lower, upper

_MIN_SPACE: Final = 0.1
"""The least width of a space, in sizes of the letters; in most fonts it is 0.25."""
_RAISED_SIZE: Final = 0.87
_MIN_RISE, _MIN_FALL = 0.12, 0.07
"""The least distance of raised and lowered baselines from that of the line, in sizes of its letters. TeX lowers by 0.15."""
_LIGATURES: Final = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_DROPPED: Final = "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c"
"""Characters that cannot be seen: marks of direction and of places where a word may be divided."""
_SPECIAL: Final = re.compile(rf"[{''.join(_LIGATURES)}{_DROPPED}]")


_VARIABLE: Final = re.compile(r"(?:^|[\W\d_])[^\W\d_]$")
"""A single letter."""


class LineTextBuilder:
    """A builder of the text of one line."""

    def __init__(self, page: PageCharacters, size: float, baseline: float) -> None:
        """Begin a line, whose largest letters have this size and baseline."""
        self._page = page
        self._size = size
        self._baseline = baseline
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._spans: dict[SpanKind, list[Span]] = {}
        self._last: Stretch | None = None
        self.length = 0
        """The length of the text so far, in code points."""

    def add(self, stretches: Sequence[Stretch]) -> int:
        """Add what stands beside each other, and return its offset in the text."""
        begin = self.length + (1 if self._has_space_before(stretches[0]) else 0)
        for rise, group in groupby(stretches, key=self._rise):
            raised = list(group)
            if rise:
                self._add_raised(raised, upper if rise > 0 else lower)
            else:
                for stretch in raised:
                    self._add_space(stretch)
                    start = self.length
                    self._add_characters(stretch.first, stretch.end)
                    self._add_spans(stretch, start)
        return begin

    def finish(self) -> tuple[str, tuple[Run, ...], tuple[Span, ...]]:
        """Return the text, its runs and its styles."""
        spans = sorted([span for spans in self._spans.values() for span in spans])
        return "".join(self._parts), tuple(self._runs), tuple(spans)

    def _rise(self, stretch: Stretch) -> int:
        """Return 1 for raised letters, -1 for lowered ones, else 0."""
        if stretch.style.size > _RAISED_SIZE * self._size:
            return 0
        rise = (stretch.baseline - self._baseline) / self._size
        return 1 if rise > _MIN_RISE else -1 if rise < -_MIN_FALL else 0

    def _add_raised(self, stretches: Sequence[Stretch], raise_text: Callable[..., str]) -> None:
        first, end = stretches[0].first, stretches[-1].end
        text = self._page.text[first:end].replace("∗", "*")
        is_attached = bool(self._last) and not self._has_space_before(stretches[0])
        raised = text
        if raise_text is upper and is_attached and self._is_number_beside_word(text):
            raised = raise_text(text, attached=True)
        self._add_space(stretches[0])
        if len(raised) == len(text):
            self._put(raised, first)
        elif text in raised:
            before, _, after = raised.partition(text)
            self._put(before)
            self._put(text, first)
            self._put(after)
        self._last = stretches[-1]

    def _is_number_beside_word(self, text: str) -> bool:
        """Return whether a raised text would say another thing on the line: `10²`, `word¹`, but not the variable `x2`."""
        before = "".join(self._parts[-4:])[-2:]
        return text.isascii() and text.strip("+-").isdigit() and not _VARIABLE.search(" " + before)

    def _has_space_before(self, stretch: Stretch) -> bool:
        before = self._last
        if before is None:
            return False
        gap = max(stretch.left - before.right, before.left - stretch.right)
        is_next = before.end == stretch.first
        return not is_next and gap > _MIN_SPACE * stretch.style.size

    def _add_space(self, stretch: Stretch) -> None:
        if self._has_space_before(stretch):
            assert self._last
            at = self._last.end
            self._put(" ", at if at + 1 == stretch.first else None)
        self._last = stretch

    def _add_characters(self, first: int, end: int) -> None:
        text = self._page.text[first:end]
        if text.isascii():
            self._put(text, first)
            return
        at = 0
        for match in _SPECIAL.finditer(text):
            self._put(text[at : match.start()], first + at)
            for letter in _LIGATURES.get(match[0], ""):
                self._put(letter, first + match.start())
            at = match.end()
        self._put(text[at:], first + at)

    def _put(self, text: str, first: int | None = None) -> None:
        """Put a text, if it has any characters of the page from the first one on."""
        if not text:
            return
        if first is not None:
            last = self._runs[-1] if self._runs else None
            if last and last.offset + last.length == self.length and last.first + last.length == first:
                self._runs[-1] = last._replace(length=last.length + len(text))
            else:
                self._runs.append(Run(self.length, self._page.page, first, len(text)))
        self._parts.append(text)
        self.length += len(text)

    def _add_spans(self, stretch: Stretch, start: int) -> None:
        style = stretch.style
        if style.is_bold:
            self._add_span(SpanKind.STRONG, start)
        if style.is_italic:
            self._add_span(SpanKind.EMPHASIS, start)
        if style.is_monospaced:
            self._add_span(SpanKind.CODE, start)

    def _add_span(self, kind: SpanKind, start: int) -> None:
        spans = self._spans.setdefault(kind, [])
        if spans and start - spans[-1].end <= 1:
            spans[-1] = spans[-1]._replace(end=self.length)
        else:
            spans.append(Span(start, self.length, kind))
