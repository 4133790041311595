import json

import pytest

from pactreader.core.errors import UnreadableError
from pactreader.formats.article_formats import JUPYTER, find_format
from pactreader.formats.origin import Origin
from pactreader.formats.readers.jupyter_reader import read_jupyter


def notebook(*cells, metadata=None, **fields):
    whole = {"cells": list(cells), "metadata": metadata or {}, "nbformat": 4, "nbformat_minor": 5, **fields}
    return json.dumps(whole).encode()


def read(data):
    return read_jupyter(data, Origin("a.ipynb", "a", "/a.ipynb"))


def rows(article):
    return [(block.kind.value, article.block_text(block)) for block in article.blocks]


def code(source, *outputs):
    return {"cell_type": "code", "source": source, "outputs": list(outputs), "metadata": {}}


def test_markdown_code_and_printed_text_are_read_in_order():
    article = read(
        notebook(
            {
                "cell_type": "markdown",
                "source": ["# Sanctions\n", "\n", "Some *words* and a [link](#end).\n"],
            },
            code(
                ["x = 1\n", "\n", "print(x)"],
                {"output_type": "stream", "name": "stdout", "text": ["1\n", "2\n"]},
                {"output_type": "execute_result", "data": {"text/html": "<b>3</b>", "text/plain": ["3"]}},
                {"output_type": "display_data", "data": {"image/png": "iVBOR"}},
            ),
            {"cell_type": "raw", "source": "as it is"},
            {"cell_type": "markdown", "source": "  \n"},
            code(""),
        )
    )
    assert rows(article) == [
        ("heading", "Sanctions"),
        ("paragraph", "Some words and a link."),
        ("code", "x = 1\n\nprint(x)"),
        ("code", "1\n2"),
        ("code", "3"),
        ("code", "as it is"),
    ]
    assert article.title == "Sanctions"
    assert [article.text[span.start : span.end] for span in article.blocks[1].spans] == ["words", "link"]


def test_results_in_markdown_are_read_as_markdown():
    data = {"text/plain": "<Markdown object>", "text/markdown": "**Sum**"}
    article = read(notebook(code("f()", {"output_type": "display_data", "data": data})))
    assert rows(article) == [("code", "f()"), ("paragraph", "Sum")]


def test_a_traceback_is_shown_without_its_colours_and_controls():
    error = {
        "output_type": "error",
        "ename": "E",
        "evalue": "v",
        "traceback": ["\x1b[0;31mE\x1b[0m: v", "a\x07"],
    }
    assert rows(read(notebook(code("f()", error))))[1] == ("code", "E: v\na␇")


def test_title_and_authors_come_from_the_metadata():
    article = read(
        notebook(code("x"), metadata={"title": "On pacts", "authors": [{"name": "Ann"}, {"name": "Bo"}]})
    )
    assert (article.title, article.author) == ("On pacts", "Ann, Bo")


def test_notebooks_of_version_3_are_read():
    cells = [
        {"cell_type": "heading", "level": 2, "source": "A heading"},
        {"cell_type": "code", "input": "y", "outputs": [{"output_type": "pyout", "text": ["out"]}]},
    ]
    data = json.dumps({"worksheets": [{"cells": cells}], "nbformat": 3}).encode()
    article = read(data)
    assert rows(article) == [("heading", "A heading"), ("code", "y"), ("code", "out")]
    assert article.blocks[0].level == 2


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"[]",
        b"5",
        b'{"cells": 5}',
        b'{"cells": [5]}',
        b'{"cells": [{}]}',
        b'{"cells": [{"cell_type": "code", "source": "", "outputs": [7]}]}',
        b'{"metadata": []}',
        b"[" * 200_000,
    ],
    ids=lambda data: data[:30].decode(),
)
def test_a_damaged_notebook_is_refused_with_a_sentence(data):
    with pytest.raises(UnreadableError, match=r"a\.ipynb is"):
        read(data)


def test_a_notebook_is_known_by_its_content():
    assert find_format(notebook(code("x"), nbformat=4)) is JUPYTER
    assert find_format(b'{"cells": 1}', file_name="a.json") is not JUPYTER
