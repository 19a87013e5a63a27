"""Quotes are exact, few and short, whatever the documents and the question."""

import itertools

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.answers.choosing import MAX_QUOTES, candidates_for, choose
from bot.answers.clauses import own_clauses
from bot.answers.evidence import weigh
from index import MAX_QUOTE_CHARS, Entry, Found, Glossary
from index.kinds import kinds_asked

NOTHING = Found(hits=(), z_scores=(), matches=(), encode_ms=0.0, search_ms=0.0)
WORDS = ["fair", "Guangzhou", "2025", "74,600", "9810", "e.g.", "No.", "U.S.", "3.5%", "[1]"]
WORDS += ["{x}", "<b>", "$", "\\", "广交会", "展位", "7.46万个", "第138届", "2025年10月"]
WORDS += ["ярмарка", "展示会", "박람회", "معرض", "😀", "é", "\u200b"]
GLUE = [
    " ",
    "",
    "。",
    ". ",
    "，",
    "! ",
    "\n",
    "\n\n",
    "\n- ",
    "\n1. ",
    "\n## ",
    " | ",
    "\n|",
    "\u3000",
]
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GLUE)), min_size=1, max_size=60)


@st.composite
def texts(draw):
    """Markdown of a sort: prose, lists, tables and headings, in several languages, at random."""
    text = "".join(itertools.chain.from_iterable(draw(TEXTS)))
    assume(text.strip())
    return text * draw(st.sampled_from([1, 1, 1, 40]))


@pytest.fixture(scope="session")
def quotes_for(read):
    """`quotes_for(question, retriever)`: what is chosen from all that is found."""

    def chosen(text, retriever):
        question = read(text)
        found = retriever.search(question.search_text, question.language, 10)
        candidates = candidates_for(question, found, retriever, Glossary())
        alone = own_clauses(question, 4)
        return choose(question, found, candidates, retriever, Glossary(), alone), found.hits

    return chosen


def assert_exact_few_and_short(evidence, hits, retriever):
    """What holds of every choice."""
    spans = {(e.document.id, e.start, e.end) for e in evidence}
    for e in evidence:
        assert retriever.snapshot.documents[e.document.id].text[e.start : e.end] == e.quote
        assert e.quote.strip()
        assert any(hit.passage.document == e.document.id for hit in hits)
    assert len(spans) == len(evidence) <= MAX_QUOTES == 3
    assert sum(len(e.quote) for e in evidence) <= MAX_QUOTE_CHARS == 600
    assert bool(evidence) == bool(hits)


@settings(deadline=None, max_examples=8)
@given(
    bodies=st.lists(texts(), min_size=1, max_size=6, unique=True),
    questions=st.lists(st.lists(st.sampled_from(WORDS), max_size=6), min_size=8, max_size=8),
)
def test_of_any_documents_quotes_are_exact_few_and_short(
    retriever_of, desk_document, quotes_for, bodies, questions
):
    languages = itertools.cycle(["en", "zh", "ru"])
    retriever = retriever_of(
        *(
            desk_document(f"events/{number}.{language}", body)
            for number, (body, language) in enumerate(zip(bodies, languages, strict=False))
        )
    )

    for question in questions:
        evidence, hits = quotes_for(" ".join(question), retriever)

        assert_exact_few_and_short(evidence, hits, retriever)


@settings(deadline=None, max_examples=100)
@given(question=st.text(max_size=60))
def test_for_any_question_quotes_are_exact_few_and_short(desk, quotes_for, question):
    evidence, hits = quotes_for(question, desk)

    assert_exact_few_and_short(evidence, hits, desk)


def test_every_sentence_that_is_asked_for_in_its_own_words_is_quoted(desk, quotes_for):
    documents = [d for d in desk.snapshot.documents.values() if d.id.endswith(".en")]
    sentences = [
        (document.id, sentence.strip())
        for document in documents
        for sentence in document.text.replace("\n\n", ". ").split(". ")
        if len(sentence) > 40 and not sentence.startswith("#") and not kinds_asked(sentence)
    ]
    assert len(sentences) > 30

    missed = [
        sentence
        for document, sentence in sentences
        if not any(
            e.document.id == document and sentence in e.quote
            for e in quotes_for(sentence, desk)[0]
        )
    ]

    assert len(missed) <= len(sentences) // 10, missed


