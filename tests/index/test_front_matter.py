"""Front matter and footnote marks of the house format; every problem with its line and key."""

import pytest

from index.errors import DocumentError
from index.structure import units

SOUND = """---
title: The fair
language: en
topic: events
countries: [CN]
as_of: 2025-11-06
sources:
- publisher: Ministry of Commerce
  published: 2025-11-06
- publisher: Macao News
---
# The fair

The fair is held in Guangzhou.[^1]
"""


def problem_of(corpus, old: str, new: str) -> DocumentError:
    """What is said of the sound document after one change."""
    assert SOUND.count(old) == 1
    corpus.write_raw("fair.en.md", SOUND.replace(old, new))
    return corpus.problem()


def test_front_matter_becomes_metadata(corpus):
    corpus.write_raw("fair.en.md", SOUND)

    (document,) = corpus.load().documents

    metadata = document.metadata
    assert (metadata.title, metadata.topic, metadata.countries) == ("The fair", "events", ("CN",))
    assert str(metadata.as_of) == "2025-11-06"
    assert [source.publisher for source in metadata.sources] == [
        "Ministry of Commerce",
        "Macao News",
    ]
    assert document.text == "# The fair\n\nThe fair is held in Guangzhou.\n"


def test_without_front_matter_the_first_heading_is_the_title_and_there_is_no_source(corpus):
    corpus.write_raw(
        "events/fair.md", "\n# The **fair**\n\nIt is held in the city of Guangzhou.\n"
    )
    corpus.write_raw("events/lights.md", "The fair of lights is held in the city of Guangzhou.\n")

    fair, lights = corpus.load().documents

    assert (fair.metadata.title, fair.metadata.language, fair.metadata.topic) == (
        "The fair",
        "en",
        "events",
    )
    assert (lights.metadata.title, lights.metadata.sources) == ("lights", ())


def test_keys_without_the_line_above_them_are_a_problem_that_says_how_to_begin(corpus):
    corpus.write_raw("fair.en.md", "title: The fair\n---\n\nHeld in Guangzhou.\n")

    problem = corpus.problem()

    assert problem.line == 1
    assert "front matter is missing" in problem.problem
    assert "smebot corpus new" in problem.problem


def test_front_matter_without_an_end_is_not_closed(corpus):
    problem = problem_of(corpus, "- publisher: Macao News\n---", "- publisher: Macao News")

    assert "the front matter is not closed: put a line `---` below" in problem.problem


@pytest.mark.parametrize(
    ("old", "new", "line", "text"),
    [
        ("countries: [CN]", "countries: [CN", 6, "a bracket is opened and never closed"),
        ("countries: [CN]", "countries: [CN, @us]", 6, "put the value in quotes"),
        ("title: The fair", "title: 'The fair", 11, "a quote is opened and never closed"),
        ("title: The fair", "title: 'RCEP' rules", 2, "put the value in quotes"),
        ("title: The fair", "title: RCEP: rules", 2, 'in quotes, as in title: "RCEP: rules"'),
        ("title: The fair", "title: *new* fair", 2, "put the value in quotes"),
        ("title: The fair", 'title: "D:\\data"', 2, "use single quotes"),
        ("title: The fair", "title: @fair", 2, "put the value in quotes"),
        ("title: The fair", "title: `fair`", 2, "put the value in quotes"),
        ("topic: events", "topic: events: zones", 4, "a colon with a space inside a value"),
        ("topic: events", "topic events", 4, "the colon after a key is missing"),
        ("topic: events", "topic：events", 4, "with a plain colon and a space"),
        ("topic: events", "  topic: events", 4, "a key is indented deeper than the line above"),
        ("title: The fair", "title: !重要", 2, "a value begins with !"),
        ("title: The fair", "title: !q", 2, "a value begins with !"),
        ("title: The fair", "title: !!x y", 2, "a value begins with !"),
        ("title: The fair", "title: !!set x", 2, "a value begins with !"),
        ("title: The fair", "title: !!int x", 2, "a value begins with !"),
        ("title: The fair", "title: |x", 2, "a value begins with |"),
        ("title: The fair", "title: > 好", 2, "a value begins with | or >"),
        ("title: The fair", "title: ? a", 2, "a value begins with ?"),
        ("title: The fair", "title: - a", 2, "a value begins with -"),
        ("title: The fair", "title: =", 2, "put the value in quotes"),
        ("title: The fair", "title: Fair #1", 2, "a # begins a comment"),
        ("title: The fair", 'title: "a\\xZ"', 2, "use single quotes"),
        ("title: The fair", "title: a\x07b", 2, "a control character (U+0007)"),
        ("topic: events", "topic: events\x1b", 4, "a control character (U+001B)"),
        ("title: The fair", "\ttitle: The fair", 2, "a tab: indent with spaces"),
        ("  published: 2025-11-06", " published: 2025-11-06", 9, "not indented"),
    ],
)
def test_broken_yaml_is_named_with_its_line_and_what_to_write(corpus, old, new, line, text):
    problem = problem_of(corpus, old, new)

    assert text in problem.problem
    for jargon in ("YAML:", "unicode string", "\n"):
        assert jargon not in problem.problem
    assert abs(problem.line - line) <= 1  # libyaml's parser may notice it one line later


