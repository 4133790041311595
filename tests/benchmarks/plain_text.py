"""Counts of what is misread in real plain texts: run it with `python tests/benchmarks/plain_text.py FOLDER…`.

It reads every file below the folders as plain text, with the PactReader that Python imports; to compare two builds, run
it twice with `PYTHONPATH` set to each one's `src`. Good sources are Debian's packages of RFCs, of documentation (those
of Linux in reStructuredText) and man pages rendered to text. Each count is taken from the files' own lines, by rules that
know nothing of the reader:

- letters in blocks of code, in texts whose script has no capitals;
- set-in lists (two items or more, four blanks or more) of which an item is in a block of code;
- neighbouring lines of a table of contents with leaders that stand in one line of the text;
- overlined headings that are headings;
- grid tables of which a line is not a line of the text;
- page numbers of RFCs (`[Page 7]`) that are in the text;
- words divided by U+2010 at a line's end that still have it;
- letters of the files that are not in the texts, without those of paged files;
- blocks whose line in the file does not have the beginning of their first word.

The processor time of reading is given as a ratio too: to that of decoding the files, splitting them at blank lines and
joining the words of each paragraph, so that builds can be compared on any machine.
"""

import argparse
import itertools
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pactreader.core.article import Article, BlockKind
from pactreader.core.errors import UnreadableError
from pactreader.formats.origin import Origin
from pactreader.formats.readers.text_reader import read_text

SET_IN_ITEM = re.compile(r" {4,}(?:[-*•]|\d{1,2}[.)]) +(\w+(?: \w+){2,})")
ENTRY = re.compile(r"\s*\S.*?(?:\s?\.){4,}\s*\d+")
OVERLINED = re.compile(r"(?:^|\n\n)([=\-~*#^])(\1{3,})\n ?(\w[^\n]*)\n\1\2\n")
GRID = re.compile(r"(?:^[ \t]*\+[-=+]+\+[ \t]*\n(?:^[ \t]*[|+].*[|+][ \t]*\n)+)", re.MULTILINE)
PAGE = re.compile(r"\[Page \d+\]")
DIVIDED = re.compile(r"(\w+‐)\n\s*([^\W\d_]+)")
PARAGRAPH = re.compile(r"\n(?:[ \t]*\n)+")


def count(source: str, article: Article) -> Iterator[tuple[str, int, int]]:
    """Yield the name of each count with the number of what is misread and of all."""
    text = article.text
    code = [article.block_text(block) for block in article.blocks if block.kind is BlockKind.CODE]
    letters = [letter for letter in source if letter.isalpha()]
    if letters and 2 * sum(letter.lower() == letter.upper() for letter in letters) > len(letters):
        yield "letters of caseless texts in code", sum(map(str.isalpha, "".join(code))), len(letters)
    all_code = "\n".join(code)
    for chunk in PARAGRAPH.split(source):
        items = [found[1] for line in chunk.split("\n") if (found := SET_IN_ITEM.match(line))]
        if len(items) > 1:
            yield "set-in lists that are code", any(item in all_code for item in items), 1
        lines = chunk.split("\n")
        for one, other in itertools.pairwise(lines):
            if ENTRY.fullmatch(one) and ENTRY.fullmatch(other):
                yield "contents lines run together", f"{one.strip()} {other.strip()}" in text, 1
    headings = {" ".join(article.block_text(block).split()) for block in article.headings}
    for found in OVERLINED.finditer(source):
        yield "overlined headings that are none", " ".join(found[3].split()) not in headings, 1
    kept = {line.strip() for line in text.split("\n")}
    for found in GRID.finditer(source):
        yield "grid tables joined", not all(line.strip() in kept for line in found[0].strip().split("\n")), 1
    feet = len(PAGE.findall(source))
    if feet:
        yield "page numbers in the text", len(PAGE.findall(text)), feet
    for found in DIVIDED.finditer(source):
        yield "U+2010 at line ends kept", bool(re.search(rf"{found[1]}\s?{found[2]}\b", text)), 1
    if not feet and "\f" not in source:
        shown = text + "".join(block.marker for block in article.blocks)
        lost = Counter(filter(str.isalnum, source)) - Counter(filter(str.isalnum, shown))
        yield "letters lost", lost.total(), len(letters)
    if lines_of := getattr(article, "source_lines", None):
        numbered = source.split("\n")
        for block in article.blocks:
            words = article.block_text(block).split()
            line = lines_of.at(block.start)
            if words and block.kind is not BlockKind.RULE:
                yield "blocks on another line", line is None or words[0][:4] not in numbered[line - 1], 1


def join_paragraphs(data: bytes) -> list[str]:
    """Return the paragraphs of a file as the simplest reader would: the yardstick for the time of reading."""
    return [" ".join(paragraph.split()) for paragraph in data.decode("utf-8", "replace").split("\n\n")]


def main() -> None:
    """Read the files and print the counts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true", help="name the files with something misread")
    arguments = parser.parse_args()
    wrong: Counter[str] = Counter()
    of: Counter[str] = Counter()
    seconds, yardstick, size, files = 0.0, 0.0, 0, 0
    for path in sorted(path for folder in arguments.folders for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        started = time.process_time()
        join_paragraphs(data)
        joined = time.process_time()
        try:
            article = read_text(data, Origin(path.name, path.stem, str(path)))
        except UnreadableError:
            continue
        seconds += time.process_time() - joined
        yardstick += joined - started
        size, files = size + len(data), files + 1
        source = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
        if "\ufffd" in source:
            continue  # in another encoding
        here: Counter[str] = Counter()
        for name, misread, all_of in count(source, article):
            here[name] += misread
            of[name] += all_of
        wrong += here
        if arguments.verbose and +here:
            print(path, dict(+here))
    ratio = seconds / yardstick
    print(f"{files} files, {size / 1e6:.1f} MB, read in {seconds:.1f} s, {ratio:.1f} times the yardstick")
    for name in sorted(of):
        print(f"{name:36} {wrong[name]:8} of {of[name]:9}")


if __name__ == "__main__":
    main()
