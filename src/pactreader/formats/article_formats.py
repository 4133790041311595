"""The table of article formats. A new format needs a reader module and a row here."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from pathlib import PurePath
from typing import Final, NamedTuple

from pactreader.core.article import Article
from pactreader.core.errors import UnreadableError
from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.core.printable_text import unix_line_ends
from pactreader.core.reading_options import WHOLE
from pactreader.formats.escape_sequences import without_escape_sequences
from pactreader.formats.origin import Origin

Reader = Callable[[bytes, Origin], Article]
"""A function that parses the content of an article in one format."""


def _reader(module: str, function: str) -> Callable[[], Reader]:
    """Return a function that imports a module of `readers` and returns its reader."""

    def import_reader() -> Reader:
        reader: Reader = getattr(import_module(f"pactreader.formats.readers.{module}"), function)
        return reader

    return import_reader


def _never(_unused: str | bytes) -> bool:
    return False


def _always(_unused: bytes) -> bool:
    return True


class Format(NamedTuple):
    """An article format."""

    name: str
    import_reader: Callable[[], Reader]
    """A function that imports and returns the reader, so that only readers in use are imported."""
    suffixes: tuple[str, ...] = ()
    """The suffixes of file names, in lower case and with the dot."""
    media_types: tuple[str, ...] = ()
    choice: str = ""
    """The word by which the user chooses the format, as in `ReadingOptions`; empty if it cannot be chosen."""
    version: int = 1
    """The version of the reader, raised whenever it makes another text of the same content."""
    extra: str = ""
    """The extra of PactReader that installs what the reader needs, as `rst`; empty if it needs none."""
    is_binary: bool = False
    """True if its content is no text, so that no other format fits it."""
    has_signature: Callable[[bytes], bool] = _never
    """A function that returns whether content has this format, whatever its name and its media type say."""
    matches_name: Callable[[str], bool] = _never
    """A function that returns whether a file name without one of the suffixes is that of a file of this format."""
    matches: Callable[[bytes], bool] = _never
    """A function that returns whether content without a file name or media type has this format."""
    matches_named: bool = False
    """True if the content of a file whose name says nothing can have this format too."""
    is_whole: Callable[[bytes], bool] = _always
    """A function that returns whether content ends as it has to, and is not still being written."""

    @property
    def reader_name(self) -> str:
        """The name and version of the reader, as `Markdown 1`."""
        return f"{self.name} {self.version}"

    def read(self, data: bytes, origin: Origin) -> Article:
        """Parse content of this format. A text whose reader is not installed is shown line by line.

        Raises:
            UnreadableError: The content cannot be parsed, or is no text and its reader is not installed.
        """
        try:
            read = self.import_reader()
        except ModuleNotFoundError:
            if not self.extra:
                raise
            return self._read_without_extra(data, origin)
        return read(data, origin)

    def _read_without_extra(self, data: bytes, origin: Origin) -> Article:
        install = f"`pip install 'pactreader[{self.extra}]'`"
        if b"\0" in data:
            raise UnreadableError(
                f"{origin.name} is {self.name}, whose reader is not installed.", f"Install it with {install}."
            )
        warning = (
            f"The reader of {self.name} is not installed, so its lines are shown: {install} installs it."
        )
        article = CODE.read(data, origin)
        return article._replace(warning=f"{warning} {article.warning}".rstrip())

    def has_name(self, file_name: str) -> bool:
        """Return whether the name of a file is that of a file of this format."""
        return PurePath(file_name).suffix.lower() in self.suffixes or self.matches_name(file_name)


_SAMPLE_SIZE: Final = 16_384
"""The number of bytes at the beginning of a file that are looked at."""
_MARKDOWN_SYNTAX: Final = lazy_pattern(
    r"^(?:\#{1,6}[ ]+\S"  # a heading
    r"|(?:```|~~~)"  # a code block
    r"|\|?[ ]*:?-{3,}:?[ ]*\|"  # the rule below a table's head
    r"|\[\^?[^\]\n]+\]:[ ])"  # a footnote or a link's address
    r"|\]\(\S[^)\n]*\)"  # a link or a picture
    r"|\*\*[^\s*][^*\n]*\*\*",  # strong words
    re.MULTILINE | re.VERBOSE,
)
_SUBTITLES: Final = lazy_pattern(
    rb"(?:\xef\xbb\xbf)?(?:WEBVTT\b|\s*\d+\s*\r?\n\d{1,4}:\d\d:\d\d[,.]\d{3}[ \t]+-->[ \t])"
)
"""The beginning of WebVTT, and the first cue of SubRip."""
_EPUB_MEDIA_TYPE: Final = b"application/epub+zip"
"""The content of an EPUB's first file, which is not compressed."""
_EPUB_CONTAINER: Final = b"META-INF/container.xml"
"""The name of a file that every EPUB has, and no other kind of archive."""
_PDF_HEADER: Final = b"%PDF-"
_PDF_HEADER_LIMIT: Final = 1024
"""The number of bytes within which a PDF's header stands: ISO 32000-1, annex H, note 13."""
_PDF_END: Final = b"%%EOF"
_PDF_END_LIMIT: Final = 1024
"""The number of bytes within which a PDF's end stands: ISO 32000-1, annex H, note 18."""
_PDF_PADDING: Final = b"\0\t\n\f\r "
_WORD_PART: Final = b"word/document"
"""The beginning of the name of the file with a Word document's text."""
_FRONT_MATTER: Final = lazy_pattern(r"---[ \t]*\n[A-Za-z_][\w-]*:")


