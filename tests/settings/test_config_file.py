"""The reader's settings: what is wrong in the file is said with its line, and the rest holds."""

import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pactreader.core.labels import LABELS, UNKNOWN_MARK
from pactreader.settings.config_file import Settings, read_settings
from pactreader.settings.config_text import KeyRow, settings_text
from pactreader.storage.paths import Paths


@pytest.fixture
def read(tmp_path):
    """What a file of settings means, and the sentences on what is wrong in it."""

    def read(text):
        path = tmp_path / "config.toml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        found, problems = read_settings(path)
        return found, [problem.said for problem in problems]

    return read


def test_without_a_file_everything_is_as_pactreader_has_it_and_nothing_is_written(tmp_path):
    places = Paths.find(tmp_path / "home", {})

    assert places.settings == tmp_path / "home" / "config" / "config.toml"
    assert read_settings(places.settings) == (Settings(), ())
    assert not places.settings.parent.exists()


@pytest.mark.parametrize("text", [None, settings_text(Settings(), (), sign="#")])
def test_without_a_setting_the_start_does_without_toml(tmp_path, text):
    if text:
        (tmp_path / "config.toml").write_text(text, "utf-8")
    code = (
        "import sys; from pathlib import Path; from pactreader.settings.config_file import read_settings; "
        f"read_settings(Path({str(tmp_path / 'config.toml')!r})); "
        "print([each for each in ('tomllib', 'difflib') if each in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_everything_can_be_set(read):
    found, problems = read(
        """
        theme = "nord"
        measure = 60
        [panel]
        side = "left"
        width = 50
        [labels.doubt]
        name = "Zweifel"
        key = "d"
        colour = "#AB12ef"
        mark = "%"
        [labels.quote]
        name = "Quote"
        key = "6"
        [keys]
        pick = "F"
        quit = ["q", "ctrl+x"]
        library = ""
        undo = []
        """
    )
    assert problems == []
    assert (found.theme, found.measure, found.panel_side, found.panel_width) == ("nord", 60, "left", 50)
    assert found.keys == {"pick": ("F",), "quit": ("q", "ctrl+x"), "library": (), "undo": ()}
    doubt = found.labels.of("doubt")
    assert (doubt.name, doubt.key, doubt.colour, doubt.mark) == ("Zweifel", "d", "#AB12ef", "%")
    assert [label.id for label in found.labels] == [*(label.id for label in LABELS), "quote"]
    assert found.where["keys", "pick"] == "config.toml, line 16"


def test_what_is_set_in_one_file_can_be_written_in_many_ways(read):
    plain, _ = read('[labels.doubt]\nname = "No"\nmark = "%"\n[keys]\npick = "F"\n')
    for text in (
        'labels.doubt = { name = "No", mark = "%" }\nkeys = { pick = "F" }\n',
        "labels.doubt.name = 'No'\nlabels.'doubt'.mark = \"\\u0025\"\nkeys.pick = [\n  'F', # one\n]\n",
        '[ labels . "doubt" ] # mine\r\nname = "No"\r\nmark = "%"\r\n\r\n[keys]\r\npick = "F"',
        '\ufeff[labels]\ndoubt.name = """No"""\ndoubt.mark = "%"\n[keys]\npick = "F"\n',
    ):
        assert read(text) == (plain, []), text


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("measure = 39", 1, "from 40 to 200: it stays 72"),
        ("measure = 201", 1, "from 40 to 200: it stays 72"),
        ('measure = "60"', 1, "from 40 to 200: it stays 72"),
        ("measure = 60.0", 1, "from 40 to 200: it stays 72"),
        ("measure = true", 1, "from 40 to 200: it stays 72"),
        ("measure = nan", 1, "from 40 to 200: it stays 72"),
        ("\n# a comment\n\nmeasure = 1979-05-27", 4, "from 40 to 200: it stays 72"),
        ("theme = 3", 1, "the name of a theme"),
        ("[panel]\n\n\nside = 'top'", 4, "right or left: it stays right"),
        ("[panel]\nside = ['left']", 2, "right or left: it stays right"),
        ("panel.width = 23", 1, "from 24 to 200, or auto"),
        ("mesure = 60", 1, "did you mean measure?"),
        ("[pannel]\nside = 'left'", 2, "did you mean panel.side?"),
        ("panel = 'left'", 1, "no setting"),
        ("side = 'left'", 1, "did you mean panel.side?"),
        ("[labels.'my label']", 1, "letters, digits, - and _ only"),
        ("labels = 3", 1, "no setting"),
        ("keys = 'f'", 1, "no setting"),
        ("labels.doubt = 'x'", 1, "a table with key, name, mark and colour"),
        ("labels.doubt.color = 'red'", 1, "a label has key, name, mark and colour"),
        ("labels.doubt.name.de = 'Zweifel'", 1, "a label has key, name, mark and colour"),
        ("[labels.doubt]\nname = ''", 2, "1 to 24 characters"),
        ("[labels.doubt]\nname = 'x123456789012345678901234'", 2, "1 to 24 characters"),
        ('labels.doubt.name = "\\u001b[31m"', 1, "control character"),
        ("labels.doubt.key = 4", 1, "a text in quotation marks"),
        ("labels.doubt.colour = 'reddish'", 1, "yellow, green"),
        ("labels.doubt.colour = '#fff'", 1, "yellow, green"),
        ("labels.doubt.mark = '!!'", 1, "one ASCII character"),
        ("labels.doubt.mark = '★'", 1, "one ASCII character"),
        ("labels.doubt.mark = ' '", 1, "one ASCII character"),
        ("labels.doubt.mark = '-'", 1, "labels that are not known"),
        ("labels.doubt.mark = '*'", 1, "the mark of key-point"),
        ("labels.'my label'.name = 'x'", 1, "letters, digits, - and _ only"),
        ("[keys]\npick = 7", 2, "must be a key"),
        ("[keys]\npick = [\n 'f',\n 7,\n]", 2, "must be a key"),
        ("keys.a.b = 'x'", 1, "no setting"),
        ("measure = 60\nmeasure = 70", 2, "line 1 already, and that holds"),
        ("measure = ", 1, "not understood (invalid value)"),
        ("just words", 1, "not understood"),
        ("labels.doubt.name = 'x\n", 1, "not understood"),
        ("[[labels]]\nname = 'x'", 1, "double brackets"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_the_rest_holds(read, text, line, words):
    after = "\n[panel]\nwidth = 44\n" if "width" not in text else "\n[labels.term]\nname = 'Word'\n"
    found, problems = read(text + after)

    assert len(problems) == 1
    assert problems[0].startswith(f"config.toml, line {line} ")
    assert words in problems[0]
    assert problems[0].endswith((".", "?"))
    rest = replace(found, panel_width=None) if "width" not in text else found
    assert (found.panel_width == 44) or (found.labels.name("term") == "Word")
    assert rest.measure == (60 if "line 1 already" in words else 72)
    assert (rest.theme, rest.panel_side, rest.keys) == ("", "right", {})
    assert {label.id: label.mark for label in rest.labels} == {label.id: label.mark for label in LABELS}


def test_a_broken_line_costs_itself_and_a_broken_table_what_is_in_it(read):
    found, problems = read('measure = 60\n[keys\npick = "F"\n[panel]\nside = "left"\nwidth =\ntheme = "x"\n')

    assert found.measure == 60
    assert found.keys == {}
    assert found.panel_side == "left"
    assert [said.partition("(")[0] for said in problems] == [
        "config.toml, line 2 is not understood ",
        "config.toml, line 6 is not understood ",
        "config.toml, line 7 sets panel.theme, which is no setting: did you mean theme?",
    ]


def test_problems_stand_in_the_order_of_the_file(read):
    _, problems = read("labels.doubt.mark = '*'\nx = \nmeasure = 3\n")
    assert [re.match(r"config.toml, line (\d)", said)[1] for said in problems] == ["1", "2", "3"]


def test_labels_may_change_marks_with_each_other(read):
    found, problems = read('labels.doubt.mark = "*"\nlabels.key-point.mark = "!"\n')

    assert problems == []
    assert (found.labels.of("doubt").mark, found.labels.of("key-point").mark) == ("*", "!")


def test_a_label_of_ones_own_needs_nothing_but_its_id(read):
    found, problems = read("[labels.open-question]\n[labels.'Idee_2']\nkey = 'i'\n")

    assert problems == []
    assert found.labels.of("open-question").name == "Open question"
    assert found.labels.of("Idee_2").key == "i"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from([*(label.id for label in LABELS), "quote", "idea", "todo"]),
        st.sampled_from([label.mark for label in LABELS] + ["#", "-", "%"]),
    )
)
def test_no_two_labels_ever_have_the_same_mark(read, wanted):
    found, problems = read("".join(f"labels.{id_}.mark = '{mark}'\n" for id_, mark in wanted.items()))

    marks = [label.mark for label in found.labels]
    assert len({*marks, UNKNOWN_MARK}) == len(marks) + 1
    denied = [id_ for id_, mark in wanted.items() if found.labels.of(id_).mark != mark]
    assert len(problems) == len(denied)


