"""What ends or is to be checked again is listed in time, and stays until it is done."""

from datetime import date

import pytest

from index.due import what_is_due

TODAY = date(2026, 11, 25)


def lines(documents, days=90):
    return [str(found) for found in what_is_due(documents, TODAY, days)]


@pytest.fixture
def document(make_document):
    """`document(**metadata)`: a rule of that front matter."""

    def make(**metadata):
        return make_document("A rule.", id="policy/rule.en", language="en", **metadata)

    return make


def test_a_review_stays_until_it_is_done(document):
    overdue, soon, later = (
        document(review_by=day) for day in ("2026-11-01", "2027-01-10", "2027-06-01")
    )

    assert lines([overdue]) == [f"2026-11-01  {overdue.stem}: to be checked again"]
    assert lines([soon]) == [f"2027-01-10  {soon.stem}: to be checked again"]
    assert lines([later]) == []


def test_what_has_ended_needs_nobody(document):
    ended, ends = document(valid_until="2026-11-24"), document(valid_until="2026-11-25")

    assert lines([ended]) == []
    assert lines([ends]) == [f"2026-11-25  {ends.stem}: holds until then"]


def test_changes_are_told_on_the_days_they_start_and_end(document):
    rebate = {"what": "battery rebate", "kind": "rebate", "from": "2026-04-01"}
    changes = [rebate | {"until": "2026-12-31"}]

    assert lines([document(changes=changes)]) == [
        f"2026-12-31  {document().stem}: ends: battery rebate"
    ]


def test_versions_of_one_document_count_once_and_the_earliest_day_is_first(document):
    first, second = document(review_by="2026-12-24"), document(review_by="2026-12-24")
    both = document(review_by="2026-12-24", valid_until="2026-12-01")

    assert lines([first, second]) == lines([first])
    assert [line[:10] for line in lines([both])] == ["2026-12-01", "2026-12-24"]


@pytest.mark.parametrize(("days", "count"), [(45, 0), (46, 1)])
def test_only_so_many_days_ahead_count(document, days, count):
    assert len(lines([document(review_by="2027-01-10")], days)) == count
