"""Notes as parts of a Markdown export, in which they neither affect the text around them nor lose anything.

They stay theirs for CommonMark, GitHub, Obsidian and pandoc, which has more syntax: metadata between `---` anywhere in a
document, comments across paragraphs, and containers between `:::`.
"""

import re
from typing import Final

from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.formats.writers.note_structure import NoteStructure, code_spans

_MAY_BE_SYNTAX: Final = lazy_pattern(r"[<`~^:#=\]\n]|-[- ]")
"""The characters without which a note stays as it is: one line without any of what is looked for below."""
_START_MARKER: Final = lazy_pattern(r"<(?=!--\s*pactreader\b)", re.IGNORECASE)
_END_MARKER: Final = lazy_pattern(r"(?:(?<=\s)|^)((?:\\\\)*)\\?\^(?=[\w%:+-]+[^\S\n]*$)", re.MULTILINE)
_TAGS_LINE: Final = lazy_pattern(r"(^[^\S\n]*Tags):(?=[^\n]*\Z)", re.MULTILINE)
"""A last line of a note that would be parsed as the annotation's tags."""

_MAY_BE_UNCLOSED: Final = lazy_pattern(r"```|~~~|<")
_COMMENT: Final = "<!--"
_COMMENT_END: Final = "-->"
_CONTAINER: Final = lazy_pattern(r"^[ \t]*(?P<colons>:{3,})(?P<name>[^\n]*)$", re.MULTILINE)
"""The first or last line of a container of pandoc, which a name has or has not."""
_MAY_BE_PANDOC: Final = lazy_pattern(r"---|- -|```|~~~|:::")
_FENCE_WORDS: Final = lazy_pattern(r"[^\s{}`=]*|[^\s{}`=]*\s*\{[^{}]*\}")
"""The words behind a fence with which it is one for pandoc too."""
_FIRST_WORD: Final = lazy_pattern(r"[\w.#+-]+")
_DASHES: Final = lazy_pattern(r"-[- \t]*$")
_MAY_BE_HEADING: Final = lazy_pattern(r"^ {0,3}(?:#|[=-]+[ \t]*$)", re.MULTILINE)
_MAX_HEADING_LEVEL: Final = 6
_SENTINEL: Final = "What follows is a paragraph."

_DEFINITION: Final = lazy_pattern(r"\]:")
_LABEL: Final = lazy_pattern(r"\\.|\[(?P<label>(?:[^\[\]\\]|\\.)+)\](?P<empty>\[\])?", re.DOTALL)
"""A label in brackets, of a link or a footnote, or an escaped character."""
_SECOND_LABEL: Final = lazy_pattern(r"[^\\]?\]", re.DOTALL)
"""The characters before a label behind the text of a link."""
_LINE_START: Final = lazy_pattern(r"(?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t])*")
_CALLOUT: Final = lazy_pattern(r"[> \t]*\[![\w-]+\]")
"""The beginning of a line with the kind of a callout, which is to have nothing behind it."""
_LINE_BLOCK: Final = lazy_pattern(r"[> \t]*\|(?:\s|\Z)")
_HTML_BREAK: Final = lazy_pattern(r"<br[ \t]*/?>[ \t]*$", re.IGNORECASE)


def note_markdown(note: str, key: str, *, under: int) -> str:
    """Return a note as Markdown below a heading of the level `under`, with its lines, and labels that no other note has.

    Args:
        note: The note; printable.
        key: A key of the note, of letters and digits, which its labels get.
        under: The level of the heading.
    """
    if not _MAY_BE_SYNTAX.search(note):
        return note
    return keep_lines(separate_labels(demote_headings(escape_note(note), under), key))


def escape_note(note: str) -> str:
    """Escape text in a note that would be parsed as a marker of the export, or hide what follows the note.

    Markers get a character reference, which looks the same when rendered: `<!-- pactreader:end -->` →
    `&lt;!-- pactreader:end -->`. An unclosed code block is closed, the angle brackets of unclosed HTML are escaped. In
    code only what looks like a start marker is escaped, as those are looked for in code too.
    """
    note = _START_MARKER.sub("&lt;", note)
    if _MAY_BE_UNCLOSED.search(note):
        note = _close(note)
    if _END_MARKER.search(note):
        structure = NoteStructure(note)
        note = _END_MARKER.sub(
            lambda found: found[0] if structure.is_code(found.start()) else f"{found[1]}&#94;", note
        )
    note = _TAGS_LINE.sub(r"\1&#58;", note)
    return _without_pandoc_blocks(note)


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


