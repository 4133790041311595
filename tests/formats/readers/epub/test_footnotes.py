"""Footnotes of books: in the chapter, at its end, or in another file, with labels that are unique in the book."""

import pytest

from formats.books import book, read
from pactreader.core.article import Article, SpanKind
from pactreader.core.links import resolve_target


def footnotes(article: Article) -> list[tuple[str, str, str]]:
    """Return the paragraph, the words and the note of each link."""
    return [
        (article.block_text(block), article.text[span.start : span.end], article.text[note.start : note.end])
        for block in article.blocks
        for span in block.spans
        if span.kind is SpanKind.LINK and (note := resolve_target(article, span.target))
    ]


EXPECTED = [
    ("Text 1.[1] More.", "[1]", "Note of 1."),
    ("Text 2.[2] More.", "[2]", "Note of 2."),
]


def chapter(number: int, reference: str, notes: str = "") -> str:
    return f"<h1>Chapter {number}</h1><p>Text {number}.{reference} More.</p>{notes}"


@pytest.mark.parametrize(
    ("reference", "note"),
    [
        (
            '<a epub:type="noteref" href="#n">1</a>',
            '<aside epub:type="footnote" id="n"><p>Note of {n}.</p></aside>',
        ),
        (
            '<sup><a id="r" role="doc-noteref" href="c{n}.xhtml#n">*</a></sup>',
            '<p role="doc-footnote" id="n">* Note of {n}. <a role="doc-backlink" href="#r">↩</a></p>',
        ),
        (
            '<a id="r" href="c{n}.xhtml#n"><sup>[1]</sup></a>',
            '<hr/><p id="n"><a href="c{n}.xhtml#r">[1]</a> Note of {n}.</p>',
        ),
    ],
)
def test_notes_in_their_chapters_have_labels_of_their_own(reference, note):
    article = read(book({f"c{n}.xhtml": chapter(n, reference.format(n=n), note.format(n=n)) for n in (1, 2)}))
    assert footnotes(article) == EXPECTED


@pytest.mark.parametrize(
    "note",
    [
        '<li id="n{n}" epub:type="endnote"><p><a href="c{n}.xhtml#r">{n}.</a> Note of {n}.</p></li>',
        '<li id="n{n}" epub:type="rearnote"><p>Note of {n}. <a href="c{n}.xhtml#r">↩</a></p></li>',
    ],
)
def test_notes_in_a_file_of_their_own_belong_to_the_chapters(note):
    documents = {
        f"c{n}.xhtml": chapter(n, f'<a epub:type="noteref" id="r" href="notes.xhtml#n{n}">{n}</a>')
        for n in (1, 2)
    }
    list_ = "".join(note.format(n=n) for n in (1, 2))
    documents["notes.xhtml"] = f'<section epub:type="endnotes"><h1>Notes</h1><ol>{list_}</ol></section>'
    article = read(book(documents))
    assert footnotes(article) == EXPECTED
    assert [block.marker for block in article.blocks if block.marker] == ["[1]", "[2]"]
