"""The inline markup of reStructuredText, with the roles of Sphinx as they look in a text."""

import re
from collections.abc import Callable
from typing import Any, Final

from docutils import nodes
from docutils.parsers.rst import roles
from docutils.parsers.rst.states import Inliner

_TITLE: Final = re.compile(r"(?s)(?P<title>\S.*?)\s*<[^<>]*>\Z")
"""The text of a role with its target: `the start <intro>`."""
_LONG_WORD: Final = re.compile(r"\S{500}")
"""A word for which docutils takes too long to see that it is no address, as it takes the square of its length."""
_SIGNS: Final = re.compile(r"[*`|_\[\]<>:@/]")
_MOST_SIGNS: Final = 1_000
"""The number of signs of inline markup in a paragraph up to which it is parsed, as docutils takes the square of it."""
_OF_TEXT: Final = frozenset(
    """
    abbr any dfn doc download eq footcite guilabel index issue keyword menuselection numref ref sectref strong
    term title
    """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
)
"""The roles of Sphinx whose text is no code."""
_CALLED: Final = frozenset({"func", "meth"})
"""The roles of what is called, which Sphinx shows with brackets behind it."""


def sphinx_inliner(check_time: Callable[[], None]) -> Inliner:
    """Return a parser of inline markup that shows the text of roles that docutils does not know.

    Args:
        check_time: A function that raises an error when the time for parsing is over.
    """
    inliner = Inliner()  # it finds its rules in its own class, and must not be subclassed
    parse, interpret = inliner.parse, inliner.interpreted

    def parse_in_time(text: str, *arguments: Any) -> Any:
        check_time()
        if _LONG_WORD.search(text) or len(_SIGNS.findall(text)) > _MOST_SIGNS:
            return [nodes.Text(nodes.unescape(text))], []
        return parse(text, *arguments)

    def interpret_any(source: str, text: str, role: str, line: int) -> Any:
        check_time()
        known, _ = roles.role(role, inliner.language, line, inliner.reporter)
        if known and role != "raw":
            return interpret(source, text, role, line)
        return [_node_of_role(role.lower().rpartition(":")[2], nodes.unescape(text), source)], []

    inliner.parse, inliner.interpreted = parse_in_time, interpret_any
    return inliner


def _node_of_role(role: str, text: str, source: str) -> nodes.Node:
    titled = _TITLE.match(text)
    shown = titled["title"] if titled else text.lstrip("!")
    if role in _OF_TEXT:
        return nodes.inline(source, shown)
    if not titled and shown.startswith("~"):
        shown = shown[1:].rpartition(".")[2]
    if not titled and role in _CALLED and not shown.endswith(")"):
        shown += "()"
    return nodes.literal(source, shown)
