"""`pactreader text`: an article's text as it is read, for other programs."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any, Final

from pactreader.cli.library_access import configured_setup, open_source
from pactreader.cli.opened_library import open_library
from pactreader.cli.output import print_compact_json, print_text
from pactreader.cli.page_fetcher import PageFetcher
from pactreader.cli.reading_options import add_fetch_option, add_reading_options, reading_options
from pactreader.cli.subcommand import Example, Subcommand, add_json_argument
from pactreader.cli.web_access import print_reading_warnings
from pactreader.core.article import Article, Block
from pactreader.core.printable_text import printable

if TYPE_CHECKING:
    from pactreader.storage.paths import Paths

_FORMAT_VERSION: Final = 1
"""The version of the output of `--json`."""


def print_article(arguments: Namespace, paths: "Paths") -> None:
    """Print the text of an article, or all that was read of it as JSON. Nothing is written to the library."""
    with open_library(paths) as library:
        article = open_source(
            arguments.source,
            library,
            reading_options(arguments),
            setup=configured_setup(paths),
            fetcher=PageFetcher(anew=arguments.fetch),
        )
    if arguments.json:
        print_compact_json(_article_row(article))
        return
    print_reading_warnings(article)
    print_text(f"{printable(article.text)}\n")


def _article_row(article: Article) -> dict[str, Any]:
    """Return the output of `--json` for an article, with offsets in code points of its text."""
    from pactreader.core.text_units import TextUnit, TextUnits

    sentences = TextUnits(article).units_between(TextUnit.SENTENCE, 0, len(article.text))
    return {
        "version": _FORMAT_VERSION,
        "title": article.title,
        "source": article.source,
        "language": article.language,
        "encoding": article.encoding,
        "warning": article.warning,
        "text": article.text,
        "blocks": [_block_row(article, block) for block in article.blocks],
        "sentences": [[start, end] for start, end in sentences],
        "places": [{"start": start, "label": label} for start, label in zip(*article.places, strict=True)],
        "contents": [
            {"title": entry.title, "level": entry.level, "start": entry.offset} for entry in article.contents
        ],
    }


def _block_row(article: Article, block: Block) -> dict[str, Any]:
    """Return the row of a block; its `line` is that of the file on which it begins, `None` if it is not known."""
    return {
        "kind": block.kind.value,
        "text": article.block_text(block),
        "start": block.start,
        "end": block.end,
        "level": block.level,
        "marker": block.marker,
        "quoted": block.quoted,
        "line": article.source_lines.at(block.start),
        "spans": [
            {"kind": span.kind.value, "start": span.start, "end": span.end, "target": span.target}
            for span in block.spans
        ],
    }


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "source",
        metavar="SOURCE",
        help="a file, an address on the web, '-', or an article known to the library",
    )
    add_fetch_option(parser)
    add_json_argument(parser)
    add_reading_options(parser)


SUBCOMMAND = Subcommand(
    name="text",
    operands="SOURCE",
    summary="an article's text, as it is read",
    help="Print the text of an article as it is read, with a blank line between blocks. "
    "--json prints its blocks with their lines in the file, its links and styles, and its sentences too.",
    run=print_article,
    add_arguments=_add_arguments,
    examples=(Example("pactreader text --json notes.md", "hand an article to a program, block by block"),),
)
