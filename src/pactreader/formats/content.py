"""The content of an article before it is parsed, and its parsing by the reader of its format."""

from functools import partial
from pathlib import PurePath
from typing import NamedTuple, Self

from pactreader.core.addresses import STANDARD_INPUT
from pactreader.core.article import Article, file_hash_of
from pactreader.core.article_rest import completed
from pactreader.core.encoding_names import TOLD_BY_THE_TEXT
from pactreader.core.errors import UnreadableError
from pactreader.core.fetched_page import FetchedPage
from pactreader.core.file_stamp import FileStamp
from pactreader.core.printable_text import printable_line
from pactreader.core.reading_options import ReadingOptions
from pactreader.core.reading_setup import ReadingSetup
from pactreader.formats.article_formats import Format, binary_format, chosen_format, find_format
from pactreader.formats.compression import decompress, inner_name, is_compressed
from pactreader.formats.origin import Origin


class Content(NamedTuple):
    """The bytes of an article with what is known of where they come from."""

    data: bytes
    origin: Origin
    file_name: str = ""
    """The name that tells the format; empty if there is none."""
    page: FetchedPage | None = None
    """The page of the web that the bytes are; `None` if they came from elsewhere."""
    stamp: FileStamp | None = None
    """The stamp of the file that the bytes are; `None` if there is none, or a later write might not show in it."""

    def unpacked(self) -> Self:
        """Return the content as it was before it was compressed; itself if it is not.

        Raises:
            UnreadableError: It is damaged, or would fill the memory.
        """
        if not is_compressed(self.data):
            return self
        title = PurePath(inner_name(self.file_name)).stem if self.file_name else ""
        origin = self.origin._replace(title=printable_line(title) or self.origin.title)
        data = decompress(self.data, self.origin.name)
        return self._replace(data=data, origin=origin, file_name=inner_name(self.file_name))

    def find_format(self) -> Format:
        """Return the format of the content, as far as the user does not choose another one."""
        media_type = self.page.media_type if self.page else ""
        return find_format(self.data, file_name=self.file_name, media_type=media_type)


def read_content(content: Content, options: ReadingOptions, setup: ReadingSetup = ReadingSetup()) -> Article:
    """Parse the content of an article.

    Args:
        content: The content.
        options: The user's choices, which the article keeps.
        setup: The circumstances of reading.

    Raises:
        UnreadableError: It cannot be parsed, or is empty.
    """
    unpacked = content.unpacked()
    data, origin, page = unpacked.data, unpacked.origin, unpacked.page
    chosen = chosen_format(options.format)
    if chosen and (binary := binary_format(data)):
        raise UnreadableError(
            f"The format of {origin.name} is {binary.name}: it is no text that could be read in another way.",
            "Read it without `--as`.",
        )
    chosen = chosen or unpacked.find_format()
    told = options
    if page and page.charset not in TOLD_BY_THE_TEXT:
        told = told.completed_by(ReadingOptions(encoding=page.charset))
    origin = origin._replace(options=told.completed_by(setup.defaults), setup=setup)
    file_hash, reader = file_hash_of(content.data), chosen.reader_name
    parsed = setup.parsed and setup.parsed.of_content(
        origin.source, file_hash, reader, options, content.stamp
    )
    article = parsed or chosen.read(data, origin)
    finish = partial(
        _with_content, content=content, file_hash=file_hash, page=page, options=options, reader=reader
    )
    return completed(article, finish)


def _with_content(
    article: Article,
    *,
    content: Content,
    file_hash: str,
    page: FetchedPage | None,
    options: ReadingOptions,
    reader: str,
) -> Article:
    """Return an article as a reader made it, with what is known of it beside that.

    Raises:
        UnreadableError: It is empty.
    """
    origin = content.origin
    if not article.blocks:
        raise UnreadableError(
            f"{origin.name} has nothing to read in it.", "Give it an article with some text in it."
        )
    return article._replace(
        file_hash=file_hash,
        options=options,
        content=content.data if origin.source == STANDARD_INPUT else b"",
        page=page,
        stamp=content.stamp,
        url=article.url or (_address_of(page) if page else ""),
        reader=reader,
    )


def _address_of(page: FetchedPage) -> str:
    from pactreader.core.web_addresses import canonical_address  # texts need none

    return canonical_address(page.url)
