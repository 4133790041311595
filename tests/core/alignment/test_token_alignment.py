from random import Random

from pactreader.core.alignment.token_alignment import align_tokens
from pactreader.core.alignment.weights import Weights


def aligned(former: list[str], present: list[str]) -> list[tuple[int, int]]:
    runs = align_tokens(former, present, Weights(former, present))
    return [(run.former + offset, run.present + offset) for run in runs for offset in range(run.length)]


def test_words_around_a_replaced_one_are_aligned():
    former, present = ["one", "two", "three", "four"], ["one", "two", "five", "four"]

    assert aligned(former, present) == [(0, 0), (1, 1), (3, 3)]


def test_a_common_word_amid_other_text_is_not_aligned():
    former = [f"former{index}" for index in range(60)]
    present = [f"present{index}" for index in range(60)]
    former[30] = present[31] = "of"

    assert aligned(former, present) == []


def test_edits_of_long_texts_leave_the_rest_aligned():
    random = Random(1)
    former = [f"word{random.randrange(500)}" for _ in range(3_000)]
    present = list(former)
    for place in sorted(random.sample(range(3_000), 60), reverse=True):
        present[place : place + 1] = random.choice([[], ["new"], ["new", former[place]]])

    pairs = aligned(former, present)
    assert len(pairs) > 2_900
    assert all(former[one] == present[other] for one, other in pairs)


def test_repeated_words_are_aligned_in_little_time():
    assert len(aligned(["same"] * 50_000, ["other", *["same"] * 40_000])) == 40_000
