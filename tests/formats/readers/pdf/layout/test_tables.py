"""Tables, code, and printed tables of contents: what keeps its lines."""

from pactreader.core.article import BlockKind
from typeset_lines import TypesetPages


def test_rows_of_cells_in_columns_are_a_table_with_tabs() -> None:
    pages = TypesetPages()
    for row in ("Year\tMean\tStation", "1880\t2.81\tNorth Pier", "1881\t3.41\tLighthouse"):
        pages.line(row, cells=(80, 160))
    (piece,) = pages.pieces()
    assert piece.kind is BlockKind.TABLE
    assert piece.text == "Year\tMean\tStation\n1880\t2.81\tNorth Pier\n1881\t3.41\tLighthouse"


def test_heads_that_are_close_to_one_another_are_cells_by_their_places() -> None:
    pages = TypesetPages()
    pages.line("Year Highest Station", bold=True)
    for row in ("1880\t2.81\tPier", "1881\t3.41\tPier"):
        pages.line(row, cells=(30, 75))
    (piece,) = pages.pieces()
    assert piece.text == "Year\tHighest\tStation\n1880\t2.81\tPier\n1881\t3.41\tPier"


def test_an_empty_cell_keeps_its_column() -> None:
    pages = TypesetPages()
    pages.line("Year\tMean\tStation", cells=(80, 160))
    pages.line("1880\tNorth Pier", cells=(160,))
    pages.line("1881\t3.41\tLighthouse", cells=(80, 160))
    (piece,) = pages.pieces()
    assert piece.text.split("\n")[1] == "1880\t\tNorth Pier"


def test_a_cell_of_two_lines_is_joined() -> None:
    pages = TypesetPages()
    pages.line("Year\tMean\tStation", cells=(80, 160))
    pages.line("1880\t2.81\tThe northern", cells=(80, 160), gap=2)
    pages.line("pier", indent=160)
    pages.line("1881\t3.41\tLighthouse", cells=(80, 160), gap=2)
    (piece,) = pages.pieces()
    assert piece.text.split("\n")[1] == "1880\t2.81\tThe northern pier"


def test_words_that_are_divided_in_cells_are_joined() -> None:
    pages = TypesetPages()
    pages.line("Term\tMeaning\tRemark", cells=(80, 260))
    pages.line("cat\ta small animal of a depart-\trather uncoopera-", cells=(80, 260))
    pages.line("mental idea of mis-\ttive", indent=80, cells=(260,))
    pages.line("understandings", indent=80)
    pages.line("dog\ta larger one\tnone", cells=(80, 260))
    pages.line("mouse\tfood of the former, which char-\tsmall", cells=(80, 260))
    pages.line("acteristically sleeps", indent=80)
    pages.line("It was a dark night.", gap=2)
    table, text = pages.texts()
    assert table.split("\n")[1:] == [
        "cat\ta small animal of a departmental idea of misunderstandings\trather uncooperative",
        "dog\ta larger one\tnone",
        "mouse\tfood of the former, which characteristically sleeps\tsmall",
    ]
    assert text == "It was a dark night."


def test_short_words_below_an_empty_cell_are_rows() -> None:
    pages = TypesetPages()
    for row in ("1880\tleast\t2.81", "1881\tleast\t3.41"):
        pages.line(row, cells=(80, 160))
        pages.line("most\t9.81", indent=80, cells=(160,))
    assert pages.texts() == ["1880\tleast\t2.81\n\tmost\t9.81\n1881\tleast\t3.41\n\tmost\t9.81"]


def test_a_line_across_the_columns_above_a_table_is_no_row() -> None:
    pages = TypesetPages()
    pages.prose("It was a dark night, and the rain fell upon the roofs", "of the town.")
    pages.line("Rain\tof the northern town", cells=(50,), gap=2)
    for row in ("Station\tMean", "North Pier 1\t2.81", "Lighthouse 1\t3.41"):
        pages.line(row, cells=(80,))
    assert pages.texts()[1:] == [
        "Rain of the northern town",
        "Station\tMean\nNorth Pier 1\t2.81\nLighthouse 1\t3.41",
    ]


