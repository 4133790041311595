"""Fewer notes, another order, several at once."""

from app_driver import AppDriver, read


async def mark(reader: AppDriver) -> None:
    """Three highlights: a doubt, a term and a doubt."""
    await reader.press("}", "4", ")", "5", "}", "4")


def test_only_the_doubts_are_shown_and_then_all_again(tmp_path):
    async def story(reader: AppDriver) -> None:
        await mark(reader)
        await reader.press("tab", "/", *"label:do")
        assert "2 of 3" in reader.seen
        assert "Term" not in reader.seen
        await reader.press("enter")
        assert "1 of 2 with label:do" in reader.line(1)
        await reader.press("up", "up", "enter")
        assert reader.screen.article_view.has_focus
        await reader.press("tab", "escape")
        assert "All notes are shown again." in reader.footer
        assert "= Term" in reader.seen
        await reader.press("escape")
        assert reader.screen.article_view.has_focus

    read(tmp_path, story)


def test_a_filter_without_cards_says_how_to_undo_it(tmp_path):
    async def story(reader: AppDriver) -> None:
        await mark(reader)
        await reader.press("tab", "/", *"zzz")
        assert "0 of 3" in reader.seen
        await reader.press("enter")
        assert "esc shows all" in reader.footer
        assert "Nothing is like that" in reader.seen
        await reader.press("escape", "/", *"doub")
        assert "0 of 3, label:doubt has some" in reader.seen
        await reader.press(*"t label:doubt")
        await reader.press("escape")
        assert " with " not in reader.line(1)
        await reader.press("/", *"has:colour")
        assert "has: knows note, tags, versions." in reader.seen

    read(tmp_path, story)


def test_a_card_that_gets_another_label_stays_before_the_reader(tmp_path):
    async def story(reader: AppDriver) -> None:
        await mark(reader)
        await reader.press("tab", "/", *"label:doubt", "enter", "1")
        assert "* Key point" in reader.seen
        assert "! Doubt" in reader.seen

    read(tmp_path, story)


def test_the_order_is_turned_and_said(tmp_path):
    async def story(reader: AppDriver) -> None:
        await mark(reader)
        await reader.press("tab", "S")
        assert "By time: those changed last on top." in reader.footer
        assert "by time" in reader.line(1)
        await reader.press("home")
        assert reader.screen.notes_panel.current.anchor.exact.startswith("Moreover")
        await reader.press("S", "home")
        assert reader.screen.notes_panel.current.label == "doubt"
        await reader.press("end")
        assert reader.screen.notes_panel.current.label == "term"
        await reader.press("S")
        assert "by" not in reader.line(1)

    read(tmp_path, story)


def test_several_are_relabelled_tagged_and_removed_each_by_one_change(tmp_path):
    async def story(reader: AppDriver) -> None:
        await mark(reader)
        await reader.press("tab", "home", "v", "v")
        assert "2 chosen" in reader.line(1)
        assert reader.seen.count("x▌") == 2
        await reader.press("3")
        assert "label 2 highlights as Question" in reader.footer
        assert [label for _, label, *_ in reader.annotations()] == ["question", "question", "doubt"]
        await reader.press("t", *"law x", "enter", "t", *"-x", "enter")
        assert [tags for *_, tags in reader.annotations()] == [("law",), ("law",), ()]
        await reader.press("x")
        assert len(reader.annotations()) == 1
        await reader.press("u", "u", "u", "u")
        assert [label for _, label, *_ in reader.annotations()] == ["doubt", "term", "doubt"]
        assert [tags for *_, tags in reader.annotations()] == [(), (), ()]
        await reader.press("*")
        assert "3 chosen" in reader.line(1)
        await reader.press("escape")
        assert "chosen" not in reader.line(1)
        assert reader.screen.notes_panel.has_focus

    read(tmp_path, story)


def test_only_those_that_are_chosen_are_exported(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    async def story(reader: AppDriver) -> None:
        await mark(reader)
        await reader.press("tab", "home", "v", "E")
        assert "Export 1 annotation as Markdown to" in reader.seen
        await reader.press("enter")
        assert "1 annotation written" in reader.footer

    read(tmp_path, story)
    (written,) = tmp_path.glob("*.md")
    markdown = written.read_text()
    assert markdown.count("pactreader:highlight") == 1
    assert "\nannotations: 1 of 3\n" in markdown


def test_a_highlight_that_the_filter_hides_is_told_of(tmp_path):
    async def story(reader: AppDriver) -> None:
        await mark(reader)
        await reader.press("tab", "/", *"label:term", "enter", "tab", "g", "1")
        assert "not among the notes with label:term" in reader.footer

    read(tmp_path, story)
