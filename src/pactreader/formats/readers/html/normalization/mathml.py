"""MathML as TeX."""

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from pactreader.formats.readers.html.tree_editing import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_TEMPLATES: Final = {
    "mfrac": "\\frac{{{0}}}{{{1}}}",
    "msup": "{0}^{{{1}}}",
    "msub": "{0}_{{{1}}}",
    "msubsup": "{0}_{{{1}}}^{{{2}}}",
    "munder": "{0}_{{{1}}}",
    "mover": "{0}^{{{1}}}",
    "munderover": "{0}_{{{1}}}^{{{2}}}",
    "mroot": "\\sqrt[{1}]{{{0}}}",
}
"""TeX for the elements that have a fixed number of parts."""
_PARTS: Final = {name: len(set(re.findall(r"\{([0-9])\}", tex))) for name, tex in _TEMPLATES.items()}
"""The numbers of their parts."""
_TOKENS: Final = frozenset({"mtext", "mi", "mo", "ms"})
_JOINED: Final = {
    "msqrt": ("\\sqrt{", "", "}"),
    "mtable": ("\\begin{matrix}", " \\\\ ", "\\end{matrix}"),
    "mtr": ("", " & ", ""),
    "mlabeledtr": ("", " & ", ""),
    "mspace": (" ", "", ""),
}
"""TeX before, between and behind the parts of an element that has any number of them."""
_SPACED: Final = "=<>≤≥≠≈→⇒∈+−-±×⋅·"
"""Operators with a space at both sides."""
_ACCENTS: Final = {
    "¯": "\\bar",
    "‾": "\\bar",
    "^": "\\hat",
    "ˆ": "\\hat",
    "~": "\\tilde",
    "˜": "\\tilde",
    "˙": "\\dot",
    "¨": "\\ddot",
    "→": "\\vec",
    "⃗": "\\vec",
}
_MAX_ELEMENTS: Final = 2_000
"""The greatest number of elements in a formula that is translated."""
_HIDDEN: Final = frozenset({"annotation", "annotation-xml", "mphantom", "none", "mprescripts"})
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u2061\u2062\u2063\u2064\u200b"))
"""The signs of function application and multiplication that are not shown."""


def tex_of(formula: "_Element") -> str:
    """Return a formula of MathML in TeX: as its author wrote it if the page has that, else translated."""
    for annotation in formula.iter("annotation"):
        if "tex" in (annotation.get("encoding") or "").lower():
            return "".join(annotation.itertext("*")).strip()
    if written := (formula.get("alttext") or "").strip():
        return written
    is_large = next(islice(formula.iter("*"), _MAX_ELEMENTS, None), None) is not None
    return text_of(formula) if is_large else _translate(formula)


def _translate(formula: "_Element") -> str:
    from lxml import etree

    parts: list[list[str]] = [[]]
    walk = etree.iterwalk(formula, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            parts.append([])
            if element.tag in _HIDDEN:
                walk.skip_subtree()
        else:
            children = parts.pop()
            written = "" if element.tag in _HIDDEN else _element(element, children)
            parts[-1].append(written)
    return " ".join("".join(parts[0]).split())


def _element(element: "_Element", children: list[str]) -> str:
    """Return the TeX of an element from that of its children."""
    name = str(element.tag)
    text = " ".join((element.text or "").translate(_INVISIBLE).split())
    parts = [child.strip() for child in children]
    if name == "mover" and len(parts) == 2 and (accent := _ACCENTS.get(parts[1])):
        return f"{accent}{{{parts[0]}}}"
    if name in _TEMPLATES and len(parts) == _PARTS[name]:
        return _TEMPLATES[name].format(*parts)
    if name in _TOKENS:
        return _token(name, text) if not children else text + "".join(children)
    if name == "mfenced":
        return f"{element.get('open', '(')}{', '.join(parts)}{element.get('close', ')')}"
    if name in _JOINED:
        before, separator, behind = _JOINED[name]
        return f"{before}{separator.join(parts)}{behind}"
    return text + "".join(children)


def _token(name: str, text: str) -> str:
    """Return the TeX of a name, a sign or a text."""
    if name == "mtext":
        return f"\\text{{{text}}}" if text else ""
    if name == "mi":
        return f"\\mathrm{{{text}}}" if len(text) > 1 and text.isalpha() else text
    return f" {text} " if text and text in _SPACED else text
