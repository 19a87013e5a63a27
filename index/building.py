"""Corpus directories -> a published snapshot. A crash at any instant leaves the old one served."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from index.build_engine import BuildEngine
from index.build_engines import LocalEngine
from index.build_lock import only_builder
from index.build_report import BuildReport
from index.collecting import fewer_collections
from index.corpus_check import check_loaded
from index.documents import Document
from index.encoder import Encoder, Progress
from index.errors import (
    CorpusIndexError,
    GlossaryError,
    NoDocumentsError,
    PublicationBlockedError,
    SnapshotError,
)
from index.glossary import Glossary
from index.glossary_file import load_glossary
from index.loading import load_corpus
from index.manifest import Changes, Manifest, verify
from index.memory import Memory
from index.publication_log import whoever_runs_this
from index.publishing import SnapshotStore
from index.reading import rereading
from index.remark import Remark
from index.snapshot import content_hash
from index.terminal import remark_of
from index.vector_store import SnapshotKeeper, VectorEngine
from index.writing import TEMPORARY, content_of, write_snapshot

Review = Callable[[BuildReport], Sequence[Remark]]
"""Looks at what was built; says what speaks against serving it."""
_NOTHING_ELSE = "nothing else could be served"


def build(  # noqa: PLR0913 - all but the first four may be left out
    corpus_dirs: Sequence[Path],
    data_dir: Path,
    encoder: Encoder,
    progress: Progress,
    *,
    strict: bool = False,
    publish: bool = True,
    override: str = "",
    by: str = "",
    review: Review | None = None,
    vectors: VectorEngine | None = None,
    shared: SnapshotKeeper | None = None,
    engine: BuildEngine | None = None,
) -> BuildReport:
    """Build a snapshot of all documents that can be read, and publish it if they are sound.

    Where nothing has changed since the served snapshot, that one stays. Where something speaks
    against the new one it waits, unless nothing can be served yet: better what can be read than
    nothing.

    Args:
        corpus_dirs: Where documents lie.
        data_dir: Gets the snapshot.
        encoder: Of passages.
        progress: Told how many passages are done.
        strict: Build nothing if a document cannot be read.
        publish: Serve it at once.
        override: Why it is published whatever speaks against it.
        by: Who builds; whoever runs this process if left out.
        review: Looks at a new snapshot while nobody else can build, and says what speaks
            against it. Not asked where nothing can be served yet.
        vectors: What searches them; the snapshot's own file is searched if left out.
        shared: Gets a copy of what is published, for replicas.
        engine: Reads, chunks and encodes; this process does if left out.

    Raises:
        NoDocumentsError: There is no readable document.
        DocumentError: `strict`, and a document cannot be read; nothing is published.
        BuildLockedError: Another build is running in this data directory.
        VectorsAwayError: What searches vectors cannot take them in; the snapshot waits.
        SharedSnapshotsError: Replicas cannot get it; likewise.
        BuildEngineError: The engine cannot work.
        OSError: Something cannot be written; nothing is published.
    """
    store = SnapshotStore(data_dir, vectors, shared)
    store.root.mkdir(parents=True, exist_ok=True)
    by = by or whoever_runs_this()
    with only_builder(data_dir, by) as unfinished:
        _remove_leftovers(store)
        with Memory.opened(data_dir) as memory, fewer_collections():
            report = _build(
                *(corpus_dirs, store, encoder, progress, engine or LocalEngine(encoder), memory),
                strict=strict,
            )
        report = replace(report, unfinished=unfinished)
        if report.is_new:
            if _sound_manifest(store) is None:
                override = override or _NOTHING_ELSE
            elif review:
                report = replace(report, objections=tuple(review(report)))
            if publish:
                report = _published(report, store, by, override)
        store.prune(by=by)
        return report


def _published(report: BuildReport, store: SnapshotStore, by: str, override: str) -> BuildReport:
    try:
        store.publish(
            report.manifest.snapshot_id,
            by=by,
            override=override,
            objections=report.objections,
        )
    except PublicationBlockedError as error:
        return replace(report, objections=error.objections)
    return replace(report, is_published=True, objections=())


def build_documents(
    documents: Sequence[Document],
    data_dir: Path,
    encoder: Encoder,
    progress: Progress,
    glossary: Glossary | None = None,
) -> Manifest:
    """Build and publish a snapshot of documents that are already read, for measuring.

    Raises:
        OSError: Something cannot be written.
    """
    store = SnapshotStore(data_dir)
    store.root.mkdir(parents=True, exist_ok=True)
    with FileLock(data_dir / "build.lock"):
        _remove_leftovers(store)
        hashes = {document.id: content_hash(document) for document in documents}
        glossary = glossary or Glossary()
        content = content_of(encoder.name, hashes, glossary)
        manifest, _ = write_snapshot(
            *(documents, hashes, content, store, encoder, progress),
            engine=LocalEngine(encoder),
            glossary=glossary,
            memory=Memory(),
        )
        store.publish(manifest.snapshot_id)
        for snapshot_id in store.ids()[:-1]:
            shutil.rmtree(store.folder(snapshot_id))
        return manifest


def compare(
    corpus_dirs: Sequence[Path], documents: Mapping[str, str]
) -> tuple[Changes, tuple[CorpusIndexError, ...]]:
    """What a build would change, and which documents it could not read.

    Args:
        corpus_dirs: What would be built.
        documents: Of a snapshot, as its manifest has them.
    """
    loaded = load_corpus(corpus_dirs)
    now = {document.id: content_hash(document) for document in loaded.documents}
    return Changes.between(documents, now), loaded.problems


def _build(
    corpus_dirs: Sequence[Path],
    store: SnapshotStore,
    encoder: Encoder,
    progress: Progress,
    engine: BuildEngine,
    memory: Memory,
    *,
    strict: bool,
) -> BuildReport:
    loaded = load_corpus(corpus_dirs, rereading(engine.read, memory))
    if loaded.problems and strict:
        raise loaded.problems[0]
    if not loaded.documents:
        text = "not one of the documents can be read; the first problem"
        remark = Remark.of("none_readable", text)
        raise NoDocumentsError(replace(remark, details=(remark_of(loaded.problems[0]),)))
    documents = sorted(loaded.documents, key=lambda document: document.id)
    hashes = {document.id: content_hash(document) for document in documents}
    glossary = _glossary(corpus_dirs)
    content = content_of(encoder.name, hashes, glossary)
    changes = Changes.between(served_documents(store), hashes)
    served = _sound_manifest(store)
    if served and served.content == content:
        return BuildReport(
            manifest=served,
            changes=changes,
            problems=loaded.problems,
            errors=tuple(map(remark_of, loaded.problems)),
            notes=loaded.notes,
            encoded=0,
            is_new=False,
            is_published=True,
        )
    checked = check_loaded(loaded, corpus_dirs, datetime.now(UTC).date(), memory)
    waiting, encoded = _waiting(store, content, checked.errors), 0
    if waiting is None:
        waiting, encoded = write_snapshot(
            *(documents, hashes, content, store, encoder, progress),
            engine=engine,
            glossary=glossary,
            memory=memory,
            errors=checked.errors,
            warnings=checked.warnings,
        )
        memory.forget_others()
    return BuildReport(
        manifest=waiting,
        changes=changes,
        problems=loaded.problems,
        errors=checked.errors,
        notes=loaded.notes,
        encoded=encoded,
        is_new=True,
    )


def _glossary(corpus_dirs: Sequence[Path]) -> Glossary:
    """The glossary of the corpus; an empty one if it is not sound, which counts as an error."""
    try:
        return load_glossary(corpus_dirs)
    except GlossaryError:
        return Glossary()


def served_documents(store: SnapshotStore) -> dict[str, str]:
    """Ids of documents -> hashes of their contents; none where nothing sound is served."""
    try:
        return dict(store.manifest(store.current_id()).documents)
    except SnapshotError:
        return {}


def _sound_manifest(store: SnapshotStore) -> Manifest | None:
    try:
        return verify(store.folder(store.current_id()))
    except SnapshotError:  # missing or damaged: built anew
        return None


def _waiting(store: SnapshotStore, content: str, errors: tuple[Remark, ...]) -> Manifest | None:
    """What waits to be published, if it was built of the same and is sound."""
    try:
        waiting = store.waiting_id()
        manifest = verify(store.folder(waiting)) if waiting else None
    except SnapshotError:
        return None
    is_same = manifest and (manifest.content, tuple(manifest.errors)) == (content, errors)
    return manifest if is_same else None


def _remove_leftovers(store: SnapshotStore) -> None:
    for path in store.root.glob(f"{TEMPORARY}*"):
        shutil.rmtree(path, ignore_errors=True)
    store.remove_leftovers()
