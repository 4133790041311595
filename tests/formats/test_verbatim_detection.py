"""Texts that are no prose are told by their names or by their looks, and prose is never taken for one."""

import time
from pathlib import Path

import pytest

from pactreader.formats.verbatim_detection import has_coloured_lines, is_verbatim_name, looks_verbatim

CASES = Path(__file__).parents[1] / "cases"

VERBATIM = {
    "script": "#!/bin/sh\nset -e\n",
    "git diff": (CASES / "change.diff").read_text(),
    "unified diff": "--- a.txt\t2031-01-01\n+++ b.txt\t2031-01-02\n@@ -1 +1 @@\n-one\n+two\n",
    "context diff": "*** a.txt\n--- b.txt\n***************\n*** 1,2 ****\n! one\n--- 1,2 ----\n! two\n",
    "commits": "commit 0123456789abcdef0123456789abcdef01234567\nAuthor: A <a@b.c>\n\n    Words\n\n"
    "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n",
    "history": f"commit {'0a' * 20} (HEAD -> main)\nAuthor: A <a@b.c>\nDate:   Tue\n\n    Mend it\n",
    "object": '{\n  "name": "Bonn",\n  "trams": [12, 40]\n}\n',
    "records": '{"name": "Bonn"}\n{"name": "Ulm"}\n',
    "list": '[{"name": "Bonn"}, {"name": "Ulm"}]',
    "markup": '<?xml version="1.0"?>\n<trams/>\n',
    "iso log": "2031-03-04T10:00:00Z start\n2031-03-04T10:00:01Z stop\n",
    "python log": "2031-03-04 10:00:00,123 INFO start\nTraceback:\n2031-03-04 10:00:01,001 ERROR stop\n",
    "syslog": "Mar  4 10:00:00 host sshd[1]: accepted\nMar  4 10:00:01 host sshd[1]: closed\n",
    "web server": '127.0.0.1 - - [04/Mar/2031:10:00:00 +0100] "GET / HTTP/1.1" 200 5\n' * 2,
    "kernel": "[    0.000000] Linux version 9\n[    0.000123] Command line: quiet\n",
    "levels": "INFO: start\nWARNING: slow\nERROR: stop\n",
    "log with a trace": "2031-03-04 10:00:00 INFO start\nTraceback:\n  File a.py\nValueError: x\n"
    "2031-03-04 10:00:01 ERROR stop\n2031-03-04 10:00:02 INFO stop\n",
    "normal diff": "3c3\n< old line\n---\n> new line\n",
    "cells of several lines": 'name,town,age\nAnna,Brno,31\n"Novak, B.","Ostrava\nPoruba",12\n',
    "environment": 'DB_HOST=localhost\n# the port\nDB_PORT=5432\nNAME="a b"\n',
    "makefile": "CC = gcc\n\nprog: a.o b.o\n\t$(CC) -o $@ a.o\n\nclean:\n\trm -f prog\n",
    "short yaml": "# Of the reader\ntheme: dark\nkeys:\n  quit: q\n  find: /\n",
    "container": 'FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install .\nCMD ["python", "-m", "app"]\n',
    "shell": 'set -e\n\nfor file in *.txt; do\n  if [ -s "$file" ]; then\n    wc -w "$file"\n  fi\ndone | sort\n',
    "haskell": "module Main where\n\nimport Data.List (sort)\n\nmain :: IO ()\nmain = do\n  text <- getContents\n",
    "kotlin": 'fun main() {\n    val names = listOf("a", "b")\n    for (n in names) println(n)\n}\n',
    "swift": "import Foundation\n\nstruct Point {\n    var x: Double\n    var y: Double\n}\n",
    "lisp": "(defun count-words (text)\n  (let ((n 0))\n    (dolist (w (split text))\n      (setq n (1+ n)))\n    n))\n",
    "statistics": 'x <- c(1, 2, 3)\ny <- mean(x)\nplot(x, y, main = "A")\n',
    "commas": (CASES / "data.csv").read_text(),
    "semicolons": "Stadt;Jahr;Bahnen\nBonn;1951;12\nKöln;1963;40\n",
    "tabs": "city\tyear\nBonn\t1951\nUlm\t1960\n",
    "python": (CASES / "tool.py").read_text(),
    "javascript": 'import a from "a";\n\nexport function run(words) {\n  const all = words.map(trim);\n  return all;\n}\n',
    "c": "#include <stdio.h>\n\nint main(void) {\n    return 0;\n}\n",
    "sql": "SELECT city, trams\nFROM cities\nWHERE trams > 12\nORDER BY trams;\n",
    "ini": '# settings\n[core]\nname = value\nother: 1\n\n[remote "origin"]\nurl = git@example.org\n',
    "toml": '[project]\nname = "a"\nkeywords = [\n  "reader",\n]\n\n[[tool]]\nx = 1\n',
    "yaml": "name: test\non:\n  push:\n    branches: [main]\njobs:\n  build:\n    runs-on: linux\n    steps:\n"
    "      - uses: checkout\n        with:\n          depth: 1\n",
    "xml": '<trams>\n  <line id="1">Bonn</line>\n  <line id="2"/>\n</trams>\n',
    "comments": "# This file is part of a system.\n#\n# See its manual.\n\nFoo=1\n",
    "licence": "/*\n * Copyright of somebody.\n */\n",
    "tex": "\\documentclass{article}\n\\begin{document}\nWords.\n\\end{document}\n",
}

