"""Plain text, JSON lines, and the side files that hold their metadata."""

import json

import pytest

SIDE = "title: A side title\nlanguage: en\ntopic: zones\nsources: [{publisher: Ministry}]\n"


def test_text_takes_its_title_from_the_file_and_its_language_from_the_words(corpus):
    corpus.write_raw("trade_notes.txt", "Экспорт вырос на десять процентов в прошлом году.")

    (document,) = corpus.load().documents

    assert document.metadata.title == "trade notes"
    assert document.metadata.language == "ru"


@pytest.mark.parametrize("side", ["notes.txt.meta.yaml", "notes.meta.yaml"])
def test_a_side_file_gives_a_text_its_metadata(corpus, side):
    corpus.write_raw("notes.txt", "The park lies in Suzhou.")
    corpus.write_raw(side, SIDE)

    (document,) = corpus.load().documents

    assert document.metadata.title == "A side title"
    assert document.metadata.sources[0].publisher == "Ministry"


def test_a_side_file_serves_markdown_without_front_matter(corpus):
    corpus.write_raw("notes.md", "The park lies in Suzhou.[^1]")
    corpus.write_raw("notes.md.meta.yaml", SIDE)

    (document,) = corpus.load().documents

    assert document.text.strip() == "The park lies in Suzhou."
    assert document.metadata.title == "A side title"


def test_a_broken_side_file_is_named_itself(corpus):
    corpus.write_raw("notes.txt", "The park lies in Suzhou.")
    side = corpus.write_raw("notes.txt.meta.yaml", SIDE + "colour: red\n")

    problem = corpus.problem()

    assert (problem.path, problem.line) == (side, 5)
    assert "'colour'" in str(problem)


def test_each_json_line_is_a_document(corpus):
    corpus.write_raw(
        "set.jsonl",
        '{"id": "q1", "lang": "zh", "title": "广交会", "text": "在广州。", "extra": 1}\n'
        "\n"
        '{"id": 7, "text": "The park lies in Suzhou and is very large."}\n'
        '{"text": "No id at all, only an English sentence."}\n',
    )

    documents = corpus.load().documents

    assert [document.id for document in documents] == ["set#q1", "set#7", "set#4"]
    assert [document.metadata.language for document in documents] == ["zh", "en", "en"]
    assert [document.metadata.title for document in documents] == ["广交会", "set", "set"]


def test_a_side_file_gives_json_lines_their_topic_and_sources(corpus):
    corpus.write_raw("set.jsonl", '{"id": "a", "title": "Own", "text": "The park is large."}\n')
    corpus.write_raw("set.jsonl.meta.yaml", SIDE)

    (document,) = corpus.load().documents

    assert (document.metadata.title, document.metadata.topic) == ("Own", "zones")
    assert document.metadata.sources[0].publisher == "Ministry"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('{"text": "cut sho', "not valid JSON from character 10 on"),
        ("{text: 1}", 'write {"id": "1", "text": "..."} on one line'),
        ("{'text': 'a'}", "keys and texts in straight double quotes"),
        ('{"text": null}', "text: is empty"),
        ("[1, 2]", "must be an object"),
        ('"text"', "must be an object"),
        ('{"id": "b"}', "text"),
        ('{"text": "  "}', "'text' is empty"),
        ('{"text": null}', "text"),
        ('{"text": "half a pair: \\ud800"}', "text"),
        ('{"id": "a", "text": "again"}', "the id 'a' stands twice"),
        ('{"text": "x", "lang": "Chinese"}', "language"),
        ("[" * 100_000, "not valid JSON"),
    ],
)
def test_a_bad_json_line_is_named_with_its_number(corpus, row, message):
    path = corpus.write_raw("set.jsonl", '{"id": "a", "text": "Sound."}\n' + row + "\n")

    problem = corpus.problem()

    assert (problem.path, problem.line) == (path, 2)
    assert message in problem.problem
    assert "Expecting" not in problem.problem


def test_beside_a_labelled_set_only_its_passages_are_documents(corpus):
    corpus.write_raw("set/passages.jsonl", '{"id": "p", "text": "The park is large."}\n')
    corpus.write_raw("set/questions.jsonl", '{"question": "Where?"}\n')
    corpus.write_raw("set/notes.txt", "How the set was made.")

    loaded = corpus.load()

    assert [document.id for document in loaded.documents] == ["set/passages#p"]
    assert loaded.problems == ()


@pytest.mark.parametrize("name", ["fair.txt", "fair.jsonl", "fair.en.md"])
def test_what_no_reader_sees_is_not_stored(corpus, name):
    unseen = "\u200b\u2060\ufeff\u202e\u202c\u2066\u2069\u00ad"
    words = f"The fa{unseen}ir is 15{unseen}0 years old."
    text = json.dumps({"id": "1", "text": words}) if name.endswith("l") else words
    if name.endswith("md"):
        corpus.write(name, words + " It&shy; is lar&#8203;ge.")
    else:
        corpus.write_raw(name, text)

    (document,) = corpus.load().documents

    assert document.text.startswith("The fair is 150 years old.")
    assert document.text.isascii()


def test_a_soft_hyphen_joins_the_line_that_it_ends(corpus):
    corpus.write_raw("fair.txt", "The fair is for those firms that ex\u00ad\nport the goods.")

    (document,) = corpus.load().documents

    assert "export the goods" in document.text
