"""The sentences of the hits are scored."""

from dataclasses import replace

import pytest

from bot.answers.case import Case
from bot.answers.steps.read import read
from index.reader import in_conversation
from index.readers.word_reader import WordReader


def test_the_sentence_that_answers_scores_best(before, tools):
    case = read(before(read, "How many booths has the 12th tea fair?"), tools)

    assert isinstance(case, Case)
    best = case.sentences[0]
    assert best.quote == "The 12th tea fair has 74,600 booths."
    assert best.probability == max(sentence.probability for sentence in case.sentences)
    assert next(iter(case.scores)) == best.quote


class OfLanguages(WordReader):
    """A reader that was trained between languages."""

    @property
    def reads_across_languages(self) -> bool:
        return True


def test_the_best_ones_document_is_read_in_its_other_language_too(before, tools):
    asked = before(read, "How many booths has the 12th tea fair?")

    case = read(asked, replace(tools, reader=OfLanguages()))

    assert isinstance(case, Case)
    best = case.sentences[0].document
    assert case.elsewhere
    assert {sentence.document.id for sentence in case.elsewhere} == {f"{best.stem}.zh"}
    assert read(asked, tools).elsewhere == ()  # this one reads no other language


def test_a_follow_up_is_answered_by_what_answers_it_and_its_completion(before, tools):
    case = before(read, "Who came to it?", "How many booths has the 12th tea fair?")
    case = read(case, tools)

    assert isinstance(case, Case)
    assert case.question.text != case.question.search_text
    for sentence in case.sentences:
        alone, completed = (
            float(tools.reader.score(text, [sentence.text])[0])
            for text in (case.question.text, case.question.search_text)
        )
        assert sentence.probability == pytest.approx((alone * completed) ** 0.5)


class OfConversations(WordReader):
    """A reader that was trained on conversations."""

    @property
    def knows_conversations(self) -> bool:
        return True


def test_a_reader_that_knows_conversations_sees_the_question_before(before, tools):
    tools = replace(tools, reader=OfConversations())
    case = read(before(read, "Who came to it?", "How many booths has the 12th tea fair?"), tools)

    asked = in_conversation("Who came to it?", ["How many booths has the 12th tea fair?"])
    assert isinstance(case, Case)
    for sentence in case.sentences:
        score = float(tools.reader.score(asked, [sentence.text])[0])
        assert sentence.probability == pytest.approx(score)


BOTH = "How many booths has the fair, and which buyers of tea came?"


def test_each_clause_is_read_for_its_own_sentence(before, tools):
    case = read(before(read, BOTH), tools)

    assert isinstance(case, Case)
    together = tools.reader.score(BOTH, [sentence.text for sentence in case.of_clauses])
    assert [s.quote for s in case.of_clauses] == [
        "The 12th tea fair has 74,600 booths.",
        "Buyers of tea came to the fair from Kenya, Ceylon and Japan.",
    ]
    assert all(s.probability > p for s, p in zip(case.of_clauses, together, strict=True))


@pytest.mark.parametrize(
    "asked",
    [
        "How many booths has the fair, and who sells umbrellas?",
        "How many booths has the tea fair, and booths of the 12th tea fair?",
        "How many booths has the fair?",
    ],
)
def test_clauses_count_only_if_each_has_a_sentence_of_its_own(before, tools, asked):
    case = read(before(read, asked), tools)

    assert isinstance(case, Case)
    assert case.sentences
    assert case.of_clauses == ()
