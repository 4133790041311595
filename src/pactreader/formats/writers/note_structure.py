"""The structure of a note in Markdown: its blocks, its code, and its line breaks.

It is that of CommonMark with what Obsidian, GitHub and pandoc have in common besides: tables, footnotes, formulas and
definition lists.
"""

from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterator, MutableMapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final

from pactreader.core.lazy_patterns import lazy_pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_VERBATIM: Final = frozenset({"fence", "code_block", "html_block", "math_block", "math_block_label"})
"""The types of tokens whose lines are not parsed further."""
_CODE: Final = frozenset({"fence", "code_block"})
_BACKTICKS: Final = lazy_pattern(r"(?<!\\)`+|(?<=\\)`(`+)")
"""A run of backticks, of which an escaped one is not the first."""
_SOFT_BREAK: Final = lazy_pattern(r"((?<!  )(?<!\\))?\n")
"""A line break, with an empty group if it is neither after two spaces nor after a backslash."""
_MAY_HAVE_LINES: Final = lazy_pattern(r"[`<\[$\\]")
"""The first character of inline content that may go on over a line break, or of an escaped backslash."""
_BREAKS: Final = "soft_breaks"
_CONTENT: Final = "content"


class NoteStructure:
    """The structure of one note."""

    def __init__(self, note: str) -> None:
        """Parse the blocks of a note, which must be printable."""
        self.lines = note.split("\n")
        """The lines of the note."""
        self._environment: dict[str, Any] = {}
        self.tokens: list[Token] = []
        """The tokens of the note's blocks, with unparsed inline content."""
        _parser().block.parse(note, _parser(), self._environment, self.tokens)

    @property
    def link_labels(self) -> frozenset[str]:
        """The normalised labels of link definitions."""
        return frozenset(self._environment.get("references", ()))

    @property
    def footnote_labels(self) -> frozenset[str]:
        """The labels of footnotes."""
        return frozenset(
            label.removeprefix(":") for label in self._environment.get("footnotes", {}).get("refs", ())
        )

    @cached_property
    def verbatim_lines(self) -> frozenset[int]:
        """The indices of lines in code blocks, HTML blocks and formulas."""
        return frozenset(self._lines_of(_VERBATIM))

    @cached_property
    def _code_lines(self) -> frozenset[int]:
        return frozenset(self._lines_of(_CODE))

    @cached_property
    def _starts(self) -> list[int]:
        """The offset of each line."""
        starts = [0]
        for line in self.lines:
            starts.append(starts[-1] + len(line) + 1)
        return starts[:-1]

    @cached_property
    def _code_spans(self) -> list[tuple[int, int]]:
        """The offsets of inline code in ascending order."""
        return [
            (start + self._starts[first], end + self._starts[first])
            for first, text in self.paragraphs()
            for start, end in code_spans(text)
        ]

    def is_code(self, offset: int) -> bool:
        """Return whether an offset in the note is in a code block or in inline code."""
        if bisect_right(self._starts, offset) - 1 in self._code_lines:
            return True
        index = bisect_right(self._code_spans, offset, key=lambda span: span[0]) - 1
        return index >= 0 and offset < self._code_spans[index][1]

    def paragraphs(self) -> Iterator[tuple[int, str]]:
        """Yield the runs of lines that are neither blank nor verbatim, each with the index of its first line."""
        run: list[str] = []
        for index, line in enumerate((*self.lines, "")):
            if line.strip() and index not in self.verbatim_lines:
                run.append(line)
            elif run:
                yield index - len(run), "\n".join(run)
                run = []

    def soft_breaks(self) -> Iterator[int]:
        """Yield the indices of the lines of paragraphs that end with a soft break."""
        for before, token in zip(self.tokens, self.tokens[1:], strict=False):
            if before.type != "paragraph_open" or "\n" not in token.content or token.map is None:
                continue
            breaks = (
                self._breaks_beside_code(token.content) if _MAY_HAVE_LINES.search(token.content) else None
            )
            for index, found in enumerate(_SOFT_BREAK.finditer(token.content)):
                if found.end() - 1 in breaks if breaks is not None else found[1] is not None:
                    yield token.map[0] + index

    def _breaks_beside_code(self, content: str) -> frozenset[int]:
        """Return the offsets of soft breaks in a paragraph, in which code, HTML, links and formulas may have lines too.

        They are soft breaks for parsers that know formulas and for those that do not.
        """
        found: list[set[int]] = []
        for parser in (_parser(), _parser(formulas=False)):
            breaks: set[int] = set()
            environment = self._environment | {_BREAKS: breaks, _CONTENT: content}
            parser.inline.parse(content, parser, environment, [])
            found.append(breaks)
        return frozenset(set.intersection(*found))

    def _lines_of(self, types: frozenset[str]) -> Iterator[int]:
        for token in self.tokens:
            if token.type in types and token.map is not None:
                yield from range(*token.map)


def code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the inline code in a paragraph, in linear time."""
    runs = [
        (found.start(1) if found[1] else found.start(), found.end()) for found in _BACKTICKS.finditer(text)
    ]
    by_length: defaultdict[int, deque[int]] = defaultdict(deque)
    for index, (start, end) in enumerate(runs):
        by_length[end - start].append(index)
    position = 0
    while position < len(runs):
        start, end = runs[position]
        later = by_length[end - start]
        while later and later[0] <= position:
            later.popleft()
        if later:
            position = later[0]
            yield start, runs[position][1]
        position += 1


@cache
def _parser(*, formulas: bool = True) -> "MarkdownIt":
    """Return the parser of notes, with formulas between dollar signs or without."""
    from markdown_it import MarkdownIt  # few notes need it
    from markdown_it.rules_inline.newline import newline
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    def newline_and_note(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        """Parse a line break as markdown-it does, and note its offset if it is a soft one of the paragraph itself."""
        offset = state.pos
        if not newline(state, silent):
            return False
        environment: MutableMapping[str, Any] = state.env
        if not silent and state.tokens[-1].type == "softbreak" and state.src == environment.get(_CONTENT):
            environment[_BREAKS].add(offset)
        return True

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(deflist_plugin)
    if formulas:
        parser.use(dollarmath_plugin, allow_digits=False)
    parser.inline.ruler.at("newline", newline_and_note)
    return parser
