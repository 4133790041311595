"""The question for the password of a protected file, on the terminal."""

import sys
from typing import TYPE_CHECKING
from warnings import catch_warnings, simplefilter

from pactreader.core.errors import PasswordNeededError
from pactreader.core.held_passwords import HeldPasswords
from pactreader.core.printable_text import printable_line

if TYPE_CHECKING:
    from pactreader.core.reading_setup import AskPassword


def password_prompt() -> "AskPassword":
    """Return the function that asks on the terminal for the password of a file, once for each file unless it is wrong."""
    return HeldPasswords().asking(ask_password)


def ask_password(name: str, is_again: bool) -> str:  # noqa: FBT001 - as `AskPassword` has it
    """Ask on the terminal for the password of a file. Nothing of it is shown.

    Standard input is not read, as the file may come from there.

    Raises:
        PasswordNeededError: None is given, or there is no terminal.
    """
    from getpass import GetPassWarning, getpass

    name = printable_line(name)
    question = f"{'That is another one. ' if is_again else ''}Password of {name}: "
    try:
        with catch_warnings():
            simplefilter("error", GetPassWarning)  # without a terminal it would read standard input
            password = getpass(question)
    except GetPassWarning as error:
        raise PasswordNeededError(
            f"{name} is protected by a password, and there is no terminal to ask for it on.",
            "Open it in a terminal, or take the password off: "
            "`qpdf --decrypt --password-file=FILE locked.pdf open.pdf`.",
        ) from error
    except (EOFError, UnicodeDecodeError):
        password = ""
        _end_line()
    except KeyboardInterrupt:
        _end_line()
        raise
    if not password:
        raise PasswordNeededError(
            f"{name} is protected by a password, and none was given.", "Open it once more."
        )
    return password


def _end_line() -> None:
    """End the line of a question that was not answered."""
    if sys.stderr and sys.stderr.isatty():
        sys.stderr.write("\n")
