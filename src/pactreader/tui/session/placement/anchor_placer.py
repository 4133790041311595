"""The background search for the passages of pending anchors."""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Final, NamedTuple

from pactreader.core.anchoring.locator import Locator
from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Anchor
from pactreader.core.notebooks.notebook import Notebook
from pactreader.core.text_changes.unread_changes import ComparisonState
from pactreader.tui.session.daemon_thread import run_in_daemon_thread
from pactreader.tui.session.placement.placement_report import changed_sentence, is_any_missing, lost_sentence

if TYPE_CHECKING:
    from pactreader.tui.app import PactReaderApp

_FIRST_SLICE: Final = 0.05
"""Seconds of the first slice, after which the passages in view are shown."""
_SLICE: Final = 1.0
"""Seconds of every further slice. Each ends with a repaint, which takes time from the search."""
_SLICE_AHEAD: Final = 0.3
"""Seconds of the slice before a changed text is shown, so that in most texts no highlight vanishes for a moment."""
_MOST_PLACED: Final = 500
"""Placements that the notebook takes between two keys: some five milliseconds."""
_QUIET: Final = 0.5
"""Seconds without a key before the report is shown, as the next key clears it."""
_PROGRESS_AFTER: Final = 1.0
"""Seconds after which the title bar says how many anchors are still to be placed."""


Placements = Mapping[str, tuple[Anchor, Placement]]
"""Anchors with their placements, by the id of the annotation."""


class _Placed(NamedTuple):
    """The results of a slice."""

    placements: Placements
    faults: Sequence[Exception]
    """The faults of the program; the anchors are taken for lost."""


