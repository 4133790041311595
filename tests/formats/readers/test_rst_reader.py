"""reStructuredText: what docutils reads, what Sphinx adds, and nothing that reaches outside of the text."""

import sys
import time

import pytest

from pactreader.core.errors import UnreadableError
from pactreader.formats.article_formats import RST, find_format
from pactreader.formats.origin import Origin
from pactreader.formats.readers import rst_reader
from pactreader.formats.readers.rst_reader import read_rst


def read(text):
    return read_rst(text.encode(), Origin("a.rst", "a", "/a.rst"))


def rows(text):
    article = read(text)
    return [(block.kind.value, article.block_text(block)) for block in article.blocks]


def spans(text):
    article = read(text)
    return [
        (article.text[span.start : span.end], span.kind.value, span.target)
        for block in article.blocks
        for span in block.spans
    ]


def test_title_headings_and_fields_at_the_beginning():
    article = read(
        "The pact\n========\n\n:Author: Jane Doe <j@example.org>\n:Date: 2031-03-04\n:Mood: calm\n\nOne\n---\n\nWords.\n\n"
        "Two\n---\n\nMore."
    )
    assert [(block.kind.value, block.level, article.block_text(block)) for block in article.blocks] == [
        ("heading", 1, "The pact"),
        ("paragraph", 0, "Author: Jane Doe <j@example.org>"),
        ("paragraph", 0, "Date: 2031-03-04"),
        ("paragraph", 0, "Mood: calm"),
        ("heading", 2, "One"),
        ("paragraph", 0, "Words."),
        ("heading", 2, "Two"),
        ("paragraph", 0, "More."),
    ]
    assert (article.title, article.author, article.date) == ("The pact", "Jane Doe", "2031-03-04")


def test_the_header_of_a_pep_names_its_title_authors_and_date():
    article = read(
        "PEP: 9999\nTitle: A pact\nAuthor: Jane Doe <j@example.org>, Bo\nCreated: 05-Jul-2031\n\n\nAbstract\n========\n\nWords."
    )
    assert (article.title, article.author, article.date) == (
        "PEP 9999 – A pact",
        "Jane Doe, Bo",
        "2031-07-05",
    )
    assert article.block_text(article.blocks[0]) == "PEP 9999 – A pact"
    assert [article.block_text(block) for block in article.headings] == ["PEP 9999 – A pact", "Abstract"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("term : kind\n   Its meaning.", [("paragraph", "term : kind"), ("list-item", "Its meaning.")]),
        (
            "-a        all\n--long=X  longer",
            [("paragraph", "-a"), ("list-item", "all"), ("paragraph", "--long=X"), ("list-item", "longer")],
        ),
        ("| one\n|   two\n| three", [("paragraph", "one\n\u2003two\nthree")]),
        ("== ==\na  b\n== ==\n1  2\n== ==", [("table", "a\tb\n1\t2")]),
        ("::\n\n  code", [("code", "code")]),
        (".. note:: Mind it.", [("quotation", "Note"), ("quotation", "Mind it.")]),
        (".. admonition:: Mine\n\n   Mind it.", [("quotation", "Mine"), ("quotation", "Mind it.")]),
        (".. epigraph::\n\n   Words.\n\n   -- Bo", [("quotation", "Words."), ("quotation", "— Bo")]),
        (".. math:: a^2", [("code", "a^2")]),
        (".. contents::\n\nWords.", [("paragraph", "Words.")]),
        (".. image:: a.png\n   :alt: A bridge", [("paragraph", "A bridge")]),
        (".. image:: a.png", [("paragraph", "[picture]")]),
        (
            "A title that is long\n====\n\nWords.",
            [("heading", "A title that is long"), ("paragraph", "Words.")],
        ),
        (".. rubric:: Thus", [("paragraph", "Thus")]),
        (".. header:: never\n\nWords.", [("paragraph", "Words.")]),
    ],
)
def test_what_docutils_knows(text, expected):
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            ".. code-block:: python\n   :linenos:\n   :caption: a.py\n\n   x = 1",
            [("paragraph", "a.py"), ("code", "x = 1")],
        ),
        (
            ".. toctree::\n   :maxdepth: 2\n\n   intro\n   Use <use>",
            [("list-item", "intro"), ("list-item", "Use <use>")],
        ),
        (".. toctree::\n   :hidden:\n\n   intro\n\nWords.", [("paragraph", "Words.")]),
        (".. seealso:: The *tunnel*.", [("quotation", "See also"), ("quotation", "The tunnel.")]),
        (".. versionadded:: 3.2 New.", [("quotation", "Added in version 3.2"), ("quotation", "New.")]),
        (".. versionadded:: 3.2\n   New.", [("quotation", "Added in version 3.2"), ("quotation", "New.")]),
        (
            ".. py:function:: f(x)\n   :noindex:\n\n   Does it.",
            [("paragraph", "f(x)"), ("list-item", "Does it.")],
        ),
        (".. only:: html\n\n   Words.", [("paragraph", "Words.")]),
        (".. currentmodule:: a\n\nWords.", [("paragraph", "Words.")]),
        (".. mermaid::\n\n   a --> b", [("code", "a --> b")]),
        (
            ".. never-heard:: Of this\n   :and: that\n\n   Some *words*.",
            [("paragraph", "Of this"), ("paragraph", "Some words.")],
        ),
        (
            "See :func:`~a.b`, :class:`a.B`, :ref:`the start <s>` and :x:y:`z`.",
            [("paragraph", "See b(), a.B, the start and z.")],
        ),
    ],
)
def test_what_sphinx_adds(text, expected):
    assert rows(text) == expected


