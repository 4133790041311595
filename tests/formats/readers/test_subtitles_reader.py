import time

import pytest

from pactreader.core.errors import UnreadableError
from pactreader.formats.article_formats import PLAIN_TEXT, SUBTITLES, find_format
from pactreader.formats.origin import Origin
from pactreader.formats.readers.subtitles_reader import read_subtitles

SUBRIP = """1
00:00:01,000 --> 00:00:03,500
The pact was signed
in <i>June</i>.

2
00:00:03,600 --> 00:00:05,000
Nobody said why.

3
00:01:05,000 --> 00:01:07,000
{\\an8}- Did you know?
- No.
"""
WEBVTT = """WEBVTT - A talk

NOTE made by hand

STYLE
::cue { color: red }

intro
00:01.000 --> 00:03.000 align:start position:0%
<v Ann>Well, Tom &amp; I
<00:02.000><c>signed</c> it.

01:00:03.000 --> 01:00:04.000
<v Bo>When?
"""


def read(text):
    return read_subtitles(text.encode(), Origin("a.srt", "a", "/a.srt"))


def rows(article):
    return [(block.marker, article.block_text(block)) for block in article.blocks]


def test_cues_are_joined_to_paragraphs_with_their_time():
    article = read(SUBRIP)
    assert rows(article) == [
        ("0:00:01", "The pact was signed in June. Nobody said why."),
        ("0:01:05", "- Did you know?"),
        ("0:01:05", "- No."),
    ]
    assert article.places.at(article.text.index("Nobody")) == "0:00:01"
    lines = [
        article.source_lines.at(article.text.index(words))
        for words in ("The pact", "in June", "Nobody", "- No")
    ]
    assert lines == [3, 4, 8, 13]


def test_webvtt_is_read_without_notes_styles_and_tags():
    assert rows(read(WEBVTT)) == [("0:00:01", "Ann: Well, Tom & I signed it."), ("1:00:03", "Bo: When?")]


def test_windows_line_ends_and_missing_blank_lines_are_read():
    text = SUBRIP.replace("\n\n", "\n").replace("\n", "\r\n")
    assert rows(read(text)) == rows(read(SUBRIP))


def test_captions_that_repeat_their_line_say_it_once():
    cues = "".join(
        f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{words}\n\n"
        for n, words in enumerate(["so", "so", "it goes"], 1)
    )
    assert rows(read(cues)) == [("0:00:01", "so it goes")]


def test_a_long_talk_without_full_stops_is_divided():
    cues = "".join(
        f"{n}\n00:{n // 60:02}:{n % 60:02},000 --> 00:{n // 60:02}:{n % 60:02},900\nwords and more {n}\n\n"
        for n in range(1, 1000)
    )
    lengths = [len(text) for _, text in rows(read(cues))]
    assert len(lengths) > 5
    assert max(lengths) < 2_100


@pytest.mark.parametrize("text", ["WEBVTT\n", "1\n00:00:01,000 --> 00:00:02,000\n\n"])
def test_subtitles_without_words_are_refused(text):
    with pytest.raises(UnreadableError, match="no subtitles"):
        read(text)


@pytest.mark.parametrize("sign", ["<", "<v ", "{\\", "00:", "-->", "a:", "0:0:0,0 --> "])
def test_hostile_lines_take_linear_time(sign):
    begun = time.process_time()
    read(f"1\n00:00:01,000 --> 00:00:02,000\nWords. {sign * (500_000 // len(sign))}\n")
    assert time.process_time() - begun < 2


def test_subtitles_are_known_by_their_beginning():
    for text in (SUBRIP, WEBVTT):
        assert find_format(text.encode()) is SUBTITLES
        assert find_format(text.encode(), file_name="talk.srt") is SUBTITLES
    assert find_format(b"1\nA list, and no subtitles.\n") is PLAIN_TEXT
