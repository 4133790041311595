"""Data directories written by earlier versions open with nothing lost.

The directories in `data_directories/` were written by the versions that they are named after, and beside each stands
what its version printed of it. The tests use the public interface alone: the command line, the keys, and the library
file as JSON. Records and rows are compared by the fields that the earlier version wrote: later versions may add
fields, and may word their messages otherwise.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

pytestmark = pytest.mark.slow

if sys.platform != "win32":
    from terminal import Terminal

FIXTURES = Path(__file__).with_name("data_directories")
RESEARCHER = "0.1.0-researcher"
TWO_COMPUTERS = "0.1.0-two-computers"
DIRECTORIES = (RESEARCHER, TWO_COMPUTERS)
BACKUPS = [
    (name, path.name) for name in DIRECTORIES for path in sorted((FIXTURES / name / "backups").iterdir())
]

LIGHTHOUSES = "dec5f150"
LETTERS = "4b33dc45"
GARDENS = "0d6bfeac"
TIDES = "a47c703c"
PACKING_LIST = "d8cbf911"
BREAD = "b25eb825"

PLACE_FIELDS = {"place", "start", "end", "paragraph", "score"}
FOUND_AFTER_ALL = {"lost", "changed", "doubtful"}
"""The placements that a passage which 0.1.0 could not find may have in a later version."""

FOUND_SINCE = "puts half a metre on top of every figure"
FOUND_SINCE_AS = "puts half a yard on top of every figure"
"""A passage in which a word was changed, so that 0.1.0 could not find it, and the passage as it is now."""


class Revision(NamedTuple):
    """A further revision of an article, and what becomes of its highlights other than to be in place or moved."""

    directory: str
    file: str
    edits: dict[str, str]
    """Texts in the article's file, and what replaces them."""
    places: dict[str, tuple[str, str | None]]
    """The place and the present text by the quote."""


REVISIONS = [
    Revision(
        RESEARCHER,
        "lighthouses.md",
        {
            "# On keeping lighthouses\n": "# On keeping lighthouses\n\nFirst printed in a calendar.\n",
            "a promise that somebody made": "a promise that someone once made",
            "Promises to strangers are kept by lists. ": "",
            "when a whole fleet does": "when the whole fleet does",
        },
        {
            "a promise that somebody made to people they would never meet": (
                "changed",
                "a promise that someone once made to people they would never meet",
            ),
            "when a whole fleet does, and the keeper": (
                "changed",
                "when the whole fleet does, and the keeper",
            ),
            "Promises to strangers are kept": ("lost", None),
        },
    ),
    Revision(
        RESEARCHER,
        "letters.ru.txt",
        {
            "Почти ничего.": "Почти ничего, если подумать.",
            "не на что обменять": "не на что выменять",
            ";\n- одно письмо самому себе, через двадцать лет.": ".",
        },
        {
            "Его не на что обменять, на него не ответят": (
                "changed",
                "Его не на что выменять, на него не ответят",
            ),
            "одно письмо самому себе": ("lost", None),
        },
    ),
    Revision(
        RESEARCHER,
        "gardens.zh.md",
        {
            "## 园门\n": "## 园门\n\n记于某年某月。\n",
            "三棵槐树，一口旧井": "五棵槐树，一口旧井",
            "- 扫落叶，但不扫尽；\n": "",
        },
        {
            "三棵槐树，一口旧井": ("changed", "五棵槐树，一口旧井"),
            "扫落叶，但不扫尽": ("lost", None),
        },
    ),
    Revision(
        RESEARCHER,
        "tides.txt",
        {
            "What to do with them": "The oldest tables were family property. Fathers in Liverpool handed them to their sons "
            "and sold the results by the page, without ever saying how they were made.\n\nWhat to do with them",
            "half a yard": "half a fathom",
        },
        {
            FOUND_SINCE: ("changed", FOUND_SINCE_AS.replace("yard", "fathom")),
            "The sea has not been asked.": ("lost", None),
        },
    ),
    Revision(
        TWO_COMPUTERS,
        "bread.md",
        {
            "## The dough\n": "## The dough\n\nIt is the better half.\n",
            "Fold it four times": "Fold it some three times",
            "> Bread is patience that can be eaten.\n\n": "",
        },
        {
            "Fold it four times": ("changed", "Fold it some three times"),
            "Bread is patience that can be eaten.": ("lost", None),
        },
    ),
]

