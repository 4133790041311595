"""Front matter of Markdown files. Only the fields that are shown are parsed, without a YAML parser."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from pactreader.core.printable_text import printable_line

_FENCED: Final = re.compile(r"---[ \t]*\n(?P<fields>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FIELD: Final = re.compile(r"(?P<key>[A-Za-z_][\w .-]*?)[ \t]*:(?:[ \t]+(?P<value>.*))?[ \t]*")
_LIST_LINE: Final = re.compile(r"[ \t]*-[ \t]+(?P<value>.*)")
_LIST_VALUE: Final = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]*)\s*(?:,|\Z)""")


class FrontMatter(NamedTuple):
    """The metadata in an article's front matter. Missing fields are empty."""

    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Split a Markdown text into its front matter and the rest.

    Text between two rules that does not consist of fields is part of the article.
    """
    match = _FENCED.match(text)
    if match is None or not (fields := _fields(match["fields"].splitlines())):
        return FrontMatter(), text

    def value(*keys: str) -> str:
        return next((", ".join(fields[key]) for key in keys if fields.get(key)), "")

    front_matter = FrontMatter(
        title=value("title"),
        author=value("author", "authors"),
        date=value("date", "published"),
        language=value("lang", "language"),
    )
    return front_matter, text[match.end() :]


def _fields(lines: Iterable[str]) -> dict[str, list[str]]:
    """Parse the fields, as lists of values by key in lower case; empty if the first line is no field."""
    fields: dict[str, list[str]] = {}
    values: list[str] | None = None
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        if field := _FIELD.fullmatch(line):
            values = fields.setdefault(field["key"].lower(), [])
            values.extend(_values(field["value"] or ""))
        elif values is None:
            return {}
        elif item := _LIST_LINE.fullmatch(line):
            values.extend(_values(item["value"]))
        elif line[0].isspace() and values:
            values[-1] = printable_line(f"{values[-1]} {line}")
        elif line[0].isspace():
            values.append(printable_line(line))
    return fields


def _values(written: str) -> list[str]:
    """Parse the value of a field, or those of a list in brackets: `[a, "b, c"]` → `["a", "b, c"]`."""
    written = written.strip()
    if written in {"|", ">", "|-", ">-"}:
        return []
    if written.startswith("[") and written.endswith("]"):
        return [value for part in _LIST_VALUE.findall(written[1:-1]) if (value := _unquote(part))]
    return [value] if (value := _unquote(written)) else []


def _unquote(written: str) -> str:
    """Return a value without quotation marks and their escapes, or without the comment after it."""
    written = written.strip()
    if len(written) > 1 and written[0] == written[-1] == '"':
        written = re.sub(r'\\(["\\/])', r"\1", written[1:-1])
    elif len(written) > 1 and written[0] == written[-1] == "'":
        written = written[1:-1].replace("''", "'")
    else:
        written = re.sub(r"\s+#.*", "", written)
    return printable_line(written)
