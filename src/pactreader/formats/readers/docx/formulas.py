"""The formulas of a Word document (ECMA-376, part 1, 22.1) on one line."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def linear_formula(formula: "_Element") -> str:
    """Return a formula on one line: `a/b`, `x^2`, `√(x+1)`, `∑_(i=1)^n i`."""
    from lxml import etree

    written: dict[_Element, str] = {}
    for _, element in etree.iterwalk(formula, events=("end",)):
        written[element] = _linear(element, written)
    return " ".join(written[formula].split())


def _linear(element: "_Element", written: "dict[_Element, str]") -> str:
    """Return one element of a formula on one line, from those of its children."""
    name = _name(element)
    parts = {_name(child): written[child] for child in element}
    bases = [written[child] for child in element if _name(child) == "e"]
    base = bases[-1] if bases else ""
    scripts = "".join(
        f"{sign}{_grouped(parts[key])}" for key, sign in (("sub", "_"), ("sup", "^")) if parts.get(key)
    )
    match name:
        case "t":
            line = element.text or ""
        case "f":
            line = f"{_grouped(parts.get('num', ''))}/{_grouped(parts.get('den', ''))}"
        case "rad":
            line = f"{parts.get('deg', '')}√{_grouped(base)}"
        case "d":
            opening, closing = _sign(element, "begChr", "("), _sign(element, "endChr", ")")
            line = opening + _sign(element, "sepChr", "|").join(bases) + closing
        case "nary":
            line = f"{_sign(element, 'chr', '∫')}{scripts} {base}"
        case "sSup" | "sSub" | "sSubSup":
            line = base + scripts
        case "func":
            line = f"{parts.get('fName', '')} {base}"
        case "mr" | "eqArr":
            line = "; ".join(bases)
        case _ if name.endswith("Pr"):
            line = ""
        case _:
            line = "".join(written[child] for child in element)
    return line


def _sign(element: "_Element", name: str, default: str) -> str:
    """Return the sign that an element names in its properties, or the one that it has without them."""
    sign = element.find(f"{M}{_name(element)}Pr/{M}{name}")
    return default if sign is None else sign.get(f"{M}val", "")


def _name(element: "_Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _grouped(part: str) -> str:
    return part if len(part) <= 1 or part.isalnum() else f"({part})"
