"""The weights of tokens: how much it tells that two passages have a token in common."""

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from math import log
from typing import Final
from unicodedata import category

from pactreader.core.alignment.tokens import is_unspaced

_LIGHTEST: Final = 0.05
_SIGN: Final = 0.25
"""The weight of a sign in that of an equally rare word."""
_FEW: Final = 20
"""The count at which a token is as light as can be, in texts in which no token stands as often."""
_SHORT: Final = (0.0, 0.4, 0.55, 0.7, 0.85)
"""The weights of the shortest words by their length in code points: short words are common in all languages that space
their words, which small texts do not show."""
_GRAPHEME: Final = 0.5
"""The weight of a grapheme of a script without spaces in that of an equally rare word, as words have about two; also that
of an emoji."""
_PICTOGRAPH: Final = "So"
"""Unicode's category of emojis and other symbols that say something."""
_COUNTED_AT_ONCE: Final = 50_000
"""Tokens that are counted in one call: some five milliseconds."""


class Weights(dict[str, float]):
    """The weight of each token, from 0.05 for the most frequent to 1 for those that stand once.

    Tokens are weighed when they are first asked for; those that were not counted weigh as much as those that stand once.
    """

    def __init__(self, *texts: Iterable[str]) -> None:
        """Count the tokens of texts. Of the counts in different texts, the greatest decides."""
        super().__init__()
        self._counts: dict[str, int] = {}
        for tokens in texts:
            for token, count in _counted(tokens).items():
                if count > self._counts.get(token, 1):
                    self._counts[token] = count
        self._scale = log(max((_FEW, *self._counts.values())))

    def __missing__(self, token: str) -> float:
        weight = 1 - log(self._counts.get(token, 1)) / self._scale
        if is_unspaced(token) or category(token[0]) == _PICTOGRAPH:
            weight *= _GRAPHEME
        elif len(token) == 1 and not token.isalnum():
            weight *= _SIGN
        elif len(token) < len(_SHORT) and token.isascii():
            weight *= _SHORT[len(token)]
        self[token] = weight = max(_LIGHTEST, weight)
        return weight


def _counted(tokens: Iterable[str]) -> Counter[str]:
    """Return the count of each token. Other threads can run between the calls in which they are counted."""
    counts: Counter[str] = Counter()
    rest = iter(tokens)
    while some := list(islice(rest, _COUNTED_AT_ONCE)):
        counts.update(some)
    return counts
