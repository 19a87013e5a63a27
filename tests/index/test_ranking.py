"""The lists of nearest passages and of matching words are made into one order."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ranking import Candidates, best_rows, calibrated, ranked, union

WORDS = 0.8
"""What the share of matched words adds to a cosine, within the question's language."""
CHANCE = 0.2
"""The share of a question's words that matches by chance."""


def candidates(*rows):
    """Each row: language, cosine, share of matched words, crowding."""
    languages, cosines, matches, crowds = zip(*rows, strict=True)
    return Candidates(
        rows=np.arange(len(rows)),
        cosines=np.array(cosines, np.float32),
        crowding=np.array(crowds, np.float32),
        matches=np.array(matches, np.float32),
        languages=np.array(languages),
    )


def order(found, language="zh"):
    return ranked(found, found.cosines, language)


def test_calibrated_scores_are_what_lies_above_the_usual_of_a_language():
    found = candidates(("zh", 0.6, 0, 0), ("en", 0.4, 0, 0), ("en", 0.5, 0, 0))

    scores = calibrated(found, {"zh": (0.3, 0.1), "en": (0.1, 0.1)})

    assert scores == pytest.approx([0.3, 0.3, 0.4], abs=1e-6)


def test_calibrated_scores_are_spread_more_evenly():
    found = candidates(("zh", 0.4, 0, 0), ("en", 0.4, 0, 0))

    narrow, wide = calibrated(found, {"zh": (0.2, 0.05), "en": (0.2, 0.2)})

    assert 0.2 < narrow < 0.4
    assert wide < 0.2


def test_a_crowded_passage_is_marked_down():
    found = candidates(("zh", 0.4, 0, 0.3), ("zh", 0.4, 0, 0), ("zh", 0.4, 0, -0.3))

    scores = calibrated(found, {"zh": (0.1, 0.1)})

    assert scores[0] < scores[1] < scores[2]


def test_words_decide_within_the_language_of_the_question():
    found = candidates(("zh", 0.5, 0, 0), ("zh", 0.4, 0.2, 0), ("zh", 0.45, 0.1, 0))

    assert order(found) == [1, 2, 0]  # 0.5, 0.4 + 0.16, 0.45 + 0.08


def test_words_of_other_languages_do_not_count():
    found = candidates(("en", 0.4, 1, 0), ("en", 0.5, 0, 0))

    assert order(found) == [1, 0]


def test_a_chance_match_moves_no_passage_of_another_language_down():
    found = candidates(("en", 0.5, 0, 0), ("zh", 0.45, 0.2, 0), ("zh", 0.4, 0, 0))

    assert order(found) == [0, 1, 2]


def test_a_telling_match_comes_before_nearer_passages_of_another_language():
    found = candidates(("en", 0.5, 0, 0), ("zh", 0.4, 0.2, 0), ("zh", 0.1, 0.9, 0))

    assert order(found) == [2, 0, 1]


CANDIDATES = st.lists(
    st.tuples(
        st.sampled_from(["zh", "en", "ru"]),
        st.integers(min_value=-8, max_value=8).map(lambda n: n / 8),
        st.integers(min_value=0, max_value=8).map(lambda n: n / 8),
        st.just(0.0),
    ),
    min_size=1,
    max_size=12,
).map(lambda rows: candidates(*rows))


@given(CANDIDATES)
@settings(max_examples=200, deadline=None)
def test_every_candidate_is_ranked_once_and_each_language_in_its_own_order(found):
    positions = order(found)

    assert sorted(positions) == list(range(len(found.rows)))
    own = [p for p in positions if found.languages[p] == "zh"]
    within = [found.cosines[p] + WORDS * found.matches[p] for p in own]
    assert within == sorted(within, reverse=True)
    for language in ("en", "ru"):
        cosines = [found.cosines[p] for p in positions if found.languages[p] == language]
        assert cosines == sorted(cosines, reverse=True)


@given(CANDIDATES)
@settings(max_examples=200, deadline=None)
def test_chance_matches_leave_the_places_of_the_languages_as_they_were(found):
    by_chance = candidates(
        *zip(found.languages, found.cosines, found.matches * CHANCE, found.crowding, strict=True)
    )
    without = candidates(
        *zip(found.languages, found.cosines, found.matches * 0, found.crowding, strict=True)
    )

    places = found.languages[order(by_chance)]

    assert places.tolist() == found.languages[order(without)].tolist()


@pytest.mark.parametrize(
    ("scores", "k", "rows"),
    [
        ([0.1, 0.9, 0.5], 2, [1, 2]),
        ([0.1, 0.9, 0.5], 9, [1, 2, 0]),
        ([0, 0.9, -1], 3, [1]),
        ([0, 0], 1, []),
        ([], 3, []),
    ],
)
def test_the_best_rows_are_those_above_zero_best_first(scores, k, rows):
    assert best_rows(np.array(scores, np.float32), k).tolist() == rows


def test_rows_of_several_lists_are_taken_once():
    assert union([np.array([3, 1]), np.array([1, 2])]).tolist() == [1, 2, 3]
    assert union([]).tolist() == []
