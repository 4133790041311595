"""`pactreader notes`: annotations across every article."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pactreader.cli.article_lookup import entry_of, open_entry
from pactreader.cli.library_context import opened, own_labels
from pactreader.cli.output import say, say_json
from pactreader.core.annotation import Annotation
from pactreader.core.article import Article
from pactreader.core.errors import UnreadableError, UsageError
from pactreader.core.labels import Labels
from pactreader.core.printable_text import printable_line

if TYPE_CHECKING:
    from pactreader.core.anchoring import Placement
    from pactreader.core.notebook import Notebook
    from pactreader.core.query import Query
    from pactreader.storage.library import Library
    from pactreader.storage.paths import Paths
    from pactreader.storage.schema.records import ArticleEntry


def list_notes(arguments: Namespace, paths: "Paths") -> None:
    """List the annotations that are wanted."""
    with opened(paths, own_labels(paths)) as library:
        only = None if arguments.source is None else entry_of(arguments.source, library).id
        rows = list(_note_rows(library, only, _wanted(arguments, library)))
        labels = library.labels
    if arguments.json:
        say_json(rows)
        return
    if not rows:
        say("No notes found.")
    for (_article_id, title), group in groupby(rows, key=lambda row: (row["article"], row["title"])):
        say(title)
        for row in group:
            _say_note(row, labels)
        say("")


def _wanted(arguments: Namespace, library: "Library") -> "Query":
    """What an annotation must have to be listed.

    Raises:
        UsageError: No annotation can have the label, or a word is not understood.
    """
    from pactreader.core.query import parse_query
    from pactreader.core.search import folded

    query = parse_query(" ".join(arguments.words), label_name=library.labels.name)
    if query.problem:
        raise UsageError(query.problem, "In quotation marks it is looked for as it stands.")
    tests = query.tests
    if arguments.label:
        label = _label_id(arguments.label, library)
        tests += (lambda annotation, _place: annotation.label == label,)
    if arguments.tag:
        tag = folded(arguments.tag.lstrip("#"))
        tests += (lambda annotation, _place: tag in map(folded, annotation.tags),)
    return replace(query, tests=tests)


def _label_id(wanted: str, library: "Library") -> str:
    """The id of the label that has this id or name: one of the reader's, or one that the library holds.

    Raises:
        UsageError: There is none.
    """
    from pactreader.core.search import folded

    ids = dict.fromkeys(label.id for label in library.labels)
    ids |= dict.fromkeys(annotation.label for _entry, annotation in library.annotations() if annotation.label)
    for id_ in ids:
        if folded(wanted) in {folded(id_), folded(library.labels.name(id_))}:
            return id_
    raise UsageError(
        f"There is no label “{printable_line(wanted)}”.",
        f"The labels are: {', '.join(map(printable_line, ids))}.",
    )


def _note_rows(library: "Library", only: str | None, query: "Query") -> Iterator[dict[str, Any]]:
    """The annotations to list: article by article, in reading order."""
    for _ in library.index_notes():
        pass
    anywhere = replace(query, tests=()) if query.asks_places else query
    for entry, group in groupby(library.search_notes(anywhere), key=lambda found: found.entry):
        if only not in {None, entry.id}:
            continue
        try:
            article = open_entry(entry, library)
        except UnreadableError:
            article = Article.assemble((), title=entry.title, source=entry.source)
        notebook = library.notebook(entry, article)
        ids = {found.annotation.id for found in group}
        yield from (
            _note_row(entry, notebook, annotation)
            for annotation in notebook
            if annotation.id in ids and query.matches(annotation, notebook.placement(annotation.id))
        )


def _note_row(entry: "ArticleEntry", notebook: "Notebook", annotation: Annotation) -> dict[str, Any]:
    """One annotation for JSON. A note on the whole article has neither quote nor place, a lost one no paragraph."""
    placement = notebook.placement(annotation.id)
    return {
        "id": annotation.id,
        "article": entry.id,
        "title": entry.called,
        "label": annotation.label,
        "quote": annotation.anchor.exact if annotation.anchor else None,
        "note": annotation.note,
        "tags": list(annotation.tags),
        "paragraph": _paragraph_number(placement, notebook.article),
        "start": placement.start if placement else None,
        "end": placement.end if placement else None,
        "place": placement.kind.value if placement else None,
        "score": round(placement.score, 3) if placement else None,
        "created": annotation.created,
        "modified": annotation.modified,
    }


def _paragraph_number(placement: "Placement | None", article: Article) -> int | None:
    return article.paragraph_number(placement.start) if placement and placement.kind.value != "lost" else None


def _say_note(row: dict[str, Any], labels: Labels) -> None:
    about = [labels.name(row["label"]) if row["label"] else "On the article"]
    if row["paragraph"]:
        about.append(f"¶ {row['paragraph']}")
    if row["place"] == "lost":
        about.append("no longer found in the text")
    say(f"  {' · '.join([*about, row['id']])}")
    if row["quote"]:
        say(f"    “{' '.join(row['quote'].split())}”")
    for line in row["note"].splitlines():
        say(f"    {line}")
    if row["tags"]:
        say(f"    {' '.join(f'#{tag}' for tag in row['tags'])}")