@pytest.fixture(scope="module")
def catalogue(retriever_of, desk_document):
    """A document with everything that can be quoted in it."""
    text = """# Ferry

The ferry sails from Dalian. The ferry was launched on 3 May 2019. It carries 800 trucks.

## Fares

- A truck pays 900 yuan.
- A bus pays 500 yuan; children travel free.

| class | meals |
|---|---|
| saloon | dumplings |

## Harbour

Its harbour is small.
"""
    wall = "A wall of words without a stop " * 60
    towns = ("Wuhu", "Jinan", "Datong")
    fillers = {
        "events/opera.en": "The opera opens with an overture by Verdi.",
        "events/chess.en": "Chess players meet in the library.",
        "events/wall.en": wall,
        "events/apple.en": "Apples. " + "Apples ripen early in Yantai. " * 40,
        "events/kites.en": " ".join(f"Kites {'of silk ' * 34}fly over {at}." for at in towns),
        "events/contents.en": "# Marmalade\n\n## Quinces",
    }
    documents = [desk_document(identity, body) for identity, body in fillers.items()]
    return retriever_of(desk_document("events/ferry.en", text, title="Ferry"), *documents)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("How many trucks does the ferry carry?", "It carries 800 trucks."),
        ("When was the ferry launched?", "The ferry was launched on 3 May 2019."),
        ("From where does the ferry sail?", "The ferry sails from Dalian."),
        ("How much does a bus pay on the ferry?", "A bus pays 500 yuan; children travel free."),
        ("Saloon class: dumplings?", "saloon | dumplings"),
        ("Where do chess players meet?", "Chess players meet in the library."),
    ],
)
def test_the_sentence_item_or_row_that_answers_is_quoted(catalogue, quotes_for, question, quote):
    evidence, _ = quotes_for(question, catalogue)

    assert quote in {e.quote.strip("| ") for e in evidence}


def test_the_best_quote_comes_first(catalogue, quotes_for):
    evidence, _ = quotes_for("Where do chess players meet?", catalogue)

    assert evidence[0].quote == "Chess players meet in the library."


def test_a_heading_is_quoted_only_where_there_is_nothing_else(catalogue, quotes_for):
    among_text, _ = quotes_for("Ferry fares and the harbour", catalogue)
    alone, _ = quotes_for("Marmalade of quinces", catalogue)

    assert {e.quote for e in among_text}.isdisjoint({"Ferry", "Fares", "Harbour"})
    assert {"Marmalade", "Quinces"} & {e.quote for e in alone}


def test_a_sentence_longer_than_an_answer_is_cut(catalogue, quotes_for):
    evidence, hits = quotes_for("a wall of words without a stop", catalogue)

    assert evidence[0].document.id == "events/wall.en"
    assert_exact_few_and_short(evidence, hits, catalogue)


def test_long_sentences_of_one_paragraph_are_quoted_while_there_is_room(catalogue, quotes_for):
    evidence, hits = quotes_for("Where do kites fly?", catalogue)

    assert evidence[0].document.id == "events/kites.en"
    assert_exact_few_and_short(evidence, hits, catalogue)


def test_the_same_sentence_is_not_quoted_twice(catalogue, quotes_for):
    evidence, _ = quotes_for("When do apples ripen in Yantai?", catalogue)

    quotes = [e.quote for e in evidence]
    assert "Apples ripen early in Yantai." in quotes
    assert len(quotes) == len(set(quotes))


def test_without_hits_there_is_nothing_to_quote(desk, read):
    assert choose(read("Where does the silk park lie?"), NOTHING, (), desk, Glossary(), []) == []


@pytest.fixture(scope="module")
def lift_desk(retriever_of, desk_document):
    """One document of a few sentences, and another one."""
    text = (
        "The barge lift raises barges by 40 metres. The barge lift raises barges in pairs. "
        "The barge lift raises empty barges at night. The barge lift opened in May 2019.\n\n"
        "Its crew belongs to the port office.\n"
    )
    return retriever_of(
        desk_document("zones/barge-lift.en", text, title="Barge lift"),
        desk_document("events/tea.en", "Tea is sold in the hall.\n", title="Tea"),
    )


