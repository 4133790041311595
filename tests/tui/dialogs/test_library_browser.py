"""The library browser: articles and notes are found, opened, renamed, forgotten and recalled."""

from app_driver import AppDriver, read
from pactreader.core.article import Article, BlockKind, Piece
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths


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

    async def story(reader: AppDriver) -> None:
        first = reader.screen
        await reader.press("1", "o")
        assert "Library" in reader.seen
        assert "Sanctions" in reader.seen
        await reader.type("enforc")
        assert "! “enforces”" in reader.seen
        assert "A pact" not in reader.seen.split("Library")[1]
        await reader.press("enter")
        await reader.pilot.pause()
        assert reader.screen is not first
        assert "Sanctions" in reader.title
        assert "Nobody enforces them." in reader.seen
        assert "1 highlight" in reader.title
        await reader.press("2")
        assert ("enforces", "evidence", "", ()) in reader.annotations()
        await reader.press("o", *"a pact", "enter")
        await reader.pilot.pause()
        assert "A pact" in reader.title
        assert "The pact is vague." in reader.seen
        await reader.press("u")
        assert "Undone: highlight “A pact”" in reader.footer

    read(tmp_path, story)


def test_a_rename_is_undone(tmp_path):
    store_article(tmp_path, "Sanctions", "Nobody enforces them.")

    async def story(reader: AppDriver) -> None:
        await reader.press("o", "ctrl+r", *[*["backspace"] * 6, *"Ours"], "enter")
        assert "Ours" in reader.seen
        await reader.press("escape")
        assert "Ours" in reader.title
        await reader.press("o", *"sanct", "ctrl+r", *" 2026", "enter")
        assert "Sanctions 2026" in reader.seen
        await reader.press("ctrl+z")
        assert "Sanctions 2026" not in reader.seen
        await reader.press("escape")

    read(tmp_path, story)


def test_a_forgotten_article_is_recalled_and_found_again(tmp_path):
    store_article(tmp_path, "Sanctions", "Nobody enforces them.", mark="enforces")

    async def story(reader: AppDriver) -> None:
        await reader.press("o", "ctrl+d")
        assert "Open another one first." in reader.seen
        await reader.press("down", "ctrl+d")
        assert "“Sanctions” is forgotten, ctrl+z recalls it." in reader.seen
        await reader.press("down")
        assert "Sanctions" not in reader.seen
        await reader.press("ctrl+z")
        assert "Sanctions" in reader.seen
        await reader.press("down", "ctrl+d", *"enforces")
        assert "Nothing is called that or says that." in reader.seen
        await reader.press("escape")

    async def another_day(reader: AppDriver) -> None:
        await reader.press("o", *"sanct")
        assert "Sanctions" not in reader.seen
        await reader.press(*" is:forgotten")
        assert "ctrl+d recall" in reader.seen
        await reader.press("enter")
        await reader.pilot.pause()
        assert "Sanctions" in reader.title
        await reader.press("o")
        assert "Sanctions" in reader.seen.split("Library")[1]

    read(tmp_path, story)
    read(tmp_path, another_day)


def test_unsaved_changes_keep_another_article_from_opening(tmp_path):
    store_article(tmp_path, "Sanctions", "Nobody enforces them.")

    async def story(reader: AppDriver) -> None:
        reader.fail_to_save()
        await reader.press("1", "o", *"sanct", "enter")
        assert "The disk is full." in reader.seen
        await reader.press("escape")
        assert "A pact" in reader.title
        assert "not saved" in reader.title
        reader.save_again()
        await reader.press("ctrl+s", "o", *"sanct", "enter")
        await reader.pilot.pause()
        assert "Sanctions" in reader.title

    read(tmp_path, story)
    with Library(Paths.find(tmp_path, {})) as library:
        assert len(list(library.annotations())) == 1


def test_an_article_without_a_text_is_reported(tmp_path):
    with Library(Paths.find(tmp_path, {})) as library:
        article = Article.assemble([Piece(BlockKind.PARAGRAPH, "x")], title="Piped", source="-")
        entry = library.entry_for(article)
        library.register(entry, article)
    for path in Paths.find(tmp_path, {}).texts.iterdir():
        path.unlink()

    async def story(reader: AppDriver) -> None:
        await reader.press("o", *"piped", "enter")
        assert "The text of “Piped” was not kept." in reader.seen
        await reader.press("escape")
        assert "A pact" in reader.title

    read(tmp_path, story)
