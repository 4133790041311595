"""The lines that drawn bullets belong to."""

from pactreader.formats.readers.pdf.characters.drawn_bullets import DrawnBullet
from pactreader.formats.readers.pdf.characters.page_characters import PageCharacters
from pactreader.formats.readers.pdf.layout.bullets import with_drawn_bullets
from typeset_lines import TypesetPages


def _bullets_of_lines(*bullets: DrawnBullet) -> list[float | None]:
    pages = TypesetPages()
    pages.move_to(712)
    pages.line("bread", indent=20)
    pages.line("milk", indent=20)
    found = with_drawn_bullets(pages.lines, [PageCharacters(0, "1", "", bullets=bullets)])
    return [line.bullet for line in found]


def test_a_bullet_belongs_to_the_line_beside_it() -> None:
    assert _bullets_of_lines(DrawnBullet(80, 84, 703)) == [80, None]


def test_a_bullet_may_stand_on_the_right() -> None:
    assert _bullets_of_lines(DrawnBullet(122, 126, 691)) == [None, 126]


def test_a_shape_far_from_a_line_or_above_it_is_no_bullet() -> None:
    assert _bullets_of_lines(DrawnBullet(20, 24, 703), DrawnBullet(80, 84, 697)) == [None, None]
