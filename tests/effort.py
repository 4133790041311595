"""The number of tries of a test that depends on chance: few in every run, many with `pytest --long`."""

_is_long = False


def try_hard() -> None:
    """Let tests try many times from now on."""
    global _is_long  # noqa: PLW0603 - said once, before any test is collected
    _is_long = True


def rounds(few: int, many: int) -> int:
    """Return the number of tries."""
    return many if _is_long else few
