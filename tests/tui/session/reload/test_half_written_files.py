"""A PDF that LaTeX is writing: what is read stays until the new one is whole."""

from io import BytesIO
from pathlib import Path

import pytest

from app_driver import AppDriver, run_story
from pactreader.core.errors import UnreadableError
from pactreader.formats.sources import read_changed, read_source
from pdf_files import PdfFile

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quick_monitor")]


def paper(*sentences: str) -> bytes:
    pdf = PdfFile(title="A paper")
    for sentence in sentences:
        pdf.page().text(72, 700, sentence)
    return pdf.to_bytes()


def test_a_half_written_file_is_not_taken_in_and_the_whole_one_is(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(paper("It is vague.", "That is alleged."))
    article = read_source(str(path), BytesIO())
    new = paper("It is clear.", "That is alleged.", "It is new.")

    async def story(driver: AppDriver) -> None:
        path.write_bytes(b"")
        await driver.wait_until(lambda: "paper.pdf has no end" in driver.footer)
        for length in (len(new) // 2, len(new) - 6):
            path.write_bytes(new[:length])
            await driver.pilot.pause(0.2)
            assert "It is vague." in driver.seen
        path.write_bytes(new)
        await driver.wait_until(lambda: "It is clear." in driver.seen)

    run_story(tmp_path / "home", story, article=article)


@pytest.mark.parametrize("end", ["", "\n", "\0" * 4096, "\n%%trailing"])
def test_a_file_with_its_end_is_whole(tmp_path: Path, end: str) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(paper("It is vague."))
    article = read_source(str(path), BytesIO())
    path.write_bytes(paper("It is clear.").rstrip() + end.encode())
    assert "clear" in read_changed(article).text
    path.write_bytes(paper("It is clear.")[:-9])
    with pytest.raises(UnreadableError, match=r"paper\.pdf has no end"):
        read_changed(article)
