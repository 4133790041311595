"""Paths: in one directory chosen by the user, or in the platform's directories."""

from pathlib import Path

import platformdirs

from pactreader.storage.paths import Paths


def test_one_chosen_directory_holds_everything(tmp_path):
    home = tmp_path / "home"
    for paths in (
        Paths.find(home, {"PACTREADER_HOME": "/x"}),
        Paths.find(None, {"PACTREADER_HOME": str(home)}),
    ):
        assert paths.library == home / "library.json"
        assert paths.texts == home / "texts"
        for path in (
            paths.config,
            paths.state,
            paths.log,
            paths.positions,
            paths.drafts,
            paths.window,
            paths.screens,
        ):
            assert path.is_relative_to(home)
            assert path != home
    assert not home.exists()


def test_a_relative_directory_is_made_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert Paths.find(Path("home"), {}).data == tmp_path / "home"


def test_without_a_directory_the_platform_decides(tmp_path, monkeypatch):
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    for environ in ({}, {"PACTREADER_HOME": ""}):
        paths = Paths.find(None, environ)
        assert paths.data == Path(platformdirs.user_data_dir("pactreader", appauthor=False))
        assert paths.cache == Path(platformdirs.user_cache_dir("pactreader", appauthor=False))
        assert len({paths.data, paths.config, paths.state, paths.log}) >= 2
    assert list(tmp_path.iterdir()) == []
