"""The XML of a book, parsed so that no declaration of a document type has any effect.

Without these, no entity can grow and none can read a file. See "XML Denial of Service Attacks and Defenses",
https://learn.microsoft.com/archive/msdn-magazine/2009/november/xml-denial-of-service-attacks-and-defenses.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from html.entities import html5
from typing import TYPE_CHECKING, Final

from pactreader.core.encoding_names import encoding_name
from pactreader.formats.readers.xml_parsing import parse_untrusted_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_BYTE_ORDER_MARKS: Final = (
    (BOM_UTF8, "utf-8"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),  # without a mark
    (b"\0<", "utf-16-be"),
)
_DECLARATION: Final = re.compile(rb"""\s*<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_MEANT: Final = {"iso8859-1": "cp1252", "ascii": "cp1252"}
_PROLOGUE: Final = re.compile(r"\s*<\?xml\b[^>]*>")
_DOCTYPE: Final = re.compile(
    r"""<!DOCTYPE
    (?: [^\[>"'] | "[^"]*" | '[^']*' )*+
    (?: \[ (?P<subset> (?: [^\]"'<] | "[^"]*" | '[^']*' | <!--(?:[^-]|-(?!->))*+--> | < )*+ ) \] \s* )?+
    >""",
    re.IGNORECASE | re.VERBOSE,
)
_ENTITY: Final = re.compile(r"<!ENTITY\s+([^\s%\"'<>]+)\s")
_REFERENCE: Final = re.compile(r"&([A-Za-z_][A-Za-z0-9._-]{0,80});")
_OF_XML: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_CDATA: Final = "<![CDATA["


def decode_xml(data: bytes) -> str:
    """Decode XML by its byte order mark or its declaration, else as UTF-8, else as Windows-1252.

    Latin-1 and ASCII mean Windows-1252, as in https://encoding.spec.whatwg.org/.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff")
    declared = _DECLARATION.match(data[:1024])
    name = encoding_name(declared[1].decode()) if declared else ""
    for encoding in (_MEANT.get(name, name) or "utf-8", "utf-8"):
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    return data.decode("cp1252", "replace")


def plain_markup(text: str) -> str:
    """Return XML without its declaration, its document type and CDATA sections, and with HTML's entities as characters.

    References to entities that the document declares are dropped.
    """
    prologue = _PROLOGUE.match(text)
    if prologue:
        text = text[prologue.end() :]
    text, declared = _without_document_type(text)
    if _CDATA in text:
        text = _without_sections(text)
    if "&" not in text:
        return text

    def character(reference: re.Match[str]) -> str:
        name = reference[1]
        if name in _OF_XML:
            return reference[0]
        known = html5.get(f"{name};")
        return _escaped(known) if known else "" if name in declared else f"&amp;{name};"

    return _REFERENCE.sub(character, text)


def parse_xml(data: bytes | None) -> "_Element | None":
    """Parse an XML file as far as it is well-formed; `None` if it is missing or has no element."""
    if not data:
        return None
    markup = plain_markup(decode_xml(data)).strip()
    return parse_untrusted_xml(markup.encode("utf-8", "replace"), encoding="utf-8")


def local_name(element: "_Element") -> str:
    """Return the name of an element without its namespace, in lower case."""
    return str(element.tag).rpartition("}")[2].lower()


def attribute(element: "_Element", name: str) -> str:
    """Return an attribute of an element by its name without a namespace; empty if it has none."""
    value = element.get(name)
    if value is None:
        value = next((each for key, each in element.items() if str(key).endswith(f"}}{name}")), "")
    return str(value).strip()


def _without_document_type(text: str) -> tuple[str, frozenset[str]]:
    """Return markup without its document type, and the names of the entities that this declares."""
    start = text[:4096].upper().find("<!DOCTYPE")
    if start < 0:
        return text, frozenset()
    match = _DOCTYPE.match(text, start)
    if match is None:
        return text[:start] + text[text.find(">", start) + 1 or len(text) :], frozenset()
    return text[:start] + text[match.end() :], frozenset(_ENTITY.findall(match["subset"] or ""))


def _without_sections(text: str) -> str:
    """Return markup with CDATA sections as text. One without an end is text too."""
    before, *sections = text.split(_CDATA)
    parts = [before]
    for section in sections:
        content, end, rest = section.partition("]]>")
        parts += (_escaped(content), rest) if end else (_escaped(_CDATA), section)
    return "".join(parts)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
