"""Reporting clauses: `Mary said` after a quotation, where no small letter tells that the sentence goes on."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pactreader.core.lazy_patterns import lazy_pattern

_PATTERNS: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType({
    language: lazy_pattern(pattern)
    for language, pattern in {
        "ar": r"(?:قال|سأل|صاح|صرخ|همس|أجاب|رد)(?:ت|وا)?(?!\w)",
        "en": (
            r"(?:[A-Z][\w.’'-]*\s){1,3}(?:said|says|asked|replied|answered|cried|shouted|whispered|exclaimed|muttered)"
            r"(?:\s\w+ly)?[.,;:]"
        ),
        "fa": r"[^.!?؟،«»]{0,20}(?:گفت|پرسید|فریاد زد|پاسخ داد)(?=[.،:])",
        "he": r"(?:אמר|שאל|צעק|לחש|השיב)(?:ה|ו)?(?!\w)|ענ(?:ה|תה|ו)(?!\w)",
        "hi": r"[^।!?,“”\"]{0,20}(?:कहा|पूछा|बोला|बोली|बोले|चिल्लाया|चिल्लाई|दिया)(?=[।,:])",
        "ja": (
            r"[^。！？、「」『』]{0,20}(?:言|話|叫|聞|尋ね|答え|呟|つぶや|ささや|囁|怒鳴)"
            r"(?:った|した|んだ|いた|た|う|す|る|いました|しました|びました|きました|ました)(?=[。、])"
        ),
        "ko": (
            r"[^.!?,\"“”]{0,20}(?:말했|물었|외쳤|대답했|소리쳤|속삭였|중얼거렸)(?:다|어요|습니다)(?=[.,])"
        ),
        "zh": r"[^。！？，：；“”「」『』]{0,10}[说說问問喊叫答道嚷](?:[道着著了])?(?=[。，：])",
    }.items()
})  # fmt: skip
"""For each language, a pattern with its frequent verbs of saying. A clause is short, and a stop or a comma follows it; where
the verb comes first, the verb alone tells."""


def is_reporting_clause(text: str, offset: int, language: str) -> bool:
    """Return whether a reporting clause of a language begins at an offset of a text, after a quotation."""
    pattern = _PATTERNS.get(language)
    return bool(pattern and pattern.match(text, offset))
