"""The choices by which an article is read are remembered with it, until they are taken back."""

from io import BytesIO
from pathlib import Path

import pytest

from cli.command_line import Run, mark_words, paths_in, read_again
from pactreader.cli.library_access import open_entry, open_source
from pactreader.core.article import Article, BlockKind
from pactreader.core.reading_options import ReadingOptions
from pactreader.storage.library import Library
from pactreader.storage.state.reading_state import ReadingPosition, ReadingState

CODE = ReadingOptions("code")
AUTO = ReadingOptions("auto")
CONTENT = "A list of words\n\n- one word\n- two words,\n  and more\n"


@pytest.fixture
def path() -> Path:
    path = Path("a.txt").absolute()
    path.write_text(CONTENT, "utf-8")
    return path


def read(home: Path, source: object, options: ReadingOptions = ReadingOptions()) -> Article:
    with Library(paths_in(home)) as library:
        article = open_source(str(source), library, options)
    read_again(home, article)
    return article


def is_verbatim(article: Article) -> bool:
    return [block.kind for block in article.blocks] == [BlockKind.CODE]


def test_an_article_is_read_as_it_was_last(home: Path, path: Path) -> None:
    assert not is_verbatim(read(home, path))
    assert is_verbatim(read(home, path, CODE))
    assert is_verbatim(read(home, path))
    assert read(home, path, ReadingOptions(language="de")).options == ReadingOptions("code", "de")
    assert read(home, path).options == ReadingOptions("code", "de")
    assert read(home, path, AUTO).options == ReadingOptions()
    assert not is_verbatim(read(home, path))


def test_it_is_so_from_the_library_and_by_a_link(home: Path, path: Path) -> None:
    read(home, path, CODE)
    Path("link.txt").symlink_to(path)
    assert is_verbatim(read(home, "link.txt"))
    with Library(paths_in(home)) as library:
        (entry,) = library.articles()
        assert is_verbatim(open_entry(entry, library))
        assert is_verbatim(open_source(entry.id, library))
        assert not is_verbatim(open_source(entry.id, library, AUTO))
        path.unlink()
        stored = open_entry(entry, library)
    assert is_verbatim(stored)
    assert stored.options == CODE


def test_what_comes_from_elsewhere_is_read_as_it_was(
    home: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(home, path, CODE)
    path.rename("b.txt")
    assert is_verbatim(read(home, "b.txt"))
    for options, expected in ((ReadingOptions(), True), (AUTO, False), (ReadingOptions(), False)):
        monkeypatch.setattr(
            "pactreader.cli.library_access._standard_input", lambda: BytesIO(CONTENT.encode())
        )
        assert is_verbatim(read(home, "-", options)) is expected


def test_the_reading_state_knows_it_without_the_library(home: Path, path: Path) -> None:
    state = ReadingState(paths_in(home))
    state.save_position(ReadingPosition("3f2a9c41", str(path), 0, 0, 0.0, "2031", read_as="code"))
    paths_in(home).library.parent.mkdir(exist_ok=True)
    paths_in(home).library.write_text("damaged")
    with Library(paths_in(home)) as library:
        assert is_verbatim(open_source("a.txt", library, ReadingOptions(), state))


def test_a_highlight_is_exact_in_the_text_that_it_was_made_on(home: Path, path: Path) -> None:
    mark_words(home, read(home, path), "two words, and more")
    with Library(paths_in(home)) as library:
        for options, place in ((CODE, "moved"), (ReadingOptions(), "moved"), (AUTO, "exact")):
            article = open_source(str(path), library, options)
            entry = library.entry_for(article)
            library.register(entry, article)
            notebook = library.notebook(entry, article)
            (annotation,) = notebook
            placement = notebook.placement(annotation.id)
            assert placement is not None
            assert placement.kind.value == place
        assert len(library.articles()) == 1


def test_another_encoding_is_the_same_article(home: Path, path: Path) -> None:
    path.write_bytes("Łódź, zażółć gęślą jaźń, i jeszcze raz: zażółć gęślą jaźń.".encode("cp1250"))
    wrong = read(home, path, ReadingOptions(encoding="koi8-r"))
    right = read(home, path, ReadingOptions(encoding="cp1250"))
    assert wrong.text != right.text
    assert read(home, path).text == right.text
    with Library(paths_in(home)) as library:
        assert library.identity.identify(wrong).is_certain
        assert len(library.articles()) == 1


def test_another_way_of_reading_is_no_change(home: Path, path: Path, run: Run) -> None:
    read(home, path)
    outcome = run("diff", "a.txt", "--as", "code")
    assert (outcome.code, outcome.out) == (2, "")
    assert "was not read before" in outcome.err
    read(home, path, CODE)
    assert run("diff", "a.txt").code == 0
    path.write_text(CONTENT.replace("one", "another"), "utf-8")
    changed = run("diff", "a.txt")
    assert changed.code == 1
    assert "+- another word" in changed.out


def test_the_title_stays_when_lines_are_shown(home: Path, path: Path) -> None:
    read(home, path)
    read(home, path, CODE)
    read(home, path)
    with Library(paths_in(home)) as library:
        assert [entry.title for entry in library.articles()] == ["A list of words"]
