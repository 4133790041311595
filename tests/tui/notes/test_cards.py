"""Cards of highlights whose passages have changed."""

import pytest

from core.sample_notebook import reviewable
from pactreader.core.anchoring.placement import PlacementKind
from pactreader.core.labels import LABELS
from pactreader.tui.commands import all_commands
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.notes.cards import draw_card
from pactreader.tui.page.painter import Painter
from pactreader.tui.themes import DARK_THEME, palette_of

PALETTE = palette_of(DARK_THEME)
KEYMAP = Keymap(all_commands(LABELS))


def card(*, is_current: bool = True, colourful: bool = True, **kinds: tuple[PlacementKind, str, str]) -> list:
    """Return the lines of the card of one annotation, 44 cells wide."""
    book = reviewable(**kinds)
    painter = Painter(PALETTE, PALETTE.panel, colourful=colourful)
    return draw_card(next(iter(book)), book, 44, painter, KEYMAP, is_current=is_current)


def text(lines: list) -> list[str]:
    return [line.text[2:].rstrip() for line in lines]


def marked(lines: list, attribute: str) -> list[str]:
    """Return the texts that are drawn with an attribute, such as `strike`."""
    return [one.text for line in lines for one in line if one.style and getattr(one.style, attribute)]


@pytest.mark.parametrize("colourful", [True, False])
def test_a_changed_card_shows_how_both_versions_differ(colourful: bool) -> None:
    changed = (PlacementKind.CHANGED, "The deal is vague.", "The pact is vague.")
    lines = card(changed=changed, colourful=colourful)
    assert text(lines) == [
        "! Doubt                       changed ¶ 1",
        "“The deal is vague.”",
        "Now:",
        "“The pact is vague.”",
        "a note",
        "#law",
        "Y accept the change",
        "H it is elsewhere",
    ]
    assert marked(lines, "strike") == ["deal"]
    assert marked(lines, "underline") == ["pact"]
    assert text(card(changed=changed, is_current=False)) == text(lines)[:-2]


def test_a_doubtful_card_asks() -> None:
    lines = text(card(doubtful=(PlacementKind.DOUBTFUL, "Moreover, arms", "Moreover, weapons")))
    assert lines[0].endswith("doubtful ¶ 2")
    assert lines[1:4] == ["“Moreover, arms”", "Is it here?", "“Moreover, weapons”"]
    assert lines[-2:] == ["Y yes, it is", "H no, elsewhere"]


def test_a_lost_card_names_the_key_that_attaches_it() -> None:
    lines = text(card(lost=(PlacementKind.LOST, "Tokyo has", "Seoul")))
    assert lines[0].endswith("not in the text now")
    assert lines[1:] == ["“Tokyo has”", "a note", "#law", "H attach it to a passage"]


def test_a_long_changed_quote_is_cut_around_its_difference() -> None:
    words = " ".join(f"word{n}" for n in range(100))
    quote = f"{words} {'Seoul has warned Russia.'}"
    lines = text(card(changed=(PlacementKind.CHANGED, quote, "Seoul has warned Russia.")))
    assert lines[3].endswith("…”")
    assert lines[4:6] == ["Now:", "“Seoul has warned Russia.”"]


def test_foreign_text_on_a_changed_card_is_no_control_sequence() -> None:
    quote = "The \x1b]52;c;x\x07 [@click=app.quit]deal is vague."
    lines = text(card(changed=(PlacementKind.CHANGED, quote, "The pact is vague.")))
    assert "\x1b" not in "".join(lines)
    assert "[@click=app.quit]" in "".join(lines)
