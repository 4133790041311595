import pytest

from pactreader.core.article import Article, BlockKind
from pactreader.formats.readers.text_reader import parse_text

BODY = "The text is a sentence that is long enough for a line, and it ends."


def texts(article: Article) -> list[str]:
    return [article.block_text(block) for block in article.blocks]


def test_every_other_line_of_a_stanza_may_be_set_in() -> None:
    stanza = "Grey in the grey of the morning,\n  still in the reeds by the stream,\nthe heron is there on one leg,\n  lost in a dream."

    assert texts(parse_text(f"{BODY}\n\n{stanza}\n\n{BODY}", title="file"))[1].split("\n") == [
        line.strip() for line in stanza.split("\n")
    ]


def test_dialogue_beside_set_in_paragraphs_begins_paragraphs() -> None:
    text = "　しかし婆さんは強情である。翌日になると、もうどこからか中古の自転車を\n借りてきて、玄関に立てかけてある。\n「さあ、お乗りなさい」\n「今日は風邪気味で」\n　余は観念した。\n"

    assert texts(parse_text(text, title="file")) == [
        "しかし婆さんは強情である。翌日になると、もうどこからか中古の自転車を借りてきて、玄関に立てかけてある。",
        "「さあ、お乗りなさい」",
        "「今日は風邪気味で」",
        "余は観念した。",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["Present: Mrs Carter (Chair), Mr Singh, Mr Owen and Ms Brandt of Ely", "Apologies: Mr White"],
        ["MARSH: I stayed, and I stayed for a very long time, as you can see.", "JONES: Why did you?"],
        ["[00:12:40] JONES: How did that work out for you in those early days?", "[00:12:44] MARSH: Well."],
        ["— А кто будет платить за прошлый год, за дорогу и за всё остальное?", "— Все, — ответил он."],
    ],
)
def test_fields_and_turns_of_a_dialogue_begin_lines(lines: list[str]) -> None:
    article = parse_text(f"{BODY}\n\n" + "\n".join(lines) + f"\n\n{BODY}", title="file")

    assert texts(article)[1] == "\n".join(lines)


def test_a_line_of_speech_that_begins_with_a_dash_by_chance_is_joined() -> None:
    lines = ["— Никто не знал, что будет дальше, и все молчали, глядя на воду", "— так было всегда."]

    assert "\n" not in texts(parse_text(f"{BODY}\n\n" + "\n".join(lines) + f"\n\n{BODY}", title="file"))[1]


def test_a_diff_in_prose_keeps_its_lines() -> None:
    diff = "--- a/x.c\n+++ b/x.c\n@@ -10,4 +10,4 @@\n int parse(void)\n-  return 1;\n+  return 0;\n \n }"
    article = parse_text(f"Here it is:\n\n{diff}\n\n- First, read it.\n\n{BODY}", title="file")

    code = [article.block_text(block) for block in article.blocks if block.kind is BlockKind.CODE]
    assert [line.rstrip() for line in code[0].split("\n")][:8] == [line.rstrip() for line in diff.split("\n")]
    assert texts(article)[-1] == BODY


def test_a_set_in_paragraph_with_a_hanging_indent_is_prose() -> None:
    text = (
        f"{BODY}\n\n     § 4. Governing law. This Agreement is governed by the laws of\n          England.\n"
    )

    assert [block.kind for block in parse_text(text, title="file").blocks] == [BlockKind.PARAGRAPH] * 2


@pytest.mark.parametrize(
    "line",
    [
        "cp no longer fails when the destination is a directory that has a long",
        "make sure that the file is in the folder in which you have put all the",
    ],
)
def test_prose_may_begin_with_the_name_of_a_command(line: str) -> None:
    article = parse_text(f"{BODY}\n\n    {line}\n    name, and then it is good.\n\n{BODY}", title="file")

    assert [block.kind for block in article.blocks] == [BlockKind.PARAGRAPH] * 3


@pytest.mark.parametrize(
    "line", ["make install", "cp a.txt b.txt", "git commit -m words of mine and more", "apt install one two"]
)
def test_commands_are_code(line: str) -> None:
    article = parse_text(f"{BODY}\n\n    {line}\n    cd ..\n\n{BODY}", title="file")

    assert [block.kind for block in article.blocks][1] is BlockKind.CODE
