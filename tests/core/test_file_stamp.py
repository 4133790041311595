import os

from pactreader.core.file_stamp import FileStamp


def test_a_file_written_a_moment_ago_may_be_written_again_unseen(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text("one")
    stamp = FileStamp.of(path.stat())
    written = max(stamp.modified_ns, stamp.changed_ns)

    assert stamp.is_racy(written + 1_900_000_000)
    assert not stamp.is_racy(written + 2_100_000_000)


def test_a_file_of_the_future_may_be_written_again_unseen(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text("one")
    now = path.stat().st_mtime_ns
    os.utime(path, ns=(now, now + 3_600_000_000_000))

    assert FileStamp.of(path.stat()).is_racy(now + 60_000_000_000)
