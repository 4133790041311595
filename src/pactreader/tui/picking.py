"""Short tags for what can be picked, and which of them is typed. No tag begins another one."""

from collections import deque
from collections.abc import Iterable
from typing import Final

from pactreader.core.article import Passage

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


class Picking:
    """Passages that wear tags, the nearest the shortest ones, until one tag is typed whole."""

    def __init__(self, passages: Iterable[Passage], near: int) -> None:
        """Args:
        passages: What can be picked.
        near: The offset that is near.
        """
        nearest = sorted(passages, key=lambda passage: abs(passage.start - near))
        self._tagged = dict(zip(tags(len(nearest)), nearest, strict=True))
        self.typed = ""

    def __len__(self) -> int:
        """How many can be picked."""
        return len(self._tagged)

    @property
    def picked(self) -> Passage | None:
        """The passage whose tag is typed whole."""
        return self._tagged.get(self.typed)

    @property
    def worn(self) -> dict[Passage, str]:
        """What each passage wears: what is left of its tag to be typed. Those that cannot be meant any more wear none."""
        typed = self.typed
        return {p: tag[len(typed) :] for tag, p in self._tagged.items() if tag.startswith(typed)}

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
