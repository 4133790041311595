"""The reader of reStructuredText, by docutils, which writes it as HTML.

The language: https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html
"""

import re
import time
from collections.abc import Callable
from typing import Any, Final

from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Parser
from docutils.utils import SystemMessage

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.printable_text import printable_line
from pactreader.formats.decoding import decode
from pactreader.formats.language_detection import guess_language
from pactreader.formats.origin import Origin
from pactreader.formats.readers.html.tree import parse_html
from pactreader.formats.readers.html.walker import HtmlWalker
from pactreader.formats.readers.rst.directives import register_unknown
from pactreader.formats.readers.rst.html import write_html
from pactreader.formats.readers.rst.roles import sphinx_inliner
from pactreader.formats.readers.rst.tree import simplify
from pactreader.formats.readers.text_reader import read_text

_SETTINGS: Final = {
    "_disable_config": True,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "halt_level": 5,
    "report_level": 2,
    "warning_stream": False,
    "traceback": True,
    "input_encoding": "unicode",
    "syntax_highlight": "none",
    "smart_quotes": False,
    "doctitle_xform": True,
    "line_length_limit": 1_000_000,
}
"""The settings of docutils: no configuration, no files, nothing raw, no messages but in the tree, and no end at errors."""
_TIME_LIMIT: Final = 15.0
"""The seconds of the processor after which a text is shown as plain text. PEP 8, of 50 kB, takes a tenth of a second."""
_FAULTS: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    SystemMessage,
    TypeError,
    ValueError,
)
"""Errors that docutils raises for texts that are nested too deeply (`RuntimeError`), or refer to themselves."""
_TOO_INTRICATE: Final = "It cannot be parsed as reStructuredText, and is shown as plain text."
_TOO_LONG: Final = "It takes too long to be read as reStructuredText, and is shown as plain text."
_PEP: Final = re.compile(r"\s*PEP:[ \t]*\d+[ \t]*\n")
_MAIL_ADDRESS: Final = re.compile(r"\s*<[^<>]{0,200}>")
_HEADER_DATE: Final = re.compile(r"(\d\d?)-([A-Z][a-z]{2})-(\d{4})")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class _TimeLimitError(Exception):
    """The time for parsing is over."""


class _TimedParser(Parser):
    """A parser that looks at the clock at each line."""

    def __init__(self, check_time: Callable[[], None], *, is_pep: bool) -> None:
        super().__init__(rfc2822=is_pep, inliner=sphinx_inliner(check_time))
        self._check_time = check_time

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Parse a text into a tree."""
        note_source = document.note_source

        def note_source_in_time(*place: Any) -> None:
            self._check_time()
            note_source(*place)

        document.note_source = note_source_in_time
        document.reporter.attach_observer(lambda _message: self._check_time())
        super().parse(inputstring, document)
        document.note_source = note_source


def read_rst(data: bytes, origin: Origin) -> Article:
    """Read a reStructuredText file.

    Raises:
        UnreadableError: It is not text, or it is empty.
    """
    text, encoding, warning = decode(data, origin.name, origin.options.encoding)
    is_pep = _PEP.match(text) is not None
    try:
        document = _parse(text, is_pep=is_pep)
        title, author, date = _metadata(document)
        simplify(document)
        tree = parse_html(write_html(document))
    except _FAULTS:
        return _as_plain_text(data, origin, _TOO_INTRICATE)
    except _TimeLimitError:
        return _as_plain_text(data, origin, _TOO_LONG)
    pieces = [] if tree is None else list(HtmlWalker().walk(tree))
    if is_pep and title:
        pieces.insert(0, Piece(BlockKind.HEADING, title, 1))
    headings = (printable_line(piece.text) for piece in pieces if piece.kind is BlockKind.HEADING)
    article = Article.assemble(
        pieces,
        title=title or next(headings, origin.title),
        source=origin.source,
        author=author,
        date=date,
        warning=warning,
    )
    language = origin.options.language or guess_language(article.text)
    return article._replace(language=language, encoding=encoding)


def _parse(text: str, *, is_pep: bool) -> nodes.document:
    """Return the tree of a text.

    Raises:
        ArithmeticError, AssertionError, and the others of `_FAULTS`: It cannot be parsed.
        _TimeLimitError: It takes too long.
    """
    end = time.thread_time() + _TIME_LIMIT

    def check_time() -> None:
        if time.thread_time() > end:
            raise _TimeLimitError

    register_unknown(text)
    parser = _TimedParser(check_time, is_pep=is_pep)
    return publish_doctree(text, parser=parser, settings_overrides={**_SETTINGS, "docinfo_xform": not is_pep})


def _as_plain_text(data: bytes, origin: Origin, reason: str) -> Article:
    article = read_text(data, origin)
    return article._replace(warning=f"{article.warning} {reason}".strip())


def _metadata(document: nodes.document) -> tuple[str, str, str]:
    """Return the title, the authors and the date of a document; empty ones where it does not name them."""
    fields = {
        field[0].astext().lower(): printable_line(field[1].astext())
        for field_list in document.findall(nodes.field_list)
        if "rfc2822" in field_list["classes"]
        for field in field_list
    }
    if "pep" in fields:
        title = f"PEP {fields['pep']} – {fields.get('title', '')}"
        names = _MAIL_ADDRESS.sub("", fields.get("author", ""))
        return title.removesuffix(" – "), names, _iso_date(fields.get("created", ""))
    authors = [printable_line(author.astext()) for author in document.findall(nodes.author)]
    date = next((printable_line(each.astext()) for each in document.findall(nodes.date)), "")
    title = printable_line(document.get("title", ""))
    return title, ", ".join(_MAIL_ADDRESS.sub("", author) for author in authors), date


def _iso_date(written: str) -> str:
    """Return the date in the header of a PEP in ISO 8601, `05-Jul-2001` → `2001-07-05`; any other as it stands."""
    found = _HEADER_DATE.fullmatch(written)
    if not found or found[2] not in _MONTHS:
        return written
    return f"{found[3]}-{_MONTHS.index(found[2]) + 1:02}-{int(found[1]):02}"
