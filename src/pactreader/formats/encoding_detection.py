"""Detection of the encoding of a text that is not UTF-8.

charset-normalizer says in which encodings a text can be read, and how disorderly it looks in each. It does not tell
`è` of Windows-1252 from `č` of Windows-1250, which are the same byte: for that, the letters of the text are compared
with those that languages write, by their frequency, and its words with their function words.
"""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from math import log
from typing import Final, NamedTuple


class _SingleByte(NamedTuple):
    """An encoding of one byte a character."""

    codec: str
    """Its name in Python."""
    name: str
    """Its name for the user, which Python understands too."""
    handicap: float = 0.0
    """The amount by which the log-likelihood of a text must be better in it than in Windows-1252, as it is rarer."""


class _EastAsian(NamedTuple):
    """An encoding of several bytes a character."""

    codec: str
    """Its name in Python."""
    name: str
    """Its name for the user, which Python understands too."""
    frequent: tuple[str, ...]
    """The tables of charset-normalizer with the most frequent characters of its language."""
    common: range
    """The first bytes of the characters that its standard put first as they are common."""


_EAST_ASIAN: Final = (
    _EastAsian("cp949", "EUC-KR", ("Korean",), range(0xB0, 0xC9)),
    _EastAsian("cp932", "Shift JIS", ("Japanese——", "Japanese—", "Japanese"), range(0x88, 0x98)),
    _EastAsian("euc_jp", "EUC-JP", ("Japanese——", "Japanese—", "Japanese"), range(0xB0, 0xD0)),
    _EastAsian("gb18030", "GB18030", ("Chinese",), range(0xB0, 0xD8)),
    _EastAsian("big5", "Big5", ("Chinese",), range(0xA4, 0xC7)),
)
_SINGLE_BYTE: Final = (
    _SingleByte("cp1252", "Windows-1252"),
    _SingleByte("cp1250", "Windows-1250", handicap=1),
    _SingleByte("cp1251", "Windows-1251", handicap=1),
    _SingleByte("cp1253", "Windows-1253", handicap=1),
    _SingleByte("cp1254", "Windows-1254", handicap=1),
    _SingleByte("cp1255", "Windows-1255", handicap=1),
    _SingleByte("cp1256", "Windows-1256", handicap=1),
    _SingleByte("cp1257", "Windows-1257", handicap=1),
    _SingleByte("cp1258", "Windows-1258", handicap=3),
    _SingleByte("cp874", "CP874", handicap=3),
    _SingleByte("iso8859_2", "ISO-8859-2", handicap=3),
    _SingleByte("iso8859_5", "ISO-8859-5", handicap=4),
    _SingleByte("iso8859_6", "ISO-8859-6", handicap=4),
    _SingleByte("iso8859_7", "ISO-8859-7", handicap=3),
    _SingleByte("iso8859_15", "ISO-8859-15", handicap=3),
    _SingleByte("koi8_r", "KOI8-R", handicap=3),
    _SingleByte("koi8_u", "KOI8-U", handicap=3),
    _SingleByte("cp866", "CP866", handicap=4),
    _SingleByte("mac_roman", "Macintosh", handicap=7),
    _SingleByte("cp850", "CP850", handicap=7),
    _SingleByte("cp852", "CP852", handicap=7),
)
"""The encodings of one byte a character. One that is contained in another one, as ISO-8859-1 in Windows-1252, is not
among them."""

_LATIN: Final = (
    *(("de", "üäöß"), ("fr", "éèàêçùâîôûëïœ"), ("es", "óíáéñúü"), ("pt", "ãçáéóíêâõàúô"), ("it", "èàùòéìî")),
    *(("nl", "éëïèöüà"), ("sv", "äåöé"), ("fi", "äöåé"), ("da", "åøæéöü"), ("no", "åøæéöü")),
    *(
        ("is", "áíðéúóöæþý"),
        ("ca", "àéèíòçóúïü"),
        ("et", "äõüöšž"),
        ("lv", "āīēšņūļžģķčōŗ"),
        ("lt", "ėšąžųįčęū"),
    ),
    *(("pl", "łąężóśćńź"), ("cs", "íáéěčžřšýůúňóďť"), ("sk", "áíéčýžšúľťňôďóäĺŕ"), ("hu", "áéöóőíüúű")),
    *(("ro", "ăţîşâ"), ("ro", "ățîșâ"), ("hr", "čšžćđ"), ("sl", "čšž"), ("sq", "ëç"), ("tr", "ıüşöğçâî")),
    (
        "vi",
        "đàáạảãăâếêềểễệơờớợưừứựôốồộ\u0300\u0301\u0303\u0309\u0323",
    ),  # Windows-1258 has tones by themselves
)
"""The letters beyond ASCII of languages in Latin script, the most frequent first. charset-normalizer has only those of
the 26 most frequent ones of each language, in which `š`, `ź` or `ů` is missing."""
_OTHER_SCRIPTS: Final = (
    *("Russian", "Ukrainian", "Bulgarian", "Serbian", "Kazakh"),
    *("Greek", "Hebrew", "Arabic", "Farsi", "Thai"),
)
"""The languages whose letters are in a table of charset-normalizer."""

