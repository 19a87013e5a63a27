"""The log of publications: every change of what is served is in it, whatever happens."""

import json

import pytest

from index.errors import PublicationBlockedError, SnapshotError
from index.publication_log import Action, Entry, PublicationLog
from index.remark import Remark


@pytest.fixture
def log(tmp_path):
    return PublicationLog(tmp_path / "publications.jsonl")


def entry(**values: object) -> Entry:
    return Entry(**{"by": "chen", "action": Action.PUBLISH, "snapshot": "one"} | values)


def test_before_the_first_publication_the_log_is_empty(log):
    assert log.entries() == []


def test_entries_come_back_in_order_and_whole(log):
    written = [entry(), entry(snapshot="two", override="因为急用\nsecond line", failing=2)]

    for one in written:
        log.append(one)

    assert log.entries() == written


def test_a_torn_last_line_harms_no_other(log, tmp_path):
    log.append(entry())
    path = tmp_path / "publications.jsonl"
    path.write_bytes(path.read_bytes() + b'{"at": "2026-11-27T09:00:00+00:00", "by": "ch')

    log.append(entry(snapshot="two"))

    assert [one.snapshot for one in log.entries()] == ["one", "two"]


def test_what_a_later_version_writes_is_read_as_far_as_it_is_known(log, tmp_path):
    values = {"at": "2026-11-27", "by": "chen", "action": "publish", "snapshot": "a", "new": 1}
    rows = [values, values | {"action": "frobnicate"}, ["no object"], 3]
    text = "\n".join(json.dumps(row) for row in rows)
    (tmp_path / "publications.jsonl").write_text(text)

    assert [one.snapshot for one in log.entries()] == ["a"]


def test_who_published_what_and_with_which_counts_is_logged(published):
    before = published.store.current_id()
    published.corpus.write("new.en.md", "Something new.")
    published.corpus.remove("zones/suzhou-park.en.md")

    report = published.build(by="chen")

    entries = published.store.log.entries()
    assert [one.action for one in entries] == [Action.PUBLISH, Action.PUBLISH]
    last = entries[-1]
    assert (last.by, last.snapshot, last.before) == ("chen", report.manifest.snapshot_id, before)
    assert (last.documents, last.added, last.changed, last.removed) == (4, 1, 0, 1)
    assert (last.errors, last.failing, last.override) == (0, 0, "")


def test_what_speaks_against_a_publication_blocks_it_and_names_everything(published):
    published.corpus.write("new.en.md", "It is old.[^1]\n\nNobody says so.")
    before = published.store.current_id()
    waiting = published.build().manifest.snapshot_id

    with pytest.raises(PublicationBlockedError, match="check fair would fail") as raised:
        published.store.publish(waiting, objections=[Remark("check fair would fail")])

    assert len(raised.value.objections) == 2
    assert "a sentence without a source mark" in raised.value.objections[1].text
    assert published.store.current_id() == before
    assert len(published.store.log.entries()) == 1


def test_a_reason_publishes_all_the_same_and_is_logged(published):
    published.corpus.write("new.en.md", "It is old.[^1]\n\nNobody says so.")
    waiting = published.build().manifest.snapshot_id

    published.store.publish(
        waiting, by="chen", override=" it is urgent ", objections=[Remark("a check")]
    )

    last = published.store.log.entries()[-1]
    assert (last.errors, last.failing, last.override) == (1, 1, "it is urgent")


def test_a_reason_that_was_not_needed_is_no_override(published):
    published.corpus.write("new.en.md", "Something new.")
    waiting = published.build(publish=False).manifest.snapshot_id

    published.store.publish(waiting, override="to be sure")

    assert not published.store.log.entries()[-1].override


def test_a_log_that_cannot_be_written_stops_a_publication(published, monkeypatch):
    published.corpus.write("new.en.md", "Something new.")
    waiting = published.build(publish=False).manifest.snapshot_id
    before = published.store.current_id()

    def no_space(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("index.publication_log.os.fsync", no_space)
        with pytest.raises(OSError, match="No space"):
            published.store.publish(waiting)

    assert published.store.current_id() == before


def test_what_was_written_down_and_then_not_done_is_told_as_such(published, monkeypatch):
    first = published.store.current_id()
    published.corpus.write("new.en.md", "Something new.")
    waiting = published.build(publish=False).manifest.snapshot_id

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("index.publishing.replace_text", killed)
        with pytest.raises(KeyboardInterrupt):
            published.store.publish(waiting)
    published.store.publish(waiting)

    done = [(one.snapshot, was_done) for one, was_done in published.store.logged()]
    assert done == [(first, True), (waiting, False), (waiting, True)]


def test_rollback_prune_and_discard_are_logged(published, monkeypatch):
    monkeypatch.setattr("index.publishing.KEPT_SNAPSHOTS", 2)
    first = published.store.current_id()
    for number in range(2):
        published.corpus.write("new.en.md", f"Version {number}.")
        last = published.build(by="chen").manifest.snapshot_id
    published.corpus.write("new.en.md", "Not to be published.")
    waiting = published.build(publish=False).manifest.snapshot_id

    published.store.rollback(by="li")
    published.store.discard(waiting, by="li")

    entries = published.store.log.entries()
    assert [(one.action, one.by) for one in entries[2:]] == [
        (Action.PUBLISH, "chen"),
        (Action.PRUNE, "chen"),
        (Action.ROLLBACK, "li"),
        (Action.DISCARD, "li"),
    ]
    assert [one.snapshot for one in entries[3:]] == [first, entries[1].snapshot, waiting]
    assert last in published.store.ids()
    assert not {first, waiting} & set(published.store.ids())


def test_what_is_or_was_served_cannot_be_discarded(published):
    first = published.store.current_id()
    published.corpus.write("new.en.md", "Something new.")
    published.build()

    for snapshot_id in (first, published.store.current_id()):
        with pytest.raises(SnapshotError, match="kept for rollback"):
            published.store.discard(snapshot_id)

    assert len(published.store.ids()) == 2


def test_a_rollback_that_was_meant_for_another_publication_changes_nothing(published):
    first = published.store.current_id()
    published.corpus.write("new.en.md", "Something new.")
    published.build()
    before = published.store.current_id()

    with pytest.raises(SnapshotError, match="is not served any more"):
        published.store.rollback(instead_of=first)

    assert published.store.current_id() == before
