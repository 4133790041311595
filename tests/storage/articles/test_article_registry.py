"""A registry that is updated knows what one knows that is made anew."""

from random import Random

from effort import rounds
from pactreader.storage.articles.article_registry import ArticleRegistry
from pactreader.storage.schema.records import ArticleEntry

HASHES = [f"{digit:x}" * 64 for digit in range(6)]
SOURCES = ["/a", "/b", "/c", "-"]
IDS = ["00000000", "11111111", "22222222", "aaaa", "bbbb", "cccc"]


def an_entry(random: Random, id_: str) -> ArticleEntry:
    def some(values: list[str], most: int = 2) -> tuple[str, ...]:
        return tuple(random.sample(values, random.randint(0, most)))

    def seldom(values: list[str]) -> tuple[str, ...]:
        return some(values, 1) if random.random() < 0.2 else ()

    return ArticleEntry(
        id_,
        title=random.choice("xyz"),
        source=random.choice(SOURCES),
        text_hash=random.choice(HASHES),
        modified=str(random.randint(0, 9)),
        text_hashes=some(HASHES),
        file_hashes=seldom(HASHES),
        joined=seldom(IDS),
        distinct=seldom(IDS),
        resembles=seldom(IDS),
        other_joined=seldom(IDS),
    )


def known(registry: ArticleRegistry) -> dict[str, object]:
    ids = [*IDS, *(hash_[:8] for hash_ in HASHES)]
    return {
        "articles": registry.by_id,
        "members": registry.members,
        "ids": {one: registry.id_of(one) for one in ids},
        "all ids": {one: sorted(registry.ids_of(one)) for one in ids},
        "sources": [registry.ids_at(one) for one in SOURCES],
    }


def test_an_updated_registry_is_one_made_anew() -> None:
    for seed in range(rounds(300, 20_000)):
        random = Random(seed)
        entries: dict[str, ArticleEntry] = {}
        registry = ArticleRegistry(())
        for id_ in random.choices(IDS, k=8):
            former = entries.get(id_)
            if former and random.random() < 0.7:
                entry = former._replace(title="edited", source=random.choice([*SOURCES, "/new"]))
            else:
                entry = an_entry(random, id_)
            entries[id_] = entry
            anew = ArticleRegistry(entries.values())
            if not registry.update(entry, former):
                registry = anew
            assert known(registry) == known(anew), seed


def test_a_new_article_and_another_text_of_one_need_no_other_registry() -> None:
    entry = ArticleEntry("11111111", source="/a", text_hash=HASHES[1])
    registry = ArticleRegistry([entry])
    assert registry.update(ArticleEntry("22222222", source="/b", text_hash=HASHES[2]), None)
    edited = entry._replace(text_hash=HASHES[3], text_hashes=(HASHES[1], HASHES[3]))
    assert registry.update(edited, entry)
    assert registry.id_of(HASHES[3][:8]) == "11111111"
