"""The child process that reads a PDF: its faults and limits, and its end."""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from faulty_pdf_worker import faulty_command
from pactreader.core.errors import ReadingStoppedError, UnreadableError
from pactreader.core.reading_setup import ReadingSetup
from pactreader.formats.origin import Origin
from pactreader.formats.readers.pdf.process import child_process
from pactreader.formats.readers.pdf.process.child_process import ChildProcess
from pactreader.formats.readers.pdf.process.messages import Request, WholeText
from pactreader.formats.readers.pdf_reader import read_pdf
from pdf_files import PdfFile

ORIGIN = Origin("paper.pdf", "paper", "/paper.pdf")
IN_PARTS = ORIGIN._replace(setup=ReadingSetup(in_parts=True))


def file_with(*texts):
    pdf = PdfFile()
    for text in texts:
        pdf.page().text(72, 700, text)
    return pdf.to_bytes()


CATS = file_with(*(f"Cats sleep on page {number}." for number in range(1, 11)))
"""A file with ten pages."""


@pytest.fixture
def with_fault(monkeypatch):
    """Return a function that makes the child processes have a fault."""

    def have(*arguments):
        command = faulty_command(*arguments)
        monkeypatch.setattr(child_process, "worker_command", lambda: command)

    return have


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(child_process, "_PAGE_SECONDS", 1)
    monkeypatch.setattr(child_process, "_LAYOUT_SECONDS", 0)
    monkeypatch.setattr(child_process, "_TICK", 0.05)


def pages_in(article):
    return [number for number in range(1, 11) if f"page {number}." in article.text]


def wait_until(is_true):
    deadline = time.monotonic() + 10
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def is_running(process_id):
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def children():
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


def test_a_page_on_which_pdfium_crashes_is_left_out_and_named(with_fault):
    with_fault("crash", [6])

    article = read_pdf(CATS, ORIGIN)

    assert pages_in(article) == [1, 2, 3, 4, 5, 6, 8, 9, 10]
    assert article.warning == "p. 7 could not be read: pdfium crashed on it."


def test_a_page_is_tried_once_more_as_the_process_may_have_been_killed(with_fault, tmp_path):
    (tmp_path / "marker").touch()
    with_fault("crash", [6], "reading", tmp_path / "marker")

    article = read_pdf(CATS, ORIGIN)

    assert pages_in(article) == [*range(1, 11)]
    assert article.warning == ""


def test_a_page_that_takes_too_long_is_left_out(with_fault, impatient):
    with_fault("hang", [0])

    article = read_pdf(CATS, ORIGIN)

    assert pages_in(article) == [*range(2, 11)]
    assert article.warning == "p. 1 could not be read: it took too long."


def test_a_page_that_would_fill_the_memory_is_left_out(with_fault):
    with_fault("fill_memory", [9])

    article = read_pdf(CATS, ORIGIN)

    assert pages_in(article) == [*range(1, 10)]
    assert article.warning == "p. 10 could not be read: it takes too much memory."


def test_pages_are_named_together_by_what_happened(with_fault):
    with_fault("fill_memory", [1, 2, 7])

    assert read_pdf(CATS, ORIGIN).warning == "pp. 2–3, 8 could not be read: they take too much memory."


def test_with_many_such_pages_what_stands_before_them_is_read(with_fault):
    with_fault("crash", [1, 3, 5, 7, 8])

    article = read_pdf(CATS, ORIGIN)

    assert pages_in(article) == [1, 3, 5, 7]
    assert article.warning == (
        "pp. 2, 4, 6 could not be read: pdfium crashed on them. "
        "Only the first 7 of its 10 pages were read: pdfium crashed on the next one."
    )


@pytest.mark.parametrize("fault", ["crash", "hang", "fill_memory"])
def test_a_page_that_cannot_be_laid_out_is_found_and_left_out(with_fault, impatient, fault):
    with_fault(fault, [6], "layout")

    article = read_pdf(CATS, IN_PARTS)
    article = article.rest.finish(lambda _progress: None) if article.rest else article

    assert pages_in(article) == [1, 2, 3, 4, 5, 6, 8, 9, 10]
    assert article.warning.startswith("p. 7 could not be read: ")


def test_half_of_the_pages_is_read_if_all_are_too_much(with_fault):
    with_fault("fill_memory", [0, 9], "whole layout")

    article = read_pdf(CATS, ORIGIN)

    assert pages_in(article) == [1, 2, 3, 4, 5]
    assert article.warning == "Only the first 5 of its 10 pages were read: more take too much memory."


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("crash", "paper.pdf cannot be read: pdfium crashed on it."),
        ("fill_memory", "paper.pdf takes too much memory to be read."),
        ("babble", "paper.pdf cannot be read: pdfium crashed on it."),
        ("digress", "paper.pdf cannot be read: pdfium crashed on it."),
        ("lie", "paper.pdf cannot be read: pdfium crashed on it."),
    ],
)
def test_a_file_that_no_process_survives_is_a_sentence(with_fault, fault, message):
    with_fault(fault, [0])

    with pytest.raises(UnreadableError) as caught:
        read_pdf(file_with("Cats sleep."), ORIGIN)

    assert caught.value.message == message
    assert caught.value.hint


