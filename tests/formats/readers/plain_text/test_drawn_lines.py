import pytest

from pactreader.core.article import BlockKind
from pactreader.formats.readers.text_reader import parse_text

DRAWINGS = [
    "+---+---+\n| a | b |\n+---+---+",
    "┌───┬───┐\n│ a │ b │\n└───┴───┘",
    "a | b | c\n--+---+--\n1 | 2 | 3",
    "=====  =====\nOne    Two\n=====  =====\n1      2\n=====  =====",
    "City      People\nParis    2100000\nLyon      520000",
    "Apples  3  red\nPears   2  green\nPlums   9  blue",
    "  in ---> [box] ---> out\n            |\n            v\n          log",
    "   /\\_/\\\n  ( o.o )\n   > ^ <",
    "0                   1\n0 1 2 3 4 5 6 7 8 9 0\n+-+-+-+-+-+-+-+-+-+-+",
    "root\n|-- one\n|   `-- two\n`-- three",
    "├── one\n│   └── two\n└── three",
    "total 12\n-rw-r--r-- 1 anna users 1204 Mar  4 10:11 notes.txt\ndrwxr-xr-x 2 anna users 4096 Mar  4 10:11 src",
    "Start:      now\nEnd:        later\nDuration:   short",
]


@pytest.mark.parametrize("drawing", DRAWINGS)
@pytest.mark.parametrize("margin", ["", "   ", "        "])
def test_drawn_lines_stay_as_they_are(drawing: str, margin: str) -> None:
    set_in = "\n".join(margin + line for line in drawing.split("\n"))
    article = parse_text(f"See below.\n\n{set_in}\n\nThat is all there is to see, and no more.", title="file")

    first, drawn, last = article.blocks
    assert (first.kind, drawn.kind, last.kind) == (BlockKind.PARAGRAPH, BlockKind.CODE, BlockKind.PARAGRAPH)
    lines = article.block_text(drawn).split("\n")
    shared = min(len(line) - len(line.lstrip()) for line in drawing.split("\n"))
    assert lines == [line[shared:] for line in drawing.split("\n")]


@pytest.mark.parametrize(
    "prose",
    [
        "He came.  She went.  They met in the town, and it was  cold there;\nit was late.  We left, and then the others  came.",
        "This  text  was  justified  by  a program that sets every line to the\nsame  width,  by  putting  more  blanks between the words of each one\nof  them,  until  it  fits,  as  man  does  by default on terminals.",
        "This line has a pipe | in it and another one was -- as so often in\nthe past -- interrupted by a dash or two, without being a picture.",
    ],
)
def test_prose_with_gaps_and_dashes_is_joined(prose: str) -> None:
    article = parse_text(f"{prose}\n\n{prose}", title="file")

    assert [block.kind for block in article.blocks] == [BlockKind.PARAGRAPH] * 2
    assert article.block_text(article.blocks[0]) == prose.replace("\n", " ")


def test_a_table_directly_below_prose_stays_and_the_prose_is_joined() -> None:
    prose = "These are as many words as fit on a line of prose that was wrapped\nas it was too long:"
    article = parse_text(f"{prose}\n+---+\n| a |\n+---+\n", title="file")

    assert [article.block_text(block) for block in article.blocks] == [
        prose.replace("\n", " "),
        "+---+\n| a |\n+---+",
    ]


@pytest.mark.parametrize(
    "code",
    [
        "def f(x):\n    if x:\n        return 1\n    return 2",
        "int main(void)\n{\n    return 0;\n}",
        "$ make\n$ sudo make install",
        'server {\n    listen 80;\n    root "/srv";\n}',
        "for i in 1 2 3; do\n  echo $i\ndone",
        "<a>\n  <b>text</b>\n</a>",
    ],
)
def test_code_keeps_its_lines_and_indentation(code: str) -> None:
    set_in = "\n".join("    " + line for line in code.split("\n"))

    assert code in parse_text(f"As here:\n\n{set_in}\n\nSo it is.", title="file").text


@pytest.mark.parametrize("character", [*"-|+=/\\.( \t*_~#>1aA\u3000", "- ", "1.1", "a  b", ". "])
def test_a_very_long_line_of_one_kind_takes_no_long_time(character: str) -> None:
    parse_text(character * 200_000, title="file")
    parse_text(f"{character * 40}\n" * 5_000, title="file")


@pytest.mark.parametrize(
    "lines", ["a\n===\n", "+--+\n|  |\n+--+\ntext\n", "A\n  B\n", "a\n> b\n", "a\n***\n"]
)
def test_a_very_long_chunk_takes_no_long_time(lines: str) -> None:
    parse_text(lines * 20_000, title="file")


@pytest.mark.parametrize(
    "drawing",
    [
        "Alice        Bob\n  |           |\n  |-- hello ->|\n  |           |\n  |<- hello --|",
        "src/\n├── main.py\n├── util/\n└── README",
        "   |      |\n   v      v\n cache  database\n   |      |\n   v      v",
        "      N\n      |\n  W --+-- E\n      |\n      S",
        "  2 |      *\n  1 |  *\n    +--------\n      1  2  3",
    ],
)
def test_labels_belong_to_their_picture_and_no_line_is_added(drawing: str) -> None:
    article = parse_text(f"This is drawn:\n\n{drawing}\n\nThis is not.\n", title="file")

    codes = [article.block_text(block) for block in article.blocks if block.kind is BlockKind.CODE]
    assert [[line.strip() for line in code.split("\n")] for code in codes] == [
        [line.strip() for line in drawing.split("\n")]
    ]


def test_options_are_not_drawn() -> None:
    text = "OPTIONS\n       -h, --help\n              Show this help and exit.\n\n       -q     Be quiet, and say nothing at all.\n"

    assert BlockKind.CODE not in {block.kind for block in parse_text(text, title="file").blocks}


def test_a_picture_below_a_line_of_blanks_at_the_beginning_stays() -> None:
    picture = DRAWINGS[0]
    article = parse_text(f"        \n{picture}\n\nWords below it.", title="t")

    first = article.blocks[0]
    assert (first.kind, article.block_text(first)) == (BlockKind.CODE, picture)
    assert article.source_lines.at(0) == 2
