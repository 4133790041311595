"""The identity of articles: by address, text and likeness, by the user's answer, joined and split."""

import os
import random
import shutil

import pytest

from pactreader.core.article import file_hash_of
from pactreader.storage.articles.article_comparison import Verdict
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from storage.library_driver import an_article

WORDS = [
    f"{first}{second}"
    for first in ("ba", "ke", "li", "mo", "nu", "pra")
    for second in ("ran", "sto", "tel", "vik")
]


def a_text(seed, words=300):
    """Return a text of random words in paragraphs."""
    chosen = random.Random(seed)
    return "\n\n".join(" ".join(chosen.choices(WORDS, k=30)) + f" {seed}" for _ in range(words // 30))


def edited(text, share):
    """Return a text with a share of its paragraphs replaced."""
    paragraphs = text.split("\n\n")
    count = round(len(paragraphs) * share)
    return "\n\n".join([*paragraphs[count:], *a_text("new", count * 30).split("\n\n")][: len(paragraphs)])


class Reader:
    """A user who opens files and answers questions, as the program does for them."""

    def __init__(self, directory):
        self.directory = directory
        directory.mkdir(exist_ok=True)
        self.paths = Paths.find(directory / "home", {})
        self.library = Library(self.paths)

    def write(self, name, text):
        path = self.directory / name
        path.write_text(text)
        return path

    def article(self, source, text=None):
        text = source.read_text() if text is None else text
        name = str(source)
        return an_article(text, source=name, title=f"Title of {name.rpartition('/')[2]}")._replace(
            file_hash=file_hash_of(text.encode()),
        )

    def identify(self, article):
        """Return the entry as which an article is taken without an answer, and the one to ask about."""
        found = self.library.identity.identify(article)
        entry = found.entry
        if not found.is_certain:
            finding = self.library.identity.comparison(article, entry).run()
            entry = self.library.identity.settle(finding, article, entry)
        self.library.register(entry, article)
        return entry, self.library.identity.resembled(entry)

    def open(self, source, text=None):
        """Open an article that is identified without a question, and return its id."""
        entry, other = self.identify(self.article(source, text))
        assert other is None
        return entry.id

    def open_asked(self, source, text=None, *, is_same=None):
        """Open an article, answer the question, and return its id and that of the one it was asked about."""
        article = self.article(source, text)
        entry, other = self.identify(article)
        assert other, "You should be asked"
        if is_same is not None:
            entry = self.library.identity.answer(entry, other, article, is_same=is_same)
            self.library.register(entry, article)
        return entry.id, other.id

    def mark(self, source, text=None):
        """Highlight the first word of an article, and return the id of the annotation."""
        article = self.article(source, text)
        entry = self.library.entry_for(article)
        notebook = self.library.notebook(entry, article)
        change = notebook.highlight((0, 4), "doubt")
        self.library.save(entry, change)
        return change.edits[0].id

    def marks(self, entry_id):
        return {annotation.id for _, annotation in self.library.annotations(entry_id)}


@pytest.fixture
def reader(tmp_path):
    return Reader(tmp_path)


def test_every_path_is_remembered(reader):
    path = reader.write("a.md", "One idea.")
    first = reader.open(path)
    copy = reader.write("a.bak.md", "One idea.")
    assert reader.open(copy) == first
    path.write_text("One idea.\n\nNew line.")
    assert reader.open(path) == first
    assert reader.open(copy) == first


def test_a_linked_folder_leads_to_the_same_article(reader):
    (reader.directory / "data").mkdir()
    path = reader.write("data/a.md", "One idea.")
    (reader.directory / "docs").symlink_to(reader.directory / "data")
    linked = reader.directory / "docs/a.md"
    first = reader.open(linked)
    assert reader.open(path) == first
    path.write_text("One idea.\n\nNew line.")
    assert reader.open(linked) == first


def test_a_file_is_known_by_a_link_that_was_never_opened(reader):
    path = reader.write("a.md", "One idea.")
    first = reader.open(path)
    (reader.directory / "soft.md").symlink_to(path)
    os.link(path, reader.directory / "hard.md")
    path.write_text("One idea.\n\nNew line.")
    assert reader.open(reader.directory / "soft.md") == first
    assert reader.open(reader.directory / "hard.md") == first


def test_a_link_to_another_file_is_asked_about(reader):
    one, two = reader.write("one.md", "Report one is here."), reader.write("two.md", "Report two is here.")
    latest = reader.directory / "latest.md"
    latest.symlink_to(one)
    first = reader.open(latest)
    latest.unlink()
    latest.symlink_to(two)
    assert reader.open_asked(latest) == (reader.open_asked(latest)[0], first)


def test_a_former_text_leads_to_its_article(reader):
    first = reader.open("/gone/a.md", "One idea.")
    reader.open("/gone/a.md", "One idea, revised.")
    assert reader.open("/gone/b.md", "One idea.") == first


def test_the_same_file_by_another_name_is_the_same(reader):
    path = reader.write("a.md", "One idea.")
    first, _ = reader.identify(reader.article(path))
    shown_otherwise = an_article("One [idea](x).", source=str(reader.directory / "a.txt"))
    shown_otherwise = shown_otherwise._replace(file_hash=file_hash_of(b"One idea."))
    assert reader.identify(shown_otherwise)[0].id == first.id


def test_the_same_words_are_the_same_article(reader):
    first = reader.open(reader.write("a.md", "One idea stands here. And more."))
    assert reader.open(reader.write("a.txt", "# One idea stands here.\n\nAnd *more*.")) == first


def test_a_renamed_and_edited_file_is_the_same(reader):
    path = reader.write("a.md", a_text(1))
    first = reader.open(path)
    path.unlink()
    assert reader.open(reader.write("b.md", edited(a_text(1), 0.1))) == first


def test_two_files_that_exist_are_asked_about(reader):
    first = reader.open(reader.write("a.md", a_text(1)))
    other = reader.write("b.md", edited(a_text(1), 0.1))
    entry, asked_about = reader.open_asked(other, is_same=False)
    assert asked_about == first != entry
    assert reader.open(other) == entry, "You should not be asked again"
    assert reader.open(reader.directory / "a.md") == first


def test_a_renamed_file_below_the_share_is_asked_about(reader):
    path = reader.write("a.md", a_text(1, 600))
    first = reader.open(path)
    path.unlink()
    assert reader.open_asked(reader.write("b.md", edited(a_text(1, 600), 0.5)))[1] == first


def test_an_excerpt_is_asked_about(reader):
    first = reader.open("/gone/book.md", a_text(1, 9000))
    assert reader.open_asked("/gone/chapter.md", a_text(1, 9000)[3000:5000])[1] == first


def test_unlike_and_short_texts_are_never_asked_about(reader):
    ids = {reader.open(f"/gone/{seed}", a_text(seed)) for seed in range(5)}
    ids |= {reader.open("-", "Alpha report. Two words."), reader.open("-", "Alpha report. Three words.")}
    assert len(ids) == 7


def test_a_piped_text_is_the_same_with_a_digit_changed(reader):
    first = reader.open("-", a_text(1) + " 2025")
    assert reader.open("-", a_text(1) + " 2026") == first


def test_a_piped_text_like_a_file_is_asked_about(reader):
    first = reader.open(reader.write("a.md", a_text(1)))
    assert reader.open_asked("-", a_text(1) + " 2026")[1] == first


def test_an_edited_file_is_the_same_article(reader):
    for name, text in (("short.md", "One idea. And two. And three."), ("long.md", a_text(1))):
        path = reader.write(name, text)
        first = reader.open(path)
        path.write_text(text.replace("One idea", "Two ideas") + "\n\nMore.")
        assert reader.open(path) == first


@pytest.mark.parametrize(
    ("before", "after"),
    [("Alpha report.\n\nAlpha has one idea.", "Beta memo.\n\nSomething else."), (a_text(1), a_text(2))],
    ids=["short", "long"],
)
@pytest.mark.parametrize("is_same", [True, False])
def test_another_text_at_a_path_takes_nothing_over(reader, before, after, is_same):
    path = reader.write("a.md", before)
    first = reader.open(path)
    mark = reader.mark(path)
    path.write_text(after)
    other, asked_about = reader.open_asked(path)
    assert asked_about == first != other
    assert reader.library.find(first).text_hash != reader.library.find(other).text_hash
    new_mark = reader.mark(path)
    entry, _ = reader.open_asked(path, is_same=is_same)
    assert reader.open(path) == entry
    assert reader.marks(entry) == ({mark, new_mark} if is_same else {new_mark})
    path.write_text(before)
    assert reader.open(path) == first, "Its text came back"
    assert mark in reader.marks(first)


def test_an_open_question_is_asked_again(reader):
    reader.open(reader.write("a.md", a_text(1)))
    path = reader.write("b.md", edited(a_text(1), 0.1))
    entry, first = reader.open_asked(path)
    assert reader.open_asked(path) == (entry, first)
    path.write_text(edited(a_text(1), 0.2))
    assert reader.open_asked(path, is_same=True) == (first, first)


def test_the_library_is_the_same_when_opened_again(reader):
    path = reader.write("a.md", a_text(1))
    first = reader.open(path)
    other = reader.write("b.md", edited(a_text(1), 0.1))
    entry, _ = reader.open_asked(other, is_same=False)
    reader.library.close()
    reader.library = Library(reader.paths)
    assert (reader.open(path), reader.open(other)) == (first, entry)


def test_marks_made_before_the_question_stay_with_their_text(reader):
    path = reader.write("a.md", a_text(1))
    reader.open(path)
    mark = reader.mark(path)
    path.write_text(a_text(2))
    article = reader.article(path)
    found = reader.library.identity.identify(article)
    notebook = reader.library.notebook(found.entry, article)
    change = reader.library.save(found.entry, notebook.highlight((0, 4), "doubt"))
    entry = reader.library.identity.settle(
        reader.library.identity.comparison(article, found.entry).run(), article, found.entry
    )
    assert reader.marks(entry.id) == {change.edits[0].id}
    assert reader.marks(found.entry.id) == {mark}


def test_a_mark_made_before_the_search_ends_is_joined(reader):
    path = reader.write("a.md", a_text(1))
    first = reader.open(path)
    mark = reader.mark(path)
    path.unlink()
    article = reader.article(reader.write("b.md", edited(a_text(1), 0.1)))
    found = reader.library.identity.identify(article)
    notebook = reader.library.notebook(found.entry, article)
    change = reader.library.save(found.entry, notebook.highlight((0, 4), "doubt"))
    finding = reader.library.identity.comparison(article, found.entry).run()
    assert finding.verdict is Verdict.SAME
    entry = reader.library.identity.settle(finding, article, found.entry)
    assert entry.id == first
    assert reader.marks(first) == {mark, change.edits[0].id}


def test_an_article_that_is_deleted_in_another_window_while_it_is_compared_is_new(reader):
    path = reader.write("a.txt", a_text(1))
    known = reader.open(path)
    path.write_text(edited(a_text(1), 0.1))
    identity, article = reader.library.identity, reader.article(path)
    entry = identity.identify(article).entry
    found = identity.comparison(article, entry).run()
    with Library(reader.paths) as other:
        other.delete(known)
    entry = identity.settle(found, article, entry)
    reader.library.register(entry, article)
    assert reader.open(path) == entry.id


def test_an_article_that_is_deleted_in_another_window_while_it_is_asked_about_is_none(reader):
    one, other = reader.write("a.txt", a_text(1)), reader.write("b.txt", edited(a_text(1), 0.1))
    known = reader.open(one)
    article = reader.article(other)
    entry, asked = reader.identify(article)
    assert asked.id == known
    with Library(reader.paths) as window:
        window.delete(known)
    answered = reader.library.identity.answer(entry, asked, article, is_same=True)
    reader.library.register(answered, article)
    assert reader.open(other) == answered.id == entry.id


def test_joined_articles_have_one_notebook_until_undone(reader):
    one, two = (reader.open(f"/gone/{seed}", a_text(seed)) for seed in (1, 2))
    marks = [reader.mark(f"/gone/{seed}", a_text(seed)) for seed in (1, 2)]
    before = reader.library.identity.join(two, one)
    assert reader.marks(one) == reader.marks(two) == set(marks)
    assert len(reader.library.articles()) == 1
    assert reader.open("/gone/2", a_text(2)) == one
    reader.library.identity.restore(before)
    assert [reader.marks(each) for each in (one, two)] == [{marks[0]}, {marks[1]}]


def test_an_address_is_split_with_the_annotations_on_its_text(reader):
    path, other = reader.write("a.md", a_text(1)), reader.write("b.md", edited(a_text(1), 0.1))
    first = reader.open(path)
    mark = reader.mark(path)
    reader.open_asked(other, is_same=True)
    other.write_text(edited(a_text(1), 0.2))
    reader.open(other)
    other_mark = reader.mark(other)
    (part,) = [one for one in reader.library.identity.parts(first) if str(other) in one.addresses]
    before = reader.library.identity.split(first, part)
    entry = reader.open(other)
    assert entry != first == reader.open(path)
    assert (reader.marks(first), reader.marks(entry)) == ({mark}, {other_mark})
    reader.library.identity.restore(before)
    assert reader.open(other) == reader.open(path) == first
    assert reader.marks(first) == {mark, other_mark}


def test_a_split_leaves_open_notebooks(reader):
    path = reader.write("a.md", a_text(1))
    first = reader.open(path)
    path.write_text(a_text(2))
    reader.open_asked(path, is_same=True)
    mark = reader.mark(path)
    with Library(reader.paths) as other_window:
        entry = other_window.find(first)
        notebook = other_window.notebook(entry, reader.article(path))
        assert mark in notebook
        for part in reader.library.identity.parts(first):
            reader.library.identity.split(first, part)
        assert other_window.notebooks.refresh(entry, notebook) == 1
        assert mark not in notebook


def test_one_whole_article_cannot_be_split(reader):
    first = reader.open("/gone/1", a_text(1))
    assert reader.library.identity.parts(first) == []


def test_an_old_record_is_compared_with_its_stored_text(reader):
    path = reader.write("a.md", a_text(1))
    article = reader.article(path)
    entry = reader.library.entry_for(article)
    old = entry._replace(addresses={}, text_hashes=(), file_hashes=())
    reader.library.register(entry, article)
    reader.library.identity.restore([old])
    path.unlink()
    assert reader.open(reader.write("b.md", edited(a_text(1), 0.1))) == entry.id


def test_a_joined_entry_is_split_with_what_was_read_since(reader):
    path, other = reader.write("a.md", a_text(1)), reader.write("b.md", edited(a_text(1), 0.1))
    first = reader.open(path)
    former, _ = reader.open_asked(other)
    mark = reader.mark(other)
    reader.open_asked(other, is_same=True)
    other.write_text(edited(a_text(1), 0.2))
    assert reader.open(other) == first
    late_mark = reader.mark(other)
    (part,) = reader.library.identity.parts(first)
    before = reader.library.identity.split(first, part)
    assert (reader.open(path), reader.open(other)) == (first, former)
    assert reader.marks(former) == {mark, late_mark}
    reader.library.identity.restore(before)
    assert reader.open(path) == reader.open(other) == first


def test_joins_and_splits_survive_a_merge_of_two_computers(reader, tmp_path):
    path = reader.write("a.md", a_text(1))
    first = reader.open(path)
    other = reader.open("/gone/b.md", a_text(2))
    elsewhere = Reader(tmp_path / "elsewhere")
    shutil.copytree(reader.paths.data, elsewhere.paths.data)
    reader.library.identity.join(first, other)
    elsewhere.library.rename(first, "Renamed later")
    reader.library.merger.merge(elsewhere.paths.library)
    assert {entry.id for entry in reader.library.articles()} == {first}
    (part,) = reader.library.identity.parts(first)
    reader.library.identity.split(first, part)
    assert {entry.id for entry in reader.library.articles()} == {first, other}
    elsewhere.library.merger.merge(reader.paths.library)
    assert {entry.id for entry in elsewhere.library.articles()} == {first, other}


def test_articles_that_were_joined_through_a_part_stay_together(reader):
    ids = [reader.open(f"/gone/{seed}", a_text(seed)) for seed in (1, 2, 3)]
    marks = [reader.mark(f"/gone/{seed}", a_text(seed)) for seed in (1, 2, 3)]
    reader.library.identity.join(ids[1], ids[2])
    reader.library.identity.join(ids[0], ids[1])
    (part,) = [one for one in reader.library.identity.parts(ids[0]) if one.entry_id == ids[1]]
    before = reader.library.identity.split(ids[0], part)
    assert reader.marks(ids[0]) == reader.marks(ids[2]) == {marks[0], marks[2]}
    assert reader.marks(ids[1]) == {marks[1]}
    reader.library.identity.restore(before)
    assert reader.marks(ids[1]) == set(marks)


def test_joins_of_two_computers_make_one_article(reader, tmp_path):
    ids = [reader.open(f"/gone/{seed}", a_text(seed)) for seed in (1, 2, 3)]
    elsewhere = Reader(tmp_path / "elsewhere")
    shutil.copytree(reader.paths.data, elsewhere.paths.data)
    reader.library.identity.join(ids[0], ids[2])
    elsewhere.library.identity.join(ids[1], ids[2])
    for one, other in ((reader, elsewhere), (elsewhere, reader)):
        one.library.merger.merge(other.paths.library)
        assert [entry.id for entry in one.library.articles()] == [ids[0]]
        assert one.library.with_id(ids[1]).id == one.library.with_id(ids[2]).id == ids[0]


def test_a_join_undone_leaves_each_text_its_annotations(reader):
    one, two = (reader.open(f"/gone/{seed}", a_text(seed)) for seed in (1, 2))
    before = reader.library.identity.join(one, two)
    mark = reader.mark("/gone/2", a_text(2))
    assert reader.marks(one) == {mark}
    reader.library.identity.restore(before)
    assert (reader.marks(one), reader.marks(two)) == (set(), {mark})


def test_two_windows_that_open_a_new_article_keep_what_both_learn(reader):
    path = reader.write("a.md", a_text(1))
    article = reader.article(path)
    found = reader.library.identity.identify(article)
    finding = reader.library.identity.comparison(article, found.entry).run()
    window = Reader(reader.directory)
    entry = window.open(path)
    window.library.rename(entry, "My name")
    copy = reader.write("b.md", a_text(1))
    assert window.open(copy) == entry
    late = reader.library.identity.settle(finding, article, found.entry)
    reader.library.register(late, article)
    with Library(reader.paths) as library:
        assert library.find(entry).name == "My name"
        assert str(copy) in library.find(entry).addresses


def test_an_answer_keeps_the_name_given_in_another_window(reader):
    reader.open(reader.write("a.md", a_text(1)))
    path = reader.write("b.md", edited(a_text(1), 0.1))
    article = reader.article(path)
    entry, other = reader.identify(article)
    with Library(reader.paths) as window:
        window.rename(entry.id, "My name")
    answered = reader.library.identity.answer(entry, other, article, is_same=False)
    reader.library.register(answered, article)
    assert reader.library.find(entry.id).name == "My name"


def test_an_annotation_split_elsewhere_is_edited_where_it_is(reader):
    path = reader.write("a.md", a_text(1))
    first = reader.open(path)
    path.write_text(a_text(2))
    reader.open_asked(path, is_same=True)
    mark = reader.mark(path)
    with Library(reader.paths) as window:
        entry = window.find(first)
        notebook = window.notebook(entry, reader.article(path))
        (part,) = [one for one in reader.library.identity.parts(first) if one.text_hashes]
        reader.library.identity.split(first, part)
        window.save(entry, notebook.write_note(mark, "Late."))
    reader.library.annotations()
    new = reader.open(path)
    assert new != first
    assert [one.note for _, one in reader.library.annotations(new)] == ["Late."]
    assert reader.marks(first) == set()


def test_a_window_follows_a_join_and_a_split_of_another_one(reader):
    one, two = (reader.open(f"/gone/{seed}", a_text(seed)) for seed in (1, 2))
    article = reader.article("/gone/2", a_text(2))
    own = reader.library.find(two)
    before = reader.library.identity.join(one, two)
    assert reader.library.identity.article_of(own, article).id == one
    joined = reader.library.identity.article_of(own, article)
    reader.library.identity.restore(before)
    assert reader.library.identity.article_of(joined, article).id == two


def test_articles_are_read_again_only_if_they_changed(reader):
    path = reader.write("a.md", a_text(1))
    first = reader.open(path)
    before = reader.library.find(first)
    reader.mark(path)
    assert reader.library.find(first) is before
    reader.library.rename(first, "Another name")
    assert reader.library.find(first) is not before


def test_the_text_of_a_joined_article_is_no_later_one_of_the_first(reader):
    one, two = (reader.open(f"/gone/{seed}", a_text(seed)) for seed in (1, 2))
    reader.library.identity.join(one, two)
    assert reader.open("/gone/2", a_text(2)) == one
    assert [part.entry_id for part in reader.library.identity.parts(one)] == [two]


def test_a_piped_text_stays_apart_from_the_file_that_was_split(reader):
    first = reader.open("-", a_text(1))
    path = reader.write("a.md", a_text(1))
    assert reader.open(path) == first
    (part,) = [one for one in reader.library.identity.parts(first) if one.addresses]
    reader.library.identity.split(first, part)
    assert reader.open(path) != first == reader.open("-", a_text(1))


def test_a_file_keeps_its_text_when_that_is_split_as_a_piped_one(reader):
    path = reader.write("a.md", a_text(1))
    first = reader.open(path)
    mark = reader.mark(path)
    assert reader.open("-", a_text(1)) == first
    (part,) = [one for one in reader.library.identity.parts(first) if not one.addresses]
    reader.library.identity.split(first, part)
    assert reader.open(path) == first != reader.open("-", a_text(1))
    assert reader.marks(first) == {mark}


def test_a_text_that_was_taken_for_the_same_is_split_again(reader):
    path = reader.write("a.md", a_text(1))
    first = reader.open(path)
    mark = reader.mark(path)
    path.write_text(a_text(2))
    reader.open_asked(path)
    assert reader.open_asked(path, is_same=True) == (first, first)
    other_mark = reader.mark(path)
    (part,) = [one for one in reader.library.identity.parts(first) if one.entry_id]
    reader.library.identity.split(first, part)
    assert (reader.marks(first), reader.marks(part.entry_id)) == ({mark}, {other_mark})
    assert reader.open(path) == part.entry_id
    path.write_text(a_text(1))
    assert reader.open(path) == first


def test_a_part_that_is_split_joins_no_third_article(reader):
    path = reader.write("a.md", a_text(1))
    first = reader.open(path)
    path.write_text(a_text(2))
    second, _ = reader.open_asked(path)
    path.write_text(edited(a_text(2), 0.1))
    assert reader.identify(reader.article(path))[0].id == second
    late = reader.mark(path)
    (part,) = reader.library.identity.parts(second)
    reader.library.identity.split(second, part)
    assert late not in reader.marks(first) | reader.marks(second)
    assert len(reader.library.articles()) == 3


def beginning(article):
    """Return an article as it is while its rest is read."""
    return article._replace(text=article.text[: len(article.text) // 3], rest=object())


class TestWhileItsTextIsNotWhole:
    """An article whose rest is read is taken for what its file or its address was, and compared when it is whole."""

    def identified(self, reader, article):
        """Return the entry of the beginning of an article, marked there."""
        found = reader.library.identity.identify(beginning(article))
        notebook = reader.library.empty_notebook(beginning(article))
        change = notebook.highlight((0, 4), "doubt")
        reader.library.save(found.entry, change)
        return found

    def completed(self, reader, article, entry):
        """Return what it is when it is whole, with the anchor of its mark described anew."""
        notebook = reader.library.notebook(entry, article)
        placements = {anchor: notebook.locator.place(anchor) for anchor in notebook.anchors_without_hash}
        reader.library.save_redescription(notebook.redescription(placements))
        return reader.library.identity.identify_whole(article, entry)

    def test_a_new_one_is_compared_once_it_is_whole(self, reader):
        article = reader.article(reader.write("a.md", a_text(1)))
        found = self.identified(reader, article)
        assert not found.is_certain
        assert found.entry.text_hash == ""
        whole = self.completed(reader, article, found.entry)
        assert not whole.is_certain
        assert (whole.entry.id, whole.entry.text_hash) == (found.entry.id, article.text_hash)

    def test_one_that_was_closed_too_early_is_compared_by_the_next_reading(self, reader):
        original = reader.open("/elsewhere/b.md", a_text(1) + "\n\nMore.")
        article = reader.article(reader.write("a.md", a_text(1)))
        found = self.identified(reader, article)
        assert reader.library.ids_of(found.entry.id) == [found.entry.id]
        entry, other = reader.identify(article)
        assert original in {entry.id, other and other.id}

    def test_the_file_tells_what_it_is(self, reader):
        path = reader.write("a.md", a_text(1))
        known = reader.open(path)
        article = reader.article(path)
        found = reader.library.identity.identify(beginning(article))
        assert found == (reader.library.with_id(known), True)
        assert reader.library.identity.identify_whole(article, found.entry).is_certain

    def test_marks_of_another_known_article_at_the_address_go_with_it(self, reader):
        path = reader.write("a.md", a_text(1))
        first = reader.open(path)
        second = reader.open(reader.write("b.md", a_text(2)))
        path.write_text(a_text(2))
        # The same text in another file, as one with other metadata.
        article = reader.article(path)._replace(file_hash="0" * 32)
        found = self.identified(reader, article)
        assert (found.entry.id, found.is_certain) == (first, False)
        whole = self.completed(reader, article, found.entry)
        assert (whole.entry.id, whole.is_certain) == (second, True)
        assert reader.marks(first) == set()
        assert len(reader.marks(second)) == 1

    def test_marks_of_an_unknown_article_at_the_address_go_with_it(self, reader):
        path = reader.write("a.md", a_text(1))
        first = reader.open(path)
        path.write_text(a_text(2))
        article = reader.article(path)
        found = self.identified(reader, article)
        whole = self.completed(reader, article, found.entry)
        assert (whole.entry.id, whole.is_certain) == (first, False)
        finding = reader.library.identity.comparison(article, whole.entry).run()
        entry = reader.library.identity.settle(finding, article, whole.entry)
        assert entry.id != first
        assert len(reader.marks(entry.id)) == 1

    def test_one_with_a_known_text_joins_its_article(self, reader):
        known = reader.open(reader.write("a.md", a_text(1)))
        article = reader.article(reader.write("b.md", a_text(1)))._replace(file_hash="0" * 32)
        found = self.identified(reader, article)
        assert found.entry.id != known
        whole = self.completed(reader, article, found.entry)
        assert (whole.entry.id, whole.is_certain) == (known, True)
        assert len(reader.marks(known)) == 1
