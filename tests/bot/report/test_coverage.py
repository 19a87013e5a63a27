"""The grid of topic, country and year shows what is held and what is not."""

from bot.answers.reasons import AnswerStatus
from bot.report.coverage import coverage
from index import Topic
from tests.bot.report.conftest import asked_question


def cells(line):
    return {cell.topic: (cell.total, cell.by_year) for cell in line.cells if cell.total}


def test_a_cell_counts_documents_of_its_topic_and_country_by_year(make_document):
    published = [{"publisher": "Ministry", "published": "2024-05-01"}]
    documents = [
        make_document("x", id="a", topic="events", countries=["ID"], as_of="2026-01-05"),
        make_document("x", id="b", topic="events", countries=["ID", "VN"], as_of="2025"),
        make_document("x", id="c", topic="zones", countries=["ID"], sources=published),
        make_document("x", id="d", topic="zones", countries=["ID"]),
        make_document("x", id="e", countries=["ID"]),
    ]

    grid = coverage(documents, [], 2026)

    assert grid.years == (2024, 2025, 2026)
    indonesia, vietnam = grid.lines
    assert (indonesia.country, vietnam.country) == ("ID", "VN")
    assert cells(indonesia) == {Topic.EVENTS: (2, (0, 1, 1)), Topic.ZONES: (2, (1, 0, 0))}
    assert cells(vietnam) == {Topic.EVENTS: (1, (0, 1, 0))}
    assert (grid.holes, grid.cells) == (2 * len(Topic) - 3, 2 * len(Topic))


def test_countries_that_only_questions_name_are_holes_too(make_document):
    documents = [make_document("x", topic="events", countries=["ID"])]
    asked = [
        asked_question(question="Customs duty in Poland?", status=AnswerStatus.NOT_IN_DOCUMENTS),
        asked_question(question="波兰的关税是多少？", language="zh"),
    ]

    grid = coverage(documents, asked, 2026)

    assert [(line.country, line.held, line.asked, line.missed) for line in grid.lines] == [
        ("ID", 1, 0, 0),
        ("PL", 0, 2, 1),
    ]


def test_the_countries_with_the_most_documents_come_first_the_others_apart(make_document):
    codes = [f"{a}{b}" for a in "ABC" for b in "ABCDEFGH"]
    documents = [
        make_document("x", id=f"{code}{n}", topic="events", countries=[code])
        for number, code in enumerate(codes)
        for n in range(number + 1)
    ]

    grid = coverage(documents, [], 2026)

    assert [line.country for line in grid.lines] == codes[:3:-1]
    assert [line.country for line in grid.more] == codes[3::-1]
