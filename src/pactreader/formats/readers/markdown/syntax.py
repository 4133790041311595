"""Markdown's syntax: CommonMark with what GitHub, Obsidian and pandoc add, as rules of markdown-it."""

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline, backtick, escape, html_inline, image, link, newline
from markdown_it.rules_inline.state_inline import Scanned
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def

from pactreader.formats.readers.markdown.inline_rules import (
    CJK,
    SUBSCRIPT,
    SUPERSCRIPT,
    InlineRule,
    attributes_behind,
    autolink,
    mark,
    note,
    raised,
    span,
    tilde,
)

if TYPE_CHECKING:
    from markdown_it.token import Token
    from markdown_it.utils import EnvType

MAX_NESTING: Final = 60
"""The greatest depth of nesting that is parsed, that of thirty lists, which Python's stack allows. markdown-it leaves
out content that is nested deeper."""

_FORMULA: Final = re.compile(
    r"\$\$(?!\s*\$)(?:[^$\\]|\\.)+\$\$"
    r"|(?<![A-Za-z0-9_$])\$(?![\s$])(?:[^$\\]|\\.)*(?<!\s)\$(?!(?!(?:th|st|nd|rd|s)\b)[A-Za-z0-9_$])"
    r"|\\\((?:[^\\]|\\(?![()]).)+?\\\)"
    r"|\\\[(?:[^\\]|\\(?![\[\]]).)+?\\\]",
    re.DOTALL,
)
"""A formula in a paragraph. As in pandoc, there is no space inside of the dollars, and no digit follows: `$5 or $6`."""
_FORMULA_SIGN: Final = re.compile(r"\\[A-Za-z{}|,;!]|[\^_=<>+]|\A\\\(\s*[A-Za-z]\s*\\\)\Z")
"""Signs that a formula in brackets has, and a text whose brackets are only escaped does not have."""
_DISPLAYED: Final = re.compile(r"(?P<sign>\$\$|\\\[)|\\begin\{(?P<name>[A-Za-z]{1,30}\*?)\}")
"""The beginning of a formula that is a block."""
_CLOSERS: Final = {"$$": r"\$\$[ \t]*(?:\{#[^{}]*\}|\([^()$]*\))?\Z", "\\[": r"\\\]\Z"}
"""The end of such a formula, with the label that pandoc-crossref or MyST take."""

_MULTILINE_RULES: Final = {
    "newline": ("\n", newline),
    "escape": ("\\", escape),
    "backticks": ("`", backtick),
    "link": ("[", link),
    "image": ("!", image),
    "html_inline": ("<", html_inline),
}
"""Rules of markdown-it whose tokens may contain line ends, by their names there, with the first character of each."""


