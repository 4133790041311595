import time

import pytest

from formats.readers.web_page.pages import PARAGRAPH, page, read

HOSTILE = {
    "nested": page("<div>" * 5_000 + PARAGRAPH * 5),
    "nested paragraphs": page(f"<div>{PARAGRAPH}" * 1_000),
    "nested comments": page("<div itemtype='https://schema.org/Comment'><p itemprop='text'>a" * 1_000),
    "nested bylines": page("<div class='author posted'>a" * 1_500 + PARAGRAPH * 5),
    "nested hidden": page("<div hidden>a" * 1_500 + PARAGRAPH * 5),
    "class": page(f"<div class='{'share ' * 170_000}'>{PARAGRAPH * 5}</div>"),
    "breaks": page("<br>" * 5_000 + PARAGRAPH * 5),
    "title": page(PARAGRAPH * 5, f"<title>{' | - ' * 200_000}</title>"),
    "saved": page(PARAGRAPH * 5, f"<!-- saved from url=(0{'-' * 900_000}"),
    "declaration": f"<meta {'a' * 900_000}" + page(PARAGRAPH * 5),
    "names": page(f"<ul&nbsp;><div {{}},=1 a<b><p<sup>{PARAGRAPH * 5}<pre><x{{}}y>code</pre>"),
    "comments": f"{'<!-- -->' * 100_000}" + page(PARAGRAPH * 5),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_page_takes_a_moment(kind):
    started = time.process_time()
    read(HOSTILE[kind])
    assert time.process_time() - started < 3


def test_no_control_sequence_comes_through():
    article = read(
        page(f"<h1>A\x1b[31mb</h1><p>\x1b]0;x\x07{PARAGRAPH}</p>", "<title>A\x1b[31mb\x07</title>")
    )
    assert "\x1b" not in article.text + article.title
    assert "\x07" not in article.text + article.title


@pytest.mark.parametrize(
    "reference", ["&#27;", "&#x1b;", "&#0;", "&#8", "&#x7F;", "&#xD800;", "&#65534;", "\ufffe", "&#27a"]
)
def test_references_to_what_is_no_text_are_no_trouble(reference):
    text = f"<p hidden>a{reference}</p>{reference}b<button>c{reference}</button>{reference}"
    article = read(
        page(
            f"{text}{PARAGRAPH * 4}<div style='display:none'>{text}</div>{text}",
            f"<title>a{reference}</title>",
        )
    )
    assert not {*map(chr, range(9)), "\x1b", "\x7f"} & {*article.text, *article.title}


def test_other_references_are_text():
    assert (
        "A – ’ \U0001f600 &" in read(page(f"<p>&#65; &#8211; &#146; &#x1F600; &#38;</p>{PARAGRAPH * 4}")).text
    )
