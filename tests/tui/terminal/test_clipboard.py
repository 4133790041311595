import stat

import pytest

from pactreader.tui.terminal.clipboard import clipboard_tool, put_on_clipboard

DISPLAY_VARIABLES = ("WAYLAND_DISPLAY", "DISPLAY", "WSL_DISTRO_NAME", "TMUX")


@pytest.fixture
def fake_programs(tmp_path, monkeypatch):
    """Return a function that adds a program to PATH, which writes its input to a file beside itself."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    for name in DISPLAY_VARIABLES:
        monkeypatch.delenv(name, raising=False)

    def add(name: str, script: str = '/bin/cat > "$0.got"; echo noise; echo noise >&2') -> None:
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    return add


def test_without_a_display_or_a_tool_there_is_no_command(fake_programs, monkeypatch):
    fake_programs("xclip")
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
def test_the_tool_depends_on_the_display(fake_programs, monkeypatch, there, variable, chosen):
    for name in there:
        fake_programs(name)
    monkeypatch.setenv(variable, "1")
    assert clipboard_tool()[0] == chosen


def test_a_tool_gets_the_text_and_its_output_is_hidden(fake_programs, monkeypatch, tmp_path, capfd):
    fake_programs("xclip")
    monkeypatch.setenv("DISPLAY", ":0")
    put_on_clipboard(clipboard_tool(), "Что это?\n北朝鮮").join()
    assert (tmp_path / "xclip.got").read_text() == "Что это?\n北朝鮮"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("script", ["exit 1", "exec /bin/sleep 60"])
def test_a_tool_that_fails_or_hangs_is_ended(fake_programs, monkeypatch, script):
    monkeypatch.setattr("pactreader.tui.terminal.clipboard._TIMEOUT", 0.2)
    fake_programs("xclip", script)
    put_on_clipboard(["xclip"], "x").join(10)
    put_on_clipboard(["no-such-tool"], "x").join(10)
