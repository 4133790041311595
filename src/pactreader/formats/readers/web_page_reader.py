"""The reader of web pages."""

from dataclasses import replace

from pactreader.core.article import Article
from pactreader.formats.origin import Origin
from pactreader.formats.readers.html.tree import parse_html
from pactreader.formats.readers.html.walker import HtmlWalker
from pactreader.formats.readers.web_page.page_decoding import decode_page


def read_web_page(data: bytes, origin: Origin) -> Article:
    """Read the article in a web page.

    Raises:
        UnreadableError: It is not text, or it is empty.
    """
    return read_whole_page(data, origin)


def read_whole_page(data: bytes, origin: Origin) -> Article:
    """Read everything in a web page that a browser would show.

    Raises:
        UnreadableError: It is not text, or it is empty.
    """
    decoded = decode_page(data, origin.name, origin.options.encoding)
    tree = parse_html(decoded.text)
    pieces = [] if tree is None else HtmlWalker(base=origin.url).walk(tree)
    article = Article.assemble(pieces, title=origin.title, source=origin.source, warning=decoded.warning)
    return replace(article, encoding=decoded.encoding, url=origin.url)
