"""Scores of an article that was read against the one that was expected: words and blocks as multisets, and metadata."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from statistics import mean

from pactreader.core.article import Article, Block, BlockKind, SpanKind
from pactreader.formats.readers.web_page.dates import iso_date

KINDS = ("words", "headings", "list items", "code", "table rows", "quotes", "links", "emphasis")
WORD = re.compile(r"\w+")
SEPARATED = re.compile(r"\s+[|\-–—·•:»\\/]\s+|\s*\[|\]\s*")
BYLINE = re.compile(r"^(?:(?:written|posted|story)\s+)?by:?\s+|^[@/]|\s*[(,|•·–—-]?\s*$", re.IGNORECASE)


def fold(text: str) -> str:
    """Return a text by which it is compared: in lower case, with one space between words and plain quotation marks."""
    return " ".join(text.translate(str.maketrans("’‘“”\u00a0", "''\"\" ")).casefold().split())


def content(article: Article, title: str, expected: Container[str] | None) -> list[Block]:
    """Return an article's blocks without a title and a byline that the reader puts first.

    A heading that is one of those expected stays, and all blocks do if nothing is expected.
    """
    blocks = list(article.blocks)
    first = blocks[0] if blocks else None
    if expected is None or first is None or first.kind is not BlockKind.HEADING:
        return blocks
    heading = fold(article.block_text(first))
    byline = fold(" · ".join(filter(None, (article.author, article.date))))
    if len(blocks) > 1 and byline and fold(article.block_text(blocks[1])) == byline:
        del blocks[1]
    if heading not in expected and (first.level == 1 or heading == fold(title)):
        del blocks[0]
    return blocks


def multisets(
    article: Article, title: str, expected: Container[str] | None = None
) -> dict[str, Counter[str]]:
    """Return the words of an article, and the texts of its blocks and spans of each kind."""
    found: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for block in content(article, title, expected):
        text = article.block_text(block)
        found["words"].update(WORD.findall(text.casefold()))
        for kind, texts in _block_texts(block, text):
            found[kind].update(filter(None, map(fold, texts)))
        for span in block.spans:
            if span.kind is SpanKind.LINK:
                found["links"][fold(article.text[span.start : span.end])] += 1
            elif span.kind in {SpanKind.EMPHASIS, SpanKind.STRONG}:
                found["emphasis"][fold(article.text[span.start : span.end])] += 1
    return found


def _block_texts(block: Block, text: str) -> Iterator[tuple[str, list[str]]]:
    if block.quoted:
        yield "quotes", [text]
    if block.kind is BlockKind.HEADING:
        yield "headings", [text]
    elif block.kind is BlockKind.LIST_ITEM:
        yield "list items", [text]
    elif block.kind is BlockKind.CODE:
        yield "code", [text]
    elif block.kind is BlockKind.TABLE:
        yield "table rows", text.split("\n")


@dataclass
class Scores:
    """Scores of the pages of one folder that were read in one way."""

    f1: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    """For each kind, the F1 of each page whose expected or read text has the kind."""
    counts: dict[str, list[int]] = field(default_factory=lambda: {kind: [0, 0, 0] for kind in KINDS})
    """For each kind, the numbers of those that are right, read, and expected, of all pages."""
    metadata: dict[str, list[bool]] = field(default_factory=dict)
    """For each field, a value for each page that has it: true if it is right."""

    def add(self, read: dict[str, Counter[str]], expected: dict[str, Counter[str]]) -> dict[str, float]:
        """Add a page, and return its F1 of each kind."""
        page: dict[str, float] = {}
        for kind in KINDS:
            right = (read[kind] & expected[kind]).total()
            both = read[kind].total() + expected[kind].total()
            if both:
                page[kind] = 2 * right / both
                self.f1[kind].append(page[kind])
            for index, count in enumerate((right, read[kind].total(), expected[kind].total())):
                self.counts[kind][index] += count
        return page

    def add_metadata(self, name: str, *, is_right: bool) -> None:
        """Add whether a field of a page is right."""
        self.metadata.setdefault(name, []).append(is_right)

    def mean(self, kind: str) -> str:
        """Return the mean F1 of a kind; a dash if no page has it."""
        return f"{mean(self.f1[kind]):.3f}" if self.f1[kind] else "–"

    def pooled(self, kind: str) -> str:
        """Return the numbers of those of a kind that are right, read, and expected."""
        return "/".join(map(str, self.counts[kind]))


def is_title(read: str, expected: str, site: str) -> bool:
    """Return whether a title is right, with the site's name taken off both at either end."""
    return _without_site(read, site) == _without_site(expected, site) or fold(read) in _less_a_part(expected)


def is_author(read: str, expected: str) -> bool:
    """Return whether an author is right: the same name, or the names within a byline that says more (`By A B, March 25`)."""
    one, other = (fold(BYLINE.sub("", text.strip())) for text in (read, expected))
    return one == other or (len(one.split()) > 1 and f" {one} " in f" {WORD_BREAK.sub(' ', other)} ")


WORD_BREAK = re.compile(r"[\s,;|()]+")


def is_date(read: str, expected: str) -> bool:
    """Return whether a date is right, to the day."""
    return read[:10] == iso_date(expected)[:10]


def _without_site(title: str, site: str) -> str:
    parts = [fold(part) for part in SEPARATED.split(title)]
    names = {fold(site), fold(site).removesuffix(".com"), ""}
    while len(parts) > 1 and parts[-1] in names:
        del parts[-1]
    while len(parts) > 1 and parts[0] in names:
        del parts[0]
    return " ".join(parts)


def _less_a_part(title: str) -> Iterable[str]:
    """Return a title less its last and less its first part."""
    breaks = list(SEPARATED.finditer(title.strip().removesuffix("]")))
    return {fold(title[: breaks[-1].start()]), fold(title[breaks[0].end() :])} if breaks else ()
