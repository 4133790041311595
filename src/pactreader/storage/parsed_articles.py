"""The parsed articles by their sources. Each is used only if its file is as it was, and is made again at any time."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from pactreader import __version__
from pactreader.core.addresses import is_address
from pactreader.core.article import Article, encoded_slices, file_hash_of
from pactreader.core.file_stamp import FileStamp
from pactreader.core.packed_article import ArticleFile, FileSlice, pack, unpack
from pactreader.core.reading_options import ReadingOptions
from pactreader.storage.cache_directory import CacheDirectory
from pactreader.storage.texts.store_files import renew

_SUFFIX: Final = ".article"
_MOST_FILES: Final = 200
"""The number of articles that are kept: more than somebody reads in a month."""
_MOST_BYTES: Final = 256_000_000
"""The bytes that they may take: two dozen books of 10 MB each."""
_LARGE: Final = 1_000_000
"""The code points from which a text that its own file has as it is, in UTF-8, is not stored once more."""
_DAMAGE: Final = (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)
"""The errors that a damaged file leads to, or one of another version."""


class ParsedArticles:
    """The parsed articles in a directory of the cache."""

    def __init__(self, directory: Path, defaults: ReadingOptions = ReadingOptions()) -> None:
        """Create the cache without touching the disk.

        Args:
            directory: The directory.
            defaults: The choices of the settings, for what the user's own leave open.
        """
        self._files = CacheDirectory(directory, most_files=_MOST_FILES, most_bytes=_MOST_BYTES)
        self._defaults = defaults

    def unchanged(self, path: str, source: str, options: ReadingOptions) -> Article | None:
        """Return the article of a file whose stamp is that of when it was parsed; `None` if it must be read again.

        Args:
            path: The path of the file.
            source: The source of the article.
            options: The user's choices for reading it.
        """
        try:
            found = self._find(source, options)
            if FileStamp.of(os.stat(path)) != _stamp(found):  # noqa: PTH116 - as `Path.stat`, with fewer objects
                return None
            return self._article(found, path, source, options)._replace(is_unverified=True)
        except _DAMAGE:
            return None

    def of_content(
        self, source: str, file_hash: str, reader: str, options: ReadingOptions, stamp: FileStamp | None
    ) -> Article | None:
        """Return the article that a reader made of some content; `None` if it must be parsed again.

        Args:
            source: The source of the article.
            file_hash: The hash of the content.
            reader: The name and version of the reader.
            options: The user's choices for reading it.
            stamp: The stamp of the file with the content.
        """
        try:
            found = self._find(source, options)
            fields = found.header["article"]
            if found.text_slice or (fields["file_hash"], fields["reader"]) != (file_hash, reader):
                return None
            return self._article(found, source, source, options)._replace(stamp=stamp)
        except _DAMAGE:
            return None

    def store(self, article: Article) -> None:
        """Store an article as it was parsed, unless that is not to be kept. It may be called from any thread.

        A text with a warning is parsed anew each time, as what was missing may have been due to the moment. Protected
        ones are never stored, nor those that did not come from a file. A failure is ignored: it costs no more than parsing
        once more.
        """
        is_of_file = bool(article.file_hash) and not (article.page or article.content or article.rest)
        if not is_of_file or article.warning or article.is_protected:
            return
        with suppress(OSError):
            key = self._key(article.source, article.options) | {"stamp": article.stamp}
            self._files.write(_name(article.source), pack(article, key, _text_slice(article)))

    def verify(self, article: Article) -> bool:
        """Return whether the file of an article still has the content that it was parsed from, by its hash.

        If it has not, the article is removed from the cache. A file that cannot be read is left to others. This may be
        called from any thread.
        """
        if not is_address(article.source):
            return True
        with suppress(OSError):
            if file_hash_of(Path(article.source).read_bytes()) != article.file_hash:
                self.remove(article.source)
                return False
        return True

    def remove(self, source: str) -> None:
        """Remove the article of a source, if it is there.

        Raises:
            OSError: It cannot be removed.
        """
        self._files.remove(_name(source))

    def _key(self, source: str, options: ReadingOptions) -> dict[str, Any]:
        return {
            "version": __version__,
            "source": source,
            "options": list(options.completed_by(self._defaults)),
        }

    def _find(self, source: str, options: ReadingOptions) -> ArticleFile:
        """Return the content of the file of an article that was parsed by the same version and choices.

        Raises:
            OSError: There is none, or others might have written it.
            ValueError: It is damaged, or of another article.
            KeyError: A field is missing.
        """
        name = _name(source)
        found = unpack(self._files.read(name))
        key = self._key(source, options)
        if any(found.header[name] != value for name, value in key.items()):
            raise ValueError("of another article")
        renew(self._files.path / name)
        return found

    def _article(self, found: ArticleFile, path: str, source: str, options: ReadingOptions) -> Article:
        """Return the article in a file that was found.

        Raises:
            OSError: Its own file, which has the text, cannot be read.
            ValueError: A file is damaged, or the article's own has changed.
            KeyError: A field is missing.
        """
        stamp, own_file = _stamp(found), b""
        if found.text_slice:
            with open(path, "rb") as file:  # noqa: PTH123 - the path as the user gave it
                own_file = file.read()
                if FileStamp.of(os.fstat(file.fileno())) != stamp:
                    raise ValueError("changed meanwhile")
        return found.article(source, own_file)._replace(options=options, stamp=stamp)


def _name(source: str) -> str:
    """Return the name of the file for a source. Sources that share a checksum are parsed again in turn."""
    return f"{crc32(source.encode('utf-8', 'surrogatepass')):08x}{_SUFFIX}"


def _stamp(found: ArticleFile) -> FileStamp | None:
    """Return the stamp of an article's own file when it was parsed; `None` if a later write might not show in it."""
    stamp = found.header["stamp"]
    return FileStamp(*stamp) if stamp else None


def _text_slice(article: Article) -> FileSlice | None:
    """Return the slice of a large article's own file that is its text in UTF-8; `None` if there is none."""
    if len(article.text) < _LARGE or article.stamp is None or not is_address(article.source):
        return None
    data = Path(article.source).read_bytes()
    if file_hash_of(data) != article.file_hash:
        return None  # it has changed since
    start = end = -1
    for encoded in encoded_slices(article.text):
        if start < 0:
            start = end = data.find(encoded)
        if not data.startswith(encoded, end):
            return None
        end += len(encoded)
    return FileSlice(start, end - start)
