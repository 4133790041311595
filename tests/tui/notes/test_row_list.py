"""Lists of rows: the viewport and the current row."""

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.events import MouseScrollDown, MouseScrollUp
from textual.strip import Strip

from pactreader.tui.notes.row_list import RowList
from pactreader.tui.page.painter import Painter
from pactreader.tui.themes import DARK

pytestmark = pytest.mark.slow

HEIGHT = 10


class Rows(RowList):
    """Rows of given heights; each line is the numbers of its row and of itself."""

    HEADER_LINES = 1

    def __init__(self, heights: Sequence[int]) -> None:
        super().__init__()
        self.heights = heights
        self.drawn: set[int] = set()
        self.paint_with(Painter(DARK, DARK.panel))

    @property
    def _row_count(self) -> int:
        return len(self.heights)

    def _draw_row(self, index: int) -> list[Strip]:
        self.drawn.add(index)
        return [self._fill([Segment(f"{index}.{line}")]) for line in range(self.heights[index])]

    def _draw_header(self, _y: int) -> list[Segment]:
        return [Segment("Header")]

    def _draw_below(self, y: int) -> list[Segment]:
        return [Segment(f"below {y}")]

    @property
    def seen(self) -> list[str]:
        return [self.render_line(y).text.strip() for y in range(self.size.height)]


class Stage(App[None]):
    CSS = f"Rows {{ height: {HEIGHT}; }}"

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self.rows = rows

    def compose(self) -> ComposeResult:
        yield self.rows


def show_rows(heights: Sequence[int], story) -> None:
    """Run a story with rows of these heights."""

    async def happen() -> None:
        rows = Rows(heights)
        async with Stage(rows).run_test(size=(40, 24)) as pilot:
            await pilot.pause()
            await story(rows, pilot)

    asyncio.run(happen())


@settings(max_examples=20)
@given(
    st.lists(st.integers(1, HEIGHT + 4), min_size=1, max_size=30),
    st.lists(st.integers(-40, 40), max_size=8),
)
def test_the_current_row_is_in_view_after_every_move(heights, moves):
    async def story(rows, _pilot) -> None:
        for count in moves:
            before = rows.current_index
            rows.move_by(count)
            index = rows.current_index
            assert index == max(0, min(before + count, len(heights) - 1))
            header, *seen = rows.seen
            assert header == "Header"
            wanted = [f"{index}.{line}" for line in range(heights[index])][: HEIGHT - 1]
            assert [line for line in seen if line in wanted] == wanted

    show_rows(heights, story)


def test_ten_thousand_rows_cost_what_is_in_view():
    async def story(rows, _pilot) -> None:
        rows.drawn.clear()
        rows.move_to(7_000)
        assert rows.seen[-1] == "7000.1"
        assert len(rows.drawn) <= HEIGHT

    show_rows([2] * 10_000, story)


def test_the_wheel_scrolls_away_from_the_current_row():
    def turn_wheel(kind):
        return kind(None, 0, 0, 0, 0, 0, False, False, False)

    async def story(rows, pilot) -> None:
        rows.post_message(turn_wheel(MouseScrollDown))
        await pilot.pause()
        assert rows.seen[1:3] == ["1.1", "2.0"]
        assert rows.current_index == 0
        assert rows.row_at(0) is None
        assert rows.row_at(1) == 1
        rows.post_message(turn_wheel(MouseScrollUp))
        await pilot.pause()
        assert rows.seen[1] == "0.0"

    show_rows([2] * 20, story)


def test_lines_below_the_last_row_are_drawn_too():
    async def story(rows, _pilot) -> None:
        assert rows.seen == ["Header", "0.0", *(f"below {y}" for y in range(1, HEIGHT - 1))]
        assert rows.row_at(2) is None

    show_rows([1], story)
