"""The walker that turns a tree of HTML into blocks."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from pactreader.core.article import BlockKind, Piece, SpanKind
from pactreader.core.printable_text import printable, printable_line, without_direction_marks
from pactreader.formats.readers.block_nesting import BlockNesting
from pactreader.formats.readers.html.code_text import code_lines
from pactreader.formats.readers.html.elements import (
    BLOCKS,
    HEADINGS,
    NOTE,
    anchors_of,
    begin_inline,
    end_inline,
    is_hidden,
    task_box,
)
from pactreader.formats.readers.html.markup import EMBEDDED
from pactreader.formats.readers.html.normalization.constructs import normalize
from pactreader.formats.readers.html.table_rows import MAX_SPAN, TableRows
from pactreader.formats.readers.html.tables import data_tables
from pactreader.formats.readers.inline_text import InlineBuilder, InlineText
from pactreader.formats.readers.list_markers import bullet

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLANKS: Final = re.compile(r"[ \t\r\f]{2,}|[\t\r\f]")
_LISTS: Final = frozenset({"ul", "ol", "menu", "dir"})
_ROWS: Final = frozenset({"tr", "thead", "tbody", "tfoot"})
"""Elements that begin and end a row of a table, as some have cells without a row."""
_PREFORMATTED: Final = frozenset({"pre", "listing", "xmp", "plaintext"})
_MAX_KNOWN_LINE: Final = 65_535
"""The last line that libxml2 counts."""

Embedded = Callable[[int], Iterable[Piece]]
"""A function that returns the blocks in another format with a number."""


def _nothing(_number: int) -> Iterable[Piece]:
    return ()


def _undo_nothing() -> None:
    pass


class HtmlWalker:
    """A walker over a tree, which yields its blocks.

    It keeps no stack of calls, so that the depth of a tree does not matter.
    """

    def __init__(
        self,
        nesting: BlockNesting | None = None,
        *,
        base: str = "",
        address: str = "",
        first_line: int = 0,
        embedded: Embedded = _nothing,
    ) -> None:
        """Create a walker.

        Args:
            nesting: The lists and quotations around the tree.
            base: The address that links are relative to; empty to leave them as they are.
            address: The page's own address, links to parts of which stay in the page; empty if it has none.
            first_line: The line of the file that the tree's markup begins on; 0 if that is not known.
            embedded: The blocks in place of `EMBEDDED`.
        """
        self._nesting = nesting or BlockNesting()
        self._base = base
        self._address = address or base
        self._first_line = first_line
        self._embedded = embedded
        self._text = InlineBuilder()
        self._cell: InlineBuilder | None = None
        """The cell of a table that is read as rows; `None` outside of cells."""
        self._in_table = False
        """True if the present block is in a table that is read as rows."""
        self._rows = TableRows()
        self._data_tables: set[_Element] = set()
        self._closers: list[Callable[[], None]] = []
        """The changes that the end of each open block undoes."""

    def walk(self, root: "_Element") -> Iterator[Piece]:
        """Yield the blocks of a tree, which is normalized for that."""
        elements = list(root.iter("*"))  # held, as lxml takes longer to free an element the deeper it is
        normalize(root, address=self._address)
        yield from self.walk_normalized(root)
        del elements

    def walk_normalized(self, root: "_Element") -> Iterator[Piece]:
        """Yield the blocks of a tree that is normalized."""
        from lxml import etree

        self._data_tables = data_tables(root)
        self._text.line = self._first_line
        walk = etree.iterwalk(root, events=("start", "end"))
        hidden: _Element | None = None
        for event, element in walk:
            name = str(element.tag).lower()
            if event == "start":
                if self._first_line:
                    self._find_line(element)
                attributes = {key.lower(): value for key, value in element.items()}
                is_skipped = is_hidden(name, attributes)
                if not is_skipped:
                    yield from self._start(element, name, attributes)
                if attributes:
                    self._nesting.anchors += anchors_of(name, attributes)
                if is_skipped or name in _PREFORMATTED:
                    hidden = element
                    walk.skip_subtree()
                    if not is_skipped:
                        yield from self._code(element)
                else:
                    self._add(element.text)
            else:
                if element is hidden:
                    hidden = None
                else:
                    yield from self._end(element, name)
                if element is not root:
                    self._add(element.tail)
        yield from self._flush()

    @property
    def _builder(self) -> InlineBuilder:
        return self._text if self._cell is None else self._cell

    def _find_line(self, element: "_Element") -> None:
        line = element.sourceline
        if line and line < _MAX_KNOWN_LINE:
            self._text.line = self._first_line + line - 1

    def _start(self, element: "_Element", name: str, attributes: dict[str, str]) -> Iterator[Piece]:
        builder = self._builder
        builder.line = self._text.line
        if name == EMBEDDED:
            yield from self._embed(attributes)
        elif name == "hr":
            yield from self._flush()
            yield self._nesting.rule(self._text.line)
        elif name in _PREFORMATTED or (
            name == "br" and builder.ends_line and self._cell is None and not self._nesting.heading
        ):
            yield from self._flush()
        elif name == "br" and self._nesting.heading:
            builder.space()
        elif name == "input" and builder.is_empty and self._nesting.mark_task(task_box(attributes)):
            pass
        elif name not in BLOCKS:
            begin_inline(builder, name, attributes, base=self._base)
        elif self._cell is not None:
            self._cell.space()
            if name == "li":
                self._cell.add(f"{bullet(1)} ")
            self._closers.append(self._cell.space)
        else:
            yield from self._flush()
            self._closers.append(self._begin_block(element, name, attributes))

    def _end(self, element: "_Element", name: str) -> Iterator[Piece]:
        if name in {EMBEDDED, "hr"}:
            return
        if name not in BLOCKS:
            end_inline(self._builder, name)
            return
        closer = self._closers.pop()
        if self._cell is None:
            yield from self._flush()
        closer()
        if element in self._data_tables:
            self._in_table = False
            self._rows.end_row()
            table = self._rows.finish()
            if table.text.strip():
                yield self._nesting.piece(table, BlockKind.TABLE)

    def _begin_block(self, element: "_Element", name: str, attributes: dict[str, str]) -> Callable[[], None]:
        """Begin a block, and return what its end undoes."""
        if element in self._data_tables:
            self._in_table = True
        elif name in {"dt", "summary"}:
            self._text.open(name, SpanKind.STRONG)
            return lambda: self._text.close(name)
        elif self._in_table and name in {"td", "th"}:
            return self._begin_cell(attributes)
        elif self._in_table and name in _ROWS:
            self._rows.end_row()
            return self._rows.end_row
        else:
            return self._begin_nesting(element, name, attributes)
        return _undo_nothing

    def _begin_nesting(
        self, element: "_Element", name: str, attributes: dict[str, str]
    ) -> Callable[[], None]:
        """Begin a heading, a quotation, a list or an item of one."""
        nesting = self._nesting
        if name in HEADINGS:
            outer, nesting.heading = nesting.heading, HEADINGS[name]
            return lambda: setattr(nesting, "heading", outer)
        if name == "blockquote":
            nesting.quoted += 1
            return lambda: setattr(nesting, "quoted", nesting.quoted - 1)
        if name == "li":
            return self._open_item(attributes)
        if name in _LISTS:
            self._open_list(element, name, attributes)
        elif name == "dd":
            label = printable_line(attributes.get(NOTE, ""))
            nesting.open_note(f"[{label}]" if label else "")
        else:
            return _undo_nothing
        return nesting.close_list

    def _open_list(self, element: "_Element", name: str, attributes: dict[str, str]) -> None:
        count = sum(child.tag == "li" for child in element) if "reversed" in attributes else 1
        start = _integer(attributes.get("start", ""), count)
        step = -1 if "reversed" in attributes else 1
        style = attributes.get("type", "1")
        self._nesting.open_list(ordered=name == "ol", start=start, step=step, style=style)

    def _open_item(self, attributes: dict[str, str]) -> Callable[[], None]:
        nesting = self._nesting
        alone = not nesting.in_list
        if alone:
            nesting.open_list()
        if (number := attributes.get("value")) is not None:
            nesting.renumber(_integer(number, 1))
        nesting.open_item()
        return nesting.close_list if alone else _undo_nothing

    def _begin_cell(self, attributes: dict[str, str]) -> Callable[[], None]:
        self._cell = InlineBuilder(line_end=" ")
        columns, rows = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
        return lambda: self._end_cell(columns, rows)

    def _end_cell(self, columns: int, rows: int) -> None:
        if self._cell is not None:
            self._rows.add(self._cell.finish(), columns, rows)
            self._cell = None

    def _embed(self, attributes: dict[str, str]) -> Iterator[Piece]:
        """Yield embedded blocks, or put their text into the present cell."""
        number = _integer(attributes.get("n", ""), -1)
        if self._cell is None:
            yield from self._flush()
            yield from self._embedded(number)
            return
        for piece in self._embedded(number):
            self._cell.space()
            self._cell.line = piece.lines[0][1] if piece.lines else self._cell.line
            self._cell.add_inline(InlineText(piece.text.replace("\n", " ").replace("\t", " "), piece.spans))
            self._cell.space()

    def _code(self, element: "_Element") -> Iterator[Piece]:
        """Yield a block of code, or put it into the present cell."""
        lines = code_lines(element)
        shown = [line.text for line in lines]
        while shown and not shown[-1]:
            shown.pop()
        first = next((index for index, text in enumerate(shown) if text), 0)
        text = "\n".join(shown[first:])
        if self._cell is not None:
            self._cell.open("pre", SpanKind.CODE)
            self._cell.add(" ".join(text.split()))
            self._cell.close("pre")
            return
        numbers: list[tuple[int, int]] = []
        if self._first_line and (element.sourceline or 0) < _MAX_KNOWN_LINE:
            start = 0
            for line in lines[first : len(shown)]:
                numbers.append((start, self._first_line + line.source_line - 1))
                start += len(line.text) + 1
        if text:
            yield self._nesting.piece(InlineText(text, (), numbers), BlockKind.CODE)

    def _flush(self) -> Iterator[Piece]:
        """Yield the block whose text has been read."""
        inline = self._text.finish()
        if inline.text:
            yield self._nesting.piece(inline)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        builder = self._builder
        if not self._text.line and text.isascii() and text.isprintable():
            _add_words(builder, _BLANKS.sub(" ", text))
            return
        for index, written in enumerate(without_direction_marks(text).split("\n")):
            line = printable(written).replace("\n", " ").replace("\ufeff", "")
            if index:
                builder.soft_break()
                if self._text.line:
                    self._text.line += 1
            builder.line = self._text.line
            if line:
                _add_words(builder, _BLANKS.sub(" ", line))


def _add_words(builder: InlineBuilder, line: str) -> None:
    words = line.strip(" ")
    if line[0] == " ":
        builder.space()
    if words:
        builder.add_raw(words)
        if line[-1] == " ":
            builder.space()


def _span(written: str | None) -> int:
    """Return the number of columns or rows that a cell reaches over."""
    return max(1, min(_integer(written, 1), MAX_SPAN)) if written else 1


def _integer(written: str, default: int) -> int:
    """Return the number in an attribute, at most nine digits long as in Markdown."""
    return int(written) if re.fullmatch(r"\s*-?[0-9]{1,9}\s*", written) else default
