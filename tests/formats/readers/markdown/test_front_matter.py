import pytest

from pactreader.formats.readers.markdown_reader import parse_markdown


@pytest.mark.parametrize(
    ("front_matter", "title", "author", "date"),
    [
        ("---\n状态: 草稿\ntitle: Real\n---", "Real", "", ""),
        ('---\n"title": "A: b"\n\'Author\': Ann\n---', "A: b", "Ann", ""),
        ("---\nünïcode key: x\nTitle: T\npublished: 2024\n...", "T", "", "2024"),
        ("---\ntitle: >2-\n  Long\n  title\ntags: [a, b]\nempty:\n---", "Long title", "", ""),
        ("---\n# a comment\n\ntitle: T # comment\nnested:\n  title: no\n---", "T", "", ""),
        (
            '+++\ntitle = "A TOML title"\ndate = 2024-01-01\n[params]\nx = 1\n+++',
            "A TOML title",
            "",
            "2024-01-01",
        ),
        ('+++\nTitle = "T"\nauthors = ["Ann", "Bo"]\n+++', "T", "Ann, Bo", ""),
        ("% A title\n  in two lines\n% Ann; Bo\n% May 2024\n", "A title in two lines", "Ann, Bo", "May 2024"),
        ("% Only a title", "Only a title", "", ""),
        ("---\ntitle: \"A: b\" # why\nauthor: 'Ann' # who\n---", "A: b", "Ann", ""),
        ("---\ntitle: T\nauthor:\n  - name: Ann\n    email: a@b.c\n  - Bo\n---", "T", "Ann, Bo", ""),
        ("---\ntitle: T\nauthor:\n  name: Ann\n  url: x\ndate:2024\n$ref: 1\n2024: x\n---", "T", "Ann", ""),
    ],
)
def test_front_matter_of_every_kind_is_no_text(front_matter, title, author, date):
    article = parse_markdown(f"{front_matter}\n\nBody text.", title="file")
    assert (article.title, article.author, article.date) == (title, author, date)
    assert [
        article.block_text(block) for block in article.blocks if block.spans == () and block.level == 0
    ] == ["Body text."]


@pytest.mark.parametrize(
    "text",
    [
        "+++\nno toml\n+++\n\nText",
        "+++\ntitle = 'open'\n\nText",
        "---\n- a list\n---\nText",
        "---\n\n**Strong**: x\n\n---\nText",
        "%percent\n\nText",
        "50 % of it\n\nText",
        "+++\na = " + "[" * 2_000 + "\n+++\nText",
    ],
)
def test_what_is_no_front_matter_is_text(text):
    article = parse_markdown(text, title="file")
    assert article.title == "file"
    assert article.text.endswith("Text")
    assert len(article.text) > len("Text")


CLIPPED = """---
title: "A pact"
source: "https://example.org/a?b=1"
author:
  - "[[Jane Doe]]"
  - "[[Bo|B. Oh]]"
published: 2026-11-01
created: 2026-11-02
tags:
  - "clippings"
  - pact
---
"""


@pytest.mark.parametrize(
    ("front_matter", "author", "url", "tags"),
    [
        (
            CLIPPED,
            "Jane Doe, B. Oh",
            "https://example.org/a?b=1",
            ("clippings", "pact"),
        ),
        ("---\nauthor: [[Jane Doe]]\ntags: a, b, c d\n---\n", "Jane Doe", "", ("a", "b", "c d")),
        ("---\nurl: http://example.org\ntags: [x, [[y]]]\n---\n", "", "http://example.org", ("x", "y")),
        ("---\nsource: Reuters\nkeywords: sea\n---\n", "", "", ("sea",)),
        ('+++\nurl = "https://example.org/b"\ntags = ["x", "x"]\n+++\n', "", "https://example.org/b", ("x",)),
    ],
)
def test_front_matter_names_address_and_keywords(front_matter, author, url, tags):
    article = parse_markdown(f"{front_matter}\nText.\n", title="t")
    assert (article.author, article.url, article.tags) == (author, url, tags)


@pytest.mark.parametrize(
    "lines", ["Note: two rules\nare around this.", "title: T\n----\nMore", "a: b\n\nMore."]
)
def test_no_line_between_two_rules_is_lost_if_one_is_no_field(lines):
    shown = parse_markdown(f"---\n{lines}\n---\n\nText", title="file").text
    for word in lines.replace("----", "").split():
        assert word in shown
