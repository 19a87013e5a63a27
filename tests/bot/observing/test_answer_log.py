"""One line for each answer, in a log of text and in one of JSON lines."""

import io
import json
import logging

import pytest

from bot.logs import discreet_handler
from bot.observing import by_nobody, observed_by
from bot.observing.answer_log import log_answer

TEA = "How many booths has the tea fair?"


@pytest.fixture
def log():
    """`log(form)`: what goes through our handler of that form meanwhile."""
    added = []

    def begin(form: str) -> io.StringIO:
        stream = io.StringIO()
        handler = discreet_handler(stream, form)
        logging.root.addHandler(handler)
        added.append((handler, logging.root.level))
        logging.root.setLevel(logging.INFO)
        return stream

    yield begin
    for handler, level in added:
        logging.root.removeHandler(handler)
        logging.root.setLevel(level)


def test_as_json_its_figures_are_keys(ask, log):
    answer, stream = ask(f"{TEA} ZQX7731"), log("json")

    log_answer(answer)

    (line,) = stream.getvalue().splitlines()
    said = json.loads(line)
    assert said["answer"] == answer.answer_id
    assert (said["status"], said["reason"]) == (answer.status, answer.reason)
    assert (said["language"], said["snapshot"]) == ("en", answer.snapshot)
    assert said["ms"] == pytest.approx(answer.timings_ms.total, abs=0.1)
    assert (said["level"], said["logger"]) == ("INFO", "bot.observing.answer_log")
    assert said["time"].endswith("+00:00")
    assert "ZQX7731" not in line


def test_as_text_it_is_a_sentence(ask, log):
    answer, stream = ask(f"{TEA} ZQX7731"), log("text")

    log_answer(answer)

    (line,) = stream.getvalue().splitlines()
    assert f"answer {answer.answer_id}: {answer.status} ({answer.reason}) in" in line
    assert "ZQX7731" not in line


def test_an_error_is_one_json_line_with_its_kind_and_none_of_its_words(log):
    stream = log("json")

    try:
        raise ValueError("ZQX7731\n")  # noqa: TRY301 - its traceback is wanted
    except ValueError:
        logging.getLogger("bot.app").exception("it failed")
        logging.getLogger("httpcore").exception("sent %s", "ZQX7731")

    ours, others = map(json.loads, stream.getvalue().splitlines())
    assert (ours["message"], ours["kind"]) == ("it failed", "ValueError")
    assert ours["error"].startswith("ValueError at ")
    assert (others["message"], others["kind"]) == ("sent %s", "ValueError")
    assert "ZQX7731" not in stream.getvalue()


def test_what_other_libraries_attach_to_a_line_stays_out(log):
    stream = log("json")

    logging.getLogger("httpcore").warning("%(sent)s", {"sent": "ZQX7731"})
    logging.getLogger("bot.app").warning("mended", extra={"sent": "ZQX7731"})

    assert len(stream.getvalue().splitlines()) == 2
    assert "ZQX7731" not in stream.getvalue()


def test_several_are_told_of_an_answer_in_order(ask):
    told, answer = [], ask(TEA)

    observed_by(lambda a: told.append((1, a)), by_nobody, lambda a: told.append((2, a)))(answer)

    assert told == [(1, answer), (2, answer)]
