"""Splitting of keyboard input that Textual's parser would misread."""

from collections.abc import Iterator
from typing import Final

from pactreader.core.lazy_patterns import lazy_pattern

_ESCAPE: Final = "\x1b"
_PASTE_START: Final = "\x1b[200~"
_PASTE_END: Final = "\x1b[201~"
_SHOWN_ESCAPE: Final = "\u241b"
"""The symbol that replaces an escape character in a paste."""
_ESCAPE_ALONE: Final = lazy_pattern(r"\x1b(?=[^\x00-\x1f\x7f\[OP_\]^X\\])")
"""An escape that begins no sequence: no CSI, SS3 (keys, answers), DCS, APC, OSC, PM, SOS or ST follows."""


class Keystrokes:
    """A splitter of input into the escape key and everything else.

    An escape followed by a letter is read as two keys, which arrive together over a slow line or from fast fingers, and
    not as a letter with alt, which has no use here. In a paste, an escape character is text; it neither is a key nor ends the paste.
    """

    def __init__(self) -> None:
        self._in_paste = False
        self._held = ""
        """The end of the input, if it may be the beginning of the sequence that ends a paste, or of any other."""

    def split(self, text: str) -> Iterator[str | None]:
        r"""Yield the parts of some input in order, `None` for the escape key.

        An escape at the end, and the end of an unfinished paste, may be held back until the next call. Empty input means
        that nothing has arrived for a moment: then an escape is the key.

        Example: `"Note.\x1btlaw"` yields `"Note."`, `None`, `"tlaw"`, and an empty part.
        """
        is_over = not text
        text, self._held = self._held + text, ""
        while text:
            mark = _PASTE_END if self._in_paste else _PASTE_START
            before, found, text = text.partition(mark)
            if self._in_paste:
                if not found:
                    before = self._hold_back(before)
                yield before.replace(_ESCAPE, _SHOWN_ESCAPE) + found
            elif not found and before.endswith(_ESCAPE):
                yield from _split_keys(before.removesuffix(_ESCAPE))
                if is_over:
                    yield None
                else:
                    self._held = _ESCAPE
            else:
                yield from _split_keys(before)
                yield found
            self._in_paste ^= bool(found)

    def _hold_back(self, pasted: str) -> str:
        """Return pasted text, except for an end that may begin the sequence that ends the paste, which is held back."""
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
