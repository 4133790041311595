"""Commands that change annotations or go to them: label, remove, next and previous, undo."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from pactreader.core.labels import Labels
from pactreader.core.notebooks.annotation_index import Highlight
from pactreader.core.notebooks.changes import Change
from pactreader.core.printable_text import printable_line
from pactreader.core.text_units import TextUnit
from pactreader.core.wording import pluralise
from pactreader.tui.keys.registry import LABEL_PREFIX, Command, Footer, Group, command
from pactreader.tui.keys.screen_state import (
    ScreenState,
    needs_highlights,
    needs_passage,
    needs_redo,
    needs_target,
    needs_undo,
)

if TYPE_CHECKING:
    from pactreader.tui.context import Context


# Labels


def _label_word(state: ScreenState) -> str:
    if state.has_selected_notes:
        return "relabel all"
    return "relabel" if state.has_target and not state.selecting else "label"


def label_commands(labels: Labels) -> Iterator[Command]:
    """Return a command for each label, on the label's key, that gives a passage the label."""
    for each in labels:
        yield Command(
            LABEL_PREFIX + each.id,
            (each.key,) if each.key else (),
            f"Highlight as {each.name}",
            partial(label, label_id=each.id),
            Group.MARK,
            short="label it",
            help="The selection, or the tinted sentence. On a highlight: another label for it.",
            footer=Footer(
                _label_word, reading=2, highlight=2, selecting=1, reshaping=7, notes=9, selected_notes=1
            ),
            when=needs_passage,
        )


def label(context: "Context", label_id: str) -> None:
    """Label the selected cards, the target, the selection or the sentence at the caret.

    A highlight that is being reshaped gets the selection as its passage too.
    """
    panes, notebook, view, submit = (
        context.panes,
        context.notebook,
        context.article_view,
        context.saves.submit,
    )
    selection, target = panes.selection, panes.label_target
    is_labelled = target is not None and target.label == label_id
    change: Change | None = None
    if panes.selected_ids:
        change_selected(context, notebook.relabel_all, label_id)
    elif target is None:
        change = submit(notebook.highlight, view.caret.passage, label_id)
        _report_if_filtered(context, change)
    elif target.anchor is None:
        context.show_message("A note on the whole article has no label.")
    elif selection and view.reshaping:
        change = submit(notebook.reshape, target.id, selection, label_id)
        is_labelled = False
    elif is_labelled:
        context.show_message(f"That is {notebook.labels.name(label_id)} already.")
    else:
        change = submit(notebook.relabel, target.id, label_id)
    if selection and (change or is_labelled):
        view.clear_selection()
        if (
            notebook.annotation_at(view.caret.offset) is None
        ):  # the caret stands on the space behind the passage
            view.go_to(selection.end - 1)


def _report_if_filtered(context: "Context", change: Change | None) -> None:
    """Tell the user if the filter of the notes hides the card of a new highlight."""
    note_list = context.notes_panel.note_list
    if change and change.edits[0].id not in note_list:
        words = printable_line(note_list.filter)
        context.show_message(f"It is a highlight, though not among the notes with {words}.")


@command(
    "label-last",
    "m",
    "Highlight with the last label",
    group=Group.MARK,
    short="the last label",
    when=needs_passage,
)
def label_last(context: "Context") -> None:
    """Label with the label used last."""
    label(context, context.notebook.last_label)


@command(
    "remove",
    "x delete",
    "Remove the highlight",
    group=Group.MARK,
    short="remove",
    footer=Footer("remove", highlight=5, notes=7, selected_notes=3),
    when=needs_target,
)
def remove(context: "Context") -> None:
    """Remove the target, or the annotations of the selected cards."""
    target = context.panes.target
    if context.panes.selected_ids:
        change_selected(context, context.notebook.remove_all)
    elif target and (change := context.saves.submit(context.notebook.remove, target.id)):
        title = change.title.removeprefix("remove")
        context.show_message(f"Removed{title}. {context.keymap.key('undo')} brings it back.")


