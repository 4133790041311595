"""Reading of the config file. Invalid settings are reported, and all others take effect."""

from collections.abc import Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final, NamedTuple

from pactreader.core.labels import COLOURS, LABELS, UNKNOWN_MARK, Label, Labels
from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.core.printable_text import printable_line
from pactreader.core.wording import pluralise
from pactreader.settings.definitions import (
    LABEL_MARKS,
    LABEL_ROWS,
    MAX_LABEL_NAME,
    SETTINGS,
    SettingPath,
    Settings,
)

_MAX_SIZE: Final = 64 * 1024
"""The greatest size in bytes. A file with every setting has about 5,000."""
_MAX_PROBLEMS: Final = 20
_LABEL_ID: Final = lazy_pattern(r"[^\W_][\w-]{0,39}")


class Problem(NamedTuple):
    """A problem with the file: a setting that does not take effect, or the file itself."""

    setting: str
    """The first name in the setting's path, such as `labels`; empty for the file itself."""
    message: str
    """A sentence with the line, the problem and the value that is used instead."""


def read_settings(path: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """Read a config file. Invalid settings have their defaults.

    A missing file is no problem, and is not created.

    Args:
        path: The file.

    Returns:
        The settings, and the problems in the order of the file.
    """
    try:
        content = _read_content(path)
    except FileNotFoundError:
        return Settings(), ()
    except OSError as error:
        reason = error.strerror or str(error)
        message = f"{printable_line(str(path))} cannot be read ({reason}); PactReader's own settings hold."
        return Settings(), (Problem("", message),)
    parser = _ConfigParser(path.name)
    settings = parser.parse(content)
    return settings, tuple(parser.problems())


def _read_content(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        OSError: It cannot be read, is not a regular file, or is too large.
    """
    status = path.stat()
    if not S_ISREG(status.st_mode):
        raise OSError(None, "it is no file")
    if status.st_size > _MAX_SIZE:
        raise OSError(None, f"it has {pluralise(status.st_size, 'byte')}, and may have {_MAX_SIZE:,}")
    return path.read_bytes()


class _ConfigParser:
    """The parser of one file, which collects its problems."""

    def __init__(self, file_name: str) -> None:
        self._file_name = printable_line(file_name)
        self._problems: list[tuple[int, Problem]] = []
        """The problems found so far, each with its line."""
        self._lines: dict[SettingPath, int] = {}
        """The line of each setting in the file."""

    def parse(self, content: bytes) -> Settings:
        """Return the settings in a file's bytes."""
        scalars: dict[str, Any] = {}
        labels: dict[str, dict[str, str]] = {}
        keys: dict[str, tuple[str, ...]] = {}
        for path, value in self._assignments(self._decode(content)):
            try:
                match path:
                    case ("labels", label_id, *rest):
                        label = labels.setdefault(_checked_label_id(label_id), {})
                        label.update(_parse_label_field(rest, value))
                    case ("keys", command_id):
                        keys[command_id] = _parse_keys(value)
                    case _ if value != {}:  # else it is the header of a table
                        scalars.update(self._parse_scalar(path, value))
            except ValueError as error:
                self._report(path, str(error))
        locations = {path: f"{self._file_name}, line {line}" for path, line in self._lines.items()}
        return Settings(labels=self._make_labels(labels), keys=keys, locations=locations, **scalars)

    def problems(self) -> Iterator[Problem]:
        """Yield the first problems in the order of the file, and at last one with the number of the others."""
        in_order = sorted(self._problems, key=itemgetter(0))
        yield from (problem for _line, problem in in_order[:_MAX_PROBLEMS])
        more = len(in_order) - _MAX_PROBLEMS
        if more > 0:
            yield Problem("", f"{self._file_name} has {pluralise(more, 'more problem')}.")

    def _report(self, path: SettingPath, reason: str, *, line: int | None = None) -> None:
        """Add a problem with a setting, on the setting's line or on another one."""
        name = printable_line(".".join(path))[:80]
        end = "" if reason.endswith("?") else "."
        self._report_line(line or self._lines[path], f"sets {name}, which {reason}{end}", setting=path[0])

    def _report_line(self, line: int, message: str, *, setting: str = "") -> None:
        self._problems.append((line, Problem(setting, f"{self._file_name}, line {line} {message}")))

    def _decode(self, content: bytes) -> str:
        content = content.removeprefix(b"\xef\xbb\xbf")
        try:
            return content.decode()
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            self._report_line(line, "is not UTF-8: that is read as “�”.")
            return content.decode(errors="replace")

    def _assignments(self, text: str) -> Iterator[tuple[SettingPath, Any]]:
        """Yield the settings' paths and values. Of a setting that is given twice the first one counts."""
        from pactreader.settings.toml_statements import InvalidStatement, statements

        for statement in statements(text):
            if isinstance(statement, InvalidStatement):
                reason = printable_line(statement.reason)
                self._report_line(statement.line, f"is not understood ({reason}), and left out.")
                continue
            first_line = self._lines.setdefault(statement.path, statement.line)
            if first_line == statement.line or statement.value == {}:
                yield statement.path, statement.value
            else:
                reason = f"stands on line {first_line} already, and that holds"
                self._report(statement.path, reason, line=statement.line)

    def _parse_scalar(self, path: SettingPath, value: Any) -> Mapping[str, Any]:
        """Return the name of a setting's field with its value.

        Raises:
            ValueError: There is no such setting, or the value is invalid.
        """
        for field_name, row in SETTINGS.items():
            if path == tuple(row.name.split(".")):
                parsed = row.parse(value)
                return {field_name: printable_line(parsed) if isinstance(parsed, str) else parsed}
        from difflib import get_close_matches  # not needed by a file without problems

        names = [row.name for row in SETTINGS.values()]
        same_end = [name for name in names if name.rpartition(".")[2] == path[-1]]
        near = [*same_end, *get_close_matches(".".join(path), names, 1)]
        raise ValueError(f"is no setting{f': did you mean {near[0]}?' if near else ', and is left out'}")

    def _make_labels(self, configured: Mapping[str, Mapping[str, str]]) -> Labels:
        """Return PactReader's labels with the user's changes, then the user's own.

        Args:
            configured: The fields in the file by label id.
        """
        if not configured:
            return LABELS
        labels = [label._replace(**configured.get(label.id, {})) for label in LABELS]
        known = {label.id for label in LABELS}
        for label_id, values in configured.items():
            if label_id not in known:
                name = label_id.replace("-", " ").replace("_", " ").capitalize()[:MAX_LABEL_NAME]
                labels.append(Label(label_id, "", name, "", COLOURS[-1])._replace(**values))
        marks = self._make_marks({label.id: label.mark for label in labels})
        return Labels(label._replace(mark=marks[label.id]) for label in labels)

    def _make_marks(self, marks: dict[str, str]) -> Mapping[str, str]:
        """Return different marks for labels.

        Of two labels with the same mark, the one whose default it is keeps it, or else the one set first in the file.
        The other one gets its default, or the first free mark.
        """
        defaults = {label.id: label.mark for label in LABELS}
        changed = {id_ for id_, mark in marks.items() if mark and mark != defaults.get(id_)}
        while clashes := {id_: owner for id_ in changed if (owner := _mark_owner(marks, id_))}:
            path = max((("labels", id_, "mark") for id_ in clashes), key=self._lines.__getitem__)
            label_id = path[1]
            reason = f"is the mark of {clashes[label_id]}: {label_id} has one of PactReader's"
            self._report(path, reason)
            marks[label_id] = defaults.get(label_id, "")
            changed.remove(label_id)
        for id_ in [id_ for id_, mark in marks.items() if not mark]:
            used = {*marks.values(), UNKNOWN_MARK}
            marks[id_] = next((mark for mark in LABEL_MARKS if mark not in used), UNKNOWN_MARK)
        return marks


def _checked_label_id(label_id: str) -> str:
    if _LABEL_ID.fullmatch(label_id):
        return label_id
    raise ValueError("is left out: what a label is called here has letters, digits, - and _ only")


def _parse_label_field(path: list[str], value: Any) -> Mapping[str, str]:
    """Return the name of a label's field with its value; nothing for the header of the label's table.

    Args:
        path: The path after the label's id: `["colour"]`.
        value: The value in the file.

    Raises:
        ValueError: A label has no such field, or the value is invalid.
    """
    *others, last = (name for name in Label._fields if name != "id")
    names = f"{', '.join(others)} and {last}"
    if not path:
        if value == {}:
            return {}
        raise ValueError(f"must be a table with {names}: it is left out")
    row = next((row for row in LABEL_ROWS if path == [row.name]), None)
    if row is None:
        raise ValueError(f"is left out: a label has {names}")
    if isinstance(value, str):
        return {row.name: row.parse(value)}
    raise ValueError("must be a text in quotation marks: it is left out")


def _parse_keys(value: Any) -> tuple[str, ...]:
    """Return the keys of a command from a text or a list of texts.

    Raises:
        ValueError: The value is neither.
    """
    keys = [value] if isinstance(value, str) else value
    if isinstance(keys, list) and all(isinstance(key, str) for key in keys):
        return tuple(dict.fromkeys(filter(None, keys)))
    raise ValueError('must be a key, as "f", or several, as ["f", "ctrl+f"]: it stays as it was')


def _mark_owner(marks: Mapping[str, str], label_id: str) -> str:
    """Return the id of another label with the mark of a label; empty if there is none."""
    if marks[label_id] == UNKNOWN_MARK:
        return "labels that are not known"
    return next((id_ for id_, mark in marks.items() if mark == marks[label_id] and id_ != label_id), "")
