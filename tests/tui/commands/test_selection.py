from rich.cells import cell_len, set_cell_size

from app_driver import LONG, AppDriver, read
from pactreader.core.article import Article, BlockKind, Piece


def selected(reader: AppDriver) -> str:
    selection = reader.screen.article_view.caret.selection
    return reader.screen.article.text[slice(*selection)] if selection else ""


def tag_of(reader: AppDriver, words: str) -> list[str]:
    """The keys of the tag that words wear on the screen."""
    start = reader.screen.article.text.index(words)
    return list(dict(reader.screen.article_view.tags)[start])


def test_a_phrase_is_picked_by_its_first_and_its_last_word_and_marked(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("f")
        assert "where it begins" in reader.footer
        await reader.press(*tag_of(reader, "pact is"))
        assert selected(reader) == "pact"
        assert "where it ends" in reader.footer
        await reader.press(*tag_of(reader, "vague"))
        assert selected(reader) == "pact is vague"
        await reader.press("4")
        assert reader.annotations() == [("pact is vague", "doubt", "", ())]

    read(tmp_path, story)


def test_after_one_tag_enter_is_the_sentence_a_label_the_word(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("f")
        await reader.press(*tag_of(reader, "warned"), "enter")
        assert selected(reader) == "Seoul has warned Russia."
        await reader.press("escape", "f")
        await reader.press(*tag_of(reader, "decides"), "5")
        assert reader.annotations() == [("decides", "term", "", ())]

    read(tmp_path, story)


def test_letting_a_pick_be_leaves_everything_as_it_was(tmp_path):
    async def story(reader: AppDriver) -> None:
        view = reader.screen.article_view
        before, page = view.caret.state, reader.seen
        await reader.press("f", "escape")
        assert (view.caret.state, reader.seen) == (before, page)
        await reader.press("f", "f", "backspace", "backspace")
        assert (view.caret.state, reader.seen) == (before, page)
        await reader.press("f", "down")
        assert view.caret.offset > before.offset
        assert "word where" not in reader.footer

    read(tmp_path, story)


def test_a_sentence_is_picked_by_one_letter(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("s")
        await reader.press(*tag_of(reader, "Who"), "3")
        assert reader.annotations() == [("Who decides?", "question", "", ())]

    read(tmp_path, story)


def test_a_highlight_is_reshaped_by_any_motion_and_kept_with_enter(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("down", "2", "r")
        assert "keep it" in reader.footer
        await reader.press("f")
        await reader.press(*tag_of(reader, "decides"), "enter")
        assert reader.annotations() == [("The pact is vague. Who decides", "evidence", "", ())]
        await reader.press("r", ".", "escape")
        assert reader.annotations() == [("The pact is vague. Who decides", "evidence", "", ())]
        await reader.press("r", ".", "4")
        assert reader.annotations() == [("The pact is vague. Who decides?", "doubt", "", ())]
        await reader.press("u", "u")
        assert reader.annotations() == [("The pact is vague.", "evidence", "", ())]

    read(tmp_path, story)


def test_vims_text_objects_select_what_they_name(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("down", "v", "i", "s")
        assert selected(reader) == "The pact is vague."
        await reader.press("i", "s")
        assert selected(reader) == "The pact is vague. Who decides?"
        await reader.press("i", "p")
        assert selected(reader).endswith("Russia.")
        await reader.press("escape", "v", "i")
        assert "paragraph" in reader.footer
        await reader.press("escape", "escape")
        assert not selected(reader)

    read(tmp_path, story)


def test_tags_lie_over_the_beginnings_of_words_and_move_nothing(tmp_path):
    article = Article.assemble([Piece(BlockKind.PARAGRAPH, "日本 a bc 한국어 defgh " * 12)], title="t")

    async def story(reader: AppDriver) -> None:
        view = reader.screen.article_view
        before = reader.line(2)
        await reader.press("f")
        tagged = reader.line(2)
        assert tagged != before
        assert cell_len(tagged) == cell_len(before)
        for offset, tag in view.tags:
            assert tag
            at = article.text.find("defgh", offset)
            if at == offset and before.find("defgh") >= 0:
                cell = cell_len(before[: before.index("defgh")])
                assert set_cell_size(tagged, cell + 5).endswith("defgh"[len(tag) :])
                break

    read(tmp_path, story, article=article)


def test_a_letter_after_the_tags_are_gone_is_a_command_again(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("s")
        await reader.press(*tag_of(reader, "The pact"), "escape", "j")
        assert reader.screen.article_view.caret.selection is None

    read(tmp_path, story)


def test_right_after_v_a_selects_around_else_it_writes_a_note(tmp_path):
    async def story(reader: AppDriver) -> None:
        view = reader.screen.article_view
        await reader.press("/", *"summary", "enter", "escape", "w", "v", "a", "w")
        assert LONG.text[slice(*view.caret.selection)] == "says,"
        await reader.press("a")
        assert "Note on “says,”" in reader.seen
        await reader.press("escape")

    read(tmp_path, story, article=LONG)