def change_selected(context: "Context", method: Callable[..., Change], *arguments: str) -> None:
    """Change the annotations of the selected cards by one change."""
    ids: Sequence[str] = context.panes.selected_ids
    if not method(ids, *arguments).edits:
        context.show_message("They are so already.")
    elif change := context.saves.submit(method, ids, *arguments):
        report_done(context, change)


def report_done(context: "Context", change: Change) -> None:
    """Tell the user that a change was made, and how to undo it."""
    context.show_message(f"Done: {change.title}. {context.keymap.key('undo')} takes it back.")


# Moving between highlights


@command(
    "highlight-next",
    "]",
    "Next highlight",
    group=Group.MARK,
    short="next, previous",
    when=needs_highlights,
)
def highlight_next(context: "Context") -> None:
    """Go to the next highlight."""
    caret = context.article_view.caret
    last = caret.units.unit_at(TextUnit.CHARACTER, caret.offset).end - 1
    _go_to_highlight(context, context.notebook.highlight_after(last), "That was the last highlight.")


@command(
    "highlight-previous",
    "[",
    "Previous highlight",
    group=Group.MARK,
    short="next, previous",
    when=needs_highlights,
)
def highlight_previous(context: "Context") -> None:
    """Go to the previous highlight."""
    highlight = context.notebook.highlight_before(context.article_view.caret.offset)
    _go_to_highlight(context, highlight, "That was the first highlight.")


def _go_to_highlight(context: "Context", highlight: Highlight | None, none_message: str) -> None:
    if highlight is None:
        context.show_message(none_message)
        return
    context.article_view.go_to(highlight.start)
    context.notes_panel.set_current(highlight.annotation.id)


@command(
    "pick-highlight",
    "F",
    "Pick a highlight",
    group=Group.MARK,
    short="pick from list",
    help="From a list in which every one wears a tag; a label key then relabels it.",
    when=needs_highlights,
)
def pick_highlight(context: "Context") -> None:
    """List the highlights around the caret, and go to the one whose tag is typed."""
    from pactreader.tui.commands.tag_pickers import HighlightPicker

    if context.panes.in_notes:
        context.panes.focus_article()
    context.capture.start(HighlightPicker(context))


# Undo


@command(
    "undo",
    "u",
    "Undo",
    group=Group.WRITE,
    short="undo, redo",
    help="Across restarts.",
    footer=Footer("undo", reading=8, highlight=8, notes=10, selected_notes=8),
    when=needs_undo,
)
def undo(context: "Context") -> None:
    """Undo the last change: discard the newest unsaved one, or revert the last saved one."""
    if context.saves:
        context.show_message(f"Let go of what was not saved: {context.saves.discard_last()}")
        return
    _report_undo(context, context.saves.submit(context.notebook.undo), "Undone")


@command("redo", "ctrl+r", "Redo", group=Group.WRITE, short="undo, redo", when=needs_redo)
def redo(context: "Context") -> None:
    """Redo the change that was undone last."""
    _report_undo(context, context.saves.submit(context.notebook.redo), "Redone")


def _report_undo(context: "Context", change: Change | None, done: str) -> None:
    """Go to the passage of an undo or redo, and tell what it did and which annotations it skipped."""
    if change is None:
        return
    _show_changed(context, change)
    skipped = change.skipped
    if not change.edits:
        context.show_message(
            f"Not {done.lower()}: {change.title}. It was changed elsewhere since, and stays as it is."
        )
    elif skipped:
        were = "was" if skipped == 1 else "were"
        what = f"{pluralise(skipped, 'annotation')} that {were} changed elsewhere since"
        context.show_message(f"{done}: {change.title}, but for {what}.")
    else:
        context.show_message(f"{done}: {change.title}")


def _show_changed(context: "Context", change: Change) -> None:
    """Go to the first annotation of a change that is in the text."""
    for annotation_id, annotation in change.result:
        placement = context.notebook.placement(annotation_id) if annotation else None
        if placement and placement.found and not context.panes.in_notes:
            context.article_view.go_to(placement.start)
            return
