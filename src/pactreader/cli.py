"""The command line: it parses, builds the parts, runs one command, and says what went wrong."""

import argparse
import gc
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO, TextIOWrapper
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple, NoReturn, TextIO

from pactreader import __version__
from pactreader.core.annotation import LABELS, Annotation, label_name
from pactreader.core.article import Article
from pactreader.core.errors import PactReaderError, UnreadableError, UsageError
from pactreader.core.printable import printable, printable_line

if TYPE_CHECKING:
    from pactreader.core.anchoring import Place
    from pactreader.core.notebook import Notebook
    from pactreader.storage.desk import Reading
    from pactreader.storage.library import Library
    from pactreader.storage.places import Places
    from pactreader.storage.records import Entry

_FAILED: Final = 1
_MISUSED: Final = 2
_INTERRUPTED: Final = 130
"""What a shell reports of a program that ctrl+c ended: 128 and the signal's number."""
_BROKEN_PIPE: Final = 141

_TERMINAL: Final = "CON" if os.name == "nt" else "/dev/tty"

_EXAMPLES: Final = """\
commands:
  library               the articles known, the one read last on top
  notes [WORDS...]      annotations across every article
  export [SOURCE...]    annotations as Markdown
  paths                 where the library and everything else is

`pactreader COMMAND --help` says more. To read a file of such a name: `pactreader ./notes`.

examples:
  pactreader                                go on reading; the first time, the bundled article
  pactreader article.md                     read a Markdown or text file
  curl -s https://example.org/article.txt | pactreader -
                                            read text or Markdown that another program prints
  pactreader --review plan.md > notes.md    read, and have the notes on standard output at the end
  pactreader notes ambiguity --tag law      find what you wrote
  pactreader export --all -o notes/         write one Markdown file an article
"""


def run(words: Sequence[str]) -> int:
    """Run a command line.

    Args:
        words: What was typed after the program's name.

    Returns:
        The exit code: 0, 1 after an error that was said, 2 if the words were wrong.
    """
    _prepare_output()
    try:
        arguments = _parse(words)
        from pactreader.storage.places import Places  # noqa: PLC0415 - `--version` does without

        arguments.command(arguments, Places.find(arguments.data_dir, os.environ))
        with _output() as output:
            output.flush()
    except PactReaderError as error:
        _complain(error)
        return _FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        _let_go_of_output()
        return _BROKEN_PIPE
    return 0


def _prepare_output() -> None:
    """Have every character go out somehow: as UTF-8 into pipes and files, as an escape where a terminal has none."""
    if sys.stdout is None:  # it was closed
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


@contextmanager
def _output() -> Iterator[TextIO]:
    """Standard output, whose failures are said.

    Raises:
        BrokenPipeError: Nobody reads it any more.
        PactReaderError: It cannot be written.
    """
    try:
        yield sys.stdout
    except BrokenPipeError:
        raise
    except OSError as error:
        _let_go_of_output()
        raise PactReaderError(
            f"Standard output cannot be written: {error.strerror}.", "See that there is room for it."
        ) from error


