"""Parsing of exported Markdown with a CommonMark parser."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token


def block_quotes(markdown: str, *, linkify: bool = False) -> list[str]:
    """Return the text of every outermost block quote: its paragraphs and code blocks joined by a blank line."""
    preset = "gfm-like" if linkify else "commonmark"
    parser = MarkdownIt(preset, {"linkify": linkify}).enable(["table", "strikethrough"])
    quotes: list[str] = []
    depth = 0
    blocks: list[str] = []
    for token in parser.parse(markdown):
        if token.type == "blockquote_open":
            depth += 1
        elif token.type == "blockquote_close":
            depth -= 1
            if not depth:
                quotes.append("\n\n".join(blocks))
                blocks = []
        elif depth and token.type == "inline":
            blocks.append(token_text(token.children or ()))
        elif depth and token.type == "fence":
            blocks.append(token.content.removesuffix("\n"))
        elif depth and token.type not in {"paragraph_open", "paragraph_close"}:
            blocks.append(f"<{token.type}>")
    return quotes


def token_text(tokens: Sequence[Token]) -> str:
    """Return the text of inline tokens, with line feeds for hard breaks and the names of tokens without text."""
    texts = {"hardbreak": "\n", "link_open": "", "link_close": ""}
    return "".join(
        token.content if token.type == "text" else texts.get(token.type, f"<{token.type}>")
        for token in tokens
    )
