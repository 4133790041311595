"""How the lines of a hard-wrapped paragraph become one again."""

import re
from typing import Final

_WIDE: Final = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff"
"""What is written without spaces: Han, kana and their punctuation. Not Hangul, whose words are parted."""

_GLUED: Final = rf"(?<=[{_WIDE}])\n(?=[{_WIDE}])|(?<=\w[-—])\n(?=\w)"
"""Line ends that stand for nothing: between two wide characters, and after the hyphen of a compound. Most articles
do without compiling it."""


def unwrapped(lines: list[str]) -> str:
    """The lines of one paragraph as one line: a space for each line end, where the script has spaces."""
    if len(lines) == 1:
        return lines[0].strip()
    text = "\n".join([line.strip() for line in lines]).strip()
    if "-\n" in text or not text.isascii():
        text = re.sub(_GLUED, "", text)
    return text.replace("\n", " ")


def soft_break(before: str, after: str) -> str:
    """What a line end between two texts stands for: a space, or nothing between wide characters."""
    return "" if re.search(_GLUED, f"{before[-1:]}\n{after[:1]}") else " "
