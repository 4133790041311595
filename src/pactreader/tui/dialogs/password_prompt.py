"""A dialog that asks for the password of a protected file, at the bottom of the screen."""

from collections.abc import Callable
from typing import Final

from pactreader.tui.dialogs.line_input import LineInput
from pactreader.tui.dialogs.prompt import Prompt

_HINT: Final = "enter opens it, esc leaves it. The password is kept nowhere."


class _PasswordInput(LineInput):
    """An input that shows none of its characters, and changes none."""

    def __init__(self, value: str, *, select_on_focus: bool, id: str) -> None:
        super().__init__(value, password=True, select_on_focus=select_on_focus, id=id)

    def validate_value(self, value: str) -> str:
        """Return the value as it is."""
        return value

    def action_copy(self) -> None:
        """Do nothing, as clipboards keep what they get."""

    def action_cut(self) -> None:
        """Do nothing, as clipboards keep what they get."""


class PasswordPrompt(Prompt):
    """A dialog with a line for a password."""

    INPUT = _PasswordInput

    def __init__(self, question: str, *, on_submit: Callable[[str], None]) -> None:
        """Create a prompt.

        Args:
            question: The sentence that a password is needed.
            on_submit: A function called with the password, before the dialog is closed.
        """
        super().__init__(f"{question} Its password:", hint=_HINT, on_submit=on_submit)

    def prepare_to_quit(self) -> bool:
        """Let the app quit: there is nothing to save."""
        return True
