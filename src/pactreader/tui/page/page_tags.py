"""Tags over what can be picked, one of which is being typed."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from pactreader.core.article import Passage
from pactreader.tui.keys.key_capture import KeyResult
from pactreader.tui.page.article_view import ArticleView
from pactreader.tui.page.tag_labels import LETTERS, TagLabels

_Thing = TypeVar("_Thing", bound=Hashable)


class TagTyping(ABC, Generic[_Thing]):
    """Hears the letters of a tag, until one is typed whole."""

    def __init__(self, things: Iterable[_Thing], distance: Callable[[_Thing], int]) -> None:
        """Args:
        things: What can be picked.
        distance: How far away one is: the nearest wear the shortest tags.
        """
        self._tag(things, distance)

    @property
    @abstractmethod
    def hints(self) -> Sequence[tuple[str, str]]:
        """What can be typed."""

    @abstractmethod
    def _show(self, worn: Mapping[_Thing, str]) -> None:
        """Show tags; none at the end."""

    @abstractmethod
    def _take(self, picked: _Thing) -> KeyResult:
        """A tag is typed whole."""

    def handle_key(self, key: str) -> KeyResult:
        """A letter of a tag, or what takes it back; an arrow or a digit is for others."""
        if key == "escape":
            return self._let_be()
        if key == "backspace":
            return self._take_back()
        if key not in LETTERS:
            return self._hear_other(key)
        self._labels_typed.type(key)
        picked = self._labels_typed.picked
        if picked is not None:
            return self._take(picked)
        self._show(self._labels_typed.worn)
        return KeyResult.MORE

    def cancel(self) -> None:
        """Show no tags."""
        self._show({})

    def _tag(self, things: Iterable[_Thing], distance: Callable[[_Thing], int]) -> None:
        self._labels_typed = TagLabels(things, distance)
        self._show(self._labels_typed.worn)

    def _take_back(self) -> KeyResult:
        if not self._labels_typed.take_back():
            return self._let_be()
        self._show(self._labels_typed.worn)
        return KeyResult.MORE

    def _let_be(self) -> KeyResult:
        return KeyResult.DONE

    def _hear_other(self, _key: str) -> KeyResult:
        return KeyResult.UNHANDLED


class PageTags(TagTyping[Passage]):
    """Tags on the page, those near the caret the shortest."""

    def __init__(self, view: ArticleView, passages: Iterable[Passage]) -> None:
        """Args:
        view: Shows them.
        passages: What can be picked.
        """
        self._view = view
        super().__init__(passages, self._distance_from(view.caret.offset))

    @staticmethod
    def _distance_from(offset: int) -> Callable[[Passage], int]:
        return lambda passage: abs(passage.start - offset)

    def _show(self, worn: Mapping[Passage, str]) -> None:
        self._view.show_tags(worn)
