"""Threads: a post with the comments on it, as quotations that are as deep as the comments, and lists of posts.

Known are ChatGPT, Hacker News, old and new Reddit, and what is marked up as Schema.org's `Comment` and `Answer`, as Stack
Overflow and Discourse do.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from pactreader.formats.readers.web_page.bylines import text_in
from pactreader.formats.readers.web_page.dates import iso_date

if TYPE_CHECKING:
    from lxml.etree import _Element

_INDENT: Final = 40
"""The width of the picture by which Hacker News sets in a comment by one level."""
_DEEPEST: Final = 50
"""The greatest depth of a comment; deeper ones are set in no further."""
_FEWEST_POSTS: Final = 3
"""The number of posts from which a page is a list of them."""


_POSTS: Final = frozenset({"Question", "DiscussionForumPosting"})
_COMMENTS: Final = frozenset({"Answer", "Comment"})
_SPEAKERS: Final = {"user": "You said", "assistant": "ChatGPT said"}
_NEAR: Final = 100
"""The number of elements of an item in which its properties are looked for."""


class _Comment(NamedTuple):
    """A comment."""

    depth: int
    """The number of comments that it is below of."""
    author: str
    date: str
    link: str
    """The comment's own address."""
    points: str
    body: "_Element"


class Thread(NamedTuple):
    """A thread as an article."""

    article: "_Element"
    author: str = ""
    date: str = ""


def find_thread(root: "_Element", markup: str) -> Thread | None:
    """Return the thread in a page; `None` if it is none.

    Args:
        root: The page.
        markup: The same as text, in which its kind is told faster than in the tree.
    """
    finders = (
        (_conversation, "data-message-author-role"),
        (_hacker_news, "hnmain"),
        (_old_reddit, "usertext-body"),
        (_new_reddit, "<shreddit-post"),
        (_marked_up, "schema.org/Comment"),
        (_marked_up, "schema.org/Answer"),
    )
    return next((thread for find, mark in finders if mark in markup and (thread := find(root))), None)


def _conversation(root: "_Element") -> Thread | None:
    """Return a conversation with ChatGPT: what each side said, with a rule between."""
    from lxml import etree

    article = etree.Element("div")
    for message in root.xpath("//*[@data-message-author-role]"):
        speaker = _SPEAKERS.get(message.get("data-message-author-role", ""))
        if speaker is None or not text_in(message, 10):
            continue
        if len(article):
            etree.SubElement(article, "hr")
        etree.SubElement(etree.SubElement(article, "p"), "strong").text = speaker
        article.append(message)
        message.tail = None
    return Thread(article) if len(article) else None


def _hacker_news(root: "_Element") -> Thread | None:
    if not root.xpath('//table[@id="hnmain"]'):
        return None
    posts = root.xpath(f"//tr[{_has_class('athing')}][.//span[{_has_class('titleline')}]/a]")
    rows = root.xpath(f"//tr[{_has_class('comtr')}]")
    if len({post.get("id") for post in posts}) >= _FEWEST_POSTS and not rows:
        return _hacker_news_list(root, posts)
    heads = root.xpath(f"//table[{_has_class('fatitem')}]") or root.xpath('//table[@id="hnmain"]')
    head = heads[0]
    comments = [comment for row in rows if not _is_in(row, head) and (comment := _hacker_news_comment(row))]
    texts = head.xpath(f".//*[{_has_class('toptext')} or {_has_class('commtext')}]") if heads else []
    links = head.xpath(f".//span[{_has_class('titleline')}]/a[1]")
    first = [
        _paragraph_with_link(link.get("href", "")) for link in links[:1] if "://" in link.get("href", "")
    ]
    author = next(iter(head.xpath(f".//a[{_has_class('hnuser')}]")), None)
    date = next(iter(head.xpath(f".//span[{_has_class('age')}]/@title")), "")
    if not (first or texts or comments):
        return None
    article = _thread_article([*first, *texts[:1]], comments)
    return Thread(article, "" if author is None else text_in(author), iso_date(date)[:10])


