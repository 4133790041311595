"""The commands of the terminal interface, one module per subject, one function per command.

Importing this package registers them.
"""

from typing import Final

from pactreader.core.labels import Labels
from pactreader.tui.commands import (
    annotations,
    application,
    bookmarks,
    change_navigation,
    conflict_resolution,
    contents,
    export,
    find,
    hyperlinks,
    navigation,
    notes,
    panel,
    review,
    selection,
)
from pactreader.tui.keys.registry import REGISTERED, Command

_PRECEDENCE: Final = (
    annotations,
    review,
    selection,
    find,
    notes,
    export,
    navigation,
    contents,
    hyperlinks,
    bookmarks,
    change_navigation,
    panel,
    conflict_resolution,
    application,
)
"""The modules in the order in which commands on the same key are tried.

Commands that can run only for a moment, as to keep the ends of a reshaped highlight, come before those that always
can."""


def all_commands(labels: Labels) -> tuple[Command, ...]:
    """Return every command: one for each label, then the registered ones in the order of precedence."""
    order = {module.__name__: number for number, module in enumerate(_PRECEDENCE)}
    registered = sorted(REGISTERED, key=lambda command: order.get(command.run.__module__, len(order)))
    return (*annotations.label_commands(labels), *registered)
