"""Tests of the passwords that are held in memory."""

from pathlib import Path

import pytest

from pactreader.core.errors import PasswordNeededError
from pactreader.core.held_passwords import HeldPasswords, Password


def test_a_password_is_asked_for_once_and_again_if_it_is_wrong() -> None:
    held = HeldPasswords()
    typed = ["wrong", "right", "never"][::-1]
    ask = held.asking(lambda _name, _is_again: typed.pop())
    assert ask("a.pdf", False) == "wrong"
    assert ask("a.pdf", True) == "right"
    assert ask("a.pdf", False) == "right"
    assert held.recall(str(Path("a.pdf").resolve()), False) == "right", "by its other name"
    with pytest.raises(PasswordNeededError, match=r"b\.pdf is protected by a password"):
        held.recall("b.pdf", False)


def test_a_password_is_given_for_the_file_that_wants_one() -> None:
    held = HeldPasswords()
    for name in ("a.pdf", "b.pdf"):
        with pytest.raises(PasswordNeededError):
            held.recall(name, False)
    held.give("secret")
    assert held.recall("b.pdf", False) == "secret"
    with pytest.raises(PasswordNeededError, match=r"a\.pdf is protected"):
        held.recall("a.pdf", False)
    with pytest.raises(PasswordNeededError, match=r"The password of b\.pdf is another one"):
        held.recall("b.pdf", True)
    with pytest.raises(PasswordNeededError, match="is protected"):
        held.recall("b.pdf", False)


def test_no_report_of_a_fault_shows_a_password() -> None:
    held = HeldPasswords()
    held.asking(lambda _name, _is_again: "secret")("a.pdf", False)
    assert "secret" not in f"{vars(held)!r}{Password('secret')!r}"
    assert Password("secret") == "secret"


def test_a_long_name_is_shortened_in_the_middle() -> None:
    with pytest.raises(PasswordNeededError, match=r"^a{20}…b{16}\.pdf is protected"):
        HeldPasswords().recall(f"/tmp/{'a' * 60}{'b' * 60}.pdf", False)
