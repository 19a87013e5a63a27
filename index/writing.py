"""Documents -> a snapshot directory, complete before anybody sees it."""

import hashlib
import os
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from index.build_engine import BuildEngine
from index.centring import LanguageSpace, asked_vectors, crowding, question_means
from index.chunking import PASSAGE_TOKENS
from index.documents import Document
from index.durable import sync_directory
from index.embedding_cache import EMBEDDINGS_FILE, embedding
from index.encoder import Encoder, Progress
from index.fact_store import FactStore
from index.gap_store import GapStore, gap_texts
from index.glossary import Glossary
from index.lexical import LexicalIndex
from index.manifest import FORMAT, Manifest, checksums_of, write_manifest
from index.memory import Memory
from index.program import program_digest
from index.publishing import SnapshotStore
from index.remark import Remark
from index.sentence_store import SentenceStore
from index.snapshot import write_files
from index.unchanged import rows_of_documents
from index.usual_case import usual_case
from index.vector_stores.faiss_store import FaissStore

TEMPORARY = ".building-"
_ID_TIME = "%Y%m%dT%H%M%S%f"
"""How an id begins: UTC, so that ids sort in the order in which snapshots were made."""


def content_of(encoder: str, hashes: dict[str, str], glossary: Glossary) -> str:
    """One hash of all that decides what a snapshot holds."""
    entries = (entry.model_dump_json() for entry in glossary.entries.values())
    parts = [str(FORMAT), str(PASSAGE_TOKENS), encoder, *(f"{k} {v}" for k, v in hashes.items())]
    parts += entries
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def write_snapshot(  # noqa: PLR0913 - what a build has, handed on
    documents: Sequence[Document],
    hashes: dict[str, str],
    content: str,
    store: SnapshotStore,
    encoder: Encoder,
    progress: Progress,
    *,
    engine: BuildEngine,
    glossary: Glossary,
    memory: Memory,
    errors: tuple[Remark, ...] = (),
    warnings: tuple[Remark, ...] = (),
) -> tuple[Manifest, int]:
    """Write a snapshot aside; it is complete and on the disk before it has its name.

    Args:
        documents: In order of their ids.
        hashes: Of their contents, by id.
        content: Of `content_of`.
        store: Gets it.
        encoder: Of passages and sentences.
        progress: Told how many texts are encoded.
        engine: Chunks and encodes, as the encoder would.
        glossary: What names mean.
        memory: Holds what was read from documents that are the same.
        errors: What the check of the corpus says.
        warnings: Likewise.

    Returns:
        (its manifest, how many passages had to be encoded).

    Raises:
        OSError: It cannot be written; nothing of it is left.
    """
    rows = list(rows_of_documents(documents, hashes, encoder, glossary, engine, memory))
    passages = [passage for each in rows for passage in each.passages]
    spans = [of_passage for each in rows for of_passage in each.spans]
    texts = [text for each in rows for text in each.texts]
    said = [sentence for each in rows for sentence in each.sentences()]
    missing = gap_texts(documents)
    total = len(texts) + len(said) + len(missing)
    with embedding(encoder, store.root.parent / EMBEDDINGS_FILE, engine.encode) as embed:
        vectors, encoded = embed(texts, lambda done, _: progress(done, total))
        before = len(texts)
        of_sentences, _ = embed(said, lambda done, _: progress(before + done, total))
        before_gaps = total - len(missing)
        of_gaps, _ = embed(missing, lambda done, _: progress(before_gaps + done, total))
    languages = [passage.language for passage in passages]
    means = question_means(encoder, store.root.parent / "models")
    space, centred = LanguageSpace.measure(vectors, languages, means)
    # One of the longest steps, and nearly all of it outside of Python.
    aside = ThreadPoolExecutor(1)
    crowded = aside.submit(crowding, centred, languages)
    aside.shutdown(wait=False)
    now = datetime.now(UTC)
    sentences = SentenceStore.build(spans, of_sentences, languages, means)
    searchable, recall = FaissStore.by_size(centred, partial(asked_vectors, encoder, space))
    snapshot_id = f"{_after_all(store.ids(), f'{now:{_ID_TIME}}')}-{content[:8]}"
    temporary = store.root / f"{TEMPORARY}{os.getpid()}"
    try:
        temporary.mkdir()
        write_files(
            temporary,
            documents=documents,
            passages=passages,
            vectors=searchable,
            lexical=LexicalIndex.build(counts for each in rows for counts in each.words),
            space=space,
            sentences=sentences,
            gaps=GapStore.build(documents, of_gaps, sentences.space),
            facts=FactStore([line for each in rows for line in each.facts]),
            glossary=glossary,
            usual_case=usual_case(
                word for each in rows if each.written for word in each.written.split("\n")
            ),
            crowding=crowded.result(),
        )
        manifest = Manifest(
            snapshot_id=snapshot_id,
            format=FORMAT,
            created=now.isoformat(timespec="seconds"),
            encoder=encoder.name,
            content=content,
            program=program_digest(),
            documents=hashes,
            passages=len(passages),
            search_method=searchable.method,
            recall_at_10=recall,
            errors=errors,
            warnings=warnings,
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
