"""The event log: its content, mode and size."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pactreader.core.errors import NotSavedError, UsageError
from pactreader.storage import event_log
from pactreader.storage.event_log import EventLog

SECRET = "what nobody else may read"


@pytest.fixture
def log_path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "log" / "pactreader.log"


def raise_not_saved() -> None:
    full = OSError(28, SECRET, f"/home/user/{SECRET}.md")
    raise NotSavedError(f"“{SECRET}” is not saved.", SECRET) from full


def test_a_warning_names_the_event_and_its_error(log_path: Path) -> None:
    try:
        raise_not_saved()
    except NotSavedError as error:
        EventLog(log_path).warning("save failed", error, subject="k3x9f2")

    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ WARNING save failed k3x9f2: NotSavedError from OSError ENOSPC\n",
        log_path.read_text("utf-8"),
    )


def test_a_fault_names_its_calls_but_no_values(log_path: Path) -> None:
    note = SECRET

    with pytest.raises(KeyError), EventLog(log_path).logging_errors():
        {}[note]

    text = log_path.read_text("utf-8")
    assert " FAULT KeyError\n" in text
    assert f"  at {__name__}:" in text
    assert "test_a_fault_names_its_calls_but_no_values" in text
    assert SECRET not in text


def test_a_failed_save_that_ends_a_block_is_a_warning(log_path: Path) -> None:
    with pytest.raises(NotSavedError), EventLog(log_path).logging_errors():
        raise_not_saved()

    text = log_path.read_text("utf-8")
    assert text.endswith(" WARNING not saved: NotSavedError from OSError ENOSPC\n")
    assert SECRET not in text


@pytest.mark.parametrize(
    "error", [UsageError("There is no such article."), BrokenPipeError(), KeyboardInterrupt()]
)
def test_an_expected_end_is_not_logged(log_path: Path, error: BaseException) -> None:
    with pytest.raises(type(error)), EventLog(log_path).logging_errors():
        raise error

    assert not log_path.exists()


def test_an_error_in_an_error_is_described_once(log_path: Path) -> None:
    first, second = ValueError(SECRET), KeyError(SECRET)
    first.__cause__, second.__cause__ = second, first

    EventLog(log_path).warning("odd", first)

    assert log_path.read_text("utf-8").endswith(": ValueError from KeyError\n")


def test_a_subject_stays_on_its_line(log_path: Path) -> None:
    EventLog(log_path).warning("backup damaged", subject="a\nb\x1b[31m")

    assert len(log_path.read_text("utf-8").splitlines()) == 1
    assert "\x1b" not in log_path.read_text("utf-8")


def test_a_deep_traceback_is_cut(log_path: Path) -> None:
    def recurse() -> None:
        recurse()

    with pytest.raises(RecursionError), EventLog(log_path).logging_errors():
        recurse()

    assert len(log_path.read_text("utf-8").splitlines()) == 61


def test_the_log_is_rotated(log_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_log, "_LARGEST_FILE", 200)
    for number in range(20):
        EventLog(log_path).warning("event", subject=f"{number:02}")

    files = sorted(log_path.parent.iterdir())
    assert [file.name for file in files] == ["pactreader.log", "pactreader.log.1", "pactreader.log.2"]
    assert "event 19" in log_path.read_text("utf-8")
    assert all(file.stat().st_size <= 200 for file in files)
    if os.name != "nt":
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


@pytest.mark.skipif(os.name == "nt", reason="there are no such modes")
def test_the_log_is_private(log_path: Path) -> None:
    old = os.umask(0)
    try:
        EventLog(log_path).warning("event")
    finally:
        os.umask(old)

    assert stat.S_IMODE(log_path.stat().st_mode) == 0o600
    assert stat.S_IMODE(log_path.parent.stat().st_mode) == 0o700


def test_a_log_that_cannot_be_opened_is_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "log").write_text("a file")
    EventLog(tmp_path / "log" / "pactreader.log").warning("event")
    (tmp_path / "directory").mkdir()
    EventLog(tmp_path / "directory").warning("event")

    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything can be written here")
def test_a_read_only_directory_is_no_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        EventLog(tmp_path / "log" / "pactreader.log").warning("event")
    finally:
        tmp_path.chmod(0o700)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_full_disk_is_no_error(log_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log_path.parent.mkdir(parents=True)
    log_path.symlink_to("/dev/full")
    EventLog(log_path).warning("event")

    assert capsys.readouterr() == ("", "")


def test_the_log_costs_nothing_until_something_is_logged(log_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from pactreader.storage.event_log import EventLog\n"
        f"with EventLog(Path({str(log_path)!r})).logging_errors(): pass\n"
        "print('logging' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"
    assert not log_path.exists()
