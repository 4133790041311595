"""The alignment of a former text with the present one: which passages are the same, and which have changed."""

from bisect import bisect_right
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

import regex

from pactreader.core.article import Passage


class TextChange(NamedTuple):
    """A replacement of a passage of the former text by one of the present text, both in code points."""

    former: Passage
    """The removed passage; empty, at the place between its neighbours, for an insertion."""
    present: Passage
    """The new passage; empty, at the place between its neighbours, for a removal."""


class Alignment:
    """The alignment of a former text with the present one."""

    def __init__(self, former: str, text: str) -> None:
        """Align two texts. The time is proportional to their changed lines."""
        tokens = [list(regex.finditer(r"\w+|\s+|.", one)) for one in (former, text)]
        words = [[token[0] for token in one] for one in tokens]
        matcher = SequenceMatcher(None, words[0], words[1], autojunk=False)
        starts = [
            [*(token.start() for token in one), len(of)]
            for one, of in zip(tokens, (former, text), strict=True)
        ]
        self._equal: list[tuple[int, int, int]] = [
            (starts[0][i], starts[1][j], starts[0][i + size] - starts[0][i])
            for i, j, size in matcher.get_matching_blocks()
            if size
        ]
        self._lengths = len(former), len(text)

    @property
    def changes(self) -> Sequence[TextChange]:
        """The changes in order, with at least one equal code point between two of them."""
        changes = []
        former = present = 0
        for i, j, size in [*self._equal, (*self._lengths, 0)]:
            if i > former or j > present:
                changes.append(TextChange(Passage(former, i), Passage(present, j)))
            former, present = i + size, j + size
        return changes

    def counterpart(self, offset: int) -> int:
        """Return the offset in the present text for one in the former text; of a removed one, where it was."""
        index = bisect_right(self._equal, offset, key=lambda equal: equal[0]) - 1
        if index < 0:
            return 0
        i, j, size = self._equal[index]
        return j + min(offset - i, size)
