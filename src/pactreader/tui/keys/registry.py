"""Every command once: its id, keys, title, help, and when it can run. Keys, footer, palette and help come from here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pactreader.core.labels import LABELS, Labels


class Pane(StrEnum):
    """Where a command's keys are heard."""

    ARTICLE = "article"
    NOTES = "notes"
    BOTH = "both"


class Group(StrEnum):
    """What a command is for: the headings of the help."""

    MARK = "Mark"
    NOTE = "Write"
    VERSIONS = "Two versions of a note"
    SELECT = "Select"
    FIND = "Find"
    MOVE = "Move"
    NOTES = "In the notes"
    APP = "PactReader"


@dataclass(frozen=True, slots=True)
class ScreenState:
    """What the reader is in the middle of, as far as commands care."""

    in_notes: bool = False
    """The notes panel has the focus, not the article."""
    selecting: bool = False
    selection_is_fresh: bool = False
    """A selection by character has just begun."""
    on_link: bool = False
    reshaping: bool = False
    """What is selected is to be the passage of a highlight."""
    has_target: bool = False
    """There is a highlight at the caret, or a card chosen."""
    has_highlights: bool = False
    """There are highlights in the text."""
    has_lost: bool = False
    """There are highlights, and none of them is in the text as it is now."""
    has_cards: bool = False
    has_selected_notes: bool = False
    """Several cards are chosen, to have something done with all of them."""
    has_text: bool = True
    has_versions: bool = False
    """What the command is about was changed in two places, and the reader has not chosen."""
    has_conflicts: bool = False
    """There is such an annotation somewhere."""
    has_unsaved: bool = False
    """Something did not reach the disk, and waits."""
    can_undo: bool = False
    can_redo: bool = False


_Reason = Callable[[ScreenState], str]


def _always(_situation: ScreenState) -> str:
    return ""


def _needs_text(state: ScreenState) -> str:
    return "" if state.has_text else "There is no text to mark here."


def _needs_target(state: ScreenState) -> str:
    if state.has_target or state.has_selected_notes:
        return ""
    return (
        "No card is chosen."
        if state.in_notes
        else "There is no highlight at the caret: {highlight-next} goes to the next one."
    )


def _needs_label_target(state: ScreenState) -> str:
    return _needs_target(state) if state.in_notes else _needs_text(state)


def _needs_selection(state: ScreenState) -> str:
    return "" if state.selecting else "Nothing is selected: {select} begins a selection."


def _needs_fresh_selection(state: ScreenState) -> str:
    return "" if state.selection_is_fresh else "That works right after {select}."


def _needs_link(state: ScreenState) -> str:
    return "" if state.on_link else "There is no link at the caret: {link} picks one."


def _needs_reshaping(state: ScreenState) -> str:
    return "" if state.reshaping else "Nothing is being reshaped: {reshape} begins it, on a highlight."


def _needs_highlights(state: ScreenState) -> str:
    if state.has_highlights:
        return ""
    if state.has_lost:
        return "No highlight is in the text as it is now: {panes} goes to the notes, which keep them."
    return "There are no highlights yet: {label} marks the tinted sentence."


def _needs_cards(state: ScreenState) -> str:
    return "" if state.has_cards else "There are no notes yet: {note} writes one."


def _needs_undo(state: ScreenState) -> str:
    return "" if state.can_undo else "There is nothing to undo."


def _needs_versions(state: ScreenState) -> str:
    if state.has_versions:
        return ""
    if state.has_conflicts:
        return "There is nothing to choose here: {version-next} goes to where there is."
    return _needs_conflicts(state)


def _needs_conflicts(state: ScreenState) -> str:
    return "" if state.has_conflicts else "There is nothing to choose: no note was changed in two places."


def _needs_unsaved(state: ScreenState) -> str:
    return "" if state.has_unsaved else "Everything is saved."


def _needs_redo(state: ScreenState) -> str:
    return "" if state.can_redo else "There is nothing to redo."


