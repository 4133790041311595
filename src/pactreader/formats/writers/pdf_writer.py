"""The PDF writer: annotations in a copy of the file that they are on.

The bytes of the file stay as they are, with the annotations in an incremental update behind them. Annotations that
PactReader wrote before are replaced or removed, others stay as they are.
"""

import logging
import struct
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import chain
from typing import Final, NamedTuple

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, PdfObject

from pactreader.core.errors import PactReaderError
from pactreader.formats.writers.pdf.annotation_objects import (
    PdfAnnotation,
    highlight_objects,
    multiply_resources,
    note_objects,
    note_place,
)
from pactreader.formats.writers.pdf.incremental_update import IncrementalUpdate

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it would print what it mends on the screen
_FAULTS: Final = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""The exceptions of pypdf for files that it cannot parse: as its documentation says, these are not only its own."""
_PERMISSION_SIGNATURES: Final = ("/DocMDP", "/UR", "/UR3")
"""The signatures by which an author restricts or allows changes (ISO 32000-1, 12.8.4)."""


class _Entry(NamedTuple):
    """An annotation in the file."""

    written: PdfObject
    """The entry in the page's list: nearly always a reference."""
    content: DictionaryObject
    name: str
    """The name by which PactReader knows it as its own; empty for others."""


class _Page(NamedTuple):
    """A page with the annotations that are on it."""

    page: PageObject
    entries: list[_Entry]


class PdfFile:
    """A PDF that annotations can be written into."""

    def __init__(self, data: bytes, name: str, is_own: Callable[[str], bool]) -> None:
        """Parse a file.

        Args:
            data: The file.
            name: Its name for messages; printable.
            is_own: A function that returns whether the name of an annotation is one that PactReader gave.

        Raises:
            PactReaderError: It is encrypted, signed, or damaged.
        """
        self._name = name
        encrypted = PactReaderError(
            f"{name} is encrypted, and PactReader does not write into encrypted files.",
            "Save it without protection, if you may, and export into that copy.",
        )
        try:
            self._reader = PdfReader(BytesIO(data))
            if self._reader.is_encrypted:
                raise encrypted
            self._update = IncrementalUpdate(data, self._reader)
            self._pages = [_Page(page, list(_entries(page, is_own))) for page in self._reader.pages]
            is_signed = self._is_signed()
        except _FAULTS as error:
            raise self._damaged() from error
        except (DependencyError, RuntimeError) as error:  # it does not know the way of encryption
            raise encrypted from error
        if is_signed:
            raise PactReaderError(
                f"{name} is signed, and annotations in it would put its signature in doubt.",
                "Print it into another PDF, and export into that.",
            )

    @property
    def pages(self) -> int:
        """The number of its pages."""
        return len(self._pages)

    @property
    def has_own(self) -> bool:
        """True if PactReader wrote annotations into it before."""
        return any(entry.name for page in self._pages for entry in page.entries)

    def with_annotations(self, annotations: Sequence[PdfAnnotation]) -> bytes:
        """Return the file with these annotations, and with none besides that PactReader wrote.

        An annotation that has a name of one in the file replaces it, so that answers to it and its window stay with it.

        Raises:
            PactReaderError: It is damaged.
        """
        try:
            self._write(annotations)
            return self._update.appended()
        except _FAULTS as error:
            raise self._damaged() from error

    def _write(self, annotations: Sequence[PdfAnnotation]) -> None:
        own: dict[str, _Entry] = {}
        for entry in chain.from_iterable(page.entries for page in self._pages):
            if entry.name:
                own.setdefault(entry.name, entry)
        resources = self._update.add(multiply_resources()) if annotations else None
        written: defaultdict[int, list[PdfObject]] = defaultdict(list)
        for annotation in annotations:
            page = self._pages[annotation.page].page
            if annotation.rectangles:
                content, appearance = highlight_objects(annotation)
                appearance[NameObject("/Resources")] = resources
            else:
                box = (*page.cropbox.lower_left, *page.cropbox.upper_right)
                place = note_place(box, page.rotation, len(written[annotation.page]))
                content, appearance = note_objects(annotation, *place)
            content[NameObject("/AP")] = DictionaryObject({NameObject("/N"): self._update.add(appearance)})
            former = own.pop(annotation.name, None)
            if former and isinstance(former.written, IndirectObject):
                reference = former.written
                if "/Popup" in former.content:
                    content[NameObject("/Popup")] = former.content.raw_get("/Popup")
            else:
                reference = self._update.new_reference()
            self._update.set(reference, content)
            written[annotation.page].append(reference)
        removed = {id(entry.content) for entry in own.values()}
        arrays = set[int]()
        for index, (page, entries) in enumerate(self._pages):
            if written[index] or any(entry.name for entry in entries):
                kept = [entry for entry in entries if not entry.name and not _is_window_of(entry, removed)]
                after = (*(entry.written for entry in kept), *written[index])
                self._set_annotations(page, ArrayObject(after), arrays)

    def _set_annotations(self, page: PageObject, entries: ArrayObject, arrays: set[int]) -> None:
        """Set the list of annotations of a page: the one that it refers to, or else that in the page itself.

        Args:
            page: The page.
            entries: The list.
            arrays: The numbers of the lists that were set, as there are files with pages that share one.
        """
        former = page.raw_get("/Annots") if "/Annots" in page else None
        if isinstance(former, IndirectObject) and former.idnum not in arrays:
            arrays.add(former.idnum)
            self._update.set(former, entries)
            return
        if page.indirect_reference is None:
            raise ValueError("a page without a number")
        content = DictionaryObject(page)
        content[NameObject("/Annots")] = entries
        self._update.set(page.indirect_reference, content)

    def _is_signed(self) -> bool:
        """Return whether there is a signature in the file: in a field of its form, on a page, or for all of it."""
        root = self._reader.root_object
        permissions = _value(root, "/Perms")
        if isinstance(permissions, DictionaryObject) and any(
            each in permissions for each in _PERMISSION_SIGNATURES
        ):
            return True
        widgets = (entry.content for page in self._pages for entry in page.entries)
        return any(
            _value(field, "/FT") == "/Sig" and _value(field, "/V") for field in chain(_fields(root), widgets)
        )

    def _damaged(self) -> PactReaderError:
        return PactReaderError(
            f"{self._name} is damaged, so that nothing can be added to it.",
            "Save it anew with a PDF viewer, or by `qpdf damaged.pdf mended.pdf`, and export into that.",
        )


