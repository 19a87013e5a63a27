"""What differs between two snapshots: documents, passages, what the corpus check said."""

from index.comparing import compare_snapshots


def test_documents_and_passages_that_differ_are_told(published):
    before = published.store.open_current()
    published.corpus.write("events/canton-fair.en.md", "# Canton Fair\n\nIt is held in Guangzhou.")
    published.corpus.write("new.en.md", "It is old.[^1]\n\nNobody says so.", title="Something new")
    published.corpus.remove("zones/suzhou-park.en.md")
    waiting = published.build(publish=False).manifest.snapshot_id

    changes = compare_snapshots(before, published.store.open(waiting))

    assert changes.documents.added == ("new.en",)
    assert changes.documents.changed == ("events/canton-fair.en",)
    assert changes.documents.removed == ("zones/suzhou-park.en",)
    assert changes.titles["new.en"] == "Something new"
    assert changes.titles["zones/suzhou-park.en"] == "suzhou-park"
    assert (changes.embedded, changes.reused, changes.dropped) == (2, 3, 3)
    assert any("a sentence without a source mark" in error.text for error in changes.errors)
    assert any("the version in zh is missing" in warning.text for warning in changes.warnings)


def test_a_snapshot_differs_from_itself_in_nothing(published):
    snapshot = published.store.open_current()

    changes = compare_snapshots(snapshot, snapshot)

    assert not changes.documents
    assert (changes.embedded, changes.reused, changes.dropped) == (0, 6, 0)
