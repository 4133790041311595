"""What was read before is found if it would be read just so again, and in no other case."""

import pytest

from pactreader.core.article import Article, BlockKind, Piece, file_hash_of
from pactreader.core.article_fields import article_fields
from pactreader.core.article_outline import ContentsEntry
from pactreader.core.embedded_annotations import EmbeddedAnnotation, EmbeddedKind
from pactreader.core.reading_options import ReadingOptions
from pactreader.core.reading_setup import ReadingSetup
from pactreader.formats import content as content_module
from pactreader.formats.article_formats import PLAIN_TEXT
from pactreader.formats.content import Content, read_content
from pactreader.formats.origin import Origin
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths

SOURCE = "/papers/ferries.slow"
DATA = b"The ferry leaves at noon."
MARK = EmbeddedAnnotation("nm:1", EmbeddedKind.HIGHLIGHT, 4, 9, "Which?\nThis?", "Ada", "#ffff00")
READ = Article.assemble(
    [Piece(BlockKind.PARAGRAPH, DATA.decode(), anchors=["page=1"], places=[(0, "p. 1")])],
    title="ferries",
    source=SOURCE,
    author="Ada",
)._replace(
    file_hash=file_hash_of(DATA),
    reader="Slow 1",
    contents=(ContentsEntry("The ferry", 1, 0),),
    embedded=(MARK,),
)


@pytest.fixture
def library(tmp_path):
    with Library(Paths.find(tmp_path, {}), keeps_protected=True) as library:
        yield library


def register(library: Library, article: Article) -> None:
    library.register(library.entry_for(article), article)


def find(library: Library, **other: object) -> Article | None:
    wanted = {
        "source": SOURCE,
        "file_hash": READ.file_hash,
        "reader": "Slow 1",
        "options": ReadingOptions(),
    }
    return library.find_read(**(wanted | other))  # type: ignore[arg-type]


def test_an_article_is_found_as_it_was_read(library):
    register(library, READ)
    found = find(library)
    assert found.source == SOURCE
    assert article_fields(found) == article_fields(READ)


@pytest.mark.parametrize(
    "other",
    [
        {"source": "/papers/copy.slow"},
        {"file_hash": "0" * 32},
        {"reader": "Slow 2"},
        {"options": ReadingOptions(language="de")},
    ],
    ids=str,
)
def test_it_is_not_found_if_it_would_be_read_otherwise(library, other):
    register(library, READ)
    assert find(library, **other) is None


def test_a_damaged_text_is_not_found_and_is_stored_anew(library, tmp_path):
    register(library, READ)
    (path,) = Paths.find(tmp_path, {}).texts.glob("*.gz")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert find(library) is None
    register(library, READ)
    assert article_fields(find(library)) == article_fields(READ)


def test_a_protected_article_is_not_found(library):
    register(library, READ._replace(is_protected=True))
    assert find(library) is None


def test_an_article_with_a_warning_is_read_again(library):
    register(library, READ._replace(warning="A page took too long."))
    assert find(library) is None


def test_what_a_new_version_of_the_reader_says_of_the_same_text_is_found(library):
    register(library, READ)
    newer = READ._replace(reader="Slow 2", contents=())
    register(library, newer)
    assert article_fields(find(library, reader="Slow 2")) == article_fields(newer)


@pytest.mark.parametrize(
    ("is_slow", "defaults", "is_found"),
    [
        (True, ReadingOptions(), True),
        (True, ReadingOptions(language="de"), False),
        (False, ReadingOptions(), False),
    ],
)
def test_a_slow_format_is_taken_from_what_was_read_before(monkeypatch, library, is_slow, defaults, is_found):
    slow = PLAIN_TEXT._replace(name="Slow", is_slow=is_slow)
    monkeypatch.setattr(content_module, "find_format", lambda *_arguments, **_more: slow)
    register(library, READ)
    setup = ReadingSetup(defaults, find_read=library.find_read)

    article = read_content(Content(DATA, Origin("ferries", "ferries", SOURCE)), ReadingOptions(), setup)

    assert (article.author == "Ada") is is_found
    assert article.text == READ.text
    assert (article.file_hash, article.reader) == (READ.file_hash, "Slow 1")
