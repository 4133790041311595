"""Short tags for what can be picked, and which of them is typed. No tag begins another one."""

from collections import deque
from collections.abc import Callable, Hashable, Iterable
from typing import Final, Generic, TypeVar

LETTERS: Final = "fjdkslaghrueiwotyqpvmcnbxz"
"""What tags are made of, the strongest fingers of the home row first. No digit: a label key can follow a tag."""


def tags(count: int) -> list[str]:
    """So many tags, the shortest and handiest first: none begins another, and none could be shorter."""
    singles = deque(LETTERS)
    longer: deque[str] = deque()
    while len(singles) + len(longer) < count:
        if singles:
            longer.extend(map(singles.pop().__add__, LETTERS))
        else:
            singles, longer = longer, singles
    return [*singles, *longer][:count]


_Thing = TypeVar("_Thing", bound=Hashable)


class TagLabels(Generic[_Thing]):
    """Things that wear tags, the nearest the shortest ones, until one tag is typed whole."""

    def __init__(self, things: Iterable[_Thing], distance: Callable[[_Thing], int]) -> None:
        """Args:
        things: What can be picked.
        distance: How far away one is, in any measure.
        """
        nearest = sorted(things, key=distance)
        self._tagged = dict(zip(tags(len(nearest)), nearest, strict=True))
        self.typed = ""

    def __len__(self) -> int:
        """How many can be picked."""
        return len(self._tagged)

    @property
    def picked(self) -> _Thing | None:
        """The one whose tag is typed whole."""
        return self._tagged.get(self.typed)

    @property
    def worn(self) -> dict[_Thing, str]:
        """What each wears: what is left of its tag to be typed. Those that cannot be meant any more wear none."""
        typed = self.typed
        return {thing: tag[len(typed) :] for tag, thing in self._tagged.items() if tag.startswith(typed)}

    def type(self, letter: str) -> bool:
        """Take in a letter; whether there is a tag that begins so."""
        typed = self.typed + letter
        if not any(tag.startswith(typed) for tag in self._tagged):
            return False
        self.typed = typed
        return True

    def take_back(self) -> bool:
        """Forget the last letter; whether there was one."""
        had = bool(self.typed)
        self.typed = self.typed[:-1]
        return had
