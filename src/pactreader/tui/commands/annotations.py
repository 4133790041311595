"""What the reader does to annotations with a key: labels, removes, chooses between versions, undoes."""

from collections.abc import Callable
from functools import partial

from pactreader.core.article import Passage
from pactreader.core.notebook import Change, Notebook
from pactreader.core.printable_text import pluralise, printable_line
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.panes import Panes
from pactreader.tui.save_queue import SaveQueue


class Annotating:
    """Asks the notebook what would change, and has it saved."""

    def __init__(
        self,
        notebook: Notebook,
        panes: Panes,
        saving: SaveQueue,
        *,
        keymap: Keymap,
        say: Callable[[str], None],
    ) -> None:
        """Args:
        notebook: Knows what a change is.
        panes: Say what it is about.
        saving: Puts it on the disk.
        keymap: Says what to press.
        say: Says something to the reader.
        """
        self._notebook = notebook
        self._panes = panes
        self._saving = saving
        self._keymap = keymap
        self._say = say

    def action_label(self, label_id: str) -> None:
        """Give the chosen card, the selection, the highlight or the sentence at the caret a label.

        One that is being reshaped keeps its new ends with it.
        """
        if selected_ids := self._panes.selected_ids:
            self._make_of_several(partial(self._notebook.relabel_all, selected_ids, label_id))
            return
        selection, target = self._panes.selection, self._panes.marked
        made: object
        if target is None:
            made = self._saving.make(
                partial(self._notebook.highlight, self._panes.article.caret.passage, label_id)
            )
        elif target.anchor is None:
            self._say("A note on the whole article has no label.")
            return
        elif selection and self._panes.article.reshaping:
            made = self._saving.make(partial(self._notebook.reshape, target.id, selection, label_id))
        elif target.label == label_id:
            self._say(f"That is {self._notebook.labels.name(label_id)} already.")
            made = True
        else:
            made = self._saving.make(partial(self._notebook.relabel, target.id, label_id))
        if made and selection:
            self._panes.article.clear_selection()
            self._stay_on(selection)
        if target is None and isinstance(made, Change):
            self._say_if_hidden(made.edits[0].id)

    def _say_if_hidden(self, annotation_id: str) -> None:
        """Say that a highlight that was just made has no card: its notes are filtered."""
        note_list = self._panes.notes.note_list
        if annotation_id not in note_list:
            self._say(
                f"It is a highlight, though not among the notes with {printable_line(note_list.filter)}."
            )

    def _stay_on(self, selection: Passage) -> None:
        """Have the caret on what was selected and is a highlight now: it may have stood on the space behind it."""
        view = self._panes.article
        if self._notebook.at(view.caret.offset) is None:
            view.go_to(selection.end - 1)

    def action_label_last(self) -> None:
        """Label with the label used last."""
        self.action_label(self._notebook.last_label)

    def action_remove(self) -> None:
        """Remove the highlight at the caret, or the chosen cards."""
        if selected_ids := self._panes.selected_ids:
            self._make_of_several(partial(self._notebook.remove_all, selected_ids))
            return
        target = self._panes.target
        if target and (change := self._saving.make(partial(self._notebook.remove, target.id))):
            self._say(
                f"Removed{change.title.removeprefix('remove')}. {self._keymap.key('undo')} brings it back."
            )

    def _make_of_several(self, ask: Callable[[], Change]) -> None:
        """Have several annotations changed at once."""
        if not ask().edits:
            self._say("They are so already.")
        elif change := self._saving.make(partial(ask)):
            self._say(f"Done: {change.title}. {self._keymap.key('undo')} takes it back.")

    def action_version(self, choice: str) -> None:
        """Choose between two versions of an annotation."""
        target = self._panes.target
        ask = {
            "keep": self._notebook.resolve_with_current,
            "take": self._notebook.resolve_with_other,
            "join": self._notebook.resolve_with_both,
        }[choice]
        if target and (change := self._saving.make(partial(ask, target.id))):
            self._say(f"Done: {change.title}. {self._keymap.key('undo')} takes it back.")

    def action_version_next(self) -> None:
        """To the next annotation with more than one version, in reading order."""
        indexes = sorted(map(self._notebook.index, self._notebook.conflicted))
        target = self._panes.target
        at = self._notebook.index(target.id) if target else -1
        index = next((index for index in indexes if index > at), indexes[0])
        annotation = self._notebook.nth(index)
        placement = self._notebook.placement(annotation.id)
        if placement and placement.found:
            self._panes.article.go_to(placement.start)
        self._panes.notes.choose(annotation.id)
        if not self._panes.in_notes and not (placement and placement.found and self._panes.notes.display):
            self._panes.to_notes()
            self._panes.notes.choose(annotation.id)

    def action_undo(self) -> None:
        """Take back the last change; what waits to be saved is let go of first."""
        if self._saving:
            self._say(f"Let go of what was not saved: {self._saving.let_go()}")
            return
        self._turn(self._notebook.undo, "Undone")

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self._turn(self._notebook.redo, "Redone")

    def _turn(self, ask: Callable[[], Change | None], done: str) -> None:
        change = self._saving.make(partial(ask))
        if change is None:
            return
        self._show_changed(change)
        left = change.skipped
        if not change.edits:
            self._say(
                f"Not {done.lower()}: {change.title}. It was changed elsewhere since, and stays as it is."
            )
        elif left:
            what = f"{pluralise(left, 'annotation')} that {'was' if left == 1 else 'were'} changed elsewhere since"
            self._say(f"{done}: {change.title}, but for {what}.")
        else:
            self._say(f"{done}: {change.title}")

    def _show_changed(self, change: Change) -> None:
        """Go to what a change was about, if it is in the text."""
        for annotation_id, annotation in change.result:
            placement = self._notebook.placement(annotation_id) if annotation else None
            if placement and placement.found and not self._panes.in_notes:
                self._panes.article.go_to(placement.start)
                return