@dataclass(frozen=True, slots=True)
class Command:
    """Something the reader can ask for."""

    id: str
    """Public: what keys are bound to, and how a reader's settings name it."""
    keys: tuple[str, ...]
    """As Textual names them; single characters stand for themselves. May be empty: the palette has it all the same."""
    title: str
    """For palette and help."""
    action: str
    """The action of `ReadingScreen` that does it."""
    group: Group
    pane: Pane = Pane.BOTH
    help: str = ""
    """What the title leaves open, in a sentence."""
    footer: str = ""
    """The word behind its key in the footer; empty for a command that the footer does not show."""
    footer_keys: str = ""
    """What the footer shows for its keys, where it stands for more commands than itself."""
    when: _Reason = _always
    """Why the command cannot run now, in a sentence; empty when it can. `{note}` in it stands for the key of `note`."""

    @property
    def shown_keys(self) -> str:
        """Its keys as a reader knows them: `↓ j`."""
        return " ".join(map(shown_key, self.keys))

    def works_in(self, state: ScreenState) -> bool:
        """Whether it works in the pane that the reader is in."""
        return self.pane in {Pane.BOTH, Pane.NOTES if state.in_notes else Pane.ARTICLE}

    def why_not(self, state: ScreenState) -> str:
        """Why it cannot run now, in a sentence as of `when`; empty when it can."""
        if self.works_in(state):
            return self.when(state)
        return f"That works in the {'article' if state.in_notes else 'notes'}: {{panes}} goes there."


_KEY_SIGNS: Final = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "escape": "esc",
    "delete": "del",
}


def shown_key(key: str) -> str:
    """A key as a reader knows it: `↓`, `ctrl+d`, `esc`."""
    *modifiers, name = key.split("+")
    return "+".join((*modifiers, _KEY_SIGNS.get(name, name)))


LABEL: Final = "label:"
"""What the ids of the commands that label begin with; the label's id follows."""


def _label_commands(labels: Labels) -> Iterator[Command]:
    for label in labels:
        yield Command(
            LABEL + label.id,
            (label.key,) if label.key else (),
            f"Highlight as {label.name}",
            f"label('{label.id}')",
            Group.MARK,
            help="The selection, or the tinted sentence. On a highlight: another label for it.",
            footer="label",
            when=_needs_label_target,
        )


