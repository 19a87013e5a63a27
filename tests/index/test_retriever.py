"""Questions find passages: ranks, scores, and one version of each document."""

import pytest

from index.errors import EncoderMismatchError
from index.retriever import Retriever
from index.testing import HashingEncoder


@pytest.mark.parametrize(
    ("question", "language", "document"),
    [
        ("Where is the Canton Fair held?", "en", "events/canton-fair.en"),
        ("How many booths has the fair?", "en", "events/canton-fair.en"),
        ("广交会在哪里举行？", "zh", "events/canton-fair.zh"),
        ("廣交會在哪裡舉行？", "zh-Hant", "events/canton-fair.zh"),
        ("保单融资贷款最高多少？", "zh", "financing/policy-loan.zh"),
        ("Where does the park lie?", "en", "zones/suzhou-park.en"),
    ],
)
def test_the_document_that_answers_comes_first(published, question, language, document):
    hits = published.retriever().search(question, language).hits

    assert hits[0].passage.document == document


def test_every_passage_is_found_by_its_own_words(published):
    retriever = published.retriever()
    passages = retriever.snapshot.passages
    assert passages

    for passage in passages:
        found = retriever.search(retriever.context(passage), passage.language, 1)

        assert [hit.passage for hit in found.hits] == [passage]


@pytest.mark.parametrize(
    ("language", "version"),
    [
        ("en", "en"),
        ("zh", "zh"),
        ("zh-Hant", "zh"),
        ("zh-Hans", "zh"),
        ("ru", "en"),
        ("und", "en"),
    ],
)
def test_the_version_in_the_question_s_language_is_preferred_then_english(
    published, language, version
):
    hits = published.retriever().search("Canton Fair Guangzhou 广交会 广州", language, 50).hits

    found = {hit.passage.document for hit in hits}
    assert f"events/canton-fair.{version}" in found
    assert not found & (
        {"events/canton-fair.en", "events/canton-fair.zh"} - {f"events/canton-fair.{version}"}
    )


def test_a_document_without_an_english_version_is_searched_in_chinese(published):
    published.corpus.write("policy/rule.ru.md", "Правило о ярмарке.", topic="policy")
    published.corpus.write("policy/rule.zh.md", "关于展会的规定。", topic="policy")
    published.build()

    hits = published.retriever().search("rule", "ar", 50).hits

    found = {hit.passage.document for hit in hits}
    assert "policy/rule.zh" in found
    assert "policy/rule.ru" not in found


def test_a_document_in_another_language_only_is_searched_as_well(published):
    hits = published.retriever().search("How high is the loan?", "en", 50).hits

    assert "financing/policy-loan.zh" in {hit.passage.document for hit in hits}


def test_hits_are_numbered_from_one_without_repeats(published):
    hits = published.retriever().search("Where is the Canton Fair held?", "en", 50).hits

    assert len(hits) > 2
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert len({hit.passage.id for hit in hits}) == len(hits)


@pytest.mark.parametrize("k", [1, 2])
def test_no_more_hits_are_given_than_wanted(published, k):
    assert len(published.retriever().search("the fair", "en", k).hits) == k


def test_fewer_hits_are_the_first_of_more(published):
    retriever = published.retriever()

    few = retriever.search("the fair in Guangzhou", "en", 2).hits
    many = retriever.search("the fair in Guangzhou", "en", 4).hits

    assert few == many[:2]


def test_scores_are_cosine_similarities(published):
    hits = published.retriever().search("Where is the Canton Fair held?", "en", 50).hits

    assert hits
    assert all(-1.0001 <= hit.score <= 1.0001 for hit in hits)


@pytest.mark.parametrize("question", ["", " ", "？！", "😀", "zeppelin", "a" * 5000, "广" * 3000])
def test_any_question_can_be_asked(published, question):
    found = published.retriever().search(question, "en")

    assert all(hit.passage.text for hit in found.hits)


def test_time_spent_is_told(published):
    found = published.retriever().search("Where is the Canton Fair held?", "en")

    assert found.encode_ms > 0
    assert found.search_ms > 0


def test_a_passage_leads_back_to_its_document(published):
    retriever = published.retriever()
    passage = retriever.search("How many booths has the fair?", "en").hits[0].passage

    document = retriever.document(passage)

    assert document.text[passage.start : passage.end] == passage.text
    assert retriever.context(passage).startswith(document.metadata.title)


def test_an_encoder_other_than_the_index_was_built_with_is_refused(published):
    snapshot = published.store.open_current()

    with pytest.raises(EncoderMismatchError, match="smebot index build") as error:
        Retriever(snapshot, HashingEncoder("hashing/2"))

    assert (error.value.snapshot, error.value.configured) == ("hashing/1", "hashing/2")


def test_a_corpus_of_one_passage_can_be_searched(workspace):
    for document in workspace.corpus.load().paths.values():
        document.unlink()
    workspace.corpus.write("events/only.en.md", "Only this.")
    workspace.build()

    hits = workspace.retriever().search("only", "en").hits

    assert [hit.passage.text for hit in hits] == ["Only this."]


def test_of_what_was_found_some_hits_are_kept(published):
    found = published.retriever().search("How many booths has the fair?", "en")

    kept = found.keep([0, 2])

    assert kept.hits == (found.hits[0], found.hits[2])
    assert kept.vector is found.vector


def test_traditional_chinese_is_searched_like_the_simplified(published):
    retriever = published.retriever()

    found = retriever.search("廣交會在哪裡舉行？", "zh-Hant")
    same = retriever.search("广交会在哪里举行？", "zh")

    assert found.hits
    assert found.hits == same.hits
