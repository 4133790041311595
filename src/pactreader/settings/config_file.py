"""What the reader has set, in a TOML file of theirs: what is wrong in it is said, and the rest holds."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from operator import itemgetter
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final, NamedTuple

from pactreader.core.labels import COLOURS, LABELS, UNKNOWN_MARK, Label, Labels
from pactreader.core.printable_text import pluralise, printable_line

MEASURES: Final = range(40, 201)
"""Columns that the longest line may have."""
PANEL_WIDTHS: Final = range(24, 201)
"""Columns that the panel may have, as far as there is room."""
SIDES: Final = ("right", "left")
AUTO: Final = "auto"
"""How a setting says that it leaves the choice to PactReader."""

_LONGEST_FILE: Final = 64 * 1024
"""Bytes. With everything set it has about 5,000."""
_LONGEST_NAME: Final = 24
"""Characters of a label's name: as many as a card shows beside a paragraph's number."""
_MOST_PROBLEMS: Final = 20
_LABEL_ID: Final = re.compile(r"[^\W_][\w-]{0,39}")
_COLOUR: Final = re.compile("#[0-9a-fA-F]{6}")
_MARKS: Final = "#%&@$~^:o" + "".join(map(chr, range(0x21, 0x7F)))
"""What can be a mark; those in front are the first to be given to labels without one."""
_PLAIN: Final = ("theme", "measure", "panel.side", "panel.width")
_LABEL_FIELDS: Final = tuple(each.name for each in fields(Label) if each.name != "id")

Names = tuple[str, ...]
"""The names that lead to a setting: `("labels", "doubt", "name")`."""


class Problem(NamedTuple):
    """Something in the file that does not hold."""

    about: str
    """The first name of the setting, as `labels`; empty for the file itself."""
    said: str
    """In a sentence: where it stands, what is wrong, and what holds instead."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the reader has set, and for the rest what PactReader does by itself."""

    labels: Labels = LABELS
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of commands, by their ids, as they stand in the file: not yet compared with what there is."""
    theme: str = ""
    """Its name, as it stands in the file; empty for the one that was on last."""
    measure: int = 72
    """Cells of the longest line: what is comfortable to read (Bringhurst: 45 to 75 characters)."""
    panel_side: str = SIDES[0]
    panel_width: int | None = None
    """Columns; `None` for what suits the window."""
    where: Mapping[Names, str] = field(default_factory=dict, compare=False)
    """Where each of them stands: `config.toml, line 7`."""


def read_settings(path: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings in a file, and what is wrong with it. What is wrong is left out, the rest holds.

    No file is no problem; nothing is written.
    """
    try:
        content = _content(path)
    except FileNotFoundError:
        return Settings(), ()
    except OSError as error:
        why = error.strerror or str(error)
        said = f"{printable_line(str(path))} cannot be read ({why}); PactReader's own settings hold."
        return Settings(), (Problem("", said),)
    reader = _Reader(path.name)
    settings = reader.read(content)
    return settings, tuple(reader.problems)