def _hacker_news_comment(row: "_Element") -> _Comment | None:
    bodies = row.xpath(f".//*[{_has_class('commtext')}]")
    if not bodies:
        return None
    indents = row.xpath(f".//td[{_has_class('ind')}]")
    level = indents[0].get("indent", "") if indents else ""
    width = next(iter(row.xpath(f".//td[{_has_class('ind')}]//img/@width")), "0")
    depth = int(level) if level.isdecimal() else int(width) // _INDENT if width.isdecimal() else 0
    return _comment(
        row,
        depth,
        author=f".//a[{_has_class('hnuser')}]",
        date=f".//span[{_has_class('age')}]/@title",
        link=f".//span[{_has_class('age')}]/a/@href",
        points=f".//span[{_has_class('score')}]",
        body=bodies[0],
    )


def _hacker_news_list(root: "_Element", posts: "Sequence[_Element]") -> Thread:
    from lxml import etree

    article = etree.Element("div")
    items = etree.SubElement(article, "ol")
    for post in posts:
        item = etree.SubElement(items, "li")
        title = post.xpath(f".//span[{_has_class('titleline')}]")[0]
        sites = title.xpath(f".//span[{_has_class('sitestr')}]")
        _add_link(item, title.xpath("./a")[0])
        _add_text(item, f" ({text_in(sites[0])})" if sites else "")
        etree.SubElement(item, "br")
        row = post.getnext()
        if row is None:
            continue
        points = [text_in(each) for each in row.xpath(f".//span[{_has_class('score')}]")[:1]]
        authors = [f"by {text_in(each)}" for each in row.xpath(f".//a[{_has_class('hnuser')}]")[:1]]
        _add_text(item, " · ".join([*points, *authors]))
        for link in row.xpath('.//a[contains(@href, "item?id=")]')[-1:]:
            if text_in(link).endswith(("comments", "comment", "discuss")):
                _add_text(item, " · ")
                _add_link(item, link)
    for more in root.xpath(f"//a[{_has_class('morelink')}]")[:1]:
        _add_link(etree.SubElement(article, "p"), more)
    return Thread(article)


def _old_reddit(root: "_Element") -> Thread | None:
    things = root.xpath(f"//div[{_has_class('thing')} and {_has_class('comment')}]")
    posts = root.xpath(f"//div[{_has_class('thing')} and {_has_class('link')}]")
    if not things or not posts:
        return None
    post = posts[0]
    text = f".//div[{_has_class('usertext-body')}]/div[{_has_class('md')}]"
    bodies = post.xpath(text)[:1]
    links = [
        each for each in post.xpath(f".//a[{_has_class('title')}]/@href")[:1] if "://" in each and not bodies
    ]
    comments: list[_Comment] = []
    for thing in things:
        entries = thing.xpath(f"./div[{_has_class('entry')}]")
        bodies_of = entries[0].xpath(text) if entries else []
        if bodies_of:
            depth = sum(_has(each, "comment") and _has(each, "thing") for each in thing.iterancestors("div"))
            comments.append(
                _comment(
                    entries[0],
                    depth,
                    author=f".//a[{_has_class('author')}]",
                    date=".//time/@datetime",
                    link=f".//a[{_has_class('bylink')}]/@href",
                    points=f".//span[{_has_class('score')} and ({_has_class('unvoted')} or not({_has_class('likes')} or {_has_class('dislikes')}))]",
                    body=bodies_of[0],
                )
            )
    authors = post.xpath(f".//a[{_has_class('author')}]")
    date = next(iter(post.xpath(".//time/@datetime")), "")
    article = _thread_article([*map(_paragraph_with_link, links), *bodies], comments)
    return Thread(article, text_in(authors[0]) if authors else "", iso_date(date)[:10])


def _new_reddit(root: "_Element") -> Thread | None:
    posts = root.xpath("//shreddit-post")
    if not posts:
        return None
    post = posts[0]
    bodies = post.xpath('.//*[@slot="text-body"]')[:1]
    comments: list[_Comment] = []
    for each in root.xpath("//shreddit-comment"):
        texts = each.xpath('./*[@slot="comment"]')
        if texts:
            depth = each.get("depth", "0")
            points = f"{each.get('score')} points" if each.get("score") else ""
            date = iso_date(next(iter(each.xpath("./*[1]//time/@datetime | .//time/@datetime")), ""))[:10]
            comments.append(
                _Comment(
                    min(int(depth), _DEEPEST) if depth.isdecimal() else 0,
                    each.get("author", ""),
                    date,
                    each.get("permalink", ""),
                    points,
                    texts[0],
                )
            )
    article = _thread_article(bodies, comments)
    return Thread(article, post.get("author", ""), iso_date(post.get("created-timestamp", ""))[:10])


