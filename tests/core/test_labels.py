from pactreader.core.labels import COLOURS, LABELS, UNKNOWN_MARK, Label, Labels


def test_labels_differ_in_key_name_mark_and_colour():
    for field in ("id", "key", "name", "mark", "colour"):
        assert len({getattr(label, field) for label in LABELS}) == len(LABELS)
    assert all(label.mark.isascii() and len(label.mark) == 1 for label in LABELS)
    assert {label.colour for label in LABELS} <= set(COLOURS)


def test_labels_keep_their_order_and_are_found_by_id():
    quote, doubt = Label("quote", "6", "Quote", "#", "orange"), Label("doubt", "d", "Zweifel", "!", "#ff0000")
    labels = Labels((quote, doubt))

    assert list(labels) == [quote, doubt]
    assert labels.get("doubt") is doubt
    assert labels.name("doubt") == "Zweifel"


def test_an_unknown_label_is_named_by_its_id():
    unknown = LABELS.get("hunch\x1b[2J")

    assert unknown.name == "hunch␛[2J"
    assert unknown.mark == UNKNOWN_MARK
    assert UNKNOWN_MARK not in {label.mark for label in LABELS}
    assert unknown.colour == ""
    assert LABELS.name("") == "Note"
