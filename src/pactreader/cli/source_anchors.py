"""The anchor that a SOURCE can have at its end, as `paper.pdf#page=12`."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pactreader.cli.web_access import web_address
from pactreader.core.errors import UsageError

if TYPE_CHECKING:
    from pactreader.storage.library import Library


def split_anchor(source: str, library: "Library") -> tuple[str, str]:
    """Return a SOURCE without the anchor at its end, and the name of that anchor; empty if it has none.

    A file or an article of the library whose name has a `#` in it is found by that name. An address on the web is
    returned with its anchor.

    Args:
        source: The SOURCE.
        library: The library.
    """
    name, sign, written = source.rpartition("#")
    if not sign or not name or os.path.lexists(source):
        return source, ""
    anchor = unquote(written)
    if web_address(name):
        return source, anchor
    is_path = os.sep in name or bool(Path(name).suffix)
    is_there = os.path.lexists(name) or is_path or _has_library(library, name)
    return (name, anchor) if is_there and not _has_library(library, source) else (source, "")


def _has_library(library: "Library", source: str) -> bool:
    """Return whether the library has an article by a path or by an id or a title."""
    path = os.path.abspath(source)  # noqa: PTH100 - keeps symbolic links
    with suppress(UsageError):
        return bool(library.with_address(source, path, os.path.realpath(path)) or library.find(source))
    return False