def _is_markdown(data: bytes) -> bool:
    text = _text(data)
    return bool(_FRONT_MATTER.match(text) or _MARKDOWN_SYNTAX.search(text))


_WEB_PAGE: Final = lazy_pattern(
    r"\s*+(?:<\?xml\b[^>]*>\s*+)?(?:<!--(?:[^-]|-(?!->))*+-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE,
)


def _is_web_page(data: bytes) -> bool:
    sample = data[:_SAMPLE_SIZE]
    return bool(_WEB_PAGE.match(_sample_text(sample))) or b"\nSnapshot-Content-Location: " in sample


def _is_mail(data: bytes) -> bool:
    from pactreader.formats.mail_detection import looks_like_mail

    return looks_like_mail(_sample_text(data[:_SAMPLE_SIZE]))


def _is_mailbox(data: bytes) -> bool:
    from pactreader.formats.mail_detection import looks_like_mailbox

    return looks_like_mailbox(_sample_text(data[:_SAMPLE_SIZE]))


def _has_code_name(file_name: str) -> bool:
    from pactreader.formats.verbatim_detection import is_verbatim_name

    return is_verbatim_name(file_name)


def _is_code(data: bytes) -> bool:
    from pactreader.formats.verbatim_detection import has_coloured_lines, looks_verbatim

    sample = data[:_SAMPLE_SIZE]
    return looks_verbatim(_sample_text(sample)) or has_coloured_lines(sample)


