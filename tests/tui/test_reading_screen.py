import json

import pytest
from textual.css import stylesheet
from tinydb import TinyDB

from app_driver import ARTICLE, SENTENCES, AppDriver, run_story
from pactreader.core.article import Article, BlockKind, Piece

pytestmark = pytest.mark.slow

LONG = Article.assemble(
    [Piece(BlockKind.PARAGRAPH, f"Paragraph {n}. " + f"word{n} " * 60) for n in range(40)],
    title="Long",
    source="/long",
)


def test_a_digit_highlights_the_sentence_and_is_counted(tmp_path):
    async def story(driver: AppDriver) -> None:
        assert "0 highlights" in driver.title
        await driver.press("}", "4")
        assert "1 highlight ·" in driver.title
        await driver.press(")", "1")
        assert "2 highlights" in driver.title
        assert driver.annotations() == [(SENTENCES[0], "doubt", "", ()), (SENTENCES[1], "key-point", "", ())]
        assert "! Doubt" in driver.seen
        assert "“The pact is vague.”" in driver.seen

    run_story(tmp_path, story)


def test_a_start_parses_each_style_sheet_once(tmp_path, monkeypatch):
    parse, parsed = stylesheet.parse, []

    def noting(scope, css, *arguments, **options):
        parsed.append(css)
        return parse(scope, css, *arguments, **options)

    async def story(driver: AppDriver) -> None:
        assert (
            driver.app.current_theme.background or ""
        ).casefold() == driver.app.screen.styles.background.hex.casefold()

    monkeypatch.setattr(stylesheet, "parse", noting)
    run_story(tmp_path, story)

    assert any("ArticleView" in css for css in parsed)
    assert len(parsed) == len(set(parsed))


def test_byline_and_chapter_are_shown_where_there_is_room(tmp_path):
    pieces = [
        Piece(BlockKind.PARAGRAPH, "Before all chapters."),
        Piece(BlockKind.PARAGRAPH, "It was a dark night.", places=((0, "[b]The Storm at Sea"),)),
    ]
    book = Article.assemble(pieces, title="A book", source="/book")._replace(
        author="Jane Doe",
        date="2026-11-01T10:00:00Z",
        url="https://www.example.org/book",
    )

    async def story(driver: AppDriver) -> None:
        assert " A book  Jane Doe · 2026-11-01 · example.org  " in driver.title
        await driver.press("}", "}", "4")
        assert "1 highlight · [b]The Storm at Sea · " in driver.title
        assert "[b]The Storm at… · ¶ 2" in driver.seen
        await driver.pilot.resize_terminal(60, 20)
        await driver.wait_until(lambda: "1 highlight · [b]The Stor… · " in driver.title)
        assert "Jane" not in driver.title

    run_story(tmp_path, story, article=book)


def test_pages_are_shown_in_the_title_on_cards_and_in_the_contents(tmp_path):
    pieces = [
        Piece(BlockKind.HEADING, "A paper", 1, places=((0, "p. 1"),)),
        Piece(BlockKind.PARAGRAPH, "It ends on the next page.", places=((15, "p. 2"),)),
        Piece(BlockKind.HEADING, "The end", 1, places=((0, "p. 12345"),)),
    ]
    paper = Article.assemble(pieces, title="A paper", source="/paper")

    async def story(driver: AppDriver) -> None:
        await driver.press("}", "4")
        assert "1 highlight · p. 1 of 12345 · " in driver.title
        assert "pp. 1–2" in driver.seen
        await driver.press("c")
        assert "p. 12345" in driver.seen
        await driver.press("escape")
        await driver.pilot.resize_terminal(60, 20)
        await driver.wait_until(lambda: "1 highlight · p. 1 · " in driver.title)

    run_story(tmp_path, story, article=paper)


def test_a_digit_relabels_a_highlight_and_tells_if_it_has_it(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "4", "2")
        assert driver.annotations() == [(SENTENCES[0], "evidence", "", ())]
        await driver.press("2")
        assert "Evidence already" in driver.footer

    run_story(tmp_path, story)


def test_five_words_are_selected_and_marked(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "v", "w", "w", "w", "5")
        assert driver.annotations() == [("The pact is", "term", "", ())]
        assert driver.screen.article_view.caret.selection is None
        await driver.press(")", "m")
        assert driver.annotations()[1] == (SENTENCES[1], "term", "", ())

    run_story(tmp_path, story)


