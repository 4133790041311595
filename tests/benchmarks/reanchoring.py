"""The accuracy of placing: run it with `python tests/benchmarks/reanchoring.py --data FILE [--with-old] [--context N]`.

The file has one JSON object a line, which may be compressed with gzip: `{name, old, new, queries: [{exact, prefix,
suffix, start, end, class, truth}]}`, a text before and after its revision, and quotes of the old one with their place in
the new one, `[start, end]` or null, in code points. A placement is correct if it overlaps the truth by half (class
`edited`) or by 90 % (`same`, `moved`, `repeated`), or if there is none and the truth is null (`deleted…`). It is
misplaced if it is elsewhere, and lost if there is none though there is a truth. A doubtful placement counts as none.
The classes that `str.find` does not get are pooled as "hard".
"""

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from pactreader.core.anchoring.locator import Locator
from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Anchor
from pactreader.core.article import text_hash_of

CLASSES = ("same", "moved", "repeated", "edited", "deleted")
HARD = ("repeated", "edited", "deleted")
EXTRA = ("deleted_dup", "deleted_like")
Span = tuple[int, int]


def main() -> None:
    """Place all quotes of a file and print the results."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, metavar="FILE")
    parser.add_argument("--with-old", action="store_true", help="give the old text to the locator")
    parser.add_argument(
        "--context", type=int, metavar="N", help="cut prefix and suffix of N code points from the old text"
    )
    parser.add_argument(
        "--misses", type=Path, metavar="FILE", help="write what is not correct here, one JSON line each"
    )
    options = parser.parse_args()
    results: dict[str, Counter[str]] = defaultdict(Counter)
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    all_times: list[float] = []
    searches: list[float] = []
    beforehand: list[float] = []
    misses: list[str] = []
    for document in read(options.data):
        locator, milliseconds = prepared(document, with_old=options.with_old)
        beforehand.append(milliseconds)
        text_hash = text_hash_of(document["old"])
        for query in document["queries"]:
            anchor = anchor_of(query, document["old"], text_hash, options.context)
            began = perf_counter()
            placement = locator.place(anchor)
            took = (perf_counter() - began) * 1e3
            verdict = judged(query, placement)
            for each in classes_of(query["class"]):
                results[each][verdict] += 1
                kinds[each][placement.kind] += 1
            all_times.append(took)
            if query["exact"] not in document["new"]:
                searches.append(took)
            if verdict != "correct":
                found = document["new"][placement.start : placement.end]
                row = {**query, "name": document["name"], "verdict": verdict, "kind": placement.kind}
                row |= {"got": placement[1:], "found": found}
                if query["truth"]:
                    row["right"] = document["new"][slice(*query["truth"])]
                misses.append(json.dumps(row, ensure_ascii=False) + "\n")
    if options.misses:
        options.misses.write_text("".join(misses), "utf-8")
    print_results(results, kinds)
    print(f"ms a quote: median {median(all_times):.3f}  p99 {percentile(all_times, 0.99):.3f}", end="")
    print(f"   (a document beforehand: median {median(beforehand):.1f}, max {max(beforehand):.1f})")
    print(f"ms a quote that is gone: median {median(searches):.3f}  p99 {percentile(searches, 0.99):.3f}")


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the documents of a file."""
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        yield from map(json.loads, lines)


def prepared(document: dict[str, Any], *, with_old: bool) -> tuple[Locator, float]:
    """Return a locator with its index, or its alignment, made, and the milliseconds that these took."""
    former, text = document["old"], document["new"]
    text_hash = text_hash_of(former)
    locator = Locator(text, {text_hash: former} if with_old else {})
    began = perf_counter()
    if locator.alignment(text_hash) is None:
        locator.place(Anchor("nowhere", "", "", 0, 7))
    return locator, (perf_counter() - began) * 1e3


def anchor_of(query: dict[str, Any], old: str, text_hash: str, context: int | None) -> Anchor:
    """Return the anchor of a query, with so many code points of context, or those in the file."""
    start, end = query["start"], query["end"]
    prefix, suffix = query["prefix"], query["suffix"]
    if context is not None:
        prefix, suffix = old[max(0, start - context) : start], old[end : end + context]
    return Anchor(query["exact"], prefix, suffix, start, end, text_hash)


def judged(query: dict[str, Any], placement: Placement) -> str:
    """Return whether a placement is correct, misplaced or lost."""
    truth = query["truth"]
    if not placement.found:
        return "lost" if truth else "correct"
    if not truth:
        return "misplaced"
    enough = 0.5 if query["class"] == "edited" else 0.9
    return "correct" if overlap((placement.start, placement.end), truth) >= enough else "misplaced"


def overlap(one: Span, other: Span) -> float:
    """Return the length of the common part of two passages as a share of the length of both together."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, common) / max(1, max(one[1], other[1]) - min(one[0], other[0]))


def classes_of(name: str) -> Iterable[str]:
    """Yield a class, and the groups that it counts in."""
    yield name
    if name in CLASSES:
        yield "overall"
    if name in HARD:
        yield "hard"


def print_results(results: dict[str, Counter[str]], kinds: dict[str, Counter[str]]) -> None:
    """Print a line for each class."""
    columns = ("correct", "misplaced", "lost")
    print(f"{'class':<13}{'n':>6}{'correct%':>10}{'misplaced%':>12}{'lost%':>8}   kinds")
    for name in (*CLASSES, "overall", "hard", *EXTRA):
        count = results[name].total()
        if count:
            correct, misplaced, lost = (100 * results[name][each] / count for each in columns)
            said = " ".join(
                f"{kind.value} {kinds[name][kind]}" for kind in PlacementKind if kinds[name][kind]
            )
            print(f"{name:<13}{count:>6}{correct:>10.2f}{misplaced:>12.2f}{lost:>8.2f}   {said}")


def percentile(values: list[float], share: float) -> float:
    """Return the value below which a share of the values is."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


if __name__ == "__main__":
    main()
