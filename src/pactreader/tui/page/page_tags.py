"""Tags: short sequences of letters drawn over items on the page, one of which is picked by typing its tag."""

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Final, Generic, TypeVar

from pactreader.core.article import Passage
from pactreader.tui.keys.key_capture import KeyResult
from pactreader.tui.page.article_view import ArticleView

LETTERS: Final = "fjdkslaghrueiwotyqpvmcnbxz"
"""The letters of tags, the easiest to type first. There are no digits, as a label key can follow a tag."""

_Item = TypeVar("_Item", bound=Hashable)


def make_tags(count: int) -> list[str]:
    """Return so many tags, the shortest and easiest first, none of them a prefix of another.

    Example: 27 tags are 25 single letters, all but the last of `LETTERS`, then "zf" and "zj".
    """
    singles = deque(LETTERS)
    longer: deque[str] = deque()
    while len(singles) + len(longer) < count:
        if singles:
            longer.extend(map(singles.pop().__add__, LETTERS))
        else:
            singles, longer = longer, singles
    return [*singles, *longer][:count]


class TypedTags(Generic[_Item]):
    """Items with their tags, the nearest items with the shortest tags, and the letters typed so far."""

    def __init__(self, items: Iterable[_Item], distance: Callable[[_Item], int]) -> None:
        """Give a tag to each item.

        Args:
            items: The items.
            distance: A function that returns the distance of an item, in any unit. Near items get short tags.
        """
        nearest = sorted(items, key=distance)
        self._items = dict(zip(make_tags(len(nearest)), nearest, strict=True))
        self.typed = ""
        """The letters typed so far."""

    def __len__(self) -> int:
        return len(self._items)

    @property
    def picked(self) -> _Item | None:
        """The item whose tag was typed whole, if one was."""
        return self._items.get(self.typed)

    @property
    def remaining(self) -> dict[_Item, str]:
        """The rest of each tag that begins with the typed letters, by its item."""
        typed = self.typed
        return {item: tag[len(typed) :] for tag, item in self._items.items() if tag.startswith(typed)}

    def type(self, letter: str) -> bool:
        """Append a letter if any tag begins with the letters typed then; return whether one does."""
        typed = self.typed + letter
        if not any(tag.startswith(typed) for tag in self._items):
            return False
        self.typed = typed
        return True

    def delete_letter(self) -> bool:
        """Delete the last typed letter; return whether there was one."""
        had_letter = bool(self.typed)
        self.typed = self.typed[:-1]
        return had_letter


class TagPicker(ABC, Generic[_Item]):
    """A key handler that shows tags over items and picks the one whose tag is typed."""

    def __init__(self, items: Iterable[_Item], distance: Callable[[_Item], int]) -> None:
        """Show tags over items.

        Args:
            items: The items.
            distance: A function that returns the distance of an item, in any unit. Near items get short tags.
        """
        self._set_items(items, distance)

    @property
    @abstractmethod
    def hints(self) -> Sequence[tuple[str, str]]:
        """Keys and their effects, for the footer."""

    @abstractmethod
    def _show_tags(self, tags: Mapping[_Item, str]) -> None:
        """Show tags; hide them all if there are none."""

    @abstractmethod
    def _pick(self, item: _Item) -> KeyResult:
        """Act on the item whose tag was typed."""

    def handle_key(self, key: str) -> KeyResult:
        """Handle a letter of a tag, backspace or escape; pass any other key to `_handle_other`."""
        if key == "escape":
            return self._handle_escape()
        if key == "backspace":
            return self._handle_backspace()
        if key not in LETTERS:
            return self._handle_other(key)
        self._tags.type(key)
        picked = self._tags.picked
        if picked is not None:
            return self._pick(picked)
        self._show_tags(self._tags.remaining)
        return KeyResult.MORE

    def cancel(self) -> None:
        """Hide the tags."""
        self._show_tags({})

    def _set_items(self, items: Iterable[_Item], distance: Callable[[_Item], int]) -> None:
        """Show tags over other items, with nothing typed."""
        self._tags = TypedTags(items, distance)
        self._show_tags(self._tags.remaining)

    def _handle_escape(self) -> KeyResult:
        return KeyResult.DONE

    def _handle_backspace(self) -> KeyResult:
        if not self._tags.delete_letter():
            return self._handle_escape()
        self._show_tags(self._tags.remaining)
        return KeyResult.MORE

    def _handle_other(self, _key: str) -> KeyResult:
        return KeyResult.UNHANDLED


class PageTags(TagPicker[Passage]):
    """A picker with tags over passages on the page, the shortest nearest to the caret."""

    def __init__(self, view: ArticleView, passages: Iterable[Passage]) -> None:
        self._view = view
        super().__init__(passages, self._distance_from(view.caret.offset))

    @staticmethod
    def _distance_from(offset: int) -> Callable[[Passage], int]:
        return lambda passage: abs(passage.start - offset)

    def _show_tags(self, tags: Mapping[Passage, str]) -> None:
        self._view.show_tags(tags)