class AnchorPlacer:
    """The background search for the passages of the open notebook's pending anchors.

    Anchors are placed in slices of time, each in a thread: first those in view, then the rest by their distance from it.
    After each slice the notebook takes the placements, and the panes are redrawn.
    """

    def __init__(self, app: "PactReaderApp") -> None:
        self._app = app
        self._notebook: Notebook | None = None
        """The notebook whose anchors are being placed; `None` if none are."""
        self._stopped = Event()
        """The flag that ends the present slice after the anchor that it is at."""
        self._report_intro: str | None = None
        """The beginning of the sentence that is due once all are placed; `None` if none is."""
        self._target = ""
        """The id of the annotation to go to once it is placed; empty without one."""

    @property
    def is_placing(self) -> bool:
        """True while anchors are being placed."""
        return self._notebook is not None

    def place_and_report(self, change: str) -> None:
        """Place the pending anchors, then tell the user how many highlights were found, and how.

        Args:
            change: A sentence without its full stop about the change of the text, such as `The article changed`; empty
                if the text did not change, and the user is told of lost highlights only.
        """
        self._report_intro = change
        self.place()

    def place(self) -> None:
        """Place the pending anchors of the open notebook, unless that is being done already, or its text is not whole."""
        notebook = self._app.session.notebook
        if self._notebook is notebook or notebook.article.rest:
            return
        self._stopped.set()
        if notebook.pending:
            self._notebook = notebook
            self._stopped = Event()
            self._app.run_worker(self._place_all(notebook), group="placing", exclusive=True)
        else:
            self.report_if_due()

    def stop(self) -> None:
        """Stop placing, as another article is opened or the program exits. Anchors stay pending."""
        self._stopped.set()
        self._notebook = self._report_intro = None
        self._target = ""

    def make_slice_ahead(self, locator: Locator) -> Callable[[], Placements]:
        """Return a function that places anchors in another text before that is shown, in any thread.

        Args:
            locator: The locator of that text.
        """
        anchors = [(one.id, one.anchor) for one in self._app.session.notebook if one.anchor]
        place = partial(
            _place_slice, locator, anchors, self._urgency(), seconds=_SLICE_AHEAD, stopped=Event()
        )

        def placements() -> Placements:
            placed = place()
            if placed.faults:  # they occur again, and are logged, once the text is shown
                return {}
            return placed.placements

        return placements

    def go_when_placed(self, annotation_id: str) -> None:
        """Go to the passage of an annotation as soon as it is placed, which is done first; an empty id cancels that."""
        self._target = annotation_id

    def go_if_placed(self) -> None:
        """Go to the passage that is waited for, if it is placed."""
        if self._target and self._target not in self._app.session.notebook.pending:
            target, self._target = self._target, ""
            self._app.opener.go_to_annotation(target)

    async def _place_all(self, notebook: Notebook) -> None:
        started, seconds, stopped = time.monotonic(), _FIRST_SLICE, self._stopped
        while notebook.pending and not stopped.is_set():
            anchors, urgency = list(notebook.pending.items()), self._urgency()
            placed = await run_in_daemon_thread(
                partial(_place_slice, notebook.locator, anchors, urgency, seconds=seconds, stopped=stopped)
            )
            if stopped.is_set():
                return
            for fault in placed.faults:
                self._app.session.event_log.fault(fault)
            await self._hand_over(notebook, placed.placements)
            if stopped.is_set():
                return
            seconds = _SLICE
            is_slow = time.monotonic() - started > _PROGRESS_AFTER
            self._app.reading_screen.title_bar.show_pending(len(notebook.pending) if is_slow else 0)
        self._notebook = None
        self.report_if_due()

    def _urgency(self) -> Callable[[tuple[str, Anchor]], tuple[bool, int]]:
        """Return a sort key by which the anchors nearest to the window come first."""
        start, end = self._app.reading_screen.article_view.visible_passage
        target = self._target

        def urgency(pending: tuple[str, Anchor]) -> tuple[bool, int]:
            annotation_id, anchor = pending
            return annotation_id != target, max(start - anchor.end, anchor.start - end, 0)

        return urgency

    async def _hand_over(self, notebook: Notebook, placements: Placements) -> None:
        """Give the notebook its placements, with keys handled in between, and redraw the panes once."""
        rows = list(placements.items())
        stopped = self._stopped
        for first in range(0, len(rows), _MOST_PLACED):
            notebook.place(dict(rows[first : first + _MOST_PLACED]))
            await self._app.key_gate.wait()
            if stopped.is_set():
                return
        self._app.reading_screen.show_notebook()
        self.go_if_placed()

    @property
    def has_report(self) -> bool:
        """True if a sentence on a change of the text is due."""
        return bool(self._report_intro)

    def report_if_due(self) -> None:
        """Show the sentence that is due, if one is, once nothing is pending and the user presses no keys.

        One on a change of the text waits for the comparison with the text that was read last too.
        """
        app, screen = self._app, self._app.reading_screen
        if self.is_placing:
            return
        screen.title_bar.show_pending(0)
        text_changes = app.change_tracker.changes
        if self._report_intro is None or (
            self.has_report and text_changes.comparison is ComparisonState.PENDING
        ):
            return
        if not app.shows_reading_screen or screen.idle_seconds < _QUIET:
            app.set_timer(_QUIET, self.report_if_due)
            return
        change, self._report_intro = self._report_intro, None
        counts, keymap = app.session.notebook.placement_counts, app.keymap
        if change:
            sentence = changed_sentence(change, counts, keymap, text_changes=len(text_changes.all))
        else:
            sentence = lost_sentence(counts, keymap)
        if sentence:
            screen.add_message(sentence, warning=is_any_missing(counts))


def _place_slice(
    locator: Locator,
    anchors: Sequence[tuple[str, Anchor]],
    urgency: Callable[[tuple[str, Anchor]], tuple[bool, int]],
    *,
    seconds: float,
    stopped: Event,
) -> _Placed:
    """Place anchors in the order of a sort key, at least the first one, until some seconds are over or the flag is set."""
    until = time.monotonic() + seconds
    placements: dict[str, tuple[Anchor, Placement]] = {}
    faults: list[Exception] = []
    for annotation_id, anchor in sorted(anchors, key=urgency):
        try:
            placement = locator.place(anchor)
        except Exception as fault:  # noqa: BLE001 - it is logged, and must not end the window
            placement = Placement(PlacementKind.LOST, anchor.start, anchor.end, 0.0)
            faults.append(fault)
        placements[annotation_id] = anchor, placement
        if time.monotonic() > until or stopped.is_set():
            break
    return _Placed(placements, faults)
