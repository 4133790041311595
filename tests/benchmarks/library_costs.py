"""What the library costs: run it with `python tests/benchmarks/library_costs.py`.

The times of one machine say little, so each is given as a ratio too: opening to parsing the same bytes with
`json.loads`, and a save to a save at 100 annotations. A sync is the disk's, and is counted apart.
"""

import gc
import json
import os
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from pactreader.core.article import Article, BlockKind, Passage, Piece
from pactreader.core.notebook import Notebook
from pactreader.storage.library import Library
from pactreader.storage.places import Places
from pactreader.storage.records import annotation_record, revised

SIZES = (100, 10_000, 100_000)
SAVES = 40
SENTENCE = "The agreement remains vague on what constitutes aggression, which leaves room. "


def an_article() -> Article:
    pieces = (Piece(BlockKind.PARAGRAPH, f"{number}. {SENTENCE * 4}") for number in range(1_000))
    return Article.assemble(pieces, title="A long article", source="/articles/long.txt")


def fill(library: Library, article: Article, count: int) -> None:
    """Put many annotations into a library at once."""
    entry = library.adopt(article)
    library.keep(entry, article)
    notebook = Notebook(article)
    change = notebook.highlight(Passage(10, 90), "doubt")
    annotation = change.edits[0].after
    record = annotation_record(entry.id, annotation) | {"note": "Who decides what counts as aggression? " * 4}
    library._table.insert_multiple(revised({**record, "id": f"a{number:07}"}) for number in range(count))


def seconds(action) -> float:
    start = perf_counter()
    action()
    return perf_counter() - start


def opening(places: Places) -> tuple[float, float, float]:
    """Seconds to parse the file's bytes, to open the library, and to turn its records into annotations."""
    parsing = median(seconds(lambda: json.loads(places.library.read_bytes())) for _ in range(3))
    opened = median(seconds(lambda: Library(places).articles()) for _ in range(3))
    library = Library(places)
    reading = median(seconds(lambda: list(library.annotations())) for _ in range(3))
    return parsing, opened, reading


def saving(places: Places, article: Article) -> tuple[float, float]:
    """Seconds of one acknowledged save without its syncs, and of its syncs."""
    library = Library(places)
    entry = library.adopt(article)
    notebook = Notebook(article)
    synced = 0.0
    real = os.fsync

    def timed(descriptor: int) -> None:
        nonlocal synced
        synced += seconds(lambda: real(descriptor))

    saves, syncs = [], []
    os.fsync = timed
    try:
        for number in range(SAVES):
            change = notebook.highlight(Passage(number * 10, number * 10 + 80), "doubt")
            synced = 0.0
            total = seconds(lambda change=change: library.save(entry, change))
            notebook.apply(change)
            saves.append(total - synced)
            syncs.append(synced)
    finally:
        os.fsync = real
    return median(saves), median(syncs)


def main() -> None:
    article = an_article()
    gc.disable()
    print(f"{'annotations':>11} {'file':>9} {'open':>9} {'/ parse':>8} {'to objects':>11}"
          f" {'save':>9} {'/ at 100':>9} {'sync':>9}")  # fmt: skip
    first = None
    for size in SIZES:
        with tempfile.TemporaryDirectory() as directory:
            places = Places.find(Path(directory), {})
            library = Library(places)
            fill(library, article, size)
            del library
            parsing, opened, reading = opening(places)
            save, sync = saving(places, article)
            first = first or save
            print(
                f"{size:>11,} {places.library.stat().st_size / 1e6:>6.1f} MB {opened * 1e3:>6.1f} ms"
                f" {opened / parsing:>7.2f}x {reading * 1e3:>8.1f} ms {save * 1e3:>6.2f} ms {save / first:>8.2f}x"
                f" {sync * 1e3:>6.2f} ms"
            )
        gc.collect()


if __name__ == "__main__":
    main()
