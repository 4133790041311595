"""Text extraction from HTML inside Markdown."""

import re
from html import unescape
from typing import Final

_INVISIBLE: Final = (
    (re.compile("<!--"), re.compile("-->")),
    (re.compile(r"<script\b", re.IGNORECASE), re.compile(r"</script\s*>", re.IGNORECASE)),
    (re.compile(r"<style\b", re.IGNORECASE), re.compile(r"</style\s*>", re.IGNORECASE)),
)
_IMAGE: Final = re.compile(r"""<img\b[^<>]*?\balt=(?:"([^"<>]*)"|'([^'<>]*)')[^<>]*>""", re.IGNORECASE)
_LINE_END: Final = re.compile(r"<br\s*/?>\n?", re.IGNORECASE)
_PARAGRAPH_END: Final = re.compile(
    r"</?(?:address|article|aside|blockquote|center|details|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|"
    r"header|hr|li|main|nav|ol|p|pre|section|summary|table|tr|ul)\b[^<>]*>",
    re.IGNORECASE,
)
_CELL_END: Final = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>|<[!?][^<>]*>")


def inline_text(tag: str) -> str:
    """Return the text for a tag inside a paragraph: a line feed, the description of a picture, or nothing."""
    if _LINE_END.fullmatch(tag):
        return "\n"
    if image := _IMAGE.fullmatch(tag):
        return unescape(image[1] or image[2] or "")
    return ""


def paragraphs(html: str) -> list[str]:
    """Return the paragraphs in a block of HTML, without tags, comments, scripts and styles.

    A comment, script or style that is never closed is kept as text, so that nothing after it is lost.
    """
    for opening, closing in _INVISIBLE:
        html = _remove_between(html, opening, closing)
    html = _IMAGE.sub(lambda image: image[1] or image[2] or "", html)
    html = " ".join(html.split())
    html = _PARAGRAPH_END.sub("\n\n", _CELL_END.sub(" ", _LINE_END.sub("\n", html)))
    text = unescape(_TAG.sub("", html))
    return [
        "\n".join(line.strip() for line in paragraph.strip().split("\n"))
        for paragraph in text.split("\n\n")
        if paragraph.strip()
    ]


def _remove_between(text: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> str:
    """Remove everything from each opening to the next closing. It takes linear time, also if many are never closed."""
    kept: list[str] = []
    position = 0
    while (begin := opening.search(text, position)) and (end := closing.search(text, begin.end())):
        kept.append(text[position : begin.start()])
        position = end.end()
    return "".join(kept) + text[position:]
