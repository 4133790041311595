"""The index of a text's tokens by which passages that resemble a quote are found without reading the whole text."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

from pactreader.core.alignment.folding import FoldedText
from pactreader.core.alignment.tokens import Tokens, tokenise
from pactreader.core.alignment.weights import Weights

_MAX_PLACES: Final = 100
"""The number of places up to which a token's places are looked at: those of more frequent ones tell little."""


class TextIndex:
    """The tokens of a text, their weights and their places."""

    def __init__(self, text: str) -> None:
        """Index a text: some 3 ms for 15,000 code points."""
        self.text = text
        self.tokens: Tokens = tokenise(text)
        self.weights = Weights(self.tokens.keys)
        self._places: dict[str, list[int]] = {}
        for index, key in enumerate(self.tokens.keys):
            self._places.setdefault(key, []).append(index)

    @cached_property
    def folded(self) -> FoldedText:
        """The text with its signs folded, for verbatim searches."""
        return FoldedText(self.text)

    def slice_of(self, start: int, end: int) -> range:
        """Return the indices of the tokens in a passage `[start, end)`, those partly in it included."""
        return range(bisect_right(self.tokens.ends, start), bisect_left(self.tokens.starts, end))

    def begins_line(self, index: int) -> bool:
        """Return whether a token, or the end of the text for the index behind the last one, is the first of a line."""
        if not 0 < index < len(self.tokens.keys):
            return True
        return "\n" in self.text[self.tokens.ends[index - 1] : self.tokens.starts[index]]

    def has_adjoining(self, before: Sequence[str], behind: Sequence[str]) -> bool:
        """Return whether some tokens stand directly before others; none of them stand for an end of the text."""
        keys = self.tokens.keys
        whole = [*before, *behind]
        if not before:
            return list(keys[: len(whole)]) == whole
        if not behind:
            return list(keys[-len(whole) :]) == whole
        rarest = min(range(len(whole)), key=lambda each: len(self._places.get(whole[each], ())))
        return any(
            place >= rarest and list(keys[place - rarest : place - rarest + len(whole)]) == whole
            for place in self._places.get(whole[rarest], ())
        )

    def densest_windows(self, keys: Iterable[str], length: int, count: int) -> list[range]:
        """Return the windows of the text in which the most of some tokens stand, by weight, the heaviest first.

        Args:
            keys: The tokens that are looked for.
            length: The length of a window, in tokens.
            count: The greatest number of windows.
        """
        half = max(1, length // 2)
        totals: dict[int, float] = {}
        for key in self._seeds(set(keys)):
            weight = self.weights[key]
            halves = {place // half for place in self._places[key]}
            for start in halves.union([each - 1 for each in halves]):
                totals[start] = totals.get(start, 0.0) + weight
        windows: list[int] = []
        for start, _ in sorted(totals.items(), key=lambda item: (-item[1], item[0])):
            if len(windows) == count:
                break
            if all(abs(start - window) >= 2 for window in windows):
                windows.append(start)
        return [
            range(max(0, start * half), min((start + 2) * half, len(self.tokens.keys))) for start in windows
        ]

    def _seeds(self, keys: set[str]) -> list[str]:
        """Return the tokens whose places are looked at: those with few places, or else the two with the fewest."""
        there = sorted((key for key in keys if key in self._places), key=lambda key: len(self._places[key]))
        few = [key for key in there if len(self._places[key]) <= _MAX_PLACES]
        return few if len(few) > 1 else there[:2]
