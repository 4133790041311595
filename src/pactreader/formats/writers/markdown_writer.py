"""The Markdown writer: a notebook as Markdown for reading, which programs can parse too.

Each annotation is enclosed in a start marker, a comment with its id and metadata, and an end marker, `^id` at the end
of its last paragraph. With two markers a parser can tell a damaged annotation from a deleted one. Text of articles and
notes is escaped so that it is parsed neither as Markdown that it is not, nor as a marker.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Annotation
from pactreader.core.article import Article, Block, BlockKind
from pactreader.core.notebooks.notebook import Notebook
from pactreader.core.printable_text import printable, printable_line
from pactreader.formats.writers.markdown_escaping import demote_headings, escape_note

VERSION: Final = 1
"""The version of this format, given in the front matter."""

_SYNTAX: Final = re.compile(
    r"[\\`*\[\]<~^|$#]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # not inside of a word
    r"|&(?=\#?\w+;)"
    r"|==|--|%%|%(?=[0-9A-Fa-f]{2})|:(?=//)",  # keeps URLs from being detected or decoded
)
"""Characters that are syntax anywhere in a line for CommonMark, GitHub, Obsidian, Logseq or pandoc."""
_LINE_START_SYNTAX: Final = re.compile(r"[-+>=:]|\(?(?:\d{1,9}|[A-Za-z])[.)](?=\s|$)")
_UNQUOTED_YAML: Final = re.compile(r"(?=.*[^\d.eE_-])[\w./][\w./ -]*(?<! )")
"""A YAML string that needs no quotation marks, unlike the id `12e45678`, which would be a number."""
_PARAGRAPH_BREAK: Final = re.compile(r"\n{2,}")
_FRACTION: Final = re.compile(r"\.\d+(?=Z$)")

_PLACEMENT_REMARKS: Final = {
    PlacementKind.CHANGED: "changed, the text now: {text}",
    PlacementKind.DOUBTFUL: "doubtful, perhaps this: {text}",
    PlacementKind.LOST: "no longer found in the text",
}
"""The remarks on a placement in the last line of an annotation; `{text}` is the passage as it is now, quoted."""


def write_markdown(
    notebook: Notebook,
    *,
    article_id: str,
    exported: datetime,
    plain: bool = False,
    only: Collection[str] = (),
) -> str:
    """Write the annotations of an article in reading order, under the article's headings.

    A CommonMark parser gets each quote as one block quote with the text of the passage, except that several blank lines
    become one, and those at the ends none.

    Args:
        notebook: The notebook.
        article_id: The article's id in the library.
        exported: The time of the export.
        plain: True to leave out markers and ids, which are for programs.
        only: The ids of the annotations to write; empty for all. The front matter has their number if it is not empty.
    """
    article = notebook.article
    title = printable_line(article.title)
    parts = [
        _front_matter(
            article,
            article_id=article_id,
            exported=exported,
            part=f"{len(only)} of {len(notebook)}" if only else "",
            plain=plain,
        ),
        f"# {_escaped_line(title)}",
    ]
    headings = _Headings(article)
    for annotation in notebook:
        if only and annotation.id not in only:
            continue
        placement = notebook.placement(annotation.id)
        if placement:
            parts += headings.above(placement.start)
        parts += _annotation(annotation, notebook, placement, under=headings.level, plain=plain)
    if not plain:
        parts.append("<!-- pactreader:end -->")
    return "\n\n".join(parts) + "\n"


def _front_matter(article: Article, *, article_id: str, exported: datetime, part: str, plain: bool) -> str:
    at = exported.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    fields = {
        "title": json.dumps(printable_line(article.title), ensure_ascii=False),
        "source": _yaml(printable_line(article.source)),
        "article": _yaml(printable_line(article_id)),
        "exported": at,
        **({"annotations": part} if part else {}),
        "pactreader": str(VERSION),
    }
    if plain:
        del fields["article"], fields["pactreader"]
    return "\n".join(["---", *(f"{key}: {value}" for key, value in fields.items()), "---"])


def _yaml(value: str) -> str:
    """Return a value as a YAML string, in quotation marks if it needs them."""
    return value if _UNQUOTED_YAML.fullmatch(value) else json.dumps(value, ensure_ascii=False)


class _Headings:
    """A writer of the article's headings, each once, above the first annotation in its section."""

    def __init__(self, article: Article) -> None:
        self._article = article
        tops = (block for block in article.blocks if block.kind is BlockKind.HEADING and block.level == 1)
        self._deeper = int(any(not self._is_title(block) for block in tops))
        """The number added to every level: 1 if the article has headings of level 1 besides its title."""
        self._current: list[Block] = []
        """The headings above the last written annotation."""

    def above(self, offset: int) -> Iterator[str]:
        """Write those headings above an offset that are not written yet."""
        wanted = [block for block in self._article.headings_above(offset) if not self._is_title(block)]
        for index, block in enumerate(wanted):
            if block not in self._current[index : index + 1]:
                yield f"{'#' * self._level(block)} {_escaped_line(printable_line(self._article.block_text(block)))}"
        self._current = wanted

    @property
    def level(self) -> int:
        """The level in the export of the last written heading; at first that of the title."""
        return self._level(self._current[-1]) if self._current else 1

    def _level(self, block: Block) -> int:
        return min(6, block.level + self._deeper)

    def _is_title(self, block: Block) -> bool:
        return block.level == 1 and printable_line(self._article.block_text(block)) == self._article.title


