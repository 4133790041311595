"""Detection of a text's language: by its script and its letters, and in Latin script by its function words too."""

import re
from bisect import bisect_right
from collections import Counter
from typing import Final

from pactreader.core.function_words import function_words, scores
from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.core.letters import has_letters, language_by_letters, letter_scores

_DEFAULT: Final = "en"

_SAMPLES: Final = 3
"""The number of places of a text that are examined, as it may begin with a licence or a foreword in English."""
_SAMPLE_LENGTH: Final = 2_000
"""The number of code points examined at each: about half a page."""
_MIN_SHARE: Final = 0.25
"""The share of letters above which a script decides. Below, it may be that of names, such as 金正恩 in English."""

_LATIN: Final = lazy_pattern("[\\0-\u036f\u2000-\u206f]+")
"""Latin letters, and punctuation of all scripts."""
_NOT_PROSE: Final = lazy_pattern(r"`[^`\n]*`|(?<!\S)[^\s/@\\=_]*+[/@\\=_]\S*|&\w+;")
"""Code, addresses and paths, whose words belong to no language or to English."""
_WORD: Final = lazy_pattern(r"[^\W\d_]+|[¿¡]")
_MAX_WORD: Final = 60
"""The number of code points up to which letters are a word, and no data."""
_MIN_SHARE_OF_WORDS: Final = 0.1
"""The share of words above which function words, and words with letters that English has not, decide. Of prose they are a
fifth to a half."""
_MIN_COUNT: Final = 3
"""The number of them from which they decide: fewer may be there by chance. A single letter may be a name."""
_MIN_COUNT_OF_SENTENCE: Final = 2
_MIN_WORDS_OF_SENTENCE: Final = 5
"""The number of them that is enough, and the number of words from which it is: a title may have two, such as `El Niño`."""
_ADVANTAGE: Final = 1.1
"""The factor by which more must speak for a language than for English, which many texts quote."""
_ENGLISH_WORDS: Final = ("the", "of", "and")
_MIN_ENGLISH: Final = 0.08
"""The share of words from which these three alone decide for English. Of its prose they are an eighth."""
_MIN_ENGLISH_COUNT: Final = 12
"""The number of them from which they do: a few titles in another language have less."""

_SCRIPTS: Final = (
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x04FF, "ru"),
    (0x0530, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "ar"),
    (0x0900, 0x097F, "hi"),
    (0x0980, 0x09FF, "bn"),
    (0x0A00, 0x0A7F, "pa"),
    (0x0A80, 0x0AFF, "gu"),
    (0x0B00, 0x0B7F, "or"),
    (0x0B80, 0x0BFF, "ta"),
    (0x0C00, 0x0C7F, "te"),
    (0x0C80, 0x0CFF, "kn"),
    (0x0D00, 0x0D7F, "ml"),
    (0x0D80, 0x0DFF, "si"),
    (0x0E00, 0x0E7F, "th"),
    (0x0E80, 0x0EFF, "lo"),
    (0x0F00, 0x0FFF, "bo"),
    (0x1000, 0x109F, "my"),
    (0x10A0, 0x10FF, "ka"),
    (0x1100, 0x11FF, "ko"),
    (0x1200, 0x137F, "am"),
    (0x1780, 0x17FF, "km"),
    (0x1F00, 0x1FFF, "el"),
    (0x3041, 0x30FF, "ja"),
    (0x3131, 0x318E, "ko"),
    (0x3400, 0x4DBF, "zh"),
    (0x4E00, 0x9FFF, "zh"),
    (0xAC00, 0xD7A3, "ko"),
)
"""The ranges of scripts in order, each with the language that is most often written in it."""
_WITH_HAN: Final = ("ko", "ja")
"""Languages written with Chinese characters too. They are recognised by their own characters."""


def guess_language(text: str) -> str:
    """Return the ISO 639-1 code of the language that a text is most likely written in; `en` if nothing tells it."""
    sample = _sample(text)
    if not sample.isascii() and (language := _language_by_script(sample)):
        return language
    return _DEFAULT if _is_english(sample) else _language_by_words(sample)


def _sample(text: str) -> str:
    """Return the beginning of a text, and parts of its middle."""
    if len(text) <= _SAMPLES * _SAMPLE_LENGTH:
        return text
    starts = range(0, len(text), len(text) // _SAMPLES)[:_SAMPLES]
    return "\n".join(text[start : start + _SAMPLE_LENGTH] for start in starts)


def _language_by_script(sample: str) -> str:
    """Return the language most often written in a text's script; empty for Latin script."""
    beyond_latin = _LATIN.sub("", sample)
    if not beyond_latin:
        return ""
    letters = sum(map(str.isalpha, sample))
    counts = Counter(map(_script_language, beyond_latin))
    enough = [
        language for language, count in counts.most_common() if language and count > _MIN_SHARE * letters
    ]
    for language in (*_WITH_HAN, *enough):
        if language in enough:
            return language_by_letters(language, sample)
    return ""


def _is_english(sample: str) -> bool:
    """Return whether most of a text is English, which takes a twentieth of the time of a comparison of languages."""
    words = sample.split()
    count = sum(map(words.count, _ENGLISH_WORDS))
    return count >= max(_MIN_ENGLISH_COUNT, _MIN_ENGLISH * len(words))


def _language_by_words(sample: str) -> str:
    """Return the language for which the function words and letters of a text in Latin script speak most."""
    found = [word for word in _WORD.findall(_NOT_PROSE.sub(" ", sample)) if len(word) <= _MAX_WORD]
    words = Counter(map(str.lower, found))
    # A word with a capital may be a name from anywhere.
    special = Counter(
        word for word in found if not word.isascii() and not word[0].isupper() and has_letters(word)
    )
    by_words, by_letters = scores(words), letter_scores(special)
    by_language = {language: score + by_letters.get(language, 0) for language, score in by_words.items()}
    best = max(by_language, key=by_language.__getitem__)
    own = function_words(best)
    count = special.total() + sum(
        number for word, number in words.items() if word in own and len(word) > 1 and word not in special
    )
    total = words.total()
    is_enough = count >= _MIN_COUNT or (count >= _MIN_COUNT_OF_SENTENCE and total >= _MIN_WORDS_OF_SENTENCE)
    is_frequent = count > _MIN_SHARE_OF_WORDS * total
    is_better = by_language[best] > _ADVANTAGE * by_language[_DEFAULT]
    return best if is_enough and is_frequent and is_better else _DEFAULT


def _script_language(letter: str) -> str:
    """Return the language for a letter's script; empty if there is none."""
    first, last, language = _SCRIPTS[max(0, bisect_right(_SCRIPTS, (ord(letter), 0x110000)) - 1)]
    return language if first <= ord(letter) <= last else ""


def parse_language(declared: str) -> str:
    """Return the ISO 639-1 code of a declared language: `en-GB` → `en`, `DE` → `de`; empty if it has none."""
    code = re.split("[-_]", declared.strip(), maxsplit=1)[0].lower()
    return code if re.fullmatch("[a-z]{2}", code) else ""
