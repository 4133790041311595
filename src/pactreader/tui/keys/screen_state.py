"""The state of the reading screen that commands depend on, and the conditions on it.

A condition is a function that returns the reason why a command cannot run, as a sentence; an empty string if it can.
A command id in braces, such as `{panes}`, stands for the key of that command.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Final, NamedTuple

from pactreader.core.text_changes.unread_changes import ComparisonState

STILL_SEARCHED: Final = "This passage is still being looked for."
"""The message of a command that needs a passage that is not placed yet."""


class Mode(StrEnum):
    """The modes of the footer, each with its own choice of commands."""

    READING = "reading"
    HIGHLIGHT = "highlight"
    """The caret is on a highlight."""
    SELECTING = "selecting"
    RESHAPING = "reshaping"
    ATTACHING = "attaching"
    NOTES = "notes"
    """The notes panel has the focus."""
    SELECTED_NOTES = "selected_notes"
    """Several cards of the panel are selected."""


class ScreenState(NamedTuple):
    """A snapshot of what conditions depend on: focus, selection and notebook."""

    in_notes: bool = False
    """True if the notes panel has the focus; False if the article has."""
    selecting: bool = False
    selection_is_fresh: bool = False
    """True if a selection by character was begun and not changed yet."""
    on_link: bool = False
    reshaping: bool = False
    """True while the selection is to become the passage of a highlight."""
    attaching: bool = False
    """True while a passage is chosen for a highlight that is to be attached to it."""
    has_target: bool = False
    """True if there is a highlight at the caret, or a current card."""
    can_accept: bool = False
    """True if the target, or a doubtful highlight at the caret, has a placement that the user may accept."""
    has_highlights: bool = False
    """True if any highlight is found in the text."""
    has_lost: bool = False
    """True if there are highlights, and none of them is found in the text."""
    has_pending: bool = False
    """True if the passages of some highlights are still being looked for."""
    has_cards: bool = False
    has_selected_notes: bool = False
    has_text: bool = True
    on_conflict: bool = False
    """True if the target has a conflict."""
    has_conflicts: bool = False
    """True if any annotation of the article has a conflict."""
    has_unsaved: bool = False
    """True if the save queue is not empty."""
    comparison: ComparisonState = ComparisonState.UNCHANGED
    """The result of comparing the text with the one that was last read."""
    can_undo: bool = False
    can_redo: bool = False

    @property
    def mode(self) -> Mode:
        """The mode of the footer."""
        if self.reshaping:
            return Mode.RESHAPING
        if self.attaching:
            return Mode.ATTACHING
        if self.selecting:
            return Mode.SELECTING
        if self.has_selected_notes:
            return Mode.SELECTED_NOTES
        if self.in_notes:
            return Mode.NOTES
        return Mode.HIGHLIGHT if self.has_target else Mode.READING


Condition = Callable[[ScreenState], str]


def always(_state: ScreenState) -> str:
    """Allow the command in every state."""
    return ""


def needs_text(state: ScreenState) -> str:
    """Require an article that is not empty."""
    return "" if state.has_text else "There is no text to mark here."


def needs_target(state: ScreenState) -> str:
    """Require a highlight at the caret, a current card or selected cards."""
    if state.has_target or state.has_selected_notes:
        return ""
    return (
        "No card is chosen."
        if state.in_notes
        else "There is no highlight at the caret: {highlight-next} goes to the next one."
    )


def needs_passage(state: ScreenState) -> str:
    """Require a passage to label: any text in the article, a target in the notes."""
    return needs_target(state) if state.in_notes else needs_text(state)


def needs_selection(state: ScreenState) -> str:
    """Require a selection."""
    return "" if state.selecting else "Nothing is selected: {select} begins a selection."


def needs_fresh_selection(state: ScreenState) -> str:
    """Require a selection by character that was begun and not changed yet."""
    return "" if state.selection_is_fresh else "That works right after {select}."


def needs_link(state: ScreenState) -> str:
    """Require a link at the caret."""
    return "" if state.on_link else "There is no link at the caret: {link} picks one."


def needs_reshaping(state: ScreenState) -> str:
    """Require a highlight that is being reshaped."""
    return "" if state.reshaping else "Nothing is being reshaped: {reshape} begins it, on a highlight."


def needs_attachable(state: ScreenState) -> str:
    """Require a highlight that can be attached to another passage."""
    return "" if state.can_accept and not state.attaching else needs_target(state)


def needs_attaching(state: ScreenState) -> str:
    """Require a highlight that is to be attached to another passage."""
    if state.attaching and not state.reshaping:
        return ""
    return "Nothing is being attached: {attach} begins it, on a highlight or a card."


def needs_attaching_only(state: ScreenState) -> str:
    """Require a highlight that is to be attached to another passage, and no selection."""
    return "Something is selected." if state.selecting else needs_attaching(state)


def needs_acceptable(state: ScreenState) -> str:
    """Require a changed or doubtful highlight at the caret, a card of one, or selected cards."""
    if state.can_accept or state.has_selected_notes:
        return ""
    return "There is nothing to accept here: {review} goes through what is changed, doubtful or lost."


def needs_highlights(state: ScreenState) -> str:
    """Require highlights in the text."""
    if state.has_highlights:
        return ""
    if state.has_pending:
        return "The passages of the highlights are still being looked for."
    if state.has_lost:
        return "No highlight is in the text as it is now: {panes} goes to the notes, which keep them."
    return "There are no highlights yet: {label} marks the tinted sentence."


def needs_cards(state: ScreenState) -> str:
    """Require annotations."""
    return "" if state.has_cards else "There are no notes yet: {note} writes one."


def needs_conflict(state: ScreenState) -> str:
    """Require a target with a conflict."""
    if state.on_conflict:
        return ""
    if state.has_conflicts:
        return "There is nothing to choose here: {version-next} goes to where there is."
    return needs_conflicts(state)


def needs_conflicts(state: ScreenState) -> str:
    """Require an annotation with a conflict anywhere in the notebook."""
    return "" if state.has_conflicts else "There is nothing to choose: no note was changed in two places."


_NO_CHANGES: Final = {
    ComparisonState.PENDING: "The article is still being compared with what you read last.",
    ComparisonState.FIRST_READING: "You read this for the first time: there is no earlier text to compare it with.",
    ComparisonState.NOT_KEPT: "The text that you read last is not kept, so it cannot be told what has changed.",
    ComparisonState.UNCHANGED: "Nothing has changed since you read this last.",
    ComparisonState.REWRITTEN: "The article was rewritten since you read it: so much is new that nothing is marked.",
}
"""The reasons why there are no changes to go to."""


def needs_changes(state: ScreenState) -> str:
    """Require changes of the text since it was last read."""
    return _NO_CHANGES.get(state.comparison, "")


def needs_unsaved(state: ScreenState) -> str:
    """Require changes in the save queue."""
    return "" if state.has_unsaved else "Everything is saved."


def needs_undo(state: ScreenState) -> str:
    """Require a change that can be undone, or one in the save queue."""
    return "" if state.can_undo or state.has_unsaved else "There is nothing to undo."


def needs_redo(state: ScreenState) -> str:
    """Require an undone change."""
    return "" if state.can_redo else "There is nothing to redo."
