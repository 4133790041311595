"""Laws of placing that hold in every script, with the former text and by the quote alone."""

from collections.abc import Callable, Iterable, Iterator
from random import Random

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from pactreader.core.anchoring.description import describe
from pactreader.core.anchoring.locator import Locator
from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Anchor
from pactreader.core.article import text_hash_of

pytestmark = pytest.mark.slow

LATIN = [
    "agreement",
    "aggression",
    "vague",
    "state",
    "party",
    "council",
    "border",
    "trade",
    "soldier",
    "winter",
    "harvest",
    "signature",
    "clause",
    "minister",
    "railway",
    "port",
    "energy",
    "sanction",
    "visit",
    "treaty",
    "silence",
    "archive",
    "letter",
    "morning",
    "question",
    "answer",
    "river",
    "mountain",
    "of",
    "the",
    "and",
    "to",
    "in",
    "is",
    "was",
    "for",
    "on",
    "that",
]
SCRIPTS = {
    "latin": (LATIN, " ", "."),
    "hangul": (list("가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루"), "", "."),
    "chinese": (
        list("天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"),
        "",
        "。",
    ),
    "thai": (
        [
            "ผู้",
            "ที่",
            "ซื้อ",
            "ฟ้า",
            "ปู่",
            "ม้า",
            "ญี่",
            "กั้น",
            "ขึ้ง",
            "คู่",
            "งี่",
            "จุ",
            "ชู้",
            "ดื่ม",
            "ต้ม",
            "ถู",
            "ท้ง",
            "ธี",
            "นี้",
            "บ่",
            "พื้",
            "ภู่",
            "มี",
            "ยู้",
            "รู้",
            "ลี้",
            "วี่",
            "สู้",
            "หิ้ว",
            "อี้",
            "ฮู้",
        ],
        "",
        "",
    ),
    "emoji": ([*"🙂🎉🚀🌍🔥💡📚🎯🧭🏔🌊🌙⭐🍀🍎🐝🦊🐢🎵🎲", "👩\u200d🚀", "🇰🇵", "👍🏽"], " ", " !"),
    "arabic": ([*"بتثجحخدذرزسشصضطظعغفقكلمنهوي"], " ", "."),
}
BY_SCRIPT = pytest.mark.parametrize("script", SCRIPTS)
"""The words of each script, what is between them, and what ends a sentence. They are few: texts of few words are hard."""
AUTHORS = 150


class Author:
    """A writer of random texts in one script. Its words are drawn by a seed: hypothesis would repeat one word."""

    def __init__(self, script: str, seed: int) -> None:
        self.random = Random(seed)
        self.words, self.space, self.stop = SCRIPTS[script]

    def sentence(self) -> str:
        """Return a sentence of 5 to 14 words."""
        return self.space.join(self.random.sample(self.words, self.random.randint(5, 14))) + self.stop

    def sentences(self, least: int, most: int = 12) -> list[str]:
        """Return different sentences."""
        return [self.sentence() for _ in range(self.random.randint(least, most))]

    def parts(self, sentence: str) -> list[str]:
        """Return the words of a sentence."""
        body = sentence.removesuffix(self.stop) if self.stop else sentence
        return body.split(self.space) if self.space else regex.findall(r"\X", body)

    def with_another_word(self, sentence: str) -> str:
        """Return a sentence with a word inserted between two of its words."""
        parts = self.parts(sentence)
        place = self.random.randint(1, len(parts) - 1)
        return self.space.join([*parts[:place], self.random.choice(self.words), *parts[place:]]) + self.stop


def authors(script: str) -> Iterator[Author]:
    """Yield writers in a script, the same ones in every run."""
    return (Author(script, seed) for seed in range(AUTHORS))


def joined(sentences: Iterable[str]) -> str:
    """Return a text of sentences, with a blank between two of them."""
    return " ".join(sentences)


