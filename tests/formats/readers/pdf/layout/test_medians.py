"""Medians, as the standard library has them."""

import statistics

import pytest

from pactreader.formats.readers.pdf.layout.medians import median


@pytest.mark.parametrize("values", [[3.0], [5.0, 1.0], [9.0, 1.0, 2.0], [4, 4, 1, 8]])
def test_it_is_the_middle_one_or_between_the_middle_two(values: list[float]) -> None:
    assert median(values) == statistics.median(values)
