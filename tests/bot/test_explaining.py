"""What every step did, told in lines: readable on one screen, and nothing that it should not."""

import json
import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from bot.answers.reasons import AnswerStatus, Reason
from bot.answers.values import Dropped, StepTrace
from bot.explaining import WIDTH, because, deciding_step, explanation, fate_of, short_explanation
from bot.texts import interface
from index import Remark

BOOTHS = "How many booths has the tea fair in Hangzhou?"
UNKNOWN = "Who repaired the wooden ceiling of the spice fair?"
LONG = "茶叶采购商来自肯尼亚、锡兰和日本。" * 20
ROWS = 45


@pytest.fixture
def explained(ask):
    """`explained(question, *earlier)`: the lines of its explanation."""
    return lambda question, *history: [line.plain for line in explanation(ask(question, *history))]


@pytest.fixture
def traced(ask):
    """`traced(reason, *steps)`: an answer without quotes that came that way."""
    return lambda reason, *steps: replace(ask(UNKNOWN), reason=reason, trace=steps)


def _step(name, **values):
    return StepTrace(**{"step": name, "part": 1, "took_ms": 1.0} | values)


def test_every_step_is_told_in_order_with_its_time(explained, ask):
    lines = explained(BOOTHS)

    names = [step.step for step in ask(BOOTHS).trace]
    assert names[0] == "clean"
    assert names[-1] == "verify"
    told = [line.split()[0] for line in lines if re.match(r"  [a-z_]+ +\d+\.\d ms", line)]
    assert told == names


@pytest.mark.parametrize("question", [BOOTHS, UNKNOWN, "第12届茶叶博览会有多少个展位？", "Hello!"])
def test_an_ordinary_question_is_explained_on_one_screen(explained, question):
    lines = explained(question)

    assert 4 < len(lines) <= ROWS - 12
    assert all(cell_len(line) <= WIDTH for line in lines[:-1])


def test_a_step_that_did_nothing_takes_one_line_and_one_that_dropped_much_takes_two(traced):
    dropped = tuple(
        Dropped(what=f"events/fair-{n}.zh@0", because=Remark("another year")) for n in range(9)
    )
    answer = traced(
        Reason.NAMES_ANOTHER,
        _step("route"),
        _step("gate", changed="0 hits left", dropped=dropped, ends=Reason.NAMES_ANOTHER),
    )

    route, gate, further, _ = [line.plain for line in explanation(answer)]

    assert route.split() == ["route", "1.0", "ms"]
    assert gate.endswith("0 hits left; → names_another")
    assert further.strip().startswith("dropped 9, another year: events/fair-0.zh@0, events/fair-1")
    assert further.endswith("…")


def test_scores_stand_beside_their_threshold(explained):
    (decided,) = [line for line in explained(UNKNOWN) if line.split()[0] == "decide"]

    assert re.search(r"confidence 0\.[0-4]\d < 0\.50", decided)


def test_the_best_sentences_that_were_not_chosen_are_told_with_their_scores(explained, ask):
    lines = explained(UNKNOWN)

    heading = lines.index(interface("not_chosen", "en"))
    told = lines[heading + 1 : -1]
    assert len(told) == 3
    for line, dropped in zip(told, deciding_step(ask(UNKNOWN)).dropped, strict=True):
        assert line.strip().startswith(f"{dropped.because}: {dropped.what[:20]}")


@pytest.mark.parametrize(
    ("question", "begins", "step"),
    [
        (BOOTHS, "Answered", "choose_quotes"),
        (UNKNOWN, "Not answered", "decide"),
        ("Which fairs are there in October 2025?", "Answered", "answer_from_lists"),
        ("How many booths had the 13th tea fair in Hangzhou?", "Not answered", "gate"),
        ("How much does the harbour rebate refund?", "Out of date", "choose_quotes"),
        ("Hello!", "Small talk", "route"),
        ("???", "Unclear", "route"),
    ],
)
def test_the_last_line_is_one_sentence_with_the_reason_and_the_deciding_step(
    explained, question, begins, step
):
    last = explained(question)[-1]

    assert last.startswith(begins)
    assert f"(step {step}" in last


def test_figures_are_those_of_the_try_that_decided(traced):
    answer = traced(
        Reason.NOT_READ,
        _step("decide", scores={"confidence": 0.44, "threshold": 0.5}, ends=Reason.NOT_READ),
        _step("reword"),
        _step("decide", scores={"confidence": 0.12, "threshold": 0.5}, ends=Reason.NOT_READ),
    )

    assert because(answer, "en").endswith("(step decide, confidence 0.44 < 0.50)")


