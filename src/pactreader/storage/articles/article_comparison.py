"""The comparison of an article that no address or text identifies with those of the library, by likeness."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from heapq import nlargest
from pathlib import Path
from stat import S_ISDIR
from typing import Final, NamedTuple

from pactreader.core.addresses import is_address
from pactreader.core.article import Article
from pactreader.core.likeness import (
    FEWEST_TOKENS,
    QUESTION_SHARE,
    Likeness,
    Sketch,
    is_edited,
    likeness,
)
from pactreader.storage.articles.article_registry import addresses_of, sources_of, texts_of
from pactreader.storage.paths import Paths
from pactreader.storage.schema.records import ArticleEntry
from pactreader.storage.texts.text_sketches import TextSketches
from pactreader.storage.texts.text_store import StoredTexts

_ESTIMATE_MARGIN: Final = 0.15
"""The most that a share is estimated too low: three standard deviations of a sample of 128."""
_MAX_VERIFIED: Final = 5
"""The number of texts that are read and compared at most: those whose sketches are most alike."""

_PRINTED: Final = "PDF "
"""The beginning of the names of readers of files that nobody goes on writing: if one has all of another in one piece,
nothing but a cover page was added."""

_SHORT_TEXT: Final = 20_000
"""The length in code points up to which a text is compared in a few milliseconds."""
_FEW_ENTRIES: Final = 10
"""The number of articles of which missing sketches are made in some 30 milliseconds."""


class Verdict(Enum):
    """The result of a comparison."""

    SAME = auto()
    """The article is one of the library."""
    UNCERTAIN = auto()
    """It resembles one of the library, and the user has to say whether it is the same."""
    OTHER = auto()
    """It resembles none."""


class Finding(NamedTuple):
    """The result of a comparison, with the article of the library that it is about."""

    verdict: Verdict
    entry: ArticleEntry | None = None
    """The article that it is or resembles; `None` if it resembles none."""

    @property
    def is_same(self) -> bool:
        """True if the article is that one."""
        return self.verdict is Verdict.SAME


@dataclass(frozen=True)
class ArticleComparison:
    """The comparison of one article. It reads no library file, so that it can run in a thread."""

    article: Article
    owner: ArticleEntry | None
    """The article that was read from the same address; `None` if there is none."""
    entries: Sequence[ArticleEntry]
    """The articles that it can be."""
    paths: Paths

    @property
    def is_quick(self) -> bool:
        """True if it takes no longer than a key may: some 50 milliseconds."""
        return len(self.article.text) <= _SHORT_TEXT and len(self.entries) <= _FEW_ENTRIES

    def run(self, *, stop: Callable[[], bool] = lambda: False) -> Finding:
        """Compare the article with its predecessor at the same address, else with all articles.

        Sketches that are missing are made, which takes some 3 milliseconds for each text of a thousand words.

        Args:
            stop: Returns true to use the sketches made so far, as the caller cannot wait.
        """
        owner = self.owner
        if owner and not self._has_moved(owner):
            if self._is_edited(owner):
                return Finding(Verdict.SAME, owner)
        elif linked := self._hard_linked():
            return Finding(Verdict.SAME, linked)
        alike = self._most_alike(stop)
        if owner:  # another text at its address: never taken for one without asking
            return Finding(Verdict.UNCERTAIN, alike[0] if alike else owner)
        if alike is None:
            return Finding(Verdict.OTHER)
        entry, found = alike
        is_same = found.smaller == 1 or (
            found.is_revision and (not has_file(entry) or self._has_cover(entry))
        )
        return Finding(Verdict.SAME if is_same else Verdict.UNCERTAIN, entry)

    def _has_cover(self, entry: ArticleEntry) -> bool:
        """Return whether the article is one of the library with a cover page more or less, as it was downloaded again."""
        if not (self.article.reader.startswith(_PRINTED) and entry.reader.startswith(_PRINTED)):
            return False
        own = " ".join(self.article.text.split())
        others = (" ".join(text.split()) for text in self._stored(texts_of(entry)))
        return any(other in own or own in other for other in others)

    def _has_moved(self, owner: ArticleEntry) -> bool:
        """Return whether the address is a link that led to another file of its article, which still exists."""
        if self.article.page:  # what leads to a page of the web is another address of it, and no link
            return False
        typed, *real = sources_of(self.article)
        if not real or real[0] in addresses_of(owner):
            return False
        return any(
            _exists(address) and not _is_same_file(address, typed)
            for address in addresses_of(owner)
            if address != typed
        )

    def _is_edited(self, owner: ArticleEntry) -> bool:
        """Return whether the text is an edited version of the last one that is stored; also if none is stored."""
        former = next(self._stored(texts_of(owner)), None)
        return former is None or is_edited(former, self.article.text)

    def _hard_linked(self) -> ArticleEntry | None:
        """Return the article with another name of the same file."""
        source = self.article.source
        if not is_address(source) or not _has_links(source):
            return None
        return next(
            (
                entry
                for entry in self.entries
                if any(_is_same_file(address, source) for address in addresses_of(entry))
            ),
            None,
        )

    def _most_alike(self, stop: Callable[[], bool]) -> tuple[ArticleEntry, Likeness] | None:
        """Return the article with the text that is most alike, if it is alike enough for a question."""
        owners: dict[str, ArticleEntry] = {}
        for entry in sorted(self.entries, key=lambda entry: entry.modified, reverse=True):
            for text_hash in texts_of(entry):
                owners.setdefault(text_hash, entry)
        alike = [
            (owners[text_hash], found)
            for text_hash in self._candidates(owners, stop)
            for text in self._stored([text_hash])
            if (found := likeness(text, self.article.text)).needs_question
        ]
        return max(alike, key=lambda one: (one[1].smaller, one[1].greater), default=None)

    def _candidates(self, text_hashes: Collection[str], stop: Callable[[], bool]) -> list[str]:
        """Return the hashes of the few texts whose sketches are most like that of the article."""
        if not text_hashes:
            return []
        own = Sketch.of(self.article.text)
        own_hashes = frozenset(own.hashes)
        estimates: list[tuple[float, float, str]] = []
        for text_hash, sketch in self._sketches(text_hashes, stop):
            is_long = min(own.tokens, sketch.tokens) >= FEWEST_TOKENS
            if own_hashes.isdisjoint(sketch.hashes) or not (is_long or sketch.has_same_words(own)):
                continue
            estimate = sketch.likeness(own)
            if estimate.greater >= QUESTION_SHARE - _ESTIMATE_MARGIN:
                estimates.append((estimate.smaller, estimate.greater, text_hash))
        return [text_hash for _, _, text_hash in nlargest(_MAX_VERIFIED, estimates)]

    def _sketches(self, text_hashes: Iterable[str], stop: Callable[[], bool]) -> Iterator[tuple[str, Sketch]]:
        """Yield the sketches of texts by their hashes, and save those that were missing."""
        sketches = TextSketches(self.paths.sketches)
        missing = []
        for text_hash in text_hashes:
            if sketch := sketches.get(text_hash):
                yield text_hash, sketch
            else:
                missing.append(text_hash)
        for text_hash in missing:
            if stop():
                break
            for text in self._stored([text_hash]):
                sketch = Sketch.of(text)
                sketches.add(text_hash, sketch)
                yield text_hash, sketch
                time.sleep(0)  # lets the thread of the screen run
        sketches.save()

    def _stored(self, text_hashes: Iterable[str]) -> Iterator[str]:
        """Yield the texts that are stored."""
        stored = StoredTexts(self.paths.texts)
        for text_hash in text_hashes:
            with suppress(KeyError):
                yield stored[text_hash]


def has_file(entry: ArticleEntry) -> bool:
    """Return whether an address of an article leads to a file."""
    return any(map(_exists, addresses_of(entry)))


def _exists(address: str) -> bool:
    """Return whether there is a file at an address; a name alone, as of the bundled article, always has one."""
    path = Path(address)
    if not path.is_absolute():
        return True
    try:
        return not S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True


def _has_links(path: str) -> bool:
    """Return whether a file has more than one name."""
    try:
        return Path(path).stat().st_nlink > 1
    except (OSError, ValueError):
        return False


def _is_same_file(one: str, other: str) -> bool:
    try:
        return Path(one).samefile(other)
    except (OSError, ValueError):
        return False
