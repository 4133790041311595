import os
import sys
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest

from pactreader.core.article import Article, BlockKind
from pactreader.core.errors import UnreadableError
from pactreader.core.reading_options import ReadingOptions
from pactreader.formats.sources import (
    BUNDLED,
    bundled_article,
    read_again,
    read_source,
    read_verbatim_or_not,
)

needs_permissions = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may read everything"
)


def read_file(path: Path, content: bytes) -> Article:
    path.write_bytes(content)
    return read_source(str(path), BytesIO())


def piped(content: bytes) -> Article:
    return read_source("-", BytesIO(content))


@pytest.mark.parametrize(
    "content",
    [
        "Título\n\nÜnï “text”".encode(),
        "\ufeffTítulo\n\nÜnï “text”".encode(),
        "\ufeffTítulo\n\nÜnï “text”".encode("utf-16-le"),
        "\ufeffTítulo\n\nÜnï “text”".encode("utf-16-be"),
        "\ufeffTítulo\n\nÜnï “text”".encode("utf-32-le"),
        "\ufeffTítulo\n\nÜnï “text”".encode("utf-32-be"),
        "Título\r\n\r\nÜnï “text”\r\n".encode(),
        "Título\r\rÜnï “text”\r".encode(),
    ],
)
def test_all_encodings_and_line_ends_give_the_same_article(tmp_path: Path, content: bytes) -> None:
    article = read_file(tmp_path / "a.txt", content)
    assert (article.title, article.text, article.warning) == ("Título", "Título\n\nÜnï “text”", "")


KOREAN = "러시아와 북한이 새로운 조약을 맺었고 여러 나라가 우려를 나타냈다. 전문가들은 이를 경고했다."
JAPANESE = "ロシアと北朝鮮は新しい条約を結んだ。専門家はこれについて警告している。"
SIMPLIFIED = "俄罗斯与朝鲜签署条约引起了各国对军事同盟的担忧，专家们警告说这可能影响全球安全。"
TRADITIONAL = "俄羅斯與朝鮮簽署條約引起了各國對軍事同盟的擔憂，專家們警告說這可能影響全球安全。"
ASIAN = (KOREAN, JAPANESE, SIMPLIFIED, TRADITIONAL)


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (KOREAN, "euc-kr", "EUC-KR"),
        (f"{KOREAN} 펲시콜라와 똠방각하", "cp949", "EUC-KR"),
        (f"The pact, in Korean: {KOREAN}", "cp949", "EUC-KR"),
        (JAPANESE, "shift-jis", "Shift JIS"),
        (JAPANESE, "euc-jp", "EUC-JP"),
        (SIMPLIFIED, "gb18030", "GB18030"),
        (TRADITIONAL, "big5", "Big5"),
        ("Un été à la plage, où l’on a vu “Noël”.", "cp1252", "Windows-1252"),
        ("Ärger über Öl, sagt er; größer als je zuvor.", "latin-1", "Windows-1252"),
        ("One café.", "latin-1", "Windows-1252"),
    ],
)
def test_another_encoding_is_read_with_a_warning(tmp_path: Path, text: str, codec: str, name: str) -> None:
    article = read_file(tmp_path / "a.txt", text.encode(codec))
    assert (article.text, article.encoding) == (text, name)
    assert article.warning == f"It is not UTF-8: it was read as {name} (--encoding NAME overrules that)."


