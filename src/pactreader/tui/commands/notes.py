"""What the reader writes: notes and tags, a draft of each note kept until it is saved."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from textual.screen import Screen

from pactreader.core.annotation import Annotation, parse_tags
from pactreader.core.errors import NotSavedError
from pactreader.core.notebook import Change, Notebook
from pactreader.core.printable_text import pluralise, printable, printable_line, unix_line_ends
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.page.typesetting import fitted
from pactreader.tui.panes import Panes
from pactreader.tui.save_queue import Ask, SaveQueue

if TYPE_CHECKING:
    from pactreader.tui.dialogs.note_editor import NoteEditor

_ABOUT_QUOTE: Final = 32
"""Cells of what stands around a quote above its note, and of what the end of the first line may leave free."""
_SHOWN_QUOTE: Final = 400
"""Code points of a passage that its note's editor shows: two lines of a wide screen."""


class DraftKeeper(Protocol):
    """Whoever keeps what is being typed."""

    def draft(self, annotation_id: str) -> str | None:
        """What was being typed on an annotation, or as a new note on the article."""

    def keep_draft(self, annotation_id: str, note: str) -> None:
        """Keep what is being typed, or raise NotSavedError."""

    def drop_draft(self, annotation_id: str) -> None:
        """Forget a draft whose note is saved."""

    def editor_file(self, annotation_id: str) -> Path:
        """Where the reader's own editor may have what is being typed, or raise NotSavedError."""


