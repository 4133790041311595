"""Web pages for tests, and the reading of them."""

from pactreader.core.article import Article, BlockKind
from pactreader.formats.origin import Origin
from pactreader.formats.readers.web_page_reader import read_web_page

SENTENCE = "The council met on Monday, and the members, who had read the report, voted at once. "
PARAGRAPH = f"<p>{SENTENCE * 3}</p>"
ARTICLE = PARAGRAPH * 4


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def read(markup: str | bytes, url: str = "") -> Article:
    data = markup.encode() if isinstance(markup, str) else markup
    return read_web_page(data, Origin("a.html", "A name", "/a.html", url=url))


def texts(article: Article, kind: BlockKind) -> list[str]:
    return [article.block_text(block) for block in article.blocks if block.kind is kind]
