"""Callouts: GitHub's alerts, Obsidian's callouts, and divisions between colons."""

import re
from typing import Final, NamedTuple

from pactreader.core.article import SpanKind
from pactreader.formats.readers.callout_kinds import CALLOUT_KINDS, callout_words
from pactreader.formats.readers.inline_text import InlineBuilder, InlineText

_SIGN: Final = re.compile(r"\[!(?P<kind>[^\W\d_][\w -]{0,40})(?:\|[^\[\]]*)?\][+-]?(?=\s|\Z)[ \t]*")
"""The beginning of a quotation that is a callout: `[!NOTE]`, `[!tip]- Title`."""
_DIVISION: Final = re.compile(
    r"\{(?P<attributes>[^{}]*)\}[ \t]*(?P<rest>.*)"
    r"|(?P<name>[\w-]+)(?:\[(?P<bracketed>[^\]]*)\])?[ \t]*(?:\{(?P<more>[^{}]*)\})?[ \t]*(?P<title>.*)",
    re.DOTALL,
)
"""The text behind the colons of a division: attributes as of pandoc or MyST, or a name with a title."""
_QUARTO: Final = "callout-"
"""The beginning of the names of Quarto's callouts."""
_TITLE: Final = re.compile(r"""\btitle=(?:"([^"]*)"|'([^']*)'|(\S+))""")


class Division(NamedTuple):
    """The beginning of a division between lines of colons."""

    name: str
    title: str
    anchor: str

    @property
    def is_callout(self) -> bool:
        """True if its name is that of a kind of callouts."""
        return self.name.lower() in CALLOUT_KINDS


def callout_sign(text: str) -> tuple[str, int] | None:
    """Return the kind of a callout, from the beginning of its quotation, and the length of the sign; `None` without one."""
    match = _SIGN.match(text)
    return (match["kind"], match.end()) if match else None


def callout_heading(kind: str, title: InlineText, line: int) -> InlineText:
    """Return the heading line of a callout, from a line of the file: its kind and its title, once if both are the same."""
    builder = InlineBuilder()
    builder.line = line
    builder.open("heading", SpanKind.STRONG)
    builder.add_raw(callout_words(kind, title.text))
    builder.add_inline(title)
    builder.close("heading")
    return builder.finish()


def parse_division(info: str) -> Division:
    """Parse the text behind the colons: `warning Title`, `note[Title]`, `{.class #id}`."""
    match = _DIVISION.fullmatch(info)
    if match is None:
        return Division("", info, "")
    written = match["attributes"] or match["more"] or ""
    attribute = _TITLE.search(written)
    attributes = _TITLE.sub("", written).split()
    classes = (each.lstrip(".") for each in attributes if not each.startswith("#") and "=" not in each)
    name = (match["name"] or next(classes, "")).removeprefix(_QUARTO)
    title = match["rest"] or match["bracketed"] or match["title"] or ""
    if attribute and not title:
        title = next(filter(None, attribute.groups()), "")
    anchors = (each[1:] for each in attributes if each.startswith("#"))
    return Division(name, title.strip(), next(anchors, ""))
