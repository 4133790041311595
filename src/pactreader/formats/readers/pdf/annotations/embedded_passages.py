"""The passages of the text that the annotations of other programs mark."""

import json
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from pactreader.core.article import Passage
from pactreader.core.embedded_annotations import EmbeddedAnnotation, EmbeddedKind
from pactreader.core.printable_text import printable_line
from pactreader.formats.readers.pdf.annotations.page_annotations import PageAnnotation, read_page_annotations
from pactreader.formats.readers.pdf.annotations.placed_text import PlacedText
from pactreader.formats.readers.pdf.characters.character_boxes import FARTHEST, CharacterBoxes
from pactreader.formats.readers.pdf.laid_out_text import LaidOutBlock
from pactreader.formats.readers.pdf.text_positions import TextPositions

if TYPE_CHECKING:
    import pypdfium2

_MOST: Final = 20_000
"""Annotations of a file. Beyond it the file was made to be large; the most that a reader left in a book is some 5,000."""
_MOST_ON_PAGE: Final = 2_000
"""Annotations of a page, likewise: reading so many takes a good part of a second."""
_LONGEST_NOTES: Final = 10_000_000
"""Code points of the notes of a file, likewise."""
_MOST_WORK: Final = 2_000_000
"""Characters that are looked at for the annotations of a page: seconds. A mark of three lines takes some 300. What goes
beyond it is left out."""
_MOST_PASSAGES: Final = 20
"""Passages of one annotation, which are several if it marks columns side by side."""
_KEY_DIGITS: Final = 16
"""Hexadecimal digits of a key: 64 bits, by which two of 20,000 annotations are the same once in 10¹¹ files."""
_UNIQUE_NAME: Final = 16
"""The length of names that are those of one annotation in a file, as a UUID's 32 digits. Names have to be unique on their
page alone (ISO 32000-1, 12.5.2): MuPDF begins with `fitz-A0` on each."""
_KEY_MARGIN: Final = 40
"""Characters before and after what is marked that are part of a key: half of a line, which is hardly twice in a file."""


class AnnotatedPage(NamedTuple):
    """A page with annotations of other programs."""

    page: int
    """The index of the page."""
    place: str
    """The page as it is cited: `p. 12`."""
    annotations: Sequence[PageAnnotation]
    boxes: CharacterBoxes


class FileAnnotations:
    """The annotations of the pages of a file, gathered while each page is open."""

    def __init__(self) -> None:
        self.own = 0
        """The number of those that PactReader wrote."""
        self._pages: list[AnnotatedPage] = []
        self._left = _MOST
        self._letters_left = _LONGEST_NOTES

    def read_page(
        self,
        page: "pypdfium2.PdfPage",
        text_page: "pypdfium2.PdfTextPage",
        text: str,
        index: int,
        label: str,
    ) -> None:
        """Read the annotations of a page.

        Args:
            page: The page.
            text_page: Its characters.
            text: The same, a code point each.
            index: Its index.
            label: Its label, printable.
        """
        read = read_page_annotations(page, min(self._left, _MOST_ON_PAGE) if self._letters_left > 0 else 0)
        self.own += read.own
        self._left -= len(read.found)
        self._letters_left -= sum(len(each.note) for each in read.found)
        if read.found:
            boxes = CharacterBoxes(text_page, text, map(_heights, read.found))
            self._pages.append(AnnotatedPage(index, f"p. {label}", read.found, boxes))

    def placed(
        self, blocks: Sequence[LaidOutBlock], positions: TextPositions, on_work: Callable[[], None]
    ) -> tuple[EmbeddedAnnotation, ...]:
        """Return the annotations with the passages that they mark in the text that blocks are assembled to.

        Args:
            blocks: The blocks.
            positions: The positions of the characters of all pages in them.
            on_work: A function that is called for each page with annotations.
        """
        if not self._pages:
            return ()
        text = PlacedText(blocks, positions)
        keys = _Keys()
        found: list[EmbeddedAnnotation] = []
        for page in self._pages:
            on_work()
            page.boxes.looked_at = 0
            for annotation in page.annotations:
                if page.boxes.looked_at < _MOST_WORK:
                    characters = [index for box in annotation.boxes for index in page.boxes.under(box)]
                    key = keys.key(annotation, page.boxes.text(characters, margin=_KEY_MARGIN))
                    found += _placed(annotation, characters, page, text, key)
        return tuple(found)


