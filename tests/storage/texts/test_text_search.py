"""The search of stored texts finds what the find in an open article finds, and says nothing of damaged ones."""

import gzip
import json
from pathlib import Path

import pytest

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.storage.texts import text_search
from pactreader.storage.texts.store_files import TEXT, path_of
from pactreader.storage.texts.text_search import search_texts
from pactreader.storage.texts.text_store import store_text


def stored(directory: Path, text: str) -> str:
    article = Article.assemble(
        [Piece(BlockKind.PARAGRAPH, each) for each in text.split("\n\n")], title="A text"
    )
    store_text(directory, article)
    return article.text_hash


def found(directory: Path, text: str, *words: str) -> str | None:
    (hit,) = search_texts(directory, [("3f2a9c41", stored(directory, text))], words)
    return hit and hit.anchor.exact


@pytest.mark.parametrize(
    ("text", "words", "passage"),
    [
        ("The Pact is vague.", ["pact"], "Pact"),
        ("The Pact is vague.", ["pacts"], None),
        ("L’État, c’est moi.", ["etat"], "État"),
        ("“Who decides?”", ["who decides"], "Who decides"),
        ("who\ndecides", ["who decides"], "who\ndecides"),
        ("An indus-\ntrial pact", ["industrial"], "indus-\ntrial"),
        ("An indus‐\ntrial pact", ["industrial"], "indus‐\ntrial"),
        ("A so\u00adft hyphen", ["soft"], "so\u00adft"),
        ("The ﬁrst pact", ["first"], "ﬁrst"),
        ("Война и мир", ["воина"], None),
        ("Война и мир", ["война"], "Война"),
        ("条約は曖昧だ", ["曖昧"], "曖昧"),
        ("vague, and a pact", ["pact", "vague"], "vague"),
        ("a pact", ["pact", "vague"], None),
        ("It costs 5 %.", ["%"], "%"),
    ],
)
def test_words_are_found_without_case_and_diacritics(tmp_path, text, words, passage):
    assert found(tmp_path, text, *words) == passage


def test_a_hit_names_its_article_and_has_its_context(tmp_path):
    text_hash = stored(tmp_path, "The pact is vague.\n\nIt leaves room.")
    (nothing, hit) = search_texts(tmp_path, [("a", "0" * 32), ("b", text_hash)], ["room"])
    assert nothing is None, "its text is not kept"
    assert hit.article_id == "b"
    assert hit.anchor.prefix.endswith("It leaves ")
    assert (hit.anchor.suffix, hit.anchor.start, hit.anchor.text_hash) == (".", 30, text_hash)


def test_a_word_is_found_far_inside_of_a_long_text(tmp_path, monkeypatch):
    monkeypatch.setattr(text_search, "_PIECE", 100)
    text = "\n\n".join(f"Paragraph {number}." for number in range(100))
    text_hash = stored(tmp_path, text)
    (hit,) = search_texts(tmp_path, [("a", text_hash)], ["paragraph 77"])
    assert text[hit.anchor.start :].startswith("Paragraph 77.")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x1f\x8b",
        b"the pact",
        gzip.compress(b"[1, 'pact']", mtime=0),
        gzip.compress(b'{"text": "another pact"}', mtime=0),
    ],
    ids=["empty", "cut", "no gzip", "no JSON", "another text"],
)
def test_damaged_texts_are_left_out(tmp_path, content):
    text_hash = stored(tmp_path, "The pact is vague.")
    path_of(tmp_path, text_hash, TEXT).write_bytes(content)
    assert list(search_texts(tmp_path, [("a", text_hash), ("b", "../../x")], ["pact"])) == [None, None]


def test_a_file_that_grows_too_large_is_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(text_search, "_LARGEST", 1_000)
    content = json.dumps({"text": "pact " * 1_000}).encode()
    path_of(tmp_path, "0" * 32, TEXT).write_bytes(gzip.compress(content))
    assert list(search_texts(tmp_path, [("a", "0" * 32)], ["pact"])) == [None]
