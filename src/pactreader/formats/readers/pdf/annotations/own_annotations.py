"""The names by which PactReader knows the annotations that it wrote into a PDF, whoever saved the file since.

A name is the `/NM` of an annotation, ISO 32000-1, 12.5.2: "uniquely identifying it among all the annotations on its page".
"""

from typing import Final

_PREFIX: Final = "pactreader:"


def own_name(annotation_id: str, part: int = 0) -> str:
    """Return the name of one of our annotations in a PDF: `k3x9f2`, 1 → `pactreader:k3x9f2.1`.

    Args:
        annotation_id: The id of the annotation in the library.
        part: The number of the part, from 0, if it is divided over pages.
    """
    return f"{_PREFIX}{annotation_id}.{part}"


def is_own_name(name: str) -> bool:
    """Return whether the name of an annotation in a PDF is one that PactReader gave."""
    return name.startswith(_PREFIX)
