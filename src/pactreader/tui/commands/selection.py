"""How the reader selects a passage: from the caret on, by growing, by picking, by text objects; and reshapes a highlight."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from pactreader.core.article import Passage
from pactreader.core.notebook import Notebook
from pactreader.core.text_units import TextUnit
from pactreader.tui.keys.key_capture import CANCEL_HINT, KeyCapture, KeyResult, SingleKey
from pactreader.tui.keys.keymap import Keymap, in_short
from pactreader.tui.page.article_view import ArticleView
from pactreader.tui.page.page_tags import PageTags
from pactreader.tui.page.tag_labels import LETTERS
from pactreader.tui.panes import Panes
from pactreader.tui.save_queue import SaveQueue

_OBJECTS: Final = {"w": TextUnit.WORD, "c": TextUnit.CLAUSE, "s": TextUnit.SENTENCE, "p": TextUnit.PARAGRAPH}
"""The letters of text objects: vim's, and one for clauses."""
_OBJECTS_SAID: Final = (*((key, unit.value) for key, unit in _OBJECTS.items()), CANCEL_HINT)


class Selecting:
    """Begins, changes and ends selections."""

    def __init__(
        self,
        notebook: Notebook,
        panes: Panes,
        saving: SaveQueue,
        key_capture: KeyCapture,
        *,
        keymap: Keymap,
        say: Callable[[str], None],
    ) -> None:
        """Args:
        notebook: Whose highlights are reshaped.
        panes: What is selected in.
        saving: Puts a reshaped highlight on the disk.
        key_capture: Has the keys of tags and text objects heard.
        keymap: Says what to press.
        say: Says something to the reader.
        """
        self._notebook = notebook
        self._panes = panes
        self._saving = saving
        self._key_capture = key_capture
        self._keymap = keymap
        self._say = say

    def action_select(self, unit: str) -> None:
        """Begin to select."""
        self._panes.article.select(TextUnit(unit))

    def action_extend(self, direction: str) -> None:
        """Select as shift and an arrow do."""
        self._panes.article.extend(direction)

    def action_swap_ends(self) -> None:
        """Go to the other end of the selection."""
        self._panes.article.swap_ends()

    def action_grow(self) -> None:
        """Select the next larger unit."""
        view = self._panes.article
        if not view.change_selection(view.caret.grow):
            self._say("Everything is selected.")

    def action_shrink(self) -> None:
        """Select what was selected before growing, or the next smaller unit."""
        view = self._panes.article
        if not view.change_selection(view.caret.shrink):
            self._say("There is nothing smaller to select here.")

    def action_text_object(self, around: str) -> None:
        """Select what the next key names: a word, a clause, a sentence, a paragraph."""
        view = self._panes.article
        selects: dict[str, Callable[[], None]] = {
            key: partial(view.caret.select_unit, unit) for key, unit in _OBJECTS.items()
        }
        if around == "around":
            selects["w"] = view.caret.select_run
        do = {key: partial(view.change_selection, select) for key, select in selects.items()}
        self._key_capture.capture_for(SingleKey(_OBJECTS_SAID, do))

    # Picking

    def action_pick(self) -> None:
        """Have every word in view wear a tag: the first one typed is the start, the second the end."""
        view = self._panes.article
        words = view.in_view(TextUnit.WORD)
        if not words:
            self._say("There is no word in view.")
        elif view.caret.selecting:
            self._key_capture.capture_for(_PickEnd(view, words))
        else:
            labels = [key for each in self._keymap.labels for key in each.keys if key not in LETTERS]
            self._key_capture.capture_for(_PickRange(view, words, in_short(labels)))

    def action_pick_sentence(self) -> None:
        """Have every sentence in view wear a tag."""
        view = self._panes.article
        sentences = view.in_view(TextUnit.SENTENCE)
        if sentences:
            self._key_capture.capture_for(_PickSentence(view, sentences))
        else:
            self._say("There is no sentence in view.")

    # Reshaping

    def action_reshape(self) -> None:
        """Have the passage of the highlight at the caret selected, to be changed."""
        target = self._panes.target
        placement = self._notebook.placement(target.id) if target else None
        if target is None or placement is None or not placement.found:
            self._say("Its passage is not in the text now.")
            return
        if self._panes.in_notes:
            self._panes.to_article()
        self._panes.article.reshape(target.id, Passage(placement.start, placement.end))

    def action_keep_ends(self) -> None:
        """Let the highlight that is being reshaped have the selection as its passage."""
        view = self._panes.article
        passage = view.caret.selection
        if passage and (
            change := self._saving.make(partial(self._notebook.reshape, view.reshaping, passage))
        ):
            view.clear_selection()
            self._say(f"Done: {change.title}. {self._keymap.key('undo')} takes it back.")


class _PickSentence(PageTags):
    """A sentence to select."""

    hints = (("letter", "selects its sentence"), CANCEL_HINT)

    def _take(self, picked: Passage) -> KeyResult:
        self._view.select_passage(self._view.caret.units.around(TextUnit.SENTENCE, picked.start))
        return KeyResult.DONE


class _PickEnd(PageTags):
    """The word that the moving end of the selection goes to."""

    hints = (("letters", "the word that the selection goes to"), CANCEL_HINT)

    def _take(self, picked: Passage) -> KeyResult:
        self._view.change_selection(partial(self._view.caret.extend_to, picked))
        return KeyResult.DONE


class _PickRange(PageTags):
    """The first word of a passage, then the last one."""

    def __init__(self, view: ArticleView, words: Sequence[Passage], label_keys: str) -> None:
        self._label_keys = label_keys
        self._words = words
        self._first: Passage | None = None
        self._before = view.caret.state
        super().__init__(view, words)

    @property
    def hints(self) -> Sequence[tuple[str, str]]:
        """What can be typed: the beginning, then the end."""
        if self._first is None:
            return ("letters", "where it begins"), CANCEL_HINT
        return (
            ("letters", "where it ends"),
            ("enter", "its sentence"),
            *([(self._label_keys, "this word")] if self._label_keys else []),
            CANCEL_HINT,
        )

    def _take(self, picked: Passage) -> KeyResult:
        if self._first:
            self._view.select_passage(Passage(self._first.start, picked.end))
            return KeyResult.DONE
        self._first = picked
        self._view.select_passage(picked)
        following = (word for word in self._words if word.start >= picked.start)
        self._tag(following, self._distance_from(picked.start))
        return KeyResult.MORE

    def _take_back(self) -> KeyResult:
        if self._labels_typed.typed or not self._first:
            return super()._take_back()
        self._let_be()
        self._first = None
        self._tag(self._words, self._distance_from(self._view.caret.offset))
        return KeyResult.MORE

    def _let_be(self) -> KeyResult:
        if self._first:
            self._view.change_selection(partial(self._view.caret.put_back, self._before))
        return super()._let_be()

    def _hear_other(self, key: str) -> KeyResult:
        if key != "enter" or not self._first:
            return super()._hear_other(key)
        self._view.select_passage(self._view.caret.units.around(TextUnit.SENTENCE, self._first.start))
        return KeyResult.DONE
