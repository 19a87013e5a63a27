"""Corpora of any size, made of a real one."""

import pytest

from bot.bench.corpora import material_of, recombine, sentences_in
from index.chunking import chunk
from index.language import language_of
from index.loading import load_corpus
from index.testing import HashingEncoder


@pytest.fixture(scope="module")
def material(desk):
    return material_of(desk)


@pytest.mark.parametrize("passages", [1, 5, 42])
def test_there_are_as_many_passages_as_were_wanted(material, passages):
    encoder = HashingEncoder()
    documents = [each.as_document() for each in recombine(material, passages)]

    chunked = [p for d in documents for p in chunk(d, encoder.count_tokens, encoder.max_tokens)]

    assert len(chunked) == passages
    assert len({document.id for document in documents}) == len(documents)


def test_every_sentence_is_a_real_one_of_its_language(material, desk):
    real = {
        (passage.language, sentence)
        for passage in desk.snapshot.passages
        for sentence in sentences_in(passage.text)
    }
    made = [
        (each.language, sentence)
        for each in recombine(material, 60)
        for sentence in sentences_in(each.text)
    ]

    assert len(made) >= 60
    assert set(made) <= real
    assert {language for language, _ in made} == set(material)


def test_the_same_corpus_is_made_again_and_another_for_another_size(material):
    first, again, other = (
        [each.text for each in recombine(material, passages)] for passages in (20, 20, 25)
    )

    assert first == again
    assert first != other[: len(first)]


def test_a_file_of_it_is_read_as_the_document_that_it_is(material, tmp_path):
    made = list(recombine(material, 40))
    for each in made:
        path = tmp_path / "corpus" / each.file_name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(each.as_markdown(), "utf-8")

    loaded = load_corpus([tmp_path / "corpus"])

    assert not loaded.problems
    texts = {document.id: document.text.strip() for document in loaded.documents}
    assert texts == {each.as_document().id: each.text.strip() for each in made}


def test_headings_are_no_sentences():
    assert sentences_in("# Fair\n\nIt is\nopen. It ends.\n\n- free") == [
        "It is open.",
        "It ends.",
        "free",
    ]
    assert language_of(sentences_in("广交会在广州举行。")[0]) == "zh"
