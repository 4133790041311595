"""Commands that select a passage from the caret, by tags, by growing or by text objects, and reshape a highlight."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from pactreader.core.anchoring.placement import PlacementKind
from pactreader.core.article import Passage
from pactreader.core.hits import NO_HITS
from pactreader.core.text_units import TextUnit
from pactreader.tui.keys.key_capture import CANCEL_HINT, SingleKey
from pactreader.tui.keys.key_names import shown_range
from pactreader.tui.keys.registry import Footer, Group, Pane, command
from pactreader.tui.keys.screen_state import (
    STILL_SEARCHED,
    ScreenState,
    needs_fresh_selection,
    needs_reshaping,
    needs_selection,
    needs_target,
    needs_text,
)

if TYPE_CHECKING:
    from pactreader.tui.context import Context

_TEXT_OBJECTS: Final = {
    "w": TextUnit.WORD,
    "c": TextUnit.CLAUSE,
    "s": TextUnit.SENTENCE,
    "p": TextUnit.PARAGRAPH,
}
"""The keys of text objects: those of vim, and `c` for clauses."""
_TEXT_OBJECT_HINTS: Final = (*((key, unit.value) for key, unit in _TEXT_OBJECTS.items()), CANCEL_HINT)


# From the caret


@command(
    "select",
    "v",
    "Select by character",
    group=Group.SELECT,
    pane=Pane.ARTICLE,
    short="free, sentence",
    help="Then any motion.",
    footer=Footer("select", reading=4, highlight=9, attaching=3),
    when=needs_text,
)
def select(context: "Context") -> None:
    """Begin a selection by character."""
    context.article_view.select(TextUnit.CHARACTER)


@command(
    "select-sentence",
    "V",
    "Select by sentence",
    group=Group.SELECT,
    pane=Pane.ARTICLE,
    short="free, sentence",
    when=needs_text,
)
def select_sentence(context: "Context") -> None:
    """Begin a selection by sentence."""
    context.article_view.select(TextUnit.SENTENCE)


@command(
    "select-left",
    "shift+left",
    "Select to the left",
    group=Group.SELECT,
    pane=Pane.ARTICLE,
    short="as usual",
    when=needs_text,
)
def select_left(context: "Context") -> None:
    """Extend the selection by a character to the left."""
    context.article_view.extend("left")


@command(
    "select-down",
    "shift+down",
    "Select downwards",
    group=Group.SELECT,
    pane=Pane.ARTICLE,
    short="as usual",
    when=needs_text,
)
def select_down(context: "Context") -> None:
    """Extend the selection by a line downwards."""
    context.article_view.extend("down")


@command(
    "select-up",
    "shift+up",
    "Select upwards",
    group=Group.SELECT,
    pane=Pane.ARTICLE,
    short="as usual",
    when=needs_text,
)
def select_up(context: "Context") -> None:
    """Extend the selection by a line upwards."""
    context.article_view.extend("up")


@command(
    "select-right",
    "shift+right",
    "Select to the right",
    group=Group.SELECT,
    pane=Pane.ARTICLE,
    short="as usual",
    when=needs_text,
)
def select_right(context: "Context") -> None:
    """Extend the selection by a character to the right."""
    context.article_view.extend("right")


# By tags


@command(
    "pick",
    "f",
    "Pick words",
    group=Group.SELECT,
    pane=Pane.ARTICLE,
    short="pick words",
    help="Every word in view wears a tag: type that of the first and that of the last one.",
    footer=Footer("pick", reading=5, highlight=10, selecting=5, reshaping=5, attaching=4),
    when=needs_text,
)
def pick(context: "Context") -> None:
    """Tag every word in view: the first tag typed is the passage's start, the second its end."""
    from pactreader.tui.commands.tag_pickers import EndPicker, RangePicker
    from pactreader.tui.page.page_tags import LETTERS

    view = context.article_view
    words = view.visible_units(TextUnit.WORD)
    if not words:
        context.show_message("There is no word in view.")
    elif view.caret.selecting:
        context.capture.start(EndPicker(view, words))
    else:
        label_keys = [key for each in context.keymap.labels for key in each.keys if key not in LETTERS]
        context.capture.start(RangePicker(view, words, shown_range(label_keys)))


@command(
    "pick-sentence",
    "s",
    "Pick a sentence",
    group=Group.SELECT,
    pane=Pane.ARTICLE,
    short="pick a sentence",
    help="Every sentence in view wears a letter.",
    when=needs_text,
)
def pick_sentence(context: "Context") -> None:
    """Tag every sentence in view, and select the one whose tag is typed."""
    from pactreader.tui.commands.tag_pickers import SentencePicker

    sentences = context.article_view.visible_units(TextUnit.SENTENCE)
    if sentences:
        context.capture.start(SentencePicker(context.article_view, sentences))
    else:
        context.show_message("There is no sentence in view.")


# By growing and by text objects


@command(
    "grow",
    ".",
    "Select more",
    group=Group.SELECT,
    pane=Pane.ARTICLE,
    short="more, less",
    help="The word, the clause, the sentence, the paragraph, the section.",
    footer=Footer("more", selecting=3, reshaping=3),
    when=needs_text,
)
def grow(context: "Context") -> None:
    """Select the next larger text unit."""
    if not context.article_view.change_selection(context.article_view.caret.grow):
        context.show_message("Everything is selected.")


