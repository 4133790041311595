"""The contents of a book, the headings of its chapters, and the places by which passages are cited."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formats.books import blocks, book, document, navigation, ncx, point, read
from pactreader.core.article import Article

CHAPTERS = {
    "one.xhtml": "<h2>One</h2><p>First.</p>",
    "two.xhtml": '<h2>Two</h2><p>Second.</p><h3 id="inner">Inner</h3><p>Third.</p>',
}


def contents(article: Article) -> list[tuple[str, int, str]]:
    """Return the entries with the blocks that they lead to."""
    return [(title, level, article.block_text(article.block_at(at))) for title, level, at in article.contents]


def places(article: Article) -> list[tuple[str, str]]:
    offsets, labels = article.places
    return [
        (label, article.block_text(article.block_at(at))) for at, label in zip(offsets, labels, strict=True)
    ]


def table(*entries: str) -> str:
    return f"<ol>{''.join(entries)}</ol>"


def entry(target: str, title: str, *inner: str) -> str:
    return f'<li><a href="{target}">{title}</a>{table(*inner) if inner else ""}</li>'


EXPECTED = [("One", 1, "One"), ("Two", 1, "Two"), ("Inner part", 2, "Inner")]


def test_the_contents_of_epub_3_have_levels_and_anchors():
    list_ = table(
        entry("one.xhtml", "One"), entry("two.xhtml", "Two", entry("two.xhtml#inner", "Inner part"))
    )
    landmarks = f'<nav epub:type="landmarks">{table(entry("two.xhtml", "Begin"))}</nav>'
    article = read(book(CHAPTERS, nav=navigation(list_, before=landmarks)))
    assert contents(article) == EXPECTED
    assert places(article) == [("One", "One"), ("Two", "Two")]


@pytest.mark.parametrize("nav", ["", navigation(table()), navigation(table(entry("gone.xhtml", "Gone")))])
def test_the_contents_of_epub_2_are_used_where_there_are_no_newer_ones(nav):
    points = point("One", "one.xhtml") + point("Two", "two.xhtml", point("Inner part", "two.xhtml#inner"))
    article = read(book(CHAPTERS, nav=nav, ncx=ncx(points), spine=list(CHAPTERS)))
    assert contents(article) == EXPECTED
    assert article.places.at(article.text.index("Third.")) == "Two"


def test_several_entries_lead_into_one_file():
    body = "".join(f'<h2 id="c{n}">Chapter {n}</h2><p>Text {n}.</p>' for n in range(1, 4))
    chapters = (entry(f"all.xhtml#c{n}", f"Chapter {n}") for n in range(1, 4))
    whole = table(entry("all.xhtml", "The novel", *chapters))
    article = read(book({"all.xhtml": f"<p>By Ann.</p>{body}"}, nav=navigation(whole), spine=["all.xhtml"]))
    assert [title for title, _, _ in contents(article)] == [
        "The novel",
        "Chapter 1",
        "Chapter 2",
        "Chapter 3",
    ]
    assert article.places.at(article.text.index("Text 2")) == "Chapter 2"


def test_chapters_are_the_places_and_not_their_sections_nor_the_parts_above():
    documents = {
        "p1.xhtml": "<h1>Part I</h1><blockquote>A motto.</blockquote>",
        "c1.xhtml": '<h2>Of ships</h2><p>Text 1.</p><h3 id="s">Masts</h3><p>Text 2.</p>',
        "c2.xhtml": "<h2>Of whales</h2><p>Text 3.</p>",
        "c3.xhtml": "<h1>Part II</h1><h2>Of men</h2><p>Text 4.</p>",
    }
    ships = entry("c1.xhtml", "Of ships", entry("c1.xhtml#s", "Masts"))
    list_ = table(
        entry("p1.xhtml", "Part I", ships, entry("c2.xhtml", "Of whales")),
        entry("c3.xhtml", "Part II", entry("c3.xhtml", "Of men")),
    )
    article = read(book(documents, nav=navigation(list_), spine=list(documents)))
    assert places(article) == [
        ("Part I", "Part I"),
        ("Of ships", "Of ships"),
        ("Of whales", "Of whales"),
        ("Of men", "Part II"),
    ]


def test_an_entry_without_a_link_leads_to_the_first_one_below_it():
    inner = table(entry("gone.xhtml", "Cut"), entry("one.xhtml", "One"), entry("two.xhtml", "Two"))
    list_ = table(f"<li><span>Part I</span>{inner}</li>", "<li>Nothing</li>", entry("gone.xhtml", "Gone"))
    article = read(book(CHAPTERS, nav=navigation(list_), spine=list(CHAPTERS)))
    assert contents(article) == [("Part I", 1, "One"), ("One", 2, "One"), ("Two", 2, "Two")]
    assert places(article) == [("One", "One"), ("Two", "Two")]


def test_a_chapter_that_no_entry_names_is_read():
    list_ = table(entry("one.xhtml", "One"))
    article = read(book(CHAPTERS, title="One", nav=navigation(list_), spine=list(CHAPTERS)))
    assert article.text.endswith("Two\n\nSecond.\n\nInner\n\nThird.")


def test_an_entry_to_a_missing_anchor_leads_to_its_file():
    list_ = table(entry("two.xhtml#gone", "Two"))
    assert contents(read(book(CHAPTERS, nav=navigation(list_)))) == [("Two", 1, "Two")]


def test_an_entry_to_a_page_without_text_leads_to_the_next_text():
    pages = {"cover.xhtml": '<img src="a.png" alt=""/>', **CHAPTERS, "end.xhtml": "<div/>"}
    list_ = table(entry("cover.xhtml", "Cover"), entry("one.xhtml", "One"), entry("end.xhtml", "End"))
    article = read(book(pages, title="", nav=navigation(list_), spine=list(pages)))
    assert contents(article) == [("Cover", 1, "One"), ("One", 1, "One"), ("End", 1, "Third.")]
    assert blocks(article)[0] == ("heading", "One")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>1. Loomings</h1><p>Call me.</p>", [("heading", "1. Loomings"), ("paragraph", "Call me.")]),
        ("<p>LOOMINGS</p><p>Call me.</p>", [("heading", "LOOMINGS"), ("paragraph", "Call me.")]),
        ("<p>Call me.</p>", [("heading", "Loomings"), ("paragraph", "Call me.")]),
        (
            "<p>A motto.</p><h1>Chapter 1</h1><p>Call me.</p>",
            [("paragraph", "A motto."), ("heading", "Chapter 1"), ("paragraph", "Call me.")],
        ),
        ("<blockquote>Loomings</blockquote>", [("quotation", "Loomings")]),
    ],
)
def test_a_chapter_without_a_heading_gets_that_of_the_contents_once(body, expected):
    list_ = table(entry("a.xhtml", "Loomings"))
    article = read(book({"a.xhtml": body}, title="", nav=navigation(list_), spine=["a.xhtml"]))
    assert blocks(article) == expected
    assert article.contents[0].offset == article.blocks[0].start


@pytest.mark.parametrize(
    ("title", "paragraphs", "headings"),
    [
        ("Chapter 1: Loomings", ["CHAPTER 1", "Loomings", "Call me."], ["CHAPTER 1", "Loomings"]),
        ("Chapter 1: Loomings", ["1", "Loomings", "Call me."], ["1", "Loomings"]),
        ("Chapter 1: Loomings", ["Loomings", "Call me."], ["Loomings"]),
        ("Loomings", ["1", "Loomings", "Call me."], ["Loomings"]),
        ("Loomings", ["He saw the loomings.", "Call me."], ["Loomings"]),
    ],
)
def test_a_title_is_found_in_the_first_paragraphs(title, paragraphs, headings):
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    list_ = table(entry("a.xhtml", title))
    article = read(book({"a.xhtml": body}, title="", nav=navigation(list_), spine=["a.xhtml"]))
    assert [text for kind, text in blocks(article) if kind == "heading"] == headings


def test_paragraphs_inside_a_file_with_the_words_of_their_entry_are_headings():
    body = '<h1>All</h1><p>One.</p><p>Two.</p><p>Three.</p><p id="b">BOOK II</p><p id="c">It was late.</p>'
    list_ = table(entry("a.xhtml#b", "Book II"), entry("a.xhtml#c", "Late"))
    article = read(book({"a.xhtml": body}, title="All", nav=navigation(list_), spine=["a.xhtml"]))
    assert [text for kind, text in blocks(article) if kind == "heading"] == ["All", "BOOK II"]


def test_a_navigation_document_that_is_malformed_is_read():
    list_ = "<ol><li><a href=one.xhtml>One</a><li><a href='two.xhtml'>T&nbsp;w&uml;o</a></ol>"
    broken = document(f"<nav epub:type='toc'>{list_}")
    assert [title for title, _, _ in contents(read(book(CHAPTERS, nav=broken)))] == ["One", "T w¨o"]


def test_hostile_contents_take_no_time_and_no_width():
    depth = 5_000
    nested = "<ol><li><a href='one.xhtml'>T</a>" * depth + "</li></ol>" * depth
    points = "".join(
        f"<navPoint><navLabel><text>{'T' * 999}</text></navLabel><content src='one.xhtml'/>"
        for _ in range(99)
    )
    article = read(book(CHAPTERS, nav=navigation(nested), ncx=ncx(points + "</navPoint>" * 99)))
    assert article.contents
    assert max(len(title) for title, _, _ in contents(article)) <= 300
    assert max(level for _, level, _ in contents(article)) <= 20


trees = st.recursive(
    st.builds(lambda at, linked: (at, linked, []), st.integers(0, 11), st.booleans()),
    lambda inner: st.builds(
        lambda at, linked, below: (at, linked, below),
        st.integers(0, 11),
        st.booleans(),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@settings(deadline=None)
@given(st.lists(trees, min_size=1, max_size=5), st.booleans())
def test_every_entry_of_random_contents_leads_to_its_text(roots, newer):
    """Each of four files has three anchors; an entry leads to the file (0) or to one of them."""
    documents = {
        f"f{file}.xhtml": "".join(
            f'<h2 id="a{a}">Head {file}.{a}</h2><p>Text {file}.{a}</p>' for a in range(3)
        )
        for file in range(4)
    }
    expected: list[tuple[str, int, str]] = []

    def links_in(tree) -> bool:
        return tree[1] or any(map(links_in, tree[2]))

    def first_text(tree) -> str:
        if tree[1]:
            return f"Head {tree[0] // 3}.{tree[0] % 3}"
        return first_text(next(each for each in tree[2] if links_in(each)))

    def write(tree, level: int, path: str) -> str:
        at, linked, below = tree
        file, anchor = divmod(at, 3)
        target = f"f{file}.xhtml" + (f"#a{anchor}" if anchor else "")
        if links_in(tree):
            expected.append((f"Entry {path}", level, first_text(tree)))
        inner = "".join(write(each, level + 1, f"{path}.{index}") for index, each in enumerate(below))
        if newer:
            label = f'<a href="{target}">Entry {path}</a>' if linked else f"<span>Entry {path}</span>"
            return f"<li>{label}{f'<ol>{inner}</ol>' if inner else ''}</li>"
        return point(f"Entry {path}", target if linked else "", inner)

    written = "".join(write(tree, 1, str(index)) for index, tree in enumerate(roots))
    made = {"nav": navigation(f"<ol>{written}</ol>")} if newer else {"ncx": ncx(written)}
    article = read(book(documents, spine=list(documents), **made))
    assert contents(article) == expected
    assert list(article.places.offsets) == sorted(set(article.places.offsets))
