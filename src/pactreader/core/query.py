"""Queries that filter annotations: words, `"a phrase"`, `#tag`, `label:doubt`, `has:note`, `is:lost`, `-not`."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Annotation
from pactreader.core.labels import LABELS
from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.core.search import fold, join_divided_words

_TERM: Final = lazy_pattern(
    r"""
    (?P<minus>-?)
    (?P<field>(?:label|has|is):|\#)?
    (?:"(?P<phrase>[^"]*)"?|(?P<word>\S+))
    """,
    re.IGNORECASE | re.VERBOSE,
)

_TYPED_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
"""Quotation marks that may be typed around a phrase."""

_HAS: Final[dict[str, Callable[[Annotation], bool]]] = {
    "note": lambda annotation: bool(annotation.note.strip()),
    "tags": lambda annotation: bool(annotation.tags),
    "versions": lambda annotation: bool(annotation.conflicts),
}
_IS: Final = (*(kind.value for kind in PlacementKind), "article")
"""Kinds of placements, and `article` for a note on the whole article."""

_fold_cached: Final = lru_cache(1_000)(fold)
"""`fold` with a cache, for labels and tags, of which many annotations have few different ones."""

_Test = Callable[[Annotation, Placement | None], bool]


class Query(NamedTuple):
    """A filter of annotations, which match if they fulfil all its conditions."""

    words: tuple[str, ...] = ()
    """Folded words and phrases that must be in the annotation's `searchable_text`."""
    without: tuple[str, ...] = ()
    """Folded words and phrases that must not be in it."""
    tests: tuple[_Test, ...] = ()
    """The other conditions."""
    needs_placement: bool = False
    """True if a condition depends on the annotation's placement."""
    problem: str = ""
    """A sentence on the terms that are not understood, which no annotation fulfils; empty if there are none."""

    def __bool__(self) -> bool:
        """Return whether the query has any condition."""
        return bool(self.words or self.without or self.tests or self.problem)

    def narrows(self, other: "Query") -> bool:
        """Return whether all that match this query match another, as those of `vagu` do after `vag`."""
        return (
            not (other.tests or other.problem)
            and all(any(word in new for new in self.words) for word in other.words)
            and set(other.without) <= set(self.without)
        )

    def matches(self, annotation: Annotation, placement: Placement | None, text: str | None = None) -> bool:
        """Return whether an annotation fulfils all conditions.

        Args:
            annotation: The annotation.
            placement: Its placement; `None` for a note on the whole article, or if it is not known.
            text: Its `searchable_text`, if the caller has it cached.
        """
        if not all(test(annotation, placement) for test in self.tests):
            return False
        content = searchable_text(annotation) if text is None else text
        return all(word in content for word in self.words) and not any(
            word in content for word in self.without
        )


def searchable_text(annotation: Annotation) -> str:
    """Return the folded quote, note, tags and author of an annotation, one per line, with each white space as one space.

    A quote or note with a hyphen at the end of a line is in it twice: with the divided words joined, and as it stands.
    """
    quote = annotation.anchor.exact if annotation.anchor else ""
    parts = [quote, annotation.note, *(f"#{tag}" for tag in annotation.tags), annotation.author]
    for part in (quote, annotation.note):
        if part.isascii() and "-" not in part:
            continue  # nothing else divides words in ASCII
        parts += {join_divided_words(part), join_divided_words(part, hyphen="-")} - {part}
    return fold("\n".join(" ".join(part.split()) for part in parts))


def parse_query(typed: str, *, label_name: Callable[[str], str] = LABELS.name) -> Query:
    """Parse a query as typed so far, so that unfinished terms match whatever they may become.

    `vague -#law label:dou` gives the word `vague`, and tests for no tag that begins with `law` and for a label that
    begins with `dou`.

    Args:
        typed: The text. A `-` before a term negates it.
        label_name: A function that returns the name of a label by its id.
    """
    words: list[str] = []
    without: list[str] = []
    tests: list[_Test] = []
    problems: list[str] = []
    needs_placement = False
    for term in _terms(typed):
        if not term.field:
            (without if term.negated else words).append(term.value)
            continue
        test, problem = _make_test(term.field, term.value, label_name)
        problems += [problem] if problem else []
        tests.append(_not(test) if term.negated else test)
        needs_placement |= term.field == "is:"
    return Query(tuple(words), tuple(without), tuple(tests), needs_placement, " ".join(problems))


class _Term(NamedTuple):
    """One term of a query."""

    negated: bool
    field: str
    """`#`, `label:`, `has:` or `is:`; empty for a word or phrase."""
    value: str
    """The rest of the term, folded."""


def _terms(typed: str) -> Iterator[_Term]:
    """Split a query into its terms, except for those without a value, which are still being typed."""
    for term in _TERM.finditer(typed.translate(_TYPED_QUOTES)):
        value = " ".join(fold(term["phrase"] or term["word"] or "").split())
        if value and term["word"] != "#":
            yield _Term(bool(term["minus"]), (term["field"] or "").lower(), value)


def _make_test(field: str, value: str, name: Callable[[str], str]) -> tuple[_Test, str]:
    """Return the test for a term, and a sentence on what is wrong with the term; empty if nothing is."""
    if field == "#":
        return (lambda annotation, _: any(_fold_cached(tag).startswith(value) for tag in annotation.tags)), ""
    if field == "label:":
        return (lambda annotation, _: _is_label(annotation.label, value, name)), ""
    if field == "has:":
        has = next((test for feature, test in _HAS.items() if feature.startswith(value)), None)
        if has is None:
            return _never, f"has: knows {', '.join(_HAS)}."
        return (lambda annotation, _: has(annotation)), ""
    state = next((state for state in _IS if state.startswith(value)), "")
    if not state:
        return _never, f"is: knows {', '.join(_IS)}."
    return (lambda annotation, placement: _state(annotation, placement) == state), ""


def _is_label(label_id: str, value: str, name: Callable[[str], str]) -> bool:
    """Return whether a label's id or name begins with a folded value."""
    return bool(label_id) and (
        _fold_cached(label_id).startswith(value) or _fold_cached(name(label_id)).startswith(value)
    )


def _state(annotation: Annotation, placement: Placement | None) -> str:
    if annotation.anchor is None:
        return "article"
    return placement.kind.value if placement else "unknown"


def _never(_annotation: Annotation, _placement: Placement | None) -> bool:
    return False


def _not(test: _Test) -> _Test:
    return lambda annotation, placement: not test(annotation, placement)
