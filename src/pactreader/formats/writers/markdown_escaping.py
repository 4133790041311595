"""A reader's note in Markdown, kept from running into what stands around it."""

import re
from typing import Final

_FORGED_COMMENT: Final = re.compile(r"<(?=!--\s*pactreader\b)", re.IGNORECASE)
_FORGED_END: Final = re.compile(r"(?:(?<=\s)|^)((?:\\\\)*)\\?\^(?=[\w%:+-]+[^\S\n]*$)", re.MULTILINE)
_LAST_TAGS: Final = re.compile(r"(^[^\S\n]*Tags):(?=[^\n]*\Z)", re.MULTILINE)

_MAY_SWALLOW: Final = re.compile(r"```|~~~|<")
_MAY_HEAD: Final = re.compile(r"^ {0,3}(?:#|[=-]+[ \t]*$)", re.MULTILINE)
_DEEPEST_HEADING: Final = 6
_SENTINEL: Final = "What follows is a paragraph."


def escape_note(note: str) -> str:
    """The note, word for word, but that it forges no mark and ends where it ends.

    What looks like a mark is written with a character reference, which reads the same and is none; a code block
    that is never closed is closed; of HTML that is never closed the angle brackets are escaped.
    """
    note = _FORGED_COMMENT.sub("&lt;", note)
    note = _FORGED_END.sub(r"\1&#94;", note)
    note = _LAST_TAGS.sub(r"\1&#58;", note)
    return _closed(note) if _MAY_SWALLOW.search(note) else note


def headed_below(note: str, level: int) -> str:
    """The note with its headings below one of this level, deeper by as much as the highest of them needs.

    Those in lists and quotations divide nothing, and stay.
    """
    if not _MAY_HEAD.search(note):
        return note
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parse(note)
    headings = [token for token in tokens if token.type == "heading_open" and not token.level]
    levels = [int(token.tag[1]) for token in headings]
    deeper = max(0, level + 1 - min(levels, default=level + 1))
    if not deeper:
        return note
    lines = note.split("\n")
    for token, own in zip(reversed(headings), reversed(levels), strict=True):
        assert token.map is not None
        begin, end = token.map
        if token.markup[0] == "#":
            words = lines[begin].lstrip().lstrip("#")
        else:  # words over a line of = or -
            words = " " + " ".join(line.strip() for line in lines[begin : end - 1])
        lines[begin:end] = ["#" * min(_DEEPEST_HEADING, own + deeper) + words]
    return "\n".join(lines)


def _closed(note: str) -> str:
    """The note with nothing left open behind which the rest of the document would vanish."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    while (last := parser.parse(f"{note}\n\n{_SENTINEL}")[-1]).type in {"fence", "html_block"}:
        if last.type == "fence":
            note = f"{note}\n{last.markup}"
        else:
            assert last.map is not None
            lines = note.split("\n")
            begin = last.map[0]
            swallowing = "\n".join(lines[begin:]).replace("<", "&lt;")
            note = "\n".join([*lines[:begin], swallowing])
    return note
