import asyncio

from textual.app import App

from pactreader.core.errors import PactReaderError
from pactreader.tui.app import PactReaderApp
from pactreader.tui.dialogs.chooser import Choice, Chooser, RowAction
from pactreader.tui.panes import panel_variables
from pactreader.tui.themes import DARK_THEME, palette_of

MANY = [Choice(n, f"Title {n}\x1b[31m", f"{n} %", level=n % 3) for n in range(10_000)]


class Shop(App[None]):
    """Something to choose in, as it looks in PactReader."""

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
    """What was chosen."""
    taken: list[int] = []

    async def happen() -> None:
        chooser = Chooser(
            "Which?",
            **{
                "find": lambda typed: [each for each in MANY if typed in each.title],
                "take": taken.append,
                **arguments,
            },
        )
        app = Shop(chooser)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await story(app, pilot)

    asyncio.run(happen())
    return taken


def test_what_is_typed_shortens_the_list_and_enter_takes_the_first():
    async def story(app, pilot) -> None:
        assert "Which?" in app.seen
        await pilot.press(*"/777")
        assert "Title 777" in app.seen
        assert "Title 1\x1b" not in app.seen
        assert "Title 776" not in app.seen
        await pilot.press("down", "enter")
        assert not isinstance(app.screen, Chooser)

    assert choose(story) == [1777]


def test_it_begins_where_it_is_told_and_goes_by_lines_and_pages():
    async def story(app, pilot) -> None:
        assert "▌ Title 5000" in app.seen or "▌   " in app.seen
        await pilot.press("up", "ctrl+n", "down", "enter")

    assert choose(story, chosen=5_000) == [5_001]

    async def pages(_app, pilot) -> None:
        await pilot.press("pagedown", "pageup", "pageup", "enter")

    assert choose(pages) == [0]


def test_esc_takes_nothing_and_an_empty_list_says_so_and_takes_nothing():
    async def story(app, pilot) -> None:
        await pilot.press(*"nowhere")
        assert "None here." in app.seen
        await pilot.press("enter")
        assert isinstance(app.screen, Chooser)
        await pilot.press("escape")
        assert not isinstance(app.screen, Chooser)

    assert choose(story, otherwise="None here.") == []


def test_a_choice_that_will_not_do_is_said_and_the_list_stays():
    def take(_value: int) -> None:
        raise PactReaderError("It is gone.", "Choose another.")

    async def story(app, pilot) -> None:
        await pilot.press("enter")
        assert "It is gone. Choose another." in app.seen
        assert isinstance(app.screen, Chooser)

    choose(story, take=take)


def test_a_key_of_its_own_does_something_with_the_choice_and_the_list_is_asked_for_anew():
    gone: set[int] = set()

    async def story(app, pilot) -> None:
        assert "ctrl+d forget" in app.seen
        await pilot.press("down", "ctrl+d", "ctrl+d")
        assert gone == {1, 2}
        assert "Title 3" in app.seen
        assert "Title 2\n" not in app.seen
        await pilot.press("enter")

    taken = choose(
        story,
        find=lambda _typed: [each for each in MANY[:50] if each.value not in gone],
        row_actions={"ctrl+d": lambda value: RowAction("forget", lambda: gone.add(value))},
    )
    assert taken == [3]


def test_a_click_takes_a_line_and_no_control_character_is_drawn():
    async def story(app, pilot) -> None:
        assert "\x1b" not in app.seen
        assert "␛" in app.seen
        await pilot.click("#rows", offset=(5, 2))

    assert choose(story) == [2]


def test_it_fits_a_small_screen():
    async def story(app, pilot) -> None:
        await pilot.press(*"99")
        assert "Title 99" in app.seen
        assert "enter goes there" in app.seen

    choose(story, size=(60, 20))
