"""The store of texts: a mapping of an article's texts, and files whose times say when they were last in use."""

import gzip
import json
import os

import pytest

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.article_outline import ContentsEntry
from pactreader.storage.texts import text_store
from pactreader.storage.texts.store_files import is_stored, remove, stored_files
from pactreader.storage.texts.text_store import StoredTexts, store_text, stored_text
from storage.library_driver import an_article

ONE, TWO, THREE = an_article("One."), an_article("Two.\n\nAnd more."), an_article("Three.")


@pytest.fixture
def directory(tmp_path):
    for article in (ONE, TWO):
        store_text(tmp_path, article)
    return tmp_path


def test_the_texts_of_an_article_are_iterated_over(directory):
    texts = StoredTexts(directory, [THREE.text_hash, TWO.text_hash, TWO.text_hash, "", "../x"])
    assert dict(texts) == {TWO.text_hash: TWO.text}
    assert len(texts) == 1


def test_any_stored_text_is_read_by_its_hash(directory):
    texts = StoredTexts(directory)
    assert texts[ONE.text_hash] == ONE.text
    assert list(texts) == []
    for unknown in (THREE.text_hash, "", "../library", "A" * 32):
        assert unknown not in texts


@pytest.mark.parametrize("content", [b"", b"x", b"\x1f\x8b\x08\x00broken"])
def test_a_damaged_text_is_as_one_that_is_not_stored(directory, content):
    (directory / f"{ONE.text_hash}.json.gz").write_bytes(content)
    assert ONE.text_hash not in StoredTexts(directory, [ONE.text_hash])


def test_a_text_under_the_hash_of_another_is_not_taken(directory):
    (directory / f"{ONE.text_hash}.json.gz").replace(directory / f"{THREE.text_hash}.json.gz")
    assert THREE.text_hash not in StoredTexts(directory)


def test_a_text_that_is_not_that_of_its_known_hash_is_not_stored(tmp_path):
    store_text(tmp_path, ONE._replace(known_text_hash=THREE.text_hash, is_unverified=True))
    assert list(stored_files(tmp_path)) == []
    store_text(tmp_path, ONE._replace(known_text_hash=ONE.text_hash, is_unverified=True))
    assert StoredTexts(tmp_path)[ONE.text_hash] == ONE.text


def test_a_long_text_with_any_characters_is_as_it_was(tmp_path, monkeypatch):
    monkeypatch.setattr(text_store, "_SLICE", 3)
    monkeypatch.setattr(text_store, "_BLOCKS", 2)
    pieces = [Piece(BlockKind.PARAGRAPH, text) for text in ('\U0001f600"\\', "“é”", "a", "b", "c")]
    article = Article.assemble(pieces, title="T", source="/a")
    store_text(tmp_path, article)
    stored = stored_text(tmp_path, article.text_hash, "/a")
    assert (stored.text, stored.blocks) == (article.text, article.blocks)


def test_storing_a_text_again_renews_its_time(directory):
    path = directory / f"{ONE.text_hash}.json.gz"
    content = path.read_bytes()
    os.utime(path, (1.0, 1.0))
    store_text(directory, ONE)
    assert path.stat().st_mtime > 1e9
    assert path.read_bytes() == content
    recent = path.stat().st_mtime - 60
    os.utime(path, (recent, recent))
    store_text(directory, ONE)
    assert path.stat().st_mtime == pytest.approx(recent), "not at every opening"


def test_files_of_texts_are_listed_and_removed(directory):
    (directory / "notes.json.gz").write_bytes(b"not ours")
    (directory / f"{THREE.text_hash}.json.gz.damaged").write_bytes(b"kept")
    assert {one.hash for one in stored_files(directory)} == {ONE.text_hash, TWO.text_hash}
    assert all(one.size > 0 < one.used_at for one in stored_files(directory))
    first = next(one for one in stored_files(directory) if one.hash == ONE.text_hash)
    assert remove(directory, first)
    assert not remove(directory, first)
    assert not is_stored(directory, ONE.text_hash)


def test_a_stored_text_knows_the_lines_of_its_file(directory):
    article = Article.assemble([Piece(BlockKind.PARAGRAPH, "one two", lines=((0, 3), (4, 5)))], title="t")
    store_text(directory, article)

    stored = stored_text(directory, article.text_hash, "")

    assert stored is not None
    assert [stored.source_lines.at(offset) for offset in (0, 4)] == [3, 5]


def test_a_stored_text_keeps_what_belongs_to_a_book(directory):
    pieces = [
        Piece(BlockKind.HEADING, "One", 1, anchors=["one.xhtml"], places=((0, "Chapter 1"),)),
        Piece(BlockKind.PARAGRAPH, "Words.", anchors=["one.xhtml#words"]),
    ]
    book = Article.assemble(pieces, title="t")._replace(
        url="https://example.org/book",
        tags=("sea", "whales"),
        contents=(ContentsEntry("Chapter 1", 1, 0),),
        reader="EPUB 1",
        encoding="UTF-8",
    )
    store_text(directory, book)

    stored = stored_text(directory, book.text_hash, "")

    assert stored is not None
    for name in ("url", "tags", "contents", "reader", "encoding", "anchors"):
        assert getattr(stored, name) == getattr(book, name), name
    assert stored.places.at(6) == "Chapter 1"


@pytest.mark.parametrize(
    "damage",
    [
        {"anchors": {"a": 999}},
        {"anchors": [1]},
        {"anchors": {"a": "b"}},
        {"places": [[5, 1], ["a", "b"]]},
        {"places": [[1], []]},
        {"contents": [["a", 1]]},
        {"contents": [["a", 1, -1]]},
        {"tags": [1]},
        {"url": 5},
        {"file_hash": 5},
        {"embedded": [["key", "highlight", 0]]},
        {"embedded": [["key", "scribble", 0, 1]]},
        {"embedded": [["key", "note", 0, 999]]},
        {"embedded": [["key", "note", 0, 1, 5]]},
    ],
    ids=str,
)
def test_a_stored_text_with_damaged_fields_is_as_one_that_is_not_stored(directory, damage):
    path = directory / f"{ONE.text_hash}.json.gz"
    fields = json.loads(gzip.decompress(path.read_bytes())) | damage
    path.write_bytes(gzip.compress(json.dumps(fields).encode()))
    assert stored_text(directory, ONE.text_hash, "") is None
