"""Hyphens at the ends of hard-wrapped lines: those that divide a word, and those that belong to it."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

from pactreader.core.lazy_patterns import lazy_pattern

SOFT_HYPHEN: Final = "\u00ad"
UNICODE_HYPHEN: Final = "\u2010"
_DIVIDING: Final = (UNICODE_HYPHEN, SOFT_HYPHEN)
HYPHENS: Final = f"-{UNICODE_HYPHEN}{SOFT_HYPHEN}"

_FIRST_PART: Final = lazy_pattern(r"(?:^|[\s(\[{\"'“‘«„¿¡*_])([^\W\d_]{2,})$")
"""The word before a hyphen at the end of a line. A part of an address, an option or a compound of three is none."""
_SECOND_PART: Final = lazy_pattern(r"([^\W\d_]{2,})(?![\w-])")
_BESIDE_WORDS: Final = "\"'“”‘’«»„()[]{}<>.,;:!?…*_`"
_CONJUNCTIONS: Final = frozenset(
    """
    and or und oder sowie bis et ou y o e och eller og en of i lub
    """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
)
"""Words before which a hyphen stands for what follows later: `Haupt- und Nebensatz`."""
_OPEN_PARTS: Final = frozenset(
    """
    all anti cross double eight ex far first five fore four free full good half hand hard high ill inter
    large late life light like long low mid mini multi near new nine non off old on one over own part poly
    post pre quasi re real right second self semi seven short single six small so state still ten third
    three time top twenty thirty forty fifty sixty seventy eighty ninety two ultra under up vice well wide
    world
    """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
)
"""Words that begin compounds with hyphens in English much oftener than they are the first syllables of words."""
_CLOSED_PARTS: Final = frozenset(
    """
    aware based bearing bound called centred class controlled defined dependent down driven eyed facing
    fold free friendly haired handed headed hearted in independent keeping known law led length level like
    line long looking made maker making minded off old on only oriented out own poor powered prone proof
    quality range ready related rich run safe scale sensitive shaped sided size sized speaking specific
    standing style taking term time to type up wide with working worthy year
    """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
)
"""Words that end such compounds."""

_SYLLABLES: Final = frozenset(
    """
    dependent fore free in inter led like line long made near off on out over part range re real rich
    safe size sized standing state style taking term time to type under up with working
    """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
)
"""Those of both that are syllables of words too, as in `twink-led` and `re-sult`, where the other part is no word."""
_UNDIVIDED: Final = frozenset(
    """
    into likewise longitude miniature minimal minimize minimum minister ministers ministry multimedia
    multinational multiple multiples multiplication multiplied multiplier multiply multitude nearby onto
    outline outstanding overall overcome overtaking overview partake partaking proceed sometime
    sometimes somewhat throughout underline undermine understand understanding undertake undertaking
    upon wherein within without withstanding
    """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
)
"""Words of two such parts that are written without a hyphen."""


class LineEndHyphens:
    """The hyphens at line ends of a text.

    A soft hyphen divides a word; so does U+2010, unless the text has the compound within a line. An ASCII hyphen
    divides a word if the text has the undivided word, or if nothing says that it belongs to a compound: the compound
    within a line, both parts as words, or a part that is common in compounds.
    """

    def __init__(self, text: str) -> None:
        """Create it for a text, which is searched for words only when a line ends with a hyphen."""
        self._text = text

    @cached_property
    def _words(self) -> Counter[str]:
        words: Counter[str] = Counter()
        for token, count in Counter(self._text.split()).items():
            word = token.strip(_BESIDE_WORDS)
            if word and word[-1] not in HYPHENS:
                words[_folded(word)] += count
        return words

    def join(self, before: str, after: str) -> tuple[str, str] | None:
        """Return a line that ends with a hyphen as it is read on, and the separator from the next line.

        `("by indus-", "trial work")` → `("by indus", "")`; `None` if the hyphen is like any other sign.
        """
        second = _SECOND_PART.match(after)
        if before[-1] == SOFT_HYPHEN:
            return (before[:-1], "") if after[:1].isalpha() else None
        first = _FIRST_PART.search(before[:-1])
        if before[-1] == UNICODE_HYPHEN:
            if not before[-2:-1].isalpha() or not after[:1].isalpha():
                return None
            known = first and second and self._is_compound(first[1], second[1])
            return (before, "") if known else (before[:-1], "")
        if not first or not second:
            return None
        if second[1] in _CONJUNCTIONS:
            return before, " "
        return (before, "") if self._stays(first[1], second[1]) else (before[:-1], "")

    def _is_compound(self, first: str, second: str) -> bool:
        """Return whether the text has the compound within a line, and oftener than the undivided word."""
        return self._words[_folded(f"{first}-{second}")] > self._words[_folded(first + second)]

    def _stays(self, first: str, second: str) -> bool:
        words = self._words
        if second[0].isupper() and not first.isupper():
            return True
        if self._is_compound(first, second):
            return True
        first, second = _folded(first), _folded(second)
        if words[first + second] or first + second in _UNDIVIDED:
            return False
        if first in _OPEN_PARTS:
            return first not in _SYLLABLES or words[second] > 1 or second in _CLOSED_PARTS - _SYLLABLES
        if second in _CLOSED_PARTS:
            return second not in _SYLLABLES or bool(words[first])
        return bool(words[first]) and words[second] > 1  # one of the latter is this one


def divides_words(lines: Sequence[str]) -> bool:
    """Return whether a line ends in the middle of a word, so that it is prose, whatever it looks like."""
    return not "".join(lines).isascii() and any(
        line.endswith(_DIVIDING) and line[-2:-1].isalpha() and following.lstrip()[:1].islower()
        for line, following in pairwise(lines)
    )


def _folded(word: str) -> str:
    return word.casefold().replace(UNICODE_HYPHEN, "-").replace(SOFT_HYPHEN, "")
