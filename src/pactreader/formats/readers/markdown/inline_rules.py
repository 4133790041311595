"""Rules of markdown-it for the inline syntax that pandoc, GitHub and Obsidian add."""

import re
from collections.abc import Callable
from typing import Final

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import autolink as commonmark_autolink

CJK: Final = re.compile(
    "[\u1100-\u11ff\u2e80-\u303f\u3040-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
"""Characters of scripts that put no spaces between words, so that none stands beside the signs of emphasis."""

_MARK: Final = re.compile(r"==(?![\s=])(?P<text>(?:[^=`]++|`(?:[^=`]|=(?!=))*+`|=(?!=))++)(?<!\s)==(?!=)")
"""Marked text, whose signs are not in code."""
SUPERSCRIPT: Final = re.compile(
    r"(?:(?<=[\w)\]}*~$`.,;:!?%°\"'”’])|(?<![^\s(])(?=\^[0-9]+\^[A-Z]))"
    r"\^(?!_*\^)(?P<text>(?:[^\s^\\\[]|\\.){1,40})\^"
)
"""A superscript behind a word, its styles or its punctuation, or before the sign of a chemical element: `^14^C`."""
SUBSCRIPT: Final = re.compile(
    rf"(?<=[\w)\]}}*^$`])(?!(?<=[0-9])~[0-9])~(?P<text>(?:(?!{CJK.pattern})[^\s~\\]|\\.){{1,40}})~(?!~)"
)
"""A subscript. Between two numbers, the sign says from where to where: `3~5`."""
_MAX_STRUCK: Final = 40
"""The greatest length in code points of a part of a word that is struck by single tildes."""
_NOTE: Final = re.compile(r"\^(?=\[[^\s\[\]]++\s(?:[^\[\]]++|\[[^\[\]]*+\])*+\])")
"""The sign of a note in a paragraph, `^[like this]`, which has more than one word, unlike `x^[2]`."""
ATTRIBUTES: Final = (
    r"\{:?[ \t]*(?P<all>(?:[#.][^\s{}]+|-|=\w+|[\w-]+=(?:\"[^\"{}]*\"|[^\s{}\"]+))"
    r"(?:[ \t]+(?:[#.][^\s{}]+|[\w-]+=(?:\"[^\"{}]*\"|[^\s{}\"]+)))*)[ \t]*\}"
)
"""Attributes, as in pandoc and kramdown: `{#id .class key=value}`."""
_ATTRIBUTES: Final = re.compile(ATTRIBUTES)
_SPAN: Final = re.compile(rf"\[(?P<text>(?:[^\[\]]++|\[[^\[\]]*+\])*+)\]{ATTRIBUTES}")
"""A text with attributes, `[text]{#id}`."""
_WITH_ATTRIBUTES: Final = frozenset({"link_close", "image", "code_inline"})
"""The types of tokens that attributes stand behind."""
_NO_ADDRESS: Final = re.compile(
    r"<(?:(?!(?:about|callto|data|doi|geo|isbn|javascript|magnet|mailto|news|sips?|skype|sms|tel|urn|xmpp):)"
    r"[a-z]+:(?::[^<>\n]*|[a-z_][\w-]*)|[^\s<>@:]+@[^\s<>@.]+)>",
    re.IGNORECASE,
)
"""The text that CommonMark takes for an address but is a placeholder or a part of code: `<host:port>`, `<std::string>`."""
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~ ])")

InlineRule = Callable[[StateInline, bool], bool]


def mark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Parse marked text, `==as this==`."""
    if not (found := _MARK.match(state.src, state.pos, state.posMax)):
        return False
    if state.pos and state.src[state.pos - 1] == "=":
        return False
    if not silent:
        end = state.posMax
        state.pos, state.posMax = found.span("text")
        state.push("mark_open", "mark", 1)
        state.md.inline.tokenize(state)
        state.push("mark_close", "mark", -1)
        state.posMax = end
    state.pos = found.end()
    return True


def raised(name: str, pattern: re.Pattern[str]) -> InlineRule:
    """Return the rule for pandoc's superscripts, `2^10^`, or subscripts, `H~2~O`."""

    def parse(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        if not (found := pattern.match(state.src, state.pos, state.posMax)):
            return False
        if not silent:
            token = state.push(name, name, 0)
            token.content = _ESCAPE.sub(r"\1", found["text"])
        state.pos = found.end()
        return True

    return parse


def tilde(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Parse a tilde inside of a word that strikes nothing out, as in `5~10`, for text."""
    source, position = state.src, state.pos
    if not 0 < position < state.posMax - 1:
        return False
    before, following = source[position - 1], source[position + 1]
    if not (before.isalnum() and following.isalnum()):
        return False
    if not (before.isdigit() and following.isdigit()):
        last = source.rfind("~", max(0, position - _MAX_STRUCK), position)
        following_one = source.find("~", position + 1, position + 1 + _MAX_STRUCK)
        if last >= 0 and source[last + 1 : position].isalnum():
            return False
        if following_one >= 0 and source[position + 1 : following_one].isalnum():
            return False
    if not silent:
        state.pending += "~"
    state.pos += 1
    return True


def note(state: StateInline, silent: bool) -> bool:  # noqa: ARG001, FBT001
    """Leave out the sign before a note in a paragraph, whose brackets stay."""
    if not _NOTE.match(state.src, state.pos, state.posMax):
        return False
    state.pos += 1
    return True


def span(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Parse a text with attributes, of which the names that links lead to are noted."""
    if not (found := _SPAN.match(state.src, state.pos, state.posMax)):
        return False
    if not silent:
        end = state.posMax
        state.pos, state.posMax = found.span("text")
        state.push("span_open", "span", 1).meta["anchors"] = anchors_in(found["all"])
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
        state.posMax = end
    state.pos = found.end()
    return True


def attributes_behind(state: StateInline, silent: bool) -> bool:  # noqa: ARG001, FBT001
    """Leave out attributes behind a link, a picture or code."""
    if state.pending or not state.tokens:
        return False
    if state.tokens[-1].type not in _WITH_ATTRIBUTES:
        return False
    found = _ATTRIBUTES.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    state.pos = found.end()
    return True


def anchors_in(attributes: str) -> list[str]:
    """Return the names in attributes: `#id .class` → `["id"]`."""
    return [each[1:] for each in attributes.split() if each.startswith("#")]


def autolink(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Parse an address in angle brackets as CommonMark does, but no placeholder that looks like one."""
    if state.src[state.pos] != "<" or _NO_ADDRESS.match(state.src, state.pos, state.posMax):
        return False
    return commonmark_autolink(state, silent)
