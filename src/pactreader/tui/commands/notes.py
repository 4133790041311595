"""Commands that write notes and tags, and retry the save queue."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pactreader.core.annotation import Annotation, parse_tags
from pactreader.core.article import Passage
from pactreader.core.errors import NotSavedError
from pactreader.core.notebooks.changes import Change
from pactreader.core.printable_text import printable, printable_line, unix_line_ends
from pactreader.core.wording import pluralise
from pactreader.tui.keys.registry import Footer, Group, command
from pactreader.tui.keys.screen_state import needs_passage, needs_target, needs_unsaved

if TYPE_CHECKING:
    from pactreader.storage.state.drafts import Draft
    from pactreader.tui.context import Context
    from pactreader.tui.session.save_queue import Request

_TITLE_MARGIN: Final = 32
"""Cells of the editor's title that the quote cannot use: the words around it, and the end of its first line."""
_QUOTE_LENGTH: Final = 400
"""Code points of a passage in the editor's title: two lines of a wide screen."""
_SUGGESTED_TAGS: Final = 8
"""The number of tags in use that the prompt suggests."""


# Notes


@command(
    "note",
    "a",
    "Write a note",
    group=Group.WRITE,
    short="note, on it all",
    help="On the highlight at the caret, or highlighting the selection or the sentence first.",
    footer=Footer("note", reading=3, highlight=3, selecting=2, notes=6),
    when=needs_passage,
)
async def note(context: "Context") -> None:
    """Write a note on the target; without one, highlight the selection or the sentence first."""
    from pactreader.tui.session.save_queue import Request

    notebook, selection, target = context.notebook, context.panes.selection, context.panes.label_target
    highlight: Request | None = None
    if target is None:
        passage, annotation_id = context.article_view.caret.passage, notebook.new_annotation_id()
        highlight = Request(
            notebook.highlight, (passage, notebook.last_label), {"annotation_id": annotation_id}
        )
        # A highlight that is not saved stays queued: the note is typed all the same, and is saved with it.
        change = context.saves.submit(
            notebook.highlight, passage, notebook.last_label, annotation_id=annotation_id
        )
        change = change or highlight.change()
        target = change.edits[0].after if change else None
    if selection:
        context.article_view.clear_selection()
    await edit_note(context, target, highlight=highlight)


@command("note-article", "A", "Write a note on the whole article", group=Group.WRITE, short="note, on it all")
async def note_article(context: "Context") -> None:
    """Write a new note on the whole article."""
    await edit_note(context, None)


