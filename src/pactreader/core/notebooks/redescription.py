"""The anchors that were made while the text of an article was not whole, described anew by the whole text."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pactreader.core.anchoring.description import describe
from pactreader.core.anchoring.placement import Placement
from pactreader.core.annotation import Anchor, Annotation
from pactreader.core.article import Article
from pactreader.core.notebooks.changes import Change, Edit


class Redescription(NamedTuple):
    """Annotations and changes with other descriptions of the same passages. To the user nothing has changed."""

    annotations: tuple[Annotation, ...] = ()
    changes: tuple[Change, ...] = ()
    """Changes of the undo history with the same ids, so that what they did can still be undone."""


def anchors_without_hash(annotations: Iterable[Annotation], changes: Iterable[Change]) -> Iterator[Anchor]:
    """Yield the anchors that name no text, as it was not whole when they were made."""
    of_changes = (side for change in changes for edit in change.edits for side in edit)
    for one in (*annotations, *of_changes):
        if one and one.anchor and not one.anchor.text_hash:
            yield one.anchor


def redescribe(
    annotations: Iterable[Annotation],
    changes: Iterable[Change],
    placements: Mapping[Anchor, Placement],
    article: Article,
) -> Redescription:
    """Describe anchors anew by the passages at which they are, wherever they occur in annotations and changes.

    Args:
        annotations: The annotations.
        changes: The undo history.
        placements: The placements in the text of the anchors without a hash.
        article: The article, whose text is whole.

    What has other words there keeps its anchor, and so does what has conflicts.
    """
    described = {
        anchor: describe(article.text, start, end, article.text_hash)
        for anchor, (_kind, start, end, _score) in placements.items()
        if article.text[start:end] == anchor.exact
    }

    def anew(one: Annotation | None) -> Annotation | None:
        if one is None or one.conflicts or one.anchor not in described:
            return one
        return one._replace(anchor=described[one.anchor])

    edited = ((change, tuple(Edit(*map(anew, edit)) for edit in change.edits)) for change in changes)
    return Redescription(
        tuple(after for one in annotations if (after := anew(one)) and after is not one),
        tuple(change._replace(edits=edits) for change, edits in edited if edits != change.edits),
    )
