"""Commands that resolve conflicts and merge conflict files."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from pactreader.core.notebooks.changes import Change
from pactreader.tui.commands.annotations import report_done
from pactreader.tui.keys.registry import Footer, Group, command
from pactreader.tui.keys.screen_state import needs_conflict, needs_conflicts

if TYPE_CHECKING:
    from pactreader.tui.context import Context


@command(
    "version-keep",
    "K",
    "Keep this version",
    group=Group.CONFLICTS,
    short="this, that, all",
    help="Of a note that was changed in two places.",
    footer=Footer("keep the upper", reading=-3, highlight=-3, notes=-3, selected_notes=-3),
    when=needs_conflict,
)
def resolve_with_current(context: "Context") -> None:
    """Resolve the target's conflict: keep the annotation as the top of its card shows it."""
    _resolve(context, context.notebook.resolve_with_current)


@command(
    "version-take",
    "O",
    "Take the other version",
    group=Group.CONFLICTS,
    short="this, that, all",
    footer=Footer("take the lower", reading=-2, highlight=-2, notes=-2, selected_notes=-2),
    when=needs_conflict,
)
def resolve_with_other(context: "Context") -> None:
    """Resolve the target's conflict: replace the annotation by the other side of the conflict."""
    _resolve(context, context.notebook.resolve_with_other)


@command(
    "version-join",
    "B",
    "Keep both, one below the other",
    group=Group.CONFLICTS,
    short="this, that, all",
    footer=Footer("both", reading=-1, highlight=-1, notes=-1, selected_notes=-1),
    when=needs_conflict,
)
def resolve_with_both(context: "Context") -> None:
    """Resolve the target's conflict: join the notes of both sides, one below the other."""
    _resolve(context, context.notebook.resolve_with_both)


def _resolve(context: "Context", method: Callable[[str], Change]) -> None:
    target = context.panes.target
    if target and (change := context.saves.submit(method, target.id)):
        report_done(context, change)


@command(
    "version-next",
    "C",
    "To the next note with two versions",
    group=Group.CONFLICTS,
    short="to the next",
    when=needs_conflicts,
)
def next_conflict(context: "Context") -> None:
    """Go to the next annotation with a conflict, in reading order; after the last, to the first."""
    notebook, panes = context.notebook, context.panes
    target = panes.target
    here = notebook.index(target.id) if target else -1
    indexes = sorted(map(notebook.index, notebook.conflicted))
    annotation = notebook.by_index(next((index for index in indexes if index > here), indexes[0]))
    placement = notebook.placement(annotation.id)
    if placement and placement.found:
        panes.article.go_to(placement.start)
    panes.notes.set_current(annotation.id)
    if not panes.in_notes and not (placement and placement.found and panes.notes.display):
        panes.focus_notes()
        panes.notes.set_current(annotation.id)


@command(
    "merge",
    "M",
    "Merge the copies beside the library",
    group=Group.CONFLICTS,
    short="merge copies",
    help="As file synchronisers leave them.",
)
def merge(context: "Context") -> None:
    """Merge the conflict files beside the library."""
    context.app.conflict_merge.start()