@pytest.mark.parametrize("text", [*ASIAN, "Un été à la plage, où l’on a vu “Noël”."])
@pytest.mark.parametrize("damage", [b"\xff", b"\xe9 ", b"\x80\x81"])
def test_damaged_utf8_stays_utf8(tmp_path: Path, text: str, damage: bytes) -> None:
    whole = text.encode()
    article = read_file(tmp_path / "a.txt", whole[:12] + damage + whole[12:])
    assert "not valid UTF-8" in article.warning
    assert article.text.endswith(text[-20:])


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_an_encoding_that_was_chosen_goes_before_all_others(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes("Straße".encode())
    article = read_source(str(path), BytesIO(), ReadingOptions(encoding="cp1252"))
    assert (article.text, article.encoding, article.warning) == ("StraÃŸe", "cp1252", "")


def test_what_is_not_valid_in_the_chosen_encoding_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Naïve café".encode("cp1252"))
    article = read_source(str(path), BytesIO(), ReadingOptions(encoding="utf-8"))
    assert article.text == "Na�ve caf�"
    assert article.warning == "Some of it is not valid utf-8: what could not be read is shown as �."


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("é".encode(), "UTF-8"),
        ("\ufeffé".encode("utf-16-le"), "UTF-16-LE"),
        ("aé".encode() * 9 + b"\xff", "UTF-8"),
    ],
)
def test_an_article_knows_its_encoding(tmp_path: Path, content: bytes, encoding: str) -> None:
    assert read_file(tmp_path / "a.txt", content).encoding == encoding


def test_invalid_bytes_are_replaced_with_a_warning(tmp_path: Path) -> None:
    article = read_file(tmp_path / "a.txt", "“café” au lait ".encode() + b"\xed\xa0")
    assert article.text == "“café” au lait ��"
    assert article.warning == "Some of it is not valid UTF-8: what could not be read is shown as �."
    assert "UTF-16" in read_file(tmp_path / "a.txt", b"\xff\xfea\0b").warning


def test_control_characters_of_a_file_become_visible(tmp_path: Path) -> None:
    hostile = "a\x1b]52;c;\nx\x07 \x9b31m \x7f \u202eb\u2028c\x0cd é".encode()
    assert read_file(tmp_path / "a.txt", hostile).text == "a␛]52;c;\nx␇ �31m ␡ �b\nc\nd é"
    assert read_file(tmp_path / "a.md", hostile).text == "a␛]52;c; x␇ �31m ␡ �b c d é"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "a.txt is empty."),
        (b" \n\t\r\n", "a.txt is empty."),
        (b"\xef\xbb\xbf", "a.txt is empty."),
        (b"\x89PNG\r\n...", "a.txt is a picture (PNG), which PactReader cannot read."),
        (b"PK\x03\x04...", "a.txt is a ZIP archive, which"),
        (b"\x89PNG\r\n\x1a\n", "a.txt is a picture (PNG), which PactReader cannot read."),
        (b"text with\0a NUL", "a.txt is not text: it is binary."),
        (bytes(range(1, 32)) * 9, "a.txt is not text: it is binary."),
    ],
)
def test_a_file_that_is_no_text_is_an_error(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_file(tmp_path / "a.txt", content)
    assert message in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("no/such.txt", "There is no file no/such.txt."),
        ("", "There is no file “”."),
        ("https://example.com:a/", "is no valid address."),
        (os.devnull, "is a device."),
        (".", "is a directory."),
        ("a\0b", "a␀b cannot be read"),
        ("n" * 5_000, "cannot be read"),
        ("\x1b]52;c;x\x07\udcff.txt", "There is no file ␛]52;c;x␇�.txt."),
    ],
)
def test_a_source_that_cannot_be_opened_is_an_error(source: str, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_source(source, BytesIO())
    assert message in caught.value.message
    assert caught.value.hint


@needs_permissions
def test_a_file_without_permission_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("secret")
    path.chmod(0)
    with pytest.raises(UnreadableError, match="may not be read by you"):
        read_source(str(path), BytesIO())


def test_a_markdown_file_is_recognised_by_its_name(tmp_path: Path) -> None:
    content = b"# A title\n\n*Text*\n"
    assert read_file(tmp_path / "a.MD", content).title == "A title"
    assert read_file(tmp_path / "a.markdown", content).text == "A title\n\nText"
    assert read_file(tmp_path / "a.txt", content).text == "# A title\n\n*Text*"


def test_markdown_without_text_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="nothing to read"):
        read_file(tmp_path / "a.md", b"<!-- only a comment -->\n")


