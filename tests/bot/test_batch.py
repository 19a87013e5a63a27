"""`smebot ask --batch`: JSON lines in, JSON lines out, in the same order, bad lines and all."""

import json
from datetime import date

import pytest

from bot.answers.answerer import Answerer
from bot.batch import answer_batch
from bot.errors import InputError
from index import Glossary
from index.readers.word_reader import WordReader
from tests.bot.handmade_fits import decision_fit

TODAY = date(2026, 2, 15)
BOOTHS = "How many booths has the tea fair in Hangzhou?"
GOOD = {"id": "a", "text": BOOTHS}


@pytest.fixture
def batch(desk, tmp_path):
    """`batch(*lines)`: the rows that come out; a line is an object, text or bytes."""

    def run(*lines):
        path = tmp_path / "questions.jsonl"
        rows = (json.dumps(line) if isinstance(line, dict) else line for line in lines)
        path.write_bytes(b"\n".join(r if isinstance(r, bytes) else r.encode() for r in rows))
        return list(
            answer_batch(
                str(path), Answerer(desk, Glossary(), WordReader(), decision_fit()), TODAY
            )
        )

    return run


def test_every_line_is_answered_with_its_id_in_order(batch):
    rows = batch(
        {"id": "b", "text": BOOTHS},
        {"id": 7, "text": "你好"},
        {"text": "Who painted the Mona Lisa?"},
    )

    assert [(row["id"], row["status"]) for row in rows] == [
        ("b", "answered"),
        (7, "small_talk"),
        (None, "not_in_documents"),
    ]


def test_a_line_is_answered_as_the_question_alone_would_be(batch, ask):
    (row,) = batch(GOOD)

    alone = ask(BOOTHS).as_json()
    changing = ("answer_id", "timings_ms")
    assert {key: row[key] for key in alone if key not in changing} == {
        key: alone[key] for key in alone if key not in changing
    }
    assert row.keys() == {"id", *alone}


def test_answers_tell_what_each_step_did_on_demand(command, objects, standard_input):
    standard_input(f"{json.dumps(GOOD)}\n".encode())

    (row,) = objects(command("ask", "--batch", "-", "--explain").out)

    assert (row["id"], row["reason"]) == ("a", "answered")
    assert row["trace"][-1]["ends"] == "answered"


def test_a_line_may_name_its_day_its_language_and_earlier_turns(batch):
    history = ["Where is the tea fair in Hangzhou?"]

    past, unconfirmed, follow_up, russian = batch(
        GOOD,
        GOOD | {"text": "Where is the spice fair planned?", "as_of": "2026-06-01"},
        GOOD | {"text": "And how many booths?", "history": history},
        {"id": "d", "text": "9810", "language": "ru"},
    )

    assert past["citations"][0]["event_status"] == "past"
    assert unconfirmed["as_of"] == "2026-06-01"
    assert unconfirmed["citations"][0]["event_status"] == "unconfirmed"
    assert follow_up["citations"][0]["document"] == "events/tea-fair-12.en"
    assert russian["language"] == "ru"


def test_a_key_that_is_not_ours_is_passed_over(batch):
    (row,) = batch(GOOD | {"gold": "74,600"})

    assert row["status"] == "answered"


