import asyncio

import pytest
from textual.app import App
from textual.events import MouseScrollDown

from pactreader.core.errors import PactReaderError
from pactreader.tui.app import PactReaderApp
from pactreader.tui.dialogs.chooser import Chooser, Option, RowAction
from pactreader.tui.panes import panel_variables
from pactreader.tui.themes import DARK_THEME, palette_of

pytestmark = pytest.mark.slow

MANY = [Option(n, f"Title {n}\x1b[31m", f"{n} %", level=n % 3) for n in range(10_000)]


class ChooserApp(App[None]):
    """An app with one chooser, styled as in PactReader."""

    CSS_PATH = PactReaderApp.CSS_PATH

    def __init__(self, chooser: Chooser[int]) -> None:
        super().__init__()
        self.register_theme(DARK_THEME)
        self.theme = DARK_THEME.name
        self._chooser = chooser

    def get_css_variables(self) -> dict[str, str]:
        palette = palette_of(DARK_THEME)
        own = {"muted": palette.muted, "dialog": palette.panel, "warned": palette.warning}
        panel = panel_variables("right", None)
        return super().get_css_variables() | panel | {name: colour.hex for name, colour in own.items()}

    def on_mount(self) -> None:
        self.push_screen(self._chooser)

    @property
    def seen(self) -> str:
        strips = self.screen._compositor.render_strips()
        return "\n".join(strip.text for strip in strips)


def choose(story, *, size=(100, 30), **arguments) -> list[int]:
    """Run a story with a chooser; return the values that were chosen."""
    chosen: list[int] = []

    async def happen() -> None:
        chooser = Chooser(
            "Which?",
            **{
                "options": lambda typed: [each for each in MANY if typed in each.title],
                "on_choose": chosen.append,
                **arguments,
            },
        )
        app = ChooserApp(chooser)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await story(app, pilot)

    asyncio.run(happen())
    return chosen


def test_typing_narrows_the_options_and_enter_chooses():
    async def story(app, pilot) -> None:
        assert "Which?" in app.seen
        await pilot.press(*"/777")
        assert "Title 777" in app.seen
        assert "Title 1\x1b" not in app.seen
        assert "Title 776" not in app.seen
        await pilot.press("down", "enter")
        assert not isinstance(app.screen, Chooser)

    assert choose(story) == [1777]


def test_keys_move_by_lines_and_pages_from_the_first_index():
    async def story(app, pilot) -> None:
        assert "▌ Title 5000" in app.seen or "▌   " in app.seen
        await pilot.press("up", "ctrl+n", "down", "enter")

    assert choose(story, current_index=5_000) == [5_001]

    async def pages(_app, pilot) -> None:
        await pilot.press("pagedown", "pageup", "pageup", "enter")

    assert choose(pages) == [0]


def test_nothing_is_chosen_by_esc_or_from_an_empty_list():
    async def story(app, pilot) -> None:
        await pilot.press(*"nowhere")
        assert "None here." in app.seen
        await pilot.press("enter")
        assert isinstance(app.screen, Chooser)
        await pilot.press("escape")
        assert not isinstance(app.screen, Chooser)

    assert choose(story, empty_message="None here.") == []


def test_a_rejected_choice_is_explained_and_the_list_stays():
    def reject(_value: int) -> None:
        raise PactReaderError("It is gone.", "Choose another.")

    async def story(app, pilot) -> None:
        await pilot.press("enter")
        assert "It is gone. Choose another." in app.seen
        assert isinstance(app.screen, Chooser)

    choose(story, on_choose=reject)


def test_a_row_action_runs_and_the_options_are_refreshed():
    gone: set[int] = set()

    async def story(app, pilot) -> None:
        assert "ctrl+d forget" in app.seen
        await pilot.press("down", "ctrl+d", "ctrl+d")
        assert gone == {1, 2}
        assert "Title 3" in app.seen
        assert "Title 2\n" not in app.seen
        await pilot.press("enter")

    chosen = choose(
        story,
        options=lambda _typed: [each for each in MANY[:50] if each.value not in gone],
        row_actions={"ctrl+d": lambda value: RowAction("forget", lambda: gone.add(value))},
    )
    assert chosen == [3]


def test_a_click_chooses_and_control_characters_are_shown():
    async def story(app, pilot) -> None:
        assert "\x1b" not in app.seen
        assert "␛" in app.seen
        await pilot.click("#options", offset=(5, 2))

    assert choose(story) == [2]


def test_a_chooser_fits_a_small_screen():
    async def story(app, pilot) -> None:
        await pilot.press(*"99")
        assert "Title 99" in app.seen
        assert "enter goes there" in app.seen

    choose(story, size=(60, 20))


def test_hints_are_not_broken_on_a_narrow_screen():
    actions = {key: lambda _value: RowAction("does it") for key in ("ctrl+r", "ctrl+d", "ctrl+g")}

    async def story(app, pilot) -> None:
        lines = [line.strip(" │") for line in app.seen.splitlines()]
        assert "enter goes there   ctrl+r does it   ctrl+d does it" in lines
        assert "ctrl+g does it" in lines

    choose(story, size=(60, 20), row_actions=actions)


def test_the_wheel_moves_the_current_option_with_its_hints():
    options = [Option(n, f"Title {n}", description=f"About {n}") for n in range(9)]

    async def story(app, pilot) -> None:
        assert "About 0" in app.seen
        rows = app.screen.query_one("#options")
        rows.post_message(MouseScrollDown(None, 0, 0, 0, 0, 0, False, False, False))
        await pilot.pause()
        await pilot.pause()
        assert "▌ Title 3" in app.seen
        assert "About 3" in app.seen

    choose(story, options=lambda _typed: options)
