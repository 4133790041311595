from app_driver import LONG, AppDriver, here, read


def test_a_bookmark_is_set_used_moved_removed_and_kept(tmp_path):
    async def setting(reader: AppDriver) -> None:
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

    async def after_a_restart(reader: AppDriver) -> None:
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
