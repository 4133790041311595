"""Keyboard layouts in Cyrillic and Greek script: which key of the US layout is in the place of a letter."""

import os
from collections.abc import Iterable, Mapping
from typing import Final

US_KEYS: Final = "qwertyuiop[]asdfghjkl;'\\zxcvbnm,./`"
"""The keys of the US layout on which a layout may have letters, row by row; the rows of `LAYOUTS` are in this order."""
_US_SHIFTED: Final = 'QWERTYUIOP{}ASDFGHJKL:"|ZXCVBNM<>?~'
"""The same keys with shift."""
LAYOUTS: Final[Mapping[str, str]] = {
    "russian": "йцукенгшщзхъфывапролджэ\\ячсмитьбю.ё",
    "ukrainian": "йцукенгшщзхїфівапролджєґячсмитьбю.'",
    "belarusian": "йцукенгшўзх'фывапролджэ\\ячсмітьбю.ё",
    "bulgarian": ",уеишщксдзц;ьяаожгтнвмч(юйъэфхпрлб`",
    "bulgarian-phonetic": "явертъуиопшщасдфгхйкл;'юзьцжбнм,./ч",
    "serbian": "љњертзуиопшђасдфгхјклчћжжџцвбнм,.-`",
    "macedonian": "љњертѕуиопшѓасдфгхјклчќжзџцвбнм,./`",
    "greek": ";ςερτυθιοπ[]ασδφγηξκλ´'\\ζχψωβνμ,./`",
}
"""The characters on these keys, by the name of the layout, after xkeyboard-config (symbols/ru, ua, by, bg, rs, mk and gr).
Only the letters are used: a sign that is typed is that sign in every layout."""
_LANGUAGES: Final = {
    "uk": "ukrainian",
    "be": "belarusian",
    "bg": "bulgarian",
    "sr": "serbian",
    "mk": "macedonian",
}
"""The layouts that are expected first in a locale of these languages."""


def locale_language() -> str:
    """Return the code of the language of the environment's locale, as `uk`; empty if there is none."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    return next(filter(None, names), "").partition("_")[0]


class KeyboardLayouts:
    """The layout that the user types with, as far as letters have told it.

    Letters are on other keys in other layouts: `о` is on `j` in Russian, on `f` in Bulgarian, on `o` in Serbian. A letter that
    the present layout does not have, such as `ј`, tells another one.
    """

    def __init__(self, layout: str, language: str) -> None:
        """Expect layouts.

        Args:
            layout: The layout that is set; `none` for none of them, empty to tell it from the letters.
            language: The code of the user's language, whose layout is expected first.
        """
        expected = _LANGUAGES.get(language, "")
        names = [layout] if layout else sorted(LAYOUTS, key=lambda name: name != expected)
        self._layouts = [_keys_of(LAYOUTS[name]) for name in names if name in LAYOUTS]

    def us_key(self, letter: str) -> str:
        """Return the character that the US layout has on the key of a letter: `О` → `J`; empty if there is none."""
        layout = next((keys for keys in self._layouts if letter in keys), None)
        if layout is None:
            return ""
        self._layouts.sort(key=lambda keys: keys is not layout)
        return layout[letter]


def _keys_of(characters: str) -> dict[str, str]:
    """Return the US characters by the letters of a layout, small and capital ones."""
    pairs: Iterable[tuple[str, str]] = zip(
        (*characters, *characters.upper()), US_KEYS + _US_SHIFTED, strict=True
    )
    return {letter: us for letter, us in pairs if letter.isalpha()}
