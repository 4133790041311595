"""The search for the passages of anchors in a text."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from pactreader.core.anchoring.alignment import Alignment
from pactreader.core.anchoring.candidates import Candidate, Quote, passage_as_candidate, similar_passages
from pactreader.core.anchoring.folding import fold_signs
from pactreader.core.anchoring.former_text import claimed_share, counterpart_of
from pactreader.core.anchoring.text_index import TextIndex
from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Anchor
from pactreader.core.article import text_hash_of

_MAX_CANDIDATES: Final = 2_000
"""The greatest number of occurrences of a quote that are compared, as a quote of one letter has very many."""


class Locator:
    """A finder of the passages of anchors in one text. Its methods may be called from several threads."""

    def __init__(self, text: str, former_texts: Mapping[str, str] | None = None) -> None:
        """Create the locator of a text. The text is indexed, and former texts are read, when they are first needed.

        Args:
            text: The text.
            former_texts: Former texts of the article by their hashes, from `text_hash_of`. An anchor that was made on
                one of them is placed by its alignment with the text.
        """
        self._text = text
        self._former_texts = former_texts or {}
        self._alignments: dict[str, Alignment | None] = {}

    @cached_property
    def _text_hash(self) -> str:
        return text_hash_of(self._text)

    def place_at_once(self, anchor: Anchor) -> Placement | None:
        """Return the placement of an anchor whose quote and context are unchanged at its offsets; `None` for others.

        The time does not depend on the length of the text.
        """
        start, end = anchor.start, anchor.end
        if not (
            0 <= start < end
            and self._text.startswith(anchor.exact, start)
            and len(anchor.exact) == end - start
        ):
            return None
        if anchor.text_hash != self._text_hash:
            prefix_start = start - len(anchor.prefix)
            if prefix_start < 0 or not self._text.startswith(anchor.prefix, prefix_start):
                return None
            if not self._text.startswith(anchor.suffix, end):
                return None
        return Placement(PlacementKind.EXACT, start, end, 1.0)

    def prepare(self, text_hash: str = "") -> None:
        """Make the alignment with a former text by its hash if it is known, else the index of the text.

        Each is made when it is first needed; a caller may choose the time.
        """
        if self.alignment(text_hash) is None:
            _ = self._index

    def alignment(self, text_hash: str) -> Alignment | None:
        """Return the alignment with a former text by its hash; `None` if there is no such text."""
        if text_hash not in self._alignments:
            former = self._former_texts.get(text_hash) if text_hash else None
            self._alignments[text_hash] = None if former is None else Alignment(former, self._text)
        return self._alignments[text_hash]

    def place(self, anchor: Anchor) -> Placement:
        """Find the anchor's passage."""
        at_once = self.place_at_once(anchor)
        if at_once:
            return at_once
        alignment = self.alignment(anchor.text_hash)
        if alignment and alignment.former[anchor.start : anchor.end] == anchor.exact:
            return self._place_by_former_text(alignment, anchor)
        return self._place_by_quote(anchor)

    @cached_property
    def _index(self) -> TextIndex:
        return TextIndex(self._text)

    def _place_by_former_text(self, alignment: Alignment, anchor: Anchor) -> Placement:
        """Find the passage by the alignment with the text that the anchor was made for."""
        found = counterpart_of(alignment, anchor.start, anchor.end)
        if found:
            there = self._text[found.start : found.end]
            if there == anchor.exact or fold_signs(there) == fold_signs(anchor.exact):
                return self._verbatim(anchor, found.start, found.end, 1.0)
            surroundings = found.before, found.behind
            if found.words >= 0.4 and (
                found.coverage >= 0.6
                or (found.coverage >= 0.4 and max(surroundings) >= 0.5)
            ):
                return Placement(PlacementKind.CHANGED, found.start, found.end, found.coverage)
        unclaimed = [
            (start, end)
            for start, end in self._verbatim_passages(anchor)
            if claimed_share(alignment, start, end, (anchor.start, anchor.end)) < 0.5
        ]
        if len(unclaimed) == 1:
            return self._verbatim(anchor, *unclaimed[0], 0.9)
        where = alignment.counterpart(anchor.start)
        return Placement(PlacementKind.LOST, where, where, 0.0)

    def _verbatim(self, anchor: Anchor, start: int, end: int, score: float) -> Placement:
        kind = PlacementKind.EXACT if start == anchor.start else PlacementKind.MOVED
        return Placement(kind, start, end, score)

    def _verbatim_passages(self, anchor: Anchor) -> Iterator[tuple[int, int]]:
        """Yield the passages that are equal to the quote but for the folding of signs."""
        folded = self._index.folded
        exact = fold_signs(anchor.exact)
        if not exact.strip():
            return
        offset = folded.text.find(exact)
        for _ in range(_MAX_CANDIDATES):
            if offset < 0:
                return
            yield folded.start(offset), folded.end(offset + len(exact))
            offset = folded.text.find(exact, offset + 1)

    def candidates(self, anchor: Anchor) -> tuple[list[Candidate], list[Candidate]]:
        quote = Quote(anchor, self._index)
        if not quote.own:
            return [], []
        exact = [passage_as_candidate(quote, self._index, *each) for each in list(self._verbatim_passages(anchor))[:50]]
        return exact, list(similar_passages(quote, self._index))

    def _place_by_quote(self, anchor: Anchor) -> Placement:
        exact, similar = self.candidates(anchor)
        if exact:
            best = max(exact, key=lambda c: (c.context, -abs(c.start - anchor.start)))
            if best.context >= .25:
                return self._verbatim(anchor, best.start, best.end, best.context)
            sim = max(similar, key=lambda c: c.coverage * (1 + c.context), default=None)
            if sim and min(sim.before, sim.behind) > .6 and sim.context > .75 and sim.coverage > .6:
                return Placement(PlacementKind.CHANGED, sim.start, sim.end, .5)
            return self._verbatim(anchor, best.start, best.end, best.context)
        sim = max(similar, key=lambda c: c.coverage * (1 + c.context), default=None)
        if sim and sim.coverage >= .4 and sim.words >= .4 and sim.coverage + sim.purity / 2 + sim.context > 1.4:
            return Placement(PlacementKind.CHANGED, sim.start, sim.end, .5)
        return Placement(PlacementKind.LOST, anchor.start, anchor.end, 0.0)
