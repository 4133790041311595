"""The cache of parsed articles: used if the file is as it was, and in no other case."""

import os
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.article import Article, BlockKind, Piece, Span, SpanKind
from pactreader.core.article_outline import ContentsEntry
from pactreader.core.file_stamp import FileStamp
from pactreader.core.packed_article import pack, unpack
from pactreader.core.reading_options import ReadingOptions
from pactreader.core.reading_setup import ReadingSetup
from pactreader.formats import content as content_module
from pactreader.formats.sources import read_source
from pactreader.storage import parsed_articles
from pactreader.storage.parsed_articles import ParsedArticles

MARKDOWN = "# The pact\n\n- one *item*\n- [two](https://example.org)\n\n> Quoted “words”.\n"


@pytest.fixture
def parsed(tmp_path):
    return ParsedArticles(tmp_path / "cache" / "articles")


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "pact.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    return path


def read(path, **setup) -> Article:
    """Read a file as if it had been written long ago."""
    article = read_source(str(path), BytesIO(), ReadingOptions(), ReadingSetup(**setup))
    return article._replace(stamp=FileStamp.of(path.stat()))


def unchanged(parsed, path, **options):
    return parsed.unchanged(str(path), str(path), ReadingOptions(**options))


def fields(article):
    """Return what is to be the same of an article that was read from the cache."""
    names = set(Article._fields) - {"source_lines", "places", "known_text_hash", "is_unverified"}
    columns = [list(each) for each in (*article.source_lines, *article.places)]
    return {name: getattr(article, name) for name in names}, columns, article.text_hash


def files(parsed_directory):
    return sorted(parsed_directory.glob("*"))


def test_an_article_is_as_it_was_parsed(parsed, path):
    article = read(path)
    parsed.store(article)

    found = unchanged(parsed, path)
    assert fields(found) == fields(article)
    assert found.is_unverified


def test_it_is_taken_without_reading_its_file(parsed, path, monkeypatch):
    parsed.store(read(path))
    monkeypatch.setattr(content_module, "read_content", None)

    assert read_source(str(path), BytesIO(), setup=ReadingSetup(parsed=parsed)).title == "The pact"


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_text(MARKDOWN + "More.", encoding="utf-8"),
        os.utime,
        lambda path: path.replace(path.with_suffix(".old")) and path.write_text(MARKDOWN, encoding="utf-8"),
    ],
    ids=["written", "touched", "replaced"],
)
def test_a_file_whose_stamp_differs_is_read(parsed, path, change):
    parsed.store(read(path))
    change(path)

    assert unchanged(parsed, path) is None


def test_other_choices_and_other_settings_are_read_anew(parsed, path, tmp_path):
    parsed.store(read(path))

    assert unchanged(parsed, path, language="de") is None
    others = ParsedArticles(tmp_path / "cache" / "articles", ReadingOptions(language="de"))
    assert unchanged(others, path) is None


def test_a_file_that_was_only_touched_is_not_parsed_again(parsed, path):
    article = read(path)
    parsed.store(article)
    os.utime(path)
    stamp = FileStamp.of(path.stat())

    found = parsed.of_content(str(path), article.file_hash, article.reader, ReadingOptions(), stamp)
    assert fields(found) == fields(article._replace(stamp=stamp))
    assert not found.is_unverified
    for file_hash, reader in [("0" * 32, article.reader), (article.file_hash, "Markdown 99")]:
        assert parsed.of_content(str(path), file_hash, reader, ReadingOptions(), stamp) is None


def test_content_written_a_moment_ago_is_kept_without_trust_in_its_stamp(parsed, path):
    article = read(path)._replace(stamp=None)
    parsed.store(article)

    assert unchanged(parsed, path) is None
    assert parsed.of_content(str(path), article.file_hash, article.reader, ReadingOptions(), None)


