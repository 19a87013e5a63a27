"""Corpus directories -> a published snapshot. A crash at any instant leaves the old one served."""

import hashlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from index.build_report import BuildReport, Changes
from index.centring import LanguageSpace, crowding, question_means
from index.chunking import PASSAGE_TOKENS, chunk, encoded_text
from index.corpus_check import errors_in
from index.documents import Document
from index.embedding_cache import embed
from index.encoder import Encoder, Progress
from index.errors import (
    BuildLockedError,
    CorpusIndexError,
    GlossaryError,
    NoDocumentsError,
    SnapshotError,
)
from index.fact_store import FactStore
from index.gap_store import GapStore, gap_texts
from index.glossary import Glossary, load_glossary
from index.lexical import LexicalIndex
from index.loading import load_corpus
from index.manifest import FORMAT, Manifest, checksums_of, verify, write_manifest
from index.publishing import SnapshotStore, sync_directory
from index.sentence_store import SentenceStore
from index.snapshot import content_hash, write_files
from index.structure import quotable
from index.vector_store import VectorStore

_TEMPORARY = ".building-"
_ID_TIME = "%Y%m%dT%H%M%S%f"
"""How an id begins: UTC, so that ids sort in the order in which snapshots were made."""


def build(
    corpus_dirs: Sequence[Path],
    data_dir: Path,
    encoder: Encoder,
    progress: Progress,
    *,
    strict: bool = False,
    publish: bool = True,
    force: bool = False,
) -> BuildReport:
    """Build a snapshot of all documents that can be read, and publish it if they are sound.

    Where nothing has changed since the served snapshot, that one stays. With errors the new one
    waits, unless `force` or nothing is served yet: better what can be read than nothing.

    Raises:
        NoDocumentsError: There is no readable document.
        DocumentError: `strict`, and a document cannot be read; nothing is published.
        BuildLockedError: Another build is running in this data directory.
        OSError: Something cannot be written; nothing is published.
    """
    store = SnapshotStore(data_dir)
    store.root.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(data_dir / "build.lock", timeout=0):
            _remove_leftovers(store)
            report = _build(corpus_dirs, store, encoder, progress, strict=strict)
            is_allowed = force or not report.errors or _sound_manifest(store) is None
            if publish and report.is_new and is_allowed:
                store.publish(report.manifest.snapshot_id, force=True)
                report = replace(report, is_published=True)
            store.remove_superfluous()
            return report
    except Timeout as error:
        raise BuildLockedError(
            f"another build is running in {data_dir}: wait until it is done, then try again"
        ) from error


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
        content = _content(encoder.name, hashes, glossary)
        manifest, _ = _write(
            documents, hashes, content, store, encoder, progress, glossary=glossary, errors=0
        )
        store.publish(manifest.snapshot_id)
        for snapshot_id in store.ids()[:-1]:
            shutil.rmtree(store.folder(snapshot_id))
        return manifest


def compare(
    corpus_dirs: Sequence[Path], store: SnapshotStore
) -> tuple[Changes, tuple[CorpusIndexError, ...]]:
    """What a build would change, and which documents it could not read."""
    loaded = load_corpus(corpus_dirs)
    documents = {document.id: content_hash(document) for document in loaded.documents}
    return _changes(_served_documents(store), documents), loaded.problems


