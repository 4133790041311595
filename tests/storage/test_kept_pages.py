"""Pages of the web: they are kept with their article, checked, merged, and deleted when no one needs them."""

import os
from datetime import UTC, datetime

import pytest

from pactreader.core.article import file_hash_of
from pactreader.core.fetched_page import FetchedPage
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.storage.recovery.library_check import check
from pactreader.storage.recovery.repair import repair
from pactreader.storage.texts.store_files import PAGE, is_stored, stored_files
from storage.library_driver import LibraryDriver, an_article

URL, REDIRECTED, TYPED = "https://example.org/a", "https://www.example.org/a?x=1", "http://example.org/a"
NOW = datetime(2026, 11, 25, tzinfo=UTC)
NO_LIMIT = 10**12


def a_page(text="The pact.", *, fetched_at="2026-11-25T10:00:00Z", requested=TYPED):
    data = f"<p>{text}</p>".encode()
    return FetchedPage(data, REDIRECTED, "text/html", "cp1252", fetched_at, requested)


def an_article_from(page, text="The pact."):
    return an_article(text, source=URL)._replace(
        page=page,
        file_hash=file_hash_of(page.data),
        url=URL,
        tags=("pact", "Korea"),
        author="Jane Doe",
        date="2026-11-01",
        reader="Web page 1",
    )


def open_page(directory, page, text="The pact."):
    driver = LibraryDriver(directory, an_article_from(page, text))
    driver.library.register(driver.entry, driver.article)
    return driver


@pytest.fixture
def driver(tmp_path):
    return open_page(tmp_path / "home", a_page())


def age(paths):
    for one in paths.texts.iterdir():
        os.utime(one, (1.0, 1.0))


def clean(paths, limit=NO_LIMIT):
    library = Library(paths, now=lambda: NOW)
    for _ in library.text_cleaner.find(limit):
        pass
    return library.text_cleaner.remove_found()


@pytest.mark.parametrize("address", [URL, REDIRECTED, TYPED])
def test_a_page_is_found_by_each_of_its_addresses(driver, address):
    library = Library(driver.paths)

    entry = library.with_address(address)

    assert entry is not None
    assert library.kept.page(entry) == a_page(requested="")
    assert (entry.source, entry.url, entry.author, entry.date) == (URL, URL, "Jane Doe", "2026-11-01")
    assert (entry.tags, entry.reader) == (("pact", "Korea"), "Web page 1")


def test_a_page_that_was_fetched_anew_replaces_the_one_before(driver, tmp_path):
    newer = a_page("The pact, edited.", fetched_at="2026-11-26T10:00:00Z")
    again = open_page(tmp_path / "home", newer, "The pact, edited.")
    assert again.entry.id == driver.entry.id
    kept = Library(driver.paths).kept.page(again.entry)
    assert kept is not None
    assert (kept.data, kept.fetched_at) == (newer.data, newer.fetched_at)

    age(driver.paths)
    assert clean(driver.paths) == 2, "the former page and the former text, on which nothing was marked"
    assert is_stored(driver.paths.texts, file_hash_of(newer.data), PAGE)


def test_a_page_stays_with_the_article_when_that_is_read_from_a_file(driver, tmp_path):
    copy = LibraryDriver(tmp_path / "home", an_article("The pact.", source="/saved.html"))
    copy.library.register(copy.entry, copy.article)
    assert copy.entry.id == driver.entry.id
    assert Library(driver.paths).kept.page(copy.entry) == a_page(requested="")


def test_pages_count_for_the_limit_unless_their_article_has_notes(driver, tmp_path):
    other = an_article_from(a_page("Elsewhere."), "Elsewhere.")._replace(source="https://example.org/b")
    other = other._replace(page=a_page("Elsewhere.", requested="")._replace(url="https://example.org/b"))
    marked = LibraryDriver(tmp_path / "home", other)
    marked.library.register(marked.entry, marked.article)
    marked.mark(0, 4)
    age(driver.paths)
    assert clean(driver.paths, limit=0) == 2
    assert {one.hash for one in stored_files(driver.paths.texts)} == {
        other.text_hash,
        file_hash_of(other.page.data),
    }


def test_a_damaged_page_is_not_shown_and_doctor_puts_it_aside(driver):
    path = driver.paths.texts / f"{file_hash_of(a_page().data)}{PAGE}"
    path.write_bytes(path.read_bytes()[:-20])
    assert Library(driver.paths).kept.page(driver.entry) is None

    found = check(driver.paths)
    assert [entry.id for entry in found.damaged_pages] == [driver.entry.id]
    assert not found.is_sound
    driver.library.close()
    repair(driver.paths, found)
    assert check(driver.paths).is_sound
    assert path.with_name(f"{path.name}.damaged").exists()


def test_pages_come_along_in_a_merge(driver, tmp_path):
    driver.library.close()
    here = Library(Paths.find(tmp_path / "here", {}))
    here.merger.merge(driver.paths.data)
    assert here.kept.page(here.with_address(URL)) == a_page(requested="")


@pytest.mark.parametrize("damage", [5, [], {}, {"content_hash": 5}, {"content_hash": "../x"}], ids=str)
def test_a_damaged_field_is_as_no_page(driver, damage):
    entry = driver.entry
    library = Library(driver.paths)
    key, record = library._records.find("article", entry.id)
    with library._file.changing():
        library._file.append({key: {**record, "page": damage}})
    assert library.kept.page(library.with_id(entry.id)) is None
    assert not check(driver.paths).damaged_pages


def test_an_edited_page_that_another_address_leads_to_now_is_the_same_article(tmp_path):
    text = "The pact is vague, and Seoul has warned Russia. Weapons flow, that is alleged. " * 5
    driver = open_page(tmp_path / "home", a_page(text), text)
    edited = text.replace("vague", "unclear", 1)
    moved = an_article_from(a_page(edited)._replace(url="https://m.example.org/a", requested=""), edited)
    library = driver.library
    entry, is_certain = library.identity.identify(moved)
    assert not is_certain
    found = library.identity.comparison(moved, entry).run()
    assert (found.is_same, found.entry.id) == (True, driver.entry.id)


def test_a_deleted_article_leaves_no_page_behind(driver, tmp_path):
    newer = a_page("The pact, edited.", fetched_at="2026-11-26T10:00:00Z")
    again = open_page(tmp_path / "home", newer, "The pact, edited.")
    again.library.delete(again.entry.id)
    assert list(stored_files(driver.paths.texts)) == []