@cache
def markdown_parser() -> MarkdownIt:
    """Return the parser of Markdown.

    Beside CommonMark's tokens there are `formula` (inline, with its signs), `formula_block`, `mark`, `sup` and `sub`,
    `fenced_div` for each line of colons, and those of tables, strikethrough, footnotes and definition lists.
    `token.meta["end"]` is the offset behind an inline token that may contain line ends.
    """
    options = {"maxNesting": MAX_NESTING, "strikethrough_single_tilde": True}
    parser = MarkdownIt("zero", options)
    parser.inline = _InlineParser()
    parser.configure("commonmark", options).enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False, move_to_end=False).use(deflist_plugin)
    inline, block = parser.inline.ruler, parser.block.ruler
    inline.before("escape", "additions", _additions)
    inline.at("autolink", autolink)
    for name, (sign, rule) in _MULTILINE_RULES.items():
        inline.at(name, _with_end(sign, rule))
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    block.before("fence", "formula_block", _formula_block, interrupts)
    block.before("fence", "fenced_div", _fenced_div, interrupts)
    block.at("footnote_def", footnote_def, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    return parser


class _InlineState(StateInline):
    """The state of parsing a paragraph, in which signs of emphasis may stand between letters of East Asian scripts.

    CommonMark wants a space between such a sign and a letter if punctuation is on its other side, which these scripts
    do not write: `**注意：**请`. See https://github.com/tats-u/markdown-cjk-friendly.
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: FBT001, N802, N803 - markdown-it's names
        scanned = super().scanDelims(start, canSplitWord)
        last = self.src[start - 1] if start else " "
        end = start + scanned.length
        following = self.src[end] if end < self.posMax else " "
        after_cjk, before_cjk = bool(CJK.match(last)), bool(CJK.match(following))
        if not (after_cjk or before_cjk):
            return scanned
        opens = not isWhiteSpace(ord(following)) and (
            before_cjk or not _is_sign(following) or isWhiteSpace(ord(last)) or _is_sign(last) or after_cjk
        )
        closes = not isWhiteSpace(ord(last)) and (
            after_cjk
            or not _is_sign(last)
            or isWhiteSpace(ord(following))
            or _is_sign(following)
            or before_cjk
        )
        return Scanned(
            opens and (canSplitWord or not closes or _is_sign(last)),
            closes and (canSplitWord or not opens or _is_sign(following)),
            scanned.length,
        )


class _InlineParser(ParserInline):
    """The parser of paragraphs with that state."""

    def parse(self, src: str, md: MarkdownIt, env: "EnvType", tokens: "list[Token]") -> "list[Token]":
        state = _InlineState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _is_sign(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _with_end(sign: str, rule: InlineRule) -> InlineRule:
    """Return a rule that also notes the offset behind what it parsed, so that line ends can be counted."""

    def parse(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
        start = state.pos
        if state.src[start] != sign:
            return False
        found = rule(state, silent)
        if found and not silent and state.tokens:
            state.tokens[-1].meta["start"], state.tokens[-1].meta["end"] = start, state.pos
        return found

    return parse


def _formula(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Parse a formula in a paragraph. Its text has its signs too, so that nothing is lost if it is none."""
    if not (found := _FORMULA.match(state.src, state.pos, state.posMax)):
        return False
    written = found[0]
    if written[0] == "\\" and not _FORMULA_SIGN.search(
        written, 0 if len(written) < 8 else 2, len(written) - 2
    ):
        return False
    if not silent:
        token = state.push("formula", "code", 0)
        token.content = (
            f"${written[2:-2]}$" if written.startswith("$`") and written.endswith("`$") else written
        )
    state.pos = found.end()
    return True


_ADDITIONS: Final[dict[str, tuple[InlineRule, ...]]] = {
    "$": (_formula,),
    "\\": (_formula,),
    "=": (mark,),
    "^": (raised("sup", SUPERSCRIPT), note),
    "~": (raised("sub", SUBSCRIPT), tilde),
    "[": (span,),
    "{": (attributes_behind,),
}
"""The rules of what is added to CommonMark, by the character that they begin with, in order."""


def _additions(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Parse what is added to CommonMark, by one rule, as each costs time at every sign of a paragraph."""
    return any(rule(state, silent) for rule in _ADDITIONS.get(state.src[state.pos], ()))


def _formula_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001
    r"""Parse a formula that is a block: between `$$`, `\[` and `\]`, or `\begin{…}` and `\end{…}`."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if state.src[start : start + 1] not in {"$", "\\"}:
        return False
    found = _DISPLAYED.match(state.src, start, state.eMarks[start_line])
    if found is None or state.is_code_block(start_line):
        return False
    sign = found["sign"] or ""
    closer = re.compile(_CLOSERS[sign] if sign else rf"\\end\{{{re.escape(found['name'])}\}}\Z")
    last_line = _closing_line(state, start_line, end_line, found.end(), closer)
    if last_line is None:
        return False
    if silent:
        return True
    written = state.getLines(start_line, last_line + 1, state.sCount[start_line], False).strip()
    if sign:
        written = closer.sub("", written[len(sign) :])
    content = written.lstrip()
    token = state.push("formula_block", "code", 0)
    token.content = content.rstrip()
    token.map = [start_line + written.count("\n", 0, len(written) - len(content)), last_line + 1]
    state.line = last_line + 1
    return True


def _closing_line(
    state: StateBlock, start_line: int, end_line: int, start: int, closer: re.Pattern[str]
) -> int | None:
    """Return the line that a formula ends on; `None` if it has no end before the next blank line.

    Only a formula whose two `$$` stand on lines of their own may have blank lines. Lines that have been searched in vain
    are not searched again.
    """
    searched: dict[tuple[str, bool], int] = state.env.setdefault("unclosed_formulas", {})
    first = state.src[start : state.eMarks[start_line]].rstrip()
    may_have_blanks = not first and closer.pattern == _CLOSERS["$$"]
    kind = (closer.pattern, may_have_blanks)
    if start_line < searched.get(kind, 0):
        return None
    if closer.search(first):
        is_formula = first.strip() and (state.src[start - 1] == "$" or _FORMULA_SIGN.search(first[:-2]))
        return start_line if is_formula else None
    if "$$" in first and closer.pattern == _CLOSERS["$$"]:
        return None
    line = start_line + 1
    while line < end_line and (may_have_blanks or not state.isEmpty(line)):
        if not state.isEmpty(line) and state.sCount[line] < state.blkIndent:
            break
        written = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()
        if closer.match(written) if may_have_blanks else closer.search(written):
            return line
        line += 1
    searched[kind] = line
    return None


def _fenced_div(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:  # noqa: FBT001
    """Parse a line of three colons or more, with the name of the division that it begins, or nothing to end one."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(":::", start) or state.is_code_block(start_line):
        return False
    info = state.src[start : state.eMarks[start_line]].strip().strip(":").strip()
    if info and not (info[0].isalnum() or info[0] == "{"):
        return False
    if not silent:
        token = state.push("fenced_div", "div", 0)
        token.info = info
        token.map = [start_line, start_line + 1]
        state.line = start_line + 1
    return True
