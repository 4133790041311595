"""Code in a `pre` without captions of the page, whatever a page makes of it: tables, divisions, editors."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from pactreader.formats.readers.html.code_text import is_control, is_gutter, is_number_column
from pactreader.formats.readers.html.tree_editing import class_of, drop, enclosing, short_text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_EDITOR: Final = re.compile(r"(?<![\w-])(?:cm-content|codemirror-code|view-lines|ace_text-layer)(?![\w-])")
"""The classes of the elements in which editors for web pages have their lines."""
_CODE_BLOCK: Final = re.compile(
    r"(?<![\w-])(?:code-?_?block|codehilite|code-snippet|sourcecode|source-code|blob-code)(?![\w-])"
)
_CODE_WRAPPER: Final = re.compile(
    r"code|highlight|snippet|prism|shiki|hljs|terminal|(?<![\w-])language-|(?<![\w-])lang-"
)
"""The classes of elements around a block of code."""
_CODE_CELL: Final = re.compile(r"(?<![a-z0-9])(?:code|blob-code|hljs-ln-code)(?![a-z0-9])")
_CAPTION: Final = re.compile(r"title|file|name|caption|path")
_LABEL: Final = re.compile(
    r"(?<![a-z0-9])(?:lang|language|label|badge|copy|clipboard|toolbar|tooltip|btn|button)(?![a-z0-9])"
)
"""The classes of the words beside code that name its language."""
_MAX_LABEL: Final = 30
_LANGUAGES: Final = frozenset(
    """
    asm assembly astro awk bash bat batch basic c c# c++ clojure cmake cmd console cpp cs csharp css csv cuda
    dart diff docker dockerfile elixir elm env erlang f# fish fortran fsharp go golang gradle graphql groovy
    haskell hcl html http ini java javascript js json json5 jsonc jsx julia kotlin latex less lisp lua makefile
    markdown matlab mdx mermaid nginx nix objective-c ocaml perl php plain plaintext powershell prolog
    protobuf ps1 py python r regex ruby rust sass scala scheme scss sh shell shellscript sql svelte swift
    terminal terraform tex text toml ts tsx txt typescript vb vim vue wasm xml yaml yml zig zsh
    """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
)
"""The names of languages in small letters, as pages write them beside code."""
_CONTROLS: Final = frozenset(
    {
        "copy",
        "copy code",
        "copied",
        "copied!",
        "copy to clipboard",
        "wrap",
        "edit",
        "run",
        "expand",
        "collapse",
        "terminal window",
    }
)
_MAX_ANCESTORS: Final = 3
"""The number of elements around a block of code in which captions are looked for."""
_MAX_CAPTIONS: Final = 6
"""The greatest number of elements beside a block of code that can be its captions."""


def normalize_code(root: "_Element") -> None:
    """Make `pre` of all code that is a block, and drop the numbers of lines and the labels beside it."""
    for table in list(root.iter("table")):
        _normalize_table(table)
    for element in list(root.iter("div", "code", "section", "textarea")):
        if _is_block_of_code(element) and enclosing(element, "pre", "table") is None:
            for inner in element.iter("pre"):
                inner.tag = "div"
            element.tag = "pre"
    for block in list(root.iter("pre")):
        if enclosing(block, "pre") is None:
            _drop_captions(block)


def _normalize_table(table: "_Element") -> None:
    """Take the code out of a table with numbers in one column and code in the other."""
    is_nested = next(islice(table.iter("table"), 1, None), None) is not None
    if is_nested or enclosing(table, "pre") is not None:
        return
    if next(table.iter("pre"), None) is None:
        if _has_code_cells(table):
            for cell in table.iter("td", "th"):
                if not _CODE_CELL.search(class_of(cell)):
                    drop(cell)
            table.tag = "pre"
        return
    rows = (row for row in table.iter("tr") if next(row.iter("pre"), None) is not None)
    gutters = [cell for row in rows if len(row) > 1 for cell in row.iter("td", "th") if _is_numbered(cell)]
    if gutters:
        for cell in gutters:
            drop(cell)
        for part in list(table.iter("table", "tbody", "tr", "td", "th")):
            part.tag = "div"


def _has_code_cells(table: "_Element") -> bool:
    """Return whether a table has a cell of code beside one with the numbers of its lines."""
    row = next(table.iter("tr"), None)
    cells = [] if row is None else [each for each in row if each.tag in {"td", "th"}]
    return len(cells) > 1 and bool(_CODE_CELL.search(class_of(cells[-1]))) and is_gutter(cells[0])


def _is_numbered(cell: "_Element") -> bool:
    """Return whether a cell has nothing but numbers that follow each other, as beside code."""
    if is_gutter(cell):
        return True
    return cell.find(".//pre") is not None and is_number_column(cell)


def _is_block_of_code(element: "_Element") -> bool:
    """Return whether an element that is no `pre` has lines of code."""
    if element.tag != "code":
        names = class_of(element)
        if _EDITOR.search(names):
            return True
        marked = _CODE_BLOCK.search(names) is not None and len(element) == 0
        return marked and "\n" in (element.text or "").strip()
    parent = element.getparent()
    if parent is None or parent.tag not in {"div", "p", "figure", "section", "li", "dd", "body"}:
        return False
    if len(parent) > 1 or (parent.text or "").strip() or (element.tail or "").strip():
        return False
    lines = "".join(element.itertext("*")).strip()
    is_formula = lines.startswith("$")
    return not is_formula and ("\n" in lines or next(element.iter("br"), None) is not None)


def _drop_captions(block: "_Element") -> None:
    """Drop the name of the language and the buttons beside a block of code, but not its title."""
    language = _language_of(block)
    _drop_labels(_labels_in(block), language)
    here = block
    for ancestor in islice(block.iterancestors(), _MAX_ANCESTORS):
        is_wrapper = _CODE_WRAPPER.search(class_of(ancestor)) or ancestor.tag == "figure"
        if not is_wrapper or len(ancestor) > _MAX_CAPTIONS:
            return
        _drop_labels((child for child in ancestor if child is not here), language)
        here = ancestor


def _labels_in(block: "_Element") -> "Iterator[_Element]":
    """Yield the elements in a `pre` that stand beside its one `code`."""
    code = block.find(".//code")
    if code is not None and code is not block:
        parent = code.getparent()
        while parent is not None:
            if len(parent) <= _MAX_CAPTIONS:
                yield from (child for child in parent if child is not code and child.find(".//code") is None)
            if parent is block:
                return
            code, parent = parent, parent.getparent()


def _drop_labels(elements: "Iterator[_Element]", language: str) -> None:
    for element in list(elements):
        if element.tag in {"pre", "code", "table"} or next(element.iter("pre"), None) is not None:
            continue
        words = short_text_of(element, _MAX_LABEL)
        if words is None:
            continue
        names = class_of(element)
        is_label = _LABEL.search(names) and not _CAPTION.search(names)
        parts = {part.strip().lower() for part in element.itertext("*")} - {""}
        if is_control(element) or is_label or parts <= _LANGUAGES | _CONTROLS | {language}:
            drop(element)


def _language_of(block: "_Element") -> str:
    """Return the language of a block of code as its classes have it; empty if they have none."""
    code = block.find(".//code")
    for element in (block, code) if code is not None else (block,):
        if named := element.get("data-lang") or element.get("data-language"):
            return str(named).lower()
        if found := re.search(r"(?<![\w-])lang(?:uage)?-([\w+#-]+)", class_of(element)):
            return found[1]
    return ""
