"""The text of a line, with the characters that it was made of and its inline styles."""

import re
from collections.abc import Sequence
from typing import Final
from unicodedata import normalize

from pactreader.core.article import Span, SpanKind
from pactreader.formats.readers.pdf.characters.page_characters import PageCharacters, Stretch
from pactreader.formats.readers.pdf.laid_out_text import Run
from pactreader.formats.readers.pdf.layout.fragments import RAISED_SIZE
from pactreader.formats.readers.raised_text import upper

_MIN_SPACE: Final = 0.1
"""The least width of a space, in sizes of the letters; in most fonts it is 0.25."""
_MIN_RISE, _MIN_FALL = 0.12, 0.07
"""The least distance of raised and lowered baselines from that of the line, in sizes of its letters. TeX lowers by 0.15."""
_FORMS: Final = "\ufb00-\ufdff\ufe70-\ufefc\U0001d400-\U0001d7ff"
"""Ligatures, the shapes of Arabic and Hebrew letters, and the letters of formulas, which are those of words."""
_FIRST_FORM: Final = _FORMS[0]
_DROPPED: Final = "\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c"
"""Characters that cannot be seen: marks of direction and of places where a word may be divided."""
_SPECIAL: Final = re.compile(rf"[{_FORMS}{_DROPPED}]")


_OTHER_SPACE: Final = re.compile(r"[^\S ]")
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,4}")
_STACKED: Final = 1.1
"""The least distance between the baselines of what stands above each other in a formula, in sizes of its letters."""
_BEFORE_NUMBER: Final = re.compile(r"(?:[^\W\d_]{2}|\d|[.,;:!?'\"”’»“]|[^\W\d_]{3}[)\]])$")
"""The end of what a number is raised on as a note or a power. Behind variables and formulas it stands as they have it."""
_FUNCTION: Final = re.compile(r"\b(?:sin|cos|tan|cot|sec|csc|arc\w{3}|log|ln|exp|det|dim|max|min)h?$")
"""The names of functions, which have powers as variables do."""


