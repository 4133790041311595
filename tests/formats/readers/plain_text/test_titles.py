import pytest

from pactreader.formats.readers.text_reader import parse_text

BODY = "The text is a sentence that is long enough for a line, and it ends."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Title: The Sea\nAuthor: Nobody\n\n{BODY}", "The Sea"),
        (f"From: A <a@example.org>\nSubject: Re: The boat\nDate: today\n\n{BODY}", "Re: The boat"),
        (f"This text is free.\n\nTitle: The Sea\n\nAuthor: Nobody\n\n{BODY}", "The Sea"),
        (f"PEP: 8\nTitle: A long title that\n  goes on\n\n{BODY}", "A long title that goes on"),
        (f"标题：海\n\n{BODY}", "海"),
        (f"{BODY}\n\n2.1. Terms\n\n{BODY}", "2.1. Terms"),
        (f"{BODY}\n\nA Part\n------\n\n{BODY}", "A Part"),
        (
            f"Group                      A. Writer\nNumber 7                   May 2031\n\n\n{'A Centred Title':^72}\n\n{BODY}",
            "A Centred Title",
        ),
        (
            f"Group          A. Writer\nNumber 7       May 2031\n\n{'A Title of':^72}\n{'Two Lines':^72}\n\n{BODY}",
            "A Title of Two Lines",
        ),
        (f"The Heron\nby Anna Field\n\n{BODY}", "The Heron"),
        (f"吾輩の自転車\n夏野　草太郎\n\n{BODY}", "吾輩の自転車"),
        (f"MINUTES OF THE COUNCIL\nheld on Monday 4 March\n\n{BODY}", "MINUTES OF THE COUNCIL"),
        (f"Gesetz über Leihräder\n(Leihradgesetz - LRG)\n\n{BODY}", "Gesetz über Leihräder"),
        (f"Dear Anna,\nGood news\n\n{BODY}", "file"),
        (f"Anna Novak\n12 Harbour Street\n\n{BODY}", "file"),
        (f"The title: nobody knows it, he said.\n\n{BODY}", "file"),
    ],
)
def test_the_title_is_found(text: str, title: str) -> None:
    assert parse_text(text, title="file").title == title
