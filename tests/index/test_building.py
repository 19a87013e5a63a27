"""Corpus directories -> a served snapshot: what is built, encoded, kept and left alone."""

import shutil
from datetime import UTC, datetime

import pytest
from filelock import FileLock

from index.building import build, compare, served_documents
from index.corpus_check import check_corpus
from index.encoder import no_progress
from index.errors import BuildLockedError, DocumentError, NoDocumentsError, SnapshotError
from index.testing import HashingEncoder

TODAY = datetime.now(UTC).date()
FAIR = "events/canton-fair.en.md"


def documents_found(workspace, question: str, language: str = "en") -> set[str]:
    hits = workspace.retriever().search(question, language, 50).hits
    return {hit.passage.document for hit in hits}


def test_the_first_build_serves_all_documents(workspace):
    report = workspace.build()

    assert report.is_new
    assert report.changes.added == tuple(sorted(report.manifest.documents))
    assert len(report.manifest.documents) == 4
    assert report.encoded == report.manifest.passages == 6
    assert workspace.encoder.encoded > report.encoded  # and the sentences
    assert workspace.store.current_id() == report.manifest.snapshot_id


def test_a_build_without_changes_encodes_nothing_and_makes_no_snapshot(published):
    ids = published.store.ids()

    report = published.build()

    assert not report.is_new
    assert not report.changes
    assert report.encoded == published.encoder.encoded == 0
    assert published.store.ids() == ids


def test_of_one_changed_document_only_the_changed_passages_are_encoded(published):
    text = (published.corpus.directory / FAIR).read_text()
    published.corpus.write_raw(FAIR, text.replace("74,600", "75,000"))

    report = published.build(override="a test")

    assert report.changes.changed == ("events/canton-fair.en",)
    assert (report.changes.added, report.changes.removed) == ((), ())
    assert report.encoded == 1 < report.manifest.passages
    hits = published.retriever().search("How many booths has the fair?", "en").hits
    assert "75,000" in hits[0].passage.text


def test_a_change_of_sources_is_served_without_encoding(published):
    text = (published.corpus.directory / FAIR).read_text()
    published.corpus.write_raw(FAIR, text.replace("Ministry of Commerce", "Macao News"))

    report = published.build(override="a test")

    assert (report.is_new, report.encoded) == (True, 0)
    document = published.store.open_current().documents["events/canton-fair.en"]
    assert document.metadata.sources[0].publisher == "Macao News"


def test_a_new_title_is_encoded_with_every_passage_of_its_document(published):
    text = (published.corpus.directory / FAIR).read_text()
    published.corpus.write_raw(FAIR, text.replace("title: canton-fair", "title: Guangzhou Fair"))

    assert published.build().encoded == 2


def test_a_deleted_document_is_found_no_more(published):
    assert "zones/suzhou-park.en" in documents_found(published, "Where is the park?")
    published.corpus.remove("zones/suzhou-park.en.md")

    report = published.build()

    assert report.changes.removed == ("zones/suzhou-park.en",)
    assert "zones/suzhou-park.en" not in published.store.open_current().documents
    assert "zones/suzhou-park.en" not in documents_found(published, "Where is the park?")


def test_a_renamed_document_is_added_and_removed_without_encoding(published):
    folder = published.corpus.directory / "zones"
    (folder / "suzhou-park.en.md").rename(folder / "suzhou.en.md")

    report = published.build()

    assert report.changes.added == ("zones/suzhou.en",)
    assert report.changes.removed == ("zones/suzhou-park.en",)
    assert report.encoded == 0


def test_a_deleted_language_version_gives_way_to_the_other(published):
    published.corpus.remove("events/canton-fair.zh.md")

    published.build()

    assert "events/canton-fair.en" in documents_found(published, "广交会 Canton Fair", "zh")


def test_another_encoder_builds_everything_anew(published):
    before = published.store.current_id()
    published.encoder = HashingEncoder("hashing/2")

    report = published.build()

    assert report.encoded == report.manifest.passages
    assert published.store.current_id() != before
    assert report.manifest.encoder == "hashing/2"


