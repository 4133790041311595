"""The reader of Word documents (`.docx`), by mammoth.

Styles and outline levels make headings, numbers are counted as Word counts them, and footnotes, endnotes and comments
follow the text.
"""

from pactreader.core.article import Article, BlockKind
from pactreader.core.errors import UnreadableError
from pactreader.core.printable_text import printable_line
from pactreader.formats.binary_signatures import refuse_binary
from pactreader.formats.language_detection import guess_language, parse_language
from pactreader.formats.origin import Origin
from pactreader.formats.readers.docx.conversion import FAULTS, convert
from pactreader.formats.readers.docx.package import WordPackage
from pactreader.formats.readers.docx.properties import read_properties
from pactreader.formats.readers.html.walker import HtmlWalker


def read_docx(data: bytes, origin: Origin) -> Article:
    """Read a Word document.

    Raises:
        UnreadableError: It is none, is damaged or protected by a password, or would fill the memory.
    """
    if not data.startswith(b"PK"):
        refuse_binary(data, origin.name)
    package = WordPackage(data, origin.name)
    properties = read_properties(package)
    try:
        tree = convert(package)
    except FAULTS as error:
        raise UnreadableError(
            f"{origin.name} cannot be read as a Word document: it is damaged, or nested too deeply.",
            "Open it in Word or LibreOffice, save it again, and open that.",
        ) from error
    pieces = [] if tree is None else list(HtmlWalker().walk(tree))
    headings = (printable_line(piece.text) for piece in pieces if piece.kind is BlockKind.HEADING)
    article = Article.assemble(
        pieces,
        title=properties.title or next(headings, origin.title),
        source=origin.source,
        author=properties.author,
        date=properties.date,
    )
    language = origin.options.language or parse_language(properties.language) or guess_language(article.text)
    return article._replace(language=language, tags=properties.tags)
