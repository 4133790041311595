"""Made-up articles and libraries, always the same."""

import random
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.bulk_records import create_large_library, insert_records
from benchmarks.speed.figures import BUNDLED_TEXT, HUGE_TEXT, LARGE_TEXT, MARKDOWN_TEXT
from pactreader.core.anchoring.description import describe
from pactreader.core.annotation import Annotation
from pactreader.core.article import Article, BlockKind
from pactreader.core.labels import LABELS
from pactreader.core.notebooks.changes import Change, Edit
from pactreader.formats.sources import BUNDLED, read_source
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.storage.schema.records import annotation_record, change_record
from pactreader.storage.schema.revisions import revised

BUNDLED_FILE: Final = Path(__file__).parents[3] / "assets" / BUNDLED
BUNDLED_WORDS: Final = "Vladimir Putin and Kim"
_TEXT_WORDS: Final = "Paragraph 2 "
PARAGRAPHS: Final = 11_000
"""Paragraphs of three sentences in the large text: 3.2 MB."""
CHANGES: Final = 1_000
"""Highlights whose changes are in the history for undo."""
CHANGED: Final = 5_000
"""Highlights of the large text whose passages are changed."""
_WHOLE: Final = "whole"
"""The name of the file that is written when a sample is whole."""
_TIME: Final = "2026-11-23T17:40:02.118Z"
_WORDS: Final = (
    "pact treaty Seoul Moscow alliance weapons “mutual” assistance clause — aggression vague of the and in"
)


class Sample(NamedTuple):
    """An article, and a data directory with what is known of it before it is opened the first time."""

    name: str
    argument: str
    """The argument that opens it."""
    first_words: str
    """The first words of its text that are written without a change of style."""
    data: Path
    title: str = ""
    """Its title in the table, if it is in one."""


class Samples:
    """The samples in a directory, each made when it is first asked for."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    @property
    def bundled(self) -> Sample:
        """The bundled article without highlights."""
        data = self._made("bundled", Path.mkdir)
        return Sample("bundled", str(BUNDLED_FILE), BUNDLED_WORDS, data, BUNDLED_TEXT)

    @property
    def large(self) -> Sample:
        """3.2 MB of text with 10,000 highlights."""
        return self._text("large", PARAGRAPHS, 10_000)._replace(title=LARGE_TEXT)

    @property
    def huge(self) -> Sample:
        """32 MB of text with 100,000 highlights."""
        return self._text("huge", 10 * PARAGRAPHS, 100_000)._replace(title=HUGE_TEXT)

    @property
    def markdown(self) -> Sample:
        """3.2 MB of Markdown without highlights."""
        data = self._made("markdown", lambda made: _write(made / "article.md", markdown_text()))
        return Sample("markdown", str(data / "article.md"), _TEXT_WORDS, data, MARKDOWN_TEXT)

    @property
    def unchanged(self) -> Sample:
        """3.2 MB of text with highlights whose places are not known."""
        return self._text("unchanged", PARAGRAPHS, CHANGED)

    @property
    def changed(self) -> Sample:
        """The same with other words in each highlighted passage, or another passage in its place."""
        return self._text("changed", PARAGRAPHS, CHANGED, _change_text)

    @property
    def many(self) -> Sample:
        """A library of 10,000 articles with 100,000 annotations; the sample is one of the articles."""
        return self._one_of_many("many", create_large_library)

    @property
    def few(self) -> Sample:
        """A library of ten such articles."""
        return self._one_of_many("few", lambda made: create_large_library(made, articles=10))

    @property
    def texts(self) -> tuple[Sample, ...]:
        """The samples of texts of three sizes."""
        return self.bundled, self.large, self.huge

    def _one_of_many(self, name: str, create: Callable[[Path], object]) -> Sample:
        data = self._made(name, create)
        file = data / "articles" / "00005.txt"
        words = " ".join(file.read_text("utf-8").splitlines()[2].split()[:3])
        return Sample(name, str(file), words, data)

    def _text(
        self,
        name: str,
        paragraphs: int,
        highlights: int,
        change: Callable[[str], str] | None = None,
    ) -> Sample:
        """Return a sample of plain text with a highlight on the first sentence of each of the first paragraphs."""

        def create(made: Path) -> None:
            file = made / "article.txt"
            _write(file, text_of(paragraphs))
            _highlight(made, file, highlights)
            if change:
                _write(file, change(text_of(paragraphs)))

        data = self._made(name, create)
        return Sample(name, str(data / "article.txt"), _TEXT_WORDS, data)

    def _made(self, name: str, create: Callable[[Path], object]) -> Path:
        """Return the directory of a sample. It is made anew if it is not whole."""
        directory = self._directory / name
        whole = directory / _WHOLE
        if not whole.exists():
            print(f"making the sample {name}", file=sys.stderr)
            shutil.rmtree(directory, ignore_errors=True)
            self._directory.mkdir(parents=True, exist_ok=True)
            create(directory)
            whole.touch()
        return directory


def text_of(paragraphs: int) -> str:
    """Return a text in paragraphs of three sentences, which begin with the paragraph's number."""
    chance = random.Random(1)
    words = _WORDS.split()

    def sentence(number: int) -> str:
        return f"{number} {' '.join(chance.choices(words, k=14))}."

    return "\n\n".join(f"Paragraph {' '.join(map(sentence, [n] * 3))}" for n in range(1, paragraphs + 1))


