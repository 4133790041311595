"""The text in a piece of HTML: what stands outside its tags."""

import re
from html import unescape
from typing import Final

_UNSEEN: Final = (
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
    """What one tag inside a paragraph stands for: a line end, a picture's text, mostly nothing."""
    if _LINE_END.fullmatch(tag):
        return "\n"
    if image := _IMAGE.fullmatch(tag):
        return unescape(image[1] or image[2] or "")
    return ""


def paragraphs(html: str) -> list[str]:
    """The paragraphs in a block of HTML, without tags, comments, scripts and styles.

    What is opened and never closed is shown as it stands, so that nothing is lost behind it.
    """
    for opening, closing in _UNSEEN:
        html = _without(html, opening, closing)
    html = _IMAGE.sub(lambda image: image[1] or image[2] or "", html)
    html = " ".join(html.split())
    html = _PARAGRAPH_END.sub("\n\n", _CELL_END.sub(" ", _LINE_END.sub("\n", html)))
    text = unescape(_TAG.sub("", html))
    return [
        "\n".join(line.strip() for line in paragraph.strip().split("\n"))
        for paragraph in text.split("\n\n")
        if paragraph.strip()
    ]


def _without(text: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> str:
    """The text without what stands between two marks. Takes linear time, whatever is never closed."""
    kept: list[str] = []
    position = 0
    while (begin := opening.search(text, position)) and (end := closing.search(text, begin.end())):
        kept.append(text[position : begin.start()])
        position = end.end()
    return "".join(kept) + text[position:]
