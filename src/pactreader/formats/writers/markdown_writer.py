"""A notebook as Markdown that reads well anywhere and can be told apart again, annotation by annotation.

Every annotation stands between two marks with its id: a comment opens it, `^id` at the end of a paragraph closes
it, so that a damaged block can be told from a deleted one. Nothing an article or a note holds is read as Markdown
that it is not, or as a mark.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from pactreader.core.anchoring import Placement, PlacementKind
from pactreader.core.annotation import Annotation
from pactreader.core.article import Article, Block, BlockKind
from pactreader.core.notebook import Notebook
from pactreader.core.printable_text import printable, printable_line
from pactreader.formats.writers.markdown_escaping import escape_note, headed_below

VERSION: Final = 1
"""Of this format, as the front matter says it."""

_ANYWHERE: Final = re.compile(
    r"[\\`*\[\]<~^|$#]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # not inside of a word
    r"|&(?=\#?\w+;)"
    r"|==|--|%%|%(?=[0-9A-Fa-f]{2})|:(?=//)",  # so that no addresses are seen, and none decoded
)
"""What means something wherever it stands: to CommonMark, GitHub, Obsidian, Logseq or pandoc."""
_AT_LINE_START: Final = re.compile(r"[-+>=:]|\(?(?:\d{1,9}|[A-Za-z])[.)](?=\s|$)")
_PLAIN_FIELD: Final = re.compile(r"(?=.*[^\d.eE_-])[\w./][\w./ -]*(?<! )")
"""What YAML reads as a text without quotation marks, and not as a number: an id may be `12e45678`."""
_PARAGRAPH_BREAK: Final = re.compile(r"\n{2,}")
_FRACTION: Final = re.compile(r"\.\d+(?=Z$)")

_UNSURE: Final = {
    PlacementKind.LOST: "no longer found in the text",
}


def write_markdown(
    notebook: Notebook,
    *,
    article_id: str,
    exported: datetime,
    plain: bool = False,
    only: Collection[str] = (),
) -> str:
    """The annotations of an article, in reading order, under the headings they stand under.

    A CommonMark parser gives each quote back as one block quote whose text is the passage, but for blank lines:
    several come back as one, and none at the ends.

    Args:
        notebook: The annotations.
        article_id: What the library calls the article.
        exported: Now.
        plain: Whether to leave out what is there for programs: comments and ids.
        only: The ids of those that are wanted; none for all. The front matter then says how many of how many it is.
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
        "source": _field(printable_line(article.source)),
        "article": _field(printable_line(article_id)),
        "exported": at,
        **({"annotations": part} if part else {}),
        "pactreader": str(VERSION),
    }
    if plain:
        del fields["article"], fields["pactreader"]
    return "\n".join(["---", *(f"{key}: {value}" for key, value in fields.items()), "---"])


def _field(value: str) -> str:
    """A value as YAML: quoted where it would be read as something else."""
    return value if _PLAIN_FIELD.fullmatch(value) else json.dumps(value, ensure_ascii=False)


class _Headings:
    """The headings of an article, each written once, when something under it is."""

    def __init__(self, article: Article) -> None:
        self._article = article
        tops = (block for block in article.blocks if block.kind is BlockKind.HEADING and block.level == 1)
        self._deeper = int(any(not self._is_title(block) for block in tops))
        """Added to every level where the article's title is not its only heading of level 1."""
        self._standing: list[Block] = []

    def above(self, offset: int) -> Iterator[str]:
        """The headings to write before what stands at an offset."""
        over = [block for block in self._article.headings_above(offset) if not self._is_title(block)]
        for index, block in enumerate(over):
            if block not in self._standing[index : index + 1]:
                yield f"{'#' * self._level(block)} {_escaped_line(printable_line(self._article.block_text(block)))}"
        self._standing = over

    @property
    def level(self) -> int:
        """The level of the last heading written, of which the first is the title's."""
        return self._level(self._standing[-1]) if self._standing else 1

    def _level(self, block: Block) -> int:
        return min(6, block.level + self._deeper)

    def _is_title(self, block: Block) -> bool:
        return block.level == 1 and printable_line(self._article.block_text(block)) == self._article.title


