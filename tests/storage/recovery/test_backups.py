"""Backups: verified copies, made daily and before risky operations, and deleted as they expire."""

import os
import stat
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.errors import NotSavedError, UsageError
from pactreader.storage.journal import atomic_write
from pactreader.storage.library import Library
from pactreader.storage.recovery.backups import Backup, Backups, expired_backups
from pactreader.storage.recovery.repair import restore
from storage.library_driver import LibraryDriver, notes, notes_on_disk, plain_tinydb

DAY = timedelta(days=1)
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


class Days:
    """A clock whose time is set by the test."""

    def __init__(self):
        self.at = NOON

    def __call__(self):
        return self.at


@pytest.fixture
def days():
    return Days()


@pytest.fixture
def driver(tmp_path, days):
    driver = LibraryDriver(tmp_path)
    driver.options = {"now": days}
    driver.open()
    return driver


def reasons(driver):
    return [backup.reason for backup in Backups(driver.paths.backups).all()]


def test_one_backup_a_day_is_made_after_a_change(driver, days):
    driver.library.back_up_daily()
    assert reasons(driver) == [], "there is nothing yet"
    driver.mark()
    driver.library.back_up_daily()
    driver.mark(4, 7)
    driver.library.back_up_daily()
    assert reasons(driver) == ["daily"]
    days.at += DAY
    driver.library.back_up_daily()
    driver.library.back_up_daily()
    assert reasons(driver) == ["daily", "daily"]
    days.at += DAY
    driver.library.back_up_daily()
    assert reasons(driver) == ["daily", "daily"], "nothing was changed since"
    newest, oldest = (plain_tinydb(backup.path) for backup in Backups(driver.paths.backups).all())
    assert (len(newest), len(oldest)) == (2, 1)


def test_backups_are_private(driver):
    old = os.umask(0)
    try:
        driver.mark()
        driver.library.back_up_daily()
    finally:
        os.umask(old)
    assert stat.S_IMODE(driver.paths.backups.stat().st_mode) == 0o700
    (backup,) = driver.paths.backups.iterdir()
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_a_backup_that_differs_from_its_source_is_an_error(driver, monkeypatch):
    driver.mark()
    real = atomic_write.write_at

    def cut(descriptor, content, offset):
        real(descriptor, content[: len(content) // 2], offset)

    monkeypatch.setattr(atomic_write, "write_at", cut)
    with pytest.raises(NotSavedError, match="No backup could be made"):
        driver.library.back_up_daily()


@pytest.mark.slow
def test_seven_days_four_weeks_and_twelve_months_stay(driver, days):
    kept = Backups(driver.paths.backups, now=days)
    for day in range(400):
        days.at = NOON + day * DAY
        kept.make(f'{{"meta":{day:05}}}'.encode(), "daily")
    left = [backup.at for backup in kept.all()]
    last = NOON + 399 * DAY
    assert left[:7] == [last - day * DAY for day in range(7)]
    weeks = {at.isocalendar()[:2] for at in left}
    months = {(at.year, at.month) for at in left}
    assert len(months) == 12
    assert len(left) <= 7 + 4 + 12
    assert {(last - week * 7 * DAY).isocalendar()[:2] for week in range(4)} <= weeks


MOMENTS = st.integers(0, 3 * 366 * 24).map(lambda hours: NOON - timedelta(hours=hours))


@given(
    st.lists(
        st.tuples(MOMENTS, st.sampled_from(["daily", "before-merge"])),
        max_size=60,
        unique_by=lambda one: one[0],
    )
)
def test_expiry_keeps_the_newest_of_each_period(tmp_path_factory, made):
    backups = [
        Backup(tmp_path_factory.getbasetemp() / str(n), at, 0, reason) for n, (at, reason) in enumerate(made)
    ]
    gone = expired_backups(backups)
    left = [backup for backup in backups if backup not in gone]
    assert expired_backups(left) == [], "thinning what was thinned changes nothing"
    if backups:
        assert max(backups, key=lambda one: one.at) in left
    occasions = sorted((one for one in backups if one.reason != "daily"), key=lambda one: one.at)
    assert set(occasions[-10:]) <= set(left)
    for period in (lambda at: at.date(), lambda at: (at.year, at.month)):
        newest = max(backups, key=lambda one: one.at, default=None)
        assert newest is None or period(newest.at.astimezone()) in {
            period(one.at.astimezone()) for one in left
        }


def test_no_backup_expires_when_the_library_has_shrunk(driver, days):
    kept = Backups(driver.paths.backups, now=days)
    for day in range(30):
        days.at = NOON + day * DAY
        kept.make(b"x" * 1_000, "before-merge")
    before = len(kept.all())
    days.at += DAY
    kept.make(b"x" * 10, "before-merge")
    assert len(kept.all()) == before + 1
    days.at += DAY
    kept.make(b"x" * 9, "before-merge")
    assert len(kept.all()) <= before + 1


def test_restoring_keeps_the_file_it_replaces(driver, days):
    marked = driver.mark()
    driver.library.back_up_daily()
    driver.note(marked, "later")
    days.at += timedelta(hours=1)
    backup, kept = restore(driver.paths, "", now=days)
    assert backup.reason == "daily"
    assert notes_on_disk(driver.file.parent) == {marked: ""}
    assert plain_tinydb(kept) == {marked: "later"}
    driver.library.notebooks.refresh(driver.entry, driver.notebook)
    assert notes(driver.notebook) == {marked: ""}, "a window that is open takes it as it is"
    restore(driver.paths, kept.name, now=days)
    assert notes_on_disk(driver.file.parent) == {marked: "later"}


def test_a_backup_replaces_a_foreign_file(driver):
    marked = driver.mark()
    driver.library.back_up_daily()
    driver.file.write_text("hello")
    _backup, kept = restore(driver.paths, "")
    assert kept.read_text() == "hello"
    assert notes_on_disk(driver.file.parent) == {marked: ""}


def test_a_missing_library_is_reported_with_its_backup(driver):
    driver.mark()
    driver.library.back_up_daily()
    driver.file.unlink()
    library = Library(driver.paths)
    library.articles()
    (notice,) = library.notices()
    assert "pactreader doctor --restore" in notice
    assert library.notices() == []


@pytest.mark.parametrize("name", ["library-1999", "../library.json", "x"])
def test_a_missing_backup_is_not_restored(driver, name):
    driver.mark()
    driver.library.back_up_daily()
    before = driver.file.read_bytes()
    with pytest.raises(UsageError, match="There is no backup"):
        restore(driver.paths, name)
    assert driver.file.read_bytes() == before