def test_markdown_on_standard_input_is_recognised() -> None:
    assert piped(b"# A title\n\nText").title == "A title"
    assert piped(b"See [this](http://x.y).").text == "See this."
    assert piped(b"---\ntitle: Mine\n---\nText").title == "Mine"
    plain = piped(b"Plain * text\n\n    with code_and_all\n")
    assert plain.blocks[-1].kind is BlockKind.CODE
    assert (plain.source, plain.title) == ("-", "Plain * text")
    assert piped(b"One sentence.").title == "Standard input"


def test_empty_standard_input_is_an_error() -> None:
    with pytest.raises(UnreadableError, match="Standard input is empty"):
        piped(b"")


def test_a_source_is_an_absolute_path_with_its_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("real.txt").write_text("Text.")
    Path("link.txt").symlink_to("real.txt")
    article = read_source("./link.txt", BytesIO())
    assert article.source == str(Path.cwd() / "link.txt")
    assert article.title == "link"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"From a command.")
    os.close(writing)
    try:
        article = read_source(f"/dev/fd/{reading}", BytesIO())
    finally:
        os.close(reading)
    assert (article.text, article.source, article.title) == ("From a command.", "-", "Standard input")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_what_is_no_regular_file_has_no_address(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_text, args=("# From a *named* pipe",))
    writer.start()
    article = read_source(str(pipe), BytesIO())
    writer.join()
    assert (article.text, article.source) == ("From a named pipe", "-")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_an_undecodable_file_name_is_a_printable_title(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\x1b[31m.txt"))
    assert read_file(path, b"Text.").title == "�␛[31m"


def test_the_bundled_article_opens() -> None:
    article = bundled_article()
    assert article.title == "Russia-North Korea Pact Raises Concerns Over Potential Military Alliance"
    assert (article.source, article.language, len(article.blocks)) == (BUNDLED, "en", 7)


LIST = b"A list\n\n- one\n- two\n"


@pytest.mark.parametrize("choice", ["text", "markdown", "code"])
def test_a_choice_counts_more_than_name_and_content(tmp_path: Path, choice: str) -> None:
    (tmp_path / "a.py").write_bytes(LIST)
    article = read_source(str(tmp_path / "a.py"), BytesIO(), ReadingOptions(choice))
    assert article.options == ReadingOptions(choice)
    kinds = {block.kind for block in article.blocks}
    assert (BlockKind.CODE in kinds) is (choice == "code")


@pytest.mark.parametrize(
    ("name", "first", "second"), [("a.txt", "code", ""), ("a.md", "code", ""), ("a.py", "text", "")]
)
def test_an_article_is_read_line_by_line_and_back(tmp_path: Path, name: str, first: str, second: str) -> None:
    article = read_file(tmp_path / name, LIST)
    other = read_verbatim_or_not(article)
    back = read_verbatim_or_not(other)
    assert (other.options.format, back.options.format) == (first, second)
    assert back.text == article.text != other.text
    assert other.source == article.source
    assert other.file_hash == article.file_hash


def test_a_needless_choice_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(LIST)
    chosen = read_source(str(tmp_path / "a.py"), BytesIO(), ReadingOptions("code", "de"))
    shown_as_text = read_verbatim_or_not(chosen)
    assert shown_as_text.options == ReadingOptions("text", "de")
    assert read_verbatim_or_not(shown_as_text).options == ReadingOptions("", "de")


def test_what_a_pipe_brought_can_be_read_in_another_way() -> None:
    article = piped(LIST)
    assert read_verbatim_or_not(article).text == LIST.decode().removesuffix("\n")
    assert read_again(read_verbatim_or_not(article), ReadingOptions()).text == article.text


def test_the_bundled_article_can_be_read_in_another_way() -> None:
    article = read_verbatim_or_not(bundled_article())
    assert article.source == BUNDLED
    assert article.options == ReadingOptions("code")
    assert bundled_article(article.options).text == article.text


def test_a_text_without_its_bytes_cannot_be_read_in_another_way(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="Only the text of this article is kept"):
        read_verbatim_or_not(piped(LIST)._replace(content=b""))
    article = read_file(tmp_path / "a.txt", LIST)
    (tmp_path / "a.txt").unlink()
    with pytest.raises(UnreadableError, match="There is no file"):
        read_again(article, ReadingOptions())
