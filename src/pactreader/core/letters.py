"""Letters that tell languages of one script apart."""

from collections import Counter
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

_LETTERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ca": "àçéèíïóòúü",
        "cs": "áčďéěíňóřšťúůýž",
        "da": "æøåé",
        "de": "äöüß",
        "es": "áéíñóúü¿¡",
        "et": "äõöüšž",
        "eu": "ñ",
        "fi": "äöå",
        "fr": "àâçéèêëîïôùûœ",
        "hr": "čćđšž",
        "hu": "áéíóöőúüű",
        "is": "áéíóúýðþæö",
        "it": "àèéìòù",
        "lt": "ąčęėįšųūž",
        "lv": "āčēģīķļņšūž",
        "nl": "ëïé",
        "no": "æøåé",
        "pl": "ąćęłńóśźż",
        "pt": "áâãàçéêíóôõú",
        "ro": "ăâîșțşţ",
        "sk": "áäčďéíĺľňóôŕšťúýž",
        "sl": "čšž",
        "sq": "ëç",
        "sv": "äöåé",
        "tr": "çğıöşü",
        "vi": "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
    }
)
"""For each language in Latin script, the letters and signs that English has not, in lower case."""


_MISFIT: Final = 0.3
"""The score against a language of a word with a letter that it has not: a fraction, as the word may be a name."""
_OF_SCRIPTS: Final[Mapping[str, tuple[tuple[str, str, float], ...]]] = MappingProxyType({
    "ru": (
        ("be", "ўЎ", 0.004),
        ("uk", "ЄІЇҐєіїґ", 0.02),
        ("mk", "ЃЌЅѓќѕ", 0.002),
        ("sr", "ЂЈЉЊЋЏђјљњћџ", 0.02),
        ("ru", "ЫЭЁыэё", 0.002),
        ("bg", "Ъъ", 0.004),
    ),
    "ar": (("ur", "ٹڈڑںےہھ", 0.03), ("fa", "پچژگکی", 0.03)),
    "hi": (("mr", "ळ", 0.003),),
})  # fmt: skip
"""For the language most written in a script, the others written in it, each with its letters and the share of all letters
from which these tell it. The first that is told holds."""


def language_by_letters(language: str, text: str) -> str:
    """Return the language of a text in a script, by letters that are not in the language most often written in it.

    Args:
        language: The language most often written in the script.
        text: The text.
    """
    letters = sum(map(str.isalpha, text))
    for other, signs, share in _OF_SCRIPTS.get(language, ()):
        if sum(map(text.count, signs)) > share * letters:
            return other
    return language


@cache
def _weights() -> dict[str, float]:
    """Return for each letter one by the number of languages that have it."""
    return {letter: 1 / languages for letter, languages in Counter("".join(_LETTERS.values())).items()}


def has_letters(word: str) -> bool:
    """Return whether a word has a letter or sign that is not in English but in another language in Latin script."""
    return not _weights().keys().isdisjoint(word)


def letter_scores(words: Counter[str]) -> dict[str, float]:
    """Return for each language in Latin script how much the letters of words speak for it.

    A word with such a letter speaks for the languages that have all of its letters, by the rarest of them, and against
    the others.

    Args:
        words: Words in lower case with the number of times each is in a text.
    """
    weights = _weights()
    found = dict.fromkeys(_LETTERS, 0.0)
    for word, count in words.items():
        special = [letter for letter in word if letter in weights]
        if special:
            rarest = max(map(weights.__getitem__, special))
            for language, letters in _LETTERS.items():
                has_all = all(letter in letters for letter in special)
                found[language] += count * (rarest if has_all else -_MISFIT)
    return found
