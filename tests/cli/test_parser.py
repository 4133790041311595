"""The parser of the command line, and its help."""

import sys
from argparse import Namespace
from types import SimpleNamespace

import pytest

from cli.command_line import Run
from pactreader import SUBCOMMANDS, __version__
from pactreader.cli.parser import parse
from pactreader.cli.subcommand import Example, Subcommand, load_subcommand
from pactreader.cli.subcommands.read_subcommand import plain_arguments
from pactreader.storage.paths import Paths


def test_help_lists_subcommands_and_examples(run: Run) -> None:
    outcome = run("--help")
    assert outcome.code == 0
    assert all(
        word in outcome.out
        for word in ("library", "notes", "export", "doctor", "paths", "--review", "examples:")
    )
    assert "--label" in run("notes", "--help").out


def test_the_version_is_printed(run: Run) -> None:
    assert run("--version").out == f"pactreader {__version__}\n"


@pytest.mark.parametrize("words", [[], ["a.txt"], [""]])
def test_the_arguments_without_options_are_those_of_the_parser(words: list[str]) -> None:
    assert vars(plain_arguments(*words)) == vars(parse(words))


@pytest.mark.parametrize(
    "words", [["--bad"], ["library", "extra"], ["export", "--format", "rtf"], ["a", "b"], ["--data-dir"]]
)
def test_wrong_arguments_are_reported_with_a_hint(run: Run, words: list[str]) -> None:
    outcome = run(*words)
    assert outcome.code == 2
    first, second = outcome.err.splitlines()
    assert first.startswith("pactreader: ")
    assert "--help` says what can be typed." in second


def test_the_help_of_a_subcommand_comes_from_its_module(run: Run) -> None:
    for name in SUBCOMMANDS:
        printed = run(name, "--help").out
        assert f"usage: pactreader {name} " in printed
        assert load_subcommand(name).help in printed


def test_a_new_subcommand_needs_its_module_only(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def count_words(arguments: Namespace, _paths: Paths) -> None:
        asked.append(arguments.least)

    count = Subcommand(
        name="count",
        operands="[SOURCE]",
        summary="how many words there are",
        help="Count words.",
        run=count_words,
        add_arguments=lambda parser: parser.add_argument("--least", type=int, help="words at least"),
        examples=(Example("pactreader count --least 3 a-file-with-quite-a-long-name.md", "count its words"),),
    )
    module = SimpleNamespace(SUBCOMMAND=count)
    monkeypatch.setitem(sys.modules, "pactreader.cli.subcommands.count_subcommand", module)
    for module_name in ("pactreader.cli", "pactreader.cli.parser"):
        monkeypatch.setattr(f"{module_name}.SUBCOMMANDS", (*SUBCOMMANDS, "count"))

    assert run("count", "--least", "3").code == 0
    assert asked == [3]
    assert run("count", "--last", "3").code == 2
    assert "words at least" in run("count", "--help").out
    overview = run("--help").out
    assert "\n  count [SOURCE]        how many words there are\n" in overview
    example = f"  pactreader count --least 3 a-file-with-quite-a-long-name.md\n{'':<44}count its words"
    assert overview.endswith(f"{example}\n")
