"""`pactreader notes`: annotations across every article."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pactreader.cli.opened_library import annotations_as_last_read, configured_labels, open_library
from pactreader.cli.output import print_json, print_line, print_warning
from pactreader.cli.reading_options import add_reading_options, reading_options
from pactreader.cli.subcommand import Example, Subcommand, add_json_argument
from pactreader.core.citations import cite_place
from pactreader.core.errors import UsageError
from pactreader.core.labels import LABELS, Labels
from pactreader.core.printable_text import printable_line

if TYPE_CHECKING:
    from pactreader.core.anchoring.placement import Placement
    from pactreader.core.annotation import Annotation
    from pactreader.core.article import Article
    from pactreader.core.query import Query
    from pactreader.storage.library import Library
    from pactreader.storage.paths import Paths
    from pactreader.storage.schema.records import ArticleEntry


_PLACES: Final = {
    "moved": "moved",
    "changed": "changed",
    "doubtful": "doubtful",
    "lost": "no longer found in the text",
    None: "the text was not kept",
}
"""The words for a placement, by `place` in the output of `--json`; none if it is exact."""


def list_notes(arguments: Namespace, paths: "Paths") -> None:
    """Print the annotations that match the arguments."""
    with open_library(paths, configured_labels(paths)) as library:
        article_id = None
        if arguments.source is not None:
            from pactreader.cli.library_access import configured_setup, find_entry

            article_id = find_entry(
                arguments.source,
                library,
                reading_options(arguments),
                setup=configured_setup(paths),
            ).id
        rows = list(_note_rows(library, article_id, _make_query(arguments, library)))
        labels = library.labels
    if arguments.json:
        print_json(rows)
        return
    if not rows:
        print_line("No notes found.")
        if arguments.source is None and len(arguments.words) == 1 and Path(arguments.words[0]).is_file():
            print_warning(
                f"Words are looked for. `--in {printable_line(arguments.words[0])}` lists the notes on the file."
            )
    for (_article_id, title), group in groupby(rows, key=lambda row: (row["article"], row["title"])):
        print_line(title)
        for row in group:
            _print_note(row, labels)
        print_line("")


def _make_query(arguments: Namespace, library: "Library") -> "Query":
    """Return the query for the words, the label and the tag in the arguments.

    Raises:
        UsageError: The label does not exist, or a word is not understood.
    """
    from pactreader.core.query import parse_query
    from pactreader.core.search import fold

    query = parse_query(" ".join(arguments.words), label_name=library.labels.name)
    if query.problem:
        raise UsageError(query.problem, "In quotation marks it is looked for as it stands.")
    tests = query.tests
    if arguments.label:
        label = _find_label(arguments.label, library)
        tests += (lambda annotation, _placement: annotation.label == label,)
    if arguments.tag:
        tag = fold(arguments.tag.lstrip("#"))
        tests += (lambda annotation, _placement: tag in map(fold, annotation.tags),)
    return query._replace(tests=tests)


def _find_label(id_or_name: str, library: "Library") -> str:
    """Return the id of a label that is configured or used by an annotation.

    Raises:
        UsageError: There is none with this id or name.
    """
    from pactreader.core.search import fold

    ids = dict.fromkeys(label.id for label in library.labels)
    ids |= dict.fromkeys(annotation.label for _entry, annotation in library.annotations() if annotation.label)
    for id_ in ids:
        if fold(id_or_name) in {fold(id_), fold(library.labels.name(id_))}:
            return id_
    raise UsageError(
        f"There is no label “{printable_line(id_or_name)}”.",
        f"The labels are: {', '.join(map(printable_line, ids))}.",
    )


def _note_rows(library: "Library", article_id: str | None, query: "Query") -> Iterator[dict[str, Any]]:
    """Yield the rows of the annotations that match a query, article by article, in reading order.

    They are placed in the texts that were read last: no source is opened.

    Args:
        library: The library.
        article_id: The id of the article to search in; `None` for all.
        query: The query.
    """
    anywhere = query._replace(tests=()) if query.needs_placement else query
    for entry, group in groupby(_found(library, article_id, anywhere), key=itemgetter(0)):
        article, _labels, placed = annotations_as_last_read(entry, library)
        ids = {annotation.id for _, annotation in group}
        yield from (
            _note_row(entry, article, annotation, placement)
            for annotation, placement in placed
            if annotation.id in ids and query.matches(annotation, placement)
        )


def _found(
    library: "Library", article_id: str | None, query: "Query"
) -> Iterator[tuple["ArticleEntry", "Annotation"]]:
    """Yield the annotations that match a query, with the entries of their articles.

    Those of one article are found without the others being read, and those with words without most of the others.
    """
    for entry, annotation in library.annotations(article_id, query.words):
        if not entry.archived and query.matches(annotation, None):
            yield entry, annotation


def _note_row(
    entry: "ArticleEntry", article: "Article", annotation: "Annotation", placement: "Placement | None"
) -> dict[str, Any]:
    """Return the row of an annotation in the output of `--json`.

    A note on the whole article has neither quote nor placement, and a highlight whose text is not stored has no
    placement; a lost one has neither paragraph nor line. `location` is its page or
    chapter, as `p. 12` or `pp. 12–13`, and `line` that of the file on which it begins. `author` is that of an annotation
    that was taken in from the file. `now` is
    the present text of a changed passage, and that which a doubtful one may have become.
    """
    return {
        "id": annotation.id,
        "article": entry.id,
        "title": entry.display_title,
        "label": annotation.label,
        "quote": annotation.anchor.exact if annotation.anchor else None,
        "note": annotation.note,
        "author": annotation.author or None,
        "tags": list(annotation.tags),
        **_place_of(placement, article),
        "start": placement.start if placement else None,
        "end": placement.end if placement else None,
        "place": placement.kind.value if placement else None,
        "score": round(placement.score, 3) if placement else None,
        "now": _present_text(placement, article),
        "created": annotation.created,
        "modified": annotation.modified,
    }


def _place_of(placement: "Placement | None", article: "Article") -> dict[str, int | str | None]:
    """Return the page or chapter, the paragraph, and the line of the file that a passage begins in.

    It has none of them if it is not in the text.
    """
    if placement is None or placement.kind.value == "lost":
        return {"location": None, "paragraph": None, "line": None}
    start = placement.start
    return {
        "location": article.places.between(start, placement.end) or None,
        "paragraph": article.paragraph_number(start),
        "line": article.source_lines.at(start),
    }


def _present_text(placement: "Placement | None", article: "Article") -> str | None:
    if placement is None or placement.kind.value not in {"changed", "doubtful"}:
        return None
    return article.text[placement.start : placement.end]


def _print_note(row: dict[str, Any], labels: Labels) -> None:
    """Print the row of an annotation as text: label, paragraph, placement and id; quote, present text, note and tags."""
    details = [labels.name(row["label"]) if row["label"] else "On the article"]
    if row["paragraph"]:
        line = [f"line {row['line']}"] if row["line"] else []
        details.append(", ".join((*cite_place(row["location"] or "", row["paragraph"]), *line)))
    if row["quote"] is not None:
        details.append(_PLACES.get(row["place"], ""))
    details.append(printable_line(row["author"] or ""))
    print_line(f"  {' · '.join(filter(None, [*details, row['id']]))}")
    if row["quote"]:
        print_line(f"    “{' '.join(row['quote'].split())}”")
    if row["now"]:
        print_line(f"    now: “{' '.join(row['now'].split())}”")
    for line in row["note"].splitlines():
        print_line(f"    {line}")
    if row["tags"]:
        print_line(f"    {' '.join(f'#{tag}' for tag in row['tags'])}")


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "words",
        nargs="*",
        metavar="WORDS",
        help="words in the quote, the note or the tags, all of them; also '#tag', label:doubt, has:note, is:lost, "
        "is:changed, as in the program",
    )
    parser.add_argument("--in", dest="source", metavar="SOURCE", help="of this article only")
    parser.add_argument(
        "--label", help=f"with this label: {', '.join(label.id for label in LABELS)}, or your own"
    )
    parser.add_argument("--tag", help="with this tag")
    add_json_argument(parser)
    add_reading_options(parser)


SUBCOMMAND = Subcommand(
    name="notes",
    operands="[WORDS...]",
    summary="annotations across every article",
    help="Find annotations across every article, placed as of the last reading: no source is opened.",
    run=list_notes,
    add_arguments=_add_arguments,
    examples=(Example("pactreader notes ambiguity --tag law", "find what you wrote"),),
)