on_a_terminal = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")


class DataDirectory:
    """A copy of a data directory, in a home of its own."""

    def __init__(self, name: str, home: Path) -> None:
        self.home = home
        self.path = home / "pactreader"
        self.library = self.path / "library.json"
        shutil.copytree(FIXTURES / name, self.path)
        # Git keeps no modes, and the program complains about files that others may read.
        for path in (self.path, *self.path.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "PACTREADER_HOME": str(self.path),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "TEXTUAL_ANIMATIONS": "none",
            **{name: os.environ[name] for name in ("SYSTEMROOT", "USERPROFILE") if name in os.environ},
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a subcommand that needs no terminal."""
        return subprocess.run(
            [sys.executable, "-m", "pactreader", *arguments],
            env=self.environment,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def printed(self, *arguments: str) -> str:
        """Run a subcommand that must succeed without a warning, and return its output."""
        done = self.run(*arguments)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.replace(str(self.path), "DATA")

    def notes(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = json.loads(self.printed("notes", "--json"))
        return rows

    def notes_in(self, path: Path) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = json.loads(self.printed("notes", "--in", str(path), "--json"))
        return rows

    def notes_on(self, quote: str) -> list[str]:
        """Return the notes on a passage; none if it is not highlighted."""
        return [row["note"] for row in self.notes() if row["quote"] == quote]

    def read(self, *arguments: str) -> "Terminal":
        """Start the program on a terminal."""
        return Terminal(
            [sys.executable, "-m", "pactreader", *arguments],
            columns=130,
            rows=42,
            env=self.environment,
            cwd=self.home,
        )


@pytest.fixture
def open_directory(tmp_path):
    return lambda name: DataDirectory(name, tmp_path)


def golden(name: str, file: str) -> str:
    return (FIXTURES / f"{name}.golden" / file).read_text("utf-8")


def with_fields_of(wanted: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without the fields that later versions have added."""
    return {field: row.get(field) for field in wanted}


def assert_same_notes(found: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> None:
    assert [row["id"] for row in found] == [row["id"] for row in wanted]
    for row, known in zip(found, wanted, strict=True):
        compared = dict(known)
        if known["place"] == "lost":
            assert row["place"] in FOUND_AFTER_ALL
            compared = {field: value for field, value in known.items() if field not in PLACE_FIELDS}
        compared.pop("score", None)  # how it is measured may change, where the passage is may not
        assert with_fields_of(compared, row) == compared


def without_time(export: str) -> str:
    return re.sub(r"(?m)^exported: .*$", "exported: NOW", export)


def with_place_found_since(export: str) -> str:
    """Return an export of 0.1.0 with the place of the only highlight that was lost to it and is found since."""
    before, quote, behind = export.partition(f"> {FOUND_SINCE}\n")
    found = behind.replace("no longer found in the text", f"changed, the text now: “{FOUND_SINCE_AS}”", 1)
    return before + quote + found


def counts(report: str) -> list[tuple[str, str]]:
    """Return the numbers in a report of `doctor`, in order."""
    return re.findall(r"(\d+) (article|annotation|change|backup|line|record)s?\b", report)


def rows_of(library: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return the rows of all tables, except for the one about the file itself."""
    for table, rows in json.loads(library.read_bytes()).items():
        if table != "meta":
            yield from ((table, row) for row in rows.values())


def kept_rows(library: Path) -> dict[tuple[str, object, object], dict[str, Any]]:
    """Return the rows by table, kind and id, or by the key that another program gave it."""
    return {(table, row.get("kind"), row.get("id", row.get("key"))): row for table, row in rows_of(library)}


def notes_in(exported: str) -> list[str]:
    """Return the lines of an export without what versions say otherwise.

    That is what they say about articles, lines of files, line ends of notes, and numbers of list items.
    """
    byline = r"(?<=\n\n)\S.* · \d{4}-\d\d-\d\d\n"
    said_of_articles = re.compile(
        rf"---\n(?:\w+: .*\n)+---\n|<!-- pactreader:(?:article .*|end) -->\n|{byline}"
    )
    lines = said_of_articles.sub("", exported).splitlines()
    said_otherwise = re.compile(r"(¶ \d+), line \d+|(?:  |\\)$|(?<=^> )\d+\\\. ")
    return [said_otherwise.sub(r"\1", line) for line in lines if line.strip()]


# What commands print


@pytest.mark.parametrize("name", DIRECTORIES)
def test_every_annotation_is_listed_as_it_was(open_directory, name):
    wanted = json.loads(golden(name, "notes.json"))
    assert len(wanted) > 10

    assert_same_notes(open_directory(name).notes(), wanted)


@pytest.mark.parametrize("name", DIRECTORIES)
def test_the_library_lists_the_same_articles(open_directory, name):
    wanted = json.loads(golden(name, "articles.json"))

    found = json.loads(open_directory(name).printed("library", "--json"))

    assert [with_fields_of(known, row) for row, known in zip(found, wanted, strict=True)] == wanted


@pytest.mark.parametrize("name", DIRECTORIES)
@pytest.mark.parametrize(("file", "option"), [("export.md", ()), ("export-plain.md", ("--plain",))])
def test_the_export_is_the_same(open_directory, name, file, option):
    exported = open_directory(name).printed("export", "--all", *option)

    assert notes_in(exported) == notes_in(with_place_found_since(golden(name, file)))


def test_a_highlight_in_which_a_word_was_changed_is_found(open_directory):
    (row,) = (row for row in open_directory(RESEARCHER).notes() if row["quote"] == FOUND_SINCE)

    assert (row["place"], row["now"], row["tags"]) == ("changed", FOUND_SINCE_AS, ["changed"])


def test_notes_on_a_forgotten_article_are_still_exported(open_directory):
    exported = open_directory(RESEARCHER).printed("export", PACKING_LIST)

    assert without_time(exported) == without_time(golden(RESEARCHER, "export-forgotten.md"))


@pytest.mark.parametrize("name", DIRECTORIES)
def test_doctor_counts_the_same_and_finds_nothing_wrong(open_directory, name):
    wanted = golden(name, "doctor.txt")
    assert counts(wanted)

    report = open_directory(name).printed("doctor")

    assert counts(report) == counts(wanted)
    assert report.splitlines()[-1] == wanted.splitlines()[-1]


@pytest.mark.parametrize("name", DIRECTORIES)
def test_looking_changes_no_byte_of_the_library(open_directory, name):
    directory = open_directory(name)
    before = directory.library.read_bytes()

    for words in (("library",), ("notes",), ("export", "--all"), ("doctor",)):
        directory.printed(*words)

    assert directory.library.read_bytes() == before


def test_settings_of_the_earlier_version_are_in_force(open_directory):
    directory = open_directory(RESEARCHER)
    own = tomllib.loads((directory.path / "config" / "config.toml").read_text("utf-8"))

    in_force = tomllib.loads(directory.printed("settings"))

    assert own["labels"]["quote"]["name"] == "Quotation"
    for name, label in own["labels"].items():
        assert in_force["labels"][name] == in_force["labels"][name] | label
    assert in_force["keys"] == in_force["keys"] | own["keys"]
    assert {name: in_force[name] for name in ("theme", "measure")} == {"theme": "nord", "measure": 80}
    assert in_force["panel"] == in_force["panel"] | own["panel"]


@pytest.mark.parametrize(
    ("name", "file", "article_id"),
    [
        (RESEARCHER, "lighthouses.md", LIGHTHOUSES),
        (RESEARCHER, "letters.ru.txt", LETTERS),
        (RESEARCHER, "gardens.zh.md", GARDENS),
        (RESEARCHER, "tides.txt", TIDES),
        (TWO_COMPUTERS, "bread.md", BREAD),
    ],
)
def test_an_article_in_another_directory_has_its_notes(open_directory, name, file, article_id):
    directory = open_directory(name)
    path = shutil.copy(FIXTURES / "articles" / file, directory.home)
    wanted = [row for row in json.loads(golden(name, "notes.json")) if row["article"] == article_id]

    found = json.loads(directory.printed("notes", "--in", str(path), "--json"))

    assert_same_notes(found, wanted)


@pytest.mark.parametrize("way", ["text", "code", "markdown"])
@pytest.mark.parametrize(
    ("name", "file"),
    [
        (RESEARCHER, "lighthouses.md"),
        (RESEARCHER, "letters.ru.txt"),
        (RESEARCHER, "gardens.zh.md"),
        (TWO_COMPUTERS, "bread.md"),
    ],
)
def test_every_highlight_is_placed_when_the_article_is_read_otherwise(open_directory, name, file, way):
    directory = open_directory(name)
    path = shutil.copy(FIXTURES / "articles" / file, directory.home)

    exported = directory.printed("export", str(path), "--as", way, "--plain")

    assert exported.count("\n— ") > 3
    assert re.findall("no longer found|doubtful.*", exported) == []


# Copies


def test_a_copy_of_a_synchroniser_is_merged_as_it_was(open_directory):
    directory = open_directory(TWO_COMPUTERS)
    assert list(directory.path.glob("library.sync-conflict-*"))

    directory.printed("merge")

    assert_same_notes(directory.notes(), json.loads(golden(TWO_COMPUTERS, "merged-notes.json")))
    assert not list(directory.path.glob("library.sync-conflict-*"))


@pytest.mark.parametrize(("name", "backup"), BACKUPS)
def test_every_backup_can_be_restored(open_directory, name, backup):
    directory = open_directory(name)
    before = kept_rows(directory.path / "backups" / backup)
    annotations = [row for row in before.values() if row.get("kind") == "annotation"]
    marks = {row["id"] for row in annotations if not row.get("deleted")}
    assert marks

    assert directory.run("doctor", "--restore", backup).returncode == 0

    assert {row["id"] for row in directory.notes()} == marks
    restored = kept_rows(directory.library)
    assert {at: with_fields_of(row, restored.get(at, {})) for at, row in before.items()} == before


# On the screen


@on_a_terminal
def test_the_article_read_last_opens_with_its_draft(open_directory):
    directory = open_directory(RESEARCHER)
    with directory.read() as terminal:
        terminal.wait_for("- lists keep promises, but who keeps")
        assert "Lamps & lists" in terminal.lines[0]
        terminal.type(" the lists?")
        terminal.press("ctrl+s")
        terminal.wait_until_gone("Note on “")
        terminal.quit_reading()

    assert directory.notes_on("Promises to strangers are kept") == [
        "A half-written thought:\n\n- lists keep promises, but who keeps the lists?"
    ]


@on_a_terminal
@pytest.mark.parametrize("revision", REVISIONS, ids=[revision.file for revision in REVISIONS])
def test_every_highlight_of_an_edited_article_is_placed_or_lost(open_directory, revision):
    directory = open_directory(revision.directory)
    shutil.rmtree(directory.path / "state" / "drafts", ignore_errors=True)  # their editors would open first
    path = directory.home / revision.file
    text = (FIXTURES / "articles" / revision.file).read_text("utf-8")
    path.write_text(text, "utf-8")
    with directory.read(str(path)) as terminal:
        terminal.wait_for(" highlights")
        terminal.wait_for(lambda: str(path) in directory.library.read_text("ascii"))
        terminal.quit_reading()
    before = directory.notes_in(path)
    for former, new in revision.edits.items():
        assert text.count(former) == 1
        text = text.replace(former, new)
    path.write_text(text, "utf-8")
    with directory.read(str(path)) as terminal:
        terminal.wait_for(lambda: "The article changed since you read it: " in terminal.words)
        told = re.findall(r"(\d+) (moved|changed|doubtful|lost)", terminal.words)
        terminal.quit_reading()

    rows = directory.notes_in(path)

    assert sorted(row["id"] for row in rows) == sorted(row["id"] for row in before)
    places = {row["quote"]: (row["place"], row["now"]) for row in rows if row["quote"]}
    assert {quote: places.pop(quote) for quote in revision.places} == revision.places
    assert set(places.values()) <= {("exact", None), ("moved", None)}
    expected = Counter(row["place"] for row in rows if row["place"] not in {"exact", None})
    assert {place: int(number) for number, place in told} == expected


@on_a_terminal
def test_a_draft_on_a_whole_article_is_offered(open_directory):
    directory = open_directory(RESEARCHER)
    with directory.read(GARDENS) as terminal:
        terminal.wait_for("写到一半的笔记：老人为什么")
        terminal.press("ctrl+s")
        terminal.wait_until_gone("Note on the whole article")
        terminal.quit_reading()

    whole = [row["note"] for row in directory.notes() if row["article"] == GARDENS and row["quote"] is None]
    assert whole == ["写到一半的笔记：老人为什么"]


@on_a_terminal
@pytest.mark.parametrize(
    ("name", "article", "letter", "sentence"),
    [
        (RESEARCHER, TIDES, "t", "Trust the table for the plan, and your eyes for the step."),
        (RESEARCHER, LETTERS, "z", "Он же перевязал их бечёвкой и подписал: «Не срочно»."),
        (TWO_COMPUTERS, BREAD, "d", "The dough"),
    ],
    ids=["English", "Russian", "a heading"],
)
def test_a_bookmark_leads_to_its_sentence(open_directory, name, article, letter, sentence):
    directory = open_directory(name)
    before = {row["id"] for row in directory.notes()}
    marked = [row for row in directory.notes() if row["article"] == article and row["quote"]]
    with directory.read(article) as terminal:
        terminal.wait_for(" highlights")
        terminal.press("g", "'", letter, "V", "5")
        terminal.wait_for(f"{len(marked) + 1} highlights")
        terminal.quit_reading()

    new = [row["quote"] for row in directory.notes() if row["id"] not in before]
    assert new == [sentence]


@on_a_terminal
def test_a_bookmark_whose_sentence_is_gone_says_so(open_directory):
    with open_directory(RESEARCHER).read(TIDES) as terminal:
        terminal.wait_for(" highlights")
        terminal.press("'", "l")
        terminal.wait_for("bookmark l is not in the text")
        terminal.quit_reading()


@on_a_terminal
def test_the_panel_is_hidden_as_it_was_left(open_directory):
    with open_directory(RESEARCHER).read(TIDES) as terminal:
        terminal.wait_for(" highlights")
        assert "Reading a tide table" in terminal.screen
        assert "Stays where it is" not in terminal.screen
        terminal.press("p")
        terminal.wait_for("Stays where it is")
        terminal.quit_reading()


@on_a_terminal
def test_a_label_of_the_readers_own_is_on_its_key(open_directory):
    directory = open_directory(RESEARCHER)
    with directory.read(TIDES) as terminal:
        terminal.wait_for("is:lost")  # the notice takes the place of the footer's keys
        terminal.type("/It is headed\n")
        terminal.wait_for("other end")
        terminal.press("6")
        terminal.wait_for("9 highlights")
        terminal.quit_reading()

    assert [row["label"] for row in directory.notes() if row["quote"] == "It is headed"] == ["quote"]
    assert "— Quotation · ¶ " in directory.printed("export", TIDES)


@on_a_terminal
@pytest.mark.parametrize(
    ("key", "note"),
    [
        ("K", "How much salt? A spoon (desktop)."),
        ("O", "How much salt? Two per cent (laptop)."),
        ("B", "How much salt? A spoon (desktop).\n\nHow much salt? Two per cent (laptop)."),
    ],
)
def test_both_versions_are_shown_and_one_key_chooses(open_directory, key, note):
    directory = open_directory(TWO_COMPUTERS)
    with directory.read(BREAD) as terminal:
        terminal.wait_for("3 to choose")
        terminal.press("g", "C")
        terminal.wait_for("A spoon (desktop).")
        terminal.wait_for("Two per cent (laptop).")
        terminal.press(key)
        terminal.wait_for("2 to choose")
        terminal.quit_reading()

    assert directory.notes_on("Flour, water and salt are mixed") == [note]


@on_a_terminal
@pytest.mark.parametrize(("key", "notes"), [("K", ["Four? Three will do (laptop)."]), ("O", [])])
def test_a_note_removed_elsewhere_is_kept_or_removed(open_directory, key, notes):
    directory = open_directory(TWO_COMPUTERS)
    with directory.read(BREAD) as terminal:
        terminal.wait_for("M merges that")  # the notice takes the place of the footer's keys
        terminal.type("/Fold it four times\n")
        terminal.wait_for("other end")
        terminal.press("escape")
        terminal.wait_until_gone("other end")
        terminal.wait_for("Removed elsewhere.")
        terminal.press(key)
        terminal.wait_for("2 to choose")
        terminal.quit_reading()

    assert directory.notes_on("Fold it four times") == notes


@on_a_terminal
@pytest.mark.parametrize(
    ("name", "article", "quote", "states"),
    [
        (RESEARCHER, LETTERS, "подписал: «Не срочно»", [[""], []]),
        (
            TWO_COMPUTERS,
            BREAD,
            "The heel belongs to the soup",
            [["True. Or to the birds (desktop)."], ["True."]],
        ),
        (
            TWO_COMPUTERS,
            LETTERS,
            "Погода, цены, здоровье сестры",
            [["Список. Неполный (ноутбук)."], ["Список. Обычный (компьютер)."]],
        ),
        (
            TWO_COMPUTERS,
            GARDENS,
            "雨后石子发亮",
            [["只在笔记本上读过。再看一遍。"], ["只在笔记本上读过。"], []],
        ),
    ],
    ids=["a highlight", "a note", "a choice", "a note and a merge"],
)
def test_the_last_changes_are_undone_and_done_again(open_directory, name, article, quote, states):
    directory = open_directory(name)
    assert directory.notes_on(quote) == states[0]
    turns = [("u", notes) for notes in states[1:]] + [("ctrl+r", notes) for notes in states[-2::-1]]
    for key, notes in turns:
        before = directory.library.read_bytes()
        with directory.read(article) as terminal:
            terminal.wait_for(" highlight")
            terminal.press(key)
            terminal.wait_for(lambda before=before: directory.library.read_bytes() != before)
            terminal.quit_reading()
        assert directory.notes_on(quote) == notes


@on_a_terminal
def test_what_was_undone_before_is_done_again(open_directory):
    directory = open_directory(RESEARCHER)
    with directory.read(LETTERS) as terminal:
        terminal.wait_for("5 highlights")
        terminal.press("ctrl+r")
        terminal.wait_for("Redone: ")
        terminal.quit_reading()

    assert [row["tags"] for row in directory.notes() if row["quote"] == "подписал: «Не срочно»"] == [
        ["подпись"]
    ]


@on_a_terminal
@pytest.mark.parametrize("key", ["", "1"], ids=["nothing changed", "a highlight added"])
@pytest.mark.parametrize(("name", "article"), [(RESEARCHER, TIDES), (TWO_COMPUTERS, LETTERS)])
def test_opening_and_quitting_keeps_every_record(open_directory, name, article, key):
    directory = open_directory(name)
    before = kept_rows(directory.library)
    kinds = {kind for _table, kind, _id in before}
    assert kinds >= {"article", "annotation", "change"}
    assert any(row.get("deleted") for row in before.values())

    with directory.read(article) as terminal:
        terminal.wait_for(" highlights")
        shown = re.search(r"(\d+) highlights", terminal.lines[0])
        assert shown
        if key:
            terminal.press("g", key)
            terminal.wait_for(f"{int(shown[1]) + 1} highlights")
        terminal.quit_reading()

    after = kept_rows(directory.library)
    assert {at: with_fields_of(row, after.get(at, {})) for at, row in before.items()} == before
    assert (len(after) > len(before)) is bool(key)


@on_a_terminal
def test_what_another_program_wrote_is_carried_along(open_directory):
    directory = open_directory(RESEARCHER)
    with directory.read(GARDENS) as terminal:
        terminal.wait_for("Note on the whole article")
        terminal.press("ctrl+s")
        terminal.wait_until_gone("Note on the whole article")
        terminal.type("/今日无事，路很吵\n")
        terminal.wait_for("other end")
        terminal.press("escape")
        terminal.wait_until_gone("other end")
        terminal.press("4", "q")
        assert terminal.wait() == 0

    rows = [row for _table, row in rows_of(directory.library)]
    card = {"kind": "flashcard", "id": "card-1", "front": "慢?", "back": "Медленно.", "due": "2027-01-01"}
    assert {**card, "box": {"number": 2, "seen": [1, 2.5, None, True]}} in rows
    assert {"key": "keeper1911", "author": "N. N.", "year": 1911, "about": "Ночь"} in rows
    changed = [row for row in rows if row.get("kind") == "annotation" and row.get("note") == "谁写的？"]
    assert [(row["label"], row["importance"], row["course"]) for row in changed] == [
        ("doubt", 3, {"name": "Gärten", "week": 2})
    ]