_SIGNS: Final = frozenset("“”‘’„‚«»‹›–—…·•¿¡°§©®€£№×±½µ\u00a0")
"""The signs that are found in texts of any language."""
_ODD_PAIR: Final = (
    r"(?=[^\0-\x7f]|.[^\0-\x7f])(?:"
    r"\p{Latin}[\p{Greek}\p{Cyrillic}\p{Hebrew}\p{Arabic}\p{Thai}]"
    r"|[\p{Greek}\p{Cyrillic}\p{Hebrew}\p{Arabic}\p{Thai}]\p{Latin}"
    r"|\p{Ll}\p{Lu}"
    r"|\p{L}[„‚¿¡]|\p{L}[“‘«»‹›…•°§©®€£№×±½ˆ˜](?=\p{L}))"
)
"""A pair of characters that is not found in words: letters of two scripts, a capital after a small letter, or a sign."""

_SIGN: Final = log(0.2)
"""The log-likelihood of one of these signs."""
_UNEXPECTED: Final = log(0.0001)
"""The log-likelihood of a letter that the language does not write, and of another sign."""
_FUNCTION_WORD: Final = 3.0
"""The log-likelihood that a function word which one language alone has is worth."""
_DISORDER: Final = 2.0
"""The log-likelihood a character that charset-normalizer's measure of disorder, from 0 to 1, weighs as much as."""
_LEAST_LIKELIHOOD: Final = -8.5
"""The log-likelihood a byte below which a text is in no encoding that is known. Right ones are above -6."""

_FREQUENT_SHARE: Final = 0.5
"""The share of an East Asian text that the characters in charset-normalizer's tables are taken to have."""
_COMMON: Final = log(0.0001)
"""The log-likelihood of one of some three thousand other common characters."""
_PUNCTUATION: Final = log(0.03)
_RARE: Final = log(0.000001)
"""The log-likelihood of an East Asian character that is not common, and of bytes that are no character."""
_EAST_ASIAN_PUNCTUATION: Final = frozenset("，。、；：？！「」『』（）《》“”‘’…·　—")

_ASCII: Final = bytes(range(128))
_NON_ASCII: Final = re.compile(rb"[\x80-\xff]+(?:[\x00-\x7f]{1,24}[\x80-\xff]+)*")
_CONTEXT: Final = 24
"""The number of bytes on each side of those that are not ASCII that are looked at."""
_SAMPLE_SIZE: Final = 16_384
"""The number of bytes that are looked at."""


class DetectedEncoding(NamedTuple):
    """An encoding that a text is most likely in."""

    codec: str
    """Its name in Python."""
    name: str
    """Its name for the user."""


def detect_encoding(data: bytes) -> DetectedEncoding | None:
    """Return the most likely encoding of a text that is not UTF-8; `None` if it is in none that is known.

    Not every byte of the text need be valid in it.
    """
    sample = _sample(data)
    disorder = _disorder(sample)
    best, found = _LEAST_LIKELIHOOD * len(sample.translate(None, _ASCII)), None
    for candidate in (*_EAST_ASIAN, *_SINGLE_BYTE):
        text = sample.decode(candidate.codec, "replace")
        if isinstance(candidate, _EastAsian):
            likelihood = _east_asian_likelihood(text, candidate)
        elif candidate.codec in disorder:
            likelihood = _likelihood(text, disorder[candidate.codec]) - candidate.handicap
        else:
            continue
        if likelihood > best:
            best, found = likelihood, DetectedEncoding(candidate.codec, candidate.name)
    return found