def test_what_cannot_be_read_is_a_problem(tmp_path):
    path = tmp_path / "config.toml"
    path.mkdir()
    assert "it is no file" in read_settings(path)[1][0].said
    path.rmdir()

    if hasattr(os, "mkfifo"):
        os.mkfifo(path)
        assert "it is no file" in read_settings(path)[1][0].said
        path.unlink()

    path.write_bytes(b"measure = 60 #" + b"x" * 70_000)
    found, problems = read_settings(path)
    assert "and may have 65,536" in problems[0].said
    assert found == Settings()

    assert read_settings(path / "config.toml")[1], "a file where the directory should be"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything can be read here")
def test_a_file_that_may_not_be_read_is_a_problem(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text("measure = 60")
    path.chmod(0)
    found, problems = read_settings(path)
    assert found == Settings()
    assert "Permission denied" in problems[0].said


def test_a_file_that_is_no_text_is_told_by_its_line_and_the_rest_holds(read):
    found, problems = read(b'measure = 60\n[labels.doubt]\nname = "Zweifel \xff"\nmark = "%"\n')

    assert problems == ["config.toml, line 3 is not UTF-8: that is read as “�”."]
    assert found.measure == 60
    assert found.labels.name("doubt") == "Zweifel �"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.lists(
            st.sampled_from(
                ["[", "]", "labels", ".", "doubt", "keys", "=", '"', "'", '"""', "\n", "{", "}", ",", "1", "#", "\x1b", "\u202e", "mark", "measure", " "]
            ),
            max_size=60,
        ).map(lambda parts: "".join(parts).encode()),
    )
)  # fmt: skip
def test_whatever_is_in_the_file_there_are_settings_and_sentences(read, content):
    found, problems = read(content)

    assert found.measure == 72 or b"measure" in content
    for said in problems:
        assert "\x1b" not in said
        assert "\u202e" not in said
        assert "\n" not in said