def _marked_up(root: "_Element") -> Thread | None:
    bodies: list[_Element] = []
    comments: list[_Comment] = []
    for item in root.iter():
        kind = item.get("itemtype", "").rpartition("/")[2]
        text = _property(item, "text", "articleBody") if kind in _POSTS or kind in _COMMENTS else None
        if text is None:
            continue
        if kind in _COMMENTS:
            comments.append(_marked_up_comment(item, text))
        elif not bodies:
            bodies.append(text)
    return Thread(_thread_article(bodies, comments)) if bodies and comments else None


def _marked_up_comment(item: "_Element", text: "_Element") -> _Comment:
    author = _property(item, "author")
    name = None if author is None else _property(author, "name")
    date = _property(item, "dateCreated", "datePublished")
    link, points = _property(item, "url"), _property(item, "upvoteCount")
    return _Comment(
        0,
        "" if author is None else text_in(author if name is None else name),
        "" if date is None else iso_date(date.get("datetime", "") or date.get("content", ""))[:10],
        "" if link is None else link.get("href", ""),
        "" if points is None else text_in(points) or points.get("content", ""),
        text,
    )


def _property(item: "_Element", *names: str) -> "_Element | None":
    """Return the element with a property of an item in microdata; `None` if it is not near."""
    near = islice(item.iter(), 1, _NEAR)
    return next((each for each in near if each.get("itemprop", "") in names), None)


def _comment(
    element: "_Element", depth: int, *, author: str, date: str, link: str, points: str, body: "_Element"
) -> _Comment:
    """Return a comment whose parts are at some places in XPath."""

    def text(path: str) -> str:
        found = next(iter(element.xpath(path)), "")
        return found if isinstance(found, str) else text_in(found)

    return _Comment(
        min(depth, _DEEPEST), text(author), iso_date(text(date))[:10], text(link), text(points), body
    )


def _thread_article(bodies: "Sequence[_Element]", comments: Sequence[_Comment]) -> "_Element":
    """Return an article of a post and its comments, each as a quotation in that of the one that it answers."""
    from lxml import etree

    article = etree.Element("div")
    for body in bodies:
        article.append(body)
        body.tail = None
    if comments:
        if bodies:
            etree.SubElement(article, "hr")
        etree.SubElement(article, "h2").text = "Comments"
    around: list[_Element] = [article]
    for comment in comments:
        del around[comment.depth + 1 :]
        quotation = etree.SubElement(around[-1], "blockquote")
        around.append(quotation)
        head = etree.SubElement(quotation, "p")
        etree.SubElement(head, "strong").text = comment.author or "—"
        for part in _details(comment):
            _add_text(head, " · ")
            if isinstance(part, str):
                _add_text(head, part)
            else:
                head.append(part)
        body = etree.SubElement(quotation, "div")
        comment.body.tail = None
        body.append(comment.body)
    return article


def _details(comment: _Comment) -> "Iterator[_Element | str]":
    from lxml import etree

    if comment.date and comment.link:
        link = etree.Element("a", href=comment.link)
        link.text = comment.date
        yield link
    elif comment.date:
        yield comment.date
    if comment.points:
        yield comment.points


def _paragraph_with_link(address: str) -> "_Element":
    from lxml import etree

    paragraph = etree.Element("p")
    etree.SubElement(paragraph, "a", href=address).text = address
    return paragraph


def _add_link(parent: "_Element", link: "_Element") -> None:
    from lxml import etree

    etree.SubElement(parent, "a", href=link.get("href", "")).text = text_in(link)


def _add_text(parent: "_Element", text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _has_class(name: str) -> str:
    """Return the condition in XPath that an element has a class."""
    return f'contains(concat(" ", normalize-space(@class), " "), " {name} ")'


def _has(element: "_Element", name: str) -> bool:
    return name in element.get("class", "").split()


def _is_in(element: "_Element", outer: "_Element") -> bool:
    return any(each is outer for each in element.iterancestors("table"))
