"""Formulas as their authors wrote them in TeX, as code between dollar signs or as blocks of code."""

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from pactreader.formats.readers.html.normalization.mathml import tex_of
from pactreader.formats.readers.html.tree_editing import (
    MAX_ANCESTORS,
    class_of,
    drop,
    enclosing,
    fill,
    short_text_of,
    text_of,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_DISPLAY: Final = 6
"""The number of elements around a formula of which one may say that it is displayed."""
_MAX_FORMULA: Final = 20_000
"""The greatest length of a formula in code points."""
_RENDERED: Final = re.compile(
    r"(?<![\w-])(?:mathjax(?:_preview|_display|_svg(?:_display)?|_chtml|_mathml)?|mjx-chtml|katex-html"
    r"|mwe-math-fallback-image-(?:inline|display)|mathjax_ref)(?![\w-])"
)
"""The classes of what programs draw for a formula that stands beside it in another form."""
_DRAWN: Final = re.compile(r"(?<![\w-])(?:latex|tex|math|mwe-math-fallback-image-\w+)(?![\w-])")
_DRAWING_SERVICE: Final = re.compile(
    r"latex\.codecogs|/latex\.php|cht=tx|/math/render|mathtex|/equation\?tex="
)
_WRITTEN: Final = re.compile(r"(?<![\w-])(?:math|arithmatex|tex|tex-math|math-tex|nolatexmathjax)(?![\w-])")
"""The classes of elements in which a formula stands between the signs of TeX."""
_SIGNS: Final = (("\\(", "\\)"), ("\\[", "\\]"), ("$$", "$$"), ("$", "$"))
_ATTRIBUTES: Final = ("data-tex", "data-latex", "data-expr", "data-math", "data-katex", "data-formula")
_DISPLAY: Final = re.compile(
    r"(?<![\w-])(?:katex-display|mathjax_display|mathjax_svg_display|mjxc-display|math-display"
    r"|mwe-math-mathml-display|mwe-math-fallback-image-display)(?![\w-])|(?<![\w-])display(?![\w-])"
)
_WRAPPED: Final = re.compile(r"\{\\(?:displaystyle|textstyle)\s(?P<tex>.*)\}", re.DOTALL)
"""A formula as Wikipedia writes it around the author's."""
_EQUATIONS: Final = re.compile(r"(?<![\w-])ltx_eqn_table(?![\w-])")
_NUMBER: Final = re.compile(r"\(([\w.]{1,12})\)")
_IN_TEXT: Final = frozenset({"td", "th", "caption", "a", "button", "summary", "dt"}) | {
    f"h{level}" for level in range(1, 7)
}
"""Elements in which no formula is a block."""


def normalize_formulas(root: "_Element") -> None:
    """Write formulas as `<code>$x$</code>`, or `pre` if they are displayed, in place of what is drawn for them."""
    for element in list(root.iter("script")):
        if (element.get("type") or "").lower().startswith("math/tex"):
            is_display = "mode=display" in (element.get("type") or "").replace(" ", "")
            _drop_drawings(element)
            _write(element, element.text or "", is_display=is_display)
    for table in list(root.iter("table")):
        if _EQUATIONS.search(class_of(table)):
            _write_equations(table)
    for element in list(root.iter("math", "mjx-container", "img", "span", "div", "tex-math")):
        if element.getparent() is None or (not element.attrib and element.tag in {"span", "div"}):
            continue
        _normalize(element)


def _normalize(element: "_Element") -> None:
    match element.tag:
        case "math":
            if enclosing(element, "math", "template") is None:
                holder = _holder(element)
                _write(holder, tex_of(element), is_display=_is_display(element))
        case "mjx-container":
            inner = next(element.iter("math"), None)
            tex = element.get("data-latex") or ("" if inner is None else tex_of(inner))
            _write(element, tex or element.get("aria-label") or "", is_display=_is_display(element))
        case "img":
            source = element.get("src") or ""
            drawn = _DRAWN.search(class_of(element)) or _DRAWING_SERVICE.search(source)
            written = element.get("alt") or ""
            if drawn and written.strip() and enclosing(element, "template") is None:
                _write(element, _without_signs(written)[0], is_display=_is_display(element))
        case "tex-math":
            _write(element, _without_signs(text_of(element))[0], is_display=False)
        case _:
            _normalize_written(element)


def _normalize_written(element: "_Element") -> None:
    """Write the formula of an element that has it in an attribute, or as text between signs."""
    for name in _ATTRIBUTES:
        if written := element.get(name):
            _write(element, _without_signs(written)[0], is_display=_is_display(element))
            return
    if (
        not _WRITTEN.search(class_of(element))
        or next(element.iter("math", "script", "code", "pre"), None) is not None
    ):
        return
    if not (element.text or "").lstrip().startswith(("\\", "$")):
        return
    tex, sign = _without_signs(short_text_of(element, _MAX_FORMULA) or "")
    if sign:
        _write(element, tex, is_display=sign in {"\\[", "$$"} or _is_display(element))


def _holder(formula: "_Element") -> "_Element":
    """Return the outermost element around MathML that has nothing but it, in several forms."""
    found = formula
    for ancestor in islice(formula.iterancestors(), MAX_ANCESTORS):
        names = class_of(ancestor)
        is_of_program = ancestor.tag in {"mjx-container", "mjx-assistive-mml"}
        if not (
            is_of_program or (ancestor.tag == "span" and re.search(r"katex|mathjax|mjx|mwe-math", names))
        ):
            break
        found = ancestor
    return found


def _is_display(element: "_Element") -> bool:
    """Return whether a formula stands on a line of its own."""
    if element.get("display") in {"block", "true"} or element.get("mode") == "display":
        return True
    if _DISPLAY.search(class_of(element)):
        return True
    for ancestor in islice(element.iterancestors(), _MAX_DISPLAY):
        if _DISPLAY.search(class_of(ancestor)) or ancestor.get("display") == "true":
            return True
        if ancestor.tag == "div":
            return False
    return False


def _write(element: "_Element", tex: str, *, is_display: bool) -> None:
    """Put a formula in the place of an element."""
    tex = tex.strip().removeprefix("%").strip() if len(tex) <= _MAX_FORMULA else ""
    if wrapped := _WRAPPED.fullmatch(tex):
        tex = wrapped["tex"].strip()
    if not tex:
        return
    if is_display and enclosing(element, *_IN_TEXT) is None:
        fill(element, "pre", tex)
    else:
        fill(element, "code", f"${' '.join(tex.split())}$")


def _write_equations(table: "_Element") -> None:
    """Write each row of LaTeXML's tables of equations as a block, with its number as TeX has it."""
    for row in table.iter("tr"):
        formulas = [tex_of(math) for math in row.iter("math")]
        numbers = (
            _NUMBER.fullmatch(text_of(cell)) for cell in row.iter("td") if cell.find(".//math") is None
        )
        number = next((f" \\tag{{{found[1]}}}" for found in numbers if found), "")
        if formulas:
            fill(row, "pre", " ".join(formulas) + number)
    for part in list(table.iter("table", "tbody", "tr", "td")):
        part.tag = "div"


def _drop_drawings(script: "_Element") -> None:
    """Drop what MathJax 2 drew for the formula in a script, which stands before it."""
    previous = script.getprevious()
    while previous is not None and _RENDERED.search(class_of(previous)) and not (previous.tail or "").strip():
        drop(previous)
        previous = previous.getprevious()


def _without_signs(written: str) -> tuple[str, str]:
    """Return a formula without TeX's signs around it, and the first sign; empty if it has none."""
    written = written.strip()
    for opening, closing in _SIGNS:
        if (
            written.startswith(opening)
            and written.endswith(closing)
            and len(written) > len(opening + closing)
        ):
            return written[len(opening) : -len(closing)].strip(), opening
    return written, ""