def _content(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        OSError: It cannot be read, is none, or is too large.
    """
    status = path.stat()
    if not S_ISREG(status.st_mode):
        raise OSError(None, "it is no file")
    if status.st_size > _LONGEST_FILE:
        raise OSError(None, f"it has {pluralise(status.st_size, 'byte')}, and may have {_LONGEST_FILE:,}")
    return path.read_bytes()


class _Reader:
    """Reads one file, and gathers its problems."""

    def __init__(self, name: str) -> None:
        self._name = printable_line(name)
        self._found: list[tuple[int, Problem]] = []
        self._lines: dict[Names, int] = {}

    @property
    def problems(self) -> Iterator[Problem]:
        """What is wrong, as much of it as somebody reads."""
        in_order = sorted(self._found, key=itemgetter(0))
        yield from (problem for _line, problem in in_order[:_MOST_PROBLEMS])
        more = len(in_order) - _MOST_PROBLEMS
        if more > 0:
            yield Problem("", f"{self._name} has {pluralise(more, 'more problem')}.")

    def read(self, content: bytes) -> Settings:
        """The settings in a file's bytes."""
        plain: dict[str, Any] = {}
        labels: dict[str, dict[str, str]] = {}
        keys: dict[str, tuple[str, ...]] = {}
        for path, value in self._values(self._text(content)):
            match path:
                case ("labels", label_id, *rest) if _LABEL_ID.fullmatch(label_id):
                    self._take_label(labels.setdefault(label_id, {}), path, rest, value)
                case ("keys", command_id):
                    if (found := self._keys(path, value)) is not None:
                        keys[command_id] = found
                case _ if value != {} or (path[0] == "labels" and len(path) > 1):
                    plain |= self._plain(path, value)
        where = {path: f"{self._name}, line {line}" for path, line in self._lines.items()}
        return Settings(labels=self._labels(labels), keys=keys, where=where, **plain)

    # What stands in the file

    def _text(self, content: bytes) -> str:
        content = content.removeprefix(b"\xef\xbb\xbf")
        try:
            return content.decode()
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            self._say(line, "", "is not UTF-8: that is read as “�”.")
            return content.decode(errors="replace")

    def _values(self, text: str) -> Iterator[tuple[Names, Any]]:
        """The values, each with the names that lead to it, the first of those that stand twice."""
        from pactreader.settings.toml_statements import Broken, statements

        for statement in statements(text):
            if isinstance(statement, Broken):
                why = printable_line(statement.why)
                self._say(statement.line, "", f"is not understood ({why}), and left out.")
            elif statement.path in self._lines and statement.value != {}:
                first = self._lines[statement.path]
                self._wrong(
                    statement.path, f"stands on line {first} already, and that holds", line=statement.line
                )
            else:
                self._lines.setdefault(statement.path, statement.line)
                yield statement.path, statement.value

    # What is wrong

    def _say(self, line: int, about: str, said: str) -> None:
        self._found.append((line, Problem(about, f"{self._name}, line {line} {said}")))

    def _wrong(self, path: Names, why: str, *, line: int | None = None) -> None:
        self._say(line or self._lines[path], path[0], f"sets {_named(path)}, which {why}.")

    def _unknown(self, path: Names) -> None:
        if path[0] == "labels" and len(path) > 1:
            self._wrong(path, "is left out: what a label is called here has letters, digits, - and _ only")
            return
        from difflib import get_close_matches

        same = (each for each in _PLAIN if each.rpartition(".")[2] == path[-1])
        near = [*same, *get_close_matches(".".join(path), _PLAIN, 1)]
        hint = f": did you mean {near[0]}?" if near else ", and is left out."
        self._say(self._lines[path], path[0], f"sets {_named(path)}, which is no setting{hint}")

    # What can be set

    def _plain(self, path: Names, value: Any) -> dict[str, Any]:
        """The field that a setting is for, with its value; nothing if it is wrong."""
        match path:
            case ("theme",):
                if isinstance(value, str):
                    return {"theme": "" if value == AUTO else printable_line(value)}
                self._wrong(
                    path, f"must be the name of a theme, or {AUTO}: it stays the one that was on last"
                )
            case ("measure",):
                if _is_number(value, MEASURES):
                    return {"measure": value}
                self._wrong(path, f"must be {_numbers(MEASURES)}: it stays {Settings().measure}")
            case ("panel", "side"):
                if value in SIDES:
                    return {"panel_side": value}
                self._wrong(path, f"must be {' or '.join(SIDES)}: it stays {SIDES[0]}")
            case ("panel", "width"):
                if value == AUTO or _is_number(value, PANEL_WIDTHS):
                    return {"panel_width": None if value == AUTO else value}
                self._wrong(
                    path, f"must be {_numbers(PANEL_WIDTHS)}, or {AUTO}: it is as wide as suits the window"
                )
            case _:
                self._unknown(path)
        return {}

    def _keys(self, path: Names, value: Any) -> tuple[str, ...] | None:
        keys = [value] if isinstance(value, str) else value
        if isinstance(keys, list) and all(isinstance(key, str) for key in keys):
            return tuple(dict.fromkeys(key for key in keys if key))
        self._wrong(path, 'must be a key, as "f", or several, as ["f", "ctrl+f"]: it stays as it was')
        return None

    # Labels

    def _take_label(self, label: dict[str, str], path: Names, rest: list[str], value: Any) -> None:
        """Take in one thing that is said of a label."""
        match rest:
            case []:
                if value != {}:
                    self._wrong(path, f"must be a table with {_listed(_LABEL_FIELDS)}: it is left out")
            case [name] if name in _LABEL_FIELDS:
                if why := _why_no(name, value):
                    self._wrong(path, f"{why}: it is left out")
                else:
                    label[name] = value
            case _:
                self._wrong(path, f"is left out: a label has {_listed(_LABEL_FIELDS)}")

    def _labels(self, wanted: Mapping[str, Mapping[str, str]]) -> Labels:
        """PactReader's labels as the reader wants them, then those of their own."""
        if not wanted:
            return LABELS
        labels = [replace(label, **wanted.get(label.id, {})) for label in LABELS]
        known = {label.id for label in LABELS}
        for label_id, said in wanted.items():
            if label_id not in known:
                name = label_id.replace("-", " ").replace("_", " ").capitalize()[:_LONGEST_NAME]
                labels.append(replace(Label(label_id, "", name, "", COLOURS[-1]), **said))
        return Labels(self._with_marks_of_their_own(labels))

    def _with_marks_of_their_own(self, labels: list[Label]) -> Iterator[Label]:
        """The labels, no two with the same mark: of two that want it, it is PactReader's, else that on the upper line."""
        own = {label.id: label.mark for label in LABELS}
        marks = {label.id: label.mark for label in labels}
        changed = {id_ for id_, mark in marks.items() if mark and mark != own.get(id_)}
        while clashing := {id_: whose for id_ in changed if (whose := _whose(marks, id_))}:
            label_id = max(clashing, key=self._line_of_mark)
            why = f"is the mark of {clashing[label_id]}: {label_id} has one of PactReader's"
            self._wrong(("labels", label_id, "mark"), why)
            marks[label_id] = own.get(label_id, "")
            changed.remove(label_id)
        taken = {*marks.values(), UNKNOWN_MARK}
        for label in labels:
            mark = marks[label.id] or next((mark for mark in _MARKS if mark not in taken), UNKNOWN_MARK)
            taken.add(mark)
            yield replace(label, mark=mark)

    def _line_of_mark(self, label_id: str) -> int:
        return self._lines["labels", label_id, "mark"]


def _is_number(value: Any, allowed: range) -> bool:
    return type(value) is int and value in allowed


def _numbers(allowed: range) -> str:
    return f"a whole number from {allowed[0]} to {allowed[-1]}"


def _why_no(name: str, value: Any) -> str:
    """Why something cannot be said of a label; empty if it can."""
    if not isinstance(value, str):
        return "must be a text in quotation marks"
    if name == "name" and not (value and len(value) <= _LONGEST_NAME and value == printable_line(value)):
        return f"must be a line of 1 to {_LONGEST_NAME} characters, none of them a control character"
    if name == "colour" and value not in COLOURS and not _COLOUR.fullmatch(value):
        return f"must be {', '.join(COLOURS)} or as #12ab9f"
    if name == "mark" and value not in set(_MARKS):
        return "must be one ASCII character that can be seen"
    return ""


def _whose(marks: Mapping[str, str], label_id: str) -> str:
    """Whose mark a label has; empty if it is its own."""
    if marks[label_id] == UNKNOWN_MARK:
        return "labels that are not known"
    return next((id_ for id_, mark in marks.items() if mark == marks[label_id] and id_ != label_id), "")


def _named(path: Names) -> str:
    """A setting as it can stand in a file, without control characters."""
    return printable_line(".".join(path))[:80]


def _listed(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}"
