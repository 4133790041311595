"""Books that are opened or refused, what their contents and links lead to, and the time for a long one.

`python tests/benchmarks/epub_samples.py DIR` reads every `.epub` of a folder. An entry of the contents counts if it
has a link, a link if it leads to another place of the book; both are right if the text has that place. The long book is made here: a million characters in forty chapters
with emphasis, links and footnotes. Its time is given as a ratio to parsing the JSON of its text, and of what
`pactreader text --json` prints, with `json.loads`.
"""

import argparse
import html
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from statistics import median
from time import process_time
from zipfile import ZIP_DEFLATED, ZipFile

from pactreader.core.article import Article
from pactreader.core.errors import UnreadableError
from pactreader.formats.origin import Origin
from pactreader.formats.readers.epub.contents import read_contents
from pactreader.formats.readers.epub.documents import parse_document
from pactreader.formats.readers.epub.links import BookLinks
from pactreader.formats.readers.epub.package import read_package
from pactreader.formats.readers.epub_reader import read_epub
from pactreader.formats.readers.zip_archive import ZipArchive

REFUSED = ("edge-drm", "edge-bomb", "-error")
"""Parts of the names of books that are to be refused."""
CHAPTERS = 40
LENGTH = 1_000_000
"""The length of the long book in code points."""
RUNS = 7
_OPF = "http://www.idpf.org/2007/opf"
_METADATA = (
    '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title>'
    "<dc:language>en</dc:language><dc:identifier>t</dc:identifier></metadata>"
)
_CONTAINER = """\
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""


def report(folder: Path, *, verbose: bool = False) -> Iterator[str]:
    """Yield the lines of the report on the books in a folder."""
    sums: Counter[str] = Counter()
    paths = sorted(folder.glob("*.epub"))
    for path in paths:
        data = path.read_bytes()
        to_be_refused = any(part in path.name for part in REFUSED)
        try:
            article = read_epub(data, Origin(path.name, path.stem, str(path)))
        except UnreadableError as error:
            sums["right"] += to_be_refused
            yield f"  {path.name}: refused. {error.message}"
            continue
        sums["right"] += not to_be_refused
        counts = _resolved(data, article)
        sums += counts
        if (
            verbose
            or to_be_refused
            or counts["entries"] < counts["all entries"]
            or counts["links"] < counts["all links"]
        ):
            yield f"  {path.name}: opened, {_shares(counts)}. {article.warning}".rstrip()
    yield f"EPUB: {sums['right']} of {len(paths)} books opened or refused as their names say, {_shares(sums)}"


def report_long() -> Iterator[str]:
    """Yield the line of the report on the time that a long book takes."""
    data = long_book()
    article = read_epub(data, Origin("long", "long", "/long.epub"))
    text = json.dumps(article.text)
    blocks = json.dumps([[*block[:6], *map(list, block.spans)] for block in article.blocks])
    reading = _seconds(lambda: read_epub(data, Origin("long", "long", "/long.epub")))
    as_text, as_blocks = (
        _seconds(lambda: json.loads(text)),
        _seconds(lambda: (json.loads(text), json.loads(blocks))),
    )
    yield (
        f"A book of {len(article.text):,} characters: {reading * 1000:.0f} ms, {reading / as_text:.1f} × json.loads of its"
        f" text, {reading / as_blocks:.1f} × that of its text and blocks"
    )


def long_book() -> bytes:
    """Return the long book."""
    chance = random.Random(0)
    words = ["".join(chance.choices("etaoinshrdlu", k=chance.randint(1, 9))) for _ in range(5_000)]

    def paragraph(chapter: int, number: int) -> str:
        sentences = []
        for _ in range(chance.randint(3, 7)):
            chosen = chance.choices(words, k=chance.randint(6, 20))
            chosen[2] = f"<i>{chosen[2]}</i>" if chance.random() < 0.1 else chosen[2]
            sentences.append(" ".join(chosen).capitalize() + ".")
        note = (
            f'<a epub:type="noteref" href="notes.xhtml#n{chapter}-{number}">{number}</a>'
            if number % 20 == 1
            else ""
        )
        return f'<p class="indent">{" ".join(sentences)}{note}</p>\n'

    documents, notes = {}, []
    for chapter in range(CHAPTERS):
        parts, number = [f"<h1>Chapter {chapter + 1}</h1>"], 0
        while sum(map(len, parts)) < LENGTH / CHAPTERS * 1.06:
            number += 1
            parts.append(paragraph(chapter, number))
        notes += [
            f'<li id="n{chapter}-{n}" epub:type="endnote"><p>A note.</p></li>'
            for n in range(1, number + 1, 20)
        ]
        documents[f"c{chapter}.xhtml"] = "".join(parts)
    documents["notes.xhtml"] = (
        f'<section epub:type="endnotes"><h1>Notes</h1><ol>{"".join(notes)}</ol></section>'
    )
    return _archive({**documents, "nav.xhtml": f'<nav epub:type="toc">{_contents(documents)}</nav>'})


def chapters_as_epub(chapters: Iterable[Iterable[str]]) -> bytes:
    """Return a book of chapters of paragraphs."""
    bodies = ("".join(f"<p>{html.escape(paragraph)}</p>\n" for paragraph in chapter) for chapter in chapters)
    documents = {f"c{number}.xhtml": body for number, body in enumerate(bodies)}
    return _archive({**documents, "nav.xhtml": f'<nav epub:type="toc">{_contents(documents)}</nav>'})


def _contents(documents: Iterable[str]) -> str:
    """Return a list of links to documents."""
    entries = "".join(f'<li><a href="{name}">{name}</a></li>' for name in documents)
    return f"<ol>{entries}</ol>"


def _archive(bodies: dict[str, str]) -> bytes:
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml" properties="{name[:3]}"/>'
        for name in bodies
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in bodies if name != "nav.xhtml")
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as zipped:
        zipped.writestr("mimetype", "application/epub+zip")
        zipped.writestr("META-INF/container.xml", _CONTAINER)
        package = f"{_METADATA}<manifest>{items}</manifest><spine>{spine}</spine>"
        zipped.writestr("book.opf", f'<package xmlns="{_OPF}" version="3.0">{package}</package>')
        for name, body in bodies.items():
            root = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
            zipped.writestr(name, f"<html {root}><head><title>T</title></head><body>{body}</body></html>")
    return written.getvalue()


def _resolved(data: bytes, article: Article) -> Counter[str]:
    """Return the numbers of entries and links, and of those that lead to a place of the text."""
    archive = ZipArchive(data, "book", "an EPUB")
    package = read_package(archive, "book")
    links = BookLinks(archive, package)
    linked = [entry.target for entry in read_contents(archive, package, links) if entry.target is not None]
    found = sum(target in article.anchors for target in linked)
    counts = Counter({"all entries": len(linked), "entries": found})
    for path in package.spine:
        body = parse_document(archive.read(path) or b"")
        for element in body.iter("a") if body is not None else ():
            name = links.target(element.get("href") or "https:", path)
            counts["all links"] += name is not None
            counts["links"] += bool(name) and name in article.anchors
    return counts


def _shares(counts: Counter[str]) -> str:
    return ", ".join(
        f"{counts[name]} of {counts[f'all {name}']} {name} ({counts[name] / max(1, counts[f'all {name}']):.1%})"
        for name in ("entries", "links")
    )


def _seconds(run: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        started = process_time()
        run()
        times.append(process_time() - started)
    return median(times)


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("-v", "--verbose", action="store_true", help="print a line for each book")
    arguments = parser.parse_args()
    for line in (*report(arguments.folder, verbose=arguments.verbose), *report_long()):
        print(line, flush=True)


if __name__ == "__main__":
    main()