@command(
    "shrink",
    ",",
    "Select less",
    group=Group.SELECT,
    pane=Pane.ARTICLE,
    short="more, less",
    footer=Footer("less", selecting=4, reshaping=4),
    when=needs_selection,
)
def shrink(context: "Context") -> None:
    """Restore the selection from before `grow`, or select the next smaller text unit."""
    if not context.article_view.change_selection(context.article_view.caret.shrink):
        context.show_message("There is nothing smaller to select here.")


@command(
    "text-object",
    "i",
    "Select the word, clause, sentence or paragraph",
    group=Group.SELECT,
    pane=Pane.ARTICLE,
    short="word, sentence…",
    help="The next key says which: w c s p.",
    when=needs_selection,
    momentary=True,
)
def text_object(context: "Context") -> None:
    """Select the text unit at the caret that the next key names."""
    _capture_text_object(context, context.article_view.caret.select_unit)


@command(
    "text-object-around",
    "a",
    "Select the word with what is written onto it",
    group=Group.SELECT,
    pane=Pane.ARTICLE,
    short="word, sentence…",
    help="Right after v, and the next key says what: w; c s p are clause, sentence and paragraph.",
    when=needs_fresh_selection,
    momentary=True,
)
def text_object_around(context: "Context") -> None:
    """Select the text unit at the caret that the next key names; a word with the punctuation attached to it."""
    caret = context.article_view.caret

    def select_around(unit: TextUnit) -> None:
        if unit is TextUnit.WORD:
            caret.select_word_with_punctuation()
        else:
            caret.select_unit(unit)

    _capture_text_object(context, select_around)


def _capture_text_object(context: "Context", select_unit: Callable[[TextUnit], None]) -> None:
    effects = {
        key: partial(context.article_view.change_selection, partial(select_unit, unit))
        for key, unit in _TEXT_OBJECTS.items()
    }
    context.capture.start(SingleKey(_TEXT_OBJECT_HINTS, effects, us_key=context.us_key))


@command(
    "swap-ends",
    "o",
    "Go to the other end of the selection",
    group=Group.SELECT,
    pane=Pane.ARTICLE,
    short="other end",
    footer=Footer("other end", selecting=6, reshaping=6),
    when=needs_selection,
    momentary=True,
)
def swap_ends(context: "Context") -> None:
    """Move the caret to the other end of the selection."""
    context.article_view.swap_ends()


# Reshaping


@command(
    "reshape",
    "r",
    "Reshape the highlight",
    group=Group.MARK,
    short="reshape",
    help="Its passage is selected: any motion changes it.",
    footer=Footer("reshape", highlight=7),
    when=needs_target,
)
def reshape(context: "Context") -> None:
    """Select the passage of the target, to be changed by the next keys."""
    target = context.panes.target
    placement = context.notebook.placement(target.id) if target else None
    if target is None or placement is None:
        is_pending = target is not None and target.id in context.notebook.pending
        context.show_message(STILL_SEARCHED if is_pending else "It is not on a passage.")
        return
    if placement.kind is PlacementKind.LOST:
        key = context.keymap.key("attach")
        context.show_message(f"Its passage is not in the text now: {key} attaches it to another one.")
        return
    if context.panes.in_notes:
        context.panes.focus_article()
    context.article_view.reshape(target.id, Passage(placement.start, placement.end))


@command(
    "keep-ends",
    "enter",
    "Keep the new passage",
    group=Group.SELECT,
    pane=Pane.ARTICLE,
    short="keep the ends",
    help="Of a highlight that is being reshaped.",
    footer=Footer("keep it", reshaping=1),
    when=needs_reshaping,
    momentary=True,
)
def keep_ends(context: "Context") -> None:
    """Make the selection the passage of the highlight that is being reshaped."""
    view = context.article_view
    passage = view.caret.selection
    if passage and (change := context.saves.submit(context.notebook.reshape, view.reshaping, passage)):
        view.clear_selection()
        context.show_message(f"Done: {change.title}. {context.keymap.key('undo')} takes it back.")


def _cancel_word(state: ScreenState) -> str:
    return "leave it as it was" if state.reshaping else "let go"


@command(
    "let-go",
    "escape",
    "Let go of the selection",
    group=Group.SELECT,
    short="let go",
    help="In the notes: back to the article, where you were. It also stops the fetch of a page.",
    footer=Footer(_cancel_word, selecting=8, reshaping=2, selected_notes=7),
)
def cancel(context: "Context") -> None:
    """Cancel the first of these that is on: reshaping, selection and search hits, drawer, merge, fetch, reading, hint."""
    view, panes = context.article_view, context.panes
    if panes.in_notes:
        _cancel_in_notes(context)
    elif view.reshaping:
        view.cancel_reshaping()
    elif view.caret.selecting or view.hits:
        view.clear_selection()
        view.show_hits(NO_HITS)
    elif panes.drawer_open:
        panes.close_drawer()
    elif context.app.conflict_merge.is_running:
        context.app.conflict_merge.stop()
    elif context.app.page_fetch.is_running:
        context.app.page_fetch.stop()
    elif context.app.rest_reader.is_running:
        context.app.rest_reader.stop_and_tell()
    else:
        context.screen.hide_hint()


def _cancel_in_notes(context: "Context") -> None:
    """Deselect all cards; if none is selected, clear the filter; without a filter, go back to the article."""
    notes, panes = context.notes_panel, context.panes
    if notes.selected_ids:
        notes.clear_selection()
    elif notes.note_list.filter:
        notes.note_list.set_filter("")
        notes.refresh_list()
        context.show_message("All notes are shown again.")
    else:
        panes.return_to(panes.position)
        panes.focus_article()
