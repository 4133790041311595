"""Opening of web and mail addresses with the desktop's programs."""

import os
import shutil
import subprocess
import sys
from typing import Final

_OPENERS: Final = ("wslview", "xdg-open", "gio open")
"""Commands that open an address with the desktop's programs: of WSL, freedesktop.org, GNOME."""


def open_address(address: str) -> bool:
    """Open an address with the user's program for it.

    `webbrowser` is not used, as it may start a browser in the terminal, and let browsers print messages there.

    Args:
        address: An address that begins with `http:`, `https:` or `mailto:`.

    Returns:
        False if there is no such program.
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
    """Return the command that opens addresses; empty if there is none."""
    has_desktop = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    for opener in _OPENERS:
        command = opener.split()
        if shutil.which(command[0]) and (has_desktop or opener == "wslview"):
            return command
    return []