def _annotation(
    annotation: Annotation, notebook: Notebook, placement: Placement | None, *, under: int, plain: bool
) -> Iterator[str]:
    """Write the Markdown blocks of an annotation below a heading of the level `under`."""
    key = _marker_value(annotation.id)
    if not plain:
        yield _start_marker(annotation, key)
    if annotation.anchor and (passage := printable(annotation.anchor.exact)).strip("\n"):
        yield _block_quote(
            _fenced(passage) if _is_code(notebook.article, placement) else _escaped_lines(passage)
        )
    if note := printable(annotation.note).rstrip().lstrip("\n"):
        yield demote_headings(escape_note(note), under)
    if annotation.tags:
        yield "Tags: " + " ".join(map(_tag, annotation.tags))
    attribution = " · ".join(_attribution(annotation, notebook, placement))
    yield f"— {attribution}" if plain else f"— {attribution} ^{key}"


def _start_marker(annotation: Annotation, key: str) -> str:
    """Return the start marker of an annotation. Empty fields, such as a note on the article's label, are left out."""
    fields = {
        "id": key,
        "label": _marker_value(annotation.label),
        "created": _marker_value(_FRACTION.sub("", annotation.created)),
        "modified": _marker_value(_FRACTION.sub("", annotation.modified)),
    }
    kind = "highlight" if annotation.anchor else "note"
    return (
        f"<!-- pactreader:{kind} {' '.join(f'{name}={value}' for name, value in fields.items() if value)} -->"
    )


def _marker_value(value: str) -> str:
    """Return an id, label or time with percent-encoding, so that it cannot end the marker it is in."""
    return quote(value, safe=":+", errors="replace")


def _attribution(annotation: Annotation, notebook: Notebook, placement: Placement | None) -> Iterator[str]:
    if annotation.label:
        yield _escaped_line(printable_line(notebook.labels.name(annotation.label)))
    if annotation.anchor is None:
        yield "On the whole article"
    elif placement is None:
        yield "the text was not kept"
    else:
        article = notebook.article
        yield f"¶ {article.paragraph_number(placement.start)}"
        if remark := _PLACEMENT_REMARKS.get(placement.kind):
            now = _escaped_line(printable_line(article.text[placement.start : placement.end]))
            yield remark.format(text=f"“{now}”")


def _tag(tag: str) -> str:
    """Return a tag as one word with a `#`, with syntax escaped and white space as character references."""
    return "#" + re.sub(r"\s", lambda match: _reference(match[0]), _escaped(printable(tag)))


def _is_code(article: Article, placement: Placement | None) -> bool:
    """Return whether the quote is inside one block of code, and can be written as code."""
    if placement is None or placement.kind not in {PlacementKind.EXACT, PlacementKind.MOVED}:
        return False
    block = article.block_at(placement.start)
    return block.kind is BlockKind.CODE and placement.end <= block.end


def _block_quote(lines: Iterable[str]) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in lines)


def _fenced(code: str) -> list[str]:
    """Return the lines of a fenced code block whose fence is longer than any in the code."""
    longest = max((len(run) for run in re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return [fence, *code.split("\n"), fence]


def _escaped_lines(passage: str) -> Iterable[str]:
    """Escape the lines of a passage, with an empty line between paragraphs and a backslash at other line ends."""
    for index, paragraph in enumerate(_PARAGRAPH_BREAK.split(passage.strip("\n"))):
        if index:
            yield ""
        *lines, last = map(_escaped_line, paragraph.split("\n"))
        yield from (f"{line}\\" for line in lines)
        yield last


def _escaped_line(line: str) -> str:
    """Escape a line so that CommonMark parses all of it as text, also white space at its ends."""
    body = line.strip()
    start = len(line) - len(line.lstrip())
    before, after = line[:start], line[start + len(body) :]
    escaped = _escaped(body)
    if marker := _LINE_START_SYNTAX.match(escaped):
        at = marker.end() - 1
        escaped = f"{escaped[:at]}\\{escaped[at:]}"
    return "".join(map(_reference, before)) + escaped + "".join(map(_reference, after))


def _escaped(text: str) -> str:
    return _SYNTAX.sub(lambda match: "".join(f"\\{character}" for character in match[0]), text)


def _reference(character: str) -> str:
    """Return a character as a numeric reference, for white space that Markdown would trim."""
    return f"&#{ord(character)};"
