"""The lines that drawn bullets belong to."""

from collections.abc import Sequence
from typing import Final

from pactreader.formats.readers.pdf.characters.drawn_bullets import DrawnBullet
from pactreader.formats.readers.pdf.characters.page_characters import PageCharacters
from pactreader.formats.readers.pdf.layout.lines import Line

_MIDDLE: Final = 0.3
"""The height of a bullet's middle above the baseline in sizes."""
_MAX_OFFSET: Final = 0.3
"""The greatest difference from it."""
_MAX_GAP: Final = 2.0
"""The greatest distance in sizes of a bullet and its text."""


def with_drawn_bullets(lines: Sequence[Line], pages: Sequence[PageCharacters]) -> list[Line]:
    """Return lines, each with the place of the bullet that is drawn before it."""
    bullets = {page.page: page.bullets for page in pages if page.bullets}
    return [
        line._replace(bullet=_place(line, bullets[line.page])) if line.page in bullets else line
        for line in lines
    ]


def _place(line: Line, bullets: Sequence[DrawnBullet]) -> float | None:
    """Return the outer end of the bullet beside a line, on the left or, in scripts that begin there, on the right."""
    middle = line.baseline + _MIDDLE * line.size
    for bullet in bullets:
        if abs(bullet.middle - middle) < _MAX_OFFSET * line.size:
            if 0 < line.left - bullet.right < _MAX_GAP * line.size:
                return bullet.left
            if 0 < bullet.left - line.right < _MAX_GAP * line.size:
                return bullet.right
    return None