def test_each_thing_asked_has_its_quote(lift_desk, quotes_for):
    question = "By how many metres does the barge lift raise barges, and to whom belongs its crew?"

    said = " ".join(quote.quote for quote in quotes_for(question, lift_desk)[0])

    assert "40 metres" in said
    assert "port office" in said


def test_further_quotes_hold_what_is_asked_for_as_well(lift_desk, quotes_for):
    (quote,) = quotes_for("How far does the barge lift raise barges in pairs?", lift_desk)[0]

    assert "40 metres" in quote.quote


def test_two_things_asked_have_two_quotes_even_if_one_sentence_is_nearest_to_both(
    lift_desk, quotes_for
):
    question = "When did the barge lift open, and when does the barge lift raise empty barges?"

    first, second = (quote.quote for quote in quotes_for(question, lift_desk)[0][:2])

    assert {"May 2019" in first, "May 2019" in second} == {True, False}
    assert "at night" in first + second


def test_what_a_thing_is_is_said_by_the_first_sentence_of_its_document(catalogue, quotes_for):
    quotes = quotes_for("What is the ferry?", catalogue)[0]

    assert "The ferry sails from Dalian." in quotes[0].quote


def test_a_date_asked_for_is_not_the_year_of_the_question(retriever_of, desk_document, quotes_for):
    text = "In 2019 the lock was planned. The lock was planned to open in May."
    desk = retriever_of(
        desk_document("zones/lock.en", text, title="Lock"),
        desk_document("events/tea.en", "Tea is sold in the hall.\n", title="Tea"),
    )

    quotes = quotes_for("When in 2019 was the lock planned?", desk)[0]

    assert {quote.quote: quote.features.has_date for quote in quotes} == {
        "In 2019 the lock was planned.": 0,
        "The lock was planned to open in May.": 1,
    }


def test_what_is_said_in_another_word_of_the_glossary_is_said(desk, read):
    words = Glossary(
        [Entry(id="trade", kind="word", zh="贸易", en="trade", forms={"zh": ["生意"]})]
    )
    question = read("非洲生意")

    alone, with_words = weigh(question, desk, Glossary()), weigh(question, desk, words)
    assert alone.coverage("与非洲的贸易") < with_words.coverage("与非洲的贸易") == 1
    assert alone.missing(["与非洲的贸易"]) > with_words.missing(["与非洲的贸易"]) == 0


def test_the_glossary_says_between_languages_what_is_covered(desk, read):
    words = Glossary([Entry(id="visa", kind="term", zh="签证", en="visa", forms={"ru": ["виза"]})])

    assert weigh(read("Нужна виза?"), desk, words).coverage("No visa is needed.") > 0


def test_words_that_only_the_glossary_knows_are_unknown(desk, read):
    known = Glossary(
        [Entry(id="booth", kind="term", zh="展位", en="booth", forms={"ru": ["стенд"]})]
    )
    unknown = Glossary(
        [Entry(id="kite", kind="term", zh="风筝", en="kite", forms={"ru": ["стенд"]})]
    )

    assert weigh(read("стенд"), desk, known).unknown(desk) == []
    assert weigh(read("стенд"), desk, unknown).unknown(desk) == ["стенд"]


def test_of_the_best_document_what_was_not_found_may_answer_too(retriever_of, desk_document, read):
    halls = (f"## Hall {n}\n\nThe barge show fills hall {n} with ropes.\n" for n in range(1, 9))
    document = desk_document("events/barge-show.en", "\n".join(halls), title="Barge show")
    shows = retriever_of(document)
    question = read("What fills hall 3 of the barge show?")
    first = shows.search(question.search_text, question.language, 10).keep([0])

    candidates = candidates_for(question, first, shows, Glossary())

    assert {e.quote for e in candidates} == {
        f"The barge show fills hall {n} with ropes." for n in range(1, 9)
    }
    assert len({e.place for e in candidates}) == len(candidates)
