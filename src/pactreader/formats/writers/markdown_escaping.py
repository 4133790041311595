"""Escaping of notes for a Markdown export, so that they cannot affect the text around them."""

import re
from typing import Final

_START_MARKER: Final = re.compile(r"<(?=!--\s*pactreader\b)", re.IGNORECASE)
_END_MARKER: Final = re.compile(r"(?:(?<=\s)|^)((?:\\\\)*)\\?\^(?=[\w%:+-]+[^\S\n]*$)", re.MULTILINE)
_TAGS_LINE: Final = re.compile(r"(^[^\S\n]*Tags):(?=[^\n]*\Z)", re.MULTILINE)
"""A last line of a note that would be parsed as the annotation's tags."""

_MAY_BE_UNCLOSED: Final = re.compile(r"```|~~~|<")
_MAY_BE_HEADING: Final = re.compile(r"^ {0,3}(?:#|[=-]+[ \t]*$)", re.MULTILINE)
_MAX_HEADING_LEVEL: Final = 6
_SENTINEL: Final = "What follows is a paragraph."


def escape_note(note: str) -> str:
    """Escape text in a note that would be parsed as a marker of the export, or hide what follows the note.

    Markers get a character reference, which looks the same when rendered: `<!-- pactreader:end -->` →
    `&lt;!-- pactreader:end -->`. An unclosed code block is closed, the angle brackets of unclosed HTML are escaped.
    """
    note = _START_MARKER.sub("&lt;", note)
    note = _END_MARKER.sub(r"\1&#94;", note)
    note = _TAGS_LINE.sub(r"\1&#58;", note)
    return _close(note) if _MAY_BE_UNCLOSED.search(note) else note


def demote_headings(note: str, level: int) -> str:
    """Lower the headings of a note so that the highest of them is below a level: `# Why` under 2 → `### Why`.

    Headings in lists and quotations are no part of the outline, and are not changed.
    """
    if not _MAY_BE_HEADING.search(note):
        return note
    from markdown_it import MarkdownIt  # few notes need it

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
        else:  # underlined with = or -
            words = " " + " ".join(line.strip() for line in lines[begin : end - 1])
        lines[begin:end] = ["#" * min(_MAX_HEADING_LEVEL, own + deeper) + words]
    return "\n".join(lines)


def _close(note: str) -> str:
    """Close or escape the code blocks and HTML of a note that would include a paragraph after it."""
    from markdown_it import MarkdownIt  # few notes need it

    parser = MarkdownIt("commonmark")
    while (last := parser.parse(f"{note}\n\n{_SENTINEL}")[-1]).type in {"fence", "html_block"}:
        if last.type == "fence":
            note = f"{note}\n{last.markup}"
        else:
            assert last.map is not None
            lines = note.split("\n")
            begin = last.map[0]
            unclosed = "\n".join(lines[begin:]).replace("<", "&lt;")
            note = "\n".join([*lines[:begin], unclosed])
    return note
