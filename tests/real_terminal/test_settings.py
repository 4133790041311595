"""The settings file: written by a subcommand, edited, and applied on the screen."""

import re


def with_settings(text, **settings):
    """Return the text of a settings file with some settings uncommented and set."""
    for name, value in settings.items():
        line = re.compile(rf"(?m)^#{re.escape(name)} = \S.*$")
        assert line.search(text), name
        text = line.sub(f"{name} = {value}", text)
    return text


def test_settings_apply_and_a_wrong_line_is_reported(home):
    path = home.data / "config" / "config.toml"
    wrote = home.run("settings", "--write")
    assert (wrote.returncode, wrote.stdout) == (0, f"{path}\n")
    wanted = {
        "labels.doubt.name": '"Zweifel"',
        "labels.doubt.key": '"d"',
        "labels.doubt.colour": '"#00c8c8"',
        "keys.undo": '"f9"',
        "panel.side": '"left"',
        "measure": "4711",
    }
    text = with_settings(path.read_text("utf-8"), **wanted)
    path.write_text(text, "utf-8")
    line = text.split("\n").index("measure = 4711") + 1
    wrong = (
        f"config.toml, line {line} sets measure, which must be a whole number from 40 to 200: it stays 72."
    )

    with home.start() as terminal:
        terminal.wait_for(f"config.toml, line {line} sets measure")
        terminal.press("d")
        terminal.wait_for("! Zweifel")
        terminal.wait_for("1 highlight ")
        card = next(one for one in terminal.lines if "Zweifel" in one)
        assert card.index("Zweifel") < 40, "the notes are on the left"
        terminal.wait_for(lambda: b"38;2;0;200;200" in terminal.raw)
        terminal.press("4")
        terminal.wait_for("Nothing is on 4.")
        terminal.press("?")
        terminal.wait_for(lambda: re.search(r"f9 ctrl\+r +undo", terminal.screen))
        terminal.press("escape")
        terminal.wait_until_gone("esc closes")
        terminal.type("\x1b[20~")  # f9
        terminal.wait_for("Undone: highlight “")
        terminal.wait_for("0 highlights")
        terminal.press("q")
        assert terminal.wait() == 0

    shown = home.run("settings")
    assert shown.returncode == 1
    assert shown.stderr.splitlines()[0] == f"pactreader: {wrong}"
    for name, value in wanted.items():
        assert (f"\n{name} = {value}" in shown.stdout) == (name != "measure")
    assert "\nmeasure = 72\n" in shown.stdout


def test_a_binary_settings_file_does_not_prevent_reading(home):
    path = home.data / "config" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_bytes(bytes(range(256)) * 20)

    with home.start() as terminal:
        terminal.wait_for("config.toml, line ")
        terminal.press("1")
        terminal.wait_for("1 highlight ")
        assert b"\x1b]52" not in terminal.raw
        terminal.press("q")
        assert terminal.wait() == 0
    assert home.run("settings").returncode == 1
