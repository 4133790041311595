"""The pages on which blocks begin and go on."""

from collections.abc import Iterable, Mapping

from pactreader.formats.readers.pdf.laid_out_text import LaidOutBlock


def with_places(blocks: Iterable[LaidOutBlock], labels: Mapping[int, str]) -> list[LaidOutBlock]:
    """Return the blocks with a place where another page begins, and with the anchors of the pages that begin in them.

    A page without text begins in the next block.

    Args:
        blocks: The blocks in order.
        labels: The labels of the pages by their indices.
    """
    found: list[LaidOutBlock] = []
    page, waiting = -1, sorted(labels, reverse=True)
    for piece, runs in blocks:
        places: list[tuple[int, str]] = []
        anchors: list[str] = []
        for run in runs:
            if run.page != page:
                page = run.page
                places.append((run.offset, f"p. {labels[page]}"))
            while waiting and waiting[-1] <= page:
                anchors.append(f"page={waiting.pop() + 1}")
        if places and not found:
            places[0] = 0, places[0][1]
        found.append(LaidOutBlock(piece._replace(places=tuple(places), anchors=tuple(anchors)), runs))
    return found
