"""A PDF that is protected by a password, from the question on the terminal to what is kept of it."""

import gzip
import signal
import subprocess
from pathlib import Path

import pytest

from pdf_files import PdfFile
from real_terminal.home import PACTREADER
from storage.library_driver import documents

QUOTE = "Sleepy cats dream."
OTHERS = [f"Whiskered{number}xyzzy" for number in range(200)]
"""Words that stand beyond the quote and its context."""
PASSWORD = "purr-ändern"


@pytest.fixture
def locked(home):
    pdf = PdfFile()
    page = pdf.page()
    page.text(72, 740, "Felinology, a Heading", size=20)
    page.paragraph(72, 700, f"{QUOTE} They do so a lot. {' '.join(OTHERS[:100])}.", width=450)
    pdf.page().paragraph(72, 700, f"{' '.join(OTHERS[100:])}.", width=450)
    return home.write("locked.pdf", pdf.to_bytes(password=PASSWORD))


def kept(directory):
    """Return everything in the files below a directory, also in compressed ones."""
    found = []
    for path in Path(directory).rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            found.append(gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data)
    return b"\n".join(found).decode("utf-8", "replace")


def read_and_mark(home, locked):
    with home.start("locked.pdf") as terminal:
        terminal.wait_for("Password of")
        terminal.type("hiss\n")
        terminal.wait_for("That is another one. Password of")
        terminal.type(f"{PASSWORD}\n")
        terminal.wait_for(QUOTE)
        terminal.type(f"/{QUOTE}\n")
        terminal.wait_for("other end")
        terminal.press("1")
        terminal.wait_for("1 highlight")
        terminal.quit_reading()
        assert "hiss" not in terminal.raw.decode()
        assert "purr" not in terminal.raw.decode()


def test_only_quotes_are_kept_of_it(home, locked):
    read_and_mark(home, locked)

    everything = kept(home.data)
    assert QUOTE in everything
    assert [word for word in OTHERS[10:] if word in everything] == []
    assert [one["title"] for one in documents(home.library) if one["kind"] == "article"] == ["locked"]
    assert "purr" not in everything
    assert not (home.data / "cache" / "screens").exists(), "the screen is not kept for the next start"

    with home.start("text", "locked.pdf") as terminal:
        terminal.wait_for("Password of")
        terminal.type(f"{PASSWORD}\n")
        terminal.wait_for(OTHERS[-1])
    assert [note["quote"] for note in home.notes()] == [QUOTE]
    doctor = home.run("doctor").stdout
    assert "Protected by a password, so that their text is not kept: 1 article.\nAll is well.\n" in doctor


@pytest.mark.parametrize("keys", ["\x03", "\x04"])
def test_no_password_is_given(home, locked, keys):
    with home.start("text", "locked.pdf") as terminal:
        terminal.wait_for("Password of")
        terminal.type(keys)
        code = terminal.wait()

    if keys == "\x03":
        assert code == 128 + signal.SIGINT
        assert "Traceback" not in terminal.screen
    else:
        assert code == 1
        assert "is protected by a password, and none was given." in terminal.words


def test_it_comes_through_a_pipe_while_the_terminal_is_asked(home, locked):
    with locked.open("rb") as pipe, home.start("text", "-", stdin=pipe) as terminal:
        terminal.wait_for("Password of Standard input:")
        terminal.type(f"{PASSWORD}\n")
        terminal.wait_for(QUOTE)


def test_without_a_terminal_nothing_is_asked(home, locked):
    with locked.open("rb") as pipe:
        done = subprocess.run(
            [*PACTREADER, "text", "-"],
            env=home.environment,
            stdin=pipe,
            capture_output=True,
            encoding="utf-8",
            check=False,
            start_new_session=True,
        )

    assert done.returncode == 1
    assert done.stderr.startswith(
        "pactreader: Standard input is protected by a password, and there is no terminal to ask for it on.\n"
    )
