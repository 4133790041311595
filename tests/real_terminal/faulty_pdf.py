"""PactReader in a terminal, with a fault of the process that reads PDFs."""

import sys
from pathlib import Path

from real_terminal.home import Home
from terminal import Terminal

TESTS = Path(__file__).parents[1]
CODE = """
import sys
sys.path.append({tests!r})
from faulty_pdf_worker import faulty_command
from pactreader.formats.readers.pdf.process import child_process
child_process.worker_command = lambda: {command}
child_process._PAGE_SECONDS = {seconds}
sys.argv[1:] = [{file!r}]
from pactreader.__main__ import main
main()
"""


def start(home: Home, *fault: object, seconds: float = 1, file: str = "cats.pdf") -> Terminal:
    """Start PactReader with a file and a fault of the process that reads PDFs, and so many seconds for a page."""
    code = CODE.format(tests=str(TESTS), command=f"faulty_command{fault!r}", seconds=seconds, file=file)
    return Terminal(
        [sys.executable, "-c", code], columns=100, rows=36, env=home.environment, cwd=home.directory
    )
