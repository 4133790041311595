"""Reading of JSON values as the types that are declared for them."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import cache
from math import isfinite
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

Read = Callable[[Any], Any]
"""A function that reads a JSON value as a certain type, and raises `ValueError` if it is of another one."""


@cache
def typed_reader(declared: Any, read_text: Callable[[str], str] = str) -> Read:
    """Return the function that reads a JSON value as a type.

    `tuple[Span, ...]`: `[[0, 4, "link", "https://example.org"]]` → `(Span(0, 4, SpanKind.LINK, "https://example.org"),)`

    Args:
        declared: The type: a named tuple, a tuple, a sequence, an enumeration of texts, `str`, `int`, `float`, `bool`, or
            one of these or `None`.
        read_text: A function that every text is passed through.
    """
    origin, arguments = get_origin(declared), get_args(declared)
    if origin in {Union, UnionType}:
        (present,) = (each for each in arguments if each is not NoneType)
        read = typed_reader(present, read_text)
        return lambda value: None if value is None else read(value)
    if origin is Sequence or (origin is tuple and arguments[-1] is Ellipsis):
        read = typed_reader(arguments[0], read_text)
        return lambda value: tuple(map(read, _of_type(value, list)))
    if origin is tuple:
        return _fields_reader(lambda *fields: fields, arguments, read_text)
    if issubclass(declared, tuple):
        return _fields_reader(declared, get_type_hints(declared).values(), read_text)
    return _single_reader(declared, read_text)


def _single_reader(declared: Any, read_text: Callable[[str], str]) -> Read:
    """Return the function that reads a text, a number, or a truth value."""
    if declared is str:
        return lambda value: read_text(_of_type(value, str))
    if issubclass(declared, StrEnum):
        return lambda value: declared(_of_type(value, str))
    return _read_number if declared is float else lambda value: _of_type(value, declared)


def _fields_reader(
    create: Callable[..., Any], declared: Sequence[Any] | Any, read_text: Callable[[str], str]
) -> Read:
    """Return the function that reads a list of fields of these types."""
    readers = [typed_reader(each, read_text) for each in declared]

    def read(value: Any) -> Any:
        fields = _of_type(value, list)
        return create(*[one(field) for one, field in zip(readers, fields, strict=True)])

    return read


def _of_type(value: Any, wanted: type) -> Any:
    """Return a value of exactly this type: a `bool` is no `int`."""
    if type(value) is not wanted:
        raise ValueError(f"no {wanted.__name__}")
    return value


def _read_number(value: Any) -> float:
    if type(value) not in {int, float} or not isfinite(value):
        raise ValueError("no number")
    return float(value)