def test_a_note_is_typed_on_more_than_one_line_and_shown_on_its_card(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "a")
        await driver.type("Who?")
        await driver.press("enter")
        await driver.type("[b]Kim[/b]")
        await driver.press("ctrl+s")
        assert driver.annotations() == [(SENTENCES[0], "key-point", "Who?\n[b]Kim[/b]", ())]
        assert "Who?" in driver.seen
        assert "[b]Kim[/b]" in driver.seen
        await driver.press("a")
        await driver.type("!")
        await driver.press("escape")
        assert driver.annotations()[0][2] == "Who?\n[b]Kim[/b]!"

    run_story(tmp_path, story)


def test_a_note_on_the_article_stands_on_top(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "1", "A")
        await driver.type("All of it")
        await driver.press("escape")
        lines = driver.seen.split("\n")
        on_article = next(y for y, line in enumerate(lines) if "On the whole article" in line)
        assert "All of it" in lines[on_article + 1]
        assert on_article < next(y for y, line in enumerate(lines) if "* Key point" in line)
        assert "1 highlight ·" in driver.title

    run_story(tmp_path, story)


def test_tags_are_given_and_shown(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "1", "t")
        await driver.type("law,")
        await driver.type(" arms")
        await driver.press("enter")
        assert driver.annotations() == [(SENTENCES[0], "key-point", "", ("law", "arms"))]
        assert "#law #arms" in driver.seen

    run_story(tmp_path, story)


def test_what_was_done_is_undone_and_done_again_also_after_a_restart(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "1", "x")
        assert "0 highlights" in driver.title
        await driver.press("u")
        assert "Undone: remove" in driver.footer
        assert "1 highlight ·" in driver.title

    async def next_day(driver: AppDriver) -> None:
        await driver.press("ctrl+r")
        assert "Redone: remove" in driver.footer
        assert driver.annotations() == []
        await driver.press("u", "u")
        assert "0 highlights" in driver.title
        await driver.press("u")
        assert "nothing to undo" in driver.footer

    run_story(tmp_path, story)
    run_story(tmp_path, next_day)


def test_what_cannot_be_saved_is_shown_as_unsaved_and_kept(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "1")
        driver.fail_to_save()
        await driver.press(")", "2")
        assert "not saved · 1 highlight ·" in driver.title
        assert "The disk is full." in driver.footer
        await driver.press("(", "a")
        await driver.type("mine")
        await driver.press("escape")
        assert "mine" in driver.seen
        assert "The disk is full." in driver.seen
        driver.save_again()
        await driver.press("escape")
        assert "not saved" not in driver.title
        assert driver.annotations() == [
            (SENTENCES[0], "key-point", "mine", ()),
            (SENTENCES[1], "evidence", "", ()),
        ]

    run_story(tmp_path, story)


def test_a_note_that_was_being_typed_comes_back(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "a")
        await driver.type("half a th")
        await driver.pilot.pause(0.8)

    async def next_day(driver: AppDriver) -> None:
        await driver.pilot.pause()
        assert "half a th" in driver.seen
        await driver.type("ought")
        await driver.press("escape")
        assert driver.annotations()[0][2] == "half a thought"
        assert not any(driver.paths.drafts.iterdir())

    run_story(tmp_path, story)
    run_story(tmp_path, next_day)


def test_panel_and_article_follow_each_other(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "1", "}", "2", "[")
        assert driver.screen.notes_panel.current.label == "key-point"
        await driver.press("tab", "down")
        assert driver.screen.notes_panel.current.label == "evidence"
        assert driver.screen.article_view.caret.offset == ARTICLE.text.index("Moreover")
        await driver.press("3")
        assert driver.annotations()[1][1] == "question"
        await driver.press("escape")
        assert driver.screen.article_view.caret.offset == ARTICLE.text.index("The pact")
        await driver.press("tab", "down", "enter")
        assert driver.screen.article_view.has_focus
        assert driver.screen.article_view.caret.offset == ARTICLE.text.index("Moreover")

    run_story(tmp_path, story)


def test_below_a_hundred_columns_the_panel_is_a_drawer(tmp_path):
    async def story(driver: AppDriver) -> None:
        assert not driver.screen.notes_panel.display
        await driver.press("}", "1", "tab")
        assert driver.screen.notes_panel.display
        assert "Key point" in driver.seen
        await driver.press("enter")
        assert not driver.screen.notes_panel.display
        await driver.press("p")
        assert driver.screen.notes_panel.display

    run_story(tmp_path, story, size=(60, 20))


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ([","], "Nothing is selected"),
        (["x"], "no highlight at the caret"),
        (["]"], "no highlights yet"),
        (["u"], "nothing to undo"),
        (["tab", "f"], "works in the article"),
    ],
)
def test_a_key_that_cannot_do_anything_now_says_why(tmp_path, keys, reason):
    async def story(driver: AppDriver) -> None:
        await driver.press(*keys)
        assert reason in driver.footer

    run_story(tmp_path, story)


