"""A book in EPUB: read to its third chapter, a footnote looked up, a highlight exported with its chapter."""

from formats.books import book, navigation

NUMBERS = ("One", "Two", "Three")


def novel() -> bytes:
    chapters = {
        f"chapter{number}.xhtml": f"<p class='number'>CHAPTER {word.upper()}</p>"
        + "".join(
            f"<p>Paragraph {n} of chapter {number} is about whales and ships.</p>" for n in range(1, 30)
        )
        + f'<p>At last the ship sank in chapter {number}.<a epub:type="noteref" id="r" href="notes.xhtml#n{number}">1</a></p>'
        for number, word in enumerate(NUMBERS, 1)
    }
    notes = "".join(
        f'<li id="n{number}" epub:type="endnote"><p>A note on how chapter {number} ends. '
        f'<a href="chapter{number}.xhtml#r" role="doc-backlink">↩</a></p></li>'
        for number in range(1, 4)
    )
    entries = "".join(
        f'<li><a href="chapter{number}.xhtml">Chapter {word}</a></li>'
        for number, word in enumerate(NUMBERS, 1)
    )
    return book(
        {
            **chapters,
            "notes.xhtml": f'<section epub:type="endnotes"><h1>Notes</h1><ol>{notes}</ol></section>',
        },
        title="The Ship",
        metadata="<dc:creator>Ann Lee</dc:creator><dc:date>1851</dc:date>",
        nav=navigation(f'<ol>{entries}<li><a href="notes.xhtml">Notes</a></li></ol>'),
        spine=[*chapters, "notes.xhtml"],
    )


def test_a_book_is_read_to_its_third_chapter_and_a_highlight_exported_with_it(home):
    path = home.write("ship.epub", novel())
    with home.start(path, columns=100, rows=30) as terminal:
        terminal.wait_for("Ann Lee · 1851")
        terminal.wait_for("CHAPTER ONE")
        terminal.press("c")
        terminal.wait_for("Contents")
        terminal.type("three\n")
        terminal.wait_for("CHAPTER THREE")
        terminal.press("pagedown", "pagedown")
        terminal.wait_for("At last the ship sank in chapter 3.")
        terminal.type("/sank in chapter 3\n")
        terminal.wait_for("other end")
        terminal.press("escape")
        terminal.wait_until_gone("other end")
        terminal.press("1")
        terminal.wait_for("1 highlight ")
        terminal.press("w", "w", "w", "w", "enter")
        terminal.wait_for("A note on how chapter 3 ends.")
        terminal.wait_until_gone("At last the ship sank in chapter 1.")
        terminal.press("ctrl+o")
        terminal.wait_for("At last the ship sank in chapter 3.")
        terminal.press("q")
        assert terminal.wait() == 0

    with home.start(path, columns=100, rows=30) as terminal:
        terminal.wait_for("1 highlight ")
        terminal.wait_for("At last the ship sank in chapter 3.")
        terminal.press("q")
        assert terminal.wait() == 0

    exported = home.run("export", path).stdout
    assert "CHAPTER THREE" in exported
    assert "CHAPTER TWO" not in exported
    assert "\n> At last the ship sank in chapter 3." in exported
    assert "Key point · Chapter Three, ¶ " in exported
    assert "Ann Lee" in exported


def test_a_book_with_drm_is_refused_in_a_sentence(home):
    path = home.write("shop.epub", book({"a.xhtml": "<p>?</p>"}, files={"META-INF/rights.xml": "<rights/>"}))
    refused = home.run("text", path)
    assert refused.returncode
    assert (
        "shop.epub is protected by DRM (Adobe, Barnes & Noble or Kobo): its text is encrypted."
        in refused.stderr
    )
    assert "Traceback" not in refused.stderr
