"""Slices of blocks: parts whose text units are computed together, and bounds on the passages that a key takes."""

from collections import deque
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from pactreader.core.article import Article, Block, BlockKind, Passage

if TYPE_CHECKING:
    from regex import Pattern

MAX_PASSAGE: Final = 20_000
"""The greatest length in code points of a sentence, and of a paragraph: a text without line ends must not become
one passage, as every key that marks it would store it whole."""
HUGE_BLOCK: Final = 8_000
"""The length in code points from which a block is divided into slices: more than a screen."""
_SLICE_LENGTH: Final = 4_000
"""The length in code points that slices have where the text allows it."""
_VERBATIM: Final = frozenset({BlockKind.CODE, BlockKind.TABLE})

_SENTENCE_END: Final = (
    r"(?<=\p{Ll}{4})[.!?…][\p{Pe}\p{Pf}\"']{0,2}\s{1,2}(?=[\p{Pi}\p{Ps}\"']{0,2}\p{Lu})"
    r"|[。！？｡][\p{Pe}\p{Pf}]{0,2}(?![\p{P}とっ])"
    r"|[।॥។۔။።]\s{0,2}(?=\w)"
    r"|\n"
)
"""The end of a sentence beyond doubt: not after an abbreviation, an ordinal or an initial."""
_BLANK_LINES: Final = ("\n\n", "\n \n")
"""The ends of runs of lines. In a diff, a blank line that is the same in both texts has a space."""


def is_verbatim(block: Block) -> bool:
    """Return whether a block's lines stand as written, so that a line of it is a sentence."""
    return block.kind in _VERBATIM


def word_slices(article: Article, block: Block) -> Iterator[Passage]:
    """Divide a block, where possible after a space or a line feed: no word and no grapheme cluster contains these."""
    text, start, end = article.text, block.start, block.end
    while end - start > _SLICE_LENGTH:
        stop = start + _SLICE_LENGTH
        space = max(text.rfind(" ", start + 1, stop), text.rfind("\n", start + 1, stop))
        stop = space + 1 if space > 0 else stop
        yield Passage(start, stop)
        start = stop
    yield Passage(start, end)


def sentence_slices(article: Article, block: Block) -> Iterator[Passage]:
    """Divide a block at ends of sentences; in verbatim text these are ends of lines. No slice exceeds `MAX_PASSAGE`."""
    text, start, end = article.text, block.start, block.end
    find_stop = _line_end if is_verbatim(block) else _sentence_end
    while end - start > _SLICE_LENGTH:
        stop = find_stop(text, start, start + _SLICE_LENGTH, min(start + MAX_PASSAGE, end))
        yield Passage(start, stop)
        start = stop
    if start < end:
        yield Passage(start, end)


def paragraph_slices(article: Article, block: Block) -> Iterator[Passage]:
    """Divide a block at blank lines, or else at ends of lines or sentences. No slice exceeds `MAX_PASSAGE`."""
    if not is_verbatim(block):
        yield from sentence_slices(article, block)
        return
    text, start, end = article.text, block.start, block.end
    while end - start > MAX_PASSAGE:
        far = start + MAX_PASSAGE
        blank, length = max((text.rfind(one, start, far), len(one)) for one in _BLANK_LINES)
        stop = blank + length if blank >= start else _line_end(text, start, far, far)
        yield Passage(start, stop)
        start = stop
    yield Passage(start, end)


def _line_end(text: str, start: int, near: int, far: int) -> int:
    """Return the last end of a line in `[start, near)`, or else the first one in `[near, far)`, or else `far`."""
    return text.rfind("\n", start, near) + 1 or text.find("\n", near, far) + 1 or far


def _sentence_end(text: str, start: int, near: int, far: int) -> int:
    """Return the last end of a sentence in `[start, near)`, or else one or a space in `[near, far)`, or else `far`."""
    pattern = _sentence_end_pattern()
    # A match at the very end of the part searched is not certain, as what follows it was not seen.
    last = deque(pattern.finditer(text, start, near + 1), maxlen=2)
    found = next((match for match in reversed(last) if match.end() <= near), None)
    if found := found or pattern.search(text, near, far):
        return found.end()
    space = text.rfind(" ", start, far) + 1
    return space if space > start else far


@cache
def _sentence_end_pattern() -> "Pattern[str]":
    from regex import compile as compile_pattern  # not needed for the first frame

    return compile_pattern(_SENTENCE_END)
