"""Questions that ask the same are one group, in whatever words and languages."""

import json
from itertools import combinations

import numpy as np
import pytest

from bot.answers.grouping import grouped
from index.centring import LanguageSpace, question_means, questions_by_language

PARAPHRASES = ("paraphrases", "paraphrases-2", "paraphrases-3", "paraphrases-4")


def _unit(*rows):
    vectors = np.array(rows, np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_what_is_near_is_together_and_what_is_far_is_not():
    vectors = _unit([1, 0, 0], [0, 1, 0], [1, 0.1, 0], [0, 0, 1], [0.1, 1, 0])

    assert grouped(vectors) == [[0, 2], [1, 4], [3]]


def test_a_chain_of_neighbours_is_not_one_group():
    angles = np.radians([0, 50, 100, 150, 200])
    vectors = _unit(*np.stack([np.cos(angles), np.sin(angles)], axis=1))

    assert grouped(vectors) == [[0, 1], [2, 3], [4]]


def test_one_question_is_one_group():
    assert grouped(_unit([1, 0])) == [[0]]


@pytest.fixture(scope="module")
def encoded(model_encoder, tmp_path_factory):
    """`encoded(texts, language)`: centred vectors, as the retriever makes them."""
    none = np.empty(0, np.float32)
    means = question_means(model_encoder, tmp_path_factory.mktemp("means"))
    space = LanguageSpace((), none, none, none, means)

    def encode(texts, language):
        raw = model_encoder.encode_queries(texts)
        return [space.centre_question(vector, language) for vector in raw]

    return encode


def _pairs(groups, labels):
    together = [pair for group in groups for pair in combinations(group, 2)]
    same = [
        pair for pair in combinations(range(len(labels)), 2) if labels[pair[0]] == labels[pair[1]]
    ]
    return len(set(together) & set(same)) / len(same)


@pytest.mark.model
def test_the_threshold_is_as_good_as_it_says(encoded, project):
    labels, vectors = [], []
    for name in (*PARAPHRASES, "off-topic"):
        lines = (project / "tests/labelled" / name / "questions.jsonl").read_text("utf-8")
        for row in map(json.loads, lines.splitlines()):
            fact = row["id"].rpartition("-")[0] if name in PARAPHRASES else row["id"]
            labels.append((name, fact))
            vectors += encoded([row["text"]], row["lang"])

    groups = grouped(np.array(vectors))

    mixed = [group for group in groups if len({labels[row] for row in group}) > 1]
    assert len(mixed) / len(groups) <= 0.10
    assert _pairs(groups, labels) >= 0.40


@pytest.mark.model
@pytest.mark.parametrize("language", ["en", "ru", "vi", "es", "ar"])
def test_the_same_question_in_two_languages_is_one_group(encoded, language):
    both = [questions_by_language()[each][:40] for each in ("zh", language)]
    vectors = [*encoded(both[0], "zh"), *encoded(both[1], language)]

    groups = grouped(np.array(vectors))

    assert _pairs(groups, [*range(40)] * 2) >= 0.75
