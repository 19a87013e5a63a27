"""Facts are read when a snapshot is built, and handed out with what is found."""

import json

import pytest

from index.facts import Facts
from index.manifest import read_manifest

GLOSSARY = "- {id: tea-fair, kind: event, zh: 茶博会, en: tea fair}\n"
TEXT = "The tea fair of 2025 had 300 booths.\n\nIt was held in Shenzhen.\n"


@pytest.fixture
def retriever(workspace):
    """Search in one document of two sentences, with a glossary of one fair."""
    workspace.corpus.write_raw("glossary.yaml", GLOSSARY)
    workspace.corpus.write("events/tea.en.md", TEXT, title="Report")
    workspace.build()
    return workspace.retriever()


def passage_in(retriever):
    """The only passage of the document."""
    (passage,) = (p for p in retriever.snapshot.passages if p.document == "events/tea.en")
    return passage


def test_a_passage_brings_the_facts_of_its_sentences_and_its_document(retriever):
    passage = passage_in(retriever)

    facts = retriever.facts(passage)

    assert facts.metadata.title == "Report"
    assert facts.passage.years == facts.document.years == {2025}
    assert facts.document.entries == {"event:tea-fair"}
    booths, held = facts.sentences.values()
    assert (booths.years, booths.cities) == ({2025}, set())
    assert (held.years, held.cities) == (set(), {"Shenzhen"})
    for start, end in facts.sentences:
        assert passage.text[start:end] in TEXT


def test_the_document_names_all_that_its_passages_name(retriever):
    store = retriever.snapshot.facts
    rows = range(len(retriever.snapshot.passages))

    assert store.of_all(*rows) == Facts.union(map(store.of_all, rows))
    assert store.of_all(0) == Facts.union(store.of(0))


def test_facts_are_one_line_for_each_passage_under_a_checksum(retriever, workspace):
    lines = (workspace.served / "facts.jsonl").read_text("utf-8").splitlines()

    assert len(lines) == len(retriever.snapshot.passages)
    row = retriever.snapshot.passages.index(passage_in(retriever))
    assert json.loads(lines[row])[0]["years"] == [2025]
    assert "facts.jsonl" in read_manifest(workspace.served).checksums


def test_a_changed_glossary_is_read_anew(retriever, workspace):
    before = workspace.served

    workspace.corpus.write_raw("glossary.yaml", GLOSSARY.replace("tea-fair", "tea-show"))
    workspace.build()

    assert workspace.served != before
    after = workspace.retriever()
    assert after.facts(passage_in(after)).document.entries == {"event:tea-show"}
