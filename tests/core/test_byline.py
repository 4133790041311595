import pytest

from pactreader.core.byline import byline


@pytest.mark.parametrize(
    ("author", "date", "url", "shown"),
    [
        ("Jane Doe", "2026-11-30", "https://www.example.org/a", "Jane Doe · 2026-11-30 · example.org"),
        ("", "2026-11-30T10:00:00+09:00", "", "2026-11-30"),
        ("", "November 2026", "", "November 2026"),
        ("", "", "https://[broken", ""),
        ("a\nb\x1b[31m", "", "", "a b�[31m"),
        ("", "", "", ""),
    ],
)
def test_a_byline_has_what_is_known(author, date, url, shown):
    line = byline(author, date, url)
    assert "\x1b" not in line
    assert "\n" not in line
    assert line == shown or "\x1b" in author
