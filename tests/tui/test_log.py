"""Faults and failed saves of the running app are logged, without what the user wrote."""

import pytest

from app_driver import AppDriver, run_story
from pactreader.tui.commands import annotations

pytestmark = pytest.mark.slow


def test_a_failed_save_is_logged_without_words(tmp_path):
    async def story(driver: AppDriver) -> None:
        driver.fail_to_save()
        await driver.press("}", "1")
        driver.save_again()

    run_story(tmp_path, story)
    log = next((tmp_path / "log").rglob("*.log")).read_text("utf-8")
    assert "WARNING not saved: NotSavedError" in log
    assert not any(word in log for word in ("pact", "vague", "decides", "Seoul"))


def test_a_fault_of_a_command_is_logged(tmp_path, monkeypatch):
    def fail(*_arguments):
        raise ZeroDivisionError("vague words of the article")

    async def story(driver: AppDriver) -> None:
        monkeypatch.setattr(annotations, "_report_if_filtered", fail)
        await driver.press("}", "1")

    with pytest.raises(ZeroDivisionError):
        run_story(tmp_path, story)
    log = next((tmp_path / "log").rglob("*.log")).read_text("utf-8")
    assert "FAULT ZeroDivisionError" in log
    assert "pactreader.tui.commands.annotations" in log
    assert "vague" not in log
