"""PactReader 0.1.0 on the same library: it reads every record, and what it does not know outlasts its changes."""

from tinydb import TinyDB, where

from pactreader.core.anchoring.placement import PlacementKind
from storage.library_driver import LibraryDriver, an_article, documents

FIRST = "Kim met the envoy. Nobody said why."
SECOND = "In May, Kim met the old envoy. Nobody said why."

# 0.1.0 writes a record again with the fields that it knows. Others it carries along at the top of a record and of both
# sides of an edit, but not inside of anchors and edits.
ENTRY_FIELDS = {"id", "title", "source", "text_hash", "language", "author", "date", "added", "modified"}
ANNOTATION_FIELDS = {"id", "label", "anchor", "note", "tags", "created", "modified"}
TOMBSTONE_FIELDS = {"id", "article", "deleted", "created", "modified"}
ANCHOR_FIELDS = {"exact", "prefix", "suffix", "start", "end"}
CHANGE_FIELDS = {"id", "article", "number", "title", "at", "undone", "follows", "edits"}


def edited_library(tmp_path):
    """Return the driver of an article that was marked, edited, and whose highlight was accepted as changed."""
    driver = LibraryDriver(tmp_path, an_article(FIRST))
    driver.library.register(driver.entry, driver.article)
    marked = driver.mark(0, FIRST.index(".") + 1)
    driver.do(driver.notebook.remove(driver.mark(20, 30)))
    driver.article = an_article(SECOND)
    driver.reopen()
    driver.library.register(driver.entry, driver.article)
    driver.do(driver.notebook.accept([marked]))
    return driver


def is_read_whole(record):
    """Return whether 0.1.0 reads a record, and writes again all that is nested in it."""
    if record["kind"] == "article":
        return record.keys() >= ENTRY_FIELDS
    if record.get("deleted"):
        return record.keys() >= TOMBSTONE_FIELDS
    if record["kind"] == "annotation":
        return record.keys() >= {"article", *ANNOTATION_FIELDS} and record["anchor"].keys() == ANCHOR_FIELDS
    sides = [side for edit in record["edits"] for side in edit.values() if side]
    return (
        record.keys() >= CHANGE_FIELDS
        and all(edit.keys() == {"before", "after"} for edit in record["edits"])
        and all(side.keys() >= ANNOTATION_FIELDS and side["anchor"].keys() == ANCHOR_FIELDS for side in sides)
    )


def test_0_1_0_reads_every_record_and_carries_the_rest_along(tmp_path):
    driver = edited_library(tmp_path)
    records = documents(driver.file)
    assert [record for record in records if not is_read_whole(record)] == []
    kinds = [(record["kind"], bool(record.get("deleted"))) for record in records]
    assert {("article", False), ("annotation", False), ("annotation", True), ("change", False)} <= set(kinds)


def test_a_highlight_that_0_1_0_reshaped_is_found(tmp_path):
    driver = edited_library(tmp_path)
    with TinyDB(driver.file) as database:
        (record,) = database.table("records").search(where("anchor").exists())
        assert record["text_hash"] == driver.article.text_hash
        third = "At last. " + SECOND
        start = third.index("Nobody")
        anchor = {"exact": "Nobody said why.", "prefix": "At last. " + third[9:start], "suffix": ""}
        anchor |= {"start": start, "end": len(third)}
        reshaped = {"anchor": anchor, "modified": "2099-01-01T00:00:00.000Z"}
        database.table("records").update(reshaped, where("id") == record["id"])
    driver.article = an_article(third)
    driver.reopen()
    assert driver.notebook.placement(record["id"]) == (PlacementKind.EXACT, start, len(third), 1.0)
    driver.article = an_article(third.replace("At last. ", "At long last. "))
    driver.reopen()
    placement = driver.notebook.placement(record["id"])
    assert placement.kind is PlacementKind.MOVED
    assert driver.article.text[placement.start : placement.end] == "Nobody said why."
