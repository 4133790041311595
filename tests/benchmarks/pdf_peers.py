"""The texts that pypdf and pdfminer.six take out of a PDF: run by the benchmark with their Python, with the path.

It prints a line of JSON for each library that this Python has, and imports nothing of PactReader.
"""

import json
import logging
import sys
import time


def by_pypdf(path: str) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def by_pdfminer(path: str) -> str:
    from pdfminer.high_level import extract_text

    return extract_text(path)


def main() -> None:
    """Read the file by each library."""
    logging.disable(logging.CRITICAL)
    for peer, read in (("pypdf", by_pypdf), ("pdfminer.six", by_pdfminer)):
        start = time.process_time()
        try:
            text = read(sys.argv[1])
        except ImportError:
            continue
        print(json.dumps({"peer": peer, "text": text, "seconds": time.process_time() - start}))


if __name__ == "__main__":
    main()
