"""The costs of the library: run it with `python tests/benchmarks/library_costs.py [--saves N] [--sizes N …]`.

Times depend on the machine, so each is given as a ratio too: that of opening, and of everything that reads the whole
file, to parsing the same bytes with `json.loads`; that of a save to a save at 100 annotations. The time of syncs depends
on the disk, and is given separately. Memory is the difference between a process that has loaded all annotations and one
that has only imported and opened the library.
"""

import argparse
import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from bulk_records import insert_records

from pactreader.core.anchoring.description import describe
from pactreader.core.article import Article, BlockKind, Passage, Piece
from pactreader.core.notebooks.notebook import Notebook
from pactreader.core.query import parse_query
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.storage.recovery.library_check import check
from pactreader.storage.schema.records import annotation_record
from pactreader.storage.schema.revisions import revised

SIZES = (100, 10_000, 100_000)
"""Annotations of the libraries that are measured."""
SAVES = 40
"""Saves that are measured for each size."""
SENTENCE = "The agreement remains vague on what constitutes aggression, which leaves room. "


def benchmark_article() -> Article:
    """Return an article of a thousand paragraphs."""
    pieces = (Piece(BlockKind.PARAGRAPH, f"{number}. {SENTENCE * 4}") for number in range(1_000))
    return Article.assemble(pieces, title="A long article", source="/articles/long.txt")


def fill_library(library: Library, article: Article, count: int) -> None:
    """Store an article with so many annotations in a library."""
    entry = library.entry_for(article)
    library.register(entry, article)
    notebook = Notebook(article)
    template = notebook.highlight(Passage(10, 90), "doubt").edits[0].after
    note = "Who decides what counts as aggression? " * 4
    last_start = len(article.text) - len(SENTENCE)

    def record(number: int) -> dict[str, object]:
        start = number * 37 % last_start
        anchor = describe(article.text, start, start + 80)
        return revised(
            annotation_record(entry.id, template._replace(id=f"a{number:07}", anchor=anchor, note=note))
        )

    insert_records(library, map(record, range(count)))


def seconds(action: Callable[[], object]) -> float:
    """Call a function and return the seconds that it takes."""
    start = perf_counter()
    action()
    return perf_counter() - start


def measure_opening(paths: Paths) -> tuple[float, float, float]:
    """Return the seconds to parse the file's bytes, to open the library, and to load its annotations."""
    parsing = median(seconds(lambda: json.loads(paths.library.read_bytes())) for _ in range(3))
    opened = median(seconds(lambda: Library(paths).articles()) for _ in range(3))
    library = Library(paths)
    reading = median(seconds(lambda: list(library.annotations())) for _ in range(3))
    return parsing, opened, reading


def measure_saving(paths: Paths, article: Article, count: int) -> tuple[float, float]:
    """Return the seconds of a save without its syncs, and of its syncs, as medians of so many saves."""
    library = Library(paths)
    entry = library.entry_for(article)
    notebook = Notebook(article)
    synced = 0.0
    real = os.fsync

    def timed(descriptor: int) -> None:
        nonlocal synced
        synced += seconds(lambda: real(descriptor))

    saves, syncs = [], []
    os.fsync = timed
    try:
        for number in range(count):
            change = notebook.highlight(Passage(number * 10, number * 10 + 80), "doubt")
            synced = 0.0
            total = seconds(lambda change=change: library.save(entry, change))
            notebook.apply(change)
            saves.append(total - synced)
            syncs.append(synced)
    finally:
        os.fsync = real
    return median(saves), median(syncs)


MEMORY = """
import sys
from pathlib import Path
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
library = Library(Paths.find(Path(sys.argv[1]), {}))
kept = list(library.annotations()) if len(sys.argv) > 2 else []
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS")))
"""


def measure_memory(paths: Paths) -> float:
    """Return the megabytes that the loaded annotations take; 0 without `/proc`."""
    if not Path("/proc/self/status").exists():
        return 0
    kilobytes = [
        int(
            subprocess.run([sys.executable, "-c", MEMORY, *arguments], capture_output=True, check=True).stdout
        )
        for arguments in ([str(paths.data)], [str(paths.data), "open"])
    ]
    return (kilobytes[1] - kilobytes[0]) * 1024 / 1e6


