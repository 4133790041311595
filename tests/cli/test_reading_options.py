"""The arguments that say how an article is to be read."""

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest

from cli.command_line import Run, mark_words, paths_in, write_article
from pactreader.cli.reading_options import add_reading_options, reading_options
from pactreader.core.reading_options import ReadingOptions
from pactreader.formats import sources


def parse(*words: str) -> ReadingOptions:
    parser = ArgumentParser()
    add_reading_options(parser)
    return reading_options(parser.parse_args(words))


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ([], ReadingOptions()),
        (["--as", "markdown"], ReadingOptions(format="markdown")),
        (["--as", "html"], ReadingOptions(format="html")),
        (["--whole"], ReadingOptions(format="whole")),
        (["--lang", "de-AT"], ReadingOptions(language="de")),
        (["--lang", "zh_Hant"], ReadingOptions(language="zh")),
        (["--encoding", "Windows-1251"], ReadingOptions(encoding="cp1251")),
        (["--encoding", "SJIS", "--as=code"], ReadingOptions("code", "", "shift_jis")),
    ],
)
def test_arguments_become_options(words: list[str], options: ReadingOptions) -> None:
    assert parse(*words) == options


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--encoding", "klingon\x1b"], "there is no encoding “klingon␛”; give a name such as utf-8"),
        (["--encoding", "rot13"], "there is no encoding"),
        (["--encoding", "punycode"], "there is no encoding"),
        (["--lang", "German!"], "is no code of a language; give one of two letters"),
        (["--as", "pdf"], "choose from"),
    ],
)
def test_a_choice_that_does_not_exist_is_a_usage_error(run: Run, words: list[str], message: str) -> None:
    Path("a.txt").write_text("Some text.", "utf-8")
    outcome = run("diff", "a.txt", *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err


@pytest.mark.parametrize(
    "words",
    [["diff", "a.txt"], ["export", "a.txt"], ["export"], ["notes", "--in", "b.txt"], ["a.txt"], []],
)
def test_every_subcommand_that_reads_hands_them_on(
    run: Run,
    home: Path,
    reading: list[dict[str, object]],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
) -> None:
    mark_words(home, write_article("a.txt", "Some text."), "Some")
    Path("b.txt").write_text("Other text.", "utf-8")
    read: list[ReadingOptions] = []
    read_source = sources.read_source

    def note_options(source: str, stdin: object, options: ReadingOptions, defaults: ReadingOptions) -> object:
        read.append(options)
        return read_source(source, stdin, options, defaults)

    monkeypatch.setattr("pactreader.formats.sources.read_source", note_options)
    run(*words, "--lang", "fr", "--as", "text")
    assert read == [ReadingOptions("text", "fr")]


def test_settings_choose_what_no_argument_does(run: Run, home: Path) -> None:
    settings = paths_in(home).settings
    settings.parent.mkdir(parents=True)
    settings.write_text('language = "de"\nencoding = "koi8-r"\n', "utf-8")
    text = "Договор подписан."
    Path("a.py").write_bytes(text.encode("koi8-r"))
    Path("b.py").write_bytes(text.encode())
    Path("c.py").write_bytes(text.encode("utf-16"))

    def read(*words: str) -> tuple[str, str, str]:
        printed = json.loads(run("text", "--json", *words).out)
        return printed["text"], printed["encoding"], printed["language"]

    assert read("a.py") == (text, "koi8-r", "de")
    assert read("b.py") == (text, "UTF-8", "de")
    assert read("c.py") == (text, "UTF-16-LE", "de")
    assert read("a.py", "--encoding", "cp1251", "--lang", "en")[1:] == ("cp1251", "en")
    settings.write_text('language = "German!"\nencoding = "klingon"\n', "utf-8")
    assert read("a.py")[:2] == (text, "KOI8-R")
    told = run("settings").err
    assert (
        "sets language, which must be the code of a language, as de, or auto: it stays that of each article"
        in told
    )
    assert (
        "sets encoding, which must be the name of an encoding, as cp1251, or auto: it is told for each text"
        in told
    )


def test_their_values_name_no_subcommand(run: Run, reading: list[dict[str, object]]) -> None:
    write_article("a.txt", "Some text.")
    assert run("--lang", "fr", "diff", "--help").out.startswith("usage: pactreader diff ")
    assert run("--as", "text", "a.txt").code == 0
    assert len(reading) == 1