def test_an_export_never_overwrites_without_being_asked_twice(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    async def story(driver: AppDriver) -> None:
        await driver.press("}", "1", "E", "enter")
        assert "1 annotation written" in driver.footer
        path = tmp_path / "a-pact-notes.md"
        assert "> The pact is vague" in path.read_text("utf-8")
        path.write_text("mine")
        await driver.press("E", "enter")
        assert "file of that name" in driver.seen
        assert path.read_text() == "mine"
        await driver.press("enter")
        assert "> The pact is vague" in path.read_text("utf-8")

    run_story(tmp_path / "home", story)


def test_the_first_line_keeps_its_text_through_sizes_and_a_restart(tmp_path):
    top = ""

    async def story(driver: AppDriver) -> None:
        nonlocal top
        await driver.press("space", "space", "j")
        top = LONG.text[driver.screen.article_view.top_offset :][:12]
        for columns, rows in ((70, 20), (200, 50), (61, 20)):
            await driver.pilot.resize_terminal(columns, rows)
            assert driver.line(1).strip(" *").startswith(top), columns
        await driver.press("down")
        await driver.pilot.resize_terminal(120, 30)

    async def next_day(driver: AppDriver) -> None:
        assert top in LONG.text[driver.screen.article_view.top_offset :][:400]
        first = LONG.text[driver.screen.article_view.top_offset :][:12]
        assert driver.line(1).strip().startswith(first)

    run_story(tmp_path, story, article=LONG)
    run_story(tmp_path, next_day, article=LONG, size=(90, 24))


def test_the_caret_and_the_window_are_where_they_were_left(tmp_path):
    left: tuple[int, int, str] = (0, 0, "")

    async def story(driver: AppDriver) -> None:
        nonlocal left
        view = driver.screen.article_view
        for keys in (("space", "j", "j"), ("ctrl+d", "w"), ("G", "{", "{")):
            await driver.press(*keys)
        left = view.caret.offset, view.top_offset, driver.line(1)

    async def next_day(driver: AppDriver) -> None:
        view = driver.screen.article_view
        assert (view.caret.offset, view.top_offset, driver.line(1)) == left

    run_story(tmp_path, story, article=LONG)
    run_story(tmp_path, next_day, article=LONG)


@pytest.mark.parametrize("lines_down", range(6))
def test_a_window_that_begins_between_two_paragraphs_does_so_again(tmp_path, lines_down):
    seen: list[str] = []

    async def story(driver: AppDriver) -> None:
        driver.screen.article_view.scroll_window_to(lines_down + 3)
        await driver.pilot.pause()
        seen.append(driver.line(1))

    async def next_day(driver: AppDriver) -> None:
        seen.append(driver.line(1))

    run_story(tmp_path, story, article=LONG)
    run_story(tmp_path, next_day, article=LONG)
    assert seen[0] == seen[1]


def test_the_passage_stays_in_view_while_its_note_is_written(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("G", "a")
        sentence = LONG.text.rstrip()[-20:]
        assert any(sentence in line for line in driver.seen.split("\n")[:18])

    run_story(tmp_path, story, article=LONG)


def test_pages_go_down_and_come_back(tmp_path):
    async def story(driver: AppDriver) -> None:
        view = driver.screen.article_view
        await driver.press("space", "space")
        offset = view.caret.offset
        assert offset > 1000
        await driver.press("ctrl+d", "ctrl+u")
        assert view.caret.offset == offset
        await driver.press("backspace", "backspace")
        assert view.top_offset == 0
        await driver.press("G")
        assert view.caret.offset == len(LONG.text) - 1
        assert "100 %" in driver.title
        await driver.press("g")
        assert view.caret.offset == 0

    run_story(tmp_path, story, article=LONG)


def test_a_click_puts_the_caret_there_and_the_wheel_takes_it_along(tmp_path):
    async def story(driver: AppDriver) -> None:
        view = driver.screen.article_view
        await driver.pilot.click("#article", offset=(10, 3))
        line = driver.line(4)
        assert LONG.text[view.caret.offset :].startswith(line[10:20].split("│")[0].rstrip()[:8])
        view.scroll_window_to(view.scroll_metrics.top + 30)
        assert view.top_offset > 0
        assert view.top_offset <= view.caret.offset

    run_story(tmp_path, story, article=LONG)


def test_the_first_start_says_what_to_press_until_something_is_marked(tmp_path):
    async def story(driver: AppDriver) -> None:
        assert "tinted sentence" in driver.line(28)
        await driver.press("1")
        assert "tinted sentence" not in driver.line(28)

    run_story(tmp_path, story, first_start=True)


def test_a_highlight_whose_words_are_gone_stays_in_the_panel(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "1")

    async def changed(driver: AppDriver) -> None:
        assert "not in the text now" in driver.seen
        assert "“The pact is vague.”" in driver.seen
        await driver.press("tab", "enter")
        assert "not in the text now" in driver.footer

    run_story(tmp_path, story)
    other = Article.assemble(
        [Piece(BlockKind.PARAGRAPH, ARTICLE.text.removeprefix("A pact\n\nThe pact is vague. "))],
        title="A pact",
        source=ARTICLE.source,
    )
    run_story(tmp_path, changed, article=other)


def test_an_article_without_text_can_be_opened(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("j", "w", "space", "G", "v", "1", "a", "tab", "tab")
        assert "no text to mark" in driver.footer or driver.screen.article_view.has_focus
        assert driver.annotations() == []

    run_story(tmp_path, story, article=Article.assemble([], title="Empty", source="/empty"))


def test_stock_tinydb_reads_what_was_marked(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "1")
        with TinyDB(driver.paths.library, access_mode="r") as stock:
            records = stock.table("records").all()
        kinds = sorted(record["kind"] for record in records)
        assert kinds == ["annotation", "article", "change"]
        assert json.loads(driver.paths.library.read_bytes())["meta"]

    run_story(tmp_path, story)


@pytest.mark.parametrize("typed", ["~nobody-has-this-home/x.md", "x" * 300, "missing/x.md"])
def test_an_export_that_cannot_be_written_says_why(tmp_path, monkeypatch, typed):
    monkeypatch.chdir(tmp_path)

    async def story(driver: AppDriver) -> None:
        await driver.press("E", "ctrl+u")
        driver.app.screen.query_one("#answer").value = typed
        await driver.press("enter")
        assert "could not be written" in driver.seen

    run_story(tmp_path / "home", story)


def test_a_disk_that_stays_full_does_not_lock_anybody_into_a_note(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "1")
        driver.fail_to_save()
        await driver.press("a")
        await driver.type("mine")
        await driver.press("escape")
        assert "kept as a draft" in driver.seen
        await driver.press("escape")
        assert driver.app.screen is driver.screen
        driver.save_again()
        await driver.press("a")
        assert "mine" in driver.seen
        await driver.press("escape")
        assert driver.annotations()[0][2] == "mine"

    run_story(tmp_path, story)


def test_after_a_highlighted_sentence_it_is_still_the_target(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "1", ")", "h", "2")
        assert driver.annotations() == [(SENTENCES[0], "evidence", "", ())]

    run_story(tmp_path, story)


def test_removing_card_after_card_goes_on_where_it_is(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "1", ")", "2", ")", "3", "tab", "up", "x")
        assert f"Removed “{SENTENCES[1]}”" in driver.footer
        assert driver.screen.notes_panel.current.label == "question"
        await driver.press("x")
        assert driver.screen.notes_panel.current.label == "key-point"

    run_story(tmp_path, story)


def test_a_click_on_a_card_can_be_taken_back(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "1", "}")
        left = driver.screen.article_view.caret.offset
        await driver.pilot.click("#notes", offset=(5, 3))
        assert driver.screen.article_view.caret.offset != left
        await driver.press("escape")
        assert driver.screen.article_view.caret.offset == left

    run_story(tmp_path, story)


def test_a_long_note_is_read_through_in_its_card(tmp_path):
    async def story(driver: AppDriver) -> None:
        book = driver.app.session.notebook
        driver.screen.context.saves.save_typed(
            book.note_on_article("\n\n".join(f"Paragraph {n}" for n in range(40)))
        )
        driver.screen.show_notebook()
        await driver.press("tab")
        assert "Paragraph 0" in driver.seen
        for _ in range(4):
            await driver.press("space")
        assert "Paragraph 39" in driver.seen

    run_story(tmp_path, story)


def test_a_smaller_window_leaves_an_open_selection_alone(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("ctrl+d", "v", "w", "w")
        selection = driver.screen.article_view.caret.selection
        await driver.pilot.resize_terminal(120, 10)
        assert driver.screen.article_view.caret.selection == selection

    run_story(tmp_path, story, article=LONG)


@pytest.mark.parametrize("size", [(20, 4), (5, 5), (30, 6), (300, 80)])
def test_no_window_is_too_small_or_too_large(tmp_path, size):
    async def story(driver: AppDriver) -> None:
        await driver.press("1", "space", "tab", "tab")
        await driver.press("a")
        await driver.type("x")
        await driver.press("escape")
        assert driver.annotations()[-1][2] == "x"

    run_story(tmp_path, story, article=LONG, size=size)


def test_a_draft_without_its_highlight_is_a_note_on_the_article(tmp_path):
    async def story(driver: AppDriver) -> None:
        driver.app.session.save_draft("gone1234", "words that must not be lost")

    async def next_day(driver: AppDriver) -> None:
        await driver.pilot.pause()
        assert "words that must not be lost" in driver.seen
        await driver.press("escape")
        assert driver.annotations() == [("", "", "words that must not be lost", ())]

    run_story(tmp_path, story)
    run_story(tmp_path, next_day)


def test_looking_at_foreign_tags_does_not_change_them(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "1")
        book = driver.app.session.notebook
        driver.screen.context.saves.save_typed(book.tag(book.by_index(0).id, ("international law", "b")))
        driver.screen.show_notebook()
        await driver.press("t", "enter")
        assert driver.annotations()[0][3] == ("international law", "b")

    run_story(tmp_path, story)


def test_the_caret_ends_on_the_highlight_not_on_the_space(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "v", "l", "l", "l", "2")
        assert driver.annotations() == [("The", "evidence", "", ())]
        await driver.press("3")
        assert driver.annotations() == [("The", "question", "", ())]
        await driver.press("x")
        assert driver.annotations() == []

    run_story(tmp_path, story)


def test_a_highlight_that_is_not_in_the_text_any_more_is_told_of(tmp_path):
    async def mark(driver: AppDriver) -> None:
        await driver.press("}", ")", "2")

    async def again(driver: AppDriver) -> None:
        assert "The article changed since you read it: 1 lost." in driver.footer
        await driver.press("]")
        assert "No highlight is in the text as it is now: tab goes to the notes" in driver.footer
        await driver.press("tab", "/", *"is:lost")
        assert "“Who decides?”" in driver.seen

    async def unchanged(driver: AppDriver) -> None:
        assert "1 highlight is not in the text as it is now" in driver.footer

    def article(text: str) -> Article:
        return Article.assemble(
            [Piece(BlockKind.HEADING, "A pact", 1), Piece(BlockKind.PARAGRAPH, text)],
            title="A pact",
            source="/articles/pact.txt",
        )

    kept = "The pact is vague. Seoul has warned of what may follow from it. Nobody has answered yet."
    run_story(tmp_path, mark, article=article(kept.replace("Seoul", "Who decides? Seoul")))
    changed = article(kept)
    run_story(tmp_path, again, article=changed)
    run_story(tmp_path, unchanged, article=changed)


def test_a_note_on_the_article_is_no_highlight_that_was_lost(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("A", *"Read again.", "escape", "]")
        assert (
            "There are no highlights yet: 1-5 marks" in driver.footer or "no highlights yet" in driver.footer
        )

    run_story(tmp_path, story)


def test_joiners_that_are_typed_are_kept(tmp_path):
    persian = "می\u200cخواهم"

    async def story(driver: AppDriver) -> None:
        await driver.press("1", "a")
        for letter in persian:
            driver.post(letter)
        await driver.press("escape", "t")
        for letter in persian:
            driver.post(letter)
        await driver.press("enter")
        assert driver.annotations() == [("A pact", "key-point", persian, (persian,))]

    run_story(tmp_path, story)


def test_an_export_to_a_directory_replaces_nothing(tmp_path, monkeypatch):
    (tmp_path / "notes").mkdir()
    monkeypatch.chdir(tmp_path)

    async def story(driver: AppDriver) -> None:
        await driver.press("1", "E", "ctrl+u", *"notes", "enter", "enter")
        assert "That is a directory. A file in it needs a name." in driver.seen
        await driver.press(*"/pact.md", "enter")
        assert "annotation written to notes/pact.md" in driver.footer

    run_story(tmp_path / "home", story)