def anchor_of(sentences: list[str], index: int) -> tuple[str, Anchor]:
    """Return a text and the anchor of one of its sentences."""
    text = joined(sentences)
    start = start_of(sentences, index)
    return text, describe(text, start, start + len(sentences[index]), text_hash_of(text))


def start_of(sentences: list[str], index: int) -> int:
    """Return the offset of a sentence in a text."""
    return len(joined([*sentences[:index], ""]))


def placed(anchor: Anchor, former: str, text: str) -> list[Placement]:
    """Return the placement by the former text, and that by the quote alone."""
    return [
        Locator(text, {text_hash_of(former): former}).place(anchor),
        Locator(text).place(anchor),
    ]


@BY_SCRIPT
def test_an_unchanged_text_gives_every_passage_exactly(script):
    for author in authors(script):
        text = joined(author.sentences(1))
        start = author.random.randrange(len(text))
        end = author.random.randint(start + 1, len(text))

        for anchor in (describe(text, start, end, text_hash_of(text)), describe(text, start, end)):
            assert Locator(text).place(anchor) == (PlacementKind.EXACT, start, end, 1.0)


@BY_SCRIPT
def test_an_edit_elsewhere_does_not_change_the_passage(script):
    for author in authors(script):
        sentences = author.sentences(3)
        index = author.random.randrange(len(sentences))
        former, anchor = anchor_of(sentences, index)
        edited = list(sentences)
        other = author.random.choice([each for each in range(len(sentences)) if each != index])
        new = author.sentence()
        edited[other] = author.random.choice(["", new, joined([edited[other], new])])
        start = start_of(edited, index)

        for placement in placed(anchor, former, joined(edited)):
            assert placement.kind in {PlacementKind.EXACT, PlacementKind.MOVED}
            assert placement[1:3] == (start, start + len(sentences[index]))


@BY_SCRIPT
def test_a_deleted_sentence_is_not_found(script):
    for author in authors(script):
        sentences = author.sentences(2)
        index = author.random.randrange(len(sentences))
        former, anchor = anchor_of(sentences, index)
        rest = joined(sentences[:index] + sentences[index + 1 :])

        for placement in placed(anchor, former, rest):
            assert not placement.found, rest[placement.start : placement.end]


@BY_SCRIPT
def test_of_two_equal_sentences_the_deleted_one_is_lost(script):
    for author in authors(script):
        sentences = author.sentences(5)
        sentences[0] = sentences[3]
        former, anchor = anchor_of(sentences, 3)
        rest = joined(sentences[:3] + sentences[4:])

        assert Locator(rest, {text_hash_of(former): former}).place(anchor).kind is PlacementKind.LOST


@BY_SCRIPT
def test_a_quote_without_any_of_its_words_is_lost(script):
    half = len(SCRIPTS[script][0]) // 2
    for author in authors(script):
        own, others = author.words[:half], author.words[half:]
        quote = author.space.join(author.random.choices(own, k=author.random.randint(1, 80)))
        around = [author.space.join(author.random.choices(others, k=20)) + author.stop for _ in range(2)]
        former, anchor = anchor_of([around[0], quote, around[1]], 1)

        for placement in placed(anchor, former, joined(around)):
            assert placement.kind is PlacementKind.LOST


@BY_SCRIPT
def test_an_edited_sentence_is_changed_where_it_is(script):
    for author in authors(script):
        sentences = author.sentences(3)
        index = author.random.randrange(len(sentences))
        former, anchor = anchor_of(sentences, index)
        edited = list(sentences)
        edited[index] = changed = author.with_another_word(sentences[index])
        start = start_of(edited, index)

        for placement in placed(anchor, former, joined(edited)):
            is_verbatim = anchor.exact in changed  # the new word was put before one like the first
            assert placement.found
            assert placement.kind is PlacementKind.CHANGED or is_verbatim
            assert overlap(placement, start, start + len(changed)) > 0.7