class _Keys:
    """The keys of the annotations of a file."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def key(self, annotation: PageAnnotation, words: str) -> str:
        """Return the key of an annotation, made of its name or, if it has none, of what it is and where on its page.

        The page is left out, as a cover may come before it. The words tell the same line or name of two
        pages apart. Of several that would have one key all the same, each has its number.

        Args:
            annotation: The annotation.
            words: What it marks, with some of what is around.
        """
        letters = "".join(filter(str.isalnum, words))
        rounded = [[round(side) for side in box] for box in annotation.boxes]
        parts: list[object] = [annotation.name]
        if not annotation.name:
            parts = ["", annotation.kind.value, rounded, letters, annotation.note, annotation.author]
        elif len(annotation.name) < _UNIQUE_NAME:
            parts.append(letters or rounded)
        made = json.dumps(parts)
        count = self._counts[made] = self._counts.get(made, 0) + 1
        return _hash(made if count == 1 else f"{made} {count}")


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY_DIGITS]


def _placed(
    annotation: PageAnnotation, characters: Sequence[int], page: AnnotatedPage, text: PlacedText, key: str
) -> Iterator[EmbeddedAnnotation]:
    """Yield an annotation for each passage that one marks, the first with its note; one without a passage as it is.

    Args:
        annotation: The annotation.
        characters: The indices of the characters under it, in no order.
        page: Its page.
        text: The text of all pages.
        key: The key of the first one.
    """
    if annotation.kind is EmbeddedKind.NOTE:
        passages, note = _nearest_line(annotation, page, text), annotation.note
    else:
        offsets = text.offsets(page.page)
        marked = {offsets[index] for index in characters if index in offsets}
        passages = _passages(sorted(marked), text)
        note = annotation.note if passages else _quoted_note(annotation, page.boxes.text(characters))
    if not passages:
        if note:
            yield _embedded(annotation, page, key, Passage(0, 0), note)
        return
    for number, passage in enumerate(passages[:_MOST_PASSAGES]):
        own_key = _hash(f"{key} {number}") if number else key
        yield _embedded(annotation, page, own_key, passage, "" if number else note)


def _embedded(
    annotation: PageAnnotation, page: AnnotatedPage, key: str, passage: Passage, note: str
) -> EmbeddedAnnotation:
    return EmbeddedAnnotation(
        key,
        annotation.kind,
        *passage,
        note,
        annotation.author,
        annotation.colour,
        annotation.created,
        annotation.modified,
        page.place,
    )


def _heights(annotation: PageAnnotation) -> tuple[float, float]:
    """Return the lowest and the highest vertical coordinate that an annotation is about."""
    low = min((box.bottom for box in annotation.boxes), default=0.0)
    high = max((box.top for box in annotation.boxes), default=0.0)
    margin = FARTHEST if annotation.kind is EmbeddedKind.NOTE else 0.0
    return low - margin, high + margin


def _quoted_note(annotation: PageAnnotation, marked: str) -> str:
    """Return the note of a mark on what is not in the text, such as a running head, with that as a quotation."""
    quotation = printable_line(marked)
    return "\n\n".join(filter(None, (f"“{quotation}”" if quotation else "", annotation.note)))


def _passages(offsets: Sequence[int], text: PlacedText) -> list[Passage]:
    """Return the passages that some code points make, in ascending order, without white space at the ends.

    What is between two of them is part of the passage if it is short, or has no words but those that the layout wrote.
    """
    passages: list[Passage] = []
    start = end = -1
    for offset in offsets:
        if end >= 0 and not text.is_divided(end, offset):
            end = offset + 1
            continue
        if end >= 0:
            passages.append(_trimmed(start, end, text.text))
        start, end = offset, offset + 1
    if end >= 0:
        passages.append(_trimmed(start, end, text.text))
    return [each for each in passages if any(map(str.isalnum, text.text[slice(*each)]))] or passages[:1]


def _trimmed(start: int, end: int, text: str) -> Passage:
    words = text[start:end]
    start = end - len(words.lstrip())
    return Passage(start, start + len(words.strip()))


def _nearest_line(annotation: PageAnnotation, page: AnnotatedPage, text: PlacedText) -> list[Passage]:
    """Return the line that is nearest to the sign of a note; nothing if there is no text near it."""
    offsets = text.offsets(page.page)
    nearest = page.boxes.nearest(annotation.boxes[0].centre, offsets) if annotation.boxes else None
    if nearest is None:
        return []
    by_offset = {offset: index for index, offset in offsets.items()}

    def is_on_line(offset: int) -> bool:
        if offset not in by_offset:
            return text.text[offset : offset + 1] == " "
        return page.boxes.are_on_one_line(nearest, by_offset[offset])

    start = end = offsets[nearest]
    while is_on_line(start - 1):
        start -= 1
    while is_on_line(end):
        end += 1
    return [_trimmed(start, end, text.text)]
