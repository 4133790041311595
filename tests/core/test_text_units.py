from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.article import Article, BlockKind, Passage, Piece
from pactreader.core.text_slices import MAX_PASSAGE
from pactreader.core.text_units import TextUnit, TextUnits

WORDS = st.sampled_from(
    [
        "Kim",
        "met",
        "the",
        "U.S.",
        "envoy",
        "—",
        "5.",
        "He",
        "left!",
        "한국어",
        "日本",
        "don’t",
        "\N{FAMILY}",
        "é",
        "“so”",
        "a\u0301",
    ]
)
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=5)
BY_UNIT = [unit for unit in TextUnit if unit is not TextUnit.SECTION]


def article_of(*paragraphs: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Article:
    return Article.assemble([Piece(kind, text) for text in paragraphs], title="t")


def all_of(article: Article, unit: TextUnit) -> list[str]:
    """Return the units of an article by moving over it from its beginning."""
    units = TextUnits(article)
    found = []
    at: int | None = units.unit_at(unit, 0).start
    while at is not None:
        passage = units.unit_at(unit, at)
        found.append(article.text[passage.start : passage.end])
        at = units.next_start(unit, at)
    return found


@pytest.mark.parametrize("unit", BY_UNIT)
@given(paragraphs=PARAGRAPHS)
def test_units_are_the_same_forwards_and_backwards(unit, paragraphs):
    article = article_of(*paragraphs)
    units = TextUnits(article)
    forwards = []
    at: int | None = -1
    while (at := units.next_start(unit, at)) is not None:
        forwards.append(at)
    backwards = []
    at = len(article.text) + 1
    while (at := units.previous_start(unit, at)) is not None:
        backwards.append(at)

    assert forwards == backwards[::-1]
    assert forwards == sorted(set(forwards))


@pytest.mark.parametrize("unit", BY_UNIT)
@given(paragraphs=PARAGRAPHS, data=st.data())
def test_unit_ends_are_the_same_forwards_and_backwards(unit, paragraphs, data):
    article = article_of(*paragraphs)
    units = TextUnits(article)
    offset = data.draw(st.integers(0, len(article.text)))

    following, previous = units.next_end(unit, offset), units.previous_end(unit, offset)

    assert following is None or following > offset
    assert previous is None or previous <= offset
    if previous is not None and following is not None:
        assert units.next_end(unit, previous) == following or units.next_end(unit, previous) <= following


@given(paragraphs=PARAGRAPHS)
def test_characters_cover_every_block_without_a_gap(paragraphs):
    article = article_of(*paragraphs)

    assert "".join(all_of(article, TextUnit.CHARACTER)) == "".join(paragraphs)


def test_abbreviations_do_not_end_a_sentence():
    article = article_of("Kim met the U.S. envoy on Jan. 5. He left. “Why?” she asked.")

    assert all_of(article, TextUnit.SENTENCE) == [
        "Kim met the U.S. envoy on Jan. 5.",
        "He left.",
        "“Why?” she asked.",
    ]


def test_sentences_do_not_cross_paragraphs():
    assert all_of(article_of("No end here", "Another one"), TextUnit.SENTENCE) == [
        "No end here",
        "Another one",
    ]


def test_a_line_of_code_is_a_sentence():
    assert all_of(article_of("a = 1. b\n\nc = 2", kind=BlockKind.CODE), TextUnit.SENTENCE) == [
        "a = 1. b",
        "c = 2",
    ]


def test_words_exclude_punctuation_and_include_apostrophes():
    article = article_of("The far-reaching pact — Russia’s “own” U.S. 日本語 한국어.")

    assert all_of(article, TextUnit.WORD) == [
        "The", "far", "reaching", "pact", "Russia’s", "own", "U.S", "日", "本", "語", "한국어",
    ]  # fmt: skip


def test_a_grapheme_cluster_is_one_character():
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"

    assert all_of(article_of(f"a{family}e\u0301🇰🇵각"), TextUnit.CHARACTER) == [
        "a", family, "e\u0301", "🇰🇵", "각",
    ]  # fmt: skip


def test_a_section_ends_at_the_next_heading_of_its_level():
    pieces = [
        Piece(BlockKind.PARAGRAPH, "Before."),
        Piece(BlockKind.HEADING, "One", 1),
        Piece(BlockKind.HEADING, "One point one", 2),
        Piece(BlockKind.PARAGRAPH, "Text."),
        Piece(BlockKind.HEADING, "Two", 1),
        Piece(BlockKind.PARAGRAPH, "End."),
    ]
    article = Article.assemble(pieces, title="t")
    units = TextUnits(article)

    def section(words: str) -> str:
        return article.text[slice(*units.unit_at(TextUnit.SECTION, article.text.index(words)))]

    assert section("Before") == "Before."
    assert section("One\n") == "One\n\nOne point one\n\nText."
    assert section("Text") == "One point one\n\nText."
    assert section("End") == "Two\n\nEnd."


def test_an_empty_article_has_no_units():
    units = TextUnits(Article.assemble([], title="t"))

    for unit in TextUnit:
        assert units.unit_at(unit, 0) == (0, 0)
        assert units.next_start(unit, 0) is units.previous_start(unit, 0) is units.next_end(unit, 0) is None


@given(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), st.data())
def test_a_huge_paragraph_has_the_same_units_as_a_small_one(words, data):
    text = " ".join([words] * (20_000 // len(words)))
    small, huge = TextUnits(article_of(words)), TextUnits(article_of(text))
    unit = data.draw(st.sampled_from([TextUnit.CHARACTER, TextUnit.WORD]))
    repeat = data.draw(st.integers(0, 20_000 // len(words) - 2))
    base = repeat * (len(words) + 1)
    offset = data.draw(st.integers(0, len(words) - 1))

    expected = small.unit_at(unit, offset)
    if small.next_start(unit, -1) is not None and expected.start <= offset < expected.end:
        assert huge.unit_at(unit, base + offset) == (base + expected.start, base + expected.end)
    following = small.next_start(unit, offset)
    if following is not None:
        assert huge.next_start(unit, base + offset) == base + following


def test_clauses_end_at_commas_dashes_and_parentheses():
    text = "The pact, signed in June (a rainy month), cost 1,000 lives — or more; “some say,” he wrote."

    assert all_of(article_of(text), TextUnit.CLAUSE) == [
        "The pact",
        "signed in June",
        "a rainy month",
        "cost 1,000 lives",
        "or more",
        "“some say",
        "he wrote.",
    ]


def test_growing_goes_from_word_to_whole_text():
    article = Article.assemble(
        [
            Piece(BlockKind.HEADING, "One", 1),
            Piece(BlockKind.HEADING, "One point one", 2),
            Piece(BlockKind.PARAGRAPH, "Kim came, saw and left. He met Putin."),
            Piece(BlockKind.PARAGRAPH, "Later."),
            Piece(BlockKind.HEADING, "Two", 1),
        ],
        title="t",
    )
    units = TextUnits(article)
    at = article.text.index("saw") + 1
    step = units.grow(Passage(at, at))
    steps = []
    while step:
        steps.append(article.text[slice(*step)])
        step = units.grow(step)

    assert steps[:4] == [
        "saw",
        "saw and left.",
        "Kim came, saw and left.",
        "Kim came, saw and left. He met Putin.",
    ]
    assert [step.partition("\n")[0] for step in steps[4:]] == ["One point one", "One", "One"]
    assert steps[-1] == article.text


@given(paragraphs=PARAGRAPHS, data=st.data())
def test_growing_enlarges_and_shrinking_reduces(paragraphs, data):
    article = article_of(*paragraphs)
    units = TextUnits(article)
    start = data.draw(st.integers(0, len(article.text) - 1))
    passage = Passage(start, data.draw(st.integers(start, len(article.text))))

    larger = units.grow(passage)
    smaller = units.shrink(passage, start)

    if larger is None:
        assert passage == (0, len(article.text))
    else:
        assert larger.start <= passage.start
        assert larger.end >= passage.end
        assert larger != passage
    if smaller:
        assert passage.start <= smaller.start
        assert smaller.end <= passage.end
        assert smaller != passage


@given(paragraphs=PARAGRAPHS, data=st.data())
def test_units_between_are_those_that_overlap(paragraphs, data):
    article = article_of(*paragraphs)
    unit = data.draw(st.sampled_from(BY_UNIT))
    start = data.draw(st.integers(0, len(article.text)))
    end = data.draw(st.integers(start, len(article.text)))
    every = TextUnits(article).units_between(unit, 0, len(article.text))

    inside = [passage for passage in every if passage.start < end and passage.end > start]

    assert TextUnits(article).units_between(unit, start, end) == (inside if end > start else [])


LONG = 3 * MAX_PASSAGE
"""The length in code points of a block that is too long for a passage."""


@pytest.mark.parametrize("kind", [BlockKind.PARAGRAPH, BlockKind.CODE, BlockKind.TABLE])
@pytest.mark.parametrize(
    "text", ["a", "ab ", "word. ", "Done! Words follow. ", "漢字。", "line\n", "line\n\n", "é\u0301", ") "]
)
@pytest.mark.parametrize("unit", [TextUnit.SENTENCE, TextUnit.CLAUSE, TextUnit.PARAGRAPH])
def test_units_of_a_long_block_are_bounded_and_have_all_of_it(unit, text, kind):
    article = article_of((text * LONG)[:LONG].strip(), kind=kind)
    passages = TextUnits(article).units_between(unit, 0, len(article.text))

    assert all(0 < end - start <= MAX_PASSAGE for start, end in passages)
    if unit is not TextUnit.CLAUSE:
        between = [article.text[before.end : after.start] for before, after in pairwise(passages)]
        assert not "".join(between).strip()
        assert (passages[0].start, passages[-1].end) == (0, len(article.text))


def test_a_line_of_code_is_a_sentence_however_long_the_code_is():
    lines = [f"    if x == {n}: return y. Then" for n in range(20_000)]
    article = article_of("\n".join(lines), kind=BlockKind.CODE)
    units = TextUnits(article)
    at = article.text.index("x == 15000")

    assert article.text[slice(*units.unit_at(TextUnit.SENTENCE, at))] == "if x == 15000: return y. Then"
    assert article.text[slice(*units.unit_at(TextUnit.SENTENCE, 1))] == "if x == 0: return y. Then"


@pytest.mark.parametrize("blank", ["", " ", "\t"])
def test_a_paragraph_of_long_code_is_a_run_of_lines(blank):
    runs = [f"def f{n}():\n    return {n}" for n in range(2_000)]
    article = article_of(f"\n{blank}\n".join(runs), kind=BlockKind.CODE)
    units = TextUnits(article)

    for n in (0, 700, 1_999):
        at = article.text.index(runs[n])
        assert units.unit_at(TextUnit.PARAGRAPH, at + 3) == (at, at + len(runs[n]))


def test_a_paragraph_of_short_code_is_the_block():
    article = article_of("a\n\nb", kind=BlockKind.CODE)

    assert all_of(article, TextUnit.PARAGRAPH) == ["a\n\nb"]


def test_sentences_of_a_long_paragraph_are_those_of_short_ones():
    paragraph = "Dr. Smith met Mr. Jones in May. “Why?” he asked. Nobody answered him that day."
    article = article_of(" ".join([paragraph] * 1_000))

    assert all_of(article, TextUnit.SENTENCE) == all_of(article_of(paragraph), TextUnit.SENTENCE) * 1_000


def test_a_blank_line_between_slices_belongs_to_the_line_before():
    article = article_of("x\n" * 4_000 + "\n" * 4_000 + "end", kind=BlockKind.CODE)

    assert TextUnits(article).unit_at(TextUnit.SENTENCE, 8_001) == (7_998, 7_999)


def test_phrases_of_thai_are_clauses():
    article = Article.assemble([Piece(BlockKind.PARAGRAPH, "ฉันไป บ้าน")], title="t", language="th")

    assert all_of(article, TextUnit.CLAUSE) == ["ฉันไป", "บ้าน"]