_OTHERS: Final[tuple[Command, ...]] = (
    Command("label-last", ("m",), "Highlight with the last label", "label_last", Group.MARK, when=_needs_label_target),
    Command("tags", ("t",), "Tags…", "tags", Group.MARK, footer="tags", when=_needs_target),
    Command("remove", ("x", "delete"), "Remove the highlight", "remove", Group.MARK, footer="remove", when=_needs_target),
    Command("highlight-next", ("]",), "Next highlight", "highlight_next", Group.MARK, when=_needs_highlights),
    Command("highlight-previous", ("[",), "Previous highlight", "highlight_previous", Group.MARK, when=_needs_highlights),
    Command("text-object-around", ("a",), "Select the word with what is written onto it", "text_object('around')", Group.SELECT, Pane.ARTICLE, help="Right after v, and the next key says what: w; c s p are clause, sentence and paragraph.", when=_needs_fresh_selection),
    Command("pick-highlight", ("F",), "Pick a highlight", "pick_highlight", Group.MARK, help="From a list in which every one wears a tag; a label key then relabels it.", when=_needs_highlights),
    Command("note", ("a",), "Write a note", "note", Group.NOTE, help="On the highlight at the caret, or highlighting the selection or the sentence first.", footer="note", when=_needs_label_target),
    Command("note-article", ("A",), "Write a note on the whole article", "note_article", Group.NOTE),
    Command("export", ("E",), "Export as Markdown…", "export", Group.NOTE, footer="export"),
    Command("copy", ("y",), "Copy the passage", "copy", Group.NOTE, footer="copy", help="The selection, the highlight or the sentence.", when=_needs_label_target),
    Command("version-keep", ("K",), "Keep this version", "version('keep')", Group.VERSIONS, help="Of a note that was changed in two places.", footer="keep the upper", when=_needs_versions),
    Command("version-take", ("O",), "Take the other version", "version('take')", Group.VERSIONS, footer="take the lower", when=_needs_versions),
    Command("version-join", ("B",), "Keep both, one below the other", "version('join')", Group.VERSIONS, footer="both", when=_needs_versions),
    Command("version-next", ("C",), "To the next note with two versions", "version_next", Group.VERSIONS, when=_needs_conflicts),
    Command("merge", ("M",), "Merge the copies beside the library", "merge_copies", Group.VERSIONS, help="As file synchronisers leave them."),
    Command("save", ("ctrl+s",), "Save what is not saved", "save", Group.NOTE, footer="save again", when=_needs_unsaved),
    Command("undo", ("u",), "Undo", "undo", Group.NOTE, help="Across restarts.", footer="undo", when=_needs_undo),
    Command("redo", ("ctrl+r",), "Redo", "redo", Group.NOTE, when=_needs_redo),
    Command("select", ("v",), "Select by character", "select('character')", Group.SELECT, Pane.ARTICLE, help="Then any motion.", footer="select", when=_needs_text),
    Command("select-sentence", ("V",), "Select by sentence", "select('sentence')", Group.SELECT, Pane.ARTICLE, when=_needs_text),
    Command("select-left", ("shift+left",), "Select to the left", "extend('left')", Group.SELECT, Pane.ARTICLE, when=_needs_text),
    Command("select-right", ("shift+right",), "Select to the right", "extend('right')", Group.SELECT, Pane.ARTICLE, when=_needs_text),
    Command("select-up", ("shift+up",), "Select upwards", "extend('up')", Group.SELECT, Pane.ARTICLE, when=_needs_text),
    Command("select-down", ("shift+down",), "Select downwards", "extend('down')", Group.SELECT, Pane.ARTICLE, when=_needs_text),
    Command("grow", (".",), "Select more", "grow", Group.SELECT, Pane.ARTICLE, help="The word, the clause, the sentence, the paragraph, the section.", footer="more", when=_needs_text),
    Command("shrink", (",",), "Select less", "shrink", Group.SELECT, Pane.ARTICLE, footer="less", when=_needs_selection),
    Command("pick", ("f",), "Pick words", "pick", Group.SELECT, Pane.ARTICLE, help="Every word in view wears a tag: type that of the first and that of the last one.", footer="pick", when=_needs_text),
    Command("pick-sentence", ("s",), "Pick a sentence", "pick_sentence", Group.SELECT, Pane.ARTICLE, help="Every sentence in view wears a letter.", when=_needs_text),
    Command("text-object", ("i",), "Select the word, clause, sentence or paragraph", "text_object('inner')", Group.SELECT, Pane.ARTICLE, help="The next key says which: w c s p.", when=_needs_selection),
    Command("reshape", ("r",), "Reshape the highlight", "reshape", Group.SELECT, help="Its passage is selected: any motion changes it.", footer="reshape", when=_needs_target),
    Command("keep-ends", ("enter",), "Keep the new passage", "keep_ends", Group.SELECT, Pane.ARTICLE, help="Of a highlight that is being reshaped.", footer="keep it", when=_needs_reshaping),
    Command("follow", ("enter",), "Follow the link", "follow", Group.MOVE, Pane.ARTICLE, help="An address outside the article is shown before it is opened.", footer="follow the link", when=_needs_link),
    Command("swap-ends", ("o",), "Go to the other end of the selection", "swap_ends", Group.SELECT, Pane.ARTICLE, footer="other end", when=_needs_selection),
    Command("let-go", ("escape",), "Let go of the selection", "let_go", Group.SELECT, footer="let go", help="In the notes: back to the article, where you were."),
    Command("find", ("/",), "Find in the article", "find", Group.FIND, Pane.ARTICLE, help="As you type; the hit is the selection, so a label marks it.", footer="find", when=_needs_text),
    Command("find-next", ("n",), "Next hit", "find_next", Group.FIND, Pane.ARTICLE, footer="next hit"),
    Command("find-previous", ("N",), "Previous hit", "find_previous", Group.FIND, Pane.ARTICLE),
    Command("caret-down", ("down", "j"), "Line down", "move('line', 1)", Group.MOVE, Pane.ARTICLE),
    Command("caret-up", ("up", "k"), "Line up", "move('line', -1)", Group.MOVE, Pane.ARTICLE),
    Command("caret-right", ("right", "l"), "Character right", "move('character', 1)", Group.MOVE, Pane.ARTICLE),
    Command("caret-left", ("left", "h"), "Character left", "move('character', -1)", Group.MOVE, Pane.ARTICLE),
    Command("word-next", ("w", "ctrl+right"), "Next word", "move('word', 1)", Group.MOVE, Pane.ARTICLE),
    Command("word-previous", ("b", "ctrl+left"), "Previous word", "move('word', -1)", Group.MOVE, Pane.ARTICLE),
    Command("word-end", ("e",), "End of the word", "move_to_end('word')", Group.MOVE, Pane.ARTICLE),
    Command("sentence-next", (")",), "Next sentence", "move('sentence', 1)", Group.MOVE, Pane.ARTICLE),
    Command("sentence-previous", ("(",), "Previous sentence", "move('sentence', -1)", Group.MOVE, Pane.ARTICLE),
    Command("paragraph-next", ("}",), "Next paragraph", "move('paragraph', 1)", Group.MOVE, Pane.ARTICLE),
    Command("paragraph-previous", ("{",), "Previous paragraph", "move('paragraph', -1)", Group.MOVE, Pane.ARTICLE),
    Command("line-start", ("0", "^"), "Beginning of the line", "line_start", Group.MOVE, Pane.ARTICLE),
    Command("line-end", ("$",), "End of the line", "line_end", Group.MOVE, Pane.ARTICLE),
    Command("page-down", ("space", "pagedown", "ctrl+f"), "Page down", "page(1)", Group.MOVE),
    Command("page-up", ("backspace", "pageup", "ctrl+b"), "Page up", "page(-1)", Group.MOVE),
    Command("half-page-down", ("ctrl+d",), "Half a page down", "page(0.5)", Group.MOVE),
    Command("half-page-up", ("ctrl+u",), "Half a page up", "page(-0.5)", Group.MOVE),
    Command("top", ("g", "home"), "To the top", "top", Group.MOVE),
    Command("bottom", ("G", "end"), "To the bottom", "bottom", Group.MOVE),
    Command("contents", ("c",), "Contents…", "contents", Group.MOVE, help="The headings, filtered as you type."),
    Command("back", ("ctrl+o", "<", "alt+left"), "Back to where I was", "back", Group.MOVE, help="Before a find, a link, a bookmark, the top."),
    Command("forward", (">", "alt+right"), "Forward again", "forward", Group.MOVE),
    Command("link", ("L",), "Pick a link", "pick_link", Group.MOVE, Pane.ARTICLE, help="Every link in view wears a tag."),
    Command("bookmark", ('"',), "Set a bookmark", "bookmark", Group.MOVE, Pane.ARTICLE, help="The next key is its letter; once more on its sentence takes it away.", when=_needs_text),
    Command("to-bookmark", ("'",), "Go to a bookmark", "to_bookmark", Group.MOVE, Pane.ARTICLE, help="The next key is its letter."),
    Command("filter", ("/",), "Filter the notes", "filter", Group.NOTES, Pane.NOTES, help="As you type: words, #tag, label:doubt, has:note, is:lost.", footer="filter", when=_needs_cards),
    Command("notes-order", ("S",), "Sort by place, time or label", "order", Group.NOTES, Pane.NOTES, when=_needs_cards),
    Command("choose-also", ("v",), "Choose this card too", "choose_also", Group.NOTES, Pane.NOTES, help="Labels, tags, removing, copying and exporting then go to all that are chosen.", footer="choose several", when=_needs_cards),
    Command("choose-all", ("*",), "Choose all cards, or none", "choose_all", Group.NOTES, Pane.NOTES, when=_needs_cards),
    Command("choose-next", ("down", "j"), "Next card", "choose(1)", Group.NOTES, Pane.NOTES, footer="choose", footer_keys="↑↓", when=_needs_cards),
    Command("choose-previous", ("up", "k"), "Previous card", "choose(-1)", Group.NOTES, Pane.NOTES, when=_needs_cards),
    Command("go", ("enter",), "Go to the passage", "go", Group.NOTES, Pane.NOTES, footer="go there", when=_needs_target),
    Command("library", ("o",), "Library…", "library", Group.APP, help="Every article, and every note in them, filtered as you type.", footer="library"),
    Command("panes", ("tab",), "Between article and notes", "panes", Group.APP, footer="notes"),
    Command("panel", ("p",), "Show or hide the notes", "panel", Group.APP),
    Command("help", ("?", "f1"), "Help", "help", Group.APP, footer="help"),
    Command("palette", ("ctrl+p",), "Every command", "palette", Group.APP),
    Command("theme", (), "Theme…", "theme", Group.APP),
    Command("suspend", ("ctrl+z",), "Pause PactReader", "suspend", Group.APP, help="In the shell, `fg` goes on with it."),
    Command("quit", ("q", "ctrl+q"), "Quit", "quit", Group.APP, footer="quit"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EditorCommand:
    """What a key does while a note is typed."""

    keys: tuple[str, ...]
    title: str
    action: str
    """The action of the note's editor that does it."""


EDITOR_COMMANDS: Final = (
    EditorCommand(("escape", "ctrl+s"), "Save the note and close", "screen.save"),
    EditorCommand(("ctrl+e",), "Write the note in $EDITOR", "screen.external_editor"),
    EditorCommand(("ctrl+q",), "Save the note and quit", "screen.save_and_quit"),
    EditorCommand(("tab",), "Indent", "indent"),
)


def commands_of(labels: Labels) -> tuple[Command, ...]:
    """Every command. Of those on one key, one that stands further in front goes first."""
    return (*_label_commands(labels), *_OTHERS)


COMMANDS: Final = commands_of(LABELS)
"""Those of PactReader's own labels, on its own keys."""