def _is_epub(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04") and (_EPUB_MEDIA_TYPE in data[:100] or _EPUB_CONTAINER in data)


def _is_pdf(data: bytes) -> bool:
    return _PDF_HEADER in data[:_PDF_HEADER_LIMIT]


def _is_whole_pdf(data: bytes) -> bool:
    return _PDF_END in data.rstrip(_PDF_PADDING)[-_PDF_END_LIMIT:]


def _is_docx(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04") and _WORD_PART in data


def _is_jupyter(data: bytes) -> bool:
    return data[:_SAMPLE_SIZE].lstrip()[:1] == b"{" and b'"nbformat"' in data and b'"cells"' in data


def _is_subtitles(data: bytes) -> bool:
    return _SUBTITLES.match(data[:_SAMPLE_SIZE]) is not None


WEB_PAGE: Final = Format(
    name="Web page",
    import_reader=_reader("web_page_reader", "read_web_page"),
    suffixes=(".html", ".htm", ".xhtml", ".xht", ".shtml", ".mhtml", ".mht", ".webarchive"),
    media_types=(
        "text/html",
        "application/xhtml+xml",
        "multipart/related",
        "application/x-mimearchive",
        "application/x-webarchive",
    ),
    choice="html",
    matches=_is_web_page,
    matches_named=True,
)
WHOLE_PAGE: Final = Format(
    name="Whole page", import_reader=_reader("web_page_reader", "read_whole_page"), choice=WHOLE
)
EPUB: Final = Format(
    name="EPUB",
    import_reader=_reader("epub_reader", "read_epub"),
    suffixes=(".epub",),
    media_types=("application/epub+zip",),
    is_binary=True,
    has_signature=_is_epub,
)
PDF: Final = Format(
    name="PDF",
    import_reader=_reader("pdf_reader", "read_pdf"),
    suffixes=(".pdf",),
    media_types=("application/pdf", "application/x-pdf"),
    is_binary=True,
    has_signature=_is_pdf,
    is_whole=_is_whole_pdf,
)
DOCX: Final = Format(
    name="Word",
    import_reader=_reader("docx_reader", "read_docx"),
    suffixes=(".docx", ".docm", ".dotx", ".dotm"),
    media_types=(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
        "application/vnd.ms-word.document.macroenabled.12",
    ),
    is_binary=True,
    has_signature=_is_docx,
)
MAILBOX: Final = Format(
    name="Mailbox",
    import_reader=_reader("mail_reader", "read_mailbox"),
    suffixes=(".mbox", ".mbx"),
    media_types=("application/mbox",),
    matches=_is_mailbox,
    matches_named=True,
)
MAIL: Final = Format(
    name="Mail",
    import_reader=_reader("mail_reader", "read_mail"),
    suffixes=(".eml",),
    media_types=("message/rfc822",),
    version=2,
    matches=_is_mail,
    matches_named=True,
)
JUPYTER: Final = Format(
    name="Jupyter notebook",
    import_reader=_reader("jupyter_reader", "read_jupyter"),
    suffixes=(".ipynb",),
    media_types=("application/x-ipynb+json",),
    matches=_is_jupyter,
    matches_named=True,
)
SUBTITLES: Final = Format(
    name="Subtitles",
    import_reader=_reader("subtitles_reader", "read_subtitles"),
    suffixes=(".srt", ".vtt"),
    media_types=("text/vtt", "application/x-subrip"),
    matches=_is_subtitles,
)
RST: Final = Format(
    name="reStructuredText",
    import_reader=_reader("rst_reader", "read_rst"),
    suffixes=(".rst", ".rest"),
    media_types=("text/x-rst", "text/prs.fallenstein.rst"),
    extra="rst",
)
CODE: Final = Format(
    name="Code",
    import_reader=_reader("code_reader", "read_code"),
    media_types=("text/csv", "text/tab-separated-values", "text/x-diff", "text/x-patch", "application/json"),
    choice="code",
    matches_name=_has_code_name,
    matches=_is_code,
    matches_named=True,
)
MARKDOWN: Final = Format(
    name="Markdown",
    import_reader=_reader("markdown_reader", "read_markdown"),
    suffixes=(".md", ".markdown", ".mdown", ".mkd"),
    media_types=("text/markdown", "text/x-markdown"),
    choice="markdown",
    matches=_is_markdown,
)
PLAIN_TEXT: Final = Format(
    name="Plain text",
    import_reader=_reader("text_reader", "read_text"),
    suffixes=(".txt", ".text"),
    media_types=("text/plain",),
    choice="text",
)
FORMATS: tuple[Format, ...] = (
    WEB_PAGE,
    WHOLE_PAGE,
    EPUB,
    PDF,
    DOCX,
    MAILBOX,
    MAIL,
    JUPYTER,
    SUBTITLES,
    RST,
    CODE,
    MARKDOWN,
    PLAIN_TEXT,
)
"""All formats. Names and content are matched against them in this order."""


def chosen_format(choice: str) -> Format | None:
    """Return the format that the user chose by its word; `None` if there is none of that word."""
    return next((each for each in FORMATS if choice and each.choice == choice), None)


def binary_format(data: bytes) -> Format | None:
    """Return the format of content that is no text, by its signature; `None` for all other content."""
    return next((each for each in FORMATS if each.is_binary and each.has_signature(data)), None)


def find_format(data: bytes, *, file_name: str = "", media_type: str = "") -> Format:
    """Return the format of some content: by its signature, its media type, its file name, or what it looks like.

    A media type that says no more than that it is bytes or a text leaves the question to the rest, and so does one that
    is not known. A name that says no more than that it is a text leaves the question to the content, which then is never Markdown.
    Plain text if no format fits.
    """
    signed = next((each for each in FORMATS if each.has_signature(data)), None)
    if signed:
        return signed
    typed = next((each for each in FORMATS if media_type and media_type in each.media_types), PLAIN_TEXT)
    if typed is not PLAIN_TEXT:
        return typed
    named = next((each for each in FORMATS if file_name and each.has_name(file_name)), PLAIN_TEXT)
    if named is not PLAIN_TEXT:
        return named
    candidates = (each for each in FORMATS if each.matches_named or not file_name)
    return next((each for each in candidates if each.matches(data)), PLAIN_TEXT)


@lru_cache(maxsize=1)
def _sample_text(sample: bytes) -> str:
    """Return the beginning of some content as `_text` does. It is kept, as one format after the other looks at it."""
    return _text(sample)


def _text(data: bytes) -> str:
    """Return content as a text to look at. Its encoding is told by a byte order mark alone, as these looks need no more."""
    is_utf16 = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    text = data.removeprefix(BOM_UTF8).decode("utf-16" if is_utf16 else "utf-8", "replace")
    return without_escape_sequences(unix_line_ends(text))