def test_front_matter_that_is_a_list_is_refused(corpus):
    corpus.write_raw("fair.en.md", "---\n- title\n---\nText.\n")

    assert "must be `key: value` lines" in corpus.problem().problem


@pytest.mark.parametrize(
    ("old", "new", "line", "text"),
    [
        ("topic: events", "topic: events\ncolour: red", 5, "unknown key 'colour'"),
        ("  published: 2025-11-06", "  page: 3", 9, "unknown key 'sources.0.page'"),
        ("topic: events", "topic: weather", 4, "topic"),
        ("[CN]", "[CN, China]", 5, "countries.1"),
        ("- publisher: Macao News", "- title: A report", 10, "needs a publisher"),
        ("as_of: 2025-11-06", "as_of: soon", 6, "as_of: 'soon' is no date"),
        ("as_of: 2025-11-06", "as_of: 2025-11-31", 6, "as_of"),
        ("  published: 2025-11-06", "  published: 2025-13-01", 9, "published"),
        ("as_of: 2025-11-06", "as_of: '2025-11-31'", 6, "as_of"),
        ("title: The fair", "title: 2025", 2, "title"),
        ("title: The fair", "title:", 2, "title: is empty: write it, or take the key away"),
        ("- publisher: Macao News", "- Macao News", 10, "as in [{publisher: Xinhua}]"),
        ("topic: events", "topic: events\nlanguage: zh", 5, "the key 'language' stands twice"),
        ("  published: 2025-11-06", "  publisher: X", 9, "the key 'publisher' stands twice"),
        ("language: en", "language: zh", 3, "the file name says 'en'"),
        (
            "topic: events",
            "topic: events\nnot_covered:\n- query: prices",
            6,
            "unknown key 'not_covered.0.query'",
        ),
        (
            "topic: events",
            "topic: events\nnot_covered:\n- note: ask",
            6,
            "the key 'not_covered.0.question' is missing",
        ),
        (
            "topic: events",
            "topic: events\nnot_covered:\n- question: a\n  note: ' '",
            7,
            "not_covered.0.note: must not be empty",
        ),
        (
            "topic: events",
            f"topic: events\nnot_covered:\n- question: {'a' * 301}",
            6,
            "not_covered.0.question: has 301 characters, 300 at most: shorten it",
        ),
        (
            "topic: events",
            "topic: events\nnot_covered:\n- {question: a, note: b}\n- question: a",
            5,
            "not_covered: 'a' stands twice: take one away",
        ),
        (
            "topic: events",
            "topic: events\nnot_covered: prices",
            5,
            "not_covered: must be a list, such as [{question: booth prices}]",
        ),
        (
            "topic: events",
            "topic: events\nnot_covered: [prices]",
            5,
            "as in [{question: booth prices}]",
        ),
        (
            "topic: events",
            "topic: events\ncaveats:\n- a\n- 2025",
            7,
            "caveats.1: must be text: put it in quotes",
        ),
        (
            "topic: events",
            "topic: events\ncaveats: [a, a]",
            5,
            "caveats: 'a' stands twice: take one away",
        ),
    ],
)
def test_a_wrong_key_or_value_is_named_with_its_line(corpus, old, new, line, text):
    problem = problem_of(corpus, old, new)

    assert text in problem.problem
    assert problem.line == line
    assert f"fair.en.md, line {line}: " in str(problem)


def test_what_is_not_held_and_what_to_beware_of_is_read_from_front_matter(corpus):
    keys = (
        "topic: events\nnot_covered:\n- question: booth prices\n  note: Ask the organiser.\n"
        "- question: dates of the next session\ncaveats:\n- The page is undated."
    )
    corpus.write_raw("fair.en.md", SOUND.replace("topic: events", keys))

    metadata = corpus.load().documents[0].metadata

    assert [(gap.question, gap.note) for gap in metadata.not_covered] == [
        ("booth prices", "Ask the organiser."),
        ("dates of the next session", None),
    ]
    assert metadata.caveats == ("The page is undated.",)


def test_of_several_wrong_keys_the_first_is_named_and_the_others_counted(corpus):
    problem = problem_of(corpus, "topic: events", "topic: weather\ncolour: red\nsize: 3")

    assert "topic" in problem.problem
    assert "(and 2 more)" in problem.problem


