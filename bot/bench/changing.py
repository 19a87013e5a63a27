"""How long a build takes after one document among many was changed."""

import time
from dataclasses import dataclass
from pathlib import Path

from bot.bench.corpora import PASSAGES_A_DOCUMENT, material_of, recombine
from bot.bench.mixing import MixingEncoder
from index import BuildReport, Encoder, Progress, Retriever, build

_NEW_SENTENCE = "The train from Chengdu carries 41 containers of tea."


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Two builds of the same corpus, and one document that changed between them."""

    documents: int
    passages: int
    first_s: float
    """Of the first build, encoding left out: vectors are mixed."""
    changed_s: float
    """Of the second, with the real encoder: read, check, encode, write, publish."""
    encoded: int
    """Passages that the second had to encode."""


def measure_change(
    retriever: Retriever,
    data_dir: Path,
    folder: Path,
    documents: int,
    progress: Progress,
) -> Changed:
    """Build a recombined corpus, change a document in its middle, and build again.

    Args:
        retriever: Of the real corpus.
        data_dir: Where the vectors of that are kept.
        folder: An empty one; gets the corpus and its index.
        documents: How many.
        progress: Told how many passages are done.
    """
    corpus = folder / "corpus"
    files = []
    for each in recombine(material_of(retriever), documents * PASSAGES_A_DOCUMENT):
        files.append(corpus / each.file_name)
        files[-1].parent.mkdir(parents=True, exist_ok=True)
        files[-1].write_text(each.as_markdown(), "utf-8")
    first_s, _ = _built(corpus, folder, MixingEncoder.of(retriever, data_dir), progress)
    changed = files[len(files) // 2]
    changed.write_text(changed.read_text("utf-8") + f"\n{_NEW_SENTENCE}\n", "utf-8")
    changed_s, report = _built(corpus, folder, retriever.encoder, progress)
    return Changed(
        documents=len(report.manifest.documents),
        passages=report.manifest.passages,
        first_s=first_s,
        changed_s=changed_s,
        encoded=report.encoded,
    )


def _built(
    corpus: Path, data_dir: Path, encoder: Encoder, progress: Progress
) -> tuple[float, BuildReport]:
    started = time.perf_counter()
    report = build([corpus], data_dir, encoder, progress, override="it is measured")
    return time.perf_counter() - started, report