def _east_asian_likelihood(text: str, encoding: _EastAsian) -> float:
    """Return the log-likelihood of the characters of a text other than ASCII in an East Asian encoding."""
    table = _frequent_characters(encoding)
    return sum(
        count * (table.get(character) or _character_likelihood(character, encoding))
        for character, count in Counter(_beyond_ascii(text)).items()
    )


def _character_likelihood(character: str, encoding: _EastAsian) -> float:
    if character in _EAST_ASIAN_PUNCTUATION:
        return _PUNCTUATION
    encoded = character.encode(encoding.codec, "ignore")
    return _COMMON if len(encoded) == 2 and encoded[0] in encoding.common else _RARE


@cache
def _frequent_characters(encoding: _EastAsian) -> Mapping[str, float]:
    """Return the log-likelihoods of the most frequent characters of an encoding's language."""
    from charset_normalizer.constant import FREQUENCIES

    characters = "".join(character for name in encoding.frequent for character in FREQUENCIES[name])
    return {
        character: likelihood + log(_FREQUENT_SHARE)
        for character, likelihood in _letter_table(characters).items()
    }


def _disorder(sample: bytes) -> dict[str, float]:
    """Return charset-normalizer's measure of disorder for each encoding in which a sample can be read, from 0 to 1."""
    from charset_normalizer import from_bytes

    matches = from_bytes(
        sample,
        cp_isolation=[encoding.codec for encoding in _SINGLE_BYTE],
        threshold=1.0,
        preemptive_behaviour=False,
        enable_fallback=False,
    )
    return {codec: match.chaos for match in matches for codec in match.could_be_from_charset}


def _likelihood(text: str, disorder: float) -> float:
    """Return the log-likelihood of the characters other than ASCII, in the language in which it is greatest."""
    from regex import findall

    from pactreader.core.function_words import scores

    characters = _beyond_ascii(text)
    letters = Counter(character.lower()[0] for character in characters if _is_letter(character))
    words = scores(Counter(findall(r"\w+", text.lower())))
    likelihood = max(
        sum(count * table.get(letter, _UNEXPECTED) for letter, count in letters.items())
        + _FUNCTION_WORD * words.get(language, 0.0)
        for language, table in _letter_tables()
    )
    signs = [character for character in characters if not _is_letter(character)]
    likelihood += sum(_SIGN if sign in _SIGNS else _UNEXPECTED for sign in signs)
    likelihood += _UNEXPECTED * len(findall(_ODD_PAIR, text, overlapped=True))
    return likelihood - _DISORDER * disorder * len(characters)


@cache
def _letter_tables() -> tuple[tuple[str, Mapping[str, float]], ...]:
    """Return the log-likelihoods of the letters of each language, which decrease with their rank as in Zipf's law."""
    from charset_normalizer.constant import FREQUENCIES

    others = ((name, "".join(filter(_is_not_ascii, FREQUENCIES[name]))) for name in _OTHER_SCRIPTS)
    return tuple((language, _letter_table(letters)) for language, letters in (*_LATIN, *others))


def _letter_table(letters: str) -> Mapping[str, float]:
    whole = sum(1 / rank for rank in range(1, len(letters) + 1))
    return {letter: log(1 / rank / whole) for rank, letter in enumerate(letters, 1)}


def _is_letter(character: str) -> bool:
    """Return whether a character is a letter, or a mark that a letter of Vietnamese or Thai has by itself."""
    return character.isalpha() or "\u0300" <= character <= "\u036f" or "\u0e30" <= character <= "\u0e4e"


def _is_not_ascii(character: str) -> bool:
    return character > "\x7f"


def _beyond_ascii(text: str) -> str:
    """Return the characters that are not ASCII."""
    return "".join(filter(_is_not_ascii, text))


def _sample(data: bytes) -> bytes:
    """Return the passages of a text around its first bytes that are not ASCII, a line each."""
    passages: list[bytes] = []
    room = _SAMPLE_SIZE
    for found in _NON_ASCII.finditer(data):
        passages.append(
            data[max(0, found.start() - _CONTEXT) : min(found.end(), found.start() + room) + _CONTEXT]
        )
        room -= len(passages[-1])
        if room <= 0:
            break
    return b"\n".join(passages)
