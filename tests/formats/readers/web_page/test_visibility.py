import pytest

from formats.readers.web_page.pages import ARTICLE, page, read


@pytest.mark.parametrize(
    "attributes",
    ["hidden", "aria-hidden='true'", "style='color: red; display: none'", "style='visibility:hidden'"],
)
def test_what_is_hidden_is_not_read(attributes):
    assert "secret" not in read(page(f"<article>{ARTICLE}<p {attributes}>A secret</p></article>")).text


@pytest.mark.parametrize("attributes", ["style='--footer-display: none'", "hidden='until-found'"])
def test_what_only_looks_hidden_is_read(attributes):
    assert (
        "no secret" in read(page(f"<article>{ARTICLE}<p {attributes}>This is no secret.</p></article>")).text
    )


def test_a_page_that_is_hidden_as_a_whole_is_read():
    assert (
        "The council met" in read(page(f"<div aria-hidden='true' style='display:none'>{ARTICLE}</div>")).text
    )


def test_streamed_parts_are_read_in_their_places():
    article = read(
        page(
            f"<article><p>First of all.</p><template id='B:0'></template><p>Last of all.</p>{ARTICLE}</article>"
            "<div hidden id='S:0'><p>The middle.</p><template id='P:1'></template></div>"
            "<div hidden id='S:1'><p>More of the middle.</p></div>"
        )
    )
    assert article.text.startswith("First of all.\n\nThe middle.\n\nMore of the middle.\n\nLast of all.")


def test_a_part_in_itself_is_no_trouble():
    read(page(f"{ARTICLE}<div hidden id='S:0'><template id='B:0'></template></div>"))
