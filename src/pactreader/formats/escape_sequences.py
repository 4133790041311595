"""Removal of the escape sequences that programs write for a terminal: colours, links, and overstruck letters."""

from typing import Final

from pactreader.core.lazy_patterns import lazy_pattern

_SEQUENCE: Final = lazy_pattern(
    r"\x1b(?:"
    r"\[[0-?]*[ -/]*[@-~]"  # CSI: colours, movements of the cursor
    r"|[]PX^_][^\x07\x1b\n\r]*(?:\x07|\x1b\\)"  # OSC, DCS and others with a text: links, window titles
    r"|[()][0-9A-Z]"  # a choice of a character set, which terminfo's sgr0 begins with
    r")"
)
"""The sequences of ECMA-48 with seven bits: https://ecma-international.org/publications-and-standards/standards/ecma-48/"""
_UNDERLINED: Final = lazy_pattern(r"([^\n\x08_])\x08_(?!\x08)")
_OVERSTRUCK: Final = lazy_pattern(r"[^\n\x08]\x08(?=[^\n\x08])")


def without_escape_sequences(text: str) -> str:
    r"""Return a text without the escape sequences and overstruck characters in it: `\x1b[1mSEE a\x08a` → `SEE a`.

    Overstruck characters are how nroff makes bold and underlined ones in man pages. Other controls stay, also the
    beginning of a sequence without an end.
    """
    if "\x1b" in text:
        text = _SEQUENCE.sub("", text)
    if "\b" in text:
        text = _OVERSTRUCK.sub("", _UNDERLINED.sub(r"\1", text))
    return text
