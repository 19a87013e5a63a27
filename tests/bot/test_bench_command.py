"""`smebot bench` and `smebot bench scale`."""

import json

import pytest


@pytest.fixture
def asked(tmp_path):
    """Options that name two questions."""
    lines = ['{"text": "How many booths has the tea fair?"}', '{"text": "What is shown?"}']
    (tmp_path / "own.jsonl").write_text("\n".join(lines))
    return ("--questions", "own.jsonl", "--part", "questions", "--part", "size")


def test_the_figures_are_a_table(command, asked):
    outcome = command("bench", *asked)

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("machine: ")
    assert "one question, 2 asked" in outcome.out
    assert "memory: " in outcome.out


def test_the_figures_are_one_object(command, asked):
    outcome = command("bench", "--json", "--ask", "1", *asked)

    assert (outcome.code, outcome.err) == (0, "")
    report = json.loads(outcome.out)
    assert report["questions"]["questions"] == 1
    assert "change" not in report


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--part", "strat"), "did you mean 'start'"),
        (("--part", "x"), "choose from start, questions"),
        (("scale", "--passages", "10k"), "write 10000,100000"),
        (("scale", "--passages", "0"), "write 10000,100000"),
    ],
)
def test_a_wrong_option_is_wrong_usage(command, arguments, told):
    outcome = command("bench", *arguments)

    assert outcome.code == 2
    assert told in " ".join(outcome.err.replace("│", "").split())


@pytest.mark.parametrize("arguments", [(), ("scale",)])
def test_without_an_index_both_say_how_to_build_one(command, served_desk, asked, arguments):
    served_desk.rename(served_desk.with_name("elsewhere"))
    questions = () if arguments else asked

    command("bench", *arguments, *questions).assert_error("smebot index build")


def test_without_checks_other_questions_are_asked_for(command):
    command("bench", "--part", "questions").assert_error("corpus/checks", "no such file")


def test_a_size_that_fails_is_told_and_spoils_the_exit_code(command, monkeypatch):
    rows = [{"passages": 10, "failed": "it does not fit"}]
    monkeypatch.setattr("bot.bench.scaling.measure_sizes", lambda *_: iter(rows))

    told = command("bench", "scale", "--passages", "10")
    as_json = command("bench", "scale", "--passages", "10", "--json")

    assert (told.code, as_json.code) == (1, 1)
    assert told.out.endswith("       10  not measured: it does not fit\n")
    assert json.loads(as_json.out)["failed"] == "it does not fit"


@pytest.mark.parametrize("arguments", [("bench",), ("bench", "scale")])
def test_both_explain_themselves(command, arguments):
    outcome = command(*arguments, "--help")

    assert outcome.code == 0
    assert "--questions" in outcome.out
    assert "write-size" not in outcome.out
