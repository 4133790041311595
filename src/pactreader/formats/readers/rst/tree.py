"""The tree of docutils, changed into what HTML says plainly."""

from typing import Final

from docutils import nodes

_REPLACED: Final = (
    nodes.system_message,
    nodes.problematic,
    nodes.decoration,
    nodes.rubric,
    nodes.topic,
    nodes.Admonition,
    nodes.sidebar,
    nodes.field,
    nodes.field_list,
    nodes.docinfo,
)
"""The kinds of nodes that others are shown in place of."""
_REFUSED: Final = "deactivated"
"""The word in messages on files that are not inserted, which quote what asked for them."""
_ERROR: Final = 3
"""The level of messages from which docutils leaves out what it does not understand, and quotes it in the message."""


def simplify(document: nodes.document) -> None:
    """Change a tree in place: no messages, tables of contents or labels, and fields as lines."""
    document.parse_messages.clear()
    document.transform_messages.clear()
    for note in [*document.findall(nodes.footnote), *document.findall(nodes.citation)]:
        _write_label(note)
    for attribution in document.findall(nodes.attribution):
        attribution.insert(0, nodes.Text("— "))
    for image in document.findall(nodes.image):
        image.setdefault("alt", "[picture]")
    # From the leaves to the root, and each element once: docutils takes a linear time to replace one child.
    for element in reversed(list(document.findall(nodes.Element))):
        if any(isinstance(child, _REPLACED) for child in element.children):
            element[:] = [node for child in element.children for node in _replacement(child)]


def _replacement(node: nodes.Node) -> list[nodes.Node]:
    """Return the nodes that are shown in place of one."""
    match node:
        case nodes.system_message():
            quoted = [child for child in node.children if isinstance(child, nodes.literal_block)]
            shown = quoted if node["level"] >= _ERROR or _REFUSED in node.astext() else []
        case nodes.problematic():
            shown = [nodes.Text(node.astext())]
        case nodes.rubric():
            shown = [nodes.paragraph("", "", nodes.strong("", node.astext()))]
        case nodes.topic() if "contents" in node["classes"]:
            shown = []
        case nodes.Admonition() | nodes.topic() | nodes.sidebar():
            shown = [_quotation(node)]
        case nodes.field():
            name, body = node.children
            shown = _labelled(name.astext(), list(body.children))
        case nodes.field_list() | nodes.docinfo():
            shown = [line for child in node.children for line in _information(child)]
        case nodes.decoration():
            shown = []
        case _:
            shown = [node]
    return shown


def _write_label(note: nodes.Element) -> None:
    """Put the label of a footnote before its first words: `[1] See there.`"""
    label, *rest = note.children
    if not isinstance(label, nodes.label):
        return
    note.remove(label)
    written = nodes.Text(f"[{label.astext()}] ")
    if rest and isinstance(rest[0], nodes.paragraph):
        rest[0].insert(0, written)
    else:
        note.insert(0, nodes.paragraph("", "", written))


def _quotation(admonition: nodes.Element) -> nodes.Element:
    """Return an admonition, a topic or a sidebar as a quotation that begins with its title."""
    children = list(admonition.children)
    if children and isinstance(children[0], nodes.title):
        title = children.pop(0).astext()
    else:
        title = admonition.tagname.capitalize()
    line = nodes.paragraph("", "", nodes.strong("", title))
    return nodes.block_quote("", line, *children, ids=admonition["ids"])


def _information(child: nodes.Element) -> list[nodes.Node]:
    """Return the lines of a field, also of one of those at the beginning of a document."""
    if isinstance(child, nodes.authors):
        names = ", ".join(author.astext() for author in child.children)
        return _labelled("Authors", [nodes.paragraph("", names)])
    if isinstance(child, nodes.Bibliographic):
        return _labelled(child.tagname.capitalize(), [nodes.paragraph("", "", *child.children)])
    return [child]


def _labelled(label: str, body: list[nodes.Node]) -> list[nodes.Node]:
    """Return the content of a field with its name before its first words."""
    name = [nodes.strong("", f"{label}:"), nodes.Text(" ")]
    if body and isinstance(body[0], nodes.paragraph):
        return [nodes.paragraph("", "", *name, *body[0].children), *body[1:]]
    return [nodes.paragraph("", "", *name), *body]
