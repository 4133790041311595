"""The Markdown writer: annotations as Markdown for reading, which programs can parse too.

Each annotation is enclosed in a start marker, a comment with its id and metadata, and an end marker, `^id` at the end
of its last paragraph. With two markers a parser can tell a damaged annotation from a deleted one. Text of articles and
notes is escaped so that it is parsed neither as Markdown that it is not, nor as a marker.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Annotation
from pactreader.core.article import Article, Block, BlockKind
from pactreader.core.byline import byline
from pactreader.core.citations import cite_place
from pactreader.core.labels import Labels
from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.core.notebooks.placed_annotations import PlacedAnnotations
from pactreader.core.printable_text import printable, printable_line
from pactreader.core.quotations import annotation_quotation
from pactreader.formats.writers import ExportedArticle
from pactreader.formats.writers.markdown_escaping import note_markdown

VERSION: Final = 1
"""The version of this format, given in the front matter."""
_END: Final = "<!-- pactreader:end -->"

_SYNTAX: Final = lazy_pattern(
    r"[\\`*\[\]<~^|$#]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # not inside of a word
    r"|&(?=\#?\w+;)"
    r"|==|--|%%|\{(?=[.:=])"
    r"|%(?=[0-9A-Fa-f]{2})|:(?=//)|(?<=www)(?<![A-Za-z0-9]www)\.",  # keeps URLs from being detected or decoded
)
"""Characters that are syntax anywhere in a line for CommonMark, GitHub, Obsidian, Logseq or pandoc."""
_SIGNS: Final = lazy_pattern(r"[\\`*\[\]<~^|$#_&%{]")
"""Those of them that are syntax on their own, found in a tenth of the time."""
_LINE_START_SYNTAX: Final = lazy_pattern(
    r"[-+>=:]"
    r"|\(?(?:\d{1,9}|[A-Za-z]|[IVXLCDMivxlcdm]+|@[\w-]*)[.)](?=\s|$)"  # Roman numerals and examples are pandoc's
)
_UNQUOTED_YAML: Final = lazy_pattern(r"(?=.*[^\d.eE_-])[\w./][\w./ -]*(?<! )")
"""A YAML string that needs no quotation marks, unlike the id `12e45678`, which would be a number."""
_UNQUOTED: Final = lazy_pattern(r"[\w.~:+-]+", re.ASCII)
"""A value without anything that percent-encoding would change, as ids and times are."""
_PARAGRAPH_BREAK: Final = lazy_pattern(r"\n{2,}")
_WHITE_SPACE: Final = lazy_pattern(r"\s")
_PATH_SEPARATOR: Final = lazy_pattern(r"[/\\]")
_FRACTION: Final = lazy_pattern(r"\.\d+(?=Z$)")

_INTACT: Final = frozenset({PlacementKind.EXACT, PlacementKind.MOVED})
"""The placements of passages whose words are those that were marked."""
_PLACEMENT_REMARKS: Final = {
    PlacementKind.CHANGED: "changed, the text now: {text}",
    PlacementKind.DOUBTFUL: "doubtful, perhaps this: {text}",
    PlacementKind.LOST: "no longer found in the text",
}
"""The remarks on a placement in the last line of an annotation; `{text}` is the passage as it is now, quoted."""


def write_markdown(
    placed: PlacedAnnotations,
    *,
    article_id: str,
    exported: datetime,
    plain: bool = False,
    only: Collection[str] = (),
) -> str:
    """Write the annotations of an article in reading order, under the article's headings.

    A CommonMark parser gets each quote as one block quote with the passage as `annotation_quotation` returns it, except
    that several blank lines become one, and those at the ends none.

    Args:
        placed: The annotations.
        article_id: The article's id in the library.
        exported: The time of the export.
        plain: True to leave out markers, ids and directories, which are for programs.
        only: The ids of the annotations to write; empty for all. The front matter has their number if it is not empty.
    """
    front_matter = _front_matter(
        {
            "title": json.dumps(printable_line(placed.article.title), ensure_ascii=False),
            **_source_fields(placed.article, article_id, plain=plain),
            **_metadata_fields(placed.article),
            "exported": _time(exported),
            **({"annotations": f"{len(only)} of {len(placed.annotations)}"} if only else {}),
        },
        plain=plain,
    )
    parts = [front_matter, *_article(placed, only=only, plain=plain)]
    if not plain:
        parts.append(_END)
    return "\n\n".join(parts) + "\n"


def write_markdown_collection(
    articles: Iterable[ExportedArticle], count: int, *, exported: datetime, plain: bool = False
) -> Iterator[str]:
    """Yield the parts of one document with the annotations of several articles, and with one front matter.

    Above each article's title stands a comment with its id and source.

    Args:
        articles: The articles. Each is taken when it is written, so that they need not be in memory all at once.
        count: The number of the articles.
        exported: The time of the export.
        plain: True to leave out markers, ids and directories, which are for programs.
    """
    yield _front_matter({"exported": _time(exported), "articles": str(count)}, plain=plain)
    for placed, article_id in articles:
        title, *annotations = _article(placed, plain=plain)
        blocks = [title, *filter(None, [_byline(placed.article)]), *annotations]
        if not plain:
            fields = {"id": article_id, "source": printable_line(placed.article.source)}
            blocks.insert(0, _marker("article", fields))
        yield "".join([f"\n\n{block}" for block in blocks])
    yield "\n" if plain else f"\n\n{_END}\n"


def _front_matter(fields: Mapping[str, str], *, plain: bool) -> str:
    versioned = fields if plain else {**fields, "pactreader": str(VERSION)}
    return "\n".join(["---", *(f"{key}: {value}" for key, value in versioned.items()), "---"])


def _source_fields(article: Article, article_id: str, *, plain: bool) -> dict[str, str]:
    """Return an article's source and id as YAML; for a plain export only the name of its file."""
    source = printable_line(article.source)
    if plain:
        return {"source": _yaml(_PATH_SEPARATOR.split(source)[-1])}
    return {"source": _yaml(source), "article": _yaml(printable_line(article_id))}


