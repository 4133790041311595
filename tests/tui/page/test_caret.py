import pytest

from pactreader.core.article import Article, BlockKind, Passage, Piece
from pactreader.core.text_units import TextUnit
from pactreader.tui.page.caret import Caret

ARTICLE = Article.assemble(
    [
        Piece(BlockKind.PARAGRAPH, "One two three four. Five six! Seven"),
        Piece(BlockKind.PARAGRAPH, "Eight nine."),
    ],
    title="t",
)


def caret_at(words: str) -> Caret:
    return Caret(ARTICLE, ARTICLE.text.index(words))


def text_at_caret(caret: Caret) -> str:
    return ARTICLE.text[caret.offset :].split("\n")[0]


def selection_of(caret: Caret) -> str:
    assert caret.selection is not None
    return ARTICLE.text[slice(*caret.selection)]


def test_without_a_selection_the_passage_is_the_sentence_at_the_caret():
    caret = caret_at("three")

    assert caret.selection is None
    assert ARTICLE.text[slice(*caret.passage)] == "One two three four."


@pytest.mark.parametrize(
    ("unit", "begins"),
    [
        (TextUnit.CHARACTER, "wo three"),
        (TextUnit.WORD, "three"),
        (TextUnit.SENTENCE, "Five"),
        (TextUnit.PARAGRAPH, "Eight"),
    ],
)
def test_moving_forward_goes_to_the_start_of_the_next_unit(unit, begins):
    caret = caret_at("two")

    caret.move(unit, forward=True)

    assert text_at_caret(caret).startswith(begins)


@pytest.mark.parametrize(
    ("unit", "begins"),
    [
        (TextUnit.CHARACTER, " four"),
        (TextUnit.WORD, "three"),
        (TextUnit.SENTENCE, "One"),
        (TextUnit.PARAGRAPH, "One"),
    ],
)
def test_moving_back_goes_to_the_start_of_a_unit(unit, begins):
    caret = caret_at("four")

    caret.move(unit, forward=False)

    assert text_at_caret(caret).startswith(begins)


def test_moving_stops_at_the_ends_of_the_text():
    caret = caret_at("nine")
    for _ in range(3):
        caret.move(TextUnit.PARAGRAPH, forward=True)
    assert text_at_caret(caret) == "."
    for _ in range(9):
        caret.move(TextUnit.SENTENCE, forward=False)
    assert caret.offset == 0


def test_moving_by_five_words_selects_five_words():
    caret = caret_at("One")
    caret.select(TextUnit.CHARACTER)
    for _ in range(5):
        caret.move(TextUnit.WORD, forward=True)

    assert selection_of(caret) == "One two three four. Five"


def test_moving_back_deselects_whole_words():
    caret = caret_at("One")
    caret.select(TextUnit.CHARACTER)
    for _ in range(4):
        caret.move(TextUnit.WORD, forward=True)
    caret.move(TextUnit.WORD, forward=False)

    assert selection_of(caret) == "One two three"


def test_a_selection_made_backwards_keeps_its_first_character():
    caret = caret_at("four")
    caret.select(TextUnit.CHARACTER)
    caret.move(TextUnit.WORD, forward=False)

    assert selection_of(caret) == "three f"


def test_after_swapping_ends_the_other_end_moves():
    caret = caret_at("two")
    caret.select(TextUnit.CHARACTER)
    caret.move(TextUnit.WORD, forward=True)
    caret.swap_ends()
    caret.move(TextUnit.WORD, forward=False)

    assert selection_of(caret) == "One two"


def test_selecting_by_sentence_selects_whole_sentences():
    caret = caret_at("three")
    caret.select(TextUnit.SENTENCE)
    assert selection_of(caret) == "One two three four."
    caret.move(TextUnit.SENTENCE, forward=True)
    assert selection_of(caret) == "One two three four. Five six!"
    caret.move(TextUnit.SENTENCE, forward=False)
    assert selection_of(caret) == "One two three four."


def test_selecting_towards_a_neighbour_selects_one_character():
    caret = caret_at("two")
    caret.select_towards(caret.offset + 1)
    assert selection_of(caret) == "t"

    caret = caret_at("two")
    caret.move(TextUnit.CHARACTER, forward=True)
    caret.select_towards(caret.offset - 1)
    assert selection_of(caret) == "t"


def test_a_selection_is_trimmed_of_white_space():
    caret = caret_at("two")
    caret.select(TextUnit.CHARACTER)
    for _ in range(3):
        caret.move(TextUnit.CHARACTER, forward=True)

    assert selection_of(caret) == "two"


