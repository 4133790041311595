"""What the library costs: run it with `python tests/benchmarks/library_costs.py`.

The times of one machine say little, so each is given as a ratio too: opening, and all that reads the file whole, to
parsing the same bytes with `json.loads`; a save to a save at 100 annotations. A sync is the disk's, and is counted
apart. Memory is what a process that has opened the library and every annotation has more than one that has not.
"""

import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

from pactreader.core.anchoring import describe
from pactreader.core.article import Article, BlockKind, Passage, Piece
from pactreader.core.notebooks.notebook import Notebook
from pactreader.core.query import parse_query
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.storage.recovery.library_check import check
from pactreader.storage.schema.records import annotation_record
from pactreader.storage.schema.revisions import revised

SIZES = (100, 10_000, 100_000)
SAVES = 40
SENTENCE = "The agreement remains vague on what constitutes aggression, which leaves room. "


def benchmark_article() -> Article:
    pieces = (Piece(BlockKind.PARAGRAPH, f"{number}. {SENTENCE * 4}") for number in range(1_000))
    return Article.assemble(pieces, title="A long article", source="/articles/long.txt")


def fill(library: Library, article: Article, count: int) -> None:
    """Put many annotations into a library at once."""
    entry = library.entry_for(article)
    library.register(entry, article)
    notebook = Notebook(article)
    made = notebook.highlight(Passage(10, 90), "doubt").edits[0].after
    note = "Who decides what counts as aggression? " * 4
    room = len(article.text) - len(SENTENCE)

    def record(number: int) -> dict[str, object]:
        start = number * 37 % room
        anchor = describe(article.text, start, start + 80)
        return revised(
            annotation_record(entry.id, replace(made, id=f"a{number:07}", anchor=anchor, note=note))
        )

    library._table.insert_multiple(map(record, range(count)))


def seconds(action) -> float:
    start = perf_counter()
    action()
    return perf_counter() - start


def opening(paths: Paths) -> tuple[float, float, float]:
    """Seconds to parse the file's bytes, to open the library, and to turn its records into annotations."""
    parsing = median(seconds(lambda: json.loads(paths.library.read_bytes())) for _ in range(3))
    opened = median(seconds(lambda: Library(paths).articles()) for _ in range(3))
    library = Library(paths)
    reading = median(seconds(lambda: list(library.annotations())) for _ in range(3))
    return parsing, opened, reading


def saving(paths: Paths, article: Article) -> tuple[float, float]:
    """Seconds of one acknowledged save without its syncs, and of its syncs."""
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


MEMORY = """
import sys
from pathlib import Path
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
library = Library(Paths.find(Path(sys.argv[1]), {}))
kept = list(library.annotations()) if len(sys.argv) > 2 else []
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS")))
"""


def memory(paths: Paths) -> float:
    """Megabytes that the library and its annotations take; 0 where there is no `/proc`."""
    if not Path("/proc/self/status").exists():
        return 0
    taken = [
        int(subprocess.run([sys.executable, "-c", MEMORY, *words], capture_output=True, check=True).stdout)
        for words in ([str(paths.data)], [str(paths.data), "open"])
    ]
    return (taken[1] - taken[0]) * 1024 / 1e6


def living_with_others(paths: Paths, article: Article) -> dict[str, float]:
    """Seconds of what a window does because of other windows, other programs and other computers."""
    one, two = Library(paths), Library(paths)
    entry = one.entry_for(article)
    notebook, theirs = one.notebook(entry, article), two.notebook(entry, article)
    costs = {
        "a look when nothing is new": median(seconds(lambda: one.refresh(entry, notebook)) for _ in range(99))
    }
    looks = []
    for number in range(SAVES):
        change = two.save(entry, theirs.highlight(Passage(number, number + 50), "doubt"))
        theirs.apply(change)
        looks.append(seconds(lambda: one.refresh(entry, notebook)))
        theirs_ids = [edit.id for edit in change.edits]
    theirs.apply(
        two.save(entry, theirs.write_note(theirs_ids[0], "edited, so that there is something to tidy up"))
    )
    one.refresh(entry, notebook)
    costs["a look at one new annotation"] = median(looks)
    costs["the backup of a day"] = seconds(one.back_up_daily)
    two.close()
    costs["taking in what another window tidied up"] = seconds(lambda: one.refresh(entry, notebook))
    tables = json.loads(paths.library.read_bytes())
    tables["records"].popitem()
    paths.library.write_text(json.dumps(tables))
    costs["taking in what another program rewrote"] = seconds(lambda: one.refresh(entry, notebook))
    copy = paths.data / "copy.json"
    shutil.copy(paths.library, copy)
    change = two.save(entry, theirs.highlight(Passage(0, 50), "doubt"))
    costs["merging an older copy"] = seconds(lambda: one.merge(copy))
    content = paths.library.read_bytes()
    paths.library.write_bytes(content[:-100])
    costs["mending a damaged file"] = seconds(lambda: Library(paths).articles())
    costs["`doctor`"] = seconds(lambda: check(paths))
    return costs


def searching(paths: Paths) -> dict[str, float]:
    """Seconds of looking for a thought in every note, at each key of it, and of learning what stands in them."""
    library = Library(paths)
    library.articles()
    costs = {"learning every note, in pieces": seconds(lambda: list(library.notes.update()))}
    for typed in ("v", "vague", "vague decides", "-zzz", "label:doubt", "#law", "zzz"):
        query = parse_query(typed)
        costs[f"searching every note for {typed}"] = median(
            seconds(lambda query=query: library.notes.search(query)) for _ in range(5)
        )
    return costs


def main() -> None:
    article = benchmark_article()
    gc.disable()
    print(f"{'annotations':>11} {'file':>9} {'open':>9} {'/ parse':>8} {'to objects':>11}"
          f" {'save':>9} {'/ at 100':>9} {'sync':>9} {'memory':>9}")  # fmt: skip
    first = None
    others: dict[int, tuple[float, dict[str, float]]] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as directory:
            paths = Paths.find(Path(directory), {})
            library = Library(paths)
            fill(library, article, size)
            del library
            parsing, opened, reading = opening(paths)
            save, sync = saving(paths, article)
            first = first or save
            print(
                f"{size:>11,} {paths.library.stat().st_size / 1e6:>6.1f} MB {opened * 1e3:>6.1f} ms"
                f" {opened / parsing:>7.2f}x {reading * 1e3:>8.1f} ms {save * 1e3:>6.2f} ms {save / first:>8.2f}x"
                f" {sync * 1e3:>6.2f} ms {memory(paths):>6.0f} MB"
            )
            others[size] = parsing, searching(paths) | living_with_others(paths, article)
        gc.collect()
    print(f"\n{'ms, and times json.loads':<40}{''.join(f'{size:>22,}' for size in SIZES)}")
    for name in others[SIZES[0]][1]:
        cells = ((costs[name], costs[name] / parsing) for parsing, costs in others.values())
        print(f"{name:<40}{''.join(f'{cost * 1e3:>12.2f} {ratio:>8.2f}x' for cost, ratio in cells)}")


if __name__ == "__main__":
    main()
