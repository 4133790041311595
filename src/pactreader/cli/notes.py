"""`pactreader notes`: annotations across every article."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pactreader.cli.articles import entry_of, open_entry
from pactreader.cli.opening import opened
from pactreader.cli.output import say, say_json
from pactreader.core.annotation import LABELS, Annotation, label_name
from pactreader.core.article import Article
from pactreader.core.errors import UnreadableError, UsageError
from pactreader.core.printable import printable_line

if TYPE_CHECKING:
    from pactreader.core.anchoring import Place
    from pactreader.core.notebook import Notebook
    from pactreader.storage.library import Library
    from pactreader.storage.places import Places
    from pactreader.storage.records import Entry


def list_notes(arguments: Namespace, places: "Places") -> None:
    """List the annotations that are wanted."""
    with opened(places) as library:
        only = None
        if arguments.source is not None:
            only = entry_of(arguments.source, library).id
        rows = list(_note_rows(library, only, _wanted(arguments, library)))
    if arguments.json:
        say_json(rows)
        return
    if not rows:
        say("No notes found.")
    for (_article_id, title), group in groupby(rows, key=lambda row: (row["article"], row["title"])):
        say(title)
        for row in group:
            _say_note(row)
        say("")


def _wanted(arguments: Namespace, library: "Library") -> Callable[[Annotation], bool]:
    """The test that an annotation must pass to be listed.

    Raises:
        UsageError: No annotation can have the label.
    """
    from pactreader.core.query import parse_query  # noqa: PLC0415
    from pactreader.core.search import folded  # noqa: PLC0415

    query = parse_query(" ".join(arguments.words))
    label = arguments.label and _label_id(arguments.label, library)
    tag = arguments.tag and folded(arguments.tag.lstrip("#"))

    def test(annotation: Annotation) -> bool:
        if label and annotation.label != label:
            return False
        if tag and tag not in map(folded, annotation.tags):
            return False
        return query.matches(annotation, None)

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
            article = open_entry(entry, library)
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
    say(f"  {' · '.join([*about, row['id']])}")
    if row["quote"]:
        say(f"    “{' '.join(row['quote'].split())}”")
    for line in row["note"].splitlines():
        say(f"    {line}")
    if row["tags"]:
        say(f"    {' '.join(f'#{tag}' for tag in row['tags'])}")
