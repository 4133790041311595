import time

import pytest

from pactreader.core.web_addresses import (
    article_address,
    canonical_address,
    has_credentials,
    request_url,
    shown_address,
    shown_host,
    typed_address,
)


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("https://example.org", "https://example.org/"),
        (" <HTTP://Example.ORG:80/A?b=c#d> ", "http://example.org/A?b=c"),
        ("https://example.org:8443/a b", "https://example.org:8443/a%20b"),
        ("https://example.org/a%20b%C3%A9", "https://example.org/a%20b%C3%A9"),
        ("https://bücher.example/straße?ü", "https://xn--bcher-kva.example/stra%C3%9Fe?%C3%BC"),
        ("https://example.org./", "https://example.org/"),
        ("http://[2001:DB8::1]:8000/", "http://[2001:db8::1]:8000/"),
        ("https://example.org/\x1b[31m", "https://example.org/%1B[31m"),
    ],
)
def test_an_address_with_a_scheme_is_requested_as_a_url(typed, url):
    address = typed_address(typed)
    assert address
    assert (address.url, address.alternative) == (url, "")


@pytest.mark.parametrize(
    ("typed", "first", "second"),
    [
        ("example.org/a", "https://example.org/a", "http://example.org/a"),
        ("example.org", "https://example.org/", "http://example.org/"),
        ("www.example.anything/a", "https://www.example.anything/a", "http://www.example.anything/a"),
        ("例え.日本/a", "https://xn--r8jz45g.xn--wgv71a/a", "http://xn--r8jz45g.xn--wgv71a/a"),
        ("localhost:8000/a.md", "http://localhost:8000/a.md", "https://localhost:8000/a.md"),
        ("127.0.0.1/a", "http://127.0.0.1/a", "https://127.0.0.1/a"),
        ("[::1]:80", "http://[::1]/", "https://[::1]:80/"),
    ],
)
def test_an_address_without_a_scheme_is_secure_unless_it_is_local(typed, first, second):
    assert typed_address(typed)[:3] == (first, "", second)


@pytest.mark.parametrize(
    "typed",
    [
        "", "-", ".", "a", "notes.markdown", "docs/notes.md", "v1.2/readme.txt", "../a.org", "/example.org/a", "a.gz",
        "2024.11.30", "what is this?", "me@example.org", "example.org:99999/a", "x" * 64 + ".org", "x." * 200 + "org",
        "ftp://example.org/a", "file:///etc/passwd", "javascript:alert(1)", "https://", "https:///a", "http://[::1",
        "https://a..b/", "https://me:secret@example.org/", "https://example.org@evil.example/", "https://exa mple.org/",
        "https://\ud800.org/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_none(typed):
    assert typed_address(typed) is None


def test_the_fragment_is_the_name_of_an_anchor():
    assert typed_address("https://example.org/a#the%20part").fragment == "the part"
    assert typed_address("example.org/a#part").fragment == "part"


@pytest.mark.parametrize(
    ("typed", "is_bare"), [("a.md", True), ("a.md/", False), ("a.md:80", False), ("a.md?b", False)]
)
def test_a_bare_host_may_be_the_name_of_a_file(typed, is_bare):
    assert typed_address(typed).is_bare_host is is_bare


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?id=1",
        "https://EXAMPLE.org:443/a?id=1#part",
        "https://example.org/a?utm_source=x&id=1&fbclid=y&gclid=z&mc_cid=1&UTM_Medium=mail",
        "https://example.org/%61?id=1&&",
    ],
)
def test_a_page_is_known_without_what_tracks_its_readers(url):
    assert canonical_address(url) == "https://example.org/a?id=1"


def test_what_names_another_page_stays():
    for url in ("http://example.org/a", "https://example.org/A/", "https://example.org/a?page=2&ref=x"):
        assert canonical_address(url) == url
    assert canonical_address("https://example.org/a%2fb") == "https://example.org/a%2Fb"
    assert canonical_address("no address") == "no address"


@pytest.mark.parametrize(
    ("page", "published", "known"),
    [
        ("https://example.org/a?x=1", "https://example.org/a", "https://example.org/a"),
        ("https://m.example.org/a", "https://www.example.org/b?utm_x=1", "https://www.example.org/b"),
        ("https://amp.example.org/a", "https://example.org/a", "https://example.org/a"),
        ("https://example.org/a/1", "/b", "https://example.org/b"),
        ("https://example.org/a?fbclid=1", "", "https://example.org/a"),
        ("https://example.org/a", "https://example.com/a", "https://example.org/a"),
        ("https://example.org/a", "https://example.org/", "https://example.org/a"),
        ("https://example.org/", "https://example.org/?p=1", "https://example.org/?p=1"),
        ("https://example.org/a", "javascript:x", "https://example.org/a"),
        ("https://example.org/a", "https://[", "https://example.org/a"),
        ("https://m.org/a", "https://example.org/a", "https://m.org/a"),
    ],
)
def test_an_article_is_known_by_where_it_says_it_is_on_its_own_site(page, published, known):
    assert article_address(page, published) == known


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://xn--bcher-kva.example/", "bücher.example"),
        ("https://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com"),  # Cyrillic letters that look like "apple"
        ("https://xn--pypal-4ve.com/", "xn--pypal-4ve.com"),  # one Cyrillic letter among Latin ones
        ("https://xn--e1afmkfd.xn--p1ai/", "пример.рф"),
        ("https://xn--a/", "xn--a"),
        ("https://[::1]/", "::1"),
    ],
)
def test_a_host_is_shown_in_its_script_unless_it_could_be_taken_for_another(url, shown):
    assert shown_host(url) == shown


def test_an_address_is_shown_readably_and_without_control_characters():
    assert shown_address("https://example.org/") == "example.org"
    assert shown_address("https://example.org:8443/caf%C3%A9?a=b") == "example.org:8443/café?a=b"
    assert shown_address("https://example.org/%1B[2J%0A") == "example.org/␛[2J"
    assert "\x1b" not in shown_address("http://[\x1b[2J")


def test_a_password_in_an_address_is_noticed():
    assert has_credentials("https://me:secret@example.org/")
    assert not has_credentials("https://example.org/@me")
    assert not has_credentials("http://[")


@pytest.mark.parametrize("sign", [*"a./?#&=%:[]@-", "ä", "https://", "a.", "%41", "&utm_a"])
def test_no_address_takes_long(sign):
    text = sign * 1_000_000
    began = time.perf_counter()
    for url in (text, f"https://{text}", f"https://example.org/{text}", f"https://example.org/?{text}"):
        typed_address(url)
        request_url(url)
        canonical_address(url)
        article_address("https://example.org/", url)
        shown_address(url)
    assert time.perf_counter() - began < 10
