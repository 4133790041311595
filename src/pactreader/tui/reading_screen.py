"""The one main screen: lays out the panes, turns what the reader asks for into notebook calls, shows the result."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Key
from textual.screen import Screen

from pactreader.core.annotation import Annotation, parse_tags
from pactreader.core.article import Passage
from pactreader.core.errors import NotSavedError, PactReaderError
from pactreader.core.notebook import Change, Highlight, Notebook
from pactreader.core.printable import counted, printable, printable_line, unix_lines
from pactreader.core.units import Unit
from pactreader.tui.article_view import ArticleView
from pactreader.tui.bars import FooterBar, HintBar, TitleBar
from pactreader.tui.commands import BY_ID, KEYS, Pane, Situation, bindings, footer
from pactreader.tui.labels import label_of
from pactreader.tui.notes_panel import NotesPanel
from pactreader.tui.painting import Painter
from pactreader.tui.position_bar import PositionBar
from pactreader.tui.saving import Ask, Saver, Saving
from pactreader.tui.themes import palette_of

if TYPE_CHECKING:
    from pactreader.tui.note_editor import NoteEditor

MEASURE: Final = 72
"""Cells of the longest line: what is comfortable to read (Bringhurst: 45 to 75 characters)."""
_SHOWN_QUOTE: Final = 400
"""Code points of a passage that its note's editor shows: two lines of a wide screen."""
_WIDE: Final = 100
"""Columns from which the panel stands beside the article; below that it is a drawer over it."""


class Keeper(Saver, Protocol):
    """Whoever keeps what the reader makes: all that the screen asks of the app."""

    @property
    def notebook(self) -> Notebook:
        """The article and what is known of it."""

    @property
    def loaded(self) -> bool:
        """Whether the notebook holds its annotations yet."""

    @property
    def colourful(self) -> bool:
        """Whether the terminal's colours can tell highlights apart."""

    def finish_loading(self) -> bool:
        """Have the notebook hold its annotations; whether it does."""

    def merge_copies(self) -> str:
        """Bring those copies in, or raise PactReaderError; what came of it, in a sentence or two."""

    def draft(self, annotation_id: str) -> str | None:
        """What was being typed on an annotation, or as a new note on the article."""

    def keep_draft(self, annotation_id: str, note: str) -> None:
        """Keep what is being typed, or raise NotSavedError."""

    def drop_draft(self, annotation_id: str) -> None:
        """Forget a draft whose note is saved."""

    def editor_file(self, annotation_id: str) -> Path:
        """Where the reader's own editor may have what is being typed, or raise NotSavedError."""

    def moved(self) -> None:
        """Take note that the reader is somewhere else."""

    def export_path(self) -> Path:
        """Where an export goes unless the reader says otherwise."""

    def export(self, typed: str, *, replace: bool) -> int:
        """Write the notebook as Markdown; how many annotations. Raises FileExistsError or PactReaderError."""