def test_roles_of_code_are_code():
    assert spans("See :func:`a.b` and ``c`` and :ref:`d`.") == [("a.b()", "code", ""), ("c", "code", "")]


def test_footnotes_and_citations_are_led_to():
    text = "Words [1]_ and [CIT]_ and [#auto]_.\n\n.. [1] First.\n\n   More.\n\n.. [#auto] Auto.\n.. [CIT] Cited."
    shown = [words for _, words in rows(text)]
    assert shown[0] == "Words [1] and [CIT] and [2]."
    assert [words.removeprefix("[1] ").removeprefix("[2] ") for words in shown[1:4]] == [
        "First.",
        "More.",
        "Auto.",
    ]
    assert shown[4].endswith("Cited.")
    assert [span[:2] for span in spans(text)[:3]] == [("[1]", "link"), ("[CIT]", "link"), ("[2]", "link")]


@pytest.mark.parametrize(
    "text",
    [
        "a |b| `c`_ d_ **e",
        ".. include:: /etc/hostname",
        ".. raw:: html\n\n   <b>x</b>",
        ".. csv-table:: T\n   :file: /etc/hostname",
        ".. literalinclude:: /etc/hostname",
        "+---+--\n| bad",
    ],
)
def test_what_cannot_be_resolved_stands_as_it_is(text):
    shown = "".join(words for _, words in rows(f"{text}\n\nEnd."))
    assert "".join(shown.split()) == "".join(f"{text}End.".split())


def test_no_file_and_no_markup_of_another_language_gets_in(tmp_path, monkeypatch):
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words")
    text = f".. include:: {secret}\n\n.. raw:: html\n   :file: {secret}\n\n.. role:: r(raw)\n   :format: html\n\n:r:`<b>x</b>`"
    opened = []
    monkeypatch.setattr("builtins.open", lambda *arguments, **_: opened.append(arguments))
    article = read(
        f"{text}\n\n.. csv-table:: T\n   :file: {secret}\n\n.. image:: {secret}\n   :loading: embed\n   :scale: 50"
    )
    assert opened == []
    assert "hidden words" not in article.text
    assert "<b>x</b>" in article.text


def test_controls_become_visible_and_markup_stays_text():
    assert rows("a\x07 [b]x[/b] <i>y</i> \u202e") == [("paragraph", "a␇ [b]x[/b] <i>y</i> �")]


@pytest.mark.parametrize("unit", ["a_ ", "`a <", "+-", "[1]_ ", "*", "|", ":a:`", "_", "\\", "--", '"'])
def test_hostile_signs_take_a_moment(unit):
    started = time.thread_time()
    assert read(unit * (1_000_000 // len(unit))).text
    assert time.thread_time() - started < 10


def test_a_text_that_takes_too_long_is_shown_as_plain_text(monkeypatch):
    monkeypatch.setattr(rst_reader, "_TIME_LIMIT", 0.0)
    article = read("Words *in* lines.\n\nMore.")
    assert article.text == "Words *in* lines.\n\nMore."
    assert article.warning.startswith("It takes too long to be read as reStructuredText")


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{'  ' * depth}- a\n\n" for depth in range(300)),
        ".. |a| replace:: |a| |a|\n\n|a|",
    ],
    ids=["deep", "circle"],
)
def test_what_docutils_cannot_parse_is_shown_as_plain_text(text):
    article = read(text)
    assert "a" in article.text
    assert not article.warning or "shown as plain text" in article.warning


def test_a_text_of_comments_alone_has_nothing_to_read():
    assert not read(".. a comment").blocks
    with pytest.raises(UnreadableError):
        read(" \n")


def test_it_is_known_by_its_name_alone():
    assert find_format(b"", file_name="a.rst") is RST
    assert find_format(b"", file_name="a.REST") is RST
    assert find_format(b"Title\n=====\n\n.. note:: x") is not RST


def test_without_docutils_the_lines_are_shown_with_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "docutils", None)
    for name in [
        name for name in sys.modules if name.startswith(("docutils.", "pactreader.formats.readers.rst"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    article = RST.read(b"Title\n=====\n\n*a*", Origin("a.rst", "a", "/a.rst"))
    assert article.text == "Title\n=====\n\n*a*"
    assert "`pip install 'pactreader[rst]'` installs it" in article.warning
