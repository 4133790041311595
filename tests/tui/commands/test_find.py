from app_driver import AppDriver, read
from pactreader.core.article import Article, BlockKind, Piece

HAY = Article.assemble(
    [
        Piece(BlockKind.PARAGRAPH, f"Paragraph {n} holds a needle\u00a0n{n}." + " More hay." * 12)
        for n in range(40)
    ],
    title="Hay",
)


def selected(reader: AppDriver) -> str:
    selection = reader.screen.article_view.caret.selection
    return reader.screen.article.text[slice(*selection)] if selection else ""


def test_hits_are_counted_selected_and_labelled_while_typing(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("/", *"needle")
        assert "1 of 40" in reader.seen
        await reader.press("space", *"n3")
        assert "1 of 11" in reader.seen
        await reader.press("down", "enter")
        assert selected(reader) == "needle\u00a0n3"
        assert reader.screen.article_view.has_focus
        await reader.press("n", "2")
        assert [quote for quote, *_ in reader.annotations()] == ["needle\u00a0n3"]
        assert not selected(reader)

    read(tmp_path, story, article=HAY)


def test_going_on_wraps_round_and_says_so(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("n")
        assert "Nothing was looked for" in reader.footer
        await reader.press("/", *"n39.", "enter", "n")
        assert "1 of 1" in reader.footer
        await reader.press("escape", "G", "/", *"needle", "enter", "N", "N")
        assert "39 of 40." in reader.footer
        await reader.press("escape", "g", "N")
        assert "40 of 40, from the bottom again" in reader.footer
        await reader.press("n")
        assert "1 of 40, from the top again" in reader.footer

    read(tmp_path, story, article=HAY)


def test_cancelling_a_search_restores_caret_and_window(tmp_path):
    async def story(reader: AppDriver) -> None:
        view = reader.screen.article_view
        await reader.press("j", "j")
        before, top = view.caret.state, view.top_offset
        await reader.press("/", *"n30.")
        assert view.top_offset > top
        assert len(view.hits) == 1
        await reader.press("escape")
        assert (view.caret.state, view.top_offset, len(view.hits)) == (before, top, 0)

    read(tmp_path, story, article=HAY)


def test_what_is_not_there_and_what_is_no_expression_is_said(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("/", *"zebra")
        assert "not found" in reader.seen
        await reader.press("enter")
        assert "There is no “zebra” in this article." in reader.footer
        await reader.press("/", *"re:(")
        assert "no regular expression" in reader.seen

    read(tmp_path, story, article=HAY)


def test_hits_are_ticked_on_the_position_bar_and_go_dark_with_escape(tmp_path):
    async def story(reader: AppDriver) -> None:
        bar = reader.screen.position_bar.region
        await reader.press("/", *"needle", "enter")
        column = [reader.line(y)[bar.x] for y in range(bar.y, bar.bottom)]
        assert "╌" in column
        await reader.press("escape")
        assert "╌" not in [reader.line(y)[bar.x] for y in range(bar.y, bar.bottom)]

    read(tmp_path, story, article=HAY)


def test_a_click_elsewhere_leaves_the_line_and_what_is_lit_stays(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("/", *"needle")
        await reader.pilot.click("#article", offset=(20, 3))
        await reader.pilot.pause()
        assert reader.screen.article_view.has_focus
        assert "/ needle" not in reader.seen
        assert len(reader.screen.article_view.hits) == 40
        await reader.press("n", "1")
        assert len(reader.annotations()) == 1

    read(tmp_path, story, article=HAY)
