"""What a reader asks of annotations in one line: words, `"a phrase"`, `#tag`, `label:doubt`, `has:note`, `is:lost`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from re import compile as regex
from typing import Final

from pactreader.core.anchoring import Placement, PlacementKind
from pactreader.core.annotation import Annotation
from pactreader.core.labels import LABELS
from pactreader.core.search import fold

_TERM: Final = regex(r'(-?)((?:label|has|is):|#)?(?:"([^"]*)"?|(\S+))', 2)
"""A term: perhaps a minus, perhaps what it is about, then a phrase in quotation marks or a word."""

_HAS: Final[dict[str, Callable[[Annotation], bool]]] = {
    "note": lambda annotation: bool(annotation.note.strip()),
    "tags": lambda annotation: bool(annotation.tags),
    "versions": lambda annotation: bool(annotation.conflicts),
}
_IS: Final = (*(kind.value for kind in PlacementKind), "article")
"""`is:article` is a note on the whole article; the others are kinds of places."""

_folded: Final = lru_cache(1_000)(fold)
"""For labels and tags: there are few, and a hundred thousand annotations have them."""

_Test = Callable[[Annotation, Placement | None], bool]


@dataclass(frozen=True, slots=True)
class Query:
    """What an annotation must have, all of it, to be found."""

    words: tuple[str, ...] = ()
    """Folded words and phrases that stand somewhere in its quote, note or tags. One test for all of them is enough:
    whoever has many annotations keeps their `searched` texts."""
    without: tuple[str, ...] = ()
    """Folded words and phrases that stand nowhere there."""
    tests: tuple[_Test, ...] = ()
    """What is asked beyond words."""
    needs_placement: bool = False
    """Whether where an annotation is found matters, not only what it says."""
    problem: str = ""
    """What of it is not understood, in a sentence: that part finds nothing."""

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.words or self.without or self.tests or self.problem)

    def matches(self, annotation: Annotation, placement: Placement | None, text: str | None = None) -> bool:
        """Whether an annotation is found.

        Args:
            annotation: What is looked at.
            placement: Where it is; `None` for a note on the whole article, or if that is not known.
            text: Its `searched` text, where that is kept.
        """
        if not all(test(annotation, placement) for test in self.tests):
            return False
        where = searchable_text(annotation) if text is None else text
        return all(word in where for word in self.words) and not any(word in where for word in self.without)


def searchable_text(annotation: Annotation) -> str:
    """The folded text in which words are looked for: quote, note and tags, a line each, white space made one."""
    quote = annotation.anchor.exact if annotation.anchor else ""
    parts = (quote, annotation.note, *(f"#{tag}" for tag in annotation.tags))
    return fold("\n".join(" ".join(part.split()) for part in parts))


def parse_query(typed: str, *, label_name: Callable[[str], str] = LABELS.name) -> Query:
    """What was typed, as a query. Half a word finds what begins or goes on like it, so it can be asked at every key.

    Args:
        typed: As the reader typed it. A `-` before a term turns it round.
        label_name: What a label is called, by its id.
    """
    words: list[str] = []
    without: list[str] = []
    tests: list[_Test] = []
    problems: list[str] = []
    for minus, about, value in _terms(typed):
        if not about:
            (without if minus else words).append(value)
            continue
        test, problem = _test(about, value, label_name)
        problems += [problem] if problem else []
        tests.append(_not(test) if minus else test)
    needs_placement = any(about == "is:" for _, about, _ in _terms(typed))
    return Query(tuple(words), tuple(without), tuple(tests), needs_placement, " ".join(problems))


def _terms(typed: str) -> Iterator[tuple[bool, str, str]]:
    """The terms: whether one is turned round, what it is about, and what is looked for, folded."""
    for minus, about, phrase, word in _TERM.findall(typed):
        value = " ".join(fold(phrase or word).split())
        if value and word != "#":
            yield bool(minus), about.lower(), value


def _test(about: str, value: str, name: Callable[[str], str]) -> tuple[_Test, str]:
    """A term's test, and what is wrong with it, if something is."""
    if about == "#":
        return (lambda annotation, _: any(_folded(tag).startswith(value) for tag in annotation.tags)), ""
    if about == "label:":
        return (lambda annotation, _: _is_label(annotation.label, value, name)), ""
    if about == "has:":
        found = next((test for what, test in _HAS.items() if what.startswith(value)), None)
        return (
            (lambda annotation, _: found(annotation), "")
            if found
            else (_nothing, f"has: knows {', '.join(_HAS)}.")
        )
    state = next((what for what in _IS if what.startswith(value)), "")
    problem = "" if state else f"is: knows {', '.join(_IS)}."
    return (lambda annotation, placement: _state(annotation, placement) == state), problem


def _is_label(label_id: str, value: str, name: Callable[[str], str]) -> bool:
    return bool(label_id) and (
        _folded(label_id).startswith(value) or _folded(name(label_id)).startswith(value)
    )


def _state(annotation: Annotation, placement: Placement | None) -> str:
    if annotation.anchor is None:
        return "article"
    return placement.kind.value if placement else "nowhere"


def _nothing(_annotation: Annotation, _place: Placement | None) -> bool:
    return False


def _not(test: _Test) -> _Test:
    return lambda annotation, placement: not test(annotation, placement)
