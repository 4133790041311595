"""HTML's elements, and the inline ones as they are in a text."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urljoin

from pactreader.core.article import SpanKind
from pactreader.core.printable_text import printable_line
from pactreader.formats.readers.inline_text import InlineBuilder

HIDDEN: Final = frozenset(
    """
    script style template head title meta link base noscript iframe object embed applet audio video canvas
    svg button select datalist map frameset noframes dialog rp
    """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
)
"""Elements without text of the article."""
HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
BLOCKS: Final = frozenset(
    """
    address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure
    footer form header hgroup hr html legend li main menu nav ol optgroup p pre listing xmp plaintext search
    section summary table tbody td textarea tfoot th thead tr ul
    """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
) | set(HEADINGS)
"""Elements that are blocks of their own."""
STYLES: Final = {
    "b": SpanKind.STRONG,
    "strong": SpanKind.STRONG,
    "i": SpanKind.EMPHASIS,
    "em": SpanKind.EMPHASIS,
    "cite": SpanKind.EMPHASIS,
    "var": SpanKind.EMPHASIS,
    "dfn": SpanKind.EMPHASIS,
    "code": SpanKind.CODE,
    "kbd": SpanKind.CODE,
    "samp": SpanKind.CODE,
    "tt": SpanKind.CODE,
    "s": SpanKind.STRUCK,
    "del": SpanKind.STRUCK,
    "strike": SpanKind.STRUCK,
    "mark": SpanKind.MARKED,
}
"""The styles of inline elements."""
VOID: Final = frozenset(
    """
    area base br col embed hr img input link meta param source track wbr basefont frame
    """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
)
"""Elements without an end tag."""
KNOWN: Final = (
    HIDDEN
    | BLOCKS
    | set(STYLES)
    | VOID
    | set(
        """
        math annotation menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mroot mrow ms
        mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics
        a abbr acronym bdi bdo big blink body col colgroup data del font html ins label map marquee
        meter nobr option output picture progress q rb rbc rt rtc ruby slot small span sub sup time u
        """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
    )
)
"""The names of the elements of HTML, with those of earlier versions, and of MathML."""

NOTE: Final = "pactreader-note"
"""The attribute of a `dd` that is a footnote: its label, empty on its later blocks."""

_NO_ADDRESS: Final = ("javascript:", "data:", "vbscript:")
_TASKS: Final = {False: "☐", True: "☑"}


def begin_inline(builder: InlineBuilder, name: str, attributes: Mapping[str, str], *, base: str = "") -> None:
    """Begin an inline element, or add the text of one without content.

    Args:
        builder: The text that it is in.
        name: The element's name in lower case.
        attributes: Its attributes, with names in lower case.
        base: The address that its links are relative to; empty to leave them as they are.
    """
    if name == "br":
        builder.line_break()
        return
    if name == "img":
        _add_image(builder, attributes, base)
        return
    if name == "q":
        builder.open(name)
        builder.add("“")
        return
    if name == "rt":
        builder.open(name)
        builder.add("(")
        return
    if name == "wbr" or (name in VOID and name != "input"):
        return
    if name == "input":
        if box := task_box(attributes):
            builder.add(box)
            builder.space()
        return
    target = _address(attributes.get("href", ""), base) if name == "a" else ""
    builder.open(name, SpanKind.LINK if target else STYLES.get(name), target)


def end_inline(builder: InlineBuilder, name: str) -> None:
    """End an inline element."""
    if name in {"q", "rt"} and builder.is_open(name):
        builder.add("”" if name == "q" else ")")
    if name not in VOID:
        builder.close(name)


def anchors_of(name: str, attributes: Mapping[str, str]) -> list[str]:
    """Return the names by which links lead to an element."""
    found = (attributes.get("id", ""), attributes.get("name", "") if name == "a" else "")
    return [printable_line(each) for each in found if each.strip()]


def is_hidden(name: str, attributes: Mapping[str, str]) -> bool:
    """Return whether an element and what is in it is not shown."""
    if name in HIDDEN:
        return True
    if not attributes:
        return False
    if (
        attributes.get("hidden", "until-found") != "until-found"
        or attributes.get("aria-hidden", "").lower() == "true"
    ):
        return True
    style = attributes.get("style", "")
    declarations = (each.partition(":") for each in style.lower().split(";")) if style else ()
    return any(
        (key.strip(), value.split("!")[0].strip()) in {("display", "none"), ("visibility", "hidden")}
        for key, _, value in declarations
    )


def task_box(attributes: Mapping[str, str]) -> str:
    """Return the sign of a check box; empty for other inputs."""
    return _TASKS["checked" in attributes] if attributes.get("type", "").lower() == "checkbox" else ""


def _add_image(builder: InlineBuilder, attributes: Mapping[str, str], base: str) -> None:
    """Add the description of a picture. One with an empty description is an ornament."""
    described = " ".join((attributes.get("alt", "").strip() or attributes.get("title", "")).split())
    if not described and "alt" not in attributes:
        described = "[picture]"
    target = _address(attributes.get("src", ""), base)
    if described:
        builder.open("img", SpanKind.LINK if target else None, target)
        builder.add(described)
        builder.close("img")


def _address(written: str, base: str) -> str:
    """Return the target of a link; empty if it leads nowhere or runs a program."""
    target = printable_line(written)
    if target.lower().startswith(_NO_ADDRESS):
        return ""
    if base and not target.startswith("#"):
        try:
            return urljoin(base, target)
        except ValueError:  # brackets that are no address of IPv6
            return target
    return target
