"""The names that authors give to the parts of a page, in `class`, `id` and `role`.

The idea and the words are those of Mozilla Readability, https://github.com/mozilla/readability.
"""

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

LONGEST: Final = 1_000
"""The number of code points of class and id that are looked at."""


def _words(text: str) -> re.Pattern[str]:
    return re.compile("|".join(text.split()))


UNLIKELY: Final = _words(
    """
    -ad- ai2html banner breadcrumbs combx comment community cover-wrap disqus extra footer gdpr header legends menu
    related remark replies rss shoutbox sidebar skyscraper social sponsor supplemental ad-break agegate pagination
    pager popup yom-remote
    """
)
"""Names of what is hardly ever part of an article."""
MAY_BE_CONTENT: Final = _words("and article body column content main mathjax shadow")
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
_WEIGHT: Final = 25


def class_names(element: "_Element") -> str:
    """Return an element's class and id in lower case."""
    attributes = element.attrib
    if not attributes:
        return ""
    written = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return written[:LONGEST].lower()


def class_weight(element: "_Element") -> int:
    """Return the weight of an element's class and id: for each, +25 if it speaks for an article and −25 if against it."""
    weight = 0
    for name in ("class", "id"):
        if written := element.get(name, "")[:LONGEST].lower():
            weight += _WEIGHT * (bool(_POSITIVE.search(written)) - bool(_NEGATIVE.search(written)))
    return weight
