"""The library browser: articles and notes are found, opened, renamed, forgotten and recalled."""

from collections.abc import Iterator

import pytest

from app_driver import AppDriver, run_story
from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.query import Query
from pactreader.storage.library import Library
from pactreader.storage.notes_index import NoteHit, NotesIndex
from pactreader.storage.paths import Paths
from pactreader.tui.session import kept_text_search

pytestmark = pytest.mark.slow


def store_article(home, title: str, *paragraphs: str, mark: str = "", note: str = "") -> Article:
    """Store an article whose file is gone."""
    article = Article.assemble(
        [Piece(BlockKind.PARAGRAPH, text) for text in paragraphs], title=title, source=f"/gone/{title}.txt"
    )
    with Library(Paths.find(home, {})) as library:
        entry = library.entry_for(article)
        library.register(entry, article)
        notebook = library.notebook(entry, article)
        if mark:
            start = article.text.index(mark)
            library.save(entry, notebook.highlight((start, start + len(mark)), "doubt", note=note))
    return article


def test_a_found_note_opens_its_article_at_the_passage(tmp_path):
    store_article(
        tmp_path,
        "Sanctions",
        *(f"Paragraph {n}." for n in range(90)),
        "Nobody enforces them.",
        mark="enforces",
    )

    async def story(driver: AppDriver) -> None:
        first = driver.screen
        await driver.press("1", "o")
        assert "Library" in driver.seen
        assert "Sanctions" in driver.seen
        await driver.type("enforc")
        assert "! “enforces”" in driver.seen
        assert "A pact" not in driver.seen.split("Library")[1]
        await driver.press("enter")
        await driver.pilot.pause()
        assert driver.screen is not first
        assert "Sanctions" in driver.title
        assert "Nobody enforces them." in driver.seen
        assert "1 highlight" in driver.title
        await driver.press("2")
        assert ("enforces", "evidence", "", ()) in driver.annotations()
        await driver.press("o", *"a pact", "enter")
        await driver.pilot.pause()
        assert "A pact" in driver.title
        assert "The pact is vague." in driver.seen
        await driver.press("u")
        assert "Undone: highlight “A pact”" in driver.footer

    run_story(tmp_path, story)


def test_a_rename_is_undone(tmp_path):
    store_article(tmp_path, "Sanctions", "Nobody enforces them.")

    async def story(driver: AppDriver) -> None:
        await driver.press("o", "ctrl+r", *[*["backspace"] * 6, *"Ours"], "enter")
        assert "Ours" in driver.seen
        await driver.press("escape")
        assert "Ours" in driver.title
        await driver.press("o", *"sanct", "ctrl+r", *" 2026", "enter")
        assert "Sanctions 2026" in driver.seen
        await driver.press("ctrl+z")
        assert "Sanctions 2026" not in driver.seen
        await driver.press("escape")

    run_story(tmp_path, story)


def test_a_forgotten_article_is_recalled_and_found_again(tmp_path):
    store_article(tmp_path, "Sanctions", "Nobody enforces them.", mark="enforces")

    async def story(driver: AppDriver) -> None:
        await driver.press("o", "ctrl+d")
        assert "Open another one first." in driver.seen
        await driver.press("down", "ctrl+d")
        assert "“Sanctions” is forgotten, ctrl+z recalls it." in driver.seen
        await driver.press("down")
        assert "Sanctions" not in driver.seen
        await driver.press("ctrl+z")
        assert "Sanctions" in driver.seen
        await driver.press("down", "ctrl+d", *"enforces")
        await driver.wait_until(lambda: "Nothing is called that or says that." in driver.seen)
        await driver.press("escape")

    async def another_day(driver: AppDriver) -> None:
        await driver.press("o", *"sanct")
        assert "Sanctions" not in driver.seen
        await driver.press(*" is:forgotten")
        assert "ctrl+d recall" in driver.seen
        await driver.press("enter")
        await driver.pilot.pause()
        assert "Sanctions" in driver.title
        await driver.press("o")
        assert "Sanctions" in driver.seen.split("Library")[1]

    run_story(tmp_path, story)
    run_story(tmp_path, another_day)


def test_unsaved_changes_keep_another_article_from_opening(tmp_path):
    store_article(tmp_path, "Sanctions", "Nobody enforces them.")

    async def story(driver: AppDriver) -> None:
        driver.fail_to_save()
        await driver.press("1", "o", *"sanct", "enter")
        assert "The disk is full." in driver.seen
        await driver.press("escape")
        assert "A pact" in driver.title
        assert "not saved" in driver.title
        driver.save_again()
        await driver.press("ctrl+s", "o", *"sanct", "enter")
        await driver.pilot.pause()
        assert "Sanctions" in driver.title

    run_story(tmp_path, story)
    with Library(Paths.find(tmp_path, {})) as library:
        assert len(list(library.annotations())) == 1


