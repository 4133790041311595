"""The search for words in the stored texts of many articles: 10,000 of 750 words each in a second."""

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from pactreader.core.anchoring.description import describe
from pactreader.core.annotation import Anchor
from pactreader.core.article import text_hash_of
from pactreader.core.search import SearchableText
from pactreader.storage.texts.store_files import GZIP, TEXT, path_of

_LARGEST: Final = 256 << 20
"""The bytes of the largest file that is searched when it is decompressed: a damaged one could fill the memory."""
_PIECE: Final = 200_000
"""Code points of a text that are folded at a time: a few milliseconds, in which the other threads wait."""
_WORD: Final = re.compile(r"[^\W_]+")
_FOREIGN_LETTER: Final = re.compile(rb"\\u(?!00a0|00ab|00bb|201[1-9a-f]|202[0-7]|203)")
r"""The JSON escape of a character that may fold to a letter, as `\u00e9`; quotation marks and dashes do not. U+2010 may divide a word."""
_DIVIDED_WORD: Final = re.compile(rb"[A-Za-z]-(?:\\n| )")
"""A hyphen that may divide a word at the end of a line, which the search joins."""


class TextHit(NamedTuple):
    """The first place in an article's text at which words were found."""

    article_id: str
    anchor: Anchor
    """The passage, with the text around it."""


def search_texts(
    directory: Path, texts: Iterable[tuple[str, str]], words: Sequence[str]
) -> Iterator[TextHit | None]:
    """Search the stored texts of articles for words, all of which must be in a text, without case and diacritics.

    It yields once for each article, so that the caller can stop: its hit, or `None` if the words are not in its text, or
    that is not stored or damaged.

    Args:
        directory: The directory of the stored texts.
        texts: The ids of articles with the hashes of their texts.
        words: Folded words or phrases. The hit is on the longest.
    """
    by_length = sorted(words, key=len, reverse=True)
    needle = max((part for word in words for part in _WORD.findall(word)), key=len, default="")
    for article_id, text_hash in texts:
        content = _content(directory, text_hash)
        text = _text(content, text_hash) if content and _may_have(content, needle) else ""
        found = _find_all(text, by_length)
        yield TextHit(article_id, describe(text, *found, text_hash)) if found else None


def _content(directory: Path, text_hash: str) -> bytes:
    """Return the decompressed content of the file of a text; empty if it is not stored, damaged or too large."""
    try:
        compressed = path_of(directory, text_hash, TEXT).read_bytes()
        decompressor = zlib.decompressobj(wbits=GZIP)
        content = decompressor.decompress(compressed, _LARGEST)
    except (OSError, KeyError, zlib.error):
        return b""
    return content if decompressor.eof else b""


def _may_have(content: bytes, word: str) -> bool:
    r"""Return whether a word may be in the text in the content of a file. It is a quick test that never errs with no.

    `law` may be in `The Law`, in `l\u00e2w` and in `la-\nw`, but not in `The pact`.

    Args:
        content: The content, which is ASCII.
        word: A folded word.
    """
    if word.isascii() and word.encode("ascii") in content.lower():
        return True
    if b"\\u" in content and _FOREIGN_LETTER.search(content):
        return True
    return (b"- " in content or b"-\\n" in content) and _DIVIDED_WORD.search(content) is not None


def _text(content: bytes, text_hash: str) -> str:
    """Return the text in the content of a file; empty if it is damaged."""
    try:
        text = json.loads(content)["text"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return text if isinstance(text, str) and text_hash_of(text) == text_hash else ""


def _find_all(text: str, words: Sequence[str]) -> tuple[int, int] | None:
    """Return the first place of the first word in code points; `None` unless all are in the text."""
    places = [place for word in words if (place := _find(text, word))]
    return places[0] if places and len(places) == len(words) else None


def _find(text: str, word: str) -> tuple[int, int] | None:
    """Return the first place of a word in a text, which is folded piece by piece up to it."""
    start = 0
    while start < len(text):
        end = text.find("\n\n", start + _PIECE)
        end = len(text) if end < 0 else end
        if found := SearchableText(text[start:end]).find(word)[:1]:
            return start + found[0].start, start + found[0].end
        start = end
    return None
