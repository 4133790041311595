"""The letters of a title, by which titles of the outline and of the text are compared."""


def title_letters(text: str) -> str:
    """Return the letters and digits of a text, in which an outline and the page agree: `3.1 Of cats` → `31ofcats`."""
    return "".join(filter(str.isalnum, text.casefold()))
