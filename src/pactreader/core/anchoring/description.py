"""The description of a passage by an anchor."""

from typing import Final

from pactreader.core.annotation import Anchor

CONTEXT: Final = 64
"""Code points kept on either side of a quote. Twice as many as Hypothesis' client keeps (`anchoring/types.ts`) place
more passages whose words have changed; with four times as many hardly more are placed, at twice the time."""


def describe(text: str, start: int, end: int, text_hash: str = "") -> Anchor:
    """Return the anchor of the passage `[start, end)` of a text, in code points.

    Args:
        text: The text.
        start: The offset at which the passage begins.
        end: The offset behind its last code point.
        text_hash: The text's hash, from `text_hash_of`; empty if it is not known.
    """
    return Anchor(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
        text_hash=text_hash,
    )
