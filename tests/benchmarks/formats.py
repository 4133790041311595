"""Articles read from web pages and books against what is expected: `python tests/benchmarks/formats.py DIR`.

DIR has a folder for each format. `html` has pages `NAME.html` with `NAME.expected.html` and `NAME.metadata.json`, as
Readability's tests have them, or with `NAME.expected.md`, as defuddle's have them. Words and blocks of each kind are
compared as multisets of texts; the table shows the mean F1 of the pages whose expected or read text has the kind and,
beside it, the numbers of those that are right, read and expected in all. Title and byline at the beginning are compared
as metadata alone. The title is right with the site's name taken off, the author if the expected byline has the name, the
date if the day is the same. Times are of the processor. `epub` has books, see `epub_samples`, and `pdf` papers, see `pdf_samples`.

With `--peers PYTHON` the same pages are read by trafilatura and readability-lxml, and papers by pypdf and pdfminer.six, of the environment of that Python:

    python -m venv peers && peers/bin/pip install --upgrade pip
    peers/bin/pip install trafilatura readability-lxml pypdf pdfminer.six
"""

import argparse
import itertools
from pathlib import Path

import epub_samples
import pdf_samples
import web_pages


def main() -> None:
    """Print the table of each format."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--peers", default="", metavar="PYTHON", help="the Python that has the peers")
    parser.add_argument("-v", "--verbose", action="store_true", help="print what is wrong in each page")
    parser.add_argument(
        "-q", "--quick", action="store_true", help="leave out hostile pages, long books and starts"
    )
    arguments = parser.parse_args()
    pages = web_pages.report(arguments.folder / "html", peers=arguments.peers, verbose=arguments.verbose)
    hostile = () if arguments.quick else web_pages.report_hostile()
    books = epub_samples.report(arguments.folder / "epub", verbose=arguments.verbose)
    long_book = () if arguments.quick else epub_samples.report_long()
    papers = pdf_samples.report(
        arguments.folder / "pdf", peers=arguments.peers, verbose=arguments.verbose, quick=arguments.quick
    )
    for line in itertools.chain(pages, hostile, books, long_book, papers):
        print(line, flush=True)


if __name__ == "__main__":
    main()
