"""Front matter of Markdown files, in YAML, TOML or pandoc's title block.

Of YAML, only the fields that are shown are parsed, without a YAML parser.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pactreader.core.addresses import is_web_address
from pactreader.core.printable_text import printable_line
from pactreader.formats.readers.article_metadata import ArticleMetadata

_FENCED: Final = re.compile(r"---[ \t]*\n(?P<fields>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_TOML: Final = re.compile(r"\+\+\+[ \t]*\n(?P<fields>(?:.*\n)*?)\+\+\+[ \t]*(?:\n|\Z)")
_TITLE_BLOCK: Final = re.compile(r"%[ \t](?P<fields>[^\n]*(?:\n(?:%|[ \t]+[^\s])[^\n]*){0,20})(?:\n|\Z)")
"""Pandoc's title block: up to three lines that begin with `%`, for title, authors and date, set in to go on."""
_FIELD: Final = re.compile(
    r"""(?P<key>"[^"\n]{1,80}"|'[^'\n]{1,80}'|[^\W\d][^:\n"'\[\]{}<>|`*!]{0,80}?)[ \t]*:(?:[ \t]+(?P<value>.*))?[ \t]*"""
)
"""A field of YAML. Its key begins with a letter of any script, or is quoted."""
_TOP_LINE: Final = re.compile(r"-(?:\s|\Z)|[\]}]|[^\s:]+[ \t]*:|[^:]{1,80}:(?:\s|\Z)")
"""The beginning of a line that is not set in: a field, even one that no parser takes, or a list's item or end."""
_QUOTED: Final = re.compile(r"""("(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+')(?:\s+#.*)?""")
"""A value in quotation marks, and a comment."""
_NESTED_FIELD: Final = re.compile(
    r"""[ \t]*(?:-[ \t]+)?(?P<key>[^\W\d][\w-]{0,40})[ \t]*:(?:[ \t]+(?P<value>.*))?"""
)
"""A field in the value of another one, such as that of an author who has a name and an address."""
_BLOCK_SCALAR: Final = re.compile(r"[|>][+-]?\d?[+-]?")
_WIKI_LINK: Final = re.compile(r"\[\[(?:[^\[\]|]{0,200}\|)?([^\[\]|]{1,200})\]\]")
"""A link of Obsidian to a page of that name: `[[Jane Doe]]`, `[[people/jane|Jane Doe]]`."""
_NESTED_LIST: Final = re.compile(r"\[\[[^\[\]]*\]\](?:,[ ]*\[\[[^\[\]]*\]\])*")
"""Such links without quotation marks, which YAML takes for lists in a list."""
_LIST_LINE: Final = re.compile(r"[ \t]*-[ \t]+(?P<value>.*)")
_LIST_VALUE: Final = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]*)\s*(?:,|\Z)""")


def split_front_matter(text: str) -> tuple[ArticleMetadata, str]:
    """Split a Markdown text into its front matter and the rest.

    Text between two rules that does not consist of fields is part of the article.
    """
    if match := _FENCED.match(text):
        fields: Mapping[str, list[str]] = _fields(match["fields"].splitlines())
    elif match := _TOML.match(text):
        fields = _toml_fields(match["fields"])
    elif match := _TITLE_BLOCK.match(text):
        fields = _title_block_fields(match["fields"])
    if match is None or not fields:
        return ArticleMetadata(), text

    def value(*keys: str) -> str:
        return next((", ".join(fields[key]) for key in keys if fields.get(key)), "")

    addresses = filter(is_web_address, map(value, ("url", "source", "canonical", "link")))
    front_matter = ArticleMetadata(
        title=value("title"),
        author=_WIKI_LINK.sub(r"\1", value("author", "authors")),
        date=value("published", "date"),
        language=value("lang", "language"),
        url=next(addresses, ""),
        tags=tuple(dict.fromkeys(_tags(fields.get("tags") or fields.get("keywords") or ()))),
    )
    return front_matter, text[match.end() :]


def _tags(values: Iterable[str]) -> Iterator[str]:
    """Yield the tags in the values of a field; one value may have several, divided by commas."""
    for value in values:
        for tag in value.split(","):
            if name := _WIKI_LINK.sub(r"\1", tag).strip().lstrip("#"):
                yield name


def _toml_fields(written: str) -> dict[str, list[str]]:
    """Parse the fields of TOML, as lists of values by key in lower case; empty if it is no TOML."""
    import tomllib

    try:
        found = tomllib.loads(written)
    except (
        tomllib.TOMLDecodeError,
        RecursionError,
        ValueError,
    ):  # a number of more digits than Python parses
        return {}
    return {
        key.lower(): [printable_line(str(each)) for each in (value if isinstance(value, list) else [value])]
        for key, value in found.items()
        if not isinstance(value, dict)
    } or {key: [] for key in found}


def _title_block_fields(written: str) -> dict[str, list[str]]:
    """Parse the three fields of a title block; an empty one is left out."""
    title, authors, date, *_rest = (*(field.strip() for field in re.split(r"\n%", written)), "", "", "")
    fields = {
        "title": [printable_line(title)],
        "author": [printable_line(each) for each in re.split(r";|\n", authors) if each.strip()],
        "date": [printable_line(date)],
    }
    return {key: values for key, values in fields.items() if any(values)}


def _fields(lines: Iterable[str]) -> dict[str, list[str]]:
    """Parse the fields, as lists of values by key in lower case; empty if the first line or another one is no field.

    Of fields in the value of a field, as an author's may be, the name is its value.
    """
    fields: dict[str, list[str]] = {}
    values: list[str] | None = None
    has_fields = False
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        if field := _FIELD.fullmatch(line):
            values = fields.setdefault(_unquote(field["key"]).lower(), [])
            values.extend(_values(field["value"] or ""))
            has_fields = not field["value"]
        elif values is None or not (line[0].isspace() or _TOP_LINE.match(line)):
            return {}
        elif has_fields and (nested := _NESTED_FIELD.fullmatch(line)):
            values.extend(_values(nested["value"] or "") if nested["key"].lower() == "name" else ())
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
    if _BLOCK_SCALAR.fullmatch(written):
        return []
    if written.startswith("[") and written.endswith("]") and not _NESTED_LIST.fullmatch(written):
        return [value for part in _LIST_VALUE.findall(written[1:-1]) if (value := _unquote(part))]
    return [value] if (value := _unquote(written)) else []


def _unquote(written: str) -> str:
    """Return a value without quotation marks and their escapes, or without the comment after it."""
    written = written.strip()
    if quoted := _QUOTED.fullmatch(written):
        written = quoted[1]
    if len(written) > 1 and written[0] == written[-1] == '"':
        written = re.sub(r'\\(["\\/])', r"\1", written[1:-1])
    elif len(written) > 1 and written[0] == written[-1] == "'":
        written = written[1:-1].replace("''", "'")
    else:
        written = re.sub(r"\s+#.*", "", written)
    return printable_line(written)
