"""Tags on the page, one of which is being typed."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Final

from pactreader.core.article import Passage
from pactreader.tui.article_view import ArticleView
from pactreader.tui.next_keys import Heard
from pactreader.tui.picking import LETTERS, Picking

LET_BE: Final = ("esc", "let it be")
"""How a footer says that nothing need be picked."""


class PageTags(ABC):
    """Tags over what can be picked, until one of them is typed whole."""

    def __init__(self, view: ArticleView, passages: Sequence[Passage]) -> None:
        """Args:
        view: Shows them.
        passages: What can be picked, those near the caret by the shortest tags.
        """
        self._view = view
        self._tag(passages, self._view.caret.offset)

    @property
    @abstractmethod
    def says(self) -> Sequence[tuple[str, str]]:
        """What can be typed."""

    @abstractmethod
    def _take(self, picked: Passage) -> Heard:
        """A tag is typed whole."""

    def hear(self, key: str) -> Heard:
        """A letter of a tag, or what takes it back; an arrow or a digit is for others."""
        if key == "escape":
            return self._let_be()
        if key == "backspace":
            return self._take_back()
        if key not in LETTERS:
            return self._hear_other(key)
        self._picking.type(key)
        if picked := self._picking.picked:
            return self._take(picked)
        self._view.show_tags(self._picking.worn)
        return Heard.GO_ON

    def stop(self) -> None:
        """Wear no tags."""
        self._view.show_tags({})

    def _tag(self, passages: Sequence[Passage], near: int) -> None:
        self._picking = Picking(passages, near)
        self._view.show_tags(self._picking.worn)

    def _take_back(self) -> Heard:
        if not self._picking.take_back():
            return self._let_be()
        self._view.show_tags(self._picking.worn)
        return Heard.GO_ON

    def _let_be(self) -> Heard:
        return Heard.DONE

    def _hear_other(self, _key: str) -> Heard:
        return Heard.NOT_MEANT