@pytest.mark.parametrize(
    "text", ["a = [" * 300, "[" * 60_000, "a." * 30_000 + "b = 1", "a = [\n" * 10_000, 'a = """\n' * 8_000, "a=1\n" * 16_000]
)  # fmt: skip
def test_a_file_made_to_take_long_does_not(read, text):
    code_points_of_a_screen = 10_000
    _, problems = read(text[: 64 * 1024])
    assert problems
    assert sum(map(len, problems)) < code_points_of_a_screen
    assert len(problems) <= 21


COMMANDS = (
    KeyRow("pick", ("f",), "Pick words"),
    KeyRow("top", ("g", "home"), "To the top"),
    KeyRow("theme", (), "Theme…"),
)


def test_the_written_defaults_set_nothing_until_a_sign_is_taken_away(read):
    text = settings_text(Settings(), COMMANDS, sign="#")
    assert read(text) == (Settings(), [])
    assert all(line.startswith("#") or not line for line in text.splitlines())
    assert max(map(len, text.splitlines())) <= 120

    all_set = re.sub(r"(?m)^#(?=\S)", "", text)
    found, problems = read(all_set)
    assert problems == []
    assert found.keys == {row.id: row.keys for row in COMMANDS}
    assert replace(found, keys={}) == Settings()
    assert settings_text(found, COMMANDS) == all_set


def test_each_line_of_the_written_defaults_can_be_taken_by_itself(read):
    text = settings_text(Settings(), COMMANDS, sign="#")
    for line in text.splitlines():
        if re.match(r"#\S", line):
            assert read(line[1:])[1] == []


def test_what_is_in_force_is_told_as_it_can_be_written(read):
    found, _ = read('theme = "nord"\npanel.width = 30\nlabels.quote.name = "Zit\\"at\\\\"\n')

    assert read(settings_text(found, ()))[0] == found