def test_markers_before_their_items_are_no_column() -> None:
    pages = TypesetPages()
    pages.prose("It was a dark night, and the rain fell upon the roofs", "of the town.")
    for number in "123":
        pages.line(f"{number}.\tThe item with this number", cells=(30,))
    assert {piece.kind for piece in pages.pieces()[1:]} == {BlockKind.LIST_ITEM}


def test_prose_with_stretched_spaces_is_no_table() -> None:
    pages = TypesetPages()
    for _line in range(3):
        pages.line("supports\tmost standards of the kind, and\tothers", cells=(56, 280))
        last = pages.lines[-1]
        widened = last.cells[-1]._replace(left=472 - 30, right=472)
        pages.lines[-1] = last._replace(cells=(*last.cells[:-1], widened), right=472)
    assert pages.pieces()[0].kind is BlockKind.TABLE
    for line in range(3):
        cells = pages.lines[line].cells
        even = (cells[0]._replace(right=120), cells[1]._replace(left=134, right=428), cells[2])
        pages.lines[line] = pages.lines[line]._replace(cells=even)
    assert pages.pieces()[0].kind is BlockKind.PARAGRAPH


def test_words_that_all_stand_apart_are_no_cells() -> None:
    pages = TypesetPages()
    for _line in range(3):
        pages.line("the\train\tfell\ton\tthe\troofs\tof", cells=range(40, 280, 40))
    assert BlockKind.TABLE not in {piece.kind for piece in pages.pieces()}
    pages.line("1\t22\t31\t4\t55\t61\t7", cells=range(40, 280, 40), gap=3)
    pages.line("2\t24\t33\t2\t51\t66\t9", cells=range(40, 280, 40))
    assert pages.pieces()[-1].text == "1\t22\t31\t4\t55\t61\t7\n2\t24\t33\t2\t51\t66\t9"


def test_code_keeps_its_lines_indents_and_blank_lines() -> None:
    pages = TypesetPages()
    pages.prose("The area is computed by the function that is shown", "here:")
    pages.line("def area(w, h):", monospaced=True, gap=1.5)
    pages.line("return w * h", monospaced=True, indent=20)
    pages.line("area(2, 3)", monospaced=True, gap=2)
    pages.prose("It is called once, and prints nothing, as one would", "expect.", gap=1.5)
    piece = pages.pieces()[1]
    assert piece.kind is BlockKind.CODE
    assert piece.text == "def area(w, h):\n    return w * h\n\narea(2, 3)"


def test_a_document_in_one_monospaced_font_is_no_code() -> None:
    pages = TypesetPages()
    pages.line("It was a dark night, and the rain fell on the roofs", monospaced=True, full=True)
    pages.line("of the town.", monospaced=True)
    (piece,) = pages.pieces()
    assert piece.kind is BlockKind.PARAGRAPH


def test_entries_of_a_table_of_contents_are_items_without_their_leaders() -> None:
    pages = TypesetPages()
    pages.line("Contents", bold=True, size=14)
    pages.line("1\tThe Coast\t4", cells=(20, 390), gap=2)
    pages.line("1.1\tSand . . . . . . . . . . . . .\t5", indent=20, cells=(50, 390))
    pages.line("2 Harbours and the ships in them . . . . . . . 12")
    pages.line("3 Ships that come from afar and stay for a long time . . 19")
    pages.line("Index . . . . . . . . . . . . . . . . . . . . . . 90")
    entries = [(piece.level, piece.marker, piece.text) for piece in pages.pieces()[1:]]
    assert entries == [
        (1, "1", "The Coast … 4"),
        (2, "1.1", "Sand … 5"),
        (1, "2", "Harbours and the ships in them … 12"),
        (1, "3", "Ships that come from afar and stay for a long time … 19"),
        (1, " ", "Index … 90"),
    ]


def test_lists_beside_dates_are_no_cells() -> None:
    pages = TypesetPages()
    for years in ("2020–2024", "2018–2020", "2014–2018"):
        pages.line(f"{years}\tKeeper of the lighthouse", cells=(80,))
        pages.line("Lit the light", indent=95, bullet=True)
    assert {piece.text for piece in pages.pieces() if piece.kind is BlockKind.LIST_ITEM} == {"Lit the light"}
