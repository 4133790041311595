"""The question for the password of a protected file, in the window."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from pactreader.core.errors import PactReaderError, PasswordNeededError

if TYPE_CHECKING:
    from pactreader.tui.app import PactReaderApp
    from pactreader.tui.dialogs.password_prompt import PasswordPrompt


class PasswordQuestion:
    """The question, which is asked once the key is handled that leads to the file, and again if the answer is wrong.

    The file is read after the key that gives the answer: what fails then knows nothing of what was typed, which a report
    of the fault would print.
    """

    def __init__(self, app: "PactReaderApp") -> None:
        self._app = app
        self._prompt: PasswordPrompt | None = None
        """The prompt that is to be shown."""
        self._then: Callable[[], None] | None = None
        """The function that reads the file, once the password is held."""

    def ask(self, error: PasswordNeededError, then: Callable[[], None]) -> None:
        """Ask after the key is handled.

        Args:
            error: The error that a password is needed.
            then: A function that reads the file, called once the password is held. What it raises is told.
        """
        from pactreader.tui.dialogs.password_prompt import PasswordPrompt

        def go_on(password: str) -> None:
            self._app.passwords.give(password)
            self._then = then
            self._app.call_later(self.proceed)

        self._prompt = PasswordPrompt(error.message, on_submit=go_on)
        self._app.call_later(self.proceed)

    async def proceed(self) -> None:
        """Read the file whose password was given, and show the question that is to be asked, if any."""
        then, self._then = self._then, None
        screen = self._app.reading_screen
        if then:
            try:
                then()
            except PactReaderError as error:
                screen.show_message(error.one_line, warning=True)
        prompt, self._prompt = self._prompt, None
        if prompt:
            await screen.context.push_dialog(prompt)
