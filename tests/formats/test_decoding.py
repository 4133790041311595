import pytest

from pactreader.formats.decoding import decode

JAPANESE = "老人は海辺に座って網を直していた。\n「もう帰る時間だ」と彼は言った。ABC\n"


@pytest.mark.parametrize("codec", ["iso2022_jp", "iso2022_jp_1", "iso2022_jp_ext"])
def test_japanese_of_seven_bits_is_read_and_named(codec: str) -> None:
    decoded = decode(JAPANESE.encode(codec), "a.txt")

    assert decoded.text == JAPANESE
    assert decoded.encoding == "ISO-2022-JP"
    assert "ISO-2022-JP" in decoded.warning


def test_the_user_overrules_japanese_of_seven_bits() -> None:
    assert decode(JAPANESE.encode("iso2022_jp"), "a.txt", "ascii").encoding == "ascii"


def test_an_escape_sequence_like_it_in_utf_8_is_dropped() -> None:
    decoded = decode("caf\u00e9 \x1b$B and \x1b[1mmore\x1b[0m".encode(), "a.txt")

    assert (decoded.encoding, decoded.warning) == ("UTF-8", "")
    assert "café" in decoded.text
    assert "more" in decoded.text