@pytest.mark.parametrize(
    ("bad", "text"),
    [
        ("{", 'not valid JSON from character 2 on: write {"id": "1", "text": "..."} on one line'),
        ("not json", "not valid JSON from character 1 on"),
        ("{text: 1}", "keys and texts in straight double quotes"),
        ("{'text': 'a'}", "keys and texts in straight double quotes"),
        ('{"text": "a "b" c"}', "not valid JSON from character 14 on"),
        ('{"text": “a”}', "not valid JSON from character 10 on"),
        ('{"text": "a"} {"text": "b"}', "not valid JSON from character 15 on"),
        ("[1, 2]", ""),
        ("null", ""),
        ('"text"', ""),
        ("{}", "text"),
        ('{"id": 1, "text": null}', "text"),
        ('{"id": 1, "text": ["a"]}', "text"),
        ('{"id": {"a": 1}, "text": "a"}', "id"),
        ('{"text": "a", "as_of": "2026-02-31"}', "as_of"),
        ('{"text": "a", "history": "earlier"}', "history"),
        ('{"text": "a", "history": [1]}', "history"),
        (b'{"text": "\xff\xfe"}', "not UTF-8 text: save the file with that encoding"),
        (b"\x00\x01\x02", "not valid JSON from character 1 on"),
        ("[" * 100_000, "not valid JSON: write"),
        ("1" * 5000, "not valid JSON: write"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_answered(batch, tmp_path, bad, text):
    before, row, after = batch(GOOD, bad, GOOD | {"id": "c"})

    assert (before["id"], after["id"]) == ("a", "c")
    assert row.keys() == {"id", "error"}
    assert row["error"].startswith(f"{tmp_path / 'questions.jsonl'}, line 2: ")
    assert text in row["error"]
    for jargon in ("\n", "Expecting", "codec", "delimiter", "line 1 column"):
        assert jargon not in row["error"]


def test_a_bad_line_keeps_its_id_where_it_has_one(batch):
    (row,) = batch({"id": "q-7", "text": None})

    assert row["id"] == "q-7"


def test_empty_lines_are_passed_over_but_counted(batch):
    rows = batch("", GOOD, "   ", "\r", "{", "")

    assert [row["id"] for row in rows] == ["a", None]
    assert "line 5: " in rows[1]["error"]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(batch):
    rows = batch(b"\xef\xbb\xbf" + json.dumps(GOOD).encode() + b"\r", json.dumps(GOOD) + "\r")

    assert [row.get("status") for row in rows] == ["answered", "answered"]


def test_an_empty_file_gives_nothing(batch):
    assert batch("") == []


def test_any_text_may_be_asked(batch):
    texts = ["", "\ud800", "\u0000", "\u202eabc", "a" * 50_000, "{}", "😀"]

    rows = batch(*({"id": n, "text": text} for n, text in enumerate(texts)))

    assert [row["id"] for row in rows] == list(range(len(texts)))
    assert [row["question"] for row in rows] == texts
    assert all(row["status"] for row in rows)


def test_a_file_that_cannot_be_read_is_an_error(desk, tmp_path):
    for path in (tmp_path / "no-such", tmp_path):
        with pytest.raises(InputError, match="cannot be read") as error:
            list(
                answer_batch(
                    str(path), Answerer(desk, Glossary(), WordReader(), decision_fit()), TODAY
                )
            )
        assert str(path) in str(error.value)


def test_questions_come_from_standard_input(desk, standard_input):
    standard_input(json.dumps(GOOD).encode() + b"\n{\n")

    rows = list(answer_batch("-", Answerer(desk, Glossary(), WordReader(), decision_fit()), TODAY))

    assert rows[0]["status"] == "answered"
    assert "line 2: " in rows[1]["error"]


def test_a_command_that_answered_all_is_done(command, objects, tmp_path):
    (tmp_path / "questions.jsonl").write_text(f"{json.dumps(GOOD)}\n" * 2)

    outcome = command("ask", "--batch", "questions.jsonl", "--as-of", "2026-02-15")

    assert (outcome.code, outcome.err) == (0, "")
    assert [row["status"] for row in objects(outcome.out)] == ["answered"] * 2


def test_a_bad_line_is_an_error_and_the_command_has_failed(command, objects, standard_input):
    standard_input(f"{json.dumps(GOOD)}\n{{\n{json.dumps(GOOD)}".encode())

    outcome = command("ask", "--batch", "-")

    outcome.assert_error("line 2: ")
    assert [row.get("status") for row in objects(outcome.out)] == [
        "answered",
        None,
        "answered",
    ]


def test_a_missing_file_is_one_line(command):
    outcome = command("ask", "--batch", "no-such.jsonl")

    outcome.assert_error("no-such.jsonl")
    assert outcome.out == ""


def test_nothing_but_objects_comes_out_whatever_goes_in(command, objects, standard_input):
    texts = ["[red]x[/red]", "\x1b[31m", "\u2028 \x85 \x0c", "{0} %s", "\\", '"', "\ud800"]
    standard_input("\n".join(json.dumps({"id": t, "text": t}) for t in texts).encode())

    outcome = command("ask", "--batch", "-")

    assert outcome.code == 0
    assert [row["id"] for row in objects(outcome.out)] == texts
