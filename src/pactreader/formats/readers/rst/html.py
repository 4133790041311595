"""The tree of docutils as HTML."""

from typing import Any, Final

from docutils import nodes
from docutils.core import publish_from_doctree
from docutils.writers.html5_polyglot import HTMLTranslator, Writer

_NUMBER_STYLES: Final = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}
_INDENT: Final = "\u2003"
"""The indentation of a line in a block of lines."""


class _Translator(HTMLTranslator):
    """A translator into elements that mean what the text does, without a style sheet."""

    def visit_subtitle(self, _node: nodes.Element) -> None:
        self.body.append("<h2>")

    def depart_subtitle(self, _node: nodes.Element) -> None:
        self.body.append("</h2>\n")

    def visit_enumerated_list(self, node: nodes.Element) -> None:
        style = _NUMBER_STYLES.get(node.get("enumtype", ""), "1")
        self.body.append(self.starttag(node, "ol", start=node.get("start", 1), type=style))

    def visit_classifier(self, _node: nodes.Element) -> None:
        self.body.append(" : ")

    def depart_classifier(self, _node: nodes.Element) -> None:
        pass

    def visit_line_block(self, node: nodes.Element) -> None:
        if not isinstance(node.parent, nodes.line_block):
            self.body.append("<p>")

    def depart_line_block(self, node: nodes.Element) -> None:
        if not isinstance(node.parent, nodes.line_block):
            self.body.append("</p>\n")

    def visit_line(self, node: nodes.Element) -> None:
        depth = -1
        block = node.parent
        while isinstance(block, nodes.line_block):
            depth, block = depth + 1, block.parent
        self.body.append(_INDENT * depth)

    def depart_line(self, _node: nodes.Element) -> None:
        self.body.append("<br>")

    def visit_literal(self, node: nodes.Element) -> Any:
        self.body.append(f"<code>{self.encode(node.astext())}</code>")
        raise nodes.SkipNode

    def visit_image(self, node: nodes.Element) -> None:
        self.body.append(self.emptytag(node, "img", alt=node.get("alt", ""), src=node["uri"]))

    def depart_image(self, _node: nodes.Element) -> None:
        pass

    def visit_math(self, node: nodes.Element) -> Any:
        self.body.append(f"<code>${self.encode(node.astext())}$</code>")
        raise nodes.SkipNode

    def visit_math_block(self, node: nodes.Element) -> Any:
        self.body.append(f"<pre>{self.encode(node.astext())}</pre>\n")
        raise nodes.SkipNode


def write_html(document: nodes.document) -> str:
    """Return a tree as a page of HTML."""
    writer = Writer()
    writer.translator_class = _Translator
    written = publish_from_doctree(
        document,
        writer=writer,
        settings_overrides={
            "_disable_config": True,
            "file_insertion_enabled": False,
            "raw_enabled": False,
            "embed_stylesheet": False,
            "stylesheet_path": "",
            "output_encoding": "unicode",
            "syntax_highlight": "none",
            "table_style": "",
            "attribution": "none",
            "toc_backlinks": False,
        },
    )
    return str(written)