def _metadata_fields(article: Article) -> dict[str, str]:
    """Return an article's author, date, address and keywords as YAML, as far as they are known."""
    texts = {"author": article.author, "published": article.date, "url": article.url}
    fields = {name: _yaml(printable_line(text)) for name, text in texts.items() if text}
    if article.tags:
        fields["tags"] = f"[{', '.join(_yaml(printable_line(tag)) for tag in article.tags)}]"
    return fields


def _byline(article: Article) -> str:
    """Return the line below the title in a collection: author, date and address; empty if none is known."""
    return _escaped_line(
        " · ".join(filter(None, (byline(article.author, article.date, ""), printable_line(article.url))))
    )


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _article(placed: PlacedAnnotations, *, only: Collection[str] = (), plain: bool) -> Iterator[str]:
    """Write the Markdown blocks of an article: its title, and its annotations under its headings."""
    article, labels, annotations = placed
    yield f"# {_escaped_line(printable_line(article.title))}"
    headings = _Headings(article)
    for annotation, placement in annotations:
        if only and annotation.id not in only:
            continue
        if placement:
            yield from headings.above(placement.start)
        yield "\n\n".join(
            _annotation(annotation, placement, article, labels, under=headings.level, plain=plain)
        )


def _yaml(value: str) -> str:
    """Return a value as a YAML string, in quotation marks if it needs them."""
    return value if _UNQUOTED_YAML.fullmatch(value) else json.dumps(value, ensure_ascii=False)


class _Headings:
    """A writer of the article's headings, each once, above the first annotation in its section."""

    def __init__(self, article: Article) -> None:
        self._article = article
        tops = (block for block in article.headings if block.level == 1)
        self._deeper = int(any(not self._is_title(block) for block in tops))
        """The number added to every level: 1 if the article has headings of level 1 besides its title."""
        self._current: list[Block] = []
        """The headings above the last written annotation."""
        self._blocks_below = range(0)
        """The indices of blocks that have these headings above them."""

    def above(self, offset: int) -> Iterator[str]:
        """Write those headings above an offset that are not written yet."""
        index = self._article.block_index(offset)
        if index in self._blocks_below:
            return
        after = self._article.heading_after(index)
        self._blocks_below = range(index, len(self._article.blocks) if after is None else after)
        wanted = [block for block in self._article.headings_above(offset) if not self._is_title(block)]
        for depth, block in enumerate(wanted):
            if block not in self._current[depth : depth + 1]:
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
    annotation: Annotation,
    placement: Placement | None,
    article: Article,
    labels: Labels,
    *,
    under: int,
    plain: bool,
) -> list[str]:
    """Return the Markdown blocks of an annotation below a heading of the level `under`."""
    key = _marker_value(annotation.id)
    blocks = [] if plain else [_start_marker(annotation)]
    quote = printable(annotation_quotation(annotation, article, placement))
    if quote.strip("\n"):
        blocks.append(_quoted(quote, is_code=_is_code(article, placement)))
    if note := printable(annotation.note).rstrip().lstrip("\n"):
        blocks.append(note_markdown(note, key, under=under))
    if annotation.tags:
        blocks.append("Tags: " + " ".join(map(_tag, annotation.tags)))
    attribution = f"— {_attribution(annotation, placement, article, labels)}"
    blocks.append(attribution if plain else f"{attribution} ^{key}")
    return blocks


def _start_marker(annotation: Annotation) -> str:
    """Return the start marker of an annotation. Empty fields, such as a note on the article's label, are left out."""
    created = _FRACTION.sub("", annotation.created)
    is_edited = annotation.modified != annotation.created
    fields = {
        "id": annotation.id,
        "label": annotation.label,
        "author": annotation.author,
        "created": created,
        "modified": _FRACTION.sub("", annotation.modified) if is_edited else created,
    }
    return _marker("highlight" if annotation.anchor else "note", fields)


