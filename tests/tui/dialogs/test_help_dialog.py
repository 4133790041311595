from app_driver import AppDriver, read


def test_help_shows_the_keys_of_here_on_one_screen_and_finds_others_by_a_word(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("?")
        for words in ("4 Doubt", "pick a sentence", "next, previous", "contents", "library", "quit"):
            assert words in reader.seen
        await reader.press(*"lost")
        assert "/  Filter the notes." in reader.seen
        assert "pick a sentence" not in reader.seen
        await reader.press(*"zzz")
        assert "There is no key for that." in reader.seen
        await reader.press("escape", "j", "tab", "?")
        assert "several, all" in reader.seen
        assert "pick a sentence" not in reader.seen
        await reader.press("enter")
        assert reader.screen.notes_panel.has_focus

    read(tmp_path, story, size=(80, 24))


def test_a_slash_before_the_word_changes_nothing_and_alone_is_a_key(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("?", *"/lost")
        assert "/  Filter the notes." in reader.seen
        await reader.press(*["backspace"] * 4)
        assert "/  Find in the article." in reader.seen

    read(tmp_path, story, size=(80, 24))


def test_on_a_small_screen_help_scrolls(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("?")
        assert "Mark" in reader.seen
        assert "library" not in reader.seen
        await reader.press("pagedown", "down", "pagedown")
        assert "library" in reader.seen
        assert "esc closes" in reader.seen

    read(tmp_path, story, size=(60, 20))
