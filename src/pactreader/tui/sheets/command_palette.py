"""Every command in Textual's palette, with its key."""

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType

from pactreader.tui.keys.commands import Command
from pactreader.tui.keys.keymap import Keymap


class Commands(Provider):
    """Offers the commands of the reading screen."""

    @property
    def _keymap(self) -> Keymap:
        keymap: Keymap = self.screen.keymap  # type: ignore[attr-defined] # the app asks over its reading screen alone
        return keymap

    async def discover(self) -> Hits:
        """Every command, before anything is typed."""
        for command in self._keymap:
            run, more = self._runner(command), command.help or None
            yield DiscoveryHit(_titled(command), run, text=command.title, help=more)

    async def search(self, query: str) -> Hits:
        """The commands whose title is like what was typed."""
        matcher = self.matcher(query)
        for command in self._keymap:
            score = matcher.match(command.title)
            if score > 0:
                run, more = self._runner(command), command.help or None
                yield Hit(score, _titled(command), run, text=command.title, help=more)

    def _runner(self, command: Command) -> IgnoreReturnCallbackType:
        async def run() -> None:
            await self.screen.run_action(f"command('{command.id}')")

        return run


def _titled(command: Command) -> Content:
    """The title and the keys."""
    return Content(command.title) + Content.styled(f"   {command.shown_keys}", "$muted")