class Writing:
    """Opens what is typed into, and has what was typed saved."""

    def __init__(
        self,
        notebook: Notebook,
        panes: Panes,
        saving: SaveQueue,
        drafts: DraftKeeper,
        *,
        keymap: Keymap,
        say: Callable[..., None],
        push: Callable[[Screen[None]], Awaitable[object]],
    ) -> None:
        """Args:
        notebook: Knows what a change is.
        panes: Say what it is about.
        saving: Puts it on the disk.
        drafts: Keeps what is not saved yet.
        keymap: Says what to press.
        say: Says something to the reader.
        push: Shows a screen over this one.
        """
        self._notebook = notebook
        self._panes = panes
        self._saving = saving
        self._drafts = drafts
        self._keymap = keymap
        self._say = say
        self._push = push
        self._editor: NoteEditor | None = None
        """The note's editor that was opened last."""

    async def action_tags(self) -> None:
        """Ask for the tags of a highlight."""
        from pactreader.tui.dialogs.prompt import Prompt  # noqa: PLC0415 - not for the first frame

        if selected_ids := self._panes.selected_ids:
            await self._tag_several(selected_ids)
            return
        target = self._panes.target
        if target is None:
            return

        def take(typed: str) -> None:
            if typed.strip() != proposed.strip():
                tags = parse_tags(printable_line(typed))
                self._save(self._notebook.tag(target.id, tags, seen=target))

        proposed = "".join(f"{printable_line(tag)} " for tag in target.tags)
        known = [f"#{printable_line(tag)}" for tag in self._notebook.tags if tag not in target.tags][:8]
        used = f"In use: {' '.join(known)}   " if known else "law arms gives it #law and #arms   "
        hint = f"{used}enter keeps them, esc leaves them as they were"
        await self._push(Prompt("Tags", value=proposed, hint=hint, take=take))

    async def _tag_several(self, annotation_ids: Sequence[str]) -> None:
        """Ask for tags that several annotations get, or lose."""
        from pactreader.tui.dialogs.prompt import Prompt  # noqa: PLC0415 - not for the first frame

        def take(typed: str) -> None:
            words = printable_line(typed).replace(",", " ").split()
            drop = parse_tags(" ".join(word[1:] for word in words if word.startswith("-")))
            add = parse_tags(" ".join(word for word in words if not word.startswith("-")))
            change = self._notebook.tag_all(annotation_ids, add, drop)
            if change.edits:
                self._save(change)
                self._say(f"Done: {change.title}. {self._keymap.key('undo')} takes it back.")

        question = f"Tags for {pluralise(len(annotation_ids), 'annotation')}"
        await self._push(
            Prompt(question, hint="law gives them #law, -law takes it away   enter does it", take=take)
        )

    async def action_note(self) -> None:
        """Write a note on the chosen card, or on the highlight at the caret, highlighting first if there is none."""
        selection, target = self._panes.selection, self._panes.marked
        highlight: Ask | None = None
        if target is None:
            highlight = partial(
                self._notebook.highlight, self._panes.article.caret.passage, self._notebook.last_label
            )
            # One that is not saved yet waits: what is typed next is a note all the same, and comes with it.
            change = self._saving.make(highlight) or highlight()
            target = change.edits[0].after if change else None
        if selection:
            self._panes.article.clear_selection()
        await self.edit_note(target, highlight=highlight)

    async def action_note_article(self) -> None:
        """Write a note on the whole article."""
        await self.edit_note(None)

    async def edit_note(self, annotation: Annotation | None, *, highlight: Ask | None = None) -> None:
        """Open the editor on an annotation's note, or on a new note on the whole article; a draft comes back.

        It is there on return, so that no key typed after the one that asked for it is lost.

        Args:
            annotation: The annotation; `None` for a new note on the article.
            highlight: What made it for this note; it may still wait to be saved.
        """
        from pactreader.tui.dialogs.note_editor import SHEET_LINES, NoteEditor  # noqa: PLC0415 - its TextArea is not for the first frame

        annotation_id = annotation.id if annotation else ""
        note = annotation.note if annotation else ""
        shown = printable(unix_line_ends(note)).rstrip()
        draft = self._drafts.draft(annotation_id)
        quote = annotation.anchor.exact if annotation and annotation.anchor else ""

        def save(typed: str) -> None:
            if highlight and annotation_id not in self._notebook:
                self._save_with_highlight(highlight, typed)
            elif annotation:
                if typed != shown:
                    self._save(self._notebook.write_note(annotation_id, typed, seen=annotation))
                elif highlight:
                    self._say(f"Highlighted, without a note. {self._keymap.key('undo')} takes it back.")
            elif typed:
                self._save(self._notebook.note_on_article(typed))
                self._say("The note on the article is saved: it stands on top of the notes.")
            self._saving.typed_is_safe()
            self._drafts.drop_draft(annotation_id)

        def keep_draft(typed: str) -> None:
            self._drafts.keep_draft(annotation_id, typed)

        if annotation:
            self._panes.article.make_room(min(SHEET_LINES, self._panes.article.screen.size.height // 2))
        self._editor = NoteEditor(
            about=f"Note on “{fitted(printable_line(quote[:_SHOWN_QUOTE]), self._room_for_quote)}”"
            if quote
            else "Note on the whole article",
            note=shown if draft is None else draft,
            hints="" if draft is None else "What was not saved is back.",
            save=save,
            keep_draft=keep_draft,
            editor_file=lambda: self._drafts.editor_file(annotation_id),
        )
        await self._push(self._editor)

    @property
    def _room_for_quote(self) -> int:
        """Cells that a quote may have above the note, on two lines that break between words."""
        return max(20, 2 * self._panes.article.screen.size.width - _ABOUT_QUOTE)

    def _save_with_highlight(self, highlight: Ask, note: str) -> None:
        """Save a note with its highlight, which could not be saved when it was asked for.

        Raises:
            NotSavedError: Neither is saved; the highlight waits again.
        """
        passage, _label = highlight.args
        saved_since = self._notebook.with_passage(passage)
        if not note:
            return
        if saved_since:
            self._save(self._notebook.write_note(saved_since.id, note))
            return
        self._saving.forget(passage)
        try:
            self._save(self._notebook.highlight(*highlight.args, note=note))
        except NotSavedError:
            self._saving.wait(highlight)
            raise

    def _save(self, change: Change) -> None:
        """Save what was typed, and show it.

        Raises:
            NotSavedError: It is not saved, and nothing has changed.
        """
        change = self._saving.save_typed(change)
        after = (edit.after for edit in change.edits)
        if any(one and one.id in self._notebook.conflicted and not one.conflicts for one in after):
            self._say(
                "It was changed elsewhere meanwhile: its card shows both versions, "
                f"{self._keymap.key('panes')} goes there.",
                warning=True,
            )

    def save_draft(self) -> None:
        """Have on the disk, as a draft, what is typed in the note's editor, if one is open.

        Raises:
            NotSavedError: It is not.
        """
        if self._editor:
            self._editor.save_draft()