def markdown_text() -> str:
    """Return the large text with a heading and a list in every twentieth paragraph, emphasis and links."""
    return "\n\n".join(_marked_up(text_of(PARAGRAPHS).split("\n\n")))


def _marked_up(paragraphs: list[str]) -> Iterator[str]:
    for number, paragraph in enumerate(paragraphs, 1):
        if number % 20 == 1:
            yield f"## Chapter {number // 20 + 1}"
        if number % 20 == 7:
            yield "\n".join(f"- {sentence}." for sentence in paragraph.split(". "))
            continue
        marked = paragraph.replace(" treaty ", " *treaty* ", 1).replace(" Seoul ", " **Seoul** ", 1)
        yield marked.replace(" clause ", " [clause](https://example.org/clause) ", 1)


def _change_text(text: str) -> str:
    """Return a text with other words in the first sentences of its first paragraphs, or other sentences in their place."""
    paragraphs = text.split("\n\n")
    for number in range(CHANGED):
        first, *others = paragraphs[number].split(". ")
        changed = (
            f"Paragraph {number + 1} says otherwise" if number % 2 else first.replace(" and ", " or ")[:-9]
        )
        paragraphs[number] = ". ".join([changed, *others])
    return "\n\n".join(paragraphs)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _highlight(data: Path, file: Path, highlights: int) -> None:
    """Create a library with highlights on an article."""
    article = read_source(str(file), sys.stdin.buffer)
    with Library(Paths.find(data, {})) as library:
        entry = library.entry_for(article)
        library.register(entry, article)
        insert_records(library, map(revised, _highlight_records(entry.id, article, highlights)))


def _highlight_records(entry_id: str, article: Article, highlights: int) -> Iterator[dict[str, object]]:
    """Yield the records of highlights on the first sentences, and of the changes that made the last of them."""
    paragraphs = (block for block in article.blocks if block.kind is BlockKind.PARAGRAPH)
    labels = [label.id for label in LABELS]
    for number, block in zip(range(1, highlights + 1), paragraphs, strict=False):
        annotation = Annotation(
            id=f"a{number:06}",
            label=labels[number % len(labels)],
            anchor=describe(
                article.text,
                block.start,
                article.text.index(".", block.start) + 1,
                article.text_hash,
            ),
            note="Who decides what counts?" if number % 10 == 0 else "",
            created=_TIME,
            modified=_TIME,
        )
        yield annotation_record(entry_id, annotation)
        if number > highlights - CHANGES:
            change = Change(f"c{number:06}", number, "highlight", _TIME, (Edit(None, annotation),))
            yield change_record(entry_id, change)
