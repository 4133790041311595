"""The passwords of protected files that the user gave, held in memory alone while the program runs."""

import os
from pathlib import PurePath
from typing import Final

from pactreader.core.errors import PasswordNeededError
from pactreader.core.reading_setup import AskPassword

_LONGEST: Final = 40
"""The most code points of a file's name in a question, whose end must be read too."""


class Password(str):
    """A password that is not shown by its `repr`, which reports of faults print of all that a function knows."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Password()"


class HeldPasswords:
    """The passwords by the files that they are of, so that a file is read again without a question."""

    def __init__(self) -> None:
        self._by_file: dict[str, Password] = {}
        """The passwords by the absolute names of files."""
        self._missing = ""
        """The file whose password was wanted last and is not known."""

    def asking(self, ask: AskPassword) -> AskPassword:
        """Return a function that gives the password that is held, and asks for one that is not held or is wrong."""

        def ask_password(name: str, is_again: bool) -> str:  # noqa: FBT001 - as `AskPassword` has it
            file = os.path.abspath(name)  # noqa: PTH100 - keeps symbolic links
            if is_again:
                self._by_file.pop(file, None)
            if file not in self._by_file:
                self._missing = file
                self._by_file[file] = Password(ask(name, is_again))
            return self._by_file[file]

        return ask_password

    @property
    def recall(self) -> AskPassword:
        """The function that gives the password that is held, and asks nobody."""
        return self.asking(_refuse)

    def give(self, password: str) -> None:
        """Hold a password of the file for which one was wanted last."""
        self._by_file[self._missing] = Password(password)


def _refuse(name: str, is_again: bool) -> str:  # noqa: FBT001 - as `AskPassword` has it
    file = PurePath(name).name
    if len(file) > _LONGEST:
        file = f"{file[: _LONGEST // 2]}…{file[-_LONGEST // 2 :]}"
    message = f"The password of {file} is another one." if is_again else f"{file} is protected by a password."
    raise PasswordNeededError(message)
