"""The description of an article in a page's JSON-LD, in the vocabulary of https://schema.org."""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any, Final

_ARTICLE: Final = re.compile(
    r"\w*(?:Article|BlogPosting|DiscussionForumPosting|SocialMediaPosting|NewsReport|APIReference|MedicalScholarlyArticle)"
    r"|Report|Review|Recipe|HowTo|QAPage|Question"
)
"""Types of what is read as an article, first those of schema.org/Article."""
_PAGE: Final = re.compile(
    r"(?:Web|Item|About|Profile|Collection|FAQ)Page|VideoObject|Product|Book|PodcastEpisode"
)
"""Types of a page, which describe an article less well."""
_MAX_ITEMS: Final = 500
"""The number of items of a description that are looked at."""

Item = Mapping[str, Any]


def described_items(scripts: Iterator[str]) -> list[Item]:
    """Return what a page's scripts of JSON-LD describe, in order, with the items of each `@graph`."""
    items: list[Item] = []
    for script in scripts:
        try:
            stack = [json.loads(_without_comments(script), strict=False)]
        except (ValueError, RecursionError):
            continue
        while stack and len(items) < _MAX_ITEMS:
            each = stack.pop()
            if isinstance(each, list):
                stack += reversed(each[:_MAX_ITEMS])
            elif isinstance(each, dict):
                items.append(each)
                stack += [each[key] for key in ("mainEntity", "mainEntityOfPage", "@graph") if key in each]
    return items


def described_article(items: list[Item]) -> Item:
    """Return the item that describes the article; an empty one if none does."""
    for kinds in (_ARTICLE, _PAGE):
        for item in items:
            if any(kinds.fullmatch(kind) for kind in _types(item)):
                return item
    return {}


def names_of(value: Any, items: list[Item]) -> list[str]:
    """Return the names of persons and organisations: a text, an item, a reference to one, or a list of such."""
    names: list[str] = []
    for each in value if isinstance(value, list) else [value]:
        person = each
        if isinstance(each, dict) and "name" not in each and "@id" in each:
            person = next((item for item in items if item.get("@id") == each["@id"] and "name" in item), each)
        name = person.get("name", "") if isinstance(person, dict) else person
        if isinstance(name, list):
            name = name[0] if name else ""
        if isinstance(name, str) and name.strip():
            names.append(unescape(name))
    return names


def text_of_item(item: Item, *keys: str) -> str:
    """Return the first of some properties that is a text; empty if none is."""
    values = (item.get(key) for key in keys)
    flat = (value[0] if isinstance(value, list) and value else value for value in values)
    return next((unescape(value) for value in flat if isinstance(value, str) and value.strip()), "")


def site_name(items: list[Item]) -> str:
    """Return the name of the page's site; empty if it is not described."""
    for item in items:
        if "WebSite" in _types(item) and (name := text_of_item(item, "name")):
            return name
    return next(iter(names_of(described_article(items).get("publisher", ""), items)), "")


def _types(item: Item) -> list[str]:
    kinds = item.get("@type", ())
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2] for kind in kinds if isinstance(kind, str)]


def _without_comments(script: str) -> str:
    """Return a script without the comment or the CDATA section that it may stand in."""
    script = script.strip().removesuffix(";")
    for opening, closing in (
        ("<!--", "-->"),
        ("//<![CDATA[", "//]]>"),
        ("<![CDATA[", "]]>"),
        ("/*<![CDATA[*/", "/*]]>*/"),
    ):
        script = script.removeprefix(opening).removesuffix(closing).strip()
    return script
