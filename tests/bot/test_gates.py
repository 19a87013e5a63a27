"""What is about another thing than a question names is dropped before anything is read."""

import pytest

from bot.answers.gates import constraints_of, keep, with_subjects, without_near_misses
from index import Entry, Glossary

TERMS = Glossary(
    [
        Entry(id="code", kind="term", zh="监管代码", en="supervision code"),
        Entry(id="financing", kind="term", zh="保单融资", en="policy financing"),
    ]
)


@pytest.fixture
def stems(desk, read):
    """`stems(question, glossary, searched)`: of the documents that are left."""

    def left(question, glossary, searched="silk park"):
        found = desk.search(searched, "en", 10)
        kept = without_near_misses(read(question), found, desk, glossary)
        return {desk.document(hit.passage).stem for hit in kept.hits}

    return left


def test_figures_of_a_place_are_looked_for_where_it_is_named(stems):
    names = Glossary()

    assert "zones/silk-park" in stems("How large is the silk park in Suzhou?", names)
    assert "zones/silk-park" not in stems("How large is the silk park in Phnom Penh?", names)
    assert "zones/silk-park" in stems("I come from Phnom Penh. How large is the silk park?", names)


def test_what_a_title_calls_by_the_name_asked_about_is_no_other_thing(stems):
    fairs = Glossary([Entry(id="any-fair", kind="event", zh="博览会", en="tea fair")])
    other = Glossary([Entry(id="any-fair", kind="event", zh="博览会", en="kite fair")])

    assert "events/tea-fair-12" in stems("When was the tea fair?", fairs, "tea fair")
    assert "events/tea-fair-12" not in stems("When was the kite fair?", other, "tea fair")


def test_nothing_found_is_nothing_kept(desk, read):
    nothing = keep(desk.search("tea", "en", 5), [])

    assert without_near_misses(read("tea?"), nothing, desk, Glossary()) == nothing


@pytest.mark.parametrize(
    ("question", "subjects"),
    [
        ("海外仓出口监管代码的有效期是多久？", {"term:code"}),
        ("海外仓出口监管代码和保单融资的有效期是多久？", set()),  # and another term
        ("海外仓出口监管代码怎么用，汽车怎么办？", set()),  # asks two things
        ("海外仓的有效期是多久？", set()),  # no term of the best document's title
    ],
)
def test_a_term_asked_about_alone_must_be_spoken_of_where_the_best_document_is_about_it(
    desk_document, read, question, subjects
):
    best = desk_document(
        "customs-logistics/code.zh", "监管代码用于海外仓。", title="海外仓出口监管代码"
    )
    asked = read(question)

    found = with_subjects(constraints_of(asked, TERMS), asked, best, TERMS)

    assert found.subjects == subjects


def test_what_a_question_was_read_as_overrules_its_words(read):
    """A part of a longer message keeps the year that the whole message names."""
    asked = read("那去年呢？", "2023年进口多少？")

    assert constraints_of(asked, Glossary()).years == {2025}
