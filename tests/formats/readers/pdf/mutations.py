"""Damage to PDFs, as of disks, transfers and those who wish readers ill."""

import random
import re

_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_PARTS = (
    _NUMBER,
    re.compile(rb"\d+ 0 R"),
    re.compile(rb"\d+ 0 obj.*?endobj", re.DOTALL),
    re.compile(rb"/[A-Za-z]+"),
)
"""Parts that are replaced by others of their kind."""
_ODD = tuple(
    b"0 -1 2147483647 -2147483648 99999999999999999999 1e308 nan 0.0000001 null [] <<>> () /X true".split()
)
"""What numbers are replaced by."""


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return a file with one or some faults in it."""
    damaged = bytearray(data)
    for _fault in range(chance.choice((1, 1, 2, 4, 16))):
        chance.choice((_flip, _cut, _leave_out, _repeat, *[_replace] * 5))(damaged, chance)
    return bytes(damaged)


def _flip(data: bytearray, chance: random.Random) -> None:
    for _byte in range(chance.choice((1, 5, 50))):
        data[chance.randrange(len(data))] = chance.randrange(256)


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data) // 4, len(data)) + 1 :]


def _leave_out(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(1, len(data))
    del data[start : start + chance.choice((1, 10, 200))]


def _repeat(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    data[start:start] = data[start : start + chance.choice((10, 200, 3_000))]


def _replace(data: bytearray, chance: random.Random) -> None:
    pattern = chance.choice(_PARTS)
    found = list(pattern.finditer(data))
    if found:
        start, end = chance.choice(found).span()
        data[start:end] = chance.choice(_ODD) if pattern is _NUMBER else chance.choice(found).group()
