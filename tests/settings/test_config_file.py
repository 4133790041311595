"""Reading of the config file: invalid settings are reported with their lines, all others take effect."""

import os
import re
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pactreader.core.labels import LABELS, UNKNOWN_MARK
from pactreader.settings.config_file import read_settings
from pactreader.settings.config_text import settings_text
from pactreader.settings.definitions import Settings
from pactreader.storage.paths import Paths


def test_a_missing_file_gives_the_defaults_and_is_not_written(tmp_path):
    paths = Paths.find(tmp_path / "home", {})

    assert paths.settings == tmp_path / "home" / "config" / "config.toml"
    assert read_settings(paths.settings) == (Settings(), ())
    assert not paths.settings.parent.exists()


@pytest.mark.parametrize("text", [None, settings_text(Settings(), (), prefix="#")])
def test_a_file_without_settings_needs_no_toml_parser(tmp_path, text):
    if text:
        (tmp_path / "config.toml").write_text(text, "utf-8")
    code = (
        "import sys; from pathlib import Path; from pactreader.settings.config_file import read_settings; "
        f"read_settings(Path({str(tmp_path / 'config.toml')!r})); "
        "print([each for each in ('tomllib', 'difflib') if each in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_setting_can_be_set(read_config):
    found, problems = read_config(
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
    doubt = found.labels.get("doubt")
    assert (doubt.name, doubt.key, doubt.colour, doubt.mark) == ("Zweifel", "d", "#AB12ef", "%")
    assert [label.id for label in found.labels] == [*(label.id for label in LABELS), "quote"]
    assert found.locations["keys", "pick"] == "config.toml, line 16"


def test_the_same_settings_can_be_written_in_many_ways(read_config):
    plain, _ = read_config('[labels.doubt]\nname = "No"\nmark = "%"\n[keys]\npick = "F"\n')
    for text in (
        'labels.doubt = { name = "No", mark = "%" }\nkeys = { pick = "F" }\n',
        "labels.doubt.name = 'No'\nlabels.'doubt'.mark = \"\\u0025\"\nkeys.pick = [\n  'F', # one\n]\n",
        '[ labels . "doubt" ] # mine\r\nname = "No"\r\nmark = "%"\r\n\r\n[keys]\r\npick = "F"',
        '\ufeff[labels]\ndoubt.name = """No"""\ndoubt.mark = "%"\n[keys]\npick = "F"\n',
    ):
        found, problems = read_config(text)
        assert problems == []
        assert found._replace(locations=plain.locations) == plain, text


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
def test_a_problem_names_its_line_and_the_rest_holds(read_config, text, line, words):
    after = "\n[panel]\nwidth = 44\n" if "width" not in text else "\n[labels.term]\nname = 'Word'\n"
    found, problems = read_config(text + after)

    assert len(problems) == 1
    assert problems[0].startswith(f"config.toml, line {line} ")
    assert words in problems[0]
    assert problems[0].endswith((".", "?"))
    rest = found._replace(panel_width=None) if "width" not in text else found
    assert (found.panel_width == 44) or (found.labels.name("term") == "Word")
    assert rest.measure == (60 if "line 1 already" in words else 72)
    assert (rest.theme, rest.panel_side, rest.keys) == ("", "right", {})
    assert {label.id: label.mark for label in rest.labels} == {label.id: label.mark for label in LABELS}


def test_an_invalid_line_costs_itself_an_invalid_header_its_table(read_config):
    found, problems = read_config(
        'measure = 60\n[keys\npick = "F"\n[panel]\nside = "left"\nwidth =\ntheme = "x"\n'
    )

    assert found.measure == 60
    assert found.keys == {}
    assert found.panel_side == "left"
    assert [message.partition("(")[0] for message in problems] == [
        "config.toml, line 2 is not understood ",
        "config.toml, line 6 is not understood ",
        "config.toml, line 7 sets panel.theme, which is no setting: did you mean theme?",
    ]


def test_problems_are_in_the_order_of_the_file(read_config):
    _, problems = read_config("labels.doubt.mark = '*'\nx = \nmeasure = 3\n")
    assert [re.match(r"config.toml, line (\d)", message)[1] for message in problems] == ["1", "2", "3"]


def test_labels_may_swap_marks(read_config):
    found, problems = read_config('labels.doubt.mark = "*"\nlabels.key-point.mark = "!"\n')

    assert problems == []
    assert (found.labels.get("doubt").mark, found.labels.get("key-point").mark) == ("*", "!")


def test_a_label_of_the_user_needs_only_an_id(read_config):
    found, problems = read_config("[labels.open-question]\n[labels.'Idee_2']\nkey = 'i'\n")

    assert problems == []
    assert found.labels.get("open-question").name == "Open question"
    assert found.labels.get("Idee_2").key == "i"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from([*(label.id for label in LABELS), "quote", "idea", "todo"]),
        st.sampled_from([label.mark for label in LABELS] + ["#", "-", "%"]),
    )
)
def test_no_two_labels_have_the_same_mark(read_config, wanted):
    found, problems = read_config("".join(f"labels.{id_}.mark = '{mark}'\n" for id_, mark in wanted.items()))

    marks = [label.mark for label in found.labels]
    assert len({*marks, UNKNOWN_MARK}) == len(marks) + 1
    denied = [id_ for id_, mark in wanted.items() if found.labels.get(id_).mark != mark]
    assert len(problems) == len(denied)


def test_a_path_that_is_no_readable_file_is_a_problem(tmp_path):
    path = tmp_path / "config.toml"
    path.mkdir()
    assert "it is no file" in read_settings(path)[1][0].message
    path.rmdir()

    if hasattr(os, "mkfifo"):
        os.mkfifo(path)
        assert "it is no file" in read_settings(path)[1][0].message
        path.unlink()

    path.write_bytes(b"measure = 60 #" + b"x" * 70_000)
    found, problems = read_settings(path)
    assert "and may have 65,536" in problems[0].message
    assert found == Settings()

    assert read_settings(path / "config.toml")[1], "a file where the directory should be"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything can be read here")
def test_a_file_without_read_permission_is_a_problem(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text("measure = 60")
    path.chmod(0)
    found, problems = read_settings(path)
    assert found == Settings()
    assert "Permission denied" in problems[0].message


def test_invalid_utf8_is_reported_by_line_and_the_rest_holds(read_config):
    found, problems = read_config(b'measure = 60\n[labels.doubt]\nname = "Zweifel \xff"\nmark = "%"\n')

    assert problems == ["config.toml, line 3 is not UTF-8: that is read as “�”."]
    assert found.measure == 60
    assert found.labels.name("doubt") == "Zweifel �"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
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
def test_any_bytes_give_settings_and_printable_messages(read_config, content):
    found, problems = read_config(content)

    assert found.measure == 72 or b"measure" in content
    for message in problems:
        assert "\x1b" not in message
        assert "\u202e" not in message
        assert "\n" not in message


@pytest.mark.parametrize(
    "text", ["a = [" * 300, "[" * 60_000, "a." * 30_000 + "b = 1", "a = [\n" * 10_000, 'a = """\n' * 8_000, "a=1\n" * 16_000]
)  # fmt: skip
def test_a_hostile_file_is_read_quickly(read_config, text):
    code_points_of_a_screen = 10_000
    _, problems = read_config(text[: 64 * 1024])
    assert problems
    assert sum(map(len, problems)) < code_points_of_a_screen
    assert len(problems) <= 21