async def edit_note(
    context: "Context", annotation: Annotation | None, *, highlight: "Request | None" = None
) -> None:
    """Open the editor on an annotation's note or a new note on the article, with its draft if there is one.

    The editor has the focus on return, so that keys typed before it is drawn reach it.

    Args:
        context: The context.
        annotation: The annotation; `None` for a new note on the article.
        highlight: The request that made the annotation for this note; it may still be queued.
    """
    from pactreader.tui.dialogs.note_editor import EDITOR_LINES, NoteEditor

    saver = _NoteSaver(context, annotation, highlight)
    draft = context.session.drafts.get(context.session.entry.id, saver.annotation_id)
    if annotation:
        view = context.article_view
        view.keep_above(view.caret.sentence, min(EDITOR_LINES, view.screen.size.height // 2))
    context.editor = NoteEditor(
        title=_editor_title(context, annotation),
        note=saver.shown_note if draft is None else draft.note,
        message="" if draft is None else "What was not saved is back.",
        save_note=saver.save,
        write_draft=saver.save_draft,
        editor_file=saver.editor_file,
    )
    await context.push_dialog(context.editor)


async def reopen_draft(context: "Context", draft: "Draft") -> None:
    """Open the editor on a draft. If it is on a highlight that was not saved, that is made again first.

    Raises:
        NotSavedError: The draft could not be saved for the highlight, which got another id; it is kept.
    """
    from pactreader.tui.session.save_queue import Request

    notebook, annotation = context.notebook, context.notebook.get(draft.annotation)
    highlight: Request | None = None
    if annotation is None and draft.anchor:
        arguments, keywords = (draft.anchor, draft.label), {"annotation_id": draft.annotation}
        highlight = Request(notebook.highlight_again, arguments, keywords)
        change = (
            context.saves.submit(notebook.highlight_again, *arguments, annotation_id=draft.annotation)
            or highlight.change()
        )
        annotation = change.edits[0].after if change else None
        if annotation and annotation.id != draft.annotation:
            context.session.move_draft(draft, annotation.id)
    await edit_note(context, annotation, highlight=highlight)


def _editor_title(context: "Context", annotation: Annotation | None) -> str:
    """Return the editor's title with the quote, cut to two lines of the screen."""
    from pactreader.tui.page.typesetting import truncate

    quote = annotation.anchor.exact if annotation and annotation.anchor else ""
    if not quote:
        return "Note on the whole article"
    room = max(20, 2 * context.article_view.screen.size.width - _TITLE_MARGIN)
    return f"Note on “{truncate(printable_line(quote[:_QUOTE_LENGTH]), room)}”"


class _NoteSaver:
    """The functions of a note editor that save one note and its draft."""

    def __init__(
        self, context: "Context", annotation: Annotation | None, highlight: "Request | None"
    ) -> None:
        self.context = context
        self.annotation = annotation
        self.highlight = highlight

    @property
    def annotation_id(self) -> str:
        """The annotation's id; empty for a new note on the article."""
        return self.annotation.id if self.annotation else ""

    @property
    def shown_note(self) -> str:
        """The saved note as the editor shows it."""
        saved = self.annotation.note if self.annotation else ""
        return printable(unix_line_ends(saved)).rstrip()

    def save(self, typed: str) -> None:
        """Save the note and delete its draft.

        Raises:
            NotSavedError: Nothing was saved.
        """
        context, notebook = self.context, self.context.notebook
        if self.highlight and self.annotation_id not in notebook:
            self._save_with_highlight(self.highlight, typed)
        elif self.annotation:
            if typed != self.shown_note:
                _save_typed(context, notebook.write_note(self.annotation_id, typed, seen=self.annotation))
            elif self.highlight:
                context.show_message(
                    f"Highlighted, without a note. {context.keymap.key('undo')} takes it back."
                )
        elif typed:
            _save_typed(context, notebook.note_on_article(typed))
            context.show_message("The note on the article is saved: it stands on top of the notes.")
        context.saves.mark_typed_saved()
        context.session.drafts.discard(context.session.entry.id, self.annotation_id)

    def save_draft(self, typed: str) -> None:
        """Save what is typed so far.

        Raises:
            NotSavedError: It was not saved.
        """
        is_saved = self.annotation_id in self.context.notebook
        self.context.session.save_draft(self.annotation_id, typed, None if is_saved else self.annotation)

    def editor_file(self) -> Path:
        """Return the path of the file for an external editor."""
        session = self.context.session
        return session.drafts.editor_file(session.entry.id, self.annotation_id)

    def _save_with_highlight(self, highlight: "Request", typed: str) -> None:
        """Save a note together with its highlight, which is still queued.

        Raises:
            NotSavedError: Neither was saved; the highlight is queued again.
        """
        context, notebook = self.context, self.context.notebook
        if not typed:
            return
        anchor = self.annotation.anchor if self.annotation else None
        placement = anchor and notebook.locator.place_at_once(anchor)
        saved_since = placement and notebook.annotation_on(Passage(placement.start, placement.end))
        was_queued = context.saves.discard(highlight.subject)
        try:
            if saved_since and not saved_since.note:
                _save_typed(context, notebook.write_note(saved_since.id, typed, seen=saved_since))
            else:  # the note of another window is not overwritten
                keywords = {**highlight.keywords, "note": typed}
                if change := highlight._replace(keywords=keywords).change():
                    _save_typed(context, change)
        except NotSavedError:
            if was_queued:
                context.saves.enqueue(highlight)
            raise


def _save_typed(context: "Context", change: Change) -> None:
    """Save a change typed in a dialog, and tell the user if that made a conflict.

    Raises:
        NotSavedError: Nothing was saved or changed.
    """
    change = context.saves.save_typed(change)
    after = (edit.after for edit in change.edits)
    if any(one and one.id in context.notebook.conflicted and not one.conflicts for one in after):
        context.show_message(
            "It was changed elsewhere meanwhile: its card shows both versions, "
            f"{context.keymap.key('panes')} goes there.",
            warning=True,
        )


# Tags


@command(
    "tags",
    "t",
    "Tags…",
    group=Group.MARK,
    short="tags",
    footer=Footer("tags", highlight=6, notes=8, selected_notes=2),
    when=needs_target,
)
async def tags(context: "Context") -> None:
    """Ask for the tags of the target, or of the annotations of the selected cards."""
    from pactreader.tui.dialogs.prompt import Prompt

    notebook, target = context.notebook, context.panes.target
    if context.panes.selected_ids:
        await _tag_selected(context, context.panes.selected_ids)
        return
    if target is None:
        return

    def save(typed: str) -> None:
        if typed.strip() != proposed.strip():
            _save_typed(context, notebook.tag(target.id, parse_tags(printable_line(typed)), seen=target))

    proposed = "".join(f"{printable_line(tag)} " for tag in target.tags)
    known = [f"#{printable_line(tag)}" for tag in notebook.tags if tag not in target.tags][:_SUGGESTED_TAGS]
    used = f"In use: {' '.join(known)}   " if known else "law arms gives it #law and #arms   "
    hint = f"{used}enter keeps them, esc leaves them as they were"
    await context.push_dialog(Prompt("Tags", value=proposed, hint=hint, on_submit=save))


async def _tag_selected(context: "Context", annotation_ids: Sequence[str]) -> None:
    """Ask for tags to add to several annotations, or to remove from them if written with a `-`."""
    from pactreader.tui.dialogs.prompt import Prompt

    def save(typed: str) -> None:
        words = printable_line(typed).replace(",", " ").split()
        removed = parse_tags(" ".join(word[1:] for word in words if word.startswith("-")))
        added = parse_tags(" ".join(word for word in words if not word.startswith("-")))
        change = context.notebook.tag_all(annotation_ids, added, removed)
        if change.edits:
            _save_typed(context, change)
            context.show_message(f"Done: {change.title}. {context.keymap.key('undo')} takes it back.")

    question = f"Tags for {pluralise(len(annotation_ids), 'annotation')}"
    hint = "law gives them #law, -law takes it away   enter does it"
    await context.push_dialog(Prompt(question, hint=hint, on_submit=save))


# Saving


@command(
    "save",
    "ctrl+s",
    "Save what is not saved",
    group=Group.WRITE,
    short="save again",
    footer=Footer("save again", every=-4),
    when=needs_unsaved,
    momentary=True,
)
def save(context: "Context") -> None:
    """Retry the save queue."""
    context.saves.retry()
