"""Initials that are as high as several lines, and words with spaces between their letters."""

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Final

from pactreader.formats.readers.pdf.characters.page_characters import PageCharacters, Stretch
from pactreader.formats.readers.pdf.layout.fragments import Fragment
from pactreader.formats.readers.pdf.layout.medians import median

_MIN_INITIAL: Final = 1.8
"""The least size of an initial, in sizes of the text. One of two lines is 2.3 times as large."""
_MAX_INITIAL_GAP: Final = 1.5
"""The greatest distance of the text from its initial, in sizes of the text."""
_MIN_SPACED: Final = 5
"""The least number of letters of words with spaces between them on a line: fewer may be variables."""
_MIN_IN_WORD: Final = 3
"""The least number of them beside each other."""
_MAX_SPREAD: Final = 1.6
"""The width, in those of the usual space between letters, from which a space is between words."""
_VOWELS: Final = frozenset("aeiouäöüаеиоуыэюяαεηιουω")


def with_initials(fragments: Sequence[Fragment], page: PageCharacters) -> list[Fragment]:
    """Return the fragments of a column with each initial at the beginning of the first line beside it.

    The other lines beside it begin where it does, as those of the same paragraph below it.
    """
    usual = median([each.size for each in fragments])
    initials = [
        each
        for each in fragments
        if each.size > _MIN_INITIAL * usual and each.length == 1 and page.text[each.first].isalpha()
    ]
    found = list(fragments)
    for initial in initials:
        beside = [
            each
            for each in found
            if initial.baseline - usual < each.baseline < initial.top
            and -usual < each.left - initial.right < _MAX_INITIAL_GAP * usual
            and each is not initial
        ]
        if len(beside) > 1:
            first = max(beside, key=lambda each: each.baseline)
            found = [
                _begun(each, initial)
                if each is first
                else each._replace(left=initial.left)
                if each in beside
                else each
                for each in found
                if each is not initial
            ]
    return found


def _begun(line: Fragment, initial: Fragment) -> Fragment:
    """Return a line with its initial, which is set as the line is."""
    following, *others = line.stretches
    letter = initial.stretches[0]._replace(baseline=line.baseline, style=following.style)
    stretches = [letter, following._replace(is_spaced=False), *others]
    return Fragment.of(stretches, is_divided=line.is_divided)


def without_letter_spaces(line: Sequence[Fragment], text: str) -> list[Sequence[Stretch]]:
    """Return the stretches of a line without the spaces between the letters of words: `S P A C E D` → `SPACED`.

    Args:
        line: The fragments of the line.
        text: The text of the page.
    """
    signs = [text[each.first] for part in line for each in part.stretches if each.end - each.first == 1]
    if len(signs) < _MIN_SPACED or sum(map(str.isalpha, signs)) < _MIN_SPACED:
        return [fragment.stretches for fragment in line]
    return [_without_letter_spaces(fragment.stretches, text) for fragment in line]


def _is_letter(stretch: Stretch, text: str) -> bool:
    return stretch.end - stretch.first == 1 and text[stretch.first].isalpha()


def _without_letter_spaces(stretches: Sequence[Stretch], text: str) -> Sequence[Stretch]:
    found: list[Stretch] = []
    for is_letter, group in groupby(stretches, lambda each: _is_letter(each, text)):
        part = list(group)
        found += _joined(part, text) if is_letter and len(part) >= _MIN_IN_WORD else part
    return found


def _joined(letters: Sequence[Stretch], text: str) -> list[Stretch]:
    word = "".join([text[each.first] for each in letters]).casefold()
    gaps = [after.left - before.right for before, after in pairwise(letters)]
    usual = median(gaps)
    is_alphabet = all(before < after for before, after in pairwise(word))
    if usual <= 0 or is_alphabet or _VOWELS.isdisjoint(word):
        return list(letters)
    return [
        letters[0],
        *(
            each._replace(is_spaced=gap > _MAX_SPREAD * usual)
            for each, gap in zip(letters[1:], gaps, strict=True)
        ),
    ]
