"""Sentences about the placements of highlights after a change of the text."""

from collections.abc import Mapping
from typing import Final

from pactreader.core.anchoring.placement import PlacementKind
from pactreader.core.wording import pluralise
from pactreader.tui.keys.keymap import Keymap

_WORDS: Final = {
    PlacementKind.EXACT: "in place",
    PlacementKind.MOVED: "moved",
    PlacementKind.CHANGED: "changed",
    PlacementKind.DOUBTFUL: "doubtful",
    PlacementKind.LOST: "lost",
}
_TO_REVIEW: Final = (PlacementKind.CHANGED, PlacementKind.DOUBTFUL, PlacementKind.LOST)


def changed_sentence(
    change: str, counts: Mapping[PlacementKind, int], keymap: Keymap, *, text_changes: int = 0
) -> str:
    """Return a sentence on where the highlights are after a change of the text, and on what else has changed.

    Example: `The article changed since you read it: 41 in place, 1 lost. R reviews them, + goes to 3 changes.`

    Args:
        change: The beginning of the sentence.
        counts: The number of highlights by the kinds of their placements.
        keymap: The keymap, for the keys of the review and of the next change.
        text_changes: The number of changes of the text that the user can go to.
    """
    found = ", ".join(f"{counts[kind]:,} {words}" for kind, words in _WORDS.items() if counts.get(kind))
    hints = [_review_hint(counts, keymap)]
    if text_changes:
        hints.append(f"{keymap.key('change-next')} goes to {pluralise(text_changes, 'change')}")
    said = ". ".join(filter(None, (found, ", ".join(filter(None, hints)))))
    return f"{change}: {said}." if said else f"{change}."


def lost_sentence(counts: Mapping[PlacementKind, int], keymap: Keymap) -> str:
    """Return a sentence on the highlights that are not found in an unchanged text; empty if all are found."""
    lost, doubtful = counts.get(PlacementKind.LOST, 0), counts.get(PlacementKind.DOUBTFUL, 0)
    sentences = []
    if lost:
        are = "is" if lost == 1 else "are"
        sentences.append(
            f"{pluralise(lost, 'highlight')} {are} not in the text as it is now; the notes keep what was there: "
            f"{keymap.key('panes')}, {keymap.key('filter')} is:lost."
        )
    if doubtful:
        has = "has" if doubtful == 1 else "have"
        sentences.append(f"{pluralise(doubtful, 'highlight')} {has} a doubtful place.")
    if sentences and (hint := _review_hint(counts, keymap)):
        sentences.append(f"{hint}.")
    return " ".join(sentences)


def is_any_missing(counts: Mapping[PlacementKind, int]) -> bool:
    """Return whether any highlight is not certain to be in the text: doubtful or lost."""
    return bool(counts.get(PlacementKind.DOUBTFUL) or counts.get(PlacementKind.LOST))


def _review_hint(counts: Mapping[PlacementKind, int], keymap: Keymap) -> str:
    """Return the key of the review with its effect; empty if there is no such command or nothing to review."""
    if "review" not in keymap or not any(map(counts.get, _TO_REVIEW)):
        return ""
    return f"{keymap.key('review')} reviews them"
