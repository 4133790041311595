"""Splitting of keyboard input where Textual's parser would take one thing for another."""

import re
from collections.abc import Iterator
from typing import Final

_ESCAPE: Final = "\x1b"
_PASTE_START: Final = "\x1b[200~"
_PASTE_END: Final = "\x1b[201~"
_SHOWN_ESCAPE: Final = "\u241b"
"""Symbol that an escape character in a paste is replaced by."""
_ESCAPE_ALONE: Final = re.compile(r"\x1b(?=[^\x00-\x1f\x7f\[OP_\]^X\\])")
"""An escape before a letter that begins no sequence: not CSI, SS3 (keys, answers), DCS, APC, OSC, PM, SOS, ST."""


class Keystrokes:
    """Splitter of input into the escape key alone and everything else.

    A letter right behind the escape key, as over a slow line, is a key of its own, not one with alt: those do nothing
    here. A paste is a text: an escape character in it is no key, and cannot end it early, so that the rest would be
    taken for keys.
    """

    def __init__(self) -> None:
        self._in_paste = False
        self._held = ""
        """End of the input that may be the start of the end of a paste."""

    def split(self, text: str) -> Iterator[str | None]:
        r"""Yield the parts of some input in order, `None` for the escape key.

        The end of an unfinished paste may be held back until the next call.

        Example: `"Note.\x1btlaw"` yields `"Note."`, `None`, `"tlaw"`, and an empty part.
        """
        text, self._held = self._held + text, ""
        while text:
            mark = _PASTE_END if self._in_paste else _PASTE_START
            before, found, text = text.partition(mark)
            if self._in_paste:
                if not found:
                    before = self._hold_back(before)
                yield before.replace(_ESCAPE, _SHOWN_ESCAPE) + found
            else:
                yield from _split_keys(before)
                yield found
            self._in_paste ^= bool(found)

    def _hold_back(self, pasted: str) -> str:
        """Hold back what may be the start of the end of a paste, and return the rest."""
        for length in range(len(_PASTE_END) - 1, 0, -1):
            if pasted.endswith(_PASTE_END[:length]):
                self._held = pasted[-length:]
                return pasted[:-length]
        return pasted


def _split_keys(typed: str) -> Iterator[str | None]:
    *parts, last = _ESCAPE_ALONE.split(typed)
    for part in parts:
        yield part
        yield None
    yield last
