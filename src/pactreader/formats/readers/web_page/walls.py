"""Pages that stand in the way of the one that was asked for: checks for robots, logins, programs without a text."""

import re
from typing import TYPE_CHECKING, Final

from pactreader.core.errors import UnreadableError
from pactreader.formats.readers.web_page.bylines import text_in
from pactreader.formats.readers.web_page.visibility import word_count

if TYPE_CHECKING:
    from lxml.etree import _Element

FEWEST_WORDS: Final = 50
"""The number of words from which a text is taken for an article."""
_LONGEST_WALL: Final = 150
"""The number of words up to which a page may be a wall."""
_FEWEST_SHOWN: Final = 10
"""The number of words from which a page that needs scripts is shown nonetheless."""
_SAMPLE: Final = 2_000
_ROBOT_CHECK: Final = re.compile(
    r"just a moment|checking (?:your|if the site|the site) (?:browser|connection)|verif(?:y|ying) (?:that )?you are (?:a )?human"
    r"|attention required|are you (?:a )?(?:human|robot)|(?:not|n't) a robot|security check|ddos protection|unusual traffic"
    r"|access (?:to this page has been |is )?denied|request (?:was )?blocked|enable (?:js|javascript) and (?:disable|cookies)"
    r"|einen moment|un momento|un instant",
    re.IGNORECASE,
)
_NEEDS_SCRIPTS: Final = re.compile(
    r"(?:enable|requires?|needs?|turn on|activate|without) (?:your )?(?:js|java ?script)|java ?script (?:is|to be|must be|seems)"
    r"|javascript (?:aktivieren|ist deaktiviert)|activer javascript|habilitar? javascript",
    re.IGNORECASE,
)
_LOGIN: Final = re.compile(
    r"(?:log|sign) ?in (?:to (?:continue|read|view|see|your)|or (?:sign|register))|please (?:log|sign) ?in|(?:login|sign-?in) required"
    r"|anmelden, um|connectez-vous|inicia sesión para",
    re.IGNORECASE,
)
_HINT: Final = "Open the page in a browser, save it there, and open the saved file."


def refuse_wall(root: "_Element", name: str, words: int) -> None:
    """Raise an error if a page is not the one that was asked for, or has no text without its scripts.

    Args:
        root: The page.
        name: Its name for messages; printable.
        words: The number of words that it shows.

    Raises:
        UnreadableError: It is such a page.
    """
    if words > _LONGEST_WALL:
        return
    body = next(root.iter("body"), root)
    shown = " ".join([*map(text_in, root.iter("title")), text_in(body, _SAMPLE)])
    if _ROBOT_CHECK.search(shown):
        raise UnreadableError(f"{name} is a check for robots, and not the page that was asked for.", _HINT)
    if words >= FEWEST_WORDS:
        return
    scripts = list(root.iter("script"))
    noted = " ".join(text_in(each, _SAMPLE) for each in root.iter("noscript"))
    if _NEEDS_SCRIPTS.search(f"{shown} {noted}") and scripts:
        raise UnreadableError(
            f"{name} shows its text only with JavaScript, which PactReader does not run.", _HINT
        )
    if _LOGIN.search(shown):
        raise UnreadableError(f"{name} asks you to log in.", _HINT)
    if words < _FEWEST_SHOWN and scripts and word_count(shown) < FEWEST_WORDS:
        raise UnreadableError(
            f"{name} has no text without its scripts, which PactReader does not run.", _HINT
        )
