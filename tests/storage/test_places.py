"""The places: one directory of the reader's own, or the platform's."""

from pathlib import Path

import platformdirs

from pactreader.storage.places import Places


def test_a_directory_of_ones_own_holds_everything(tmp_path):
    home = tmp_path / "home"
    for places in (
        Places.find(home, {"PACTREADER_HOME": "/x"}),
        Places.find(None, {"PACTREADER_HOME": str(home)}),
    ):
        assert places.library == home / "library.json"
        assert places.texts == home / "texts"
        for path in (places.config, places.state, places.log, places.readings, places.drafts, places.window):
            assert path.is_relative_to(home)
            assert path != home
    assert not home.exists()


def test_a_relative_directory_stays_the_same_one_when_the_program_moves(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert Places.find(Path("home"), {}).data == tmp_path / "home"


def test_else_the_platform_decides(tmp_path, monkeypatch):
    for name in ("DATA", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    for environ in ({}, {"PACTREADER_HOME": ""}):
        places = Places.find(None, environ)
        assert places.data == Path(platformdirs.user_data_dir("pactreader", appauthor=False))
        assert len({places.data, places.config, places.state, places.log}) >= 2
    assert list(tmp_path.iterdir()) == []
