"""The syntax of PDF files for tests: objects, their bytes, and encryption by RC4."""

import hashlib
import struct
from collections.abc import Sequence
from typing import Any, NamedTuple

_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
"""The bytes behind a short password, from the standard: ISO 32000-1, algorithm 2."""


class Name(str):
    """A name, as `/Type` is; a plain `str` is a text."""

    __slots__ = ()


class Ref(NamedTuple):
    """A reference to an object by its number."""

    number: int


class Stream(NamedTuple):
    """A dictionary with bytes."""

    entries: dict[str, Any]
    data: bytes


class Raw(NamedTuple):
    """Bytes that are written as they are, as those of a damaged object."""

    data: bytes


class Encryption:
    """RC4 by the standard's security handler: ISO 32000-1, algorithms 1 to 5."""

    def __init__(self, user: str, owner: str, bits: int, identifier: bytes) -> None:
        self._size = bits // 8
        rounds = 50 if bits > 40 else 0
        padded_user, padded_owner = ((word.encode("latin-1") + _PADDING)[:32] for word in (user, owner))
        owner_key = self._digest(padded_owner, rounds)
        owner_entry = self._many(owner_key, padded_user)
        permissions = struct.pack("<i", -4)
        self._key = self._digest(padded_user + owner_entry + permissions + identifier, rounds)
        if bits > 40:
            check = self._many(self._key, hashlib.md5(_PADDING + identifier).digest()) + bytes(16)
        else:
            check = rc4(self._key, _PADDING)
        version = (2, 3) if bits > 40 else (1, 2)
        self.entries = {"Filter": Name("Standard"), "V": version[0], "R": version[1], "Length": bits, "P": -4}
        self.entries |= {"O": owner_entry, "U": check}

    def encrypt(self, data: bytes, number: int) -> bytes:
        key = hashlib.md5(self._key + struct.pack("<I", number)[:3] + b"\0\0").digest()
        return rc4(key[: min(16, self._size + 5)], data)

    def _digest(self, data: bytes, rounds: int) -> bytes:
        digest = hashlib.md5(data).digest()
        for _round in range(rounds):
            digest = hashlib.md5(digest[: self._size]).digest()
        return digest[: self._size]

    def _many(self, key: bytes, data: bytes) -> bytes:
        for index in range(20 if self._size > 5 else 1):
            data = rc4(bytes(byte ^ index for byte in key), data)
        return data


def rc4(key: bytes, data: bytes) -> bytes:
    """Encrypt or decrypt bytes by RC4."""
    state = list(range(256))
    other = 0
    for index in range(256):
        other = (other + state[index] + key[index % len(key)]) % 256
        state[index], state[other] = state[other], state[index]
    out = bytearray()
    index = other = 0
    for byte in data:
        index = (index + 1) % 256
        other = (other + state[index]) % 256
        state[index], state[other] = state[other], state[index]
        out.append(byte ^ state[(state[index] + state[other]) % 256])
    return bytes(out)


def file_of(objects: Sequence[Any], trailer: dict[str, Any], encryption: Encryption | None) -> bytes:
    data = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, value in enumerate(objects, 1):
        is_plain = encryption is None or value is encryption.entries
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (
            number,
            _written(value, number, None if is_plain else encryption),
        )
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = {"Size": len(objects) + 1} | trailer
    return bytes(data + b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (_written(trailer, 0, None), start))


def _written(value: Any, number: int, encryption: Encryption | None) -> bytes:
    """Return an object as it is written in the file."""
    match value:
        case Raw(data):
            return data
        case Ref(other):
            return b"%d 0 R" % other
        case Stream(entries, data):
            stream = encryption.encrypt(data, number) if encryption else data
            head = _written(entries | {"Length": len(stream)}, number, encryption)
            return b"%s\nstream\n%s\nendstream" % (head, stream)
        case Name():
            return b"/" + value.encode()
        case str():
            encoded = (
                value.encode()
                if value.isascii()
                else b"\xfe\xff" + value.encode("utf-16-be", "surrogatepass")
            )
            return _written(encoded, number, encryption)
        case bytes():
            return b"<%s>" % (encryption.encrypt(value, number) if encryption else value).hex().encode()
        case bool() | None:
            return {True: b"true", False: b"false", None: b"null"}[value]
        case dict():
            rows = (
                b"/%s %s" % (key.encode(), _written(each, number, encryption)) for key, each in value.items()
            )
            return b"<<%s>>" % b" ".join(rows)
        case list() | tuple():
            return b"[%s]" % b" ".join(_written(each, number, encryption) for each in value)
        case int() | float():
            return number_of(value)
    raise TypeError(value)


def number_of(value: float) -> bytes:
    return f"{value:.3f}".rstrip("0").rstrip(".").encode()
