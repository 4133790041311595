import os

import pytest

from pactreader.core.article import Article
from pactreader.formats.linked_files import LinkedFile, linked_file, saved_page


@pytest.fixture
def folder(tmp_path):
    """A folder with articles, and a file beside it."""
    folder = tmp_path / "docs"
    for name in (
        "a.md",
        "other.md",
        "two words.md",
        "page?x=1.html",
        "sub/index.md",
        "sub/deep.html",
        "100%25.md",
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")
    (tmp_path / "secret.txt").write_text("text")
    (folder / "way-out.txt").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(folder / "pipe.md")
    return folder


def follow(folder, target, **fields):
    fields = {"source": str(folder / "a.md")} | fields
    return linked_file(Article(title="", text="", blocks=(), **fields), target)


@pytest.mark.parametrize(
    ("target", "name", "anchor"),
    [
        ("other.md", "other.md", ""),
        ("./other.md#part%20one", "other.md", "part one"),
        ("other", "other.md", ""),
        ("sub/deep#x", "sub/deep.html", "x"),
        ("sub/../other.md", "other.md", ""),
        ("two%20words.md", "two words.md", ""),
        ("100%25.md", "100%25.md", ""),
        ("100%2525.md", "100%25.md", ""),
        ("page?x=1.html", "page?x=1.html", ""),
        ("other.md?plain=1#L3", "other.md", "L3"),
        ("sub/", "sub/index.md", ""),
        ("sub", "sub/index.md", ""),
        ("file:other.md", "other.md", ""),
    ],
)
def test_a_target_is_a_file_beside_the_article(folder, target, name, anchor):
    assert follow(folder, target) == LinkedFile(str(folder / name), anchor, is_near=True)


@pytest.mark.parametrize(
    "target", ["../secret.txt", "way-out.txt", "sub/../../secret.txt", "file:../secret.txt"]
)
def test_a_file_outside_of_the_directory_is_not_near(folder, target):
    found = follow(folder, target)
    assert found
    assert not found.is_near


def test_a_file_url_leads_to_the_file_on_this_computer(folder):
    url = (folder / "other.md").as_uri()
    assert follow(folder, url) == LinkedFile(str(folder / "other.md"), "", is_near=True)
    assert follow(folder, url.replace("file://", "file://localhost"))
    assert follow(folder, url.replace("file://", "file://elsewhere")) is None
    assert follow(folder, "file://[") is None


@pytest.mark.parametrize("fields", [{"url": "https://a.org/x"}, {"source": "https://a.org/x"}])
def test_no_file_url_from_the_web_leads_anywhere(folder, fields):
    assert follow(folder, (folder / "other.md").as_uri(), **fields) is None


@pytest.mark.parametrize("source", ["-", "", "russia-north-korea-pact.txt", "/dev/fd/63"])
def test_a_relative_target_leads_nowhere_from_what_is_no_file(folder, source, monkeypatch):
    monkeypatch.chdir(folder)
    assert follow(folder, "other.md", source=source) is None
    found = follow(folder, str(folder / "other.md"), source=source)
    assert found
    assert not found.is_near


@pytest.mark.parametrize(
    "target", ["missing.md", "pipe.md", "/dev/zero", "%00", "a.md/x", "#", "", "x" * 100_000, "%FF", "?"]
)
def test_what_is_no_regular_file_is_none(folder, target):
    assert follow(folder, target) is None


@pytest.mark.parametrize(
    ("address", "name", "anchor"),
    [
        ("https://example.org/notes/other.md#part", "other.md", "part"),
        ("https://EXAMPLE.org/notes/sub/", "sub/index.md", ""),
        ("https://example.org/notes/sub/deep.html", "sub/deep.html", ""),
        ("https://example.org/notes/two%20words.md", "two words.md", ""),
        ("https://example.org/notes/page?x=1.html", "page?x=1.html", ""),
    ],
)
def test_a_page_that_was_saved_beside_another_one_is_found_by_its_address(folder, address, name, anchor):
    article = Article(
        title="", text="", blocks=(), source=str(folder / "a.md"), url="https://example.org/notes/a"
    )
    assert saved_page(article, address) == LinkedFile(str(folder / name), anchor, is_near=True)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.net/notes/other.md",
        "https://example.org/secret.txt",
        "https://example.org/notes/way-out.txt",
        "https://example.org/other.md",
        "https://example.org",
        "https://[",
        "mailto:other.md",
    ],
)
def test_no_other_page_is_found_in_a_file(folder, address):
    article = Article(
        title="", text="", blocks=(), source=str(folder / "a.md"), url="https://example.org/notes/a"
    )
    assert saved_page(article, address) is None
    assert saved_page(article._replace(url="", source="https://example.org/notes/a"), address) is None
