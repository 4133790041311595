"""Addresses of pages on the web: as they are typed, requested, compared and shown.

URLs are those of RFC 3986. Nothing here connects to a server.
"""

import re
import unicodedata
from contextlib import suppress
from typing import Final, NamedTuple
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.core.printable_text import printable_line

_SCHEMES: Final = {"http": 80, "https": 443}
"""The schemes of pages, with their default ports."""
_SCHEME: Final = lazy_pattern(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_HOST: Final = lazy_pattern(
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[\w-]+(?:\.[\w-]+)*\.?)(?P<port>:\d{1,5})?(?P<rest>[/?#].*)?", re.DOTALL
)
"""An address without a scheme."""
_LONGEST_URL: Final = 8_000
"""Most characters of a URL: what servers are expected to take (RFC 9110, 4.1)."""
_LONGEST_SHOWN: Final = 120
"""Most characters of an address in a message."""
_LONGEST_HOST: Final = 253
"""Most characters of a host's name (RFC 1035); Python's codec for such names takes quadratic time."""
_HOST_NAME: Final = lazy_pattern(r"(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}")
_DOMAINS: Final = (
    "ad ae af ag al am ao ar as at au aw az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cd cf cg ch "
    "ci ck cl cm cn co cr cu cv cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gg gh gi "
    "gl gm gn gp gq gr gt gu gw gy hk hn hr ht hu id ie il im in iq ir is it je jm jo jp ke kg kh ki km kn kp kr "
    "kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mq mr ms mt mu mv mw mx my mz na "
    "nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd "
    "se sg sh si sk sl sm sn so sr ss st sv sx sy sz tc td tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy "
    "uz va vc ve vg vi vn vu wf ws ye yt za zm zw academy app biz blog cloud com dev edu gov info int media mil "
    "museum net news online org page press pub science site tech wiki xyz"
)
"""Top-level domains of countries, and others that articles are often at, by which a name without a scheme is an address."""
_KNOWN_DOMAINS: Final = frozenset(_DOMAINS.split())
_TRACKING: Final = lazy_pattern(
    r"(?:utm_|mtm_|hsa_|__hs|_hs|vero_|oly_)[^=]*|pk_(?:campaign|keyword|kwd|source|medium|content)|"
    r"fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid|igshid|igsh|srsltid|"
    r"mc_cid|mc_eid|mkt_tok|ref_src|ref_url|_openstat|wickedid|cmpid|s_cid",
    re.IGNORECASE,
)
"""Parameters that tell where a reader comes from, and nothing of the page, as browsers' strippers of trackers list them."""
_SITE_PREFIX: Final = lazy_pattern(r"(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
"""The beginning of a host that names a form of a site."""
_SAFE: Final = "!#$%&'()*+,/:;=?@[]~"
"""Characters that stay in a URL as they are; others than these, letters, digits and `-._` are percent-encoded."""
_ESCAPE: Final = lazy_pattern(r"%([0-9A-Fa-f]{2})")
_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_LATIN_LOOKALIKES: Final = frozenset("асԁеһіјӏорԛѕԝхуъьҽпгѵѡ")
"""Cyrillic letters that look like Latin ones. A name of these alone is shown in its ASCII form, as by Chromium."""


class TypedAddress(NamedTuple):
    """An address of a page as the user typed it."""

    url: str
    """The URL to request, without its fragment."""
    fragment: str = ""
    """The fragment, decoded: the name of an anchor in the page."""
    alternative: str = ""
    """The URL to request if nothing answers at the first one, as no scheme was typed; empty for none."""
    is_bare_host: bool = False
    """True if the name of a host alone was typed, which may as well be a file's name or a part of a title."""


def typed_address(typed: str) -> TypedAddress | None:
    """Return the address of a page that the user typed; `None` if it is none.

    An address with a scheme is one of `http` or `https`. Without one, its host is `localhost`, an IP address or a name
    with a known domain: `example.org/a` → `https://example.org/a`, or `http://…` if nothing answers there. On
    `localhost` and at IP addresses it is `http` first.
    """
    typed = typed.strip().removeprefix("<").removesuffix(">")
    if found := _SCHEME.match(typed):
        url = request_url(typed) if found[1].lower() in _SCHEMES else ""
        return TypedAddress(url, _fragment_of(typed)) if url else None
    found = _HOST.fullmatch(typed)
    is_local = found is not None and _is_local(found["host"])
    if not found or not (is_local or _has_known_domain(found["host"])):
        return None
    first, second = (request_url(f"{scheme}://{typed}") for scheme in ("https", "http"))
    if is_local:
        first, second = second, first
    is_bare_host = not found["port"] and not found["rest"]
    return TypedAddress(first, _fragment_of(typed), second, is_bare_host) if first else None


def request_url(url: str) -> str:
    """Return a URL as it is requested: host in ASCII, other characters percent-encoded, without fragment.

    Empty if it is invalid or too long, is no `http` or `https`, or has a user's name or password in it.
    """
    if len(url) > _LONGEST_URL:
        return ""
    with suppress(ValueError):
        parts = urlsplit(url.strip())
        host, port = _ascii_host(parts.hostname or ""), parts.port
        if parts.scheme in _SCHEMES and host and "@" not in parts.netloc:
            return _joined(parts._replace(netloc=_netloc(host, port, parts.scheme)))
    return ""


def has_credentials(url: str) -> bool:
    """Return whether a URL has a user's name or password in it."""
    with suppress(ValueError):
        return "@" in urlsplit(url.strip()).netloc
    return False


def canonical_address(url: str) -> str:
    """Return the address by which a page is known: as it is requested, without parameters that track its readers.

    Percent-encoded characters that need not be encoded are decoded. An invalid address is returned unchanged.
    """
    requested = request_url(url)
    if not requested:
        return url
    parts = urlsplit(requested)
    query = "&".join(
        each for each in parts.query.split("&") if each and not _TRACKING.fullmatch(each.partition("=")[0])
    )
    return _joined(parts._replace(path=_ESCAPE.sub(_normal_escape, parts.path), query=query))


def article_address(page_url: str, published_url: str) -> str:
    """Return the address by which an article is known: where it says that it is published, if that is on the same site.

    Else that of its page. The front page of a site is not believed to be where another page of it is published.

    Args:
        page_url: The address of its page.
        published_url: The address in the page, `<link rel="canonical">`; empty if there is none.
    """
    own = canonical_address(page_url)
    published = ""
    with suppress(ValueError):
        published = canonical_address(urljoin(page_url, published_url)) if published_url else ""
    if not request_url(published) or _site_of(published) != _site_of(own):
        return own
    parts = urlsplit(published)
    is_front_page = parts.path == "/" and not parts.query and urlsplit(own).path != "/"
    return own if is_front_page else published


def host_of(url: str) -> str:
    """Return the host of a URL in ASCII, without brackets; empty if it has none."""
    with suppress(ValueError):
        return urlsplit(url).hostname or ""
    return ""


def shown_host(url: str) -> str:
    """Return the host of a URL for a message, in its own script unless it could be taken for another one; printable."""
    return printable_line(".".join(map(_shown_label, host_of(url).split("."))))


def shown_address(url: str) -> str:
    """Return a URL for a message: without its scheme, its host as `shown_host` does; printable, and cut if it is long."""
    shown = url
    with suppress(ValueError):
        parts = urlsplit(url[:_LONGEST_URL])
        port = f":{parts.port}" if parts.port else ""
        path = unquote(parts.path) if parts.path != "/" else ""
        shown = f"{shown_host(url)}{port}{path}" + (f"?{parts.query}" if parts.query else "")
    shown = printable_line(shown[:_LONGEST_URL])
    return f"{shown[: _LONGEST_SHOWN - 1]}…" if len(shown) > _LONGEST_SHOWN else shown


def _is_local(host: str) -> bool:
    """Return whether a host is this computer, or named by its IP address."""
    return (
        host.casefold() == "localhost" or host.startswith("[") or bool(re.fullmatch(r"\d+(?:\.\d+){3}", host))
    )


def _has_known_domain(host: str) -> bool:
    """Return whether the name of a host ends with a domain that articles are at, or begins with `www`."""
    *names, domain = host.casefold().removesuffix(".").split(".")
    if not names:
        return False
    is_known = domain in _KNOWN_DOMAINS or domain.startswith("xn--") or not domain.isascii()
    return is_known or names[0] == "www"


def _fragment_of(url: str) -> str:
    return unquote(url.partition("#")[2])


def _ascii_host(host: str) -> str:
    """Return the name of a host in ASCII, or its IP address.

    Raises:
        ValueError: It has characters that no name has, or is too long.
    """
    host = host.removesuffix(".").lower()
    if ":" in host:
        return host.partition("%")[0]
    if len(host) > _LONGEST_HOST:
        raise ValueError("The name of the host is too long.")
    ascii_host = host if host.isascii() else host.encode("idna").decode("ascii").lower()
    if not _HOST_NAME.fullmatch(ascii_host):
        raise ValueError("The name of the host is invalid.")
    return ascii_host


def _netloc(host: str, port: int | None, scheme: str) -> str:
    named = f"[{host}]" if ":" in host else host
    return named if port in {None, _SCHEMES[scheme]} else f"{named}:{port}"


def _joined(parts: SplitResult) -> str:
    path, query = quote(parts.path or "/", safe=_SAFE), quote(parts.query, safe=_SAFE)
    return f"{parts.scheme}://{parts.netloc}{path}" + (f"?{query}" if query else "")


def _normal_escape(found: re.Match[str]) -> str:
    """Return a percent-encoded character decoded if it needs no encoding, else in capitals (RFC 3986, 6.2.2)."""
    character = chr(int(found[1], 16))
    return character if character in _UNRESERVED else found[0].upper()


def _site_of(url: str) -> str:
    """Return the host of a URL without the beginning that names a form of the site."""
    return _SITE_PREFIX.sub("", host_of(url), count=1)


def _shown_label(label: str) -> str:
    """Return a label of a host's name, decoded from its ASCII form if all of it is in one script and looks like it."""
    if not label.startswith("xn--"):
        return label
    try:
        text = label.encode("ascii").decode("idna")
    except UnicodeError:
        return label
    letters = {character for character in text if character.isalpha()}
    scripts = set(map(_script_of, letters))
    is_disguised = letters <= _LATIN_LOOKALIKES
    return text if len(scripts) <= 1 and not is_disguised else label


def _script_of(letter: str) -> str:
    """Return the script of a letter by its name in Unicode; those of Japanese are one."""
    script = unicodedata.name(letter, "").partition(" ")[0]
    return "CJK" if script in {"HIRAGANA", "KATAKANA"} else script
