"""Merging: the copies of three computers are merged in any order without the loss of a revision."""

import json
from itertools import permutations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from effort import rounds
from pactreader.storage.schema.revisions import (
    OTHERS,
    PAST,
    REV,
    replacing_first,
    revised,
    revision_id,
    revisions_of,
)
from pactreader.storage.sync.merge import merged, updates_from_copy, updates_from_same_file

NAMES = ("one", "two", "three")


def a_note(text, *, at=1, record_id="a", **fields):
    return {"kind": "annotation", "id": record_id, "note": text, "modified": f"{at:04}", **fields}


def notes_of_revisions(record):
    """Return the notes of a record's revisions: the first revision first, the others sorted."""
    first, *conflicts = (one.get("note", "gone") for one in revisions_of(record))
    return [first, *sorted(conflicts)]


def test_an_older_copy_changes_nothing():
    old = revised(a_note("old"))
    new = revised(a_note("new", at=2), old)
    assert merged(new, old) is new
    assert merged(old, new) == new


def test_conflicting_revisions_are_kept_with_the_later_first():
    base = revised(a_note("base"))
    early, late = revised(a_note("early", at=2), base), revised(a_note("late", at=3), base)
    for both in (merged(early, late), merged(late, early)):
        assert notes_of_revisions(both) == ["late", "early"]
        assert merged(both, base) is both


def test_a_tombstone_in_a_conflict_does_not_come_first():
    base = revised(a_note("base"))
    gone = revised({"kind": "annotation", "id": "a", "deleted": True, "modified": "0009"}, base)
    assert merged(base, gone) == gone
    edited = revised(a_note("edited", at=2), base)
    assert notes_of_revisions(merged(gone, edited)) == ["edited", "gone"]


def test_a_resolved_conflict_stays_resolved_in_every_copy():
    base = revised(a_note("base"))
    left, right = revised(a_note("left", at=2), base), revised(a_note("right", at=3), base)
    both = merged(left, right)
    chosen = revised(a_note("chosen", at=4), *revisions_of(both))
    for stale in (base, left, right, both):
        assert merged(stale, chosen) == chosen
        assert merged(chosen, stale) is chosen


def test_a_revision_with_a_failed_checksum_becomes_a_conflict():
    """Only the user can decide whether another program edited it or it is damaged."""
    base = revised(a_note("base"))
    ours = revised(a_note("ours", at=2), base)
    theirs = {**ours, "note": "theirs"}
    for both in (merged(ours, theirs), merged(theirs, ours)):
        assert sorted(notes_of_revisions(both)) == ["ours", "theirs"]
        assert all(one[PAST] == [base[REV]] for one in revisions_of(both))


def test_a_circle_of_edits_ends_in_one_revision():
    one = {**revised(a_note("one")), PAST: [revision_id(a_note("two"))]}
    two = {**revised(a_note("two")), PAST: [revision_id(a_note("one"))]}
    assert notes_of_revisions(merged(one, two)) == notes_of_revisions(merged(two, one))
    assert len(notes_of_revisions(merged(one, two))) == 1


def test_a_circle_of_three_revisions_ends_in_one_of_them():
    texts = ["one", "two", "three"]
    circle = [
        {**revised(a_note(text)), PAST: [revision_id(a_note(texts[index - 1]))]}
        for index, text in enumerate(texts)
    ]
    results = [merged(merged(one, two), three) for one, two, three in permutations(circle)]
    assert all(OTHERS not in result for result in results)
    assert len({merged(one, two)[REV] for one, two in permutations(results, 2) if one != two}) <= 1


def test_a_new_record_keeps_its_key_or_gets_a_free_one():
    ours = {"1": a_note("a"), "2": a_note("b", record_id="b")}
    theirs = {"2": a_note("c", record_id="c"), "7": a_note("d", record_id="d"), "1": a_note("a")}
    assert updates_from_copy(ours, theirs) == {"8": theirs["2"], "7": theirs["7"]}


def test_the_changes_of_another_computer_are_not_undone_here():
    change = {"kind": "change", "id": "x", "at": "1"}
    assert updates_from_copy({}, {"1": change}) == {}
    assert updates_from_same_file({}, {"1": change}) == {"1": change}


def test_records_of_unknown_kinds_are_merged_once():
    theirs = {"1": "text", "2": {"kind": "later", "id": 7}, "3": "text", "4": None}
    found = updates_from_copy({"1": {"n": 1}}, theirs)
    assert sorted(map(json.dumps, found.values())) == sorted(map(json.dumps, ["text", theirs["2"], None]))
    assert updates_from_copy({"1": {"n": 1}, **found}, theirs) == {}


