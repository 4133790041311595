"""Recognition of headings: underlined ones, chapters, numbered ones, and lines in capitals."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.formats.readers.hard_wraps import cells
from pactreader.formats.readers.list_markers import roman_numeral

MAX_HEADING: Final = 90
"""The greatest length of a heading in code points that nothing but its look shows to be one."""
MAX_LEVEL: Final = 6
_MAX_TITLED: Final = 24
"""The length in code points below which a line may be one of `_TITLED`."""
_MIN_CENTRED: Final = 8
"""The least indent of a centred heading in columns."""

_SENTENCE_ENDS: Final = (".", ";", ",", ":", "。", "；", "，", "：", "、", "؟", "۔", "।")
_CLOSERS: Final = "\"'”’»」』）)]"

_ADORNMENT: Final = lazy_pattern(r"([=~^\"'`#*+.:_-])\1{2,}[ \t]*")
"""A line below or above a heading, after reStructuredText."""
_SETEXT: Final = "=-"
"""The signs that underline headings of any length, as in Markdown."""
_RULE_SIGNS: Final = "-*_=~#"
_RULE: Final = lazy_pattern(rf"([{_RULE_SIGNS}])(?:[ \t]*\1){{2,}}|\*")

_ORDINAL: Final = r"(?:\d{1,3}|[IVXLCDM]{1,8}|[ivxlcdm]{1,8}|[A-Z])"
_NUMBER_WORD: Final = (
    "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|(?:twenty|thirty|forty|fifty)(?:-\\w+)?|the\\s\\w+|first|second|third|last"
    "|eins|zwei|drei|premier|première|primero|primera|primo|prima|первая|вторая|третья)"
)
_PARTS: Final = (
    "part|book|volume|teil|buch|band|partie|livre|tome|parte|libro|livro|deel|boek|часть|книга|том|частина"
)
_CHAPTERS: Final = (
    "chapter|appendix|annex|letter|canto|act|stave|lecture|kapitel|anhang|brief|chapitre|annexe|acte|capítulo"
    "|apéndice|anexo|capitolo|appendice|atto|hoofdstuk|bijlage|rozdział|kapitola|fejezet|luku|capitolul|bölüm"
    "|глава|приложение|розділ|додаток|κεφάλαιο|الفصل|פרק"
)
_SECTIONS: Final = (
    "section|scene|abschnitt|szene|scène|sección|seção|sezione|scena|раздел|параграф"
    "|article|artikel|artículo|artigo|articolo|art\\.|статья|стаття"
)
_NAMED: Final = lazy_pattern(
    rf"(?i:(?P<part>{_PARTS})|(?P<chapter>{_CHAPTERS})|(?P<section>{_SECTIONS}))\s+"
    rf"(?i:(?:no\.?|nr\.?|n°|№)\s*)?(?:{_ORDINAL}|(?i:{_NUMBER_WORD}))\b"
    r"(?P<rest>(?:\s*[.:)\]—–-]+|\s+[—–-]+)?(?:\s+\S.*)?)"
)
_PARAGRAPH: Final = lazy_pattern(r"(?P<section>§{1,2})\s?\d{1,4}[a-z]?(?P<rest>\.?(?:\s+\S.*)?)")
"""A paragraph of a law: `§ 3 Geltungsbereich`."""
_NAMED_CASELESS: Final = lazy_pattern(
    r"(?:(?P<part>الباب|القسم|الجزء|חלק|भाग|खंड|ภาค)|(?P<chapter>الفصل|פרק|अध्याय|परिच्छेद|บทที่|ตอนที่))"
    r"\s?[\w\u0900-\u0963'\"׳״]{1,14}(?P<rest>\s?[:：.–-]?(?:\s+\S.*)?)"
)
_HAN_NUMBER: Final = "[0-9０-９〇零一二三四五六七八九十百千两兩廿]{1,7}"
_NAMED_HAN: Final = lazy_pattern(
    rf"(?:第{_HAN_NUMBER}(?:(?P<part>[卷部編编篇冊册集])|(?P<chapter>[章回話话講讲])|(?P<section>[节節幕]))"
    rf"|제\s?\d{{1,3}}\s?(?P<korean>[장부편절]))(?:[\s:：、.—–-]+\S.*)?"
)
_NUMERAL_ALONE: Final = lazy_pattern(
    r"(?=[IVXLC])X{0,4}(?:L?X{0,3}|XL|XC)?(?:IX|IV|V?I{0,3})\.?|[一二三四五六七八九十]{1,3}"
)
"""A Roman or Han numeral alone, as chapters of novels have."""
_TITLED: Final = frozenset(
    """
    abstract acknowledgements acknowledgments afterword appendix bibliography conclusion conclusions contents
    epilogue foreword glossary index introduction preface prologue references summary
    anhang danksagung einleitung inhalt inhaltsverzeichnis literaturverzeichnis nachwort vorwort zusammenfassung
    bibliographie préface résumé sommaire índice prólogo epílogo introducción introdução indice prefazione
    введение заключение оглавление предисловие послесловие содержание эпилог пролог
    前言 序 序言 序章 引言 目录 目錄 目次 后记 後記 附录 附錄 まえがき あとがき はじめに おわりに 머리말 차례 서문
    """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
)
"""Headings that books and papers have, in small letters."""
_DECORATED: Final = lazy_pattern(
    r"(?P<signs>={2,30}|#{2,30}|-{3,30}|\*{3,30}|~{3,30})[ \t]+(?P<words>\S.*?)[ \t]+(?P=signs)"
)
"""A heading between signs: `==== Usage ====`."""
_NUMBERED: Final = lazy_pattern(
    r"(?P<number>\d{1,3}(?:\.\d{1,3}){0,5}|[A-Z](?:\.\d{1,3}){1,5})(?P<dot>[.)]?)[ \t]+(?=[^\W\d_]|[\"'“‘«(`\d])(?P<words>.+)"
)


_ROMAN: Final = tuple(map(roman_numeral, range(1, 21)))
"""The Roman numerals up to 20, in order."""


_LETTER_ORDERS: Final = ("가나다라마바사아자차카타파하", "أبجدهوزحطي", "абвгдежзиклмн")
"""The orders of letters as lists are numbered by them, where it is not that of Unicode: those left out are not used."""


class UnderlinedHeading(NamedTuple):
    """A heading that is underlined, and perhaps overlined too."""

    line: int
    """The index of the line with its words."""
    end: int
    """The number of lines that it takes."""
    style: str
    """The sign of the lines, twice if it is overlined."""


def underlined_heading(lines: Sequence[str]) -> UnderlinedHeading | None:
    """Return the underlined heading that some lines begin with."""
    if len(lines) > 2 and _is_adornment(lines[0]) and lines[2].rstrip() == lines[0].rstrip():
        words = lines[1].strip()
        if words and not _ADORNMENT.fullmatch(words) and cells(words) <= len(lines[0].rstrip()) + 2:
            return UnderlinedHeading(1, 3, lines[0][0] * 2)
    if len(lines) > 1 and _is_centred_adornment(lines[0], lines[1]):
        return UnderlinedHeading(0, 2, lines[1].strip()[0])
    if len(lines) > 1 and _is_adornment(lines[1]) and not lines[0][:1].isspace():
        words, sign = lines[0].strip(), lines[1][0]
        long_enough = sign in _SETEXT or cells(words) - 2 <= len(lines[1].rstrip())
        if long_enough and any(map(str.isalnum, words)) and not is_rule(words):
            return UnderlinedHeading(0, 2, sign)
    return None


def is_rule(line: str) -> bool:
    """Return whether a line is nothing but a rule."""
    words = line.strip()
    return words[:1] in _RULE_SIGNS and bool(_RULE.fullmatch(words))


def _is_adornment(line: str) -> bool:
    return not line[:1].isalnum() and bool(_ADORNMENT.fullmatch(line))


def _is_centred_adornment(heading: str, line: str) -> bool:
    """Return whether a line underlines a heading in the middle of the page."""
    words, signs = heading.strip(), line.strip()
    start = len(heading) - len(heading.lstrip(" "))
    return (
        start >= _MIN_CENTRED
        and abs(len(line) - len(line.lstrip(" ")) - start) <= 2
        and abs(cells(words) - len(signs)) <= 4
        and _is_adornment(signs)
        and any(map(str.isalnum, words))
    )


class Underlines:
    """The levels of underlined headings: by the order in which their signs occur, as in reStructuredText."""

    def __init__(self) -> None:
        self._levels: dict[str, int] = {}

    def level(self, style: str) -> int:
        """Return the level of a sign. A first `-` is of level 2, as in Markdown."""
        lowest = 2 if style == "-" else 1
        return self._levels.setdefault(
            style, min(MAX_LEVEL, max(lowest, 1 + max(self._levels.values(), default=0)))
        )


def ends_sentence(line: str) -> bool:
    """Return whether a line ends with a sign that no heading ends with: a full stop, a comma, a colon."""
    return line.rstrip().rstrip(_CLOSERS).endswith(_SENTENCE_ENDS)


def named_level(line: str) -> int:
    """Return the level of a heading that begins with its kind: `CHAPTER II. The Storm`, `第三回`; 0 for other lines.

    Parts and chapters are of level 2, sections of level 3.
    """
    if len(line) > MAX_HEADING:
        return 0
    if _NUMERAL_ALONE.fullmatch(line) or (len(line) < _MAX_TITLED and line.lower() in _TITLED):
        return 2
    found = (
        _NAMED.fullmatch(line)
        or _NAMED_HAN.fullmatch(line)
        or _PARAGRAPH.fullmatch(line)
        or _NAMED_CASELESS.fullmatch(line)
    )
    if not found or line[0].islower():
        return 0
    words = found.groupdict()
    if words.get("rest", "").rstrip(".: ") and ends_sentence(line) and not line.isupper():
        return 0  # "Chapter 3 describes the storm."
    return 3 if words.get("section") else 2


def undecorated(line: str) -> str:
    """Return the words of a heading between signs; empty for other lines."""
    found = _DECORATED.fullmatch(line) if len(line) <= MAX_HEADING else None
    return found["words"] if found and any(map(str.isalpha, found["words"])) else ""


def is_capitals(line: str) -> bool:
    """Return whether a line may be a heading in capitals."""
    if not 3 <= len(line) <= MAX_HEADING or not line.isupper() or ends_sentence(line):
        return False
    letters = sum(map(str.isalpha, line))
    return letters >= 3 and letters > len(line) / 2 and line[0] not in "<[({|\"'“«"


class Number(NamedTuple):
    """The number of a heading or a list item."""

    path: tuple[str, ...]
    """Its parts: `1.2` → `("1", "2")`."""

    def is_followed_by(self, other: "Number | None") -> bool:
        """Return whether another number is the next one of the same depth."""
        if other is None or other.path[:-1] != self.path[:-1]:
            return False
        following = _values(other.path[-1])
        return any(
            kind == other_kind and value + 1 == other_value
            for kind, value in _values(self.path[-1])
            for other_kind, other_value in following
        )


def _values(part: str) -> list[tuple[str, int]]:
    """Return the values that a part of a number may have, each with its kind: `i` is a letter and a Roman numeral."""
    if part.isdecimal():
        return [("digits", int(part))]
    letter = part.lower()
    values = [("letter", ord(letter))] if len(part) == 1 else []
    values += [("letter", order.index(letter)) for order in _LETTER_ORDERS if letter in order]
    if part.lower() in _ROMAN:
        values.append(("roman", _ROMAN.index(part.lower())))
    return values


def heading_number(line: str) -> Number | None:
    """Return the number of a line that may be a numbered heading: short, and no sentence."""
    found = _NUMBERED.fullmatch(line) if len(line) <= MAX_HEADING else None
    if not found or ends_sentence(found["words"]):
        return None
    words = found["words"]
    if words[0].islower() and not found["dot"]:
        return None
    return Number(tuple(found["number"].split(".")))