@BY_SCRIPT
def test_a_verbatim_copy_elsewhere_does_not_win_over_the_passage(script):
    for author in authors(script):
        sentences = author.sentences(4)
        index = author.random.randint(1, len(sentences) - 2)
        former, anchor = anchor_of(sentences, index)
        edited = [author.sentence(), sentences[index], author.sentence(), *sentences]
        edited[3 + index] = changed = author.with_another_word(sentences[index])
        start = start_of(edited, 3 + index)
        by_former_text, by_quote = placed(anchor, former, joined(edited))

        assert by_former_text.found
        assert overlap(by_former_text, start, start + len(changed)) > 0.7
        assert not by_quote.found or overlap(by_quote, start, start + len(changed)) > 0.7


@BY_SCRIPT
def test_a_paragraph_moved_to_the_end_is_moved(script):
    for author in authors(script):
        paragraphs = author.sentences(3)
        former = "\n\n".join(paragraphs)
        text = "\n\n".join([*paragraphs[1:], paragraphs[0]])
        anchor = describe(former, 0, len(paragraphs[0]), text_hash_of(former))
        by_former_text, by_quote = placed(anchor, former, text)

        assert by_former_text.kind is PlacementKind.MOVED
        assert by_former_text[1:3] == (len(text) - len(paragraphs[0]), len(text))
        assert not by_quote.found or by_quote[1:3] == by_former_text[1:3]


@BY_SCRIPT
def test_three_small_edits_end_where_one_big_edit_ends(script):
    for author in authors(script):
        sentences = author.sentences(3)
        index = author.random.randrange(len(sentences))
        former, anchor = anchor_of(sentences, index)
        generations = {text_hash_of(former): former}
        edited = list(sentences)
        for _ in range(3):
            which = author.random.randrange(len(edited))
            edited[which] = author.with_another_word(edited[which])
            generations[text_hash_of(joined(edited))] = joined(edited)
        text = joined(edited)

        through = Locator(text, generations).place(anchor)

        assert through == Locator(text, {text_hash_of(former): former}).place(anchor)
        start = start_of(edited, index)
        assert through.found
        assert overlap(through, start, start + len(edited[index])) > 0.7


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=200), st.text(max_size=200), st.integers(0, 200), st.integers(0, 200), st.booleans())
def test_placing_never_raises_and_stays_in_the_text(former, text, one, other, described):
    start, end = sorted((one, other))
    anchor = describe(former, start, end, text_hash_of(former) if described else "")

    for placement in placed(anchor, former, text):
        if placement.kind is not PlacementKind.LOST:
            assert 0 <= placement.start < placement.end <= len(text)
        assert 0 <= placement.score <= 1
    assert placed(anchor, former, text) == placed(anchor, former, text)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace("'", "’").replace('"', "“"), id="curly quotes"),
        pytest.param(lambda text: text.replace(" - ", " — "), id="dashes"),
        pytest.param(lambda text: text.replace(" ", "\u00a0"), id="no-break spaces"),
        pytest.param(lambda text: text.replace(" ", "\n"), id="line breaks"),
        pytest.param(lambda text: text.replace("ment", "\u00adment"), id="soft hyphens"),
        pytest.param(lambda text: text.replace("é", "e\u0301"), id="decomposed accents"),
    ],
)
def test_signs_that_look_alike_are_exact(change: Callable[[str], str]):
    former = (
        "It's said: \"the agreement\" - a café's argument - is vague. Who decides that? Nobody knows it yet."
    )
    start, end = former.index("the agreement"), former.index(" Who")
    text = change(former)
    assert text != former

    for placement in placed(describe(former, start, end, text_hash_of(former)), former, text):
        assert placement.kind is PlacementKind.EXACT
        assert text[placement.start : placement.end] == change(former[start:end])


def overlap(placement: Placement, start: int, end: int) -> float:
    """Return the common part of a placement and a passage as a share of both together."""
    common = min(placement.end, end) - max(placement.start, start)
    return max(0, common) / (max(placement.end, end) - min(placement.start, start))