def _marker(kind: str, fields: Mapping[str, str]) -> str:
    """Return a comment with a kind and fields, of which empty ones are left out."""
    is_plain = _UNQUOTED.fullmatch("".join(fields.values()))
    values = " ".join(
        [f"{name}={value if is_plain else _marker_value(value)}" for name, value in fields.items() if value]
    )
    return f"<!-- pactreader:{kind} {values} -->"


def _marker_value(value: str) -> str:
    """Return an id, label, name or time with percent-encoding, so that it cannot end the marker it is in."""
    return value if _UNQUOTED.fullmatch(value) else quote(value, safe=":+", errors="replace")


def _attribution(
    annotation: Annotation, placement: Placement | None, article: Article, labels: Labels
) -> str:
    """Return the last line of an annotation: its label, where it is, and who wrote it."""
    parts = [_escaped_name(labels.name(annotation.label))] if annotation.label else []
    if annotation.anchor is None:
        parts.append("On the whole article")
    elif placement is None:
        parts.append("the text was not kept")
    else:
        parts.append(_position(article, placement))
        if remark := _PLACEMENT_REMARKS.get(placement.kind):
            now = _escaped_line(printable_line(article.text[placement.start : placement.end]))
            parts.append(remark.format(text=f"“{now}”"))
    if annotation.author and (author := printable_line(annotation.author)):
        parts.append(_escaped_line(author))
    return " · ".join(parts)


@lru_cache(maxsize=256)
def _escaped_name(name: str) -> str:
    """Return the name of a label as text: a hundred thousand highlights have a few labels."""
    return _escaped_line(printable_line(name))


def _position(article: Article, placement: Placement) -> str:
    """Return a passage's place as it is cited, and its line in the file, as far as it has one."""
    start = placement.start
    place = article.places.between(start, placement.end) if article.places.labels else ""
    cited = ", ".join(cite_place(_escaped(place), article.paragraph_number(start)))
    line = None if placement.kind is PlacementKind.LOST else article.source_lines.at(start)
    return f"{cited}, line {line}" if line else cited


def _tag(tag: str) -> str:
    """Return a tag as one word with a `#`, with syntax escaped and white space as character references."""
    return "#" + _WHITE_SPACE.sub(lambda match: _reference(match[0]), _escaped(printable(tag)))


def _is_code(article: Article, placement: Placement | None) -> bool:
    """Return whether the quote is inside one block of code, and can be written as code."""
    if placement is None or placement.kind not in _INTACT:
        return False
    index, blocks = article.block_index(placement.start), article.blocks
    return blocks.kind(index) is BlockKind.CODE and placement.end <= blocks[index].end


def _quoted(quote: str, *, is_code: bool) -> str:
    """Return a quote as a block quote."""
    lines = _fenced(quote) if is_code else _escaped_lines(quote.strip("\n"))
    return "\n".join([f"> {line}" if line else ">" for line in lines])


def _fenced(code: str) -> list[str]:
    """Return the lines of a fenced code block whose fence is longer than any in the code."""
    longest = max((len(run) for run in re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return [fence, *code.split("\n"), fence]


def _escaped_lines(passage: str) -> list[str]:
    """Escape the lines of a passage, with an empty line between paragraphs and a backslash at other line ends."""
    if "\n" not in passage:
        return [_escaped_line(passage)]
    escaped: list[str] = []
    for paragraph in _PARAGRAPH_BREAK.split(passage):
        if escaped:
            escaped.append("")
        *lines, last = map(_escaped_line, paragraph.split("\n"))
        escaped += (f"{line}\\" for line in lines)
        escaped.append(last)
    return escaped


def _escaped_line(line: str) -> str:
    """Escape a line so that CommonMark parses all of it as text, also white space at its ends."""
    body = line.strip()
    escaped = _escaped(body)
    if marker := _LINE_START_SYNTAX.match(escaped):
        at = marker.end() - 1
        escaped = f"{escaped[:at]}\\{escaped[at:]}"
    if len(body) == len(line):
        return escaped
    start = len(line) - len(line.lstrip())
    before, after = line[:start], line[start + len(body) :]
    return "".join(map(_reference, before)) + escaped + "".join(map(_reference, after))


def _escaped(text: str) -> str:
    may_be_syntax = _SIGNS.search(text) or "--" in text or "==" in text or "://" in text or "www." in text
    if not may_be_syntax:
        return text
    return _SYNTAX.sub(lambda match: "".join(f"\\{character}" for character in match[0]), text)


def _reference(character: str) -> str:
    """Return a character as a numeric reference, for white space that Markdown would trim."""
    return f"&#{ord(character)};"
