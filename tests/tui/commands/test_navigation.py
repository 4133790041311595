from app_driver import LONG, AppDriver, here, read
from pactreader.core.article import Article, BlockKind, Piece


def test_back_restores_caret_and_window(tmp_path):
    async def story(reader: AppDriver) -> None:
        view = reader.screen.article_view
        await reader.press("/", *"Paragraph 20", "enter", "escape", "j", "j")
        left, top = view.caret.offset, view.top_offset
        await reader.press("G")
        assert here(reader) == "."
        await reader.press("ctrl+o")
        assert (view.caret.offset, view.top_offset) == (left, top)
        await reader.press("<")
        assert here(reader) == "A pact"
        await reader.press("<")
        assert "nowhere to go back to" in reader.footer
        await reader.press(">", ">")
        assert here(reader) == "."
        await reader.press(">")
        assert "nowhere to go forward to" in reader.footer

    read(tmp_path, story, article=LONG)


def test_a_card_that_was_gone_to_is_come_back_from(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("G", "1", "g", "}")
        await reader.press("tab", "enter")
        assert here(reader).startswith("All in all")
        await reader.press("ctrl+o")
        assert here(reader).startswith("As the summary")

    read(tmp_path, story, article=LONG)


def test_a_picked_highlight_is_relabelled_by_the_next_key(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("F")
        assert "no highlights yet" in reader.footer
        await reader.press("}", "1", "G", "4", "g", "F")
        assert "Highlights" in reader.seen
        assert "f  * As the summary says" in reader.seen
        await reader.press("j", "3")
        assert "Highlights" not in reader.seen
        assert here(reader).startswith("All in all")
        assert [label for _, label, *_ in reader.annotations()] == ["key-point", "question"]
        await reader.press("<")
        assert here(reader) == "A pact"

    read(tmp_path, story, article=LONG)


def test_of_two_highlights_that_overlap_the_picked_one_is_relabelled(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("}", "1", "v", "e", "2", "g", "F", "f", "4")
        assert sorted(label for _, label, *_ in reader.annotations()) == ["doubt", "key-point"]
        await reader.press("g", "F", "j", "5")
        assert sorted(label for _, label, *_ in reader.annotations()) == ["doubt", "term"]

    read(tmp_path, story, article=LONG)


def test_more_highlights_than_fit_are_paged_through(tmp_path):
    async def story(reader: AppDriver) -> None:
        for _ in range(14):
            await reader.press("}", "1")
        await reader.press("g", "F")
        assert "Paragraph 2" in reader.seen
        await reader.press("space")
        first = reader.seen
        await reader.press("pageup")
        assert reader.seen != first
        await reader.press("escape")
        assert "Highlights" not in reader.seen

    read(tmp_path, story, article=LONG, size=(80, 14))


def test_contents_begin_with_the_current_section(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("G", "c")
        assert "▌   The summary" in reader.seen
        await reader.press(*"A PÀCT", "enter")
        assert here(reader) == "A pact"
        await reader.press("ctrl+o")
        assert here(reader) == "."

    read(tmp_path, story, article=LONG)


def test_of_the_contents_what_has_the_words_just_so_comes_first(tmp_path):
    titles = ("The weird and the wonderful", "Weird things", "Odds and ends")
    article = Article.assemble(
        [Piece(BlockKind.HEADING, title, 2) for title in titles], title="", source="/articles/weird.md"
    )

    async def story(reader: AppDriver) -> None:
        await reader.press("c", *"weird th", "enter")
        assert reader.screen.article_view.caret.offset == article.text.index("Weird things")

    read(tmp_path, story, article=article)
