"""The section of web pages in the benchmark of formats."""

import json
import re
import subprocess
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from format_scores import KINDS, Scores, is_author, is_date, is_title, multisets
from hostile_pages import hostile_pages

from pactreader.core.article import Article
from pactreader.core.blocks import Blocks
from pactreader.core.errors import UnreadableError
from pactreader.formats.origin import Origin
from pactreader.formats.readers.html.tree import parse_html
from pactreader.formats.readers.html.walker import HtmlWalker
from pactreader.formats.readers.markdown_reader import parse_markdown
from pactreader.formats.readers.web_page_reader import read_web_page

METADATA = re.compile(r"```json\n(.*?)\n```\n", re.DOTALL)
ROUNDS = 3
OWN = "pactreader"
FIELDS = ("title", "author", "date")
HOSTILE_SECONDS = 2.0


@dataclass
class Page:
    """A web page with the article and the metadata that are expected."""

    path: Path
    group: str
    expected: dict[str, Counter[str]]
    metadata: dict[str, str]


@dataclass
class Run:
    """The pages of one group as one program read them."""

    scores: Scores = field(default_factory=Scores)
    seconds: list[float] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """For each page, its F1 of each kind below 0.995 and the fields that are wrong."""


def expected_pages(folder: Path) -> Iterator[Page]:
    """Yield the pages of a folder whose article is known, as HTML (Readability's) or as Markdown (defuddle's)."""
    for path in sorted(folder.glob("*.html")):
        html, markdown = path.with_suffix(".expected.html"), path.with_suffix(".expected.md")
        if html.exists():
            known = json.loads(path.with_suffix(".metadata.json").read_text())
            names = ("title", "byline", "publishedTime", "siteName")
            metadata = dict(zip((*FIELDS, "site"), (known.get(name) or "" for name in names), strict=True))
            article = article_of_html(html.read_text())
            yield Page(path, "Readability's", multisets(article, metadata["title"]), metadata)
        elif markdown.exists():
            text = markdown.read_text()
            head = METADATA.match(text)
            known = json.loads(head[1]) if head else {}
            names = ("title", "author", "published", "site")
            metadata = dict(zip((*FIELDS, "site"), (known.get(name) or "" for name in names), strict=True))
            article = parse_markdown(text[head.end() :] if head else text, title="")._replace(title="")
            yield Page(path, "defuddle's", multisets(article, metadata["title"]), metadata)


def article_of_html(markup: str) -> Article:
    """Return everything in some HTML as an article."""
    tree = parse_html(markup)
    return Article.assemble([] if tree is None else HtmlWalker().walk(tree), title="")


def own_articles(pages: Iterable[Page]) -> Iterator[tuple[Page, Article, float]]:
    """Yield the article in each page as PactReader reads it, with the seconds that it takes."""
    for page in pages:
        data = page.path.read_bytes()
        article, times = None, []
        for _ in range(ROUNDS):
            started = time.process_time()
            try:
                article = read_web_page(data, Origin(page.path.name, "", str(page.path)))
            except UnreadableError:
                article = Article("", "", Blocks.of(()))
            times.append(time.process_time() - started)
        yield page, article, min(times)


def score(run: Run, page: Page, article: Article, seconds: float) -> None:
    """Add a page to those that a program has read."""
    known = page.metadata
    f1 = run.scores.add(multisets(article, known["title"], page.expected["headings"]), page.expected)
    low = [f"{kind} {value:.2f}" for kind, value in f1.items() if value < 0.995]
    found = {"title": article.title, "author": article.author, "date": article.date}
    right = {
        "title": is_title(found["title"], known["title"], known["site"]),
        "author": is_author(found["author"], known["author"]),
        "date": is_date(found["date"], known["date"]),
    }
    for name in FIELDS:
        if known[name]:
            run.scores.add_metadata(name, is_right=right[name])
            if not right[name]:
                low.append(f"{name} {found[name]!r} for {known[name]!r}")
    run.seconds.append(seconds)
    run.remarks.append(f"  {page.path.stem[:60]:<60} {', '.join(low)}")


def peers_articles(python: str, pages: Iterable[Page]) -> Iterator[tuple[str, Page, Article, float]]:
    """Yield what the peers make of each page, by their own Python."""
    by_path = {str(page.path): page for page in pages}
    script = Path(__file__).with_name("web_page_peers.py")
    result = subprocess.run(
        [python, str(script)], input="\n".join(by_path), capture_output=True, text=True, check=True
    )
    for line in result.stdout.splitlines():
        found = json.loads(line)
        article = article_of_html(found["html"])
        article = Article(
            found.get("title", ""),
            article.text,
            article.blocks,
            author=found.get("author", ""),
            date=found.get("date", ""),
        )
        yield found["peer"], by_path[found["page"]], article, found["seconds"]


def report(folder: Path, *, peers: str = "", verbose: bool = False) -> Iterator[str]:
    """Yield the lines of the section."""
    pages = list(expected_pages(folder))
    runs: dict[str, dict[str, Run]] = {}
    for page, article, seconds in own_articles(pages):
        score(runs.setdefault(page.group, {}).setdefault(OWN, Run()), page, article, seconds)
    for peer, page, article, seconds in peers_articles(peers, pages) if peers else ():
        score(runs[page.group].setdefault(peer, Run()), page, article, seconds)
    for group, programs in runs.items():
        yield f"Web pages, {group}: {len(programs[OWN].seconds)}"
        yield f"{'':<14}" + "".join(f"{name:>34}" for name in programs)
        for kind in KINDS:
            cells = (f"{run.scores.mean(kind)} {run.scores.pooled(kind):>26}" for run in programs.values())
            yield f"{kind:<14}" + "".join(f"{cell:>34}" for cell in cells)
        for name in FIELDS:
            values = (run.scores.metadata.get(name, []) for run in programs.values())
            yield f"{name:<14}" + "".join(f"{f'{sum(each)}/{len(each)}':>34}" for each in values)
        yield from programs[OWN].remarks if verbose else ()
    everything = {
        name: [s for group in runs.values() for s in group[name].seconds]
        for name in next(iter(runs.values()), {})
    }
    middle = {name: median(seconds) * 1000 for name, seconds in everything.items()}
    yield "ms a page, median: " + ", ".join(f"{name} {ms:.1f}" for name, ms in middle.items())
    yield from (f"  {middle[OWN] / ms:.2f} of {name}'s" for name, ms in middle.items() if name != OWN)


def report_hostile() -> Iterator[str]:
    """Yield the lines of the section of pages that cost quadratic time where a reader is careless."""
    yield "Hostile pages, seconds:"
    for name, markup in hostile_pages():
        yield f"  {name:<28} {seconds_of(markup):.2f}"


def seconds_of(markup: str) -> float:
    """Return the seconds that a page takes, refused or read."""
    data = markup.encode()
    started = time.process_time()
    with suppress(UnreadableError):
        read_web_page(data, Origin("page", "", ""))
    return time.process_time() - started
