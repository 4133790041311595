"""The opening of a PDF, with its password and what pdfium notices."""

from typing import TYPE_CHECKING, Final, NamedTuple

from pactreader.formats.readers.pdf.document.content_kinds import noticed_features
from pactreader.formats.readers.pdf.process.messages import Failure, FailureKind

if TYPE_CHECKING:
    import pypdfium2

_HEADER: Final = b"%PDF-"
"""The bytes that every PDF has at its beginning; pdfium looks for them in the first 1,024."""


class OpenFile(NamedTuple):
    """A file that is open."""

    data: bytes
    document: "pypdfium2.PdfDocument"
    is_protected: bool
    """True if a password was needed to open it. One that only its owner needs, to change it, does not count."""
    is_portfolio: bool
    """True if it is a portfolio, a container of other files."""


def open_file(data: bytes, password: str) -> OpenFile | Failure:
    """Open a file; return the reason if that is not possible.

    Args:
        data: The file.
        password: The password, which is used if it is needed; empty if there is none.
    """
    import pypdfium2

    with noticed_features() as features:
        document = _open(data, None)
        is_protected = document is FailureKind.PASSWORD
        if is_protected and password:
            document = _open(data, password)
    if isinstance(document, FailureKind):
        return Failure(document)
    is_portfolio = pypdfium2.raw.FPDF_UNSP_DOC_PORTABLECOLLECTION in features
    return OpenFile(data, document, is_protected, is_portfolio)


def _open(data: bytes, password: str | None) -> "pypdfium2.PdfDocument | FailureKind":
    from pypdfium2 import PdfDocument, PdfiumError, raw

    try:
        return PdfDocument(data, password=password)
    except PdfiumError as error:
        reasons = {
            raw.FPDF_ERR_PASSWORD: FailureKind.PASSWORD,
            raw.FPDF_ERR_SECURITY: FailureKind.UNSUPPORTED,
        }
        broken = FailureKind.BROKEN if _HEADER in data else FailureKind.OTHER_FORMAT
        return reasons.get(getattr(error, "err_code", None), broken)
