"""The reader of subtitles: cues joined to paragraphs, each with the time at which it begins.

SubRip has no specification; WebVTT's is https://www.w3.org/TR/webvtt1/
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.errors import UnreadableError
from pactreader.formats.decoding import decode
from pactreader.formats.language_detection import guess_language
from pactreader.formats.origin import Origin

_TIME: Final = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})"
_TIMING: Final = re.compile(rf"[ \t]*{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?")
_TAG: Final = re.compile(
    r"</?(?:[biucv]|font|ruby|rt|lang|\d\d:)[^<>]{0,200}>|\{\\[^{}\n]{0,80}\}", re.IGNORECASE
)
"""Tags of both formats, timestamps in a cue, and the positions that SubStation's editors leave: `{\\an8}`."""
_VOICE: Final = re.compile(r"<v(?:\.[^\s<>]{0,80})?[ \t]+([^<>\n]{1,80})>")
_SPEAKER: Final = re.compile(r"(?:-[ \t]?|–[ \t]?|>>[ \t]?)|[^\W\d_][^:\n]{0,30}:[ \t]")
"""The beginning of a line that another person speaks."""
_SENTENCE_END: Final = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*$")
_PAUSE: Final = 4.0
"""Seconds without a cue after which a paragraph ends, if its sentence does."""
_LONG: Final = 500
"""Code points from which a paragraph ends with its next sentence."""
_LONGEST: Final = 2_000
"""Code points from which a paragraph ends with its next cue, as subtitles may have no punctuation."""


class _Cue(NamedTuple):
    """A text on the screen for some seconds."""

    start: float
    end: float
    lines: tuple[str, ...]
    number: int
    """The line of the file, from 1, on which its text begins."""


def read_subtitles(data: bytes, origin: Origin) -> Article:
    """Read subtitles in SubRip or WebVTT.

    Raises:
        UnreadableError: It has no cues, or is not text.
    """
    decoded = decode(data, origin.name, origin.options.encoding)
    pieces = list(_paragraphs(list(_cues(decoded.text.split("\n")))))
    if not pieces:
        raise UnreadableError(
            f"{origin.name} has no subtitles in it.", "`--as code` shows the file line by line."
        )
    text = "\n".join(piece.text for piece in pieces)
    article = Article.assemble(
        pieces,
        title=origin.title,
        source=origin.source,
        language=origin.options.language or guess_language(text),
        warning=decoded.warning,
    )
    return article._replace(encoding=decoded.encoding)


def _cues(lines: list[str]) -> Iterator[_Cue]:
    """Yield the cues of a file in order. What stands between them, as numbers and comments, is left out."""
    index = 0
    while index < len(lines):
        timing = _TIMING.fullmatch(lines[index])
        index += 1
        if timing is None:
            continue
        first = index
        while index < len(lines) and lines[index].strip() and not _TIMING.fullmatch(lines[index]):
            index += 1
        if index < len(lines) and lines[index].strip() and lines[index - 1].strip().isdigit():
            index -= 1  # the number of the next cue, behind a blank line that is missing
        times = [int(part or 0) for part in timing.groups()]
        start, end = _seconds(*times[:4]), _seconds(*times[4:])
        texts = tuple(filter(None, map(_plain, lines[first:index])))
        if texts:
            yield _Cue(start, end, texts, first + 1)


def _seconds(hours: int, minutes: int, seconds: int, fraction: int) -> float:
    return hours * 3600 + minutes * 60 + seconds + fraction / 1000


def _plain(line: str) -> str:
    """Return a line of a cue without tags: `<v Ann>Well, <i>no</i>.` → `Ann: Well, no.`"""
    return " ".join(unescape(_TAG.sub("", _VOICE.sub(r"\1: ", line))).split())


def _paragraphs(cues: list[_Cue]) -> Iterator[Piece]:
    """Yield paragraphs of cues: each ends where another person speaks, at a pause, or when it is long."""
    text, started, lines = "", 0.0, list[tuple[int, int]]()
    ended, last = 0.0, ""
    for cue in cues:
        if cue.lines == (last,):  # a cue that is shown on, as captions made by machines are
            ended = cue.end
            continue
        for offset, line in enumerate(cue.lines):
            ends = _SENTENCE_END.search(text) and (len(text) > _LONG or cue.start - ended > _PAUSE)
            if text and (ends or len(text) > _LONGEST or _SPEAKER.match(line)):
                yield _paragraph(text, started, lines)
                text, lines = "", []
            if not text:
                started = cue.start
            lines.append((len(text) + bool(text), cue.number + offset))
            text = f"{text} {line}" if text else line
        ended, last = cue.end, cue.lines[-1]
    if text:
        yield _paragraph(text, started, lines)


def _paragraph(text: str, seconds: float, lines: list[tuple[int, int]]) -> Piece:
    minutes, second = divmod(int(seconds), 60)
    time = f"{minutes // 60}:{minutes % 60:02}:{second:02}"
    return Piece(BlockKind.LIST_ITEM, text, 1, time, lines=tuple(lines), places=((0, time),))
