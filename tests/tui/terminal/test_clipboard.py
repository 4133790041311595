import stat

import pytest

from pactreader.tui.terminal.clipboard import clipboard_tool, put_on_clipboard

NOWHERE = ("WAYLAND_DISPLAY", "DISPLAY", "WSL_DISTRO_NAME", "TMUX")


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """Programs that are there: each writes what it is given beside itself."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    for name in NOWHERE:
        monkeypatch.delenv(name, raising=False)

    def add(name: str, script: str = '/bin/cat > "$0.got"; echo noise; echo noise >&2') -> None:
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    return add


def test_without_a_display_or_a_tool_there_is_only_the_terminal(programs, monkeypatch):
    programs("xclip")
    assert clipboard_tool() == []
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert clipboard_tool() == []


@pytest.mark.parametrize(
    ("there", "variable", "chosen"),
    [
        (["wl-copy", "xclip"], "WAYLAND_DISPLAY", "wl-copy"),
        (["xclip", "xsel"], "DISPLAY", "xclip"),
        (["xsel"], "DISPLAY", "xsel"),
        (["tmux", "xclip"], "TMUX", "tmux"),
        (["clip.exe"], "WSL_DISTRO_NAME", "clip.exe"),
    ],
)
def test_the_tool_is_that_of_where_the_reader_is(programs, monkeypatch, there, variable, chosen):
    for name in there:
        programs(name)
    monkeypatch.setenv(variable, "1")
    assert clipboard_tool()[0] == chosen


def test_a_tool_gets_the_text_and_nothing_that_it_says_is_seen(programs, monkeypatch, tmp_path, capfd):
    programs("xclip")
    monkeypatch.setenv("DISPLAY", ":0")
    put_on_clipboard(clipboard_tool(), "Что это?\n北朝鮮").join()
    assert (tmp_path / "xclip.got").read_text() == "Что это?\n北朝鮮"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("script", ["exit 1", "exec /bin/sleep 60"])
def test_a_tool_that_fails_or_hangs_is_given_up(programs, monkeypatch, script):
    monkeypatch.setattr("pactreader.tui.terminal.clipboard._TIMEOUT", 0.2)
    programs("xclip", script)
    put_on_clipboard(["xclip"], "x").join(10)
    put_on_clipboard(["no-such-tool"], "x").join(10)
