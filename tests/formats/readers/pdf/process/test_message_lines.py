"""The messages of the child process: as they were after the way, and refused if they are not what they should be."""

import json

import pytest

from pactreader.core.article import BlockKind, Piece, Span, SpanKind
from pactreader.core.embedded_annotations import EmbeddedAnnotation, EmbeddedKind
from pactreader.formats.readers.pdf.process import message_lines
from pactreader.formats.readers.pdf.process.message_lines import (
    decode,
    decode_request,
    encode,
    encode_request,
)
from pactreader.formats.readers.pdf.process.messages import (
    Beginning,
    Failure,
    FailureKind,
    OutlineEntry,
    PageName,
    PassageQuads,
    Progress,
    Request,
    Text,
    WholeText,
)

PIECE = Piece(
    BlockKind.LIST_ITEM,
    "Cats sleep, 猫.",
    1,
    "•",
    2,
    (Span(0, 4, SpanKind.LINK, "https://example.org"),),
    (),
    ("page=2",),
    ((5, "p. 2"),),
)
TEXT = Text(
    (PIECE, PIECE),
    title="Cats",
    tags=("cats", "sleep"),
    outline=(OutlineEntry("Sleep", 1, 1, 5),),
    pages=3,
    pages_read=2,
    left_out=(PageName(0, "iv"),),
    unmapped=0.25,
    is_protected=True,
    embedded=(EmbeddedAnnotation("a", EmbeddedKind.UNDERLINE, 0, 4, colour="#ffee00"),),
)


@pytest.mark.parametrize(
    "answer",
    [
        Failure(FailureKind.PORTFOLIO, 3, ("a.pdf",)),
        Progress(1, 3),
        Beginning(TEXT),
        WholeText(TEXT),
        PassageQuads("ab" * 16, (((0, ((1.0, 2.5, 3.0, 4.0),)),), ())),
    ],
)
def test_an_answer_is_the_same_at_the_other_end(answer):
    assert list(decode(encode(answer))) == [answer]


def test_a_request_is_the_same_at_the_other_end():
    request = Request(5, "pass\x1b\u202eword", in_parts=True, left_out=(2, 3), end=7, passages=((0, 4),))

    assert decode_request(encode_request(request)) == request


def test_a_long_text_comes_in_several_lines(monkeypatch):
    monkeypatch.setattr(message_lines, "_PIECES_TEXT", 20)
    text = TEXT._replace(pieces=(PIECE,) * 7)

    lines = list(encode(WholeText(text)))

    assert len(lines) == 5
    assert list(decode(lines)) == [WholeText(text)]


def test_a_text_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(message_lines, "MAX_TEXT", 50)
    endless = next(encode(WholeText(TEXT._replace(pieces=(PIECE,) * 2))))

    with pytest.raises(ValueError, match="too long"):
        list(decode([endless] * 10))


def test_every_text_is_made_printable():
    hostile = PIECE._replace(text="\x1b[31mCats\u202e", places=((0, "p. \x9b"),))

    (whole,) = decode(encode(WholeText(Text((hostile,), title="\x1b]0;x\x07", pages=1))))

    assert whole.text.pieces[0].text == "␛[31mCats�"
    assert whole.text.pieces[0].places == ((0, "p. �"),)
    assert whole.text.title == "␛]0;x␇"


def with_piece(**fields):
    return encode(WholeText(Text((PIECE._replace(**fields),), pages=1)))


def with_text(**fields):
    return encode(WholeText(TEXT._replace(**fields)))


@pytest.mark.parametrize(
    "lines",
    [
        [b""],
        [b"\xff\n"],
        [b"{}\n"],
        [b'["Exit", []]\n'],
        [b'[["Progress"], [1, 2]]\n'],
        [b'["Progress", [1]]\n'],
        [b'["Progress", [1, 2, false, 3]]\n'],
        [b'["Progress", [1, "2", false]]\n'],
        [b'["Progress", [1, true, false]]\n'],
        [b'["Progress", 5]\n'],
        [b'["Progress", [3, 2, false]]\n'],
        [b'["Progress", [-1, 2, false]]\n'],
        [b'["Failure", ["none", 1, []]]\n'],
        [b'["Failure", [{}, 1, []]]\n'],
        [b'["PassageQuads", ["", [[[0, [[1, 2, 3, NaN]]]]]]]\n'],
        [b"[" * 100_000],
        [next(encode(Progress(1, 2)))[:-4]],
        with_piece(spans=(Span(3, 99, SpanKind.STRONG),)),
        with_piece(spans=(Span(-1, 2, SpanKind.STRONG),)),
        with_piece(spans=(Span(2, 2, SpanKind.STRONG),)),
        with_piece(places=((99, "p. 2"),)),
        with_piece(places=((5, "p. 2"), (2, "p. 3"))),
        with_piece(lines=((0, 1),)),
        with_piece(text="", spans=(), places=()),
        with_piece(level=-1),
        with_piece(level=10**9),
        with_piece(kind=BlockKind.HEADING, level=7),
        with_piece(kind=BlockKind.HEADING, level=0),
        with_text(outline=(OutlineEntry("a", 1, 2),)),
        with_text(outline=(OutlineEntry("a", 0, 0),)),
        with_text(outline=(OutlineEntry("a", 1, 0, 99),)),
        with_text(pages_read=4),
        with_text(pages=10**9),
        with_text(unmapped=2.0),
        with_text(own_annotations=-1),
        with_text(embedded=(EmbeddedAnnotation("a", EmbeddedKind.NOTE, 5, 4),)),
        with_text(embedded=(EmbeddedAnnotation("a", EmbeddedKind.NOTE, 0, 99),)),
        with_text(embedded=(EmbeddedAnnotation("a", EmbeddedKind.NOTE, 0, 0, colour="red"),)),
        with_text(embedded=(EmbeddedAnnotation("a", EmbeddedKind.NOTE, 0, 0, created="today"),)),
        with_text(embedded=(EmbeddedAnnotation("a", EmbeddedKind.NOTE, 0, 0, modified="2026-11-23"),)),
    ],
)
def test_anything_else_is_refused(lines):
    with pytest.raises(ValueError):  # noqa: PT011 - any of its kinds
        list(decode(lines))


def test_the_cases_above_would_be_taken_without_their_faults():
    assert list(decode(with_piece()))
    assert list(decode(with_text()))
    assert json.loads(next(encode(Progress(1, 2)))) == ["Progress", [1, 2, False]]