@pytest.mark.parametrize(
    ("stem", "fate"),
    [
        ("zones/park", "found, and dropped by gate: another place"),
        ("events/fair", "found, and not quoted"),
        ("events/fair-2", "not among the hits"),
    ],
)
def test_what_became_of_a_document_is_told_also_of_an_earlier_try(traced, stem, fate):
    answer = traced(
        Reason.NOT_READ,
        _step("retrieve", scores={"events/fair.en@0": 0.4, "zones/park.zh@9": 0.3}),
        _step("gate", dropped=(Dropped(what="zones/park.zh@9", because=Remark("another place")),)),
        _step("decide", ends=Reason.NOT_READ),
        _step("retrieve", scores={"events/other.en@0": 0.2}),
    )

    assert str(fate_of(replace(answer, hits=()), stem)) == fate


def test_parts_of_a_message_stand_below_headings(explained):
    lines = explained(f"{BOOTHS} Where does the silk park lie?")

    headings = [line for line in lines if line.startswith(("Part ", "Whole "))]
    assert headings == ["Whole message", "Part 1", "Part 2", "Whole message"]


def test_a_long_sentence_is_cut_with_an_ellipsis_by_the_columns_it_takes(traced):
    dropped = (Dropped(what=LONG, because=Remark("score 1.00")),)
    answer = traced(Reason.NOT_READ, _step("decide", dropped=dropped, ends=Reason.NOT_READ))

    (line,) = [line.plain for line in explanation(answer) if "score" in line.plain]

    assert line.endswith("…")
    assert WIDTH - 2 <= cell_len(line) <= WIDTH


@pytest.mark.parametrize("language", ["zh", "zh-Hant", "en"])
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_told_to_staff(traced, reason, language):
    if reason.status in (AnswerStatus.ANSWERED, AnswerStatus.OUT_OF_DATE):
        assert interface(f"because_{reason}", language)
    else:
        assert "x" in because(traced(reason, _step("x", ends=reason)), language)


def test_the_short_form_tells_what_dropped_or_ended_and_no_words_of_the_question(ask):
    history = ("Where is the tea fair in Hangzhou?",)
    answer = ask("And how many booths in 2031?", *history)
    assert any("Hangzhou" in step.changed for step in answer.trace)

    text = short_explanation(answer, "en")

    assert text.startswith("Not answered: ")
    assert "× year not named: 2031" in text
    assert "how many booths" not in text
    assert "Where is" not in text


def test_staff_read_figures_and_causes_in_chinese(traced):
    unlike = Remark.of(
        "other_country", "other country: {named}, asked {asked}", named="VN", asked="TH"
    )
    answer = traced(
        Reason.NOT_READ,
        _step("gate", dropped=(Dropped(what="zones/park.zh@9", because=unlike),)),
        _step(
            "decide",
            scores={"confidence": 0.44, "threshold": 0.5},
            dropped=(
                Dropped(
                    what="园区在河内。",
                    because=Remark.of("read_as", "read {probability}", probability="0.02"),
                ),
            ),
            ends=Reason.NOT_READ,
        ),
    )

    assert short_explanation(answer, "zh").splitlines() == [
        "未回答：找到的句子都答不了这个问题（步骤：decide、把握 0.44 < 0.50）",
        "",
        "· 1 × 说的是 VN，问的是 TH",
        "",
        "没有选用的句子里最接近的：",
        "· 可能性 0.02：园区在河内。",
    ]


def test_an_answer_as_json_has_its_reason_and_only_on_demand_its_trace(ask):
    answer = ask(UNKNOWN)

    plain, whole = answer.as_json(), answer.as_json(with_trace=True)

    assert plain["reason"] == answer.reason
    assert "trace" not in plain
    steps = json.loads(json.dumps(whole))["trace"]
    assert {"step", "took_ms", "changed", "dropped", "scores"} <= steps[0].keys()
    (decided,) = [step for step in steps if step["step"] == "decide"]
    assert decided["ends"] == answer.reason
    assert decided["scores"]["confidence"] < decided["scores"]["threshold"] == 0.5
    assert decided["dropped"][0].keys() == {"what", "because"}


def test_a_withheld_answer_keeps_its_trace(ask, monkeypatch):
    monkeypatch.setattr("bot.answers.verification.quoted", lambda _: "something else")

    answer = ask(BOOTHS)

    assert answer.reason is Reason.WITHHELD
    assert deciding_step(answer).step == "verify"
    assert [line.plain for line in explanation(answer)][-1].startswith("Not answered: ")