def _annotation(
    annotation: Annotation, notebook: Notebook, placement: Placement | None, *, under: int, plain: bool
) -> Iterator[str]:
    """The blocks of one annotation, which stands under a heading of a level."""
    key = _attribute(annotation.id)
    if not plain:
        yield _opening(annotation, key)
    if annotation.anchor and (passage := printable(annotation.anchor.exact)).strip("\n"):
        yield _block_quote(
            _fenced(passage) if _is_code(notebook.article, placement) else _escaped_lines(passage)
        )
    if note := printable(annotation.note).rstrip().lstrip("\n"):
        yield headed_below(escape_note(note), under)
    if annotation.tags:
        yield "Tags: " + " ".join(map(_tag, annotation.tags))
    attribution = " · ".join(_attribution(annotation, notebook, placement))
    yield f"— {attribution}" if plain else f"— {attribution} ^{key}"


def _opening(annotation: Annotation, key: str) -> str:
    """The comment before an annotation. A note on the whole article may have no label."""
    fields = {
        "id": key,
        "label": _attribute(annotation.label),
        "created": _attribute(_FRACTION.sub("", annotation.created)),
        "modified": _attribute(_FRACTION.sub("", annotation.modified)),
    }
    kind = "highlight" if annotation.anchor else "note"
    return (
        f"<!-- pactreader:{kind} {' '.join(f'{name}={value}' for name, value in fields.items() if value)} -->"
    )


def _attribute(value: str) -> str:
    """An id, label or time that cannot end the comment or the paragraph it stands in."""
    return quote(value, safe=":+", errors="replace")


def _attribution(annotation: Annotation, notebook: Notebook, placement: Placement | None) -> Iterator[str]:
    if annotation.label:
        yield _escaped_line(printable_line(notebook.labels.name(annotation.label)))
    if placement is None:
        yield "On the whole article"
    else:
        yield f"¶ {notebook.article.paragraph_number(placement.start)}"
        if placement.kind in _UNSURE:
            yield _UNSURE[placement.kind]


def _tag(tag: str) -> str:
    """A tag as one word. What Markdown would read in it is escaped, and white space a reference."""
    return "#" + re.sub(r"\s", lambda match: _reference(match[0]), _escaped(printable(tag)))


def _is_code(article: Article, placement: Placement | None) -> bool:
    """Whether a passage is still where it was, in one block of code, so that it may be quoted as code."""
    if placement is None or placement.kind not in {PlacementKind.EXACT, PlacementKind.MOVED}:
        return False
    block = article.block_at(placement.start)
    return block.kind is BlockKind.CODE and placement.end <= block.end


def _block_quote(lines: Iterable[str]) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in lines)


def _fenced(code: str) -> list[str]:
    """The lines of a code block that nothing in the code can close."""
    longest = max((len(run) for run in re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return [fence, *code.split("\n"), fence]


def _escaped_lines(passage: str) -> Iterable[str]:
    """The lines of a passage: paragraphs parted by empty lines, their inner line ends by a backslash."""
    for index, paragraph in enumerate(_PARAGRAPH_BREAK.split(passage.strip("\n"))):
        if index:
            yield ""
        *lines, last = map(_escaped_line, paragraph.split("\n"))
        yield from (f"{line}\\" for line in lines)
        yield last


def _escaped_line(line: str) -> str:
    """One line that CommonMark reads as text, to the last space."""
    body = line.strip()
    start = len(line) - len(line.lstrip())
    before, after = line[:start], line[start + len(body) :]
    escaped = _escaped(body)
    if marker := _AT_LINE_START.match(escaped):
        at = marker.end() - 1
        escaped = f"{escaped[:at]}\\{escaped[at:]}"
    return "".join(map(_reference, before)) + escaped + "".join(map(_reference, after))


def _escaped(text: str) -> str:
    return _ANYWHERE.sub(lambda match: "".join(f"\\{character}" for character in match[0]), text)


def _reference(character: str) -> str:
    """White space that Markdown would trim, as a numeric reference."""
    return f"&#{ord(character)};"
