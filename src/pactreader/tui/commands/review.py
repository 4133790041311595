"""Commands for highlights whose passages have changed: accept a placement, attach to another passage, review all."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from pactreader.core.anchoring.placement import PlacementKind
from pactreader.core.annotation import Annotation
from pactreader.core.article import Passage
from pactreader.core.notebooks.changes import Change
from pactreader.core.printable_text import printable_line
from pactreader.core.wording import pluralise
from pactreader.tui.commands.annotations import change_selected, report_done
from pactreader.tui.keys.registry import Footer, Group, Pane, command
from pactreader.tui.keys.screen_state import (
    needs_acceptable,
    needs_attachable,
    needs_attaching,
    needs_attaching_only,
)

if TYPE_CHECKING:
    from pactreader.tui.context import Context

_QUOTE_LENGTH: Final = 40
"""Code points of a quote in a message."""
_NOT_SAVED: Final = "It is not saved yet, and is tried again."


class Attachment(NamedTuple):
    """A highlight that is to be attached to another passage, while the user chooses that."""

    annotation_id: str
    from_review: bool
    """True to go on with the review after it."""


# One highlight


@command(
    "accept",
    "Y",
    "Accept the passage as it is now",
    group=Group.MARK,
    short="accept a change",
    help="Of a changed or a doubtful highlight.",
    footer=Footer("accept", reading=-6, highlight=-6, notes=-6),
    when=needs_acceptable,
    momentary=True,
)
def accept(context: "Context") -> None:
    """Accept the placement of the target, or of the selected cards: describe the anchor by the present text."""
    target = context.panes.unconfirmed_target
    if context.panes.selected_ids:
        change_selected(context, context.notebook.accept)
    elif target and (change := context.saves.submit(context.notebook.accept, (target.id,))):
        report_done(context, change)


@command(
    "attach",
    "H",
    "Attach the highlight to another passage",
    group=Group.MARK,
    short="reattach",
    help="To what is selected; without a selection, the passage is chosen next.",
    when=needs_attachable,
)
def attach(context: "Context") -> None:
    """Attach the target to the selection in the article; without one, let the user choose the passage."""
    target = context.panes.unconfirmed_target or context.panes.target
    selection = context.article_view.caret.selection
    if target is None or target.anchor is None:
        context.show_message("A note on the whole article has no passage.")
    elif selection:
        _attach(context, target.id, selection)
    else:
        choose_passage(context, target)


@command(
    "attach-here",
    "enter",
    "Attach it to this passage",
    group=Group.MARK,
    pane=Pane.ARTICLE,
    short="attach it here",
    help="To the selection or the tinted sentence, while its passage is chosen.",
    footer=Footer("attach it here", attaching=1),
    when=needs_attaching,
    momentary=True,
)
async def attach_here(context: "Context") -> None:
    """Attach the highlight whose passage is chosen to the selection or the sentence at the caret."""
    attachment, context.attachment = context.attachment, None
    if attachment is None:
        return
    _attach(context, attachment.annotation_id, context.article_view.caret.passage)
    if attachment.from_review and context.notebook.unconfirmed:
        await open_review(context)


@command(
    "attach-cancel",
    "escape",
    "Leave it where it was",
    group=Group.MARK,
    pane=Pane.ARTICLE,
    short="leave it where it was",
    footer=Footer("leave it", attaching=2),
    when=needs_attaching_only,
    momentary=True,
)
async def cancel_attaching(context: "Context") -> None:
    """Leave the highlight whose passage is chosen as it was, and go on with the review if it began there."""
    attachment, context.attachment = context.attachment, None
    if attachment and attachment.from_review:
        await open_review(context, attachment.annotation_id)
    else:
        context.show_message("It is left as it was.")


def choose_passage(context: "Context", annotation: Annotation, *, from_review: bool = False) -> None:
    """Let the user choose the passage that an annotation is to be attached to, from where it was on."""
    placement = context.notebook.placement(annotation.id)
    if context.panes.in_notes:
        if placement:
            context.panes.jump_to(placement.start)
        context.panes.focus_article()
    context.attachment = Attachment(annotation.id, from_review)
    quote = printable_line(annotation.anchor.exact[:_QUOTE_LENGTH]) if annotation.anchor else ""
    enter, escape = map(context.keymap.key, ("attach-here", "attach-cancel"))
    context.show_message(
        f"Go to its passage, or select it: {enter} attaches “{quote}” to the tinted sentence or the selection, "
        f"{escape} leaves it."
    )


def _attach(context: "Context", annotation_id: str, passage: Passage) -> None:
    if change := context.saves.submit(context.notebook.reshape, annotation_id, passage):
        context.article_view.clear_selection()
        report_done(context, change)


# All of them


@command(
    "review",
    "R",
    "Review what changed in the highlights",
    group=Group.MARK,
    short="review changes",
    help="The changed, doubtful and lost ones, one by one: accept, attach or leave.",
)
async def review(context: "Context") -> None:
    """Open the review at the target, or else at the first annotation to review."""
    if context.notebook.unconfirmed:
        target = context.panes.unconfirmed_target
        await open_review(context, target.id if target else "")
    elif pending := len(context.notebook.pending):
        are = "is" if pending == 1 else "are"
        context.show_message(f"{pluralise(pending, 'highlight')} {are} still being looked for.")
    else:
        context.show_message("There is nothing to review: every highlight is in its place.")


async def open_review(context: "Context", annotation_id: str = "") -> None:
    """Open the review at an annotation, if it is to be reviewed, or at the first one from the caret on."""
    from pactreader.tui.dialogs.review_dialog import ReviewDialog

    if context.panes.in_notes:
        context.panes.focus_article()
    context.panes.history.push(context.panes.position)
    await context.push_dialog(ReviewDialog(Review(context, annotation_id)))


class Review:
    """The walk through the changed, doubtful and lost annotations of the open article, in reading order.

    Its actions return a sentence for the user; an empty one if there is nothing to tell.
    """

    def __init__(self, context: "Context", annotation_id: str = "") -> None:
        """Begin at an annotation; if it is not to be reviewed, at the first one from the caret on."""
        self.notebook = context.notebook
        self.keymap = context.keymap
        self.colourful = context.app.colourful
        self.changes_made = 0
        """The number of changes made in this review and not undone."""
        self._context = context
        self._ids: Sequence[str] = ()
        self._revision = -1
        """The notebook's revision that `_ids` was made from."""
        self._index = 0
        if annotation_id in self.ids:
            self._index = self.ids.index(annotation_id)
        else:
            before = self.notebook.index_at(context.article_view.caret.offset - 1)
            self._index = sum(self.notebook.index(id_) <= before for id_ in self.ids) % max(1, len(self.ids))

    @property
    def ids(self) -> Sequence[str]:
        """The ids of the annotations to review, in reading order."""
        if self._revision != self.notebook.revision:
            self._revision = self.notebook.revision
            self._ids = sorted(self.notebook.unconfirmed, key=self.notebook.index)
            if self._context.reviewed_id in self._ids:  # others may have been placed before it meanwhile
                self._index = self._ids.index(self._context.reviewed_id)
        return self._ids

    @property
    def index(self) -> int:
        """The index of the current annotation; 0 if none is left."""
        return max(0, min(self._index, len(self.ids) - 1))

    @property
    def current(self) -> Annotation | None:
        """The current annotation; `None` if none is left."""
        return self.notebook[self.ids[self.index]] if self.ids else None

    @property
    def changed_ids(self) -> Sequence[str]:
        """The ids of the changed annotations."""
        placements = ((id_, self.notebook.placement(id_)) for id_ in self.ids)
        return [id_ for id_, found in placements if found and found.kind is PlacementKind.CHANGED]

    def show(self, covered_lines: int) -> None:
        """Show the current annotation on the page, above a dialog over so many lines: selected, or where it was."""
        annotation, view = self.current, self._context.article_view
        placement = self.notebook.placement(annotation.id) if annotation else None
        if annotation is None or placement is None:
            return
        self._context.reviewed_id = annotation.id
        passage = Passage(placement.start, placement.end)
        view.clear_selection()
        if placement.kind is PlacementKind.LOST:
            view.go_to(passage.start)
            passage = view.caret.sentence
        else:
            view.go_to_passage(passage)
        view.keep_above(passage, covered_lines)
        self._context.notes_panel.set_current(annotation.id)

    def step(self, count: int) -> str:
        """Go on by so many annotations, back if negative."""
        index = self.index + count
        if not 0 <= index < len(self.ids):
            return "That was the last one." if count > 0 else "That was the first one."
        self._index = index
        return ""

    def accept(self) -> str:
        """Accept the placement of the current annotation."""
        annotation = self.current
        placement = self.notebook.placement(annotation.id) if annotation else None
        if annotation is None or placement is None:
            return ""
        if placement.kind is PlacementKind.LOST:
            return "There is nothing to accept: it is not in the text."
        change = self._context.saves.submit(self.notebook.accept, (annotation.id,))
        return self._report(change, "Accepted.")

    def accept_changed(self) -> str:
        """Accept the placements of all changed annotations, by one change."""
        ids = tuple(self.changed_ids)
        if not ids:
            return "None is changed."
        change = self._context.saves.submit(self.notebook.accept, ids)
        return self._report(change, f"{pluralise(len(ids), 'change')} accepted.")

    def remove(self) -> str:
        """Remove the current annotation."""
        annotation = self.current
        if annotation is None:
            return ""
        return self._report(self._context.saves.submit(self.notebook.remove, annotation.id), "Removed.")

    def undo(self) -> str:
        """Undo the last change of this review, and return to its annotation."""
        if not self.changes_made:
            return "Nothing was changed in this review."
        change = self._context.saves.submit(self.notebook.undo)
        if change is None:
            return _NOT_SAVED
        self.changes_made -= 1
        undone = {edit.id for edit in change.edits}
        self._index = next((index for index, id_ in enumerate(self.ids) if id_ in undone), self._index)
        return f"Undone: {change.title}."

    def choose_passage(self) -> None:
        """Let the user choose another passage for the current annotation, after the dialog is closed."""
        if annotation := self.current:
            choose_passage(self._context, annotation, from_review=True)

    def end(self) -> None:
        """Deselect the current passage, and tell the user if nothing is left."""
        self._context.reviewed_id = ""
        self._context.article_view.clear_selection()
        if not self.ids:
            undo = f" {self.keymap.key('undo')} takes back the last change." if self.changes_made else ""
            self._context.show_message(f"Everything is reviewed.{undo}")

    def _report(self, change: Change | None, done: str) -> str:
        """Return what was done and how to undo it, or that it is not saved."""
        if change is None:
            return _NOT_SAVED
        self.changes_made += 1
        return f"{done} {self.keymap.key('undo')} takes it back."
