"""One threshold decides whether to answer."""

from dataclasses import replace

import pytest

from bot.answers.case import Case
from bot.answers.decision import THRESHOLD, features_of, log_odds
from bot.answers.gaps import Gap
from bot.answers.reasons import Reason
from bot.answers.steps.decide import decide
from index import NotCovered
from tests.bot.handmade_fits import decision_fit


def test_what_the_sentences_answer_goes_on_with_its_confidence(before, tools):
    case = decide(before(decide, "How many booths has the 12th tea fair?"), tools)

    assert isinstance(case, Case)
    assert case.confidence >= THRESHOLD
    assert case.scores == {"confidence": case.confidence, "threshold": THRESHOLD}


def test_below_the_threshold_it_ends(before, tools):
    case = before(decide, "How many booths has the 12th tea fair?")
    doubtful = replace(tools, fit=decision_fit(intercept=-1000.0, best=1.0))

    outcome = decide(case, doubtful)

    assert outcome.reason is Reason.NOT_READ
    assert outcome.case.confidence < THRESHOLD


def test_features_are_those_of_the_best_sentence(before):
    case = before(decide, "How many booths has the 12th tea fair?")

    features = features_of(case)

    assert features.best == max(log_odds(sentence.probability) for sentence in case.sentences)
    assert features.cosine == case.sentences[0].cosine
    assert features.z_score == max(case.found.z_scores[:3])
    assert features.match == max(case.found.matches[:3])
    assert features.is_other == 0


def test_between_languages_common_words_tell_nothing(before):
    case = before(decide, "How many booths has the 12th tea fair?")
    asked = replace(case, question=replace(case.question, language="ru"))

    features = features_of(asked)

    assert features.is_other == 1
    assert features.match == 0
    assert features.best == features_of(case).best


def test_a_declared_gap_counts_where_it_is_nearer_than_the_best_sentence(before):
    case = before(decide, "How many booths has the 12th tea fair?")
    entry = NotCovered(question="the price of a booth")
    best = case.sentences[0]

    def with_gap(cosine):
        gap = Gap(entry=entry, document=best.document, cosine=cosine)
        return features_of(replace(case, gap=gap)).gap

    assert with_gap(best.cosine + 0.25) == pytest.approx(0.25)
    assert with_gap(best.cosine - 0.25) == 0
