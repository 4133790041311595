"""Recognition of source code, commands and data among the lines of a plain text."""

import re
from collections.abc import Sequence
from math import ceil
from typing import Final

_MAX_LINE: Final = 400
"""The number of code points of a line that are examined, so that a file of one line costs no more than others."""
_MIN_SHARE: Final = 0.5
"""The share of lines with a sign of code from which lines are code."""

_WORDS: Final = r"""
      \.\.\.\ \S                                          # a prompt
    | (?:else|try|finally|do|begin|end);?:?$
    | (?:return|import|from|export|let|const|var|int|char|void|double|float|bool|unsigned)\ [\w.*]+(?:;|$|\ =|\ import)
    | (?:sudo|apt|apt-get|cd|git|make|pip|npm|cargo|docker|curl|wget|mkdir|chmod|tar|ls|cp|mv|rm|echo|ssh|gcc|export)[ ]
        (?=(?:\S+\ ){0,2}\S+$ | (?:.*\ )?[-./~$"'|>*] | .*\w[/.=:@]\w)  # few words or some with signs, unlike "make sure that"
        [-\w./~$"'=:@]+(?:\ [-\w./~$"'=:@|>*]+)*$            # commands
"""
"""A pattern of the beginnings of lines of code that may have no sign but those of prose."""
_WORDS_OF_CODE: Final = re.compile(_WORDS, re.VERBOSE)
_BEGINNING: Final = re.compile(
    rf"""
      [{{}}\[\]()]+[,;]?$
    | (?:\$|%|>>>|C:\\>|[\w.@~-]+[$\#])\ \S       # prompts
    | \#include|\#define|\#!|//|/\*|\*/|@\w+$|</?\w[^>]*>
    | (?:def|class|async\ def|func|fn|sub|function|public|private|static|struct|enum)\ [\w:]+\s*[({{:<]
    | (?:if|for|while|switch|elif|else\ if)\b.*[({{:]$
    | [\w.$\[\]"'][\w.$\[\]"'-]*\ ?(?:[-+*/|&:]?=|<-|=>)\ ?\S        # assignments
    | [\w.]+\([^()]*\)[;:{{]?$                            # calls
    | \.?/[\w./-]+(?:\ -|$) | "[\w-]+":\s               # paths and JSON
    | {_WORDS}
    """,
    re.VERBOSE,
)
"""The beginnings of lines of code."""
_ENDS: Final = ("{", "}", "\\", ");", "];", "};", '";', "';", "=;")
"""The ends of statements and blocks."""
_OPERATOR: Final = re.compile(
    r"[=!]=|&&|\|\||(?<=\w)::(?=\w)|\(\);|=>|(?<=\w)->(?=\w)|</\w|\$\{|(?<=[^\s<>])=[\"']"
)
_SIGN: Final = re.compile(r"[\"#$%&()*+/:;<=>@\[\\\]^`{|}~]")
"""A sign that a line of code has, unless it begins with words of code. Most lines of prose have none."""


DIFF_LINE: Final = re.compile(r"[ +\-@\\]|diff |index |Index: ")
"""The beginning of a line of a diff."""
_HUNK: Final = re.compile(r"@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@")


def diff_start(lines: Sequence[str]) -> int | None:
    """Return the index of the line with which a diff begins among some lines; `None` if there is none."""
    hunk = next((index for index, line in enumerate(lines) if line[:1] == "@" and _HUNK.match(line)), None)
    while hunk and lines[hunk - 1].startswith(
        ("--- ", "+++ ", "diff ", "index ", "Index: ", "====", "new file", "deleted file")
    ):
        hunk -= 1
    return hunk


def looks_like_code(lines: Sequence[str]) -> bool:
    """Return whether most lines have a sign of source code, a command or data."""
    needed = max(1, ceil(_MIN_SHARE * len(lines)))
    left = len(lines)
    for line in lines:
        needed -= _is_code(line[:_MAX_LINE].strip())
        left -= 1
        if not 0 < needed <= left:
            break
    return not needed


def _is_code(line: str) -> bool:
    if not _SIGN.search(line):
        return bool(_WORDS_OF_CODE.match(line))
    return line.endswith(_ENDS) or bool(_BEGINNING.match(line) or _OPERATOR.search(line))
