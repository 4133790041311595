"""Hostile articles, names, notes and tags: they are shown as text, and never as control sequences."""

import re

import pytest

from storage.library_driver import with_head

ESCAPES = (
    "\x1b]52;c;UFdORUQ=\x07",  # writes the clipboard
    "\x1b]0;PWNED\x1b\\",  # names the window
    "\x1b]8;;http://pwned.example\x1b\\",  # makes a link
    "\x1b[2J\x1b[3J",
    "\x1b[58;5;201m",
    "\x1b[99;199H",
    "\x1b[?1337h",
    '\x1bP$q"p\x1b\\',
    "\x1bc",
    "\x1b(0",
)
CONTROLS = (
    "\x9b2J\x9d52;c;UFdORUQ=\x9c\x90q\x9c\x85"
    "\x07\x08\x0b\x0c\x0e\x1a\x7f"
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029"
)
MARKUP = "[bold]B[/bold] [/x] [@click=app.quit]quit[/] [red"
HOSTILE = MARKUP + "".join(ESCAPES) + CONTROLS

FORBIDDEN = re.compile(r"[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Characters no text may send: controls but backspace, tab and line ends, and those that change direction."""
OWN_SEQUENCES = re.compile(
    r"\x1b\]11;\?\x1b\\"  # what the background is
    r"|\x1b\[(?:[\d;]*[mH]"  # colours, where the cursor goes
    r"|c"  # who the terminal is
    r"|\?[\d;]+[hl]|\?\d+\$p"  # modes, and whether the terminal knows one
    r"|>25u|<u)"  # the kitty keyboard
    r"|\x1b\]22;\w*\x07"  # the shape of the mouse pointer
)


def assert_nothing_but_text(terminal):
    """Check that nothing the program sent is a control sequence that could come from a text."""
    sent = terminal.raw.decode("utf-8")
    assert [escape for escape in ESCAPES if escape in sent] == []
    assert set(FORBIDDEN.findall(OWN_SEQUENCES.sub("", sent))) == set()


def typeable(text):
    """Return a text without control characters, which are keys of their own."""
    return re.sub(r"[\x00-\x1f\x7f]", "", text)


def markdown_article():
    kinds = (
        "{} ends. And on.",
        "[link {}](http://x)",
        "- item {}",
        "> quoted {}",
        "    code {}",
        "`code {}`",
    )
    body = "\n\n".join(kind.format(f"[{n}]" + HOSTILE) for n, kind in enumerate(kinds))
    table = f"| cell {HOSTILE.replace('|', '')} | b |\n| --- | --- |\n| c | d |"
    return f"---\ntitle: 'Title {MARKUP}{CONTROLS}'\n---\n\n{body}\n\n{table}\n".encode()


INVALID = b"Invalid \xed\xb2\x80\xff\xc0\x9b\x1b[2J bytes.\n"


@pytest.mark.parametrize("name", ["article.md", "article.txt"])
def test_a_hostile_article_is_shown_as_text(home, name):
    article = home.write(name, markdown_article() + b"\n" + INVALID)
    with home.start(article, rows=60) as terminal:
        terminal.wait_for("Title [bold]B[/bold] [/x] [@click=app.quit]")
        terminal.wait_for("␛c")  # what is no whole sequence that is dropped
        terminal.press("}", "1", "y")
        terminal.wait_for("sent to the terminal")
        terminal.press("G")
        terminal.wait_for("Invalid")
        terminal.press("u")
        terminal.wait_for("Undone: highlight “")
        copied = terminal.raw.count(b"\x1b]52;c;")
        terminal.raw[:] = re.sub(rb"\x1b\]52;c;[\w+/=]+\x07", b"", terminal.raw, count=1)
        assert copied == 1, "the user's own"
        terminal.quit_reading()
        assert_nothing_but_text(terminal)


def test_a_hostile_file_name_is_shown_as_text(home):
    name = f"name {HOSTILE}".replace("/", "")[:120]
    home.write(name, "Words, with no title; that is why the file's name is shown.\n" * 3)
    with home.start(name) as terminal:
        terminal.wait_for("name [bold]B")
        terminal.press("E")
        terminal.wait_for("Export as Markdown to")
        terminal.press("escape")
        terminal.wait_until_gone("Export as Markdown to")
        terminal.quit_reading()
        assert_nothing_but_text(terminal)
    with home.start(f"no {name}") as terminal:
        assert terminal.wait() == 1
        assert "There is no file" in terminal.screen
        assert_nothing_but_text(terminal)


def test_hostile_keys_and_pastes_are_shown_as_text(home):
    with home.start() as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("a")
        terminal.wait_for("Note on “")
        terminal.type(f"typed {typeable(HOSTILE)} so far")
        terminal.wait_for("so far")
        terminal.paste(f"pasted {HOSTILE} so far")
        terminal.wait_for("pasted")
        terminal.press("ctrl+s")
        terminal.wait_until_gone("Note on “")
        terminal.press("t")
        terminal.wait_for("enter keeps them")
        terminal.type(f"typed {typeable(HOSTILE)}")
        terminal.wait_for("typed [bold]B")
        terminal.paste(f" pasted {HOSTILE}")
        terminal.wait_for("pasted")
        terminal.press("enter")
        terminal.wait_for("#pasted")
        terminal.press("u")
        terminal.wait_for("Undone: tag “")
        terminal.press("E")
        terminal.wait_for("Export as Markdown to")
        terminal.press(*["backspace"] * 100)
        terminal.wait_until_gone("notes.md")
        terminal.paste(f"missing/{HOSTILE}")
        terminal.wait_for("pwned.example")
        terminal.press("enter")
        terminal.wait_for("could not be written")
        terminal.press("escape")
        terminal.wait_until_gone("Export as Markdown to")
        terminal.quit_reading()
        assert_nothing_but_text(terminal)


def test_a_hostile_library_is_shown_as_text(home):
    with home.start() as terminal:
        terminal.wait_for("0 highlights")
        terminal.press("1")
        terminal.wait_for("1 highlight ")
        terminal.quit_reading()
    hostile = {
        "title": f"Title {HOSTILE}",
        "note": f"Note {HOSTILE} **and** `more {HOSTILE}`",
        "tags": [f"Tag {HOSTILE}"],
        "label": f"Label {HOSTILE}",
    }
    records = home.records()
    for record in records.values():
        record |= {field: value for field, value in hostile.items() if field in record}
    marked = next(record for record in records.values() if record["kind"] == "annotation")
    versions = [{**marked, "note": f"Elsewhere {HOSTILE}", "label": f"Other {HOSTILE}"}]
    lost = {"exact": HOSTILE, "prefix": HOSTILE, "suffix": HOSTILE, "start": 10**6, "end": 10**6 + 1}
    other = marked | {
        "id": "other",
        "label": "doubt",
        "anchor": lost,
        "note": "",
        "tags": [f"Known {HOSTILE}"],
    }
    marked["others"] = versions
    home.library.write_text(with_head({**records, "90": other}))
    with home.start(rows=80) as terminal:
        terminal.wait_for("2 highlights")
        terminal.wait_for("Note [bold]B[/bold] [/x]")
        terminal.wait_for("Elsewhere it is Other [bold]B[/bold]")
        terminal.wait_for("Elsewhere [bold]B[/bold] [/x]")
        terminal.press("tab")
        terminal.wait_for("not in the text now")
        terminal.press("a")
        terminal.wait_for("Note on “")
        terminal.press("escape")
        terminal.wait_until_gone("Note on “")
        terminal.press("t")
        terminal.wait_for("In use: #Known [bold]B")
        terminal.press("escape")
        terminal.wait_until_gone("In use:")
        terminal.press("?")
        terminal.wait_for("esc closes")
        terminal.press("escape")
        terminal.wait_until_gone("esc closes")
        terminal.press("ctrl+p")
        terminal.wait_for("words of what you want")
        terminal.press("escape")
        terminal.wait_until_gone("words of what you want")
        terminal.press("u")
        terminal.wait_for("Not undone: Title [bold]B")
        terminal.press("K")
        terminal.wait_for("Done: keep this version of “Russia")
        terminal.quit_reading()
        assert_nothing_but_text(terminal)
    printed = home.run("notes").stdout
    assert "#Known [bold]B[/bold] [/x]" in printed
    assert set(FORBIDDEN.findall(printed)) == set()
