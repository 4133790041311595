"""How much a test tries: a little in every run, a lot with `pytest --long`."""

_is_long = False


def try_hard() -> None:
    """From now on, a lot."""
    global _is_long  # noqa: PLW0603 - said once, before any test is collected
    _is_long = True


def rounds(few: int, many: int) -> int:
    """How often something that depends on chance is tried."""
    return many if _is_long else few
