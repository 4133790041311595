from datetime import UTC, datetime, timedelta, timezone

import pytest

from pactreader.core.annotation import Anchor, Annotation, content_of, parse_tags, timestamp


def test_tags_are_separated_by_commas_or_spaces():
    assert parse_tags("law, #arms  #arms 한국 #été,,") == ("law", "arms", "한국", "été")
    assert parse_tags(" # , ") == ()


def test_a_timestamp_is_in_utc_and_sorts_as_text():
    seoul = timezone(timedelta(hours=9))
    earlier = datetime(2026, 11, 24, 3, 0, tzinfo=seoul)
    later = datetime(2026, 11, 23, 18, 0, 0, 500_000, tzinfo=UTC)

    assert timestamp(earlier) == "2026-11-23T18:00:00.000Z"
    assert timestamp(earlier) < timestamp(later)


ANCHOR = Anchor("vague", "is ", ".", 8, 13)
FIRST = Annotation(
    "a1", "doubt", ANCHOR, "Who?", ("law",), "2026", "2027", "Ada", "k1", (None,), {"extra": 1}
)
OTHER = Annotation("b2", "term", None, "What?", (), "1926", "1927", "Bo", "k2", (), {})


@pytest.mark.parametrize("name", Annotation._fields)
def test_the_content_is_what_the_user_made(name):
    changed = FIRST._replace(**{name: getattr(OTHER, name)})
    is_content = name not in {"id", "created", "modified", "origin", "conflicts", "extra"}
    assert (content_of(changed) != content_of(FIRST)) is is_content


def test_a_removal_has_no_content():
    assert content_of(None) is None


@pytest.mark.parametrize("text_hash", ["", "530abc13c92a52567625819670b82dee"])
def test_the_hash_of_the_text_is_no_content(text_hash):
    anchor = ANCHOR._replace(text_hash="018572d2b0393aaaa180fc08e603755f")
    one = FIRST._replace(anchor=anchor)
    assert content_of(one) == content_of(FIRST._replace(anchor=anchor._replace(text_hash=text_hash)))
    assert content_of(one) != content_of(FIRST._replace(anchor=anchor._replace(start=7)))
