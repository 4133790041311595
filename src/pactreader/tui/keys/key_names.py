"""The names of keys: as settings have them, as they are shown, and as Textual calls them."""

from typing import Final

_SIGNS: Final = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "escape": "esc",
    "delete": "del",
}
NAMED_KEYS: Final = frozenset(
    [
        "up",
        "down",
        "left",
        "right",
        "home",
        "end",
        "pageup",
        "pagedown",
        "insert",
        "delete",
        "backspace",
        "enter",
        "tab",
        "escape",
        "space",
    ]
) | {f"f{number}" for number in range(1, 25)}
ALIASES: Final = {
    "esc": "escape",
    "return": "enter",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "pgdown": "pagedown",
    "del": "delete",
    "ins": "insert",
    "bs": "backspace",
}
"""Other names of named keys."""
CONTROL_LETTERS: Final = frozenset("abcdefgjklnopqrstuvwxyz")
"""Letters that can be bound with ctrl. With h, i and m a terminal sends backspace, tab and enter."""
_MODIFIERS: Final = ((), ("ctrl",), ("shift",), ("alt",), ("ctrl", "shift"))
_MIN_RANGE: Final = 3
"""The number of consecutive keys from which they are shown as a range: `1-5`."""


def shown_key(key: str) -> str:
    """Return the name of a key as it is shown: `↓`, `ctrl+d`, `esc`."""
    *modifiers, name = key.split("+")
    return "+".join((*modifiers, _SIGNS.get(name, name)))


def shown_range(keys: list[str]) -> str:
    """Return the shown names of keys, consecutive characters as a range: `["1", "2", "3", "d"]` → `1-3 d`."""
    runs: list[list[str]] = []
    for key in keys:
        if runs and len(key) == len(runs[-1][-1]) == 1 and ord(key) == ord(runs[-1][-1]) + 1:
            runs[-1].append(key)
        else:
            runs.append([key])
    return " ".join(
        f"{run[0]}-{run[-1]}" if len(run) >= _MIN_RANGE else " ".join(map(shown_key, run)) for run in runs
    )


def key_named(typed: str) -> str:
    """Return Textual's name of a key by its name in the settings; empty if there is no such key."""
    if len(typed) == 1:
        return "space" if typed == " " else typed if typed.isprintable() else ""
    *modifiers, name = typed.lower().split("+")
    name = ALIASES.get(name, name)
    if name in NAMED_KEYS and tuple(sorted(modifiers)) in _MODIFIERS:
        return "+".join((*sorted(modifiers), name))
    if modifiers == ["ctrl"] and name in CONTROL_LETTERS:
        return f"ctrl+{name}"
    return ""
