"""`pactreader settings`: effective settings, problems, a file of defaults; and the user's labels in other subcommands."""

import os

import pytest

from cli.command_line import HOSTILE, mark_words, write_article
from pactreader.core.labels import LABELS
from pactreader.tui.commands import all_commands
from pactreader.tui.themes import DARK_THEME


@pytest.fixture
def config(home):
    """Return the path of the config file, whose directory exists."""
    path = home / "config" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


def test_write_makes_a_file_once(home, run):
    path = home / "config" / "config.toml"
    shown = run("settings")
    assert (shown.code, shown.err) == (0, "")
    assert str(path) in shown.out
    assert not home.exists()

    wrote = run("settings", "--write")
    assert (wrote.code, wrote.out, wrote.err) == (0, f"{path}\n", "")
    text = path.read_text("utf-8")
    assert all(line.startswith("#") or not line for line in text.splitlines())
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
    assert run("settings").out.partition("\n\n")[2] == shown.out.partition("\n\n")[2], "it sets nothing"

    path.write_text("measure = 60\n", "utf-8")
    again = run("settings", "--write")
    assert again.code == 1
    assert f"{path} exists, and stays as it is." in again.err
    assert path.read_text("utf-8") == "measure = 60\n"


def test_the_written_file_uncommented_changes_nothing(home, run, config):
    shown = run("settings").out.partition("\n\n")[2]
    config.parent.rmdir()
    run("settings", "--write")
    text = config.read_text("utf-8")
    config.write_text(
        "\n".join(line[1:] if line[:2].strip("#").strip() else line for line in text.split("\n")), "utf-8"
    )

    taken = run("settings")
    assert (taken.code, taken.err) == (0, "")
    assert taken.out.partition("\n\n")[2] == shown
    for command in all_commands(LABELS):
        assert f"keys.{command.id} = " in taken.out or ":" in command.id


def test_settings_in_force_are_printed_with_problems(run, config):
    config.write_text(
        'theme = "nrod"\nmeasure = 60\n[labels.doubt]\nname = "Zweifel"\nkey = "5"\n[keys]\npick = "f9"\ngrow = "q"\nx =\n',
        "utf-8",
    )
    shown = run("settings")

    assert shown.code == 1
    for line in (
        'theme = "auto"',
        "measure = 60",
        'labels.doubt.name = "Zweifel"',
        'labels.doubt.key = "4"',
        'keys.pick = "f9" ',
        'keys.grow = "." ',
    ):
        assert f"\n{line}" in shown.out
    messages = shown.err.splitlines()
    assert messages[0] == "pactreader: config.toml, line 9 is not understood (invalid value), and left out."
    assert messages[1].startswith(
        "pactreader: config.toml, line 1 sets theme, which is “nrod”: there is no such theme, but nord"
    )
    assert "line 5 sets labels.doubt.key, which is “5”, a key of “Highlight as Term”" in messages[2]
    assert "line 8 sets keys.grow, which is “q”, a key of “Quit” (quit): it stays “.”." in messages[3]
    assert messages[4] == f"pactreader: Not all of {config} is in force."


def test_themes_of_pactreader_and_of_textual_hold(run, config):
    for theme in (DARK_THEME.name, "nord", "textual-light"):
        config.write_text(f'theme = "{theme}"\n', "utf-8")
        shown = run("settings")
        assert (shown.code, shown.err) == (0, "")
        assert f'\ntheme = "{theme}"\n' in shown.out


def test_no_control_character_of_the_file_is_printed(run, config):
    hostile = "".join(f"\\u{ord(character):04x}" for character in HOSTILE)
    config.write_text(
        f'theme = "{hostile}"\n"{hostile}" = 1\nlabels."{hostile}".key = "{hostile}"\nkeys."{hostile}" = "f9"\nkeys.pick = "{hostile}"\n'
        f'labels.doubt.name = "{hostile}"\nlabels.doubt.key = "{hostile}"\n{HOSTILE}\n',
        "utf-8",
    )
    shown = run("settings")

    assert shown.code == 1
    for character in "\x1b\x07\x9b\x7f\u202e":
        assert character not in shown.out + shown.err


def test_an_unwritable_directory_is_reported(run, home):
    home.parent.mkdir(exist_ok=True)
    home.write_text("a file", "utf-8")
    wrote = run("settings", "--write")
    assert wrote.code == 1
    assert "cannot be written" in wrote.err
    assert home.read_text("utf-8") == "a file"


def test_paths_and_help_name_the_settings(home, run):
    assert f"settings  {home / 'config' / 'config.toml'}\n" in run("paths").out
    assert "config.toml" in run("settings", "--help").out
    assert "\n  settings " in run("--help").out


def test_labels_have_the_names_of_the_user(home, run, config):
    article = write_article("pact.txt", "The pact is vague. Who decides?")
    mark_words(home, article, "vague", label="doubt")
    mark_words(home, article, "decides", label="hunch")
    config.write_text('labels.doubt.name = "Zweifel"\nlabels.quote.name = "Quote"\n', "utf-8")

    listed = run("notes")
    assert "  Zweifel · ¶ 1" in listed.out
    assert "  hunch · ¶ 1" in listed.out, "a label that is not known is shown by its id"
    for words in (["label:zwei"], ["label:doubt"], ["--label", "zweifel"], ["--label", "doubt"]):
        found = run("notes", *words)
        assert "“vague”" in found.out
        assert "“decides”" not in found.out
    assert "No notes found." in run("notes", "--label", "quote").out
    assert "“decides”" in run("notes", "label:hunch").out
    exported = run("export", "pact.txt").out
    assert "— Zweifel · ¶ 1" in exported
    assert "label=doubt" in exported
    assert "— hunch · ¶ 1" in exported


def test_only_subcommands_with_labels_warn_of_problems(home, run, config):
    mark_words(home, write_article("pact.txt", "The pact is vague."), "vague")
    config.write_text('[keys]\npick = "q"\n', "utf-8")
    assert run("notes").err == ""
    config.write_text('[labels.doubt]\nname = ""\n', "utf-8")
    assert "`pactreader settings` says what is wrong" in run("notes").err
    assert "`pactreader settings` says what is wrong" in run("export", "pact.txt").err
    assert run("library").err == ""
    assert run("paths").err == ""
