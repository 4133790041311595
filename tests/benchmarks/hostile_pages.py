"""Web pages that cost quadratic time where a reader is careless."""

from collections.abc import Iterator

WORDS = "Words of a sentence, and of one more, that go on for a while. "


def hostile_pages() -> Iterator[tuple[str, str]]:
    """Yield the name and the markup of each page."""
    paragraph = f"<p>{WORDS * 4}</p>"
    for depth in (250, 5_000):
        yield f"{depth:,} nested div", f"<html><body>{'<div>' * depth}{paragraph * 5}{'</div>' * depth}"
    nested = "".join(f"<div><p>{number} {WORDS * 2}</p>" for number in range(1_500))
    yield "1,500 nested div with text", f"<html><body>{nested}"
    yield "10,000 paragraphs", f"<html><body><article>{paragraph * 10_000}</article>"
    yield "1 MB in one p", f"<html><body><p>{WORDS * 17_000}</p>"
    yield "100,000 links", "<html><body>" + '<a href="/a">Words to follow</a> ' * 100_000
    yield "20,000 unclosed tags", "<html><body>" + "<div><b><i><table><tr><td>Words, " * 20_000
    yield "1 MB of <", "<html><body><p>" + "<" * 1_000_000
    yield "100,000 attributes", "<html><body><p " + "a=b " * 100_000 + f">{WORDS}</p>"
    yield "1 MB of a class", f'<html><body><div class="{"share " * 170_000}">{paragraph * 5}</div>'
    yield "1 MB of a title", f"<html><head><title>{' | - ' * 200_000}</title></head><body>{paragraph * 5}"
    yield (
        "1 MB of JSON-LD",
        '<html><script type="application/ld+json">' + "[" * 1_000_000 + f"</script>{paragraph}",
    )
    yield "1 MB of a comment", f"<html><!-- saved from url={'-' * 1_000_000}{paragraph}"
    yield "20,000 empty blocks", f"<html><body>{'<div><p></p></div>' * 20_000}{paragraph * 5}"
    yield "1 MB of blanks", f"<html><body><p>a{' ' * 1_000_000}b</p>{paragraph * 5}"
    yield "50,000 br", f"<html><body>{'<br>' * 50_000}{paragraph * 5}"