@pytest.mark.parametrize("key", ["title", "language", "topic", "sources"])
def test_a_key_that_the_house_demands_is_missed(corpus, key):
    corpus.write("fair.en.md", **{key: None})

    assert f"the key '{key}' is missing" in corpus.problem().problem


def test_sources_that_are_no_list_are_told_how_they_are_written(corpus):
    corpus.write("fair.en.md", sources="人民日报")

    assert "sources: must be a list, such as [{publisher: Xinhua}]" in corpus.problem().problem


def test_a_comment_stays_a_comment(corpus):
    corpus.write_raw("fair.en.md", SOUND.replace("topic: events", "topic: events # of trade\n#x"))

    assert corpus.load().documents[0].metadata.topic == "events"


def test_an_empty_list_of_sources_is_a_missing_source(corpus):
    corpus.write("fair.en.md", sources=[])

    assert "the key 'sources' is missing" in corpus.problem().problem


@pytest.mark.parametrize("countries", ["[NO]", "[SE, NO]", "\n- NO"])
def test_norway_is_no_boolean(corpus, countries):
    corpus.write_raw("fair.en.md", SOUND.replace("[CN]", countries))

    (document,) = corpus.load().documents

    assert document.metadata.countries[-1] == "NO"


def test_words_and_numbers_that_yaml_would_change_stay_text(corpus):
    corpus.write_raw("fair.en.md", SOUND.replace("The fair\nlang", "Yes\nlang"))

    (document,) = corpus.load().documents

    assert document.metadata.title == "Yes"


def spans_of(corpus, body: str) -> list[tuple[str, list[str]]]:
    """What each mark stands behind, and the publishers that it names."""
    sources = [{"publisher": name} for name in ("First", "Second", "Third")]
    corpus.write("fair.en.md", body, sources=sources)
    (document,) = corpus.load().documents
    assert "[^" not in document.text
    return [
        (
            document.text[span.start : span.end].strip(),
            [document.metadata.sources[source].publisher for source in span.sources],
        )
        for span in document.source_spans
    ]


def test_a_mark_names_the_source_of_the_text_before_it(corpus):
    spans = spans_of(corpus, "It is held twice a year.[^2] It is large.[^1]")

    assert spans == [("It is held twice a year.", ["Second"]), ("It is large.", ["First"])]


def test_a_mark_reaches_back_to_the_start_of_its_paragraph(corpus):
    spans = spans_of(corpus, "Nobody says so.\n\nIt is large. It is old.[^3]")

    assert spans == [("It is large. It is old.", ["Third"])]


@pytest.mark.parametrize("body", ["Both say so.[^1][^3]", "Both say so.[^1] [^3]"])
def test_two_marks_in_a_row_name_two_sources(corpus, body):
    assert spans_of(corpus, body) == [("Both say so.", ["First", "Third"])]


def test_each_list_item_and_table_row_has_its_own_source(corpus):
    spans = spans_of(
        corpus,
        "The list:\n- red[^1]\n- green\n- blue[^2]\n\n| size | 3 |\n| age | 4 |[^3]\n\n1. one[^1]",
    )

    assert spans == [
        ("- red", ["First"]),
        ("- blue", ["Second"]),
        ("| age; 4", ["Third"]),
        ("1. one", ["First"]),
    ]


def test_sources_of_a_sentence_are_found_by_its_offsets(corpus):
    sources = [{"publisher": "First"}, {"publisher": "Second"}]
    corpus.write("fair.en.md", "It is old.[^1] It is large.[^2]\n\nUnmarked.", sources=sources)

    (document,) = corpus.load().documents
    start = document.text.index("It is large")

    assert [s.publisher for s in document.sources_of(start, start + 5)] == ["Second"]
    assert len(document.sources_of(document.text.index("Unmarked"), len(document.text))) == 2


@pytest.mark.parametrize(
    "text", ["It is 651[^1]. It is 1,200[^2].", "共651家[^1]。共1200家[^2]。"]
)
def test_a_mark_before_the_full_stop_stands_behind_its_own_sentence_only(corpus, text):
    sources = [{"publisher": "First"}, {"publisher": "Second"}]
    corpus.write("fair.en.md", text, sources=sources)

    (document,) = corpus.load().documents
    first, second = units(document.text)

    assert [s.publisher for s in document.sources_of(first.start, first.end)] == ["First"]
    assert [s.publisher for s in document.sources_of(second.start, second.end)] == ["Second"]


@pytest.mark.parametrize("mark", ["[^3]", "[^0]", "[^note]", "[^²]"])
def test_a_mark_that_names_no_source_is_a_problem_with_its_line(corpus, mark):
    problem = problem_of(corpus, "Guangzhou.[^1]", f"Guangzhou.[^1]\n\nIt is large.{mark}")

    assert problem.line == 16
    assert f"{mark} names no source" in problem.problem