def test_a_file_that_is_not_laid_out_in_time_is_a_sentence(with_fault, impatient):
    with_fault("hang", [0], "layout")

    with pytest.raises(UnreadableError, match=r"paper\.pdf cannot be read: it took too long\."):
        read_pdf(file_with("Cats sleep."), ORIGIN)


def test_a_process_that_cannot_be_started_is_a_sentence(monkeypatch):
    monkeypatch.setattr(child_process, "worker_command", lambda: ["/nowhere/python"])

    with pytest.raises(UnreadableError, match="The process that reads PDFs cannot be started: No such file"):
        read_pdf(CATS, ORIGIN)


def test_time_does_not_run_while_nobody_waits(impatient):
    answers = ChildProcess(CATS, Request(len(CATS)), faulty_command("pause", range(1, 9))).answers()
    next(answers)

    time.sleep(1.6)

    assert isinstance([*answers][-1], WholeText)


def test_the_process_is_out_of_reach_of_the_terminal_and_quiet(capfd):
    process = ChildProcess(CATS, Request(len(CATS)), faulty_command("complain", [1]))

    assert os.getsid(process._process.pid) != os.getsid(0)
    list(process.answers())

    assert capfd.readouterr() == ("", "")


def test_no_module_of_the_working_directory_is_imported(tmp_path, monkeypatch):
    for name in ("ctypes", "json", "pypdfium2", "pactreader"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", str(tmp_path), *sys.path])

    assert pages_in(read_pdf(CATS, ORIGIN)) == [*range(1, 11)]


def test_pdfium_is_never_in_this_process(tmp_path):
    (tmp_path / "cats.pdf").write_bytes(CATS)
    code = """
import io, sys
from pactreader.formats.sources import read_source
assert read_source(sys.argv[1], io.BytesIO()).text
print([name for name in sys.modules if name.startswith("pypdf")])
"""

    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "cats.pdf"], capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"


def test_the_first_pages_come_before_the_rest(with_fault):
    with_fault("pause", [8, 9])
    told = []

    beginning = read_pdf(CATS, IN_PARTS)
    whole = beginning.rest.finish(told.append)

    shown = pages_in(beginning)
    assert shown == [*range(1, len(shown) + 1)]
    assert 1 <= len(shown) <= 8  # fewer on a busy machine
    assert whole.text.startswith(beginning.text)
    assert whole.rest is None
    assert pages_in(whole) == [*range(1, 11)]
    assert told[-1].pages == 10
    assert told[-1].pages_read > 8
    assert told[-1].is_layout
    read = [each.pages_read for each in told if not each.is_layout]
    assert read == sorted(set(read))


def test_a_file_that_is_read_at_once_comes_whole():
    assert read_pdf(file_with("Cats sleep."), IN_PARTS).rest is None


def test_a_crash_behind_the_first_pages_does_not_bring_them_again(with_fault, tmp_path):
    (tmp_path / "marker").touch()
    with_fault("crash", [9], "reading", tmp_path / "marker")
    beginning = read_pdf(file_with(*(f"Cats on page {number}." for number in range(1, 400))), IN_PARTS)

    whole = beginning.rest.finish(lambda _progress: None)

    assert "Cats on page 399." in whole.text
    assert whole.warning == ""


def test_reading_is_stopped_from_another_thread(with_fault):
    with_fault("hang", [9])
    rest = read_pdf(CATS, IN_PARTS).rest
    threading.Timer(0.1, rest.stop).start()

    with pytest.raises(ReadingStoppedError):
        rest.finish(lambda _progress: None)

    assert not children()
    rest.stop()


def test_a_rest_that_nobody_wants_leaves_no_process(with_fault):
    with_fault("hang", [9])
    article = read_pdf(CATS, IN_PARTS)
    assert children()

    del article
    gc.collect()

    assert not children()


def test_the_process_ends_with_a_program_that_is_killed(tmp_path):
    (tmp_path / "cats.pdf").write_bytes(CATS)
    code = f"""
import sys, time
sys.path[:] = {sys.path!r}
from faulty_pdf_worker import faulty_command
from pactreader.formats.readers.pdf.process.child_process import ChildProcess
from pactreader.formats.readers.pdf.process.messages import Request
process = ChildProcess({CATS!r}, Request({len(CATS)}), faulty_command("hang", [1]))
answers = process.answers()
next(answers), next(answers)
print(process._process.pid, flush=True)
time.sleep(60)
"""
    program = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    with program:
        child = int(program.stdout.readline())
        assert is_running(child)
        program.send_signal(signal.SIGKILL)

    wait_until(lambda: not is_running(child))


def test_what_can_be_done_meanwhile_is_done_before_the_first_answer(monkeypatch):
    done = []

    def answers(process):
        assert done == ["the app is imported"]
        return iter(())

    monkeypatch.setattr(child_process.ChildProcess, "answers", answers)
    setup = ReadingSetup(meanwhile=lambda: done.append("the app is imported"))
    with pytest.raises(UnreadableError):
        read_pdf(PdfFile().to_bytes(), ORIGIN._replace(setup=setup))
    assert done == ["the app is imported"]