def test_the_order_of_corpus_directories_makes_no_difference(workspace, tmp_path):
    shutil.copytree(workspace.corpus.directory / "zones", tmp_path / "more" / "copies")
    dirs = [workspace.corpus.directory, tmp_path / "more"]
    build(dirs, workspace.data_dir, workspace.encoder, no_progress)

    report = build(dirs[::-1], workspace.data_dir, workspace.encoder, no_progress)

    assert len(report.manifest.documents) == 5
    assert not report.is_new


def test_documents_that_cannot_be_read_are_reported_and_the_others_served(workspace):
    workspace.corpus.write_raw("bad.en.md", "title: no front matter")

    report = workspace.build()

    assert [problem.path.name for problem in report.problems] == ["bad.en.md"]
    assert len(workspace.store.open_current().documents) == 4


def test_a_document_that_has_become_unreadable_is_no_longer_served(published):
    published.corpus.write_raw(FAIR, "title: no front matter any more")

    report = published.build(override="a test")

    assert report.changes.removed == ("events/canton-fair.en",)
    assert "events/canton-fair.en" not in published.store.open_current().documents


FAULTS = {
    "unreadable": ("bad.en.md", "title: no front matter"),
    "unmarked": (
        "new.en.md",
        "---\ntitle: New\nlanguage: en\ntopic: events\nsources: [{publisher: Xinhua}]\n---\n"
        "It is old.[^1]\n\nNobody says so.\n",
    ),
    "language": (
        "new.zh.md",
        "---\ntitle: New\nlanguage: zh\ntopic: events\nsources: [{publisher: Xinhua}]\n---\n"
        "This English text is said to be Chinese.\n",
    ),
    "glossary": ("glossary.yaml", "- {id: Not An Id}\n"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_the_corpus_check_calls_an_error_is_not_published(published, fault):
    before = published.store.current_id()
    published.corpus.write("good.en.md", "Something new.")
    published.corpus.write_raw(*FAULTS[fault])

    report = published.build()

    checked = check_corpus([published.corpus.directory], TODAY)
    assert list(map(str, report.errors)) == list(map(str, checked.errors)) != []
    assert (report.is_new, report.is_published) == (True, False)
    assert published.store.current_id() == before


@pytest.mark.parametrize("fault", FAULTS)
def test_a_forced_build_is_published_with_its_errors(published, fault):
    published.corpus.write("good.en.md", "Something new.")
    published.corpus.write_raw(*FAULTS[fault])

    report = published.build(override="a test")

    assert report.errors
    assert report.is_published
    assert published.store.current_id() == report.manifest.snapshot_id
    assert "good.en" in published.store.open_current().documents


@pytest.mark.parametrize("fault", FAULTS)
def test_where_nothing_is_served_the_sound_documents_are(workspace, fault):
    workspace.corpus.write_raw(*FAULTS[fault])

    report = workspace.build()

    assert report.errors
    assert report.is_published
    assert "zones/suzhou-park.en" in workspace.store.open_current().documents


@pytest.mark.parametrize(
    ("name", "content"),
    [("note.txt", "A text without a source."), ("zones/one.en.md", None)],
    ids=["no source", "one language"],
)
def test_a_gap_is_no_error(published, name, content):
    if content is None:
        published.corpus.write(name, "The park is in one language only.", topic="zones")
    else:
        published.corpus.write_raw(name, content)

    report = published.build()

    assert report.errors == ()
    assert published.store.current_id() == report.manifest.snapshot_id


def test_after_the_errors_are_mended_a_build_is_published(published):
    published.corpus.write_raw("bad.en.md", "title: no front matter")
    published.corpus.write("good.en.md", "Something new.")
    published.build()
    published.corpus.remove("bad.en.md")

    report = published.build()

    assert (report.is_published, report.encoded) == (True, 0)
    assert "good.en" in published.store.open_current().documents


def test_a_strict_build_with_a_problem_leaves_everything_as_it_was(published):
    current, ids = published.store.current_id(), published.store.ids()
    published.corpus.write("new.en.md")
    published.corpus.write_raw("bad.en.md", "title: no front matter")

    with pytest.raises(DocumentError, match=r"bad\.en\.md"):
        published.build(strict=True)

    assert (published.store.current_id(), published.store.ids()) == (current, ids)


def test_a_strict_build_without_problems_is_served(workspace):
    report = workspace.build(strict=True)

    assert workspace.store.current_id() == report.manifest.snapshot_id


def test_without_one_readable_document_the_old_snapshot_stays(published):
    before = published.store.current_id()
    for path in published.corpus.load().paths.values():
        path.write_text("title: no front matter any more")

    with pytest.raises(NoDocumentsError, match="not one of the documents can be read"):
        published.build()

    assert published.store.current_id() == before


def test_an_emptied_corpus_directory_leaves_the_old_snapshot(published):
    before = published.store.current_id()
    for path in published.corpus.load().paths.values():
        path.unlink()

    with pytest.raises(NoDocumentsError):
        published.build()

    assert published.store.current_id() == before


def test_a_snapshot_that_is_not_to_be_published_waits(published):
    before = published.store.current_id()
    published.corpus.write("new.en.md", "Something new.")

    report = published.build(publish=False)

    assert report.is_new
    assert published.store.current_id() == before
    assert report.manifest.snapshot_id in published.store.ids()
    published.store.publish(report.manifest.snapshot_id)
    assert "new.en" in published.store.open_current().documents


def test_a_first_snapshot_that_is_not_to_be_published_is_not_served(workspace):
    workspace.build(publish=False)

    with pytest.raises(SnapshotError, match="smebot index build"):
        workspace.store.open_current()


def test_what_waited_is_served_by_the_next_build(published):
    published.corpus.write("new.en.md", "Something new.")
    published.build(publish=False)

    report = published.build()

    assert report.encoded == 0
    assert "new.en" in published.store.open_current().documents


@pytest.mark.parametrize("name", ["documents.jsonl", "vectors.faiss", "manifest.json"])
def test_a_damaged_snapshot_is_built_anew_without_encoding(published, name):
    path = published.served / name
    path.write_bytes(path.read_bytes()[:-9])

    report = published.build()

    assert (report.is_new, report.encoded) == (True, 0)
    assert len(published.store.open_current().documents) == 4


@pytest.mark.parametrize(
    "pointer", [b"", b"no-such-snapshot\n", b"\xff\xfe\x00"], ids=["empty", "wrong", "garbage"]
)
def test_a_damaged_pointer_is_mended_by_a_build(published, pointer):
    (published.store.root / "CURRENT").write_bytes(pointer)

    published.build()

    assert len(published.store.open_current().documents) == 4


def test_what_a_build_would_change_is_told_without_building(published):
    published.corpus.write("new.en.md", "Something new.")
    published.corpus.write(FAIR, "Changed.")
    published.corpus.remove("zones/suzhou-park.en.md")
    published.corpus.write_raw("bad.en.md", "title: no front matter")
    ids = published.store.ids()

    changes, problems = compare([published.corpus.directory], served_documents(published.store))

    assert changes.added == ("new.en",)
    assert changes.changed == ("events/canton-fair.en",)
    assert changes.removed == ("zones/suzhou-park.en",)
    assert str(changes) == "1 added, 1 changed, 1 removed"
    assert [problem.path.name for problem in problems] == ["bad.en.md"]
    assert published.store.ids() == ids


def test_before_the_first_build_everything_would_be_added(workspace):
    changes, _ = compare([workspace.corpus.directory], served_documents(workspace.store))

    assert len(changes.added) == 4
    assert not workspace.store.root.exists()


def test_old_snapshots_are_removed_but_never_what_rollback_needs(workspace):
    for number in range(12):
        workspace.corpus.write("events/canton-fair.en.md", f"Number {number}.")
        workspace.build(override="a test")

    ids = workspace.store.ids()
    assert len(ids) == 10
    for _ in ids[1:]:
        workspace.store.rollback()
    assert workspace.store.current_id() == ids[0]


def test_a_build_while_another_is_running_is_refused(published):
    before = published.store.ids()
    published.corpus.write("new.en.md")

    with (
        FileLock(published.data_dir / "build.lock"),
        pytest.raises(BuildLockedError, match="another build is running"),
    ):
        published.build()

    assert published.store.ids() == before
    assert published.build().is_new
