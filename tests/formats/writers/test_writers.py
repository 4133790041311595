"""The table of export formats, and the names of their files."""

import pytest

from formats.notebooks import EXPORTED, annotated, article
from pactreader.core.notebooks.notebook import Notebook
from pactreader.core.notebooks.placed_annotations import PlacedAnnotations
from pactreader.formats.writers import DEFAULT_WRITER, WRITERS, ExportedArticle, Writer, export_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../The Same: Title?", "the-same-title-notes.md"),
        (
            "Russia-North Korea Pact Raises Concerns Over Potential Military Alliance",
            "russia-north-korea-pact-raises-concerns-over-potential-notes.md",
        ),
        ("nine chars " * 6, "nine-chars-nine-chars-nine-chars-nine-chars-nine-chars-nine-notes.md"),
        ("w" * 60 + " more", "w" * 60 + "-notes.md"),
        ("w" * 99, "w" * 60 + "-notes.md"),
        ("…", "article-notes.md"),
    ],
)
def test_the_name_of_an_export_is_whole_words_of_the_title(title: str, name: str) -> None:
    assert export_name(title) == name


def test_the_name_of_an_export_ends_as_its_format_wants_it() -> None:
    assert export_name("A pact", ".html") == "a-pact-notes.html"


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
def test_every_format_writes_a_notebook(writer: Writer) -> None:
    notebook = Notebook(article("Some text"), [annotated("Some", note="Mine")])
    text = writer.write(PlacedAnnotations.of(notebook), article_id="3f2a9c41", exported=EXPORTED)

    assert "Some" in text
    assert "Mine" in text
    assert writer.suffix.startswith(".")


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
def test_every_format_writes_several_notebooks_as_one_document(writer: Writer) -> None:
    notebooks = [Notebook(article(text), [annotated(text)]) for text in ("One", "Two")]
    articles = [
        ExportedArticle(PlacedAnnotations.of(notebook), f"id{index}")
        for index, notebook in enumerate(notebooks)
    ]
    text = "".join(writer.write_collection(articles, len(articles), exported=EXPORTED))

    assert 0 < text.index("One") < text.index("Two")


def test_the_default_format_is_markdown() -> None:
    assert DEFAULT_WRITER is WRITERS["markdown"]
    assert DEFAULT_WRITER.suffix == ".md"
