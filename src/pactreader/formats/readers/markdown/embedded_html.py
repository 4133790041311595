"""HTML blocks inside Markdown: which of them belong together, with the Markdown between them."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from pactreader.formats.readers.html.elements import VOID
from pactreader.formats.readers.html.markup import EMBEDDED, MARK, clean, tags_in, without_comments

if TYPE_CHECKING:
    from markdown_it.token import Token

_PARAGRAPH: Final = frozenset({"paragraph_open", "inline", "paragraph_close"})


class _Container:
    """The HTML elements that are open in a quotation, list item or the whole text."""

    def __init__(self) -> None:
        self._elements: list[tuple[str, int]] = []
        self._names: Counter[str] = Counter()

    def open(self, name: str, index: int) -> None:
        self._elements.append((name, index))
        self._names[name] += 1

    def close(self, name: str) -> int | None:
        """Close the innermost element of this name, and return the token that it began in; `None` if there is none."""
        if not self._names[name]:
            return None
        while True:
            opened, index = self._elements.pop()
            self._names[opened] -= 1
            if opened == name:
                return index


def html_ends(tokens: "Sequence[Token]") -> dict[int, int]:
    """Return the last tokens of HTML whose elements end in another HTML block than they begin in, by its first ones.

    `<details>`, then paragraphs of Markdown, then `</details>` are one such HTML.
    """
    ends: dict[int, int] = {}
    containers = [_Container()]
    for index, token in enumerate(tokens):
        if token.nesting == 1:
            containers.append(_Container())
        elif token.nesting == -1:
            containers.pop()
        elif token.type == "html_block":
            for tag in tags_in(without_comments(token.content)):
                if tag.name in VOID:
                    continue
                if not tag.is_end:
                    containers[-1].open(tag.name, index)
                elif (start := containers[-1].close(tag.name)) is not None and start != index:
                    ends[start] = index
    return ends


class HtmlFragment:
    """HTML blocks that belong together, with elements in place of the Markdown between them."""

    def __init__(self, tokens: "Sequence[Token]", start: int, ends: dict[int, int]) -> None:
        """Create a fragment from the HTML block at an index, and those that belong to it.

        Args:
            tokens: All tokens of the text.
            start: The index of the first block.
            ends: What `html_ends` returns.
        """
        self.markdown: list[range] = []
        """The indices of the tokens of Markdown, by the number of its element."""
        self.end = start
        """The index of the last HTML block."""
        parts: list[tuple[int, str]] = []
        index = start
        while index <= self.end:
            if tokens[index].type == "html_block":
                self.end = max(self.end, ends.get(index, index))
                parts.append((_line(tokens[index]), tokens[index].content))
                index += 1
                continue
            first, depth = index, 0
            while depth or tokens[index].type != "html_block":
                depth += tokens[index].nesting
                index += 1
            run = range(first, index)
            parts.append((_line(tokens[first]), f"{MARK}{len(self.markdown)}{MARK}"))
            self.markdown.append(run)
        self.markup = _with_elements(clean(_joined(parts)), self._elements(tokens))

    def _elements(self, tokens: "Sequence[Token]") -> list[str]:
        """Return the elements in place of Markdown. Those of more than paragraphs say that they have blocks."""
        return [
            f"<{EMBEDDED} n={number}{'' if all(tokens[i].type in _PARAGRAPH for i in run) else ' blocks'}></{EMBEDDED}>"
            for number, run in enumerate(self.markdown)
        ]


def _joined(parts: list[tuple[int, str]]) -> str:
    """Join blocks, so that each stands as many lines behind the first as in the file."""
    written: list[str] = []
    here = parts[0][0]
    for line, content in parts:
        padding = "\n" * max(0, line - here)
        written += (padding, content)
        here += len(padding) + content.count("\n")
    return "".join(written)


def _with_elements(markup: str, elements: list[str]) -> str:
    """Return markup with elements in place of their marks."""
    return re.sub(f"{MARK}([0-9]+){MARK}", lambda mark: elements[int(mark[1])], markup)


def _line(token: "Token") -> int:
    return token.map[0] if token.map else 0
