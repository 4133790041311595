"""Libraries of any size: insertion of many records at once, and a library of thousands of articles."""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from pactreader.core.anchoring.description import describe
from pactreader.core.annotation import Annotation
from pactreader.core.article import Article
from pactreader.core.labels import LABELS
from pactreader.formats.sources import read_source
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.storage.schema.records import annotation_record, entry_record
from pactreader.storage.schema.revisions import revised
from pactreader.storage.state.reading_state import ReadingPosition, ReadingState
from pactreader.storage.texts.text_store import store_text

RARE_WORD = "zarathustra"
"""The word in one note of every thousandth article."""
RARE_IN_TEXT = "quinquereme"
"""The word in the text of every thousandth article, and in no note."""
_PARAGRAPHS = 9
_SENTENCES = 6
_WORDS = 14
_SYLLABLES = [
    "ra",
    "ne",
    "to",
    "vi",
    "sel",
    "mor",
    "ka",
    "du",
    "lin",
    "pe",
    "sto",
    "gra",
    "fi",
    "ven",
    "ulo",
    "ard",
]
_TIME = "2026-11-23T17:40:02.118Z"


def insert_records(library: Library, records: Iterable[Mapping[str, Any]]) -> None:
    """Append records to the file of a library under free keys."""
    file = library._file
    with file.changing():
        file.append(dict(zip(file.free_keys(), records, strict=False)))


def create_large_library(home: Path, *, articles: int = 10_000, annotations: int = 10) -> list[Path]:
    """Make a library of articles with their files, stored texts, reading positions and annotations: 60 MB of records in a minute.

    Args:
        home: The directory for all files; those of the articles are in its `articles`.
        articles: The number of articles, each of some 750 words.
        annotations: The number of highlights with notes in each.

    Returns:
        The files of the articles.
    """
    paths, random = Paths.find(home, {}), Random(1)
    reading_state = ReadingState(paths)
    words = ["".join(random.choices(_SYLLABLES, k=random.randint(1, 4))) for _ in range(4_000)]
    directory = home / "articles"
    directory.mkdir(parents=True)
    files = [directory / f"{number:05}.txt" for number in range(articles)]
    with Library(paths) as library:
        records: list[Mapping[str, Any]] = []
        for number, file in enumerate(files):
            article = _stored_article(file, number, words, random, paths)
            entry = library._entries.new_entry(article)
            reading_state.save_position(ReadingPosition(entry.id, article.source, 0, 0, 0.5, _TIME))
            records += [
                revised(entry_record(entry)),
                *_annotation_records(entry.id, article, number, annotations),
            ]
        insert_records(library, records)
    return files


def _stored_article(file: Path, number: int, words: list[str], random: Random, paths: Paths) -> Article:
    """Write an article of random words, and store its text."""
    rare = f" The {RARE_IN_TEXT} sailed past." if not number % 1_000 else ""
    paragraphs = [
        " ".join(" ".join(random.choices(words, k=_WORDS)).capitalize() + "." for _ in range(_SENTENCES))
        for _ in range(_PARAGRAPHS)
    ]
    title = f"On the {words[number % len(words)]} of article {number}"
    file.write_text("\n\n".join([title, *paragraphs]) + rare + "\n", encoding="utf-8")
    article = read_source(str(file), BytesIO())
    store_text(paths.texts, article)
    return article


def _annotation_records(
    article_id: str, article: Article, number: int, annotations: int
) -> Iterator[Mapping[str, Any]]:
    """Yield the records of highlights on an article, with all labels in turn."""
    labels = [label.id for label in LABELS]
    step = len(article.text) // (annotations + 1)
    for index in range(annotations):
        start = article.text.index(" ", step * index) + 1
        annotation = Annotation(
            f"a{number:05}{index:04}",
            labels[index % len(labels)],
            describe(article.text, start, start + 80, article.text_hash),
            "Who decides what counts as aggression?" + f" {RARE_WORD}" * (not index and not number % 1_000),
            ("law",) if not index % 3 else (),
            _TIME,
            _TIME,
        )
        yield revised(annotation_record(article_id, annotation))
