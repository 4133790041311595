"""The command that shows the table of contents, in which a page can be typed too."""

from operator import itemgetter
from typing import TYPE_CHECKING, Final

from pactreader.core.article_outline import ContentsEntry, is_page
from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.core.search import fold, has_words
from pactreader.tui.keys.registry import Group, command

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pactreader.core.article import Article
    from pactreader.tui.context import Context
    from pactreader.tui.dialogs.chooser import Option

_PAGE: Final = lazy_pattern(r"(?:p|pages?)?\.?\s*(\S+)")
"""A page as the user types it: `12`, `p12`, `p. xii`, `page A-3`."""
_NOT_FOUND: Final = "Nothing is like that."
_NOT_READ: Final = "Nothing in what is read so far is like that."
"""The message about an article of which only the beginning is shown."""


@command(
    "contents",
    "c",
    "Contents…",
    group=Group.MOVE,
    short="contents",
    help="The contents of a book, or the headings, filtered as you type; p12 finds a page.",
    needs_notes=False,
)
async def contents(context: "Context") -> None:
    """Show the table of contents or, without one, the pages, and go to the chosen entry or page."""
    from pactreader.tui.dialogs.chooser import Chooser

    article = context.notebook.article
    pages = _pages_of(article)
    choices = _contents_of(article) or list(pages.values())
    if not choices:
        context.show_message("This article has no headings" + (" so far." if article.rest else "."))
        return
    searchable = [fold(choice.title) for choice in choices]

    def find(typed: str) -> "list[Option[int]]":
        phrase = fold(typed).strip()
        found = [
            (phrase not in title, choice)
            for choice, title in zip(choices, searchable, strict=True)
            if has_words(title, phrase.split())
        ]
        shown = [choice for _, choice in sorted(found, key=itemgetter(0))]
        written = _PAGE.fullmatch(phrase)
        page = pages.get(written[1]) if written else None
        return [*shown, page] if page and page not in shown else shown

    def go(offset: int) -> None:
        context.panes.jump_to(offset)
        if context.panes.in_notes:
            context.panes.focus_article()

    caret = context.panes.position.caret
    before = [(choice.value, index) for index, choice in enumerate(choices) if choice.value <= caret]
    _, current = max(before, default=(0, 0))
    placeholder = "type to find; p12 is a page" if pages else "type to find"
    await context.push_dialog(
        Chooser(
            "Contents",
            options=find,
            on_choose=go,
            current_index=current,
            empty_message=_NOT_READ if article.rest else _NOT_FOUND,
            placeholder=placeholder,
        )
    )


def _contents_of(article: "Article") -> "Sequence[Option[int]]":
    """Return the table of contents that came with an article, or else its headings."""
    from pactreader.tui.dialogs.chooser import Option

    entries = article.contents or [
        ContentsEntry(article.block_text(heading), heading.level, heading.start)
        for heading in article.headings
    ]
    outermost = min((entry.level for entry in entries), default=0)
    return [
        Option(offset, title, _place_of(article, offset), level - outermost)
        for title, level, offset in entries
    ]


def _pages_of(article: "Article") -> "Mapping[str, Option[int]]":
    """Return the pages of an article by their folded labels; none if there are not several."""
    from pactreader.tui.dialogs.chooser import Option

    pages: dict[str, Option[int]] = {}
    for offset, place in zip(*article.places, strict=True):
        if is_page(place):
            label = fold(place.partition(" ")[2])
            pages.setdefault(label, Option(offset, place, _percent(article, offset)))
    return pages if len(pages) > 1 else {}


def _place_of(article: "Article", offset: int) -> str:
    """Return the page at an offset of an article or, if it has no pages, the position in per cent."""
    place = article.places.at(offset)
    return place if is_page(place) else _percent(article, offset)


def _percent(article: "Article", offset: int) -> str:
    return f"{article.progress(offset) * 100:.0f} %"