def joined(ours, theirs):
    return ours | updates_from_copy(ours, theirs)


def revisions_by_record(records):
    """Return the ids of the first revision and of all revisions of each record, by the record's id."""
    by_id = {record["id"]: record for record in records.values()}
    return {
        record_id: (revisions_of(record)[0][REV], frozenset(one[REV] for one in revisions_of(record)))
        for record_id, record in by_id.items()
    }


class Replicas(RuleBasedStateMachine):
    """One library on three computers, each of which edits its copy and merges copies of the others.

    The model has the predecessors of each revision. A revision may be missing in a copy only if a successor is there.
    """

    def __init__(self):
        super().__init__()
        self.copies = {name: {} for name in NAMES}
        self.after = {}
        """The ids of the predecessors of each revision, by its id."""
        self.known = {name: set() for name in NAMES}
        """The ids of the revisions that each computer has ever had."""
        self.clock = 0

    name = st.sampled_from(NAMES)
    record_id = st.sampled_from("ab")

    def find(self, name, record_id):
        for key, record in self.copies[name].items():
            if record["id"] == record_id:
                return key, record
        return str(len(self.copies[name]) + 1), None

    def time_of_edit(self, name, before, ahead=0):
        latest = max((int(one["modified"]) for one in revisions_of(before)), default=0) if before else 0
        return max(self.clock * 3 + ahead, latest // 3 + 1) * 3 + NAMES.index(name)

    def write(self, name, record_id, make):
        key, before = self.find(name, record_id)
        record = make(before)
        past = set()
        replaced = (
            revisions_of(before)
            if before and OTHERS not in record
            else revisions_of(before)[:1]
            if before
            else []
        )
        for one in replaced:
            past |= {one[REV]} | self.after[one[REV]]
        self.after[record[REV]] = self.after.get(record[REV], set()) | past
        self.known[name].add(record[REV])
        self.copies[name][key] = record

    @rule(name=name, record_id=record_id, text=st.sampled_from("xyz"), ahead=st.integers(-3, 3))
    def edit(self, name, record_id, text, ahead):
        """Edit a note. The clocks of the computers differ, and never show the same millisecond."""
        self.clock += 1

        def make(before):
            record = a_note(text, at=self.time_of_edit(name, before, ahead), record_id=record_id)
            return replacing_first(before, record) if before else revised(record)

        self.write(name, record_id, make)

    @rule(name=name, record_id=record_id)
    def delete(self, name, record_id):
        if not self.find(name, record_id)[1]:
            return
        self.clock += 1

        def make(before):
            at = f"{self.time_of_edit(name, before):04}"
            gone = {"kind": "annotation", "id": record_id, "deleted": True, "modified": at}
            return revised(gone, *revisions_of(before))

        self.write(name, record_id, make)

    @rule(name=name, record_id=record_id)
    def resolve(self, name, record_id):
        if not self.find(name, record_id)[1]:
            return
        self.clock += 1

        def make(before):
            content = {**before, "modified": f"{self.time_of_edit(name, before):04}"}
            content.pop(OTHERS, None)
            return revised(content, *revisions_of(before))

        self.write(name, record_id, make)

    @rule(ours=name, theirs=name)
    def merge_copy(self, ours, theirs):
        self.copies[ours] = joined(self.copies[ours], self.copies[theirs])
        self.known[ours] |= self.known[theirs]
        self.nothing_is_lost()

    @precondition(lambda self: any(self.copies.values()))
    @rule()
    def merge_in_every_order(self):
        """Merge the copies in every order, and repeatedly: the result is always the same."""
        copies = list(self.copies.values())
        results = []
        for order in permutations(copies):
            result = {}
            for copy in order:
                result = joined(result, copy)
            results.append(revisions_by_record(result))
            assert joined(result, result) == result
            for copy in copies:
                assert updates_from_copy(result, copy) == {}, "a merged copy has nothing new"
        one, two, three = copies
        results.append(revisions_by_record(joined(one, joined(two, three))))
        results.append(revisions_by_record(joined(joined(one, two), three)))
        assert all(result == results[0] for result in results)

    def nothing_is_lost(self):
        for name, copy in self.copies.items():
            there = {one[REV] for record in copy.values() for one in revisions_of(record)}
            replaced = set().union(*(self.after[rev] for rev in there)) if there else set()
            assert self.known[name] <= there | replaced


Replicas.TestCase.settings = settings(max_examples=rounds(150, 3_000), stateful_step_count=25)
test_three_copies_lose_no_revision = pytest.mark.slow(Replicas.TestCase)
