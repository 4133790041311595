"""The bodies of mails: plain text, HTML and Markdown."""

import re
from collections.abc import Iterator
from email.message import Message
from typing import Final

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.encoding_names import TOLD_BY_THE_TEXT, encoding_name
from pactreader.formats.decoding import decode
from pactreader.formats.readers.text_reader import parse_text

PLAIN_TYPES: Final = frozenset({"text/plain", "text/x-patch", "text/x-diff", "text/x-log"})
"""The types of bodies that are read as plain text."""
BODY_TYPES: Final = PLAIN_TYPES | {"text/html", "text/markdown"}
_NAME: Final = "The mail"
_DIFF: Final = re.compile(r"^(?:diff --git \S|--- \S.*\n\+\+\+ \S)", re.MULTILINE)
"""The beginning of a diff in a body, whose lines must not be joined."""
_SIGNATURE: Final = "-- "
_ANY_LANGUAGE: Final = "en"
"""A language for bodies, as that of the whole mail is guessed later."""


def payload_of(part: Message) -> bytes:
    """Return the decoded content of a part; empty if it has only white space, or other parts."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) and payload.strip() else b""


def read_body(payload: bytes, part: Message, encoding: str) -> Article:
    """Return the text of a body.

    Args:
        payload: Its content.
        part: The part that it is the content of.
        encoding: The encoding that the user chose; empty for that of the part.

    Raises:
        UnreadableError: It is not text.
    """
    decoded = decode(payload, _NAME, encoding or _charset(part))
    match part.get_content_type():
        case "text/html":
            article = Article.assemble(_html_pieces(decoded.text), title="")
        case "text/markdown":
            from pactreader.formats.readers.markdown_reader import parse_markdown

            article = parse_markdown(decoded.text, title="")
        case _:
            article = _parse_plain(decoded.text, part)
    return article._replace(encoding=decoded.encoding, warning=decoded.warning)


def _charset(part: Message) -> str:
    """Return the name of a part's encoding that Python knows; empty if it has none."""
    name = encoding_name(part.get_content_charset(""))
    return "" if name in TOLD_BY_THE_TEXT else name


def _html_pieces(markup: str) -> Iterator[Piece]:
    from pactreader.formats.readers.html.tree import parse_html
    from pactreader.formats.readers.html.walker import HtmlWalker

    tree = parse_html(markup)
    if tree is not None:
        yield from HtmlWalker().walk(tree)


def _parse_plain(text: str, part: Message) -> Article:
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _unflowed(text, delete_blank=str(part.get_param("delsp", "")).lower() == "yes")
    diff = _DIFF.search(text)
    article = parse_text(text[: diff.start()] if diff else text, title="", language=_ANY_LANGUAGE)
    if not diff:
        return article
    code = Piece(BlockKind.CODE, text[diff.start() :].rstrip("\n"))
    return Article.assemble([*without_title(article.pieces()), code], title="")


def without_title(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Yield the blocks of a plain body. A heading that it begins with is a salutation, and no title."""
    for index, piece in enumerate(pieces):
        if not index and piece.kind is BlockKind.HEADING:
            yield piece._replace(kind=BlockKind.PARAGRAPH, level=0)
        else:
            yield piece


def _unflowed(text: str, *, delete_blank: bool) -> str:
    r"""Return a text of RFC 3676 with the lines of each paragraph joined: those that end with a blank go on.

    `> so it \n> goes on` → `> so it goes on`. With `delete_blank`, the blank at a line's end is not part of the text.
    """
    joined: list[str] = []
    open_depth = -1  # that of the quotation whose last line goes on; -1 if none does
    for line in text.split("\n"):
        unquoted = line.lstrip(">")
        depth = len(line) - len(unquoted)
        words = unquoted.removeprefix(" ")
        goes_on = words.endswith(" ") and words != _SIGNATURE
        shown = words[:-1] if goes_on and delete_blank else words
        if depth == open_depth and words != _SIGNATURE:
            joined[-1] += shown
        else:
            joined.append(f"{'>' * depth} {shown}" if depth else shown)
        open_depth = depth if goes_on else -1
    return "\n".join(joined)