PROSE = {
    "letter": "Dear Anna,\n\nthe bridge is open, at last, and we all went over it yesterday.\n\nYours, Jo\n",
    "verse": "Rose, o pure contradiction, desire,\nto be no one's sleep, under so many,\nlids of light, and of night,\n",
    "list of dates": "2031-03-04 The bridge\n\nIt was opened in the spring by the mayor.\n\n2031-03-05 The rain\n\nIt rained.\n",
    "dialogue": "Info: that is what she said.\nAnd he said nothing; he only went on walking.\nIt was late.\n",
    "bracket": "[1] The first note says that nothing is known.\n[2] The second says that all is known.\n",
    "braces": "{Editor's note: this is an old text; it is kept as it was.}\n\nThe text begins here and goes on.\n",
    "dash": "--- A note before the text\n\nIt begins here and goes on for a while without any hunk.\n",
    "from": "From the harbour to the old town it is a walk of an hour.\n\nIt is worth it.\n",
    "names": "Anna, Jo, Max\nBen, Lea, Tom\nUte, Jan, Eva\n",
    "markdown with code": "# Use it\n\nRun it:\n\n```python\nimport a\nx = a.b(1)\nif x:\n    print(x)\nreturn x\n```\n",
    "index": "apples, 12, 40\npears, 13, 77\nplums, 5, 66\n",
    "numbers": "1. One goes to the harbour.\n2. Two goes to the old town.\n3. Three goes nowhere.\n",
    "fields": "Name: Bonn\nYear: 1951\nTrams: 12\n",
    "chinese": "第一段說到城市，城市有電車，電車有十二條。\n第二段說到橋，橋在河上，河在城裡。\n第三段說完了，就這樣，結束。\n",
    "times in prose": "At 10:00:00 it began.\nThe harbour was full of people who had come early.\nNobody spoke.\n",
    "list under a heading": "Shopping:\n  - flour\n  - eggs\n\nBaking:\n  - mix it\n  - bake it\n",
    "notes": "Monday: rain\nTuesday: sun\nPlans:\n  see the harbour: it is near\n",
    "section": "[The stage is dark.]\n\nANNA: Who is there?\n\nJO: It is me, as always.\n",
    "headings": "# One\n## Two\n### Three\n\nText.\n",
    "markdown with html": '<p align="center">\n  <img src="a.png">\n</p>\n\n# A title\n\nIt does *this*.\n\nAnd that.\n',
    "dated changes": "Fri Apr  7 15:14:43 PDT 2017  Phil\n\t* FAQ: add a question.\n\t* NEWS: name it.\n"
    "Fri Apr  7 13:43:31 PDT 2017  Ken\n\t* README: say why.\n\t* NEWS: begin it.\n",
    "set-in answers": "How to build it:\n\tSay make, and wait until $(CC) is done with all the files.\n\n"
    "Who wrote it?\n\nTwo people did, and others helped them.\nThey live in Bonn.\n",
    "empty": "",
}


@pytest.mark.parametrize("kind", VERBATIM)
def test_what_is_no_prose_is_told_by_its_look(kind: str) -> None:
    assert looks_verbatim(VERBATIM[kind])


@pytest.mark.parametrize("kind", PROSE)
def test_prose_and_markdown_are_not_taken_for_it(kind: str) -> None:
    assert not looks_verbatim(PROSE[kind])


@pytest.mark.parametrize(
    "name",
    ["a.py", "A.PY", "a/b.diff", "data.csv", "x.tar.json", "Makefile", "src/Dockerfile", "dockerfile.dev",
     "CMakeLists.txt", "notes.org", "paper.tex", ".gitignore", "tsconfig.json"],
)  # fmt: skip
def test_what_is_no_prose_is_told_by_its_name(name: str) -> None:
    assert is_verbatim_name(name)


@pytest.mark.parametrize(
    "name", ["a.txt", "README", "LICENSE", "notes.md", "py", "letter.v2", "chapter.1", ""]
)
def test_other_names_tell_nothing(name: str) -> None:
    assert not is_verbatim_name(name)


def test_lines_in_colours_are_the_output_of_a_program() -> None:
    assert has_coloured_lines((CASES / "colours.log").read_bytes())
    assert not has_coloured_lines(b"A \x1b[1mbold\x1b[0m word\nin a text that is wrapped by hand\n")
    assert not has_coloured_lines(b"")


@pytest.mark.parametrize(
    "text",
    ["x" * 32_768, '"""' * 10_000, "/*" * 16_000, "{" * 32_768, "[" * 32_768, "a," * 16_000, "(" * 32_768,
     "a" * 16_000 + " = ", " " * 32_768, "\t" * 32_768, "def " * 8_000, "if " + "x" * 30_000, "=pod\n" * 6_000,
     '"' * 32_768, "From: a\n" * 4_000, "a.b" * 10_000, "a:\n" + "\n" * 16_000, "a:\n" * 10_000, "a:\n" + " " * 16_000, "a: b\n- c:\n" * 3_000, "<" * 16_000, "[a]\n" * 8_000, "[a]\n" + "a " * 8_000,
     "# \n" * 8_000, "<a\n" * 8_000, "a" * 16_000 + ":", "1,\n" * 10_000, "module a " * 3_000, "$" * 32_768, "a:\n\ta\n" * 5_000,
     "(let " * 6_000, "if (" * 8_000, '1,2\n"' * 6_000],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_a_look_takes_a_moment(text: str) -> None:
    started = time.monotonic()
    looks_verbatim(text)
    assert time.monotonic() - started < 1
