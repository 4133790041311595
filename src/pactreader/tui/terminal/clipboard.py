"""The clipboard of the platform, beside that of the terminal: not every terminal lets a program fill its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from threading import Thread
from typing import Final

_PATIENCE: Final = 3.0
"""Seconds until a tool that hangs, as one does whose display is gone, is given up."""

_X11: Final = (["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"])


def clipboard_tool() -> Sequence[str]:
    """The command that takes a text from its standard input onto the platform's clipboard; empty if there is none.

    Under tmux and without a display it is tmux, which hands it on to the terminal it is shown on.
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
    """Have a tool take a text, while everything else goes on.

    Returns:
        Who waits for it; nobody need.
    """

    def put() -> None:
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run(  # noqa: S603 - one of the commands above, and no shell
                tool,
                input=text.encode("utf-16-le" if tool[0].startswith("clip") else "utf-8", "replace"),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_PATIENCE,
                check=False,
            )

    waiting = Thread(target=put, name="clipboard", daemon=True)
    waiting.start()
    return waiting
