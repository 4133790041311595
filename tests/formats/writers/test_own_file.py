"""The file of an article is not replaced by an export."""

from pathlib import Path

import pytest

from pactreader.core.article import Article
from pactreader.core.errors import PactReaderError
from pactreader.formats.writers.own_file import refuse_own_file


@pytest.mark.parametrize("name", ["paper.pdf", "link.pdf", "there/../paper.pdf", "missing/../paper.pdf"])
def test_it_is_not_replaced_under_another_name_of_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-")
    (tmp_path / "link.pdf").symlink_to("paper.pdf")
    (tmp_path / "there").mkdir()
    article = Article("x", "", (), source=str(tmp_path / "paper.pdf"))
    with pytest.raises(PactReaderError, match=r"(paper|link).pdf is the article's own file"):
        refuse_own_file(article, tmp_path / name)


@pytest.mark.parametrize("source", ["", "-", "https://example.org/paper.pdf", "/gone/paper.pdf"])
def test_another_one_may_be(tmp_path: Path, source: str) -> None:
    (tmp_path / "new.pdf").write_bytes(b"%PDF-")
    refuse_own_file(Article("x", "", (), source=source), tmp_path / "new.pdf")
