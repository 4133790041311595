"""PDFs read or refused, their words against a truth, and the times of reading beside pdfium alone.

`python tests/benchmarks/pdf_samples.py DIR` reads every `.pdf` of a folder. For `NAME.pdf` with `NAME.truth.txt` it
compares words (letters and digits, in lower case) and sequences of four of them as multisets, and counts hyphens that
are left between two parts of a word, also as pdfium's own sign for one. The numbers and bullets of lists are counted, as
readers see them and other programs have them in their texts; what is found without them stands below. Headings are right if those in `HEADINGS` come
in that order. An annotation counts if pdfium lists it as one that marks a text, or as a note with some words. The
processor time for a page is that of all pages, opened in this process; beside it is that of pdfium's own text. The time
until the first pages are read is by the clock, with the child process; that until they are on a real terminal is a ratio
to a bare Textual app in turns with it.

With `--peers PYTHON` the same is read by pypdf and pdfminer.six, as far as that Python has them.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).parents[1]))

import pypdfium2

from benchmarks.speed.samples import Samples
from benchmarks.speed.setting import Build, Setting
from pactreader.core.article import Article
from pactreader.core.errors import PactReaderError
from pactreader.core.reading_setup import ReadingSetup
from pactreader.formats.origin import Origin
from pactreader.formats.readers.pdf.process.messages import Request
from pactreader.formats.readers.pdf.process.worker import carry_out
from pactreader.formats.readers.pdf_reader import read_pdf

RUNS = 3
STARTS = 5
"""The number of starts of each program on a terminal."""
HEADINGS = {
    "tracemonkey_a11y": ("Abstract", "1. Introduction"),
    "multicolumn": ("Two-Column Document with Lorem Ipsum", "Abstract"),
    "bug1997343": (
        "1 Introduction",
        "2 Document structures",
        "2.1 Mathematics",
        "2.2 Lists",
        "2.3 Figures and Tables",
        "2.4 Theorems",
        "2.5 Verbatim",
        "3 Citations",
    ),
    "pdflatex-outline": ("1 Foo", "2 Bar", "3 Baz", "4 Foo", "5 Bar", "6 Baz", "7 Foo", "8 Bar", "9 Baz"),
}
"""The headings of some files, in order, without white space at their ends."""
MARKS, NOTES = (
    frozenset(getattr(pypdfium2.raw, f"FPDF_ANNOT_{name}") for name in names.split())
    for names in ("HIGHLIGHT UNDERLINE SQUIGGLY STRIKEOUT", "TEXT FREETEXT")
)
EMPTY = 2
"""The size of an empty text as pdfium gives it, in bytes."""
WORD = re.compile(r"\w+")
LEFT_HYPHEN = re.compile(
    r"[^\W\d_]{2}[-\u00ad\u2010]\s+(?!und\b|oder\b|bzw\b|and\b|or\b|to\b)[a-zß-ÿ]{2}|[\x02\ufffe\u2402]"
)
"""A hyphen with white space behind it, and no word for which one is left out, as in `Ein- und Ausgabe`; or one of the
signs that pdfium writes for it."""


def report(folder: Path, *, peers: str = "", verbose: bool = False, quick: bool = False) -> Iterator[str]:
    """Yield the lines of the report on the files in a folder."""
    paths = sorted(folder.glob("*.pdf"))
    sums: Counter[str] = Counter()
    for path in paths:
        try:
            article = _read(path)
        except PactReaderError as error:
            sums["refused"] += 1
            yield f"  {path.name}: refused. {error.message}"
            continue
        sums["read"] += 1
        remarks = [*_headings(path, article, sums), *_marks(path, article, sums)]
        if article.warning:
            remarks.append(article.warning)
        if remarks or verbose:
            yield f"  {path.name}: {len(article.blocks)} blocks, {len(article.contents)} entries. {' '.join(remarks)}"
    yield (
        f"PDF: {sums['read']} of {len(paths)} files read, {sums['refused']} refused; headings in order"
        f" {sums['headings']} of {sums['all headings']}; annotations {sums['marks']} of {sums['all marks']}"
    )
    for truth in sorted(folder.glob("*.truth.txt")):
        yield from _scores(truth, peers)
    for path in () if quick else sorted(folder.glob("*.truth.txt")):
        yield from _first_pages(_pdf_of(path))


def _read(path: Path) -> Article:
    return read_pdf(path.read_bytes(), Origin(path.name, path.stem, str(path)))


def _headings(path: Path, article: Article, sums: Counter[str]) -> Iterator[str]:
    """Add to the sums of headings, and yield what is wrong with them."""
    wanted = HEADINGS.get(path.stem, ())
    read = iter([" ".join(article.block_text(block).split()) for block in article.headings])
    found = [heading for heading in wanted if heading in read]
    sums["all headings"] += len(wanted)
    sums["headings"] += len(found)
    if missing := [heading for heading in wanted if heading not in found]:
        yield f"Headings missing: {', '.join(missing)}."


def _marks(path: Path, article: Article, sums: Counter[str]) -> Iterator[str]:
    """Add to the sums of annotations, and yield how many are missing."""
    from pypdfium2 import raw

    wanted = 0
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            for index in range(raw.FPDFPage_GetAnnotCount(page)):
                annotation = raw.FPDFPage_GetAnnot(page, index)
                kind = raw.FPDFAnnot_GetSubtype(annotation)
                is_empty = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0) <= EMPTY
                raw.FPDFPage_CloseAnnot(annotation)
                wanted += kind in MARKS or (kind in NOTES and not is_empty)
    sums["all marks"] += wanted
    sums["marks"] += len(article.embedded)
    if len(article.embedded) != wanted:
        yield f"Annotations: {len(article.embedded)} of {wanted}."


def _pdf_of(truth: Path) -> Path:
    return truth.with_name(truth.name.removesuffix(".truth.txt") + ".pdf")


def _scores(truth: Path, peers: str) -> Iterator[str]:
    """Yield the lines of a file with a truth."""
    path = _pdf_of(truth)
    data, expected = path.read_bytes(), _words(truth.read_text(encoding="utf-8"))
    pages = len(pypdfium2.PdfDocument(data))
    request = Request(len(data))
    alternately = [
        (_seconds(lambda: carry_out(request, data, lambda _answer: None)), _seconds(lambda: _raw_text(data)))
        for _run in range(RUNS)
    ]
    own, raw = (median(column) * 1000 / pages for column in zip(*alternately, strict=True))
    article = _read(path)
    rows = [
        ("PactReader", _with_markers(article), own),
        ("without markers", article.text, own),
        ("pdfium alone", _raw_text(data), raw),
    ]
    rows += _peers_texts(path, pages, peers) if peers else []
    yield f"{path.name}, {pages} pages:"
    for name, text, milliseconds in rows:
        words = _words(text)
        yield (
            f"  {name:<15} words F1 {_f1(_grams(words, 1), _grams(expected, 1)):.3f}, 4-grams F1 "
            f"{_f1(_grams(words, 4), _grams(expected, 4)):.3f}, hyphens left {len(LEFT_HYPHEN.findall(text)):>3}, "
            f"{milliseconds:.1f} ms a page ({milliseconds / raw:.2f} × pdfium)"
        )


def _with_markers(article: Article) -> str:
    """Return the text as a reader sees it: with the markers of lists, headings and notes before their texts."""
    return "\n\n".join(f"{block.marker} {article.block_text(block)}".strip() for block in article.blocks)


def _raw_text(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def _peers_texts(path: Path, pages: int, python: str) -> list[tuple[str, str, float]]:
    """Return name, text and milliseconds a page of each peer that a Python has."""
    script = Path(__file__).with_name("pdf_peers.py")
    result = subprocess.run([python, str(script), str(path)], capture_output=True, text=True, check=True)
    rows = map(json.loads, result.stdout.splitlines())
    return [(row["peer"], row["text"], row["seconds"] * 1000 / pages) for row in rows]


def _seconds(function: Callable[[], object]) -> float:
    start = process_time()
    function()
    return process_time() - start


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def _grams(words: list[str], length: int) -> Counter[tuple[str, ...]]:
    return Counter(zip(*(words[start:] for start in range(length)), strict=False))


def _f1(one: Counter[tuple[str, ...]], other: Counter[tuple[str, ...]]) -> float:
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def _first_pages(path: Path) -> Iterator[str]:
    """Yield the lines on the time until the first pages of a file are there."""
    data = path.read_bytes()
    origin = Origin(path.name, path.stem, str(path), setup=ReadingSetup(in_parts=True))

    def read_first() -> None:
        article = read_pdf(data, origin)
        if article.rest:
            article.rest.stop()

    times = []
    for _run in range(STARTS):
        start = perf_counter()
        read_first()
        times.append((perf_counter() - start) * 1000)
    yield f"  The first pages are read after {median(times):.0f} ms"
    if sys.platform == "linux":
        yield from _first_frame(path)


def _words_below(article: Article) -> Iterator[str]:
    """Yield the words of an article but those of its first block, where the caret is."""
    for block in article.blocks[1:]:
        yield from article.block_text(block).split()


def _first_frame(path: Path) -> Iterator[str]:
    """Yield the line on the time until a file's first words are on a real terminal."""
    article = _read(path)
    words = next(word for word in _words_below(article) if word not in article.title)
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        build = Build("pactreader", sys.executable)
        setting = Setting(directory, Samples(directory), [build])
        starts: list[tuple[float, float]] = []
        for number in range(STARTS):
            bare = setting.bare().start.wall
            with setting.opened(build, directory / str(number), str(path.resolve())) as terminal:
                starts.append((bare, terminal.wait_for_words(words).wall))
                terminal.quit_reading()
        first, second = (median(times) * 1000 for times in zip(*starts, strict=True))
    yield f"  and are on the terminal after {second:.0f} ms, {second / first:.2f} × a bare Textual app ({first:.0f} ms)"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--peers", default="", metavar="PYTHON", help="the Python that has the peers")
    parser.add_argument("-v", "--verbose", action="store_true", help="print a line for each file")
    parser.add_argument("-q", "--quick", action="store_true", help="leave out the starts")
    arguments = parser.parse_args()
    for line in report(
        arguments.folder, peers=arguments.peers, verbose=arguments.verbose, quick=arguments.quick
    ):
        print(line, flush=True)