class LineTextBuilder:
    """A builder of the text of one line."""

    def __init__(self, page: PageCharacters, size: float, baseline: float) -> None:
        """Begin a line, whose largest letters have this size and baseline."""
        self._page = page
        self._size = size
        self._baseline = baseline
        self._parts: list[str] = []
        self._runs: list[list[int]] = []
        """The runs as lists of their offsets, first characters and lengths, the last of which grows."""
        self._spans: dict[SpanKind, list[Span]] = {}
        self._last: Stretch | None = None
        self.length = 0
        """The length of the text so far, in code points."""

    def add(self, stretches: Sequence[Stretch]) -> int:
        """Add what stands beside each other, and return its offset in the text."""
        begin = self.length + (1 if self._has_space_before(stretches[0]) else 0)
        small = RAISED_SIZE * self._size
        at = 0
        while at < len(stretches):
            start = at
            if stretches[at].style.size <= small and (rise := self._rise(stretches[at])):
                while at < len(stretches) and self._rise(stretches[at]) == rise:
                    at += 1
                self._add_raised(stretches[start:at], is_upper=rise > 0)
            else:
                at = self._end_of_successive(stretches, start)
                self._add_successive(stretches[start], stretches[at - 1])
        return begin

    def finish(self) -> tuple[str, tuple[Run, ...], tuple[Span, ...]]:
        """Return the text, its runs and its styles."""
        spans = sorted([span for spans in self._spans.values() for span in spans])
        page = self._page.page
        runs = [Run(offset, page, first, length) for offset, first, length in self._runs]
        return "".join(self._parts), tuple(runs), tuple(spans)

    def _rise(self, stretch: Stretch) -> int:
        """Return 1 for raised letters, -1 for lowered ones, else 0."""
        if stretch.style.size > RAISED_SIZE * self._size:
            return 0
        rise = (stretch.baseline - self._baseline) / self._size
        return 1 if rise > _MIN_RISE else -1 if rise < -_MIN_FALL else 0

    def _end_of_successive(self, stretches: Sequence[Stretch], start: int) -> int:
        """Return the index behind the stretches that are successive characters of one style, with a space between or none."""
        before = stretches[start]
        style = before.style
        least = _MIN_SPACE * style.size
        is_small = style.size <= RAISED_SIZE * self._size
        for index in range(start + 1, len(stretches)):
            stretch = stretches[index]
            if stretch.style is not style and stretch.style != style:
                return index
            if is_small and self._rise(stretch):
                return index
            if not stretch.is_spaced:
                if before.end != stretch.first:
                    return index
            elif before.end + 1 != stretch.first or stretch.left - before.right <= least:
                return index
            before = stretch
        return len(stretches)

    def _add_successive(self, first: Stretch, last: Stretch) -> None:
        self._add_space(first)
        start = self.length
        self._add_characters(first.first, last.end)
        style = first.style
        if style.is_bold:
            self._add_span(SpanKind.STRONG, start)
        if style.is_italic:
            self._add_span(SpanKind.EMPHASIS, start)
        if style.is_monospaced:
            self._add_span(SpanKind.CODE, start)
        self._last = last

    def _add_raised(self, stretches: Sequence[Stretch], *, is_upper: bool) -> None:
        first, end = stretches[0].first, stretches[-1].end
        text = self._page.text[first:end]
        self._add_space(stretches[0])
        if (
            is_upper
            and end - first == sum([each.end - each.first for each in stretches])
            and self._is_number_beside_word(text)
        ):
            self._put(upper(text, attached=True), first)
        else:
            for index, stretch in enumerate(stretches):
                if index:
                    self._add_space(stretch)
                self._add_characters(stretch.first, stretch.end)
                self._last = stretch
        self._last = stretches[-1]

    def _is_number_beside_word(self, text: str) -> bool:
        """Return whether a raised text would say another thing on the line: `10²`, `word¹`, but not the variable `x2`."""
        before = "".join(self._parts[-3:])
        return bool(
            _NUMBER.fullmatch(text) and _BEFORE_NUMBER.search(before) and not _FUNCTION.search(before)
        )

    def _has_space_before(self, stretch: Stretch) -> bool:
        before = self._last
        if before is None or not stretch.is_spaced:
            return False
        gap = max(stretch.left - before.right, before.left - stretch.right)
        if gap < -_MIN_SPACE * self._size and abs(stretch.baseline - before.baseline) > _STACKED * self._size:
            return True
        return gap > _MIN_SPACE * min(stretch.style.size, before.style.size)

    def _add_space(self, stretch: Stretch) -> None:
        if self._has_space_before(stretch):
            assert self._last
            at = self._last.end
            self._put(" ", at if at + 1 == stretch.first else None)

    def _add_characters(self, first: int, end: int) -> None:
        text = self._page.text[first:end]
        if text.isascii() and text.isprintable():
            self._put(text, first)
            return
        at = 0
        text = _OTHER_SPACE.sub(" ", text)
        for match in _SPECIAL.finditer(text):
            self._put(text[at : match.start()], first + at)
            if match[0] >= _FIRST_FORM:
                for letter in normalize("NFKC", match[0]).replace(" ", ""):
                    self._put(letter, first + match.start())
            at = match.end()
        self._put(text[at:], first + at)

    def _put(self, text: str, first: int | None = None) -> None:
        """Put a text and, if it is characters of the page from the first one on, its run."""
        if not text:
            return
        if first is not None:
            last = self._runs[-1] if self._runs else None
            if last and last[0] + last[2] == self.length and last[1] + last[2] == first:
                last[2] += len(text)
            else:
                self._runs.append([self.length, first, len(text)])
        self._parts.append(text)
        self.length += len(text)

    def _add_span(self, kind: SpanKind, start: int) -> None:
        spans = self._spans.setdefault(kind, [])
        if spans and start - spans[-1].end <= 1:
            spans[-1] = spans[-1]._replace(end=self.length)
        else:
            spans.append(Span(start, self.length, kind))
