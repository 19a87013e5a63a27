"""A question is searched alone and with the turns before it; both readings have their hits."""

import pytest

from bot.answers.finding import HITS, find
from index import Glossary

BEFORE = "Where does the silk park lie?"
NEW = "How many booths has the tea fair in Hangzhou?"


@pytest.fixture
def found(read, desk):
    """`found(question, *earlier_turns)`: ids of the passages, best first."""

    def passages(question, *earlier):
        result = find(read(question, *earlier), desk, Glossary())
        assert len(result.hits) == len(result.nearness) == len(result.matches) <= HITS
        ids = [hit.passage.id for hit in result.hits]
        assert len(set(ids)) == len(ids)
        return ids

    return passages


def test_without_earlier_turns_there_is_one_search(found, read, desk):
    hits = desk.search(NEW, read(NEW).language, HITS).hits

    assert found(NEW) == [hit.passage.id for hit in hits]


def test_a_new_question_comes_first_and_its_reading_with_the_turns_before_second(found):
    together, alone = found(NEW, BEFORE), found(NEW)

    assert together[0] == alone[0]
    assert together != alone
    assert found(BEFORE)[0] in together[:3]


def test_what_plainly_goes_on_is_only_read_with_the_turn_before(found, read):
    assert read("And where does it lie?", BEFORE).beside == ""
    assert found("And where does it lie?", BEFORE)[0] == found(BEFORE)[0]


def test_the_last_turn_is_searched_and_what_it_leaned_on_itself(read):
    assert read(NEW, "How are you there?", BEFORE).beside == f"{BEFORE} {NEW}"
    assert read(NEW, BEFORE, "And the spice park?").beside == f"{BEFORE} And the spice park? {NEW}"
