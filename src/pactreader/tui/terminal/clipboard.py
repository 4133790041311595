"""The platform's clipboard, for terminals that do not let a program set theirs (OSC 52)."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from threading import Thread
from typing import Final

_TIMEOUT: Final = 3.0
"""Seconds after which a tool is killed; it may hang if its display is gone."""

_X11: Final = (["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"])


def clipboard_tool() -> Sequence[str]:
    """Return the command that copies its standard input to the platform's clipboard; empty if there is none.

    Without a display, under tmux, it is tmux, which passes the text on to its own terminal.
    """
    candidates: list[list[str]] = []
    if sys.platform == "win32":
        candidates.append(["clip"])
    elif sys.platform == "darwin":
        candidates.append(["pbcopy"])
    if os.environ.get("WAYLAND_DISPLAY"):
        candidates.append(["wl-copy"])
    if os.environ.get("DISPLAY"):
        candidates += _X11
    if os.environ.get("WSL_DISTRO_NAME"):
        candidates.append(["clip.exe"])
    if os.environ.get("TMUX"):
        candidates.append(["tmux", "load-buffer", "-w", "-"])
    return next((command for command in candidates if shutil.which(command[0])), [])


def put_on_clipboard(tool: Sequence[str], text: str) -> Thread:
    """Copy a text with the command `tool`, in a thread. Failures are ignored.

    Returns:
        The thread, which need not be waited for.
    """

    def copy() -> None:
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run(  # noqa: S603 - one of the commands above, and no shell
                tool,
                input=text.encode("utf-16-le" if tool[0].startswith("clip") else "utf-8", "replace"),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_TIMEOUT,
                check=False,
            )

    thread = Thread(target=copy, name="clipboard", daemon=True)
    thread.start()
    return thread
