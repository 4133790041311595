from app_driver import AppDriver, read


def test_a_theme_is_chosen_by_a_word(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("ctrl+p", *"theme", "enter", *"nord")
        assert "enter puts it on" in reader.seen
        await reader.press("enter")
        assert reader.app.theme == "nord"
        await reader.press("ctrl+p", *"theme", "enter")
        assert reader.app.screen._chosen.value == "nord"

    read(tmp_path, story)
