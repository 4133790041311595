"""The names that authors give to the parts of a page, in `class`, `id` and `role`.

The idea and the words are those of Mozilla Readability, https://github.com/mozilla/readability.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

LONGEST: Final = 1_000
"""The number of code points of class and id that are looked at."""


def _words(text: str) -> re.Pattern[str]:
    return re.compile("|".join(text.split()))


_UNLIKELY: Final = _words(
    """
    -ad- ai2html banner crumb combx comment community cover-wrap disqus extra footer gdpr header legends menu
    related remark replies rss shoutbox sidebar skyscraper social sponsor supplemental ad-break agegate pagination
    pager popup yom-remote catlinks printfooter
    """
)
"""Names of what is hardly ever part of an article."""
_MAY_BE_CONTENT: Final = _words("and article body column content main mathjax shadow")
"""Names of what may be one nonetheless."""
UNLIKELY_ROLES: Final = frozenset(
    {"menu", "menubar", "complementary", "navigation", "alert", "alertdialog", "dialog"}
)
_POSITIVE: Final = _words(
    "article body content entry hentry h-entry main page pagination post text blog story"
)
_NEGATIVE: Final = re.compile(
    r"-ad-|hidden|(?:^|\s)hid(?:\s|$)|banner|combx|comment|com-|contact|footer|gdpr|masthead|media|meta|outbrain|promo"
    r"|related|scroll|share|shoutbox|sidebar|skyscraper|sponsor|shopping|tags|(?<!elementor-)widget"
)
_SHARE: Final = re.compile(r"(?:\b|_)(?:share|sharedaddy)(?:\b|_)")
_MOST_NAMES: Final = 2_000
"""The number of names whose meaning is remembered, as a page has the same ones again and again."""
_WEIGHT: Final = 25


def class_names(element: "_Element") -> str:
    """Return an element's class and id in lower case."""
    attributes = element.attrib
    if not attributes:
        return ""
    return _without_variants(f"{attributes.get('class', '')} {attributes.get('id', '')}")


def class_weight(element: "_Element") -> int:
    """Return the weight of an element's class and id: for each, +25 if it speaks for an article and −25 if against it."""
    written = (_without_variants(element.get(name, "")) for name in ("class", "id"))
    return sum(_weight(each) for each in written if each)


def _without_variants(names: str) -> str:
    """Return names in lower case, without those of Tailwind for one state of the page, as `print:hidden`."""
    names = names[:LONGEST].lower()
    return " ".join(name for name in names.split() if ":" not in name) if ":" in names else names


@lru_cache(maxsize=_MOST_NAMES)
def is_unlikely(names: str) -> bool:
    """Return whether an element with some names is hardly ever part of an article."""
    return bool(_UNLIKELY.search(names)) and not _MAY_BE_CONTENT.search(names)


@lru_cache(maxsize=_MOST_NAMES)
def is_share(names: str) -> bool:
    """Return whether an element with some names shares an article."""
    return bool(_SHARE.search(names))


@lru_cache(maxsize=_MOST_NAMES)
def _weight(name: str) -> int:
    return _WEIGHT * (bool(_POSITIVE.search(name)) - bool(_NEGATIVE.search(name)))
