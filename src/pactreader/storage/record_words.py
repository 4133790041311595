"""A quick test of records for words, by which few annotations have to be read to find those with the words."""

from collections.abc import Sequence

from pactreader.storage.schema.revisions import OTHERS, Record


def may_have_words(record: Record, parts: Sequence[str]) -> bool:
    """Return False only if the `searchable_text` of a record's annotation lacks one of some words, and maybe not then.

    That text is in the record as it stands if all is ASCII and no hyphen may divide a word. Else the answer is True.

    Args:
        record: The record of an annotation.
        parts: Folded words without white space.
    """
    if not parts or OTHERS in record:
        return True
    try:
        anchor = record["anchor"]
        quote = anchor["exact"] if anchor else ""
        text = f"{quote} {record['note']} #{' #'.join(record['tags'])} {record.get('author', '')}"
    except (KeyError, TypeError):
        return True  # it is for the reader of annotations to tell what is damaged
    if not text.isascii() or "-\n" in text:
        return True
    text = text.lower()
    return all(part in text for part in parts)
