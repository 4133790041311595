"""Packed records: like a dictionary of the same records, whatever is done with them, and read from PactReader's files."""

import json
import random

import pytest

from effort import rounds
from pactreader.storage.journal.file_format import CLOSE, RECORDS, new_tables, render
from pactreader.storage.journal.json_lines import encode
from pactreader.storage.journal.packed_reading import read_packed
from pactreader.storage.journal.packed_records import CHUNK_SIZE, PackedRecords, missing_records


def record(number, note=""):
    return {"kind": "annotation", "id": f"a{number}", "article": "x", "note": note, "pad": "p" * 90}


def content_of(records):
    return render(new_tables() | {RECORDS: records})


def packed(records):
    return read_packed(content_of(records), lambda _records: None)[RECORDS]


def many(count):
    return {str(number): record(number) for number in range(1, count + 1)}


def appended(content, *rows):
    """Return a file after lines were appended, as a save does."""
    lines = ",\n".join(f'"{key}":{encode(value)}' for key, value in rows)
    return content.removesuffix(CLOSE) + f",\n{lines}".encode() + CLOSE


def test_they_are_the_records_of_the_file_and_take_a_tenth_of_it():
    records = many(2_000)
    found = packed(records)
    assert len(found) == 2_000
    assert dict(found.items()) == records
    assert list(found) == list(records)
    assert found["1500"] == records["1500"]
    assert found.get("2001") is None
    assert "0" not in found
    assert sum(map(len, found._chunks)) < len(content_of(records)) / 10


def test_each_record_is_observed_once_while_it_is_decoded_in_chunks():
    records, chunks = many(2_000), []
    read_packed(content_of(records), lambda some: chunks.append(dict(some)))
    assert {key: one for some in chunks for key, one in some.items()} == records
    assert sum(map(len, chunks)) == len(records)
    assert max(len(encode(some)) for some in chunks) < 2 * CHUNK_SIZE


def test_one_record_is_found_without_decoding_others(monkeypatch):
    found, decoded = packed(many(2_000)), []
    real = json.loads
    monkeypatch.setattr(json, "loads", lambda text: decoded.append(len(text)) or real(text))
    assert found["777"] == record(777)
    assert sum(decoded) < 200


def test_edits_at_the_end_of_the_file_replace_what_they_edit():
    content = appended(content_of(many(600)), ("7", record(7, "edited")), ("601", record(601)))
    found = read_packed(content, lambda _records: None)[RECORDS]
    assert found["7"]["note"] == "edited"
    assert list(found) == list(map(str, range(1, 602)))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(json.dumps(new_tables() | {RECORDS: many(3)}).encode(), id="of TinyDB"),
        pytest.param(json.dumps(new_tables() | {RECORDS: many(3)}, indent=1).encode(), id="indented"),
        pytest.param(content_of(many(3))[:-30], id="cut"),
        pytest.param(content_of(many(3)).replace(b'"id":"a2"', b'"id":"a2'), id="damaged line"),
        pytest.param(content_of(many(3)).replace(b'"2":{', b'"02":{'), id="no document id"),
        pytest.param(content_of(many(3)).replace(b"\n", b"\r\n"), id="carriage returns"),
        pytest.param(content_of(many(3)).replace(b",\n", b", \n"), id="spaces at the ends of lines"),
        pytest.param(
            content_of(many(3)).replace(b'\n"2":', b'"2" :{},\n"2":'), id="a key repeated within a line"
        ),
        pytest.param(content_of(many(3)).replace(b'"note":""', '"note":"ö"'.encode()), id="not ASCII"),
        pytest.param(content_of(many(3)).replace(b'"version":2', b'"version":3'), id="a later version"),
        pytest.param(content_of({"2": record(2), "1": record(1)}), id="keys that do not ascend"),
        pytest.param(appended(content_of(many(3)), ("2", record(9))), id="a shadowed record"),
    ],
)
def test_any_other_file_is_to_be_read_completely(content):
    assert read_packed(content, lambda _records: None) is None


def test_whatever_is_done_they_are_like_a_dictionary():
    for seed in range(rounds(20, 2_000)):
        chance = random.Random(seed)
        expected = many(chance.choice([0, 1, 700]))
        found = packed(expected)
        for _ in range(40):
            key = str(chance.randrange(1, len(expected) + 3))
            action = chance.randrange(5)
            if action <= 1:
                expected[key] = found[key] = record(int(key), chance.choice("abc"))
            elif action == 2 and key in expected:
                del expected[key], found[key]
            elif action == 3:
                found.fold()
            else:
                found, before = found | {key: record(int(key), "or")}, found
                assert before == expected
                expected = expected | {key: record(int(key), "or")}
            assert found.get(key) == expected.get(key)
            assert len(found) == len(expected)
        assert dict(found.rows()) == expected == {key: json.loads(line) for key, line in found.lines()}
        wanted = chance.sample(sorted(expected), min(9, len(expected)))
        assert dict(found.rows_of(wanted)) == {key: expected[key] for key in wanted}
        if expected:
            assert found == packed(dict(sorted(expected.items(), key=lambda row: int(row[0]))))


def test_missing_records_are_those_that_differ():
    ours, theirs = packed(many(600)), packed(many(601))
    theirs["9"] = record(9, "edited")
    assert missing_records(ours, theirs) == {"9": record(9, "edited"), "601": record(601)}
    assert missing_records(dict(ours.items()), theirs) == {"9": record(9, "edited"), "601": record(601)}
    assert missing_records(theirs, PackedRecords()) == {}
