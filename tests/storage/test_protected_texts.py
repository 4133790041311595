"""Texts of files that are protected by a password: they are not kept unless the user wants it."""

import pytest

from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from storage.library_driver import an_article

PROTECTED = an_article("Nobody else may read this.")._replace(is_protected=True)


def keep(home, article, **options):
    """Let a library know an article as the window does, and return whether its text is kept."""
    with Library(Paths.find(home, {}), **options) as library:
        entry = library.entry_for(article)
        library.kept.store_text(article)
        library.register(entry, article)
        return library.kept.article(entry) is not None


@pytest.mark.parametrize(
    ("article", "options", "is_kept"),
    [
        (PROTECTED, {}, False),
        (PROTECTED, {"keeps_protected": True}, True),
        (PROTECTED._replace(is_protected=False), {}, True),
    ],
)
def test_a_text_is_kept_as_its_file_and_the_user_allow(tmp_path, article, options, is_kept):
    assert keep(tmp_path, article, **options) is is_kept


def test_a_later_reading_of_the_file_does_not_keep_it_either(tmp_path):
    keep(tmp_path, PROTECTED)

    assert not keep(tmp_path, PROTECTED._replace(file_hash="1" * 32))
