"""A snapshot is opened whole and as it was built, or not at all."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest

from index.errors import SnapshotError
from index.manifest import FORMAT, checksums_of, read_manifest, verify, write_manifest
from index.snapshot import content_hash, open_snapshot


def change_manifest(folder, **changes):
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")


def test_an_opened_snapshot_holds_the_documents_it_was_built_from(published):
    snapshot = open_snapshot(published.served)

    expected = {document.id: document for document in published.corpus.load().documents}
    assert len(expected) == 4
    assert snapshot.documents == expected


def test_metadata_and_source_spans_survive_a_snapshot(workspace):
    workspace.corpus.write(
        "events/rich.zh.md",
        "在广州举行。[^1]共有7万个展位。[^2]\u2028换行。\x85",
        sources=[{"publisher": "First", "published": "2016~"}, {"confidence": "known"}],
        event={"certainty": "usual", "usual": [{"start": "04-15", "end": "05-05"}]},
        zone={"kind": "park-abroad", "country": "EG", "area_km2": 7.34},
    )
    workspace.build()

    document = open_snapshot(workspace.served).documents["events/rich.zh"]

    (expected,) = [d for d in workspace.corpus.load().documents if d.id == "events/rich.zh"]
    assert document == expected
    assert len(document.source_spans) == 2


def test_a_snapshot_holds_the_glossary_it_was_built_with(workspace):
    name = "- {id: canton-fair, kind: event, zh: 广交会, en: Canton Fair}\n"
    workspace.corpus.write_raw("glossary.yaml", name)
    workspace.build()
    workspace.corpus.write_raw("glossary.yaml", name.replace("canton-fair", "changed-since"))

    assert set(open_snapshot(workspace.served).glossary.entries) == {"canton-fair"}


def test_passages_of_a_snapshot_quote_its_documents(published):
    snapshot = open_snapshot(published.served)

    assert len(snapshot.passages) == len(snapshot.vectors) == snapshot.manifest.passages > 4
    for passage in snapshot.passages:
        text = snapshot.documents[passage.document].text
        assert passage.text == text[passage.start : passage.end] != ""


def test_a_passage_is_found_by_its_id_and_has_its_row(published):
    snapshot = open_snapshot(published.served)

    assert len(snapshot.passages) > 4
    for row, passage in enumerate(snapshot.passages):
        assert snapshot.passage(passage.id) == passage
        assert snapshot.row(passage) == row
        assert row in snapshot.rows_of(passage.document)
    last = snapshot.passages[len(snapshot.passages) - 1]
    for identity in ("no/such@0", f"{last.document}@1", f"{last.document}@99999"):
        assert snapshot.passage(identity) is None


def test_the_rows_of_the_stores_are_the_passages(published):
    snapshot = open_snapshot(published.served)

    for word in ("booth", "suzhou", "7.46", "保单"):
        rows = np.flatnonzero(snapshot.lexical.scores([word])).tolist()
        assert rows
        assert all(word in snapshot.passages[row].text.lower() for row in rows)


def test_versions_of_a_document_are_found_by_stem_and_language(published):
    versions = open_snapshot(published.served).versions

    assert versions["events/canton-fair"] == {
        "en": "events/canton-fair.en",
        "zh": "events/canton-fair.zh",
    }
    assert versions["zones/suzhou-park"] == {"en": "zones/suzhou-park.en"}


def test_the_manifest_says_what_the_snapshot_was_built_from(published):
    manifest = read_manifest(published.served)

    assert manifest.encoder == published.encoder.name
    assert manifest.snapshot_id == published.served.name
    assert manifest.documents == {
        document.id: content_hash(document) for document in published.corpus.load().documents
    }
    assert manifest.created_at.utcoffset().total_seconds() == 0


def test_a_sound_snapshot_is_verified(published):
    manifest = verify(published.served)

    assert {"documents.jsonl", "passages.jsonl", "vectors.faiss"} < set(manifest.checksums)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"X" + path.read_bytes()[1:]),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(b""),
        lambda path: path.unlink(),
    ],
    ids=["altered", "cut short", "emptied", "missing"],
)
def test_whichever_file_is_damaged_it_is_named_and_the_snapshot_not_opened(published, damage):
    folder = published.served
    paths = [path for path in folder.rglob("*") if path.is_file()]
    assert len(paths) > 5
    for path in paths:
        content = path.read_bytes()
        damage(path)

        with pytest.raises(SnapshotError, match="smebot index build") as error:
            open_snapshot(folder)

        assert path.relative_to(folder).as_posix() in str(error.value)
        assert "\n" not in str(error.value)
        path.write_bytes(content)
    assert open_snapshot(folder).documents


def test_a_file_too_much_is_named(published):
    (published.served / "lexical" / "extra.txt").write_text("x")

    with pytest.raises(SnapshotError, match=r"lexical/extra\.txt"):
        open_snapshot(published.served)


def test_a_document_counts_once_in_all_its_languages(published):
    names = {"zones/silk.en": "1", "zones/silk.zh": "2", "rows#1": "3", "rows#2": "4"}

    assert replace(read_manifest(published.served), documents=names).subjects == 3


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"{}", b"\xff\xfe", b'{"snapshot_id": "x"}'],
    ids=["empty", "cut short", "list", "null", "no keys", "not UTF-8", "too few keys"],
)
def test_a_damaged_manifest_is_named(published, content):
    (published.served / "manifest.json").write_bytes(content)

    with pytest.raises(SnapshotError, match=r"manifest\.json"):
        open_snapshot(published.served)


def test_a_changed_bit_anywhere_in_the_manifest_is_noticed(published):
    path = published.served / "manifest.json"
    content = path.read_bytes()
    assert len(content) > 500

    for position in range(len(content)):
        changed = bytearray(content)
        changed[position] ^= 1 << position % 8
        path.write_bytes(changed)
        with pytest.raises(SnapshotError):
            read_manifest(published.served)


def test_a_manifest_with_a_value_of_the_wrong_kind_is_damaged(published):
    write_manifest(published.served, replace(read_manifest(published.served), checksums=[]))

    with pytest.raises(SnapshotError, match=r"manifest\.json"):
        open_snapshot(published.served)


def test_a_missing_snapshot_is_an_error(published):
    with pytest.raises(SnapshotError, match=r"manifest\.json is missing"):
        open_snapshot(published.store.folder("20200101T000000-none"))


@pytest.mark.parametrize("keys", [{}, {"compression": "zstd"}], ids=["same keys", "a new key"])
def test_a_snapshot_of_another_format_is_told_apart_from_a_damaged_one(published, keys):
    change_manifest(published.served, format=FORMAT + 1, **keys)

    with pytest.raises(SnapshotError, match="another version of smebot"):
        open_snapshot(published.served)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("documents.jsonl", b"[1, 2]\n"),
        ("documents.jsonl", b"\xff\n"),
        ("passages.jsonl", b'["no-such-document", 0, 1, [], "en"]\n'),
        ("vectors.faiss", b"not faiss"),
        ("glossary.json", b"[1]"),
        ("catalogue.json", b"{"),
        ("facts.jsonl", b"[]\n"),
        ("lexical/words.txt", b"fair\t0\n"),
    ],
)
def test_content_that_cannot_be_read_is_an_error_even_with_the_right_checksum(
    published, name, content
):
    folder = published.served
    (folder / name).write_bytes(content)
    write_manifest(folder, replace(read_manifest(folder), checksums=checksums_of(folder)))

    with pytest.raises(SnapshotError, match="cannot be read"):
        open_snapshot(folder)


def test_an_open_snapshot_stays_usable_when_its_folder_is_deleted(published):
    retriever = published.retriever()
    shutil.rmtree(published.served)

    found = retriever.search("Where is the Canton Fair held?", "en")

    assert found.hits[0].passage.document == "events/canton-fair.en"


def test_the_content_hash_changes_with_anything_of_the_document(corpus):
    corpus.write("fair.en.md", "Held in Guangzhou.[^1]")
    before = corpus.load().documents[0]
    hashes = {content_hash(before)}
    for body, keys in [
        ("Held in Guangzhou!", {}),
        ("Held in Guangzhou.[^1]", {"title": "Other"}),
        ("Held in Guangzhou.[^1]", {"valid_until": "2025"}),
        ("Held in Guangzhou.", {}),
    ]:
        corpus.write("fair.en.md", body, **keys)
        hashes.add(content_hash(corpus.load().documents[0]))

    assert len(hashes) == 5