def _let_go_of_output() -> None:
    """Keep Python from flushing once more: see https://docs.python.org/3/library/signal.html#note-on-sigpipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(error: PactReaderError) -> None:
    """Say an error on stderr: what happened, and what to do."""
    for line in filter(None, (f"pactreader: {error.message}", error.hint)):
        sys.stderr.write(f"{printable_line(line)}\n")


# What can be typed


class _Parser(ArgumentParser):
    """A parser whose errors look like all others."""

    def error(self, message: str) -> NoReturn:
        _complain(UsageError(f"{message}.", f"`{self.prog} --help` says what can be typed."))
        self.exit(_MISUSED)


class _Command(NamedTuple):
    """A command, named by a word."""

    run: Callable[[Namespace, "Places"], None]
    help: str
    add_arguments: Callable[[ArgumentParser], object]


def _parse(words: Sequence[str]) -> Namespace:
    """What was typed, as arguments; among them `command`, the function to call."""
    index = _command_index(words)
    if index is None:
        parser = _parser("pactreader", "Read an article in the terminal, mark it, keep every note.")
        parser.epilog = _EXAMPLES
        _add_reading_arguments(parser)
        arguments = parser.parse_args(words)
        arguments.command = _read
        return arguments
    name = words[index]
    command = _COMMANDS[name]
    parser = _parser(f"pactreader {name}", command.help)
    command.add_arguments(parser)
    arguments = parser.parse_args([*words[:index], *words[index + 1 :]])
    arguments.command = command.run
    return arguments


def _command_index(words: Sequence[str]) -> int | None:
    """Where the name of a command stands; `None` if the words are for reading."""
    skipped = False
    for index, word in enumerate(words):
        if word in {"--", "--review"}:
            return None
        if skipped or word.startswith("-"):
            skipped = word == "--data-dir" and not skipped
            if word == "-":
                return None
        else:
            return index if word in _COMMANDS else None
    return None


def _parser(name: str, description: str) -> ArgumentParser:
    parser = _Parser(
        prog=name,
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--data-dir", type=Path, metavar="DIR", help="one directory for everything PactReader keeps"
    )
    parser.add_argument("--version", action="version", version=f"pactreader {__version__}")
    return parser


def _add_reading_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "source",
        nargs="?",
        metavar="SOURCE",
        help="a file, '-' for standard input, or an article known to the library: its id or part of its title; "
        "without one, the article read last",
    )
    parser.add_argument(
        "--review", action="store_true", help="on quit, print the annotations to standard output as Markdown"
    )


def _add_json(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def _add_notes_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "words", nargs="*", metavar="WORDS", help="words in the quote, the note or the tags, all of them"
    )
    parser.add_argument("--in", dest="source", metavar="SOURCE", help="of this article only")
    parser.add_argument(
        "--label", help=f"with this label: {', '.join(label.id for label in LABELS)}, or your own"
    )
    parser.add_argument("--tag", help="with this tag")
    _add_json(parser)


def _add_export_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="without one, the article read last")
    parser.add_argument("--all", action="store_true", help="every article that has annotations")
    parser.add_argument(
        "-o",
        dest="output",
        metavar="FILE|DIR",
        help="where to write, instead of standard output; into a directory, one file an article",
    )
    parser.add_argument("--force", action="store_true", help="replace files that exist")
    parser.add_argument(
        "--format", choices=["markdown"], default="markdown", help="markdown, the only one so far"
    )
    parser.add_argument(
        "--plain", action="store_true", help="leave out the comments and ids that are for programs"
    )


# Articles


def _stdin() -> BinaryIO:
    """Standard input; nothing where it is closed."""
    return sys.stdin.buffer if sys.stdin else BytesIO()


def _open_source(source: str, library: "Library") -> Article:
    """The article that a SOURCE names: a file, standard input, or one that the library knows.

    Raises:
        PactReaderError: There is none, or it cannot be read.
    """
    from pactreader.formats.sources import STANDARD_INPUT, read_source  # noqa: PLC0415

    if source != STANDARD_INPUT and not os.path.lexists(source):
        entry = _known(source, library)
        if entry:
            return _open_entry(entry, library)
    return read_source(source, _stdin())


def _known(source: str, library: "Library") -> "Entry | None":
    """The article that a SOURCE names in the library; `None` if it is the path of a file that is not in it.

    Raises:
        UsageError: It is no path, and there is no such article, or more than one.
    """
    path = os.path.abspath(source)  # noqa: PTH100 - symbolic links stay
    for entry in library.articles():
        if source and entry.source in {source, path}:
            return entry
    try:
        return library.find(source)
    except UsageError as error:
        if not source or os.sep in source or Path(source).suffix:
            return None
        name = printable_line(source)
        raise UsageError(f"There is no file {name}. {error.message}", error.hint) from error


def _open_entry(entry: "Entry", library: "Library") -> Article:
    """The article of an entry: its file if it is still there, else the text as it was read last.

    Raises:
        UnreadableError: The file cannot be read, and its text was not kept.
    """
    from pactreader.formats.sources import BUNDLED, STANDARD_INPUT, bundled, read_source  # noqa: PLC0415

    if entry.source == BUNDLED:
        return bundled()
    if entry.source in {"", STANDARD_INPUT}:
        failure = UnreadableError(
            f"The text of “{printable_line(entry.title)}” was not kept.",
            "Read it from where it came once more.",
        )
        warning = ""
    else:
        try:
            return read_source(entry.source, BytesIO())
        except UnreadableError as error:
            failure = error
            warning = f"{error.message} This is its text as you read it last."
    article = library.kept_text(entry)
    if article is None:
        raise failure
    return replace(article, warning=warning)


def _last_read(library: "Library", last_id: str | None) -> "Entry | None":
    """The entry of the article that was read last, if the library has it."""
    return next((entry for entry in library.articles() if entry.id == last_id), None)


# Reading


def _read(arguments: Namespace, places: "Places") -> None:
    """Let the reader read, until they quit."""
    gc.disable()  # until the first page is on the screen: 20 ms of a large article's first 100
    from pactreader.storage.desk import Desk  # noqa: PLC0415 - starting is cheap because of it
    from pactreader.storage.library import Library  # noqa: PLC0415

    with Library(places) as library:
        last_id = Desk(places).last_read()
        if arguments.source is None:
            article = _read_last(library, last_id)
        else:
            article = _open_source(arguments.source, library)
        _take_terminal()
        from pactreader.tui.app import read  # noqa: PLC0415 - the only command that needs a screen

        with _terminal_as_output():
            notebook = read(places=places, library=library, article=article, first_start=last_id is None)
        if arguments.review:
            _write(_markdown(notebook, library.adopt(article), plain=False))


def _read_last(library: "Library", last_id: str | None) -> Article:
    """The article read last; the first time, the bundled one."""
    from pactreader.formats.sources import bundled  # noqa: PLC0415

    entry = _last_read(library, last_id)
    return _open_entry(entry, library) if entry else bundled()


def _take_terminal() -> None:
    """See that there is a screen, which Textual draws on stderr, and a keyboard, even where stdin is a pipe.

    Raises:
        PactReaderError: There is none.
    """
    hint = "Run it in a terminal; `pactreader notes` and `pactreader export` work without one."
    if not (sys.__stderr__ and sys.__stderr__.isatty()):
        raise PactReaderError("Reading needs a terminal: standard error is redirected.", hint)
    if sys.__stdin__ and sys.__stdin__.isatty():
        return
    try:
        terminal = os.open(_TERMINAL, os.O_RDWR)
    except OSError as error:
        raise PactReaderError(
            "Reading needs a terminal, and there is none to take keys from.", hint
        ) from error
    if terminal:
        os.dup2(terminal, 0)
        os.close(terminal)
    if sys.__stdin__ is None:
        sys.stdin = sys.__stdin__ = open(0, closefd=False)  # type: ignore[misc]  # noqa: SIM115


@contextmanager
def _terminal_as_output() -> Iterator[None]:
    """Have the terminal as standard output for a while: it is what Textual asks for the size of the screen."""
    output, screen = sys.__stdout__, sys.__stderr__
    if output is None or screen is None or output.isatty():
        yield
        return
    output.flush()
    kept = os.dup(output.fileno())
    os.dup2(screen.fileno(), output.fileno())
    try:
        yield
    finally:
        os.dup2(kept, output.fileno())
        os.close(kept)


# library, paths


def _list_library(arguments: Namespace, places: "Places") -> None:
    from pactreader.storage.desk import Desk  # noqa: PLC0415
    from pactreader.storage.library import Library  # noqa: PLC0415

    with Library(places) as library:
        highlights: dict[str, int] = {}
        for entry, annotation in library.annotations():
            highlights[entry.id] = highlights.get(entry.id, 0) + (annotation.anchor is not None)
        readings = Desk(places).readings()
        entries = library.articles()
    entries.sort(key=lambda entry: readings[entry.id].read_at if entry.id in readings else "", reverse=True)
    rows = [_library_row(entry, highlights.get(entry.id, 0), readings.get(entry.id)) for entry in entries]
    if arguments.json:
        _say_json(rows)
        return
    if not rows:
        _say("No articles yet. `pactreader FILE` reads one.")
    for row in rows:
        about = [_counted(row["highlights"], "highlight")]
        if row["last_read"]:
            about += [f"{row['progress']:.0%} read", _local_time(row["last_read"])]
        _say(f"{row['id']}  {row['title']}")
        _say(f"          {' · '.join([*about, row['source']])}")


def _library_row(entry: "Entry", highlights: int, reading: "Reading | None") -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": entry.title,
        "source": entry.source,
        "highlights": highlights,
        "progress": reading.progress if reading else None,
        "last_read": reading.read_at if reading else None,
    }


def _list_paths(_arguments: Namespace, places: "Places") -> None:
    named = {
        "library": places.library,
        "texts": places.texts,
        "settings": places.config,
        "state": places.state,
        "log": places.log,
    }
    for name, path in named.items():
        _say(f"{name:<9} {path}")


# notes


def _list_notes(arguments: Namespace, places: "Places") -> None:
    from pactreader.storage.library import Library  # noqa: PLC0415

    with Library(places) as library:
        only = None
        if arguments.source is not None:
            only = _entry_of(arguments.source, library).id
        rows = list(_note_rows(library, only, _wanted(arguments, library)))
    if arguments.json:
        _say_json(rows)
        return
    if not rows:
        _say("No notes found.")
    for (_article_id, title), group in groupby(rows, key=lambda row: (row["article"], row["title"])):
        _say(title)
        for row in group:
            _say_note(row)
        _say("")


def _wanted(arguments: Namespace, library: "Library") -> Callable[[Annotation], bool]:
    """The test that an annotation must pass to be listed.

    Raises:
        UsageError: No annotation can have the label.
    """
    from pactreader.core.search import folded, mentions  # noqa: PLC0415

    mentioned = mentions(tuple(arguments.words))
    label = arguments.label and _label_id(arguments.label, library)
    tag = arguments.tag and folded(arguments.tag.lstrip("#"))

    def test(annotation: Annotation) -> bool:
        if label and annotation.label != label:
            return False
        if tag and tag not in map(folded, annotation.tags):
            return False
        quote = annotation.anchor.exact if annotation.anchor else ""
        return mentioned("\n".join([" ".join(quote.split()), annotation.note, *annotation.tags]))

    return test


def _label_id(wanted: str, library: "Library") -> str:
    """The id of the label that has this id or name: one of PactReader's, or one that the library holds.

    Raises:
        UsageError: There is none.
    """
    from pactreader.core.search import folded  # noqa: PLC0415

    ids = dict.fromkeys(label.id for label in LABELS)
    ids |= dict.fromkeys(annotation.label for _entry, annotation in library.annotations() if annotation.label)
    for id_ in ids:
        if folded(wanted) in {folded(id_), folded(label_name(id_))}:
            return id_
    raise UsageError(
        f"There is no label “{printable_line(wanted)}”.",
        f"The labels are: {', '.join(map(printable_line, ids))}.",
    )


def _note_rows(
    library: "Library", only: str | None, wanted: Callable[[Annotation], bool]
) -> Iterator[dict[str, Any]]:
    """The annotations to list: article by article, in reading order."""
    found: dict[str, tuple[Entry, set[str]]] = {}
    for entry, annotation in library.annotations(only):
        if wanted(annotation):
            found.setdefault(entry.id, (entry, set()))[1].add(annotation.id)
    for entry, ids in found.values():
        try:
            article = _open_entry(entry, library)
        except UnreadableError:
            article = Article.assemble((), title=entry.title, source=entry.source)
        notebook = library.notebook(entry, article)
        yield from (_note_row(entry, notebook, annotation) for annotation in notebook if annotation.id in ids)


def _note_row(entry: "Entry", notebook: "Notebook", annotation: Annotation) -> dict[str, Any]:
    """One annotation for JSON. A note on the whole article has neither quote nor place, a lost one no paragraph."""
    place = notebook.place(annotation.id)
    return {
        "id": annotation.id,
        "article": entry.id,
        "title": entry.title,
        "label": annotation.label,
        "quote": annotation.anchor.exact if annotation.anchor else None,
        "note": annotation.note,
        "tags": list(annotation.tags),
        "paragraph": _paragraph_number(place, notebook.article),
        "start": place.start if place else None,
        "end": place.end if place else None,
        "place": place.kind.value if place else None,
        "score": round(place.score, 3) if place else None,
        "created": annotation.created,
        "modified": annotation.modified,
    }


def _paragraph_number(place: "Place | None", article: Article) -> int | None:
    return article.paragraph_number(place.start) if place and place.kind.value != "lost" else None


def _say_note(row: dict[str, Any]) -> None:
    about = [label_name(row["label"]) if row["label"] else "On the article"]
    if row["paragraph"]:
        about.append(f"¶ {row['paragraph']}")
    if row["place"] == "lost":
        about.append("no longer found in the text")
    _say(f"  {' · '.join([*about, row['id']])}")
    if row["quote"]:
        _say(f"    “{' '.join(row['quote'].split())}”")
    for line in row["note"].splitlines():
        _say(f"    {line}")
    if row["tags"]:
        _say(f"    {' '.join(f'#{tag}' for tag in row['tags'])}")


# export


def _export(arguments: Namespace, places: "Places") -> None:
    from pactreader.storage.desk import Desk  # noqa: PLC0415
    from pactreader.storage.library import Library  # noqa: PLC0415

    with Library(places) as library:
        exports: dict[str, tuple[str, str]] = {}
        for entry, article in _to_export(arguments, library, Desk(places).last_read()):
            notebook = library.notebook(entry, article)
            exports[entry.id] = article.title, _markdown(notebook, entry, plain=arguments.plain)
    texts = [text for _title, text in exports.values()]
    if arguments.output is None:
        _write("\n".join(texts))
        return
    titles = [title for title, _text in exports.values()]
    one_file = len(texts) == 1 and not arguments.all and not _is_directory(arguments.output)
    paths = [Path(arguments.output)] if one_file else list(_file_names(Path(arguments.output), titles))
    _write_files(dict(zip(paths, texts, strict=True)), places, force=arguments.force)


def _to_export(
    arguments: Namespace, library: "Library", last_id: str | None
) -> Iterator[tuple["Entry", Article]]:
    """The articles to export, with their entries."""
    if arguments.all and arguments.sources:
        raise UsageError("--all and a SOURCE exclude each other.", "Give one of them.")
    if arguments.all:
        entries = {entry.id: entry for entry, _annotation in library.annotations()}
        yield from ((entry, _open_entry(entry, library)) for entry in entries.values())
    elif arguments.sources:
        for source in arguments.sources:
            article = _open_source(source, library)
            yield library.adopt(article), article
    elif entry := _last_read(library, last_id):
        yield entry, _open_entry(entry, library)
    else:
        raise UsageError("Nothing has been read yet.", "Read an article with `pactreader FILE`.")


def _entry_of(source: str, library: "Library") -> "Entry":
    """The entry of the article that a SOURCE names, whose file need not exist."""
    if known := _known(source, library):
        return known
    return library.adopt(_open_source(source, library))


def _markdown(notebook: "Notebook", entry: "Entry", *, plain: bool) -> str:
    from pactreader.formats.write_markdown import write_markdown  # noqa: PLC0415

    return write_markdown(notebook, article_id=entry.id, exported=datetime.now(UTC), plain=plain)


def _is_directory(output: str) -> bool:
    return output.endswith(("/", os.sep)) or Path(output).is_dir()


def _file_names(directory: Path, titles: Iterable[str]) -> Iterator[Path]:
    """A file for each title, no two the same."""
    from pactreader.formats.write_markdown import export_name  # noqa: PLC0415

    taken: set[str] = set()
    for title in titles:
        first = Path(export_name(title))
        name, number = first.name, 1
        while name in taken:
            number += 1
            name = f"{first.stem}-{number}{first.suffix}"
        taken.add(name)
        yield directory / name


def _write_files(files: dict[Path, str], places: "Places", *, force: bool) -> None:
    """Write files, each whole or not at all, and say where.

    Raises:
        PactReaderError: One exists and may not be replaced, or cannot be written.
    """
    from pactreader.storage.whole_file import replace_whole  # noqa: PLC0415

    for path in files:
        if os.path.lexists(path) and not path.is_file():
            raise PactReaderError(f"{path} is no file that could be replaced.", "Give -o another name.")
        if os.path.lexists(path) and not force:
            raise PactReaderError(f"{path} exists.", "Give -o another name, or --force to replace it.")
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_whole(path, text.encode(), mode=places.mode_for(path))
        except OSError as error:
            raise PactReaderError(
                f"{path} cannot be written: {error.strerror or error}.", "Give -o another name."
            ) from error
        _say(str(path))


# How things are said


def _write(text: str) -> None:
    """Print a text that was made printable."""
    with _output() as output:
        output.write(text)


def _say(line: str) -> None:
    """Print one line on which nothing is a control character, not even a line end."""
    _write(printable(line).replace("\n", "␊") + "\n")


def _say_json(rows: list[dict[str, Any]]) -> None:
    """One JSON document in ASCII, without a character that a terminal obeys."""
    import json  # noqa: PLC0415

    _write(json.dumps(rows, indent=2).replace("\x7f", "\\u007f") + "\n")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _local_time(timestamp: str) -> str:
    """A moment in UTC as the reader's clock showed it; as it stands if it is none."""
    with suppress(ValueError):
        return f"{datetime.fromisoformat(timestamp).astimezone():%Y-%m-%d %H:%M}"
    return timestamp


_COMMANDS: Final = {
    "library": _Command(_list_library, "List the articles known, the one read last on top.", _add_json),
    "notes": _Command(_list_notes, "Find annotations across every article.", _add_notes_arguments),
    "export": _Command(_export, "Write annotations as Markdown.", _add_export_arguments),
    "paths": _Command(_list_paths, "Say where the library and everything else is.", lambda _parser: None),
}