def test_the_text_of_a_large_plain_file_stays_in_that(parsed, tmp_path, monkeypatch):
    monkeypatch.setattr(parsed_articles, "_LARGE", 100)
    path = tmp_path / "long.txt"
    path.write_bytes(
        b"\xef\xbb\xbf\n\n" + "\n\n".join(f"“Paragraph” {n} is here." for n in range(99)).encode()
    )
    article = read(path)
    parsed.store(article)

    [file] = files(tmp_path / "cache" / "articles")
    assert b"Paragraph" not in file.read_bytes()
    assert fields(unchanged(parsed, path)) == fields(article)


def test_a_change_of_content_that_the_stamp_hides_is_found_by_the_hash(parsed, path, tmp_path):
    article = read(path)
    parsed.store(article)
    assert parsed.verify(article)

    path.write_text(MARKDOWN.replace("one", "two"), encoding="utf-8")
    assert not parsed.verify(article)
    assert files(tmp_path / "cache" / "articles") == []


def test_a_file_that_is_gone_is_not_for_the_cache_to_tell(parsed, path):
    article = read(path)
    path.unlink()

    assert parsed.verify(article)


@pytest.mark.parametrize(
    "article_change",
    [{"warning": "A page is missing."}, {"is_protected": True}, {"content": b"piped"}, {"file_hash": ""}],
    ids=str,
)
def test_what_may_not_be_kept_is_not(parsed, path, tmp_path, article_change):
    parsed.store(read(path)._replace(**article_change))

    assert files(tmp_path / "cache") == []


def test_only_its_owner_can_read_it(parsed, path, tmp_path):
    parsed.store(read(path))

    directory = tmp_path / "cache" / "articles"
    assert [file.stat().st_mode & 0o777 for file in files(directory)] == [0o600]
    assert directory.stat().st_mode & 0o777 == 0o700
    files(directory)[0].chmod(0o666)
    assert unchanged(parsed, path) is None


def test_the_longest_unread_make_room(tmp_path, monkeypatch):
    monkeypatch.setattr(parsed_articles, "_MOST_FILES", 2)
    parsed = ParsedArticles(tmp_path / "cache" / "articles")
    paths = [tmp_path / f"{n}.md" for n in range(3)]
    for age, path in enumerate(paths):
        path.write_text(f"# Title {age}\n")
        parsed.store(read(path))
        for file in files(tmp_path / "cache" / "articles"):
            os.utime(file, (file.stat().st_atime, file.stat().st_mtime - 60))

    assert [unchanged(parsed, path) is None for path in paths] == [True, False, False]


@given(st.booleans(), st.integers(0, 9999), st.integers(1, 255))
def test_a_damaged_file_is_no_article(tmp_path_factory, is_cut, position, bits):
    directory = tmp_path_factory.mktemp("damage")
    path = directory / "pact.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    parsed = ParsedArticles(directory / "cache")
    parsed.store(read(path))
    [file] = files(directory / "cache")
    content = bytearray(file.read_bytes())
    position %= len(content)
    if is_cut:
        del content[position:]
    else:
        content[position] ^= bits
    file.write_bytes(content)

    assert unchanged(parsed, path) is None


TEXTS = st.text(st.characters(exclude_categories=()), min_size=1, max_size=9)
PIECES = st.lists(
    st.builds(
        Piece,
        st.sampled_from(BlockKind),
        TEXTS,
        st.integers(0, 6),
        st.sampled_from(["", "•", "12."]),
        st.integers(0, 2),
        st.lists(st.builds(Span, st.just(0), st.just(1), st.sampled_from(SpanKind), st.text(max_size=3))).map(
            tuple
        ),
        lines=st.just(((0, 3),)),
        anchors=st.just(("page=1",)),
        places=st.sampled_from([(), ((0, "p. 1"),)]),
    ),
    max_size=6,
)


@given(PIECES)
def test_any_article_outlasts_its_file(pieces):
    article = Article.assemble(pieces, title="T", source="/a")
    if article.blocks:
        entry = ContentsEntry("One", 1, 0)
        article = article._replace(tags=("a",), contents=(entry,))

    found = unpack(pack(article, {}, None)).article("/a")
    assert fields(found) == fields(article)
