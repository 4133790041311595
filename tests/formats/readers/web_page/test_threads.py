from formats.readers.web_page.pages import page, read, texts
from pactreader.core.article import BlockKind


def hacker_news_comment(name: str, indent: int, text: str) -> str:
    return (
        f"<tr class='athing comtr' id='{name}'><td><table><tr><td class='ind' indent='{indent}'></td><td>"
        f"<a class='hnuser'>{name}</a> <span class='age' title='2024-05-01T10:00:00'><a href='item?id={name}'>1 hour ago</a>"
        f"</span><div class='comment'><span class='commtext'>{text}</span></div></td></tr></table></td></tr>"
    )


def test_comments_of_hacker_news_are_quotations_as_deep_as_they_are():
    story = (
        "<tr><td><table class='fatitem'><tr class='athing' id='1'><td><span class='titleline'>"
        "<a href='https://example.org/vote'>The vote</a></span></td></tr><tr><td class='subline'>"
        "<a class='hnuser'>jane</a><span class='age' title='2024-05-01T09:00:00'></span></td></tr></table></td></tr>"
    )
    comments = hacker_news_comment("john", 0, "It was short.") + hacker_news_comment("jane", 1, "It was not.")
    markup = page(f"<table id='hnmain'>{story}{comments}</table>", "<title>The vote | Hacker News</title>")
    article = read(markup, "https://news.ycombinator.com/item?id=1")

    quoted = [(block.quoted, article.block_text(block)) for block in article.blocks if block.quoted]
    assert quoted == [
        (1, "john · 2024-05-01"),
        (1, "It was short."),
        (2, "jane · 2024-05-01"),
        (2, "It was not."),
    ]
    assert (article.author, article.date) == ("jane", "2024-05-01")
    assert "https://example.org/vote" in article.text


def test_answers_that_are_marked_up_are_quotations():
    answer = (
        "<div itemscope itemtype='https://schema.org/Answer'><span itemprop='upvoteCount'>7</span>"
        "<div itemprop='text'><p>Count the hands.</p></div>"
        "<div itemprop='author'><span itemprop='name'>Jane</span></div></div>"
    )
    question = f"<div itemtype='https://schema.org/Question'><div itemprop='text'><p>How to vote?</p></div>{answer}</div>"
    article = read(page(question))
    assert texts(article, BlockKind.QUOTATION) == ["Jane · 7", "Count the hands."]
    assert texts(article, BlockKind.PARAGRAPH)[0] == "How to vote?"


def test_comments_of_new_reddit_are_quotations():
    markup = page(
        "<shreddit-post author='jane' created-timestamp='2024-05-01T09:00:00'><div slot='text-body'><p>How to vote?</p></div>"
        "</shreddit-post><shreddit-comment author='john' depth='0'><div slot='comment'><p>Count.</p></div></shreddit-comment>"
    )
    assert texts(read(markup), BlockKind.QUOTATION) == ["john", "Count."]


def test_comments_of_old_reddit_are_quotations():
    def thing(kind: str, name: str, text: str, inner: str = "") -> str:
        return (
            f"<div class='thing {kind}'><div class='entry'><a class='author'>{name}</a><div class='usertext-body'>"
            f"<div class='md'><p>{text}</p></div></div></div><div class='child'>{inner}</div></div>"
        )

    markup = page(
        thing("link", "jane", "How to vote?")
        + thing("comment", "john", "Count.", thing("comment", "jane", "Count what?"))
    )
    article = read(markup)
    assert [block.quoted for block in article.blocks if block.quoted] == [1, 1, 2, 2]
    assert article.author == "jane"
