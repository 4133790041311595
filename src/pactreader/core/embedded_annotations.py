"""Annotations that came with an article, made in its file by another program."""

from enum import StrEnum
from typing import NamedTuple


class EmbeddedKind(StrEnum):
    """The kind of an annotation of another program."""

    HIGHLIGHT = "highlight"
    UNDERLINE = "underline"
    STRIKE_OUT = "strike-out"
    SQUIGGLY = "squiggly"
    NOTE = "note"
    """A note at a place, without a passage."""


class EmbeddedAnnotation(NamedTuple):
    """An annotation of another program in the file of an article. All texts are printable."""

    key: str
    """Its key in this file, also after the file was saved anew: its own name, or a hash of its content."""
    kind: EmbeddedKind
    start: int
    """The offset in the article's text at which its passage begins, in code points."""
    end: int
    """The offset behind its passage; that of its start if it has none."""
    note: str = ""
    author: str = ""
    colour: str = ""
    """`#rrggbb`; empty if it has none."""
    created: str = ""
    """UTC, ISO 8601, as `timestamp` writes it; empty if the file does not say it."""
    modified: str = ""
    place: str = ""
    """The page that it is on, as `p. 12`."""
