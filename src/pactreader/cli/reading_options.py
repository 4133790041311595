"""The arguments that say how an article is to be read."""

from typing import TYPE_CHECKING, Final

from pactreader.core.printable_text import printable_line
from pactreader.core.reading_options import AUTOMATIC, WHOLE, WHOLE_OPTION, ReadingOptions

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

VALUE_OPTIONS: Final = frozenset({"--as", "--lang", "--encoding"})
"""The options of this module: the word after each is its value, and never names a subcommand."""
_FORMATS: Final = (AUTOMATIC, "text", "markdown", "html", "whole", "code")


def add_reading_options(parser: "ArgumentParser") -> None:
    """Add the arguments that say how an article is to be read to a parser."""
    parser.add_argument(
        "--as",
        dest="read_as",
        choices=_FORMATS,
        help="read it as plain text, as Markdown, as a web page, or line by line as code, whatever its name says; this and "
        "the three below are remembered, and auto forgets them",
    )
    parser.add_argument(
        WHOLE_OPTION,
        dest="read_as",
        action="store_const",
        const=WHOLE,
        help="read everything in a web page, not only the article in it: --as whole",
    )
    parser.add_argument(
        "--lang",
        dest="language",
        type=_language,
        metavar="CODE",
        help="its language, as de or fr, by which sentences are told",
    )
    parser.add_argument(
        "--encoding",
        type=_encoding,
        metavar="NAME",
        help="its encoding, as cp1251 or shift_jis, if it is told wrongly",
    )


def add_fetch_option(parser: "ArgumentParser") -> None:
    """Add the argument that says that a page of the web is to be fetched anew to a parser."""
    parser.add_argument(
        "--fetch", action="store_true", help="fetch a page of the web anew, and not read it as it was kept"
    )


def reading_options(arguments: "Namespace") -> ReadingOptions:
    """Return the choices in the arguments that `add_reading_options` added."""
    chosen = (arguments.read_as, arguments.language, arguments.encoding)
    return ReadingOptions(*(choice or "" for choice in chosen))


def _language(typed: str) -> str:
    """Return the language in a language tag.

    Raises:
        ArgumentTypeError: It is no language tag.
    """
    from argparse import ArgumentTypeError

    from pactreader.core.encoding_names import language_code

    if code := language_code(typed):
        return code
    raise ArgumentTypeError(
        f"“{printable_line(typed)}” is no code of a language; give one of two letters, as en, de or zh"
    )


def _encoding(typed: str) -> str:
    """Return the name by which Python knows an encoding of text.

    Raises:
        ArgumentTypeError: There is none of that name.
    """
    from argparse import ArgumentTypeError

    from pactreader.core.encoding_names import encoding_name

    if name := encoding_name(typed):
        return name
    raise ArgumentTypeError(
        f"there is no encoding “{printable_line(typed)}”; "
        "give a name such as utf-8, cp1251, iso-8859-7, shift_jis, gb18030 or big5"
    )
