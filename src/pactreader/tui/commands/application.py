"""Commands of the program: library, help, palette, theme, suspend, quit."""

from functools import partial
from typing import TYPE_CHECKING

from pactreader.core.errors import PactReaderError
from pactreader.tui.keys.registry import Command, Footer, Group, command

if TYPE_CHECKING:
    from pactreader.tui.context import Context


@command(
    "library",
    "o",
    "Library…",
    group=Group.APP,
    short="library",
    help="Every article, every note in them, and their texts, filtered as you type.",
    needs_notes=False,
)
async def library(context: "Context") -> None:
    """Open the library browser."""
    try:
        await context.app.open_library()
    except PactReaderError as error:
        context.show_message(error.one_line, warning=True)


@command(
    "reload",
    "ctrl+l",
    "Read the file again, or fetch its page anew",
    group=Group.APP,
    short="reload",
    help="A file that changes is read again by itself, and the place is kept.",
)
def reload_article(context: "Context") -> None:
    """Read the article's file again, or fetch its page anew."""
    context.app.source_monitor.read_now()


@command(
    "verbatim",
    "T",
    "Show line by line, or as text",
    group=Group.APP,
    short="line by line",
    help="Every line as it stands in the file, or again as it is read. It is remembered with the article.",
)
def verbatim(context: "Context") -> None:
    """Show the article line by line as its file is; again, as it is read without that."""
    context.app.source_monitor.read_verbatim_or_not()


@command(
    "whole-page",
    "W",
    "Show a whole web page, or the article in it",
    group=Group.APP,
    short="whole page",
    help="Everything in a web page, or again the article alone. It is remembered with the article.",
)
def whole_page(context: "Context") -> None:
    """Show everything in the web page that is open; again, the article in it."""
    context.app.source_monitor.read_whole_or_not()


@command(
    "help",
    "? f1",
    "Help",
    group=Group.APP,
    short="help, commands",
    footer=Footer(
        "help", reading=10, highlight=12, selecting=9, reshaping=8, attaching=8, notes=11, selected_notes=9
    ),
    needs_notes=False,
)
async def show_help(context: "Context") -> None:
    """Show the keys."""
    from pactreader.tui.dialogs.help_dialog import HelpDialog

    await context.push_dialog(HelpDialog(context.keymap, context.notebook.labels, context.state()))


@command("palette", "ctrl+p", "Every command", group=Group.APP, short="help, commands")
async def palette(context: "Context") -> None:
    """Open the command palette, and run the chosen command once the dialog is closed."""
    from pactreader.tui.dialogs.command_palette import command_palette

    def run(chosen: Command) -> None:
        context.screen.call_later(context.screen.run_command, chosen)

    await context.push_dialog(command_palette(context.keymap, context.state(), run))


@command("theme", "", "Theme…", group=Group.APP, needs_notes=False)
async def theme(context: "Context") -> None:
    """Open the theme chooser."""
    from pactreader.tui.dialogs.theme_chooser import theme_chooser

    app = context.app
    await context.push_dialog(
        theme_chooser(app.available_themes.values(), app.theme, partial(setattr, app, "theme"))
    )


@command(
    "suspend",
    "ctrl+z",
    "Pause PactReader",
    group=Group.APP,
    short="pause",
    help="In the shell, `fg` goes on with it.",
    needs_notes=False,
)
def suspend(context: "Context") -> None:
    """Suspend the program: the shell has the terminal until `fg`."""
    context.app.action_suspend_process()


@command(
    "quit",
    "q ctrl+q",
    "Quit",
    group=Group.APP,
    short="quit",
    footer=Footer("quit", reading=11, highlight=13, notes=12),
    needs_notes=False,
)
async def quit_program(context: "Context") -> None:
    """Quit, or tell the user what is not saved; a second time, quit without it."""
    await context.app.action_quit()
