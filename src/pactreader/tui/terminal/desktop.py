"""The reader's browser and mail program, wherever they are."""

import os
import shutil
import subprocess
import sys
from typing import Final

_OPENERS: Final = ("wslview", "xdg-open", "gio open")
"""Commands that have the desktop open an address: of WSL, freedesktop.org, GNOME."""


def open_outside(address: str) -> bool:
    """Have the program that the reader has chosen for it open an address.

    `webbrowser` would do it too, but a browser for the terminal would draw over the article, and so would
    what the others have to say.

    Args:
        address: It begins with `http:`, `https:` or `mailto:`.

    Returns:
        Whether there is such a program.
    """
    if sys.platform == "win32":
        os.startfile(address)  # noqa: S606 - an address, not a file: see above
        return True
    command = ["open"] if sys.platform == "darwin" else _desktop_opener()
    if not command:
        return False
    try:
        subprocess.Popen(  # noqa: S603 - no shell reads the address
            [*command, address],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True


def _desktop_opener() -> list[str]:
    """What has the desktop open something; nothing where there is none."""
    has_desktop = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    for opener in _OPENERS:
        command = opener.split()
        if shutil.which(command[0]) and (has_desktop or opener == "wslview"):
            return command
    return []
