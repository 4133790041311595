"""The element of a page that has the article, by the text around it.

The idea is that of Mozilla Readability, https://github.com/mozilla/readability: paragraphs give their parents a score by
their length and their commas, links take it away, and neighbours that look alike belong to the article too.
"""

import heapq
import re
from collections.abc import Iterator, Sequence
from typing import Final

from pactreader.formats.readers.web_page.page_nodes import Node

_SCORED: Final = frozenset({"section", "h2", "h3", "h4", "h5", "h6", "p", "td", "pre"})
"""Elements that give a score to those around them."""
_SHORTEST: Final = 25
"""The length in code points from which an element gives one."""
_LEVELS: Final = 5
"""The number of elements around it that get it."""
_BY_NAME: Final = {
    "div": 5,
    **dict.fromkeys(("pre", "td", "blockquote"), 3),
    **dict.fromkeys(("address", "ol", "ul", "dl", "dd", "dt", "li", "form"), -3),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "th"), -5),
}
_TOP_CANDIDATES: Final = 5
_SIMILAR: Final = 0.75
"""The share of the best score from which a candidate is similar to the best one."""
_FEWEST_SIMILAR: Final = 3
"""The number of similar candidates from which what is around them is the article."""
_MOST: Final = 0.8
"""The share of the text of all articles in a page, or of its prose, from which an element has the page's article."""
_ENDS_SENTENCE: Final = re.compile(r"\.(?: |$)")


def score_candidates(nodes: Sequence[Node], *, weigh_names: bool) -> list[Node]:
    """Give the nodes of a page their scores, and return the best ones, best first."""
    candidates: list[Node] = []
    for node in nodes:
        if node.name in _SCORED and node.length >= _SHORTEST:
            points = 2 + node.commas + min(node.length // 100, 3)
            for level, around in enumerate(_around(node)):
                if around.score is None:
                    around.score = _BY_NAME.get(around.name, 0) + (around.weight if weigh_names else 0)
                    candidates.append(around)
                around.score += points / (1, 2, 6, 9, 12)[level]
    for node in candidates:
        node.score = (node.score or 0) * (1 - node.link_density)
    return heapq.nlargest(_TOP_CANDIDATES, candidates, key=lambda node: node.score or 0)


def best_candidate(candidates: Sequence[Node]) -> Node:
    """Return the node that has the article: the best candidate, or one around it that has more of the article."""
    best = _common(candidates)
    last = best.score or 0
    enough = last / 3
    around = best.parent
    while around and around.name not in {"body", "html", "#document"}:
        if around.score is not None:
            if around.score < enough:
                break
            if around.score > last:
                best = around
                break
            last = around.score
        around = around.parent
    while (around := best.parent) and around.name not in {"body", "html", "#document"}:
        if len(list(around.children)) != 1:
            break
        best = around
    return best


def marked_article(best: Node, nodes: Sequence[Node]) -> Node | None:
    """Return the element around a node that the page marks as its one article; `None` if there is none."""
    articles = [node for node in nodes if node.name == "article" and node.length >= _SHORTEST]
    around = next((each for each in (best, *_all_around(best)) if each.name == "article"), None)
    if around and (len(articles) == 1 or around.length > _MOST * sum(each.length for each in articles)):
        return around
    return None


def with_most_prose(best: Node, prose: int) -> Node:
    """Return the innermost node around another one that has most of the page's prose."""
    while best.parent and best.prose < _MOST * prose and best.parent.name not in {"html", "#document"}:
        best = best.parent
    return best


def with_neighbours(best: Node) -> list[Node]:
    """Return a node with its neighbours that belong to the article, in order."""
    if best.parent is None:
        return [best]
    score = best.score or 0
    threshold = max(10, score * 0.2)
    return [node for node in best.parent.children if node is best or _belongs(node, best, threshold)]


def _belongs(node: Node, best: Node, threshold: float) -> bool:
    same = best.element is not None and best.element.get("class", "")
    bonus = (
        (best.score or 0) * 0.2
        if same and node.element is not None and node.element.get("class") == same
        else 0
    )
    if node.score is not None and node.score + bonus >= threshold:
        return True
    if node.name != "p" or not node.length:
        return False
    if node.length > 80:
        return node.link_density < 0.25
    return not node.link_density and bool(_ENDS_SENTENCE.search(text_of(node)))


def _common(candidates: Sequence[Node]) -> Node:
    """Return the best candidate, or what is around it and at least three that are nearly as good."""
    best = candidates[0]
    similar = [
        {id(each) for each in _all_around(node)}
        for node in candidates[1:]
        if best.score and (node.score or 0) / best.score >= _SIMILAR
    ]
    if len(similar) >= _FEWEST_SIMILAR:
        for around in _all_around(best):
            if around.name in {"body", "html", "#document"}:
                break
            if sum(id(around) in each for each in similar) >= _FEWEST_SIMILAR:
                return around
    return best


def _around(node: Node) -> Iterator[Node]:
    around = node.parent
    for _ in range(_LEVELS):
        if around is None or around.name in {"html", "#document"}:
            return
        yield around
        around = around.parent


def _all_around(node: Node) -> Iterator[Node]:
    around = node.parent
    while around:
        yield around
        around = around.parent


def text_of(node: Node) -> str:
    """Return the text in a node."""
    texts: list[str] = []
    stack: list[Node | str] = [node]
    while stack:
        each = stack.pop()
        if isinstance(each, str):
            texts.append(each)
        else:
            stack += reversed(each.content)
    return " ".join("".join(texts).split())