def test_an_article_without_a_text_is_reported(tmp_path):
    with Library(Paths.find(tmp_path, {})) as library:
        article = Article.assemble([Piece(BlockKind.PARAGRAPH, "x")], title="Piped", source="-")
        entry = library.entry_for(article)
        library.register(entry, article)
    for path in Paths.find(tmp_path, {}).texts.iterdir():
        path.unlink()

    async def story(driver: AppDriver) -> None:
        await driver.press("o", *"piped", "enter")
        assert "The text of “Piped” was not kept." in driver.seen
        await driver.press("escape")
        assert "A pact" in driver.title

    run_story(tmp_path, story)


def test_two_articles_are_joined_and_the_joining_is_undone(tmp_path):
    store_article(tmp_path, "Sanctions", "Nobody enforces them.", mark="enforces")

    async def story(driver: AppDriver) -> None:
        await driver.press("1", "o")
        assert "ctrl+g join" in driver.seen
        await driver.press("ctrl+g")
        assert "Join “A pact” with" in driver.seen
        await driver.press(*"sanct", "enter")
        await driver.pilot.pause()
        assert "2 highlights" in driver.seen
        await driver.press("escape")
        assert "2 highlights" in driver.title
        await driver.press("o", "ctrl+g")
        assert "ctrl+g" not in driver.seen, "There is no other article"
        await driver.press("escape")

    run_story(tmp_path, story)


def test_a_joining_is_undone(tmp_path):
    store_article(tmp_path, "Sanctions", "Nobody enforces them.", mark="enforces")

    async def story(driver: AppDriver) -> None:
        await driver.press("1", "o", "ctrl+g", "enter")
        await driver.pilot.pause()
        await driver.press("ctrl+z", "escape")
        assert "1 highlight " in driver.title
        assert driver.app.session.library.highlight_counts().total() == 2
        assert len(driver.app.session.library.articles()) == 2

    run_story(tmp_path, story)


def test_words_in_the_texts_of_other_articles_are_found_and_opened(tmp_path):
    store_article(tmp_path, "Sanctions", *(f"Paragraph {n}." for n in range(90)), "Nobody enforces thém.")
    store_article(tmp_path, "Exports", "Whoever enforces this.")

    async def story(driver: AppDriver) -> None:
        await driver.press("o")
        await driver.type("enforces the")
        await driver.wait_until(lambda: "enforces thém" in driver.seen)
        assert "▌   Nobody enforces thém.  " in driver.seen
        assert "In the text of Sanctions" in driver.seen
        assert "Exports" not in driver.seen, "it does not have all the words"
        await driver.press("enter")
        await driver.pilot.pause()
        assert "Sanctions" in driver.title
        assert "Nobody enforces thém." in driver.seen

    run_story(tmp_path, story)


def test_found_words_are_in_view_on_a_narrow_screen(tmp_path):
    title = "A very long title that goes on and on"
    store_article(tmp_path, title, "It is many words later that nobody en[for]ces them, nor anything else.")
    store_article(tmp_path, "東京", "長い前置きの文章が続いてから東京タワーが見える。")

    async def story(driver: AppDriver) -> None:
        await driver.press("o")
        await driver.type("n[for]c")
        await driver.wait_until(lambda: "…er that nobody en[for]" in driver.seen)
        await driver.press("ctrl+u")
        await driver.type("東京タ")
        await driver.wait_until(lambda: "…文章が続いてから東京タワーが見える。" in driver.seen)

    run_story(tmp_path, story, size=(60, 20))


def test_nothing_is_said_to_be_found_only_when_all_is_searched(tmp_path, monkeypatch):
    monkeypatch.setattr(kept_text_search, "_TYPING_PAUSE", 60)
    store_article(tmp_path, "Exports", "Whoever enforces this.")

    async def story(driver: AppDriver) -> None:
        await driver.press("o")
        await driver.type("zeppelin")
        assert "Exports" not in driver.seen
        assert "Nothing is called" not in driver.seen
        monkeypatch.setattr(kept_text_search, "_TYPING_PAUSE", 0)
        await driver.type("s")
        await driver.wait_until(lambda: "Nothing is called that or says that." in driver.seen)

    run_story(tmp_path, story)


def test_notes_are_searched_once_for_what_is_typed_while_texts_are_searched(tmp_path, monkeypatch):
    store_article(tmp_path, "Exports", "Whoever enforces this.", mark="this", note="Doubtful.")
    searched = []
    search = NotesIndex.search

    def recorded(index: NotesIndex, query: Query) -> Iterator[NoteHit]:
        searched.append(query.words)
        return search(index, query)

    monkeypatch.setattr(NotesIndex, "search", recorded)

    async def story(driver: AppDriver) -> None:
        await driver.press("o")
        await driver.type("enforc")
        await driver.wait_until(lambda: "In the text of Exports" in driver.seen)
        assert searched.count(("enforc",)) == 1

    run_story(tmp_path, story)
