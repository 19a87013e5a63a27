"""Documents that no answer cited, and those that are to be looked at soon."""

from datetime import date, timedelta

from bot.report.documents import horizons, shelves
from index.due import what_is_due
from tests.bot.report.conftest import TODAY


def test_documents_that_no_answer_cited_stand_by_topic(make_document):
    documents = [
        make_document("x", id="events/a", topic="events"),
        make_document("x", id="events/b", topic="events"),
        make_document("x", id="zones/c", topic="zones"),
        make_document("x", id="d"),
    ]

    found = shelves(documents, {"events/a", "zones/c", "gone"})

    assert [(shelf.topic, shelf.held, shelf.unused) for shelf in found] == [
        ("", 1, ("d",)),
        ("events", 2, ("events/b",)),
        ("zones", 1, ()),
    ]


def test_what_is_due_stands_in_exactly_one_horizon(make_document):
    days = [-3, 0, 30, 31, 60, 61, 90, 91]
    documents = [
        make_document("x", id=f"d{n}", review_by=(TODAY + timedelta(n)).isoformat()) for n in days
    ]

    found = horizons(documents, TODAY)

    assert [(each.days, [one.stem for one in each.due]) for each in found] == [
        (0, ["d-3"]),
        (30, ["d0", "d30"]),
        (60, ["d31", "d60"]),
        (90, ["d61", "d90"]),
    ]
    assert sum(len(each.due) for each in found) == len(what_is_due(documents, TODAY, 90))
    assert found[1].first == TODAY
    assert found[-1].last == date(2026, 5, 16)
