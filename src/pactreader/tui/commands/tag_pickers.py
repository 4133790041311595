"""Key handlers that pick a sentence, a range of words, the end of a selection, a link or a highlight by its tag."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from pactreader.core.article import Passage
from pactreader.core.links import Link
from pactreader.core.text_units import TextUnit
from pactreader.tui.keys.key_capture import CANCEL_HINT, KeyHints, KeyResult
from pactreader.tui.notes.highlight_list import HighlightRow
from pactreader.tui.page.article_view import ArticleView
from pactreader.tui.page.page_tags import PageTags, TagPicker

if TYPE_CHECKING:
    from pactreader.tui.context import Context


class SentencePicker(PageTags):
    """A picker of a sentence to select."""

    hints = (("letter", "selects its sentence"), CANCEL_HINT)

    def _pick(self, item: Passage) -> KeyResult:
        self._view.select_passage(self._view.caret.units.unit_at(TextUnit.SENTENCE, item.start))
        return KeyResult.DONE


class EndPicker(PageTags):
    """A picker of the word that the selection is extended to."""

    hints = (("letters", "the word that the selection goes to"), CANCEL_HINT)

    def _pick(self, item: Passage) -> KeyResult:
        self._view.change_selection(partial(self._view.caret.extend_to, item))
        return KeyResult.DONE


class RangePicker(PageTags):
    """A picker of the first word of a passage, then of the last one."""

    def __init__(self, view: ArticleView, words: Sequence[Passage], label_keys: str) -> None:
        self._label_keys = label_keys
        self._words = words
        self._first: Passage | None = None
        self._before = view.caret.state
        super().__init__(view, words)

    @property
    def hints(self) -> KeyHints:
        """The keys for the first word; once it is picked, those for the last one."""
        if self._first is None:
            return ("letters", "where it begins"), CANCEL_HINT
        return (
            ("letters", "where it ends"),
            ("enter", "its sentence"),
            *([(self._label_keys, "this word")] if self._label_keys else []),
            CANCEL_HINT,
        )

    def _pick(self, item: Passage) -> KeyResult:
        if self._first:
            self._view.select_passage(Passage(self._first.start, item.end))
            return KeyResult.DONE
        self._first = item
        self._view.select_passage(item)
        following = (word for word in self._words if word.start >= item.start)
        self._set_items(following, self._distance_from(item.start))
        return KeyResult.MORE

    def _handle_backspace(self) -> KeyResult:
        if self._tags.typed or not self._first:
            return super()._handle_backspace()
        self._handle_escape()
        self._first = None
        self._set_items(self._words, self._distance_from(self._view.caret.offset))
        return KeyResult.MORE

    def _handle_escape(self) -> KeyResult:
        if self._first:
            self._view.change_selection(partial(self._view.caret.restore, self._before))
        return super()._handle_escape()

    def _handle_other(self, key: str) -> KeyResult:
        if key != "enter" or not self._first:
            return super()._handle_other(key)
        self._view.select_passage(self._view.caret.units.unit_at(TextUnit.SENTENCE, self._first.start))
        return KeyResult.DONE


class LinkPicker(PageTags):
    """A picker of a link to follow."""

    hints = (("letter", "follows its link"), CANCEL_HINT)

    def __init__(self, view: ArticleView, links: Sequence[Link], follow: Callable[[Link], None]) -> None:
        super().__init__(view, [Passage(link.start, link.end) for link in links])
        self._links = {Passage(link.start, link.end): link for link in links}
        self._follow = follow

    def _pick(self, item: Passage) -> KeyResult:
        self._view.clear_selection()
        self._view.go_to(item.start)
        self._follow(self._links[item])
        return KeyResult.DONE


class HighlightPicker(TagPicker[str]):
    """A picker of a highlight to go to, from a list of those around the caret."""

    hints = (("letter", "goes there"), ("space", "further down"), CANCEL_HINT)

    def __init__(self, context: "Context") -> None:
        self._context = context
        self._ids: Sequence[str] = ()
        self._first = 0
        self._near = max(0, context.notebook.index_at(context.article_view.caret.offset))
        self._list_from(self._near - context.highlight_list.capacity // 2)

    def _list_from(self, first: int) -> None:
        """List the highlights from an index of the reading order on, or the last ones that fill the list."""
        notebook, room = self._context.notebook, self._context.highlight_list.capacity
        self._first = max(0, min(first, len(notebook) - room))
        near = min(max(self._near, self._first), self._first + room)
        indexes = range(self._first, min(self._first + room, len(notebook)))
        found = {
            annotation.id: index
            for index in indexes
            if (placement := notebook.placement((annotation := notebook.by_index(index)).id))
            and placement.found
        }
        self._ids = tuple(found)
        self._set_items(found, lambda one: abs(found[one] - near))

    def _show_tags(self, tags: Mapping[str, str]) -> None:
        rows = (self._row(each, tags.get(each, "")) for each in self._ids)
        self._context.highlight_list.update(tuple(rows) if tags else ())

    def _row(self, annotation_id: str, tag: str) -> HighlightRow:
        notebook = self._context.notebook
        annotation = notebook[annotation_id]
        quote = annotation.anchor.exact if annotation.anchor else ""
        return HighlightRow(tag, notebook.labels.get(annotation.label), quote)

    def _pick(self, item: str) -> KeyResult:
        placement = self._context.notebook.placement(item)
        if placement:
            view = self._context.article_view
            self._context.panes.jump_to(placement.start)
            if view.target is None or view.target.id != item:  # another highlight covers it there
                view.select_passage(Passage(placement.start, placement.end))
        return KeyResult.DONE

    def _handle_other(self, key: str) -> KeyResult:
        pages = {" ": 1, "pagedown": 1, "pageup": -1}.get(key)
        if pages is None:
            return KeyResult.UNHANDLED
        self._list_from(self._first + pages * self._context.highlight_list.capacity)
        return KeyResult.MORE