def test_clearing_the_selection_selects_nothing():
    caret = caret_at("two")
    caret.select(TextUnit.SENTENCE)
    caret.clear_selection()

    assert caret.selection is None
    assert not caret.selecting


def test_the_caret_is_never_inside_a_cluster_or_between_paragraphs():
    article = Article.assemble(
        [Piece(BlockKind.PARAGRAPH, "ae\u0301b"), Piece(BlockKind.PARAGRAPH, "c")], title="t"
    )
    caret = Caret(article)

    caret.put(2)
    assert caret.offset == 1
    caret.put(5)
    assert caret.offset == 3


def test_the_caret_of_an_empty_article_does_not_move():
    caret = Caret(Article.assemble([], title="t"))
    for unit in TextUnit:
        caret.move(unit, forward=True)
        caret.move(unit, forward=False)
        caret.move_to_end(unit)

    assert caret.offset == 0
    assert caret.passage == (0, 0)


def test_a_word_of_one_letter_counts_as_a_word():
    article = Article.assemble([Piece(BlockKind.PARAGRAPH, "A fine day out")], title="t")
    caret = Caret(article)
    caret.select(TextUnit.CHARACTER)
    for _ in range(2):
        caret.move(TextUnit.WORD, forward=True)

    assert caret.selection == (0, len("A fine"))


def test_growing_selects_larger_units_and_shrinking_undoes_it():
    caret = caret_at("wo three")
    seen = []
    while caret.grow():
        seen.append(selection_of(caret))

    assert seen[:3] == ["two", "One two three four.", "One two three four. Five six! Seven"]
    for grown in reversed(seen[:-1]):
        assert caret.shrink()
        assert selection_of(caret) == grown
    assert caret.shrink()
    assert caret.selection is None
    assert text_at_caret(caret).startswith("wo three")
    assert not caret.shrink()


def test_a_selection_not_grown_shrinks_to_the_units_at_the_caret():
    caret = caret_at("three")
    caret.select_passage(caret.units.unit_at(TextUnit.PARAGRAPH, caret.offset))
    caret.swap_ends()

    assert caret.shrink()
    assert selection_of(caret) == "One two three four."
    assert caret.shrink()
    assert selection_of(caret) == "four"


def test_a_phrase_grows_to_the_sentences_it_touches():
    caret = caret_at("four.")
    caret.select(TextUnit.CHARACTER)
    caret.move(TextUnit.WORD, forward=True)
    caret.move(TextUnit.WORD, forward=True)
    assert selection_of(caret) == "four. Five"

    caret.grow()

    assert selection_of(caret) == "One two three four. Five six!"


@pytest.mark.parametrize(
    ("unit", "passage"),
    [
        (TextUnit.WORD, "six"),
        (TextUnit.SENTENCE, "Five six!"),
        (TextUnit.PARAGRAPH, "One two three four. Five six! Seven"),
    ],
)
def test_a_text_object_is_selected_and_then_extended_by_the_next(unit, passage):
    caret = caret_at("ix!")
    caret.select(TextUnit.CHARACTER)

    caret.select_unit(unit)
    assert selection_of(caret) == passage

    caret.select_unit(unit)
    assert selection_of(caret).startswith(passage)
    assert selection_of(caret) != passage


def test_a_word_is_selected_with_its_punctuation():
    caret = caret_at("ix!")

    caret.select_word_with_punctuation()

    assert selection_of(caret) == "six!"


@pytest.mark.parametrize(
    ("swapped", "to", "selection"),
    [
        (False, "four", "two three four"),
        (False, "One", "One two three"),
        (False, "two", "two"),
        (True, "One", "One two three"),
        (True, "three", "three"),
        (True, "Five", "two three four. Five"),
    ],
)
def test_extending_to_a_passage_includes_it_on_either_side(swapped, to, selection):
    caret = caret_at("two")
    start = caret.offset
    caret.select_passage(Passage(start, start + len("two three")))
    if swapped:
        caret.swap_ends()

    caret.extend_to(caret.units.unit_at(TextUnit.WORD, ARTICLE.text.index(to)))

    assert selection_of(caret) == selection


def test_a_state_is_restored():
    caret = caret_at("two")
    state = caret.state
    caret.grow()

    caret.restore(state)

    assert caret.selection is None
    assert text_at_caret(caret).startswith("two")
