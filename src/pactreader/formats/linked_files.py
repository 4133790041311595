"""Files that links in an article lead to."""

import os
import posixpath
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from pactreader.core.addresses import is_address, is_web_address
from pactreader.core.article import Article
from pactreader.core.links import FILE_SCHEME

_SUFFIXES: Final = ("", ".md", ".html")
"""The suffixes that links of wikis and of generators of sites leave out."""
_INDEXES: Final = ("index.md", "README.md", "index.html")
"""The files that are shown for a directory."""


class LinkedFile(NamedTuple):
    """A file that a link leads to."""

    path: str
    """Its absolute path."""
    anchor: str
    """The name of the anchor in it; empty for none."""
    is_near: bool
    """True if it is in the directory of the article's file or below it, symbolic links followed."""


def linked_file(article: Article, target: str) -> LinkedFile | None:
    """Return the regular file that a link leads to; `None` if there is none.

    `other.md#part`, `docs/` and a `file:` URL lead to files; relative ones are looked for beside the article's own file.
    A suffix that a site leaves out is added, and a directory is its index. No `file:` URL from the web leads anywhere.

    Args:
        article: The article with the link.
        target: The target, a `LinkKind.FILE`.
    """
    written, _, anchor = target.partition("#")
    if written.lower().startswith(FILE_SCHEME):
        written = "" if is_from_web(article) else _path_of(written)
    if not written:
        return None
    directory = os.path.dirname(article.source)
    has_directory = is_address(article.source) and os.path.isabs(directory)
    if not has_directory and not os.path.isabs(written):
        return None
    names = dict.fromkeys(unquote(each) for each in (written, written.partition("?")[0]) if each)
    for name in (*names, written):
        if path := _file_at(os.path.join(directory, name)):
            is_near = has_directory and Path(path).resolve().is_relative_to(Path(directory).resolve())
            return LinkedFile(path, unquote(anchor), is_near)
    return None


def saved_page(article: Article, address: str) -> LinkedFile | None:
    """Return the file near a saved page that has the page at an address beside it on its site; `None` if there is none.

    A page that was published at `https://example.org/a/x` and links to `https://example.org/a/b/y.html` has that in
    `b/y.html` below its own directory, if it was saved so.

    Args:
        article: The article in the saved page.
        address: The target of a link, in full.
    """
    try:
        own, other = urlsplit(article.url), urlsplit(address)
    except ValueError:
        return None
    if not own.netloc or own.netloc.lower() != other.netloc.lower():
        return None
    path = posixpath.relpath(other.path or "/", posixpath.dirname(own.path) or "/")
    query = f"?{other.query}" if other.query else ""
    found = linked_file(article, f"{path}{query}#{other.fragment}")
    return found if found and found.is_near else None


def is_from_web(article: Article) -> bool:
    """Return whether an article came from the web, also if its page was saved."""
    return is_web_address(article.source) or is_web_address(article.url)


def _path_of(url: str) -> str:
    """Return the path in a `file:` URL; empty if it is on another computer."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.path if parts.netloc.lower() in {"", "localhost"} else ""


def _file_at(path: str) -> str:
    """Return the absolute path of the regular file that a written path means; empty if there is none."""
    path = os.path.abspath(path)
    candidates = (
        *(path + suffix for suffix in _SUFFIXES),
        *(os.path.join(path, name) for name in _INDEXES),
    )
    return next(filter(os.path.isfile, candidates), "")