def measure_changes_elsewhere(paths: Paths, article: Article, count: int) -> dict[str, float]:
    """Return the seconds of handling changes by other windows, programs and computers, by description."""
    one, two = Library(paths), Library(paths)
    entry = one.entry_for(article)
    notebook, theirs = one.notebook(entry, article), two.notebook(entry, article)
    costs = {
        "a refresh without changes": median(
            seconds(lambda: one.notebooks.refresh(entry, notebook)) for _ in range(99)
        )
    }
    refreshes = []
    for number in range(count):
        change = two.save(entry, theirs.highlight(Passage(number, number + 50), "doubt"))
        theirs.apply(change)
        refreshes.append(seconds(lambda: one.notebooks.refresh(entry, notebook)))
        theirs_ids = [edit.id for edit in change.edits]
    theirs.apply(
        two.save(entry, theirs.write_note(theirs_ids[0], "edited, so that the file has a replaced line"))
    )
    one.notebooks.refresh(entry, notebook)
    costs["a refresh with one new annotation"] = median(refreshes)
    costs["the backup of a day"] = seconds(one.back_up_daily)
    two.close()
    costs["a refresh after another window compacted it"] = seconds(
        lambda: one.notebooks.refresh(entry, notebook)
    )
    tables = json.loads(paths.library.read_bytes())
    tables["records"].popitem()
    paths.library.write_text(json.dumps(tables))
    costs["a refresh after another program wrote it"] = seconds(
        lambda: one.notebooks.refresh(entry, notebook)
    )
    copy = paths.data / "copy.json"
    shutil.copy(paths.library, copy)
    change = two.save(entry, theirs.highlight(Passage(0, 50), "doubt"))
    costs["merging an older copy"] = seconds(lambda: one.merger.merge(copy))
    content = paths.library.read_bytes()
    paths.library.write_bytes(content[:-100])
    costs["recovery of a damaged file"] = seconds(lambda: Library(paths).articles())
    costs["`doctor`"] = seconds(lambda: check(paths))
    return costs


def measure_searching(paths: Paths) -> dict[str, float]:
    """Return the seconds of indexing all notes and of searching them, by description."""
    library = Library(paths)
    library.articles()
    costs = {"indexing all notes, in slices": seconds(lambda: list(library.notes.update()))}
    for typed in ("v", "vague", "vague decides", "-zzz", "label:doubt", "#law", "zzz"):
        query = parse_query(typed)
        costs[f"searching all notes for {typed}"] = median(
            seconds(lambda query=query: sum(1 for _ in library.notes.search(query))) for _ in range(5)
        )
    return costs


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--saves", type=int, default=SAVES, help="saves for each size")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="annotations of each library")
    options = parser.parse_args()
    article = benchmark_article()
    gc.disable()
    print(f"{'annotations':>11} {'file':>9} {'open':>9} {'/ parse':>8} {'to objects':>11}"
          f" {'save':>9} {'/ at 100':>9} {'sync':>9} {'memory':>9}")  # fmt: skip
    first = None
    others: dict[int, tuple[float, dict[str, float]]] = {}
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as directory:
            paths = Paths.find(Path(directory), {})
            library = Library(paths)
            fill_library(library, article, size)
            del library
            parsing, opened, reading = measure_opening(paths)
            save, sync = measure_saving(paths, article, options.saves)
            first = first or save
            print(
                f"{size:>11,} {paths.library.stat().st_size / 1e6:>6.1f} MB {opened * 1e3:>6.1f} ms"
                f" {opened / parsing:>7.2f}x {reading * 1e3:>8.1f} ms {save * 1e3:>6.2f} ms {save / first:>8.2f}x"
                f" {sync * 1e3:>6.2f} ms {measure_memory(paths):>6.0f} MB"
            )
            others[size] = (
                parsing,
                measure_searching(paths) | measure_changes_elsewhere(paths, article, options.saves),
            )
        gc.collect()
    print(f"\n{'ms, and times json.loads':<40}{''.join(f'{size:>22,}' for size in options.sizes)}")
    for name in others[options.sizes[0]][1]:
        cells = ((costs[name], costs[name] / parsing) for parsing, costs in others.values())
        print(f"{name:<40}{''.join(f'{cost * 1e3:>12.2f} {ratio:>8.2f}x' for cost, ratio in cells)}")


if __name__ == "__main__":
    main()
