"""What comes from the keyboard, told apart where Textual's parser of it would take one thing for another."""

from collections.abc import Iterator
from re import compile as regex
from typing import Final

_ESCAPE: Final = "\x1b"
_PASTE: Final = "\x1b[200~"
_PASTED: Final = "\x1b[201~"
_SHOWN: Final = "\u241b"
"""How an escape character in a paste is shown."""
_ESCAPE_ALONE: Final = regex(r"\x1b(?=[^\x00-\x1f\x7f\[OP_\]^X\\])")
"""An escape before a letter that goes on to no sequence: not to CSI and SS3 (keys, answers), nor DCS, APC, OSC, PM, SOS, ST."""


class Keystrokes:
    """Parts what has come into the escape key alone and everything else.

    A letter that comes right behind the escape key, as over a slow line, is no key with alt: those do nothing here.
    A paste is a text: no escape in it is a key, and none ends it early, so that the rest would be typed.
    """

    def __init__(self) -> None:
        self._in_paste = False
        self._held = ""
        """What may be the beginning of the end of a paste."""

    def parts(self, text: str) -> Iterator[str | None]:
        """The parts, in their order; `None` is the escape key. A little of what is pasted may come with the next text."""
        text, self._held = self._held + text, ""
        while text:
            mark = _PASTED if self._in_paste else _PASTE
            before, found, text = text.partition(mark)
            if self._in_paste:
                if not found:
                    before = self._without_end(before)
                yield before.replace(_ESCAPE, _SHOWN) + found
            else:
                yield from _keys(before)
                yield found
            self._in_paste ^= bool(found)

    def _without_end(self, pasted: str) -> str:
        """What is pasted for sure; what may go on to be the end of it is held back."""
        for length in range(len(_PASTED) - 1, 0, -1):
            if pasted.endswith(_PASTED[:length]):
                self._held = pasted[-length:]
                return pasted[:-length]
        return pasted


def _keys(typed: str) -> Iterator[str | None]:
    *parts, last = _ESCAPE_ALONE.split(typed)
    for part in parts:
        yield part
        yield None
    yield last
