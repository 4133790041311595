"""`pactreader paths`: the paths of files and directories."""

from pathlib import Path

from cli.command_line import Run


def test_paths_are_printed_and_nothing_is_created(run: Run, home: Path, tmp_path: Path) -> None:
    assert f"library   {home / 'library.json'}\n" in run("paths").out
    assert f"log       {home / 'log' / 'pactreader.log'}\n" in run("paths").out
    elsewhere = tmp_path / "elsewhere"
    assert str(elsewhere / "library.json") in run("--data-dir", str(elsewhere), "paths").out
    assert str(elsewhere / "library.json") in run("paths", "--data-dir", str(elsewhere)).out
    assert not home.exists()
    assert not elsewhere.exists()