def _build(
    corpus_dirs: Sequence[Path],
    store: SnapshotStore,
    encoder: Encoder,
    progress: Progress,
    *,
    strict: bool,
) -> BuildReport:
    loaded = load_corpus(corpus_dirs)
    if loaded.problems and strict:
        raise loaded.problems[0]
    if not loaded.documents:
        raise NoDocumentsError(
            f"not one of the documents can be read; the first problem: {loaded.problems[0]}"
        )
    documents = sorted(loaded.documents, key=lambda document: document.id)
    hashes = {document.id: content_hash(document) for document in documents}
    glossary = _glossary(corpus_dirs)
    content = _content(encoder.name, hashes, glossary)
    changes = _changes(_served_documents(store), hashes)
    served = _sound_manifest(store)
    if served and served.content == content:
        return BuildReport(
            manifest=served,
            changes=changes,
            problems=loaded.problems,
            errors=loaded.problems,
            notes=loaded.notes,
            encoded=0,
            is_new=False,
            is_published=True,
        )
    errors = errors_in(loaded, corpus_dirs, datetime.now(UTC).date())
    manifest, encoded = _write(
        documents, hashes, content, store, encoder, progress, glossary=glossary, errors=len(errors)
    )
    return BuildReport(
        manifest=manifest,
        changes=changes,
        problems=loaded.problems,
        errors=errors,
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


def _content(encoder: str, hashes: dict[str, str], glossary: Glossary) -> str:
    """One hash of all that decides what a snapshot holds."""
    entries = (entry.model_dump_json() for entry in glossary.entries.values())
    parts = [str(FORMAT), str(PASSAGE_TOKENS), encoder, *(f"{k} {v}" for k, v in hashes.items())]
    parts += entries
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _write(
    documents: Sequence[Document],
    hashes: dict[str, str],
    content: str,
    store: SnapshotStore,
    encoder: Encoder,
    progress: Progress,
    *,
    glossary: Glossary,
    errors: int,
) -> tuple[Manifest, int]:
    pairs = [
        (passage, encoded_text(document, passage))
        for document in documents
        for passage in chunk(document, encoder.count_tokens, encoder.max_tokens)
    ]
    texts = [text for _, text in pairs]
    spans = [quotable(passage.text) for passage, _ in pairs]
    said = [
        passage.text[start:end]
        for (passage, _), of_passage in zip(pairs, spans, strict=True)
        for start, end in of_passage
    ]
    cache = store.root.parent / "embeddings.sqlite"
    missing = gap_texts(documents)
    total = len(texts) + len(said) + len(missing)
    vectors, encoded = embed(texts, encoder, cache, lambda done, _: progress(done, total))
    of_sentences, _ = embed(
        said, encoder, cache, lambda done, _: progress(len(texts) + done, total)
    )
    of_gaps, _ = embed(
        missing, encoder, cache, lambda done, _: progress(total - len(missing) + done, total)
    )
    passages = [passage for passage, _ in pairs]
    languages = [passage.language for passage in passages]
    means = question_means(encoder, store.root.parent / "models")
    space, centred = LanguageSpace.measure(vectors, languages, means)
    now = datetime.now(UTC)
    sentences = SentenceStore.build(spans, of_sentences, languages, means)
    snapshot_id = f"{_after_all(store.ids(), f'{now:{_ID_TIME}}')}-{content[:8]}"
    temporary = store.root / f"{_TEMPORARY}{os.getpid()}"
    try:
        temporary.mkdir()
        write_files(
            temporary,
            documents=documents,
            passages=passages,
            vectors=VectorStore.build(centred),
            lexical=LexicalIndex.build(texts),
            space=space,
            crowding=crowding(centred, languages),
            sentences=sentences,
            gaps=GapStore.build(documents, of_gaps, sentences.space),
            facts=FactStore.build(passages, spans, {d.id: d for d in documents}, glossary),
        )
        manifest = Manifest(
            snapshot_id=snapshot_id,
            format=FORMAT,
            created=now.isoformat(timespec="seconds"),
            encoder=encoder.name,
            content=content,
            documents=hashes,
            passages=len(pairs),
            errors=errors,
            checksums=checksums_of(temporary),
        )
        write_manifest(temporary, manifest)
        _sync(temporary)
        temporary.rename(store.folder(snapshot_id))
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    sync_directory(store.root)
    return manifest, encoded


def _after_all(ids: Sequence[str], moment: str) -> str:
    """A moment that sorts behind those of all ids, even after the clock was set back."""
    latest = max((name.partition("-")[0] for name in ids), default="")
    try:
        following = datetime.strptime(latest, _ID_TIME) + timedelta(microseconds=1)  # noqa: DTZ007
    except ValueError:  # no snapshot, or a folder that somebody made
        return moment
    return max(moment, f"{following:{_ID_TIME}}")


def _sync(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _changes(before: dict[str, str], after: dict[str, str]) -> Changes:
    return Changes(
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(i for i in after.keys() & before.keys() if after[i] != before[i])),
        removed=tuple(sorted(before.keys() - after.keys())),
    )


def _current_id(store: SnapshotStore) -> str | None:
    try:
        return store.current_id()
    except SnapshotError:
        return None


def _served_documents(store: SnapshotStore) -> dict[str, str]:
    try:
        return dict(store.manifest(store.current_id()).documents)
    except SnapshotError:
        return {}


def _sound_manifest(store: SnapshotStore) -> Manifest | None:
    try:
        return verify(store.folder(store.current_id()))
    except SnapshotError:  # missing or damaged: built anew
        return None


def _remove_leftovers(store: SnapshotStore) -> None:
    for path in store.root.glob(f"{_TEMPORARY}*"):
        shutil.rmtree(path, ignore_errors=True)
    store.remove_leftovers()
