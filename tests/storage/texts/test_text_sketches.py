"""The cache of sketches: kept, appended to, and made again where it is damaged."""

from pactreader.core.likeness import Sketch
from pactreader.storage.texts.text_sketches import TextSketches

HASHES = [f"{number:032x}" for number in range(3)]
SKETCHES = [Sketch.of(f"The text number {number} is a short one.") for number in range(3)]


def add(path, *numbers):
    sketches = TextSketches(path)
    for number in numbers:
        sketches.add(HASHES[number], SKETCHES[number])
    sketches.save()


def kept(path):
    sketches = TextSketches(path)
    return [number for number in range(3) if sketches.get(HASHES[number]) == SKETCHES[number]]


def test_sketches_are_kept_and_appended(tmp_path):
    path = tmp_path / "state" / "sketches"
    add(path, 0)
    add(path, 1, 2)
    assert kept(path) == [0, 1, 2]


def test_two_windows_append_to_one_file(tmp_path):
    path = tmp_path / "sketches"
    add(path, 0)
    one, other = TextSketches(path), TextSketches(path)
    one.add(HASHES[1], SKETCHES[1])
    other.add(HASHES[2], SKETCHES[2])
    one.save()
    other.save()
    assert kept(path) == [0, 1, 2]


def test_a_damaged_file_is_written_anew(tmp_path):
    path = tmp_path / "sketches"
    add(path, 0, 1)
    content = path.read_bytes()
    for damaged in (content[:-1], content[:-1] + bytes([content[-1] ^ 1]), content + b"x", b"", b"\xff" * 99):
        path.write_bytes(damaged)
        add(path, 1, 2)
        assert kept(path)[-2:] == [1, 2]
    path.unlink()
    assert kept(path) == []


def test_a_file_that_cannot_be_written_does_no_harm(tmp_path):
    (tmp_path / "file").write_text("")
    add(tmp_path / "file" / "sketches", 0)
