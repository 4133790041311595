"""The markup of a Word document, rewritten so that mammoth reads all that is in it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from pactreader.formats.readers.docx.formulas import M, linear_formula
from pactreader.formats.readers.docx.numbering import NumberCounter
from pactreader.formats.readers.docx.package import R, W
from pactreader.formats.readers.docx.styles import Numbering, Style, depth_of, numbering_values, outline_level

if TYPE_CHECKING:
    from lxml.etree import _Element

NUMBER_PREFIX: Final = "pactreader-number:"
"""The beginning of the bookmark that carries the number of a paragraph through mammoth: `…:3:a`."""
_MAX_DEPTH: Final = 4
"""The greatest depth of lists that mammoth reads, from 0."""
_COMPATIBILITY: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CONTAINERS: Final = tuple(f"{W}{name}" for name in ("fldSimple", "dir", "bdo"))
"""Elements around runs that mammoth leaves out with their text."""
_RENAMED: Final = {"cr": "br", "ptab": "tab", "dstrike": "strike"}
"""Elements that mammoth does not know, with others that mean the same."""
_WITHOUT_MEANING: Final = tuple(
    f"{W}{name}"
    for name in """
    bCs bookmarkEnd color iCs ind jc kern keepLines keepNext lang lastRenderedPageBreak noProof position proofErr
    rFonts spacing sz szCs tabs widowControl w
    """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
)
"""Elements that say how a text looks, or nothing. Each takes mammoth time, and divides what could be one run."""
_NOTES: Final = ("footnote", "endnote", "comment")


class MarkupEditor:
    """An editor of the parts of a document that have text in them."""

    def __init__(
        self, styles: dict[str, Style], numbers: NumberCounter, notes: dict[str, frozenset[str]]
    ) -> None:
        """Create an editor.

        Args:
            styles: The paragraph styles by their ids.
            numbers: The counter of the numbered paragraphs.
            notes: The ids of all footnotes, endnotes and comments, by `footnote`, `endnote` and `comment`.
        """
        self._styles = styles
        self._numbers = numbers
        self._notes = notes

    def edit(self, root: "_Element", relationships: Iterable[str]) -> None:
        """Rewrite the markup of a part in place.

        Args:
            root: The part.
            relationships: The ids of its relationships. References to others are dropped.
        """
        _choose_alternatives(root)
        _write_formulas(root)
        _write_ruby(root)
        _drop_hidden_runs(root)
        _unwrap(root, _CONTAINERS)
        _join_runs(root)
        for name, other in _RENAMED.items():
            for element in root.iter(f"{W}{name}"):
                element.tag = f"{W}{other}"
        _drop_dead_references(root, frozenset(relationships))
        for kind in _NOTES:
            for reference in list(root.iter(f"{W}{kind}Reference")):
                if reference.get(f"{W}id") not in self._notes[kind]:
                    _remove(reference)
        for paragraph in root.iter(f"{W}p"):
            self._edit_paragraph(paragraph)

    def _edit_paragraph(self, paragraph: "_Element") -> None:
        """Give a heading mammoth's style for it, and a numbered paragraph its number."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return
        named = properties.find(f"{W}pStyle")
        style = self._styles.get(named.get(f"{W}val", "") if named is not None else "", Style())
        own = outline_level(paragraph)
        heading = style.heading if own is None else own
        number_id, level = numbering_values(paragraph)
        numbering = style.numbering
        if number_id:
            numbering = Numbering(number_id, depth_of(level))
        elif numbering and level:
            numbering = Numbering(numbering.number_id, depth_of(level))
        number = self._numbers.next(numbering) if numbering and numbering.number_id != "0" else None
        for each in properties.findall(f"{W}numPr"):
            properties.remove(each)
        if heading != style.heading or heading:
            for each in properties.findall(f"{W}pStyle"):
                properties.remove(each)
        if heading:
            _add(properties, "pStyle", val=f"Heading{heading}")
        elif numbering and numbering.number_id != "0":
            listed = _add(properties, "numPr")
            _add(listed, "numId", val=numbering.number_id)
            _add(listed, "ilvl", val=str(min(numbering.level, _MAX_DEPTH)))
            if number:
                name = f"{NUMBER_PREFIX}{number.value}:{number.style}"
                properties.addnext(properties.makeelement(f"{W}bookmarkStart", {f"{W}name": name}))


