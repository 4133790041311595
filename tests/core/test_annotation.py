from datetime import UTC, datetime, timedelta, timezone

from pactreader.core.annotation import parse_tags, timestamp


def test_tags_are_separated_by_commas_or_spaces():
    assert parse_tags("law, #arms  #arms 한국 #été,,") == ("law", "arms", "한국", "été")
    assert parse_tags(" # , ") == ()


def test_a_timestamp_is_in_utc_and_sorts_as_text():
    seoul = timezone(timedelta(hours=9))
    earlier = datetime(2026, 11, 24, 3, 0, tzinfo=seoul)
    later = datetime(2026, 11, 23, 18, 0, 0, 500_000, tzinfo=UTC)

    assert timestamp(earlier) == "2026-11-23T18:00:00.000Z"
    assert timestamp(earlier) < timestamp(later)