def _value(dictionary: DictionaryObject, key: str) -> object:
    """Return the value of a key, also if it is in an object of its own; `None` if there is none."""
    value = dictionary.get(key)
    return value.get_object() if isinstance(value, PdfObject) else None


def _entries(page: PageObject, is_own: Callable[[str], bool]) -> Iterator[_Entry]:
    """Yield the annotations of a page."""
    annotations = _value(page, "/Annots")
    if not isinstance(annotations, ArrayObject):
        return
    for written in list.__iter__(annotations):
        content = written.get_object()
        if isinstance(content, DictionaryObject):
            name = _value(content, "/NM")
            yield _Entry(written, content, name if isinstance(name, str) and is_own(name) else "")


def _is_window_of(entry: _Entry, annotations: set[int]) -> bool:
    """Return whether an annotation is the window of one of those with these Python ids."""
    return (
        _value(entry.content, "/Subtype") == "/Popup" and id(_value(entry.content, "/Parent")) in annotations
    )


def _fields(root: DictionaryObject) -> Iterator[DictionaryObject]:
    """Yield the fields of the form in a file."""
    form = _value(root, "/AcroForm")
    waiting = list(_dictionaries(_value(form, "/Fields"))) if isinstance(form, DictionaryObject) else []
    seen = set[int]()
    while waiting:
        field = waiting.pop()
        if id(field) not in seen:
            seen.add(id(field))
            yield field
            waiting.extend(_dictionaries(_value(field, "/Kids")))


def _dictionaries(array: object) -> Iterator[DictionaryObject]:
    """Yield the dictionaries in what should be an array of them."""
    if isinstance(array, ArrayObject):
        contents = (written.get_object() for written in list.__iter__(array))
        yield from (content for content in contents if isinstance(content, DictionaryObject))
