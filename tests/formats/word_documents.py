"""Word documents for tests, made of the markup of their bodies."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": W,
        "r": f"{OFFICE}/relationships",
        "m": f"{OFFICE}/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
PARTS = ("styles", "numbering", "footnotes", "endnotes", "comments")


def part(name: str, content: str) -> str:
    return f"<w:{name} {NAMESPACES}>{content}</w:{name}>"


def relationships(*rows: tuple[str, str, str], external: dict[str, str] | None = None) -> str:
    """Return a part of relationships: id, kind and target of each, and targets outside by their ids."""
    inner = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/relationships/{kind}" Target="{target}"/>'
        for name, kind, target in rows
    )
    outer = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/relationships/hyperlink" Target="{target}" TargetMode="External"/>'
        for name, target in (external or {}).items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}{outer}</Relationships>'


def document(
    body: str, *, main: str = "document", links: dict[str, str] | None = None, **parts: str
) -> bytes:
    """Return a Word document.

    Args:
        body: The markup of its body.
        main: The name of the part with its text.
        links: The addresses of its links by their ids.
        parts: The markup of the other parts, by name; `core` is that of its properties.
    """
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": relationships(("d", "officeDocument", f"word/{main}.xml")),
        f"word/{main}.xml": part("document", f"<w:body>{body}</w:body>"),
        f"word/_rels/{main}.xml.rels": relationships(
            *((name, name, f"{name}.xml") for name in PARTS if name in parts), external=links
        ),
    }
    files |= {f"word/{name}.xml": part(name, content) for name, content in parts.items() if name in PARTS}
    if "core" in parts:
        files["docProps/core.xml"] = (
            f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
            f' xmlns:dcterms="http://purl.org/dc/terms/">{parts["core"]}</cp:coreProperties>'
        )
    return archive(files)


def archive(files: dict[str, str]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as opened:
        for path, content in files.items():
            opened.writestr(path, content)
    return written.getvalue()


def paragraph(content: str, properties: str = "") -> str:
    """Return a paragraph; content that does not begin with a tag is a text."""
    runs = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def styled(style: str, text: str) -> str:
    return paragraph(text, f'<w:pStyle w:val="{style}"/>')


def style(name: str, title: str, properties: str = "", based_on: str = "") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{title}"/>{base}'
        f"<w:pPr>{properties}</w:pPr></w:style>"
    )


def item(text: str, number: int = 1, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
