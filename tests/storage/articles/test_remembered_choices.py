"""The library is asked for the choices of reading an article only if it may have any."""

import json

import pytest

from pactreader.core.reading_options import ReadingOptions
from pactreader.storage.articles import remembered_choices
from pactreader.storage.articles.remembered_choices import RememberedChoices
from storage.library_driver import LibraryDriver, an_article


def may_be_of(driver: LibraryDriver, *keys: str) -> bool:
    return RememberedChoices(driver.paths.library).may_be_of(lambda: keys)


@pytest.fixture
def driver(tmp_path, monkeypatch):
    monkeypatch.setattr(remembered_choices, "_CHUNK", 100)
    article = an_article("Primero.", title="Uno", source="/ärticles/uno.txt")
    driver = LibraryDriver(tmp_path, article._replace(options=ReadingOptions(language="es")))
    driver.mark()
    return driver


def test_choices_are_known_by_address_and_hash(driver):
    assert may_be_of(driver, "/ärticles/uno.txt")
    assert may_be_of(driver, "", driver.article.text_hash)
    assert not may_be_of(driver, "/ärticles/uno", "/articles/uno.txt", "0" * 32, "")


def test_they_are_known_in_a_file_that_another_program_wrote(driver):
    driver.library.close()
    tables = json.loads(driver.paths.library.read_bytes())
    for written in (json.dumps(tables), json.dumps(tables, ensure_ascii=False), json.dumps(tables, indent=4)):
        driver.paths.library.write_text(written, "utf-8")
        assert may_be_of(driver, "/ärticles/uno.txt")


def test_without_choices_nothing_is_computed(tmp_path):
    driver = LibraryDriver(tmp_path)
    driver.note(driver.mark(), '"reading": {')
    choices = RememberedChoices(driver.paths.library)
    assert not choices.may_be_of(lambda: 1 / 0)
    assert not RememberedChoices(tmp_path / "missing.json").may_be_of(lambda: 1 / 0)