def separate_labels(note: str, key: str) -> str:
    """Return a note in which links and footnotes have labels with a key: `[^1]` → `[^1-k3x9f2]`.

    A label that is the text of its link too stays that: `[Law]` → `[Law][Law-k3x9f2]`.
    """
    if not _DEFINITION.search(note):
        return note
    structure = NoteStructure(note)
    links, footnotes = structure.link_labels, structure.footnote_labels
    if not links and not footnotes:
        return note
    lines = structure.lines
    for first, text in structure.paragraphs():
        changed = _with_key(text, key, links, footnotes)
        lines[first : first + text.count("\n") + 1] = changed.split("\n")
    return "\n".join(lines)


def _with_key(text: str, key: str, links: frozenset[str], footnotes: frozenset[str]) -> str:
    """Return a paragraph in which the labels of a note's links and footnotes have a key."""
    from markdown_it.common.utils import normalizeReference

    spans = list(code_spans(text))
    at = 0

    def replacement(found: re.Match[str]) -> str:
        nonlocal at
        while at < len(spans) and spans[at][1] <= found.start():
            at += 1
        label = found["label"]
        if label is None or (at < len(spans) and spans[at][0] <= found.start("label")):
            return found[0]
        if label.startswith("^"):
            return found[0].replace(label, f"{label}-{key}") if label[1:] in footnotes else found[0]
        is_second = _SECOND_LABEL.fullmatch(text, max(0, found.start() - 2), found.start()) is not None
        following = text[found.end() : found.end() + 1]
        if normalizeReference(label) not in links or (not is_second and following in {"(", "["}):
            return found[0]
        is_definition = following == ":" and _is_line_start(text, found.start())
        if is_second or is_definition:
            return f"[{label}-{key}]{found['empty'] or ''}"
        return f"[{label}][{label}-{key}]"

    return _LABEL.sub(replacement, text)


def _is_line_start(text: str, offset: int) -> bool:
    """Return whether there are only blanks and the signs of lists and quotations before an offset in its line."""
    return _LINE_START.fullmatch(text, text.rfind("\n", 0, offset) + 1, offset) is not None


def keep_lines(note: str) -> str:
    r"""Return a note whose lines are lines for every parser, with a backslash at each soft break: `a⏎b` → `a\⏎b`.

    In a line block of pandoc, whose lines begin with `|`, that is two spaces, as a backslash is text there.
    """
    if "\n" not in note:
        return note
    structure = NoteStructure(note)
    lines = structure.lines
    for index in structure.soft_breaks():
        is_mark = any(map(_CONTAINER.match, lines[index : index + 2])) or _CALLOUT.match(lines[index])
        if not (is_mark or _HTML_BREAK.search(lines[index])):
            line = lines[index].rstrip()
            if _LINE_BLOCK.match(line):
                lines[index] = line + "  "
                continue
            backslashes = len(line) - len(line.rstrip("\\"))
            lines[index] = line + "\\" * (1 + backslashes % 2)
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
    return _without_open_comment(note)


def _without_open_comment(note: str) -> str:
    """Escape the comments in a paragraph that are not closed in the note, which are none but for pandoc."""
    last_end = note.rfind(_COMMENT_END)
    begins = [found for found in re.finditer(_COMMENT, note) if found.end() > last_end]
    if not begins:
        return note
    structure = NoteStructure(note)
    parts: list[str] = []
    position = 0
    for found in begins:
        if not structure.is_code(found.start()):
            parts += (note[position : found.start()], "&lt;")
            position = found.start() + 1
    return "".join((*parts, note[position:]))


def _without_pandoc_blocks(note: str) -> str:
    """Replace what begins or hides a block for pandoc alone.

    Lines of `---` become `***`, unclosed containers text, and of the words behind a fence the first one stays if pandoc
    does not take the fence for one with all of them.
    """
    if not _MAY_BE_PANDOC.search(note):
        return note
    structure = NoteStructure(note)
    lines = structure.lines
    for token in structure.tokens:
        if token.map is None:
            continue
        first = token.map[0]
        if token.type == "hr" and token.markup.startswith("-"):
            lines[first] = _DASHES.sub("***", lines[first])
        elif token.type == "fence" and not _FENCE_WORDS.fullmatch(token.info.strip()):
            words = _FIRST_WORD.match(token.info.strip())
            lines[first] = lines[first].replace(token.info, words[0] if words else "")
    note = "\n".join(lines)
    containers = [one for one in _CONTAINER.finditer(note) if not structure.is_code(one.start("colons"))]
    begun = sum(bool(one["name"].strip(" \t:")) for one in containers)
    if 2 * begun != len(containers):
        note = _CONTAINER.sub(lambda one: one[0].replace(":::", "\\:::", 1), note)
    return note
