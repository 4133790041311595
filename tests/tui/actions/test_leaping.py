import pytest

from pactreader.core.article import Article, BlockKind, Piece, Span, SpanKind
from pactreader.tui.terminal import browser
from reader import Reader, read

LINKS = "As the summary says, and https://un.org/a too; see notes.md."


def linked(words: str, target: str) -> Span:
    start = LINKS.index(words)
    return Span(start, start + len(words), SpanKind.LINK, target)


LONG = Article.assemble(
    [
        Piece(BlockKind.HEADING, "A pact", 1),
        Piece(
            BlockKind.PARAGRAPH,
            LINKS,
            spans=(linked("summary", "#the-summary"), linked("notes.md", "notes.md")),
        ),
        *(Piece(BlockKind.PARAGRAPH, f"Paragraph {n} is here. It says little.") for n in range(60)),
        Piece(BlockKind.HEADING, "The summary", 2),
        Piece(BlockKind.PARAGRAPH, "All in all, nothing."),
    ],
    title="A pact",
    source="/articles/pact.md",
)


def here(reader: Reader) -> str:
    return LONG.text[reader.screen.article_view.caret.offset :].split("\n")[0]


def test_back_returns_to_where_the_reader_was_with_the_window_as_it_was(tmp_path):
    async def story(reader: Reader) -> None:
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
    async def story(reader: Reader) -> None:
        await reader.press("G", "1", "g", "}")
        await reader.press("tab", "enter")
        assert here(reader).startswith("All in all")
        await reader.press("ctrl+o")
        assert here(reader).startswith("As the summary")

    read(tmp_path, story, article=LONG)


def test_a_bookmark_is_set_gone_to_moved_and_taken_away_and_outlives_a_restart(tmp_path):
    async def setting(reader: Reader) -> None:
        await reader.press("}", '"', "k")
        assert "bookmark k is here" in reader.footer
        await reader.press("G", "'")
        assert "As the summary" in reader.footer
        await reader.press("k")
        assert here(reader).startswith("As the summary")
        await reader.press("'", "'")
        assert here(reader) == "."
        await reader.press("'", "z")
        assert "no bookmark z" in reader.footer

    async def after_a_restart(reader: Reader) -> None:
        await reader.press("g", "'", "k")
        assert here(reader).startswith("As the summary")
        await reader.press('"', "k")
        assert "is removed" in reader.footer
        await reader.press("'", "k")
        assert "no bookmark k" in reader.footer
        await reader.press('"', "escape", "j")
        assert here(reader).startswith("Paragraph 0")

    read(tmp_path, setting, article=LONG)
    read(tmp_path, after_a_restart, article=LONG)


def test_a_link_inside_is_followed_and_come_back_from(tmp_path):
    async def story(reader: Reader) -> None:
        await reader.press("enter")
        assert "no link at the caret" in reader.footer
        await reader.press("L")
        tag = reader.line(4).lstrip()
        await reader.press("escape", "}", "w", "w")
        assert "follow the link" in reader.footer
        await reader.press("enter")
        assert here(reader) == "The summary"
        await reader.press("ctrl+o")
        assert here(reader).startswith("summary says")
        assert tag

    read(tmp_path, story, article=LONG)


@pytest.mark.parametrize(("has_browser", "said"), [(True, "is opened outside"), (False, "no browser")])
def test_an_address_is_shown_first_and_opened_by_a_second_enter(tmp_path, monkeypatch, has_browser, said):
    opened = []

    def open_outside(address: str) -> bool:
        opened.append(address)
        return has_browser

    monkeypatch.setattr(browser, "open_outside", open_outside)

    async def story(reader: Reader) -> None:
        await reader.press("/", *"https", "enter", "escape", "enter")
        assert "https://un.org/a" in reader.footer
        await reader.press("j", "k")
        assert opened == []
        await reader.press("/", *"https", "enter", "escape", "enter", "enter")
        assert opened == ["https://un.org/a"]
        assert said in reader.footer

    read(tmp_path, story, article=LONG)


def test_a_link_to_a_file_is_never_opened_outside(tmp_path):
    async def story(reader: Reader) -> None:
        await reader.press("/", *"notes.md", "enter", "escape", "enter")
        assert "no address on the web" in reader.footer

    read(tmp_path, story, article=LONG)


def test_a_picked_link_is_followed(tmp_path):
    async def story(reader: Reader) -> None:
        await reader.press("L", "f")
        assert here(reader) == "The summary"
        await reader.press("L")
        assert "no link in view" in reader.footer

    read(tmp_path, story, article=LONG)


def test_right_after_v_an_a_selects_around_and_otherwise_writes_a_note(tmp_path):
    async def story(reader: Reader) -> None:
        view = reader.screen.article_view
        await reader.press("/", *"summary", "enter", "escape", "w", "v", "a", "w")
        assert LONG.text[slice(*view.caret.selection)] == "says,"
        await reader.press("a")
        assert "Note on “says,”" in reader.seen
        await reader.press("escape")

    read(tmp_path, story, article=LONG)


def test_a_highlight_picked_from_the_list_is_relabelled_by_the_next_key(tmp_path):
    async def story(reader: Reader) -> None:
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
    async def story(reader: Reader) -> None:
        await reader.press("}", "1", "v", "e", "2", "g", "F", "f", "4")
        assert sorted(label for _, label, *_ in reader.annotations()) == ["doubt", "key-point"]
        await reader.press("g", "F", "j", "5")
        assert sorted(label for _, label, *_ in reader.annotations()) == ["doubt", "term"]

    read(tmp_path, story, article=LONG)


def test_more_highlights_than_fit_are_paged_through(tmp_path):
    async def story(reader: Reader) -> None:
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


def test_the_contents_lead_to_a_heading_and_begin_with_the_section_that_is_read(tmp_path):
    async def story(reader: Reader) -> None:
        await reader.press("G", "c")
        assert "▌   The summary" in reader.seen
        await reader.press(*"A PÀCT", "enter")
        assert here(reader) == "A pact"
        await reader.press("ctrl+o")
        assert here(reader) == "."

    read(tmp_path, story, article=LONG)
