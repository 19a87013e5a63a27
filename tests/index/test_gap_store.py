"""What is not held is stored beside the passages, compared with questions and never found."""

import numpy as np
import pytest

from index.errors import SnapshotError
from index.gap_store import GapStore
from index.retriever import Found
from index.snapshot import open_snapshot

QUESTIONS = ["booth prices of the fair", "dates of the next fair"]


@pytest.fixture
def with_gaps(workspace):
    """The small corpus and two documents that say what is not held."""
    workspace.corpus.write(
        "events/fair.en.md",
        "The fair was held in Guangzhou.[^1]",
        not_covered=[{"question": text, "note": "Ask the organiser."} for text in QUESTIONS],
    )
    workspace.corpus.write(
        "events/other.zh.md", "展会在广州举行。[^1]", not_covered=[{"question": "展位价格"}]
    )
    workspace.build()
    return workspace


def told(workspace, question, document="events/fair.en"):
    retriever = workspace.retriever()
    found = retriever.search(question, "en")
    return retriever.not_covered(found, retriever.snapshot.documents[document])


def test_each_document_has_its_own_entries(with_gaps):
    retriever = with_gaps.retriever()
    found = retriever.search("booth", "en")

    entries = {
        name: [gap.question for gap, _ in retriever.not_covered(found, document)]
        for name, document in retriever.snapshot.documents.items()
    }

    assert entries.pop("events/fair.en") == QUESTIONS
    assert entries.pop("events/other.zh") == ["展位价格"]
    assert len(entries) == 4
    assert not any(entries.values())


def test_the_entry_that_is_asked_for_is_nearest(with_gaps):
    for asked in QUESTIONS:
        nearest, _ = max(told(with_gaps, asked), key=lambda entry: entry[1])
        assert nearest.question == asked


def test_an_entry_is_compared_as_a_sentence_is(with_gaps):
    """Both lose the same mean: a sentence of the same words lies just as near."""
    with_gaps.corpus.write("events/sentence.en.md", f"{QUESTIONS[0]}\n[^1]")
    with_gaps.build()
    retriever = with_gaps.retriever()
    found = retriever.search(QUESTIONS[0], "en")
    (passage,) = (p for p in retriever.snapshot.passages if p.document == "events/sentence.en")

    best = max(score for _, score in retriever.sentences(found, passage))

    assert told(with_gaps, QUESTIONS[0])[0][1] == pytest.approx(best, abs=2e-3)


def test_what_is_not_held_is_no_passage_and_no_text_that_is_searched(with_gaps):
    snapshot = open_snapshot(with_gaps.served)

    assert not any("prices" in passage.text for passage in snapshot.passages)
    assert not np.any(snapshot.lexical.scores(["prices"]))


def test_nothing_is_compared_with_what_was_not_searched_for(with_gaps):
    retriever = with_gaps.retriever()
    nothing = Found(hits=(), encode_ms=0.0, search_ms=0.0)

    assert retriever.not_covered(nothing, retriever.snapshot.documents["events/fair.en"]) == []


def test_entries_are_covered_by_the_checksums(with_gaps):
    path = with_gaps.served / "not_covered.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"x")

    with pytest.raises(SnapshotError, match=r"not_covered\.npy"):
        open_snapshot(with_gaps.served)


def test_vectors_of_other_documents_are_refused(with_gaps, tmp_path):
    gaps = open_snapshot(with_gaps.served).gaps
    GapStore(gaps.first[:4], gaps.vectors).save(tmp_path)

    with pytest.raises(ValueError, match="3 rows"):
        GapStore.load(tmp_path)


def test_an_entry_that_is_encoded_already_is_not_encoded_again(with_gaps):
    before = with_gaps.encoder.encoded
    with_gaps.corpus.write(
        "events/third.en.md", "It rained.[^1]", not_covered=[{"question": QUESTIONS[0]}]
    )

    with_gaps.build()

    assert with_gaps.encoder.encoded == before + 2  # the new passage and its sentence
