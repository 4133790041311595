from app_driver import AppDriver, read


def test_a_word_finds_a_theme_and_enter_puts_it_on(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("ctrl+p", *"theme", "enter", *"nord")
        assert "enter puts it on" in reader.seen
        await reader.press("enter")
        assert reader.app.theme == "nord"
        await reader.press("ctrl+p", *"theme", "enter")
        assert reader.app.screen.current.value == "nord"

    read(tmp_path, story)
