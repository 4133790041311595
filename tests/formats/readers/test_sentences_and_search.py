"""Sentences, hits and links of files as their readers read them."""

from pathlib import Path

import pytest

from pactreader.core.article import Article
from pactreader.core.links import links_between
from pactreader.core.search import SearchableText
from pactreader.core.text_units import TextUnit, TextUnits
from pactreader.formats.article_formats import find_format
from pactreader.formats.origin import Origin

CASES = Path(__file__).parents[2] / "cases"


def article_of(name: str) -> Article:
    data = (CASES / name).read_bytes()
    return find_format(data, file_name=name).import_reader()(data, Origin(name, name, name))


@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        ("sentences-fr.md", ["M. Dupont est venu.", "Il est né en 50 av. J.-C. à Rome."]),
        ("sentences-ja.md", ["彼は「行きます。」と言った。", "本当だ。"]),
        (
            "sentences-de-no-language.txt",
            ["Am 29. Juli kam er nach Bonn.", "Im 19. Jahrhundert war das anders."],
        ),
        (
            "sentences-superscript.txt",
            ["The claim is old.¹", "A second one followed.²", "Nobody checked."],
        ),
    ],
)
def test_sentences_of_a_file(name, sentences):
    article = article_of(name)
    last = article.blocks[-1]
    found = TextUnits(article).units_between(TextUnit.SENTENCE, last.start, last.end)

    assert [article.text[start:end] for start, end in found] == sentences


@pytest.mark.parametrize(
    ("name", "typed", "count"),
    [
        ("strokes.txt", "lodz", 1),
        ("strokes.txt", "soren", 1),
        ("strokes.txt", "dorde", 1),
        ("regex-case.md", r"re:\S+act", 3),
        ("regex-case.md", "re:Pact", 1),
        ("man-hyphen.txt", "specified", 1),
        ("man-hyphen.txt", "options", 1),
    ],
)
def test_words_of_a_file_are_found(name, typed, count):
    assert len(SearchableText(article_of(name).text).find(typed)) == count


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("url-paren.txt", "https://en.wikipedia.org/wiki/Pact_(disambiguation)"),
        ("url-zh.md", "https://example.org/docs"),
    ],
)
def test_addresses_of_a_file_end_where_they_end(name, target):
    article = article_of(name)

    assert [link.target for link in links_between(article, 0, len(article.text))] == [target]