def _choose_alternatives(root: "_Element") -> None:
    """Put text boxes into the form that mammoth reads, and choose one of each set of alternatives."""
    for alternatives in list(root.iter(f"{_COMPATIBILITY}AlternateContent")):
        choice = alternatives.find(f"{_COMPATIBILITY}Choice")
        fallback = alternatives.find(f"{_COMPATIBILITY}Fallback")
        has_text = choice is not None and next(choice.iter(f"{W}txbxContent"), None) is not None
        chosen = choice if has_text or fallback is None else fallback
        if alternatives.getparent() is None:
            continue
        for child in list(chosen) if chosen is not None else ():
            alternatives.addprevious(child)
        _remove(alternatives)
    for drawing in list(root.iter(f"{W}drawing")):
        boxes = [
            box
            for box in drawing.iter(f"{W}txbxContent")
            if next(box.iterancestors(f"{W}txbxContent", f"{W}drawing")).tag == f"{W}drawing"
        ]
        if boxes:
            drawing.tag = f"{W}pict"
            drawing[:] = boxes


def _write_formulas(root: "_Element") -> None:
    """Replace each formula with a run of its text on one line."""
    for formula in list(root.iter(f"{M}oMath")):
        parent = formula.getparent()
        if parent is not None:
            run = formula.makeelement(f"{W}r")
            _add(run, "t").text = linear_formula(formula)
            run.tail = formula.tail
            parent.replace(formula, run)
    _unwrap(root, (f"{M}oMathPara",))


def _write_ruby(root: "_Element") -> None:
    """Replace words with a gloss above them by the words with the gloss in brackets behind them."""
    for ruby in list(root.iter(f"{W}ruby")):
        base, gloss = (
            "".join(
                text.text or "" for part in ruby.iterchildren(f"{W}{name}") for text in part.iter(f"{W}t")
            )
            for name in ("rubyBase", "rt")
        )
        ruby.tag = f"{W}t"
        ruby[:] = []
        ruby.text = f"{base}({gloss})" if gloss else base


def _drop_hidden_runs(root: "_Element") -> None:
    """Remove runs that Word does not show."""
    for mark in list(root.iter(f"{W}vanish")):
        properties = mark.getparent()
        run = properties.getparent() if properties is not None else None
        if run is not None and run.tag == f"{W}r" and mark.get(f"{W}val") not in {"0", "false"}:
            _remove(run)


def _join_runs(root: "_Element") -> None:
    """Join runs that follow each other and look the same, as Word divides its text at every edit."""
    from lxml import etree

    etree.strip_elements(root, *_WITHOUT_MEANING, with_tail=False)
    last: _Element | None = None
    looks = b""
    for run in list(root.iter(f"{W}r")):
        properties = run.find(f"{W}rPr")
        own_looks = (
            etree.tostring(properties, with_tail=False) if properties is not None and len(properties) else b""
        )
        if last is not None and own_looks == looks and run.getprevious() is last:
            last.extend([child for child in run if child is not properties])
            _remove(run)
        else:
            last, looks = run, own_looks


def _drop_dead_references(root: "_Element", relationships: frozenset[str]) -> None:
    for element in root.iter("*"):
        for key in [f"{R}{name}" for name in ("id", "embed", "link") if f"{R}{name}" in element.attrib]:
            if element.get(key) not in relationships:
                del element.attrib[key]


def _unwrap(root: "_Element", names: tuple[str, ...]) -> None:
    from lxml import etree

    etree.strip_tags(root, *names)


def _add(parent: "_Element", name: str, **values: str) -> "_Element":
    child = parent.makeelement(f"{W}{name}", {f"{W}{key}": value for key, value in values.items()})
    parent.append(child)
    return child


def _remove(element: "_Element") -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