class ReadingScreen(Screen[None]):
    """An article, and the notes on it."""

    BINDINGS = bindings(Pane.BOTH)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012 - Textual's declaration
    ALLOW_SELECT = False

    def __init__(self, keeper: Keeper, *, top: int, caret: int, panel_shown: bool, hint: bool) -> None:
        """Args:
        keeper: Keeps what the reader makes.
        top: The offset that the window begins with.
        caret: The offset that the caret stands on.
        panel_shown: Whether the panel stands beside the article where there is room.
        hint: Whether to say what to press.
        """
        super().__init__()
        self._keeper = keeper
        notebook = keeper.notebook
        self.notebook = notebook
        self.article = notebook.article
        self.title_bar = TitleBar(self.article.title, id="title")
        self.article_view = ArticleView(notebook, measure=MEASURE, top=top, caret=caret, id="article")
        self.position_bar = PositionBar(self.article_view, id="position")
        self.notes_panel = NotesPanel(notebook, ready=self._keeper.loaded, id="notes")
        self.footer_bar = FooterBar(id="footer")
        self._hint = HintBar(id="hint") if hint else None
        self._saving = Saving(keeper, self)
        self._typed_unsaved = False
        """Whether something that was typed did not reach the disk: it is where it was typed, or a draft."""
        self._warned_of_leaving = False
        self._left_at = caret
        self._editor: NoteEditor | None = None
        """The note's editor that was opened last."""
        self.set_class(not panel_shown, "-panel-hidden")
        self.add_class("-wide" if self.app.size.width >= _WIDE else "-narrow")  # for the first frame
        self._repaint()

    def compose(self) -> ComposeResult:
        """Title, article and notes, keys."""
        yield self.title_bar
        with Horizontal(id="panes"):
            yield self.article_view
            yield self.position_bar
            yield self.notes_panel
        if self._hint:
            yield self._hint
        yield self.footer_bar

    def on_mount(self) -> None:
        """Follow the theme; begin in the article."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._repaint())
        self.article_view.focus()
        self._follow()
        if self.article.warning:
            self.say(self.article.warning)

    @property
    def panel_shown(self) -> bool:
        """Whether the panel stands beside the article where there is room."""
        return not self.has_class("-panel-hidden")

    def say(self, text: str, *, warning: bool = False) -> None:
        """Say something in the footer."""
        self.footer_bar.say(text, warning=warning)

    # How commands arrive

    async def action_command(self, command_id: str) -> None:
        """Run a command, or say why it cannot run now."""
        if not self._keeper.finish_loading():
            return
        self.footer_bar.hush()
        self._warned_of_leaving = self._warned_of_leaving and command_id == "quit"
        command = BY_ID[command_id]
        reason = command.why_not(self.situation())
        if reason:
            self.say(reason)
        else:
            await self.run_action(command.action)

    def on_key(self, event: Key) -> None:
        """Say so when a character is the key of nothing."""
        if event.is_printable and event.character and event.character not in KEYS and event.key not in KEYS:
            self.say(f"Nothing is on {printable_line(event.character)}. ? shows the keys.")

    def situation(self) -> Situation:
        """What the reader is in the middle of."""
        notebook, target = self.notebook, self._target
        return Situation(
            in_notes=self._in_notes,
            selecting=self.article_view.caret.selecting and not self._in_notes,
            has_target=target is not None,
            has_highlights=notebook.next_after(-1) is not None,
            has_cards=len(notebook) > 0,
            has_text=bool(self.article.text),
            has_versions=bool(target and target.others),
            has_undecided=bool(notebook.undecided),
            has_unsaved=len(self._saving) > 0,
            can_undo=notebook.can_undo,
            can_redo=notebook.can_redo,
        )

    @property
    def _in_notes(self) -> bool:
        return self.notes_panel.has_focus

    @property
    def _target(self) -> Annotation | None:
        """What a command is about: the chosen card, or the highlight at the caret."""
        if self._in_notes:
            return self.notes_panel.chosen
        return self.article_view.target

    @property
    def _selection(self) -> Passage | None:
        """What is selected in the article, if that is where the reader is."""
        return None if self._in_notes else self.article_view.caret.selection

    @property
    def _marked(self) -> Annotation | None:
        """What a label or a note goes to, if there is something: the highlight on just the selection, or the target."""
        selection = self._selection
        return self.notebook.with_passage(selection) if selection else self._target

    # How the panes keep together

    def on_article_view_moved(self) -> None:
        """The panel follows the caret."""
        self._follow()
        self._keeper.moved()

    def on_notes_panel_chosen(self, message: NotesPanel.Chosen) -> None:
        """The article follows the panel."""
        place = self.notebook.place(message.annotation_id)
        if place and place.found:
            self.article_view.caret.let_go()
            self.article_view.go_to(place.start)
        else:
            self._follow()

    def on_descendant_focus(self) -> None:
        """Other keys work in the other pane."""
        self._follow()

    def _follow(self) -> None:
        """Bring panel and bars up to where the reader is."""
        offset = self.article_view.caret.offset
        if not self._in_notes:
            self._left_at = offset
            index = self.notebook.index_at(offset)
            at = self.article_view.target
            near = at or (self.notebook.nth(index) if index >= 0 else None)
            self.notes_panel.choose(near.id if near else "")
        count = self.notebook.highlight_count if self._keeper.loaded else None
        progress = self.article_view.progress if self.article_view.is_measured else None
        self.title_bar.show(count, progress, unsaved=len(self._saving) + self._typed_unsaved)
        self.footer_bar.show(footer(self.situation()))
        self.position_bar.refresh_if_moved()

    def _repaint(self) -> None:
        """Draw everything in the palette of the theme that is on."""
        palette = palette_of(self.app.current_theme)
        colourful = self._keeper.colourful
        self.article_view.paint_with(Painter(palette, palette.background, colourful=colourful))
        self.position_bar.paint_with(Painter(palette, palette.background, colourful=colourful))
        chosen = Painter(palette, palette.chosen, colourful=colourful)
        self.notes_panel.paint_with(Painter(palette, palette.panel, colourful=colourful), chosen)
        for bar in (self.title_bar, self.footer_bar, self._hint):
            if bar:
                bar.paint_with(palette)

    def show_notebook(self) -> None:
        """Show what the notebook holds now."""
        self.article_view.show_notebook()
        self.notes_panel.show_notebook()
        self.position_bar.refresh()
        self._follow()

    # How changes are made

    def _make(self, ask: Ask) -> Change | None:
        """Save what is asked for, and show it; `None` if it waits, and the reader was told why."""
        change = self._saving.make(ask)
        if change and self._hint:
            self._hint.display = False
        return change

    def _save(self, change: Change) -> None:
        """Save what was typed, and show it.

        Raises:
            NotSavedError: It is not saved, and nothing has changed.
        """
        try:
            change = self._keeper.save(change)
        except NotSavedError:
            self._typed_unsaved = True
            self._follow()
            raise
        self._typed_unsaved = False
        self._saving.try_quietly()  # what was waiting may be saved now, too
        self.show_notebook()
        if any(
            edit.id in self.notebook.undecided and not edit.after.others
            for edit in change.edits
            if edit.after
        ):
            self.say(
                "It was changed elsewhere meanwhile: its card shows both versions, tab goes there.",
                warning=True,
            )

    def action_save(self) -> None:
        """Try again to save what waits."""
        self._saving.try_again()

    def save_waiting(self) -> None:
        """Have on the disk what waits, as this is the end.

        Raises:
            NotSavedError: It is not.
        """
        self._saving.finish()

    def may_leave(self) -> bool:
        """Whether nothing is lost by quitting, or the reader was told what is."""
        if self._warned_of_leaving or not self._saving:
            return True
        try:
            self._saving.finish()
        except NotSavedError as error:
            self._warned_of_leaving = True
            self.say(f"{error.in_a_line} q again quits without it.", warning=True)
            return False
        return True

    def action_label(self, label_id: str) -> None:
        """Give the chosen card, the selection, the highlight or the sentence at the caret a label."""
        selection, target = self._selection, self._marked
        made: object
        if target is None:
            made = self._make(partial(self.notebook.highlight, self.article_view.caret.passage, label_id))
        elif target.anchor is None:
            self.say("A note on the whole article has no label.")
            return
        elif target.label == label_id:
            self.say(f"That is {label_of(label_id).name} already.")
            made = True
        else:
            made = self._make(partial(self.notebook.relabel, target.id, label_id))
        if made and selection:
            self.article_view.let_go()

    def action_label_last(self) -> None:
        """Label with the label used last."""
        self.action_label(self.notebook.last_label)

    def action_remove(self) -> None:
        """Remove the highlight at the caret, or the chosen card."""
        target = self._target
        if target and (change := self._make(partial(self.notebook.remove, target.id))):
            self.say(f"Removed{change.title.removeprefix('remove')}. u brings it back.")

    def action_version(self, choice: str) -> None:
        """Choose between two versions of an annotation."""
        target = self._target
        ask = {
            "keep": self.notebook.keep_version,
            "take": self.notebook.take_version,
            "join": self.notebook.join_versions,
        }[choice]
        if target and (change := self._make(partial(ask, target.id))):
            self.say(f"Done: {change.title}. u takes it back.")

    def action_version_next(self) -> None:
        """To the next annotation with more than one version, in reading order."""
        places = sorted(map(self.notebook.index, self.notebook.undecided))
        target = self._target
        at = self.notebook.index(target.id) if target else -1
        index = next((place for place in places if place > at), places[0])
        annotation = self.notebook.nth(index)
        place = self.notebook.place(annotation.id)
        if place and place.found:
            self.article_view.go_to(place.start)
        self.notes_panel.choose(annotation.id)
        if not self._in_notes and not (place and place.found and self.notes_panel.display):
            self.action_panes()
            self.notes_panel.choose(annotation.id)

    def action_merge_copies(self) -> None:
        """Bring in the copies that a file synchroniser has put beside the library."""
        try:
            said = self._keeper.merge_copies()
        except PactReaderError as error:
            self.say(f"Not merged: {error.in_a_line}", warning=True)
        else:
            self.show_notebook()
            self.say(said)

    def action_undo(self) -> None:
        """Take back the last change; what waits to be saved is let go of first."""
        if self._saving:
            self.say(f"Let go of what was not saved: {self._saving.let_go()}")
            self._follow()
            return
        self._turn(self.notebook.undo, "Undone")

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self._turn(self.notebook.redo, "Redone")

    def _turn(self, ask: Callable[[], Change | None], done: str) -> None:
        change = self._make(partial(ask))
        if change is None:
            return
        self._show_changed(change)
        left = change.left_alone
        if not change.edits:
            self.say(
                f"Not {done.lower()}: {change.title}. It was changed elsewhere since, and stays as it is."
            )
        elif left:
            what = (
                f"{counted(left, 'annotation')} that {'was' if left == 1 else 'were'} changed elsewhere since"
            )
            self.say(f"{done}: {change.title}, but for {what}.")
        else:
            self.say(f"{done}: {change.title}")

    def _show_changed(self, change: Change) -> None:
        """Go to what a change was about, if it is in the text."""
        for annotation_id, annotation in change.outcome:
            place = self.notebook.place(annotation_id) if annotation else None
            if place and place.found and not self._in_notes:
                self.article_view.go_to(place.start)
                return

    async def action_tags(self) -> None:
        """Ask for the tags of a highlight."""
        target = self._target
        if target is None:
            return

        def take(typed: str) -> None:
            if typed.strip() != proposed.strip():
                tags = parse_tags(printable_line(typed))
                self._save(self.notebook.tag(target.id, tags, seen=target))

        proposed = "".join(f"{printable_line(tag)} " for tag in target.tags)
        known = [f"#{printable_line(tag)}" for tag in self.notebook.tags if tag not in target.tags][:8]
        used = f"In use: {' '.join(known)}   " if known else ""
        hint = f"{used}enter keeps them, esc leaves them as they were"
        await self._ask("Tags", value=proposed, hint=hint, take=take)

    async def action_note(self) -> None:
        """Write a note on the chosen card, or on the highlight at the caret, highlighting first if there is none."""
        selection, target = self._selection, self._marked
        highlight: Ask | None = None
        if target is None:
            highlight = partial(
                self.notebook.highlight, self.article_view.caret.passage, self.notebook.last_label
            )
            # One that is not saved yet waits: what is typed next is a note all the same, and comes with it.
            change = self._make(highlight) or highlight()
            target = change.edits[0].after if change else None
        if selection:
            self.article_view.let_go()
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
        from pactreader.tui.note_editor import SHEET_LINES, NoteEditor  # noqa: PLC0415 - its TextArea is not for the first frame

        annotation_id = annotation.id if annotation else ""
        note = annotation.note if annotation else ""
        shown = printable(unix_lines(note)).rstrip()
        draft = self._keeper.draft(annotation_id)
        quote = annotation.anchor.exact if annotation and annotation.anchor else ""

        def save(typed: str) -> None:
            if highlight and annotation_id not in self.notebook:
                self._save_with_highlight(highlight, typed)
            elif annotation:
                if typed != shown:
                    self._save(self.notebook.write_note(annotation_id, typed, seen=annotation))
                elif highlight:
                    self.say("Highlighted, without a note. u takes it back.")
            elif typed:
                self._save(self.notebook.note_on_article(typed))
                self.say("The note on the article is saved: it stands on top of the notes.")
            self._typed_unsaved = False
            self._keeper.drop_draft(annotation_id)

        def keep_draft(typed: str) -> None:
            self._keeper.keep_draft(annotation_id, typed)

        if annotation:
            self.article_view.make_room(min(SHEET_LINES, self.size.height // 2))
        self._editor = NoteEditor(
            about=f"Note on “{printable_line(quote[:_SHOWN_QUOTE])}”"
            if quote
            else "Note on the whole article",
            note=shown if draft is None else draft,
            says="" if draft is None else "What was not saved is back.",
            save=save,
            keep_draft=keep_draft,
            editor_file=lambda: self._keeper.editor_file(annotation_id),
        )
        await self.app.push_screen(self._editor)

    def _save_with_highlight(self, highlight: Ask, note: str) -> None:
        """Save a note with its highlight, which could not be saved when it was asked for.

        Raises:
            NotSavedError: Neither is saved; the highlight waits again.
        """
        passage, _label = highlight.args
        saved_since = self.notebook.with_passage(passage)
        if not note:
            return
        if saved_since:
            self._save(self.notebook.write_note(saved_since.id, note))
            return
        self._saving.forget(passage)
        try:
            self._save(self.notebook.highlight(*highlight.args, note=note))
        except NotSavedError:
            self._saving.wait(highlight)
            self._follow()
            raise

    def keep_typed(self) -> None:
        """Have on the disk, as a draft, what is typed in the note's editor, if one is open.

        Raises:
            NotSavedError: It is not.
        """
        if self._editor:
            self._editor.keep_typed()

    # How the reader moves

    def action_move(self, unit: str, count: int) -> None:
        """Move the caret by lines or units."""
        if unit == "line":
            self.article_view.move_by_lines(count)
        else:
            self.article_view.move(Unit(unit), forward=count > 0)

    def action_move_to_end(self, unit: str) -> None:
        """Move the caret to the end of a unit."""
        self.article_view.move_to_end(Unit(unit))

    def action_line_start(self) -> None:
        """Move the caret to the beginning of its line."""
        self.article_view.to_line_edge(end=False)

    def action_line_end(self) -> None:
        """Move the caret to the end of its line."""
        self.article_view.to_line_edge(end=True)

    def action_page(self, windows: float) -> None:
        """Page in the pane that has the focus."""
        (self.notes_panel if self._in_notes else self.article_view).page(windows)

    def action_top(self) -> None:
        """To the top of the pane that has the focus."""
        if self._in_notes:
            self.notes_panel.choose_nth(0)
        else:
            self.article_view.go_to_top()

    def action_bottom(self) -> None:
        """To the bottom of the pane that has the focus."""
        if self._in_notes:
            self.notes_panel.choose_nth(len(self.notebook) - 1)
        else:
            self.article_view.to_bottom()

    def action_select(self, unit: str) -> None:
        """Begin to select."""
        self.article_view.select(Unit(unit))

    def action_extend(self, direction: str) -> None:
        """Select as shift and an arrow do."""
        self.article_view.extend(direction)

    def action_swap_ends(self) -> None:
        """Go to the other end of the selection."""
        self.article_view.swap_ends()

    def action_let_go(self) -> None:
        """Let go of the selection; from the notes, back to where the reader was in the article."""
        if self._in_notes:
            self.article_view.go_to(self._left_at)
            self._to_article()
        elif self.article_view.caret.selecting:
            self.article_view.let_go()
        elif self.has_class("-drawer-open"):
            self._close_drawer()
        elif self._hint:
            self._hint.display = False

    def action_highlight_next(self) -> None:
        """To the next highlight."""
        caret = self.article_view.caret
        found = self.notebook.next_after(caret.units.around(Unit.CHARACTER, caret.offset).end - 1)
        self._to_highlight(found, "That was the last highlight.")

    def action_highlight_previous(self) -> None:
        """To the previous highlight."""
        found = self.notebook.previous_before(self.article_view.caret.offset)
        self._to_highlight(found, "That was the first highlight.")

    def _to_highlight(self, highlight: Highlight | None, otherwise: str) -> None:
        if highlight is None:
            self.say(otherwise)
            return
        self.article_view.go_to(highlight.start)
        self.notes_panel.choose(highlight.annotation.id)

    def action_choose(self, count: int) -> None:
        """Choose another card."""
        self.notes_panel.choose_by(count)

    def action_go(self) -> None:
        """To the passage of the chosen card."""
        target = self.notes_panel.chosen
        place = self.notebook.place(target.id) if target else None
        if place and place.found:
            self.article_view.go_to(place.start)
            self._to_article()
        else:
            self.say(
                "This passage is not in the text now: its note is kept here."
                if place
                else "This note is on the whole article."
            )

    def action_panes(self) -> None:
        """Between article and notes."""
        if self._in_notes:
            self._to_article()
            return
        if self.has_class("-wide"):
            self.remove_class("-panel-hidden")
        else:
            self.add_class("-drawer-open")
        self.notes_panel.focus()
        if not self.notes_panel.chosen and len(self.notebook):
            self.notes_panel.choose_nth(0)

    def _to_article(self) -> None:
        self.article_view.focus()
        self._close_drawer()

    def _close_drawer(self) -> None:
        self.remove_class("-drawer-open")

    def action_panel(self) -> None:
        """Show or hide the notes."""
        if self._in_notes:
            self.article_view.focus()
        if self.has_class("-wide"):
            self.toggle_class("-panel-hidden")
            self._close_drawer()
        else:
            self.toggle_class("-drawer-open")

    # What else there is

    def action_copy(self) -> None:
        """Copy the selection, the passage of the highlight, or the sentence."""
        selection, target = self._selection, self._target
        if selection is None and target is not None:
            text = target.anchor.exact if target.anchor else target.note
        else:
            text = self.article.text[slice(*self.article_view.caret.passage)]
        self.app.copy_to_clipboard(printable(text))
        self.say(f"{counted(len(text.split()), 'word')} sent to the terminal’s clipboard.")
        if selection:
            self.article_view.let_go()

    async def action_export(self) -> None:
        """Ask where to export to."""
        confirmed = ""

        def take(typed: str) -> None:
            nonlocal confirmed
            if not typed.strip():
                raise PactReaderError("A file needs a name.")
            try:
                count = self._keeper.export(typed.strip(), replace=typed == confirmed)
            except FileExistsError as error:
                confirmed = typed
                there = "There is a file of that name."
                raise PactReaderError(there, "enter again replaces it, esc leaves it.") from error
            self.say(f"{counted(count, 'annotation')} written to {printable_line(typed)}")

        hint = f"{_working_directory()}enter writes the file, esc does not"
        await self._ask("Export as Markdown to", value=str(self._keeper.export_path()), hint=hint, take=take)

    async def _ask(self, question: str, *, value: str, hint: str, take: Callable[[str], None]) -> None:
        from pactreader.tui.prompt import Prompt  # noqa: PLC0415 - not for the first frame

        await self.app.push_screen(Prompt(question, value=value, hint=hint, take=take))

    async def action_help(self) -> None:
        """Show the keys."""
        from pactreader.tui.help_screen import HelpScreen  # noqa: PLC0415 - not for the first frame

        await self.app.push_screen(HelpScreen(palette_of(self.app.current_theme)))

    def action_palette(self) -> None:
        """Show every command."""
        self.app.action_command_palette()

    def action_theme(self) -> None:
        """Choose a theme."""
        self.app.search_themes()

    def action_suspend(self) -> None:
        """Pause."""
        self.app.action_suspend_process()

    async def action_quit(self) -> None:
        """Quit."""
        await self.app.action_quit()


def _working_directory() -> str:
    """Where a path without a directory leads, as a hint; nothing if it is gone."""
    try:
        return f"in {printable_line(str(Path.cwd()))}   "
    except OSError:
        return ""
