"""Canned checks: what a file must be, what counts as said, how a run is reported."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from bot.answers.answerer import Answerer
from bot.checks.loading import load_checks
from bot.checks.report import as_json, is_success, lines, lines_of_one, write_junit
from bot.checks.running import run_checks, says
from bot.checks.values import Check, CheckOutcome
from bot.errors import CheckFileError
from bot.explaining import fate_of
from index import Glossary
from index.readers.word_reader import WordReader
from tests.bot.handmade_fits import decision_fit

BOOTHS = "How many booths has the tea fair in Hangzhou?"
SOUND = """
as_of: 2026-02-15
language: en
checks:
- id: tea-fair-booths
  question: How many booths has the tea fair in Hangzhou?
  topic: events
  kind: number
  status: answered
  cite: [events/tea-fair-12]
  say: ["74,600"]
"""


@pytest.fixture
def write(tmp_path):
    """`write(text, name=...)`: a file of checks."""

    def write_file(text, name="checks.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write_file


@pytest.fixture
def run(desk):
    """`run(**keys)`: one check, run on the small corpus."""

    def run_one(**keys):
        values = {
            "id": "one",
            "question": BOOTHS,
            "language": "en",
            "status": "answered",
            "as_of": date(2026, 2, 15),
        }
        check = Check.model_validate(values | keys)
        (outcome,) = run_checks([check], Answerer(desk, Glossary(), WordReader(), decision_fit()))
        return outcome

    return run_one


@pytest.fixture
def all_labels(run):
    """Four checks, one of each label."""
    return [
        run(id="right"),
        run(id="wrong", say=["no such <words> & more"], topic="events"),
        run(id="known", say=["no such words"], expected_failure="not in the corpus yet"),
        run(id="mended", expected_failure="was not in the corpus"),
    ]


def test_keys_above_the_checks_hold_for_each_that_does_not_say_otherwise(write):
    path = write(SOUND + "- {id: ru-one, question: Кто, language: ru, status: [declined]}\n")

    first, second = load_checks([path])

    assert (first.language, second.language) == ("en", "ru")
    assert first.as_of == second.as_of == date(2026, 2, 15)
    assert first.cite == ("events/tea-fair-12",)


@pytest.mark.parametrize(
    ("written", "meant"), [("zh-CN", "zh"), ("zh_TW", "zh-Hant"), ("EN", "en"), ("und", "und")]
)
def test_a_language_may_be_written_as_documents_write_it(write, written, meant):
    (check,) = load_checks([write(SOUND.replace("language: en", f"language: {written}"))])

    assert check.language == meant


def test_a_folder_stands_for_its_files_in_order(write, tmp_path):
    write(SOUND.replace("tea-fair-booths", "second"), "folder/b.yaml")
    write(SOUND.replace("tea-fair-booths", "first"), "folder/a.yaml")
    write("no checks", "folder/notes.txt")

    checks = load_checks([tmp_path / "folder"])

    assert [check.id for check in checks] == ["first", "second"]


def test_folders_within_a_folder_linked_ones_and_both_endings_are_read(write, tmp_path):
    write(SOUND.replace("tea-fair-booths", "deep"), "folder/deep/er/b.yaml")
    write(SOUND.replace("tea-fair-booths", "short"), "folder/a.yml")
    write(SOUND.replace("tea-fair-booths", "capital"), "folder/c.YAML")
    write(SOUND.replace("tea-fair-booths", "linked"), "elsewhere/d.yaml")
    (tmp_path / "folder" / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "round").symlink_to(tmp_path / "elsewhere")

    checks = load_checks([tmp_path / "folder"])

    assert sorted(check.id for check in checks) == ["capital", "deep", "linked", "short"]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (("  question:", "  questoin:"), "unknown key 'questoin': did you mean 'question'?"),
        (("  cite:", "  citeany:"), "unknown key 'citeany': did you mean 'cite_any'?"),
        (("[events/tea-fair-12]", "events/tea-fair-12"), "cite: must be a list, such as [a, b]"),
        (('["74,600"]', "74600"), "say: must be a list, such as [a, b]"),
        (('["74,600"]', "[74600, 14]"), "say.0.0: must be text: put it in quotes"),
        (('["74,600"]', "[[]]"), "say.0: must not be empty"),
        (('["74,600"]', '[""]'), "say.0.0: is empty"),
        (('["74,600"]', '["74,600", [" "]]'), "say.1.0: is empty"),
        (("say:", 'never_say: [""]\n  say:'), "never_say.0: is empty"),
        (("[events/tea-fair-12]", '[""]'), "cite.0: is empty"),
        (("status: answered", "status: []"), "status: must not be empty"),
        ((BOOTHS, '""'), "question: is empty"),
        ((BOOTHS, '" "'), "question: is empty"),
        ((BOOTHS, ""), "question: is empty: write it"),
        (("language: en", "language: Chinese"), "language: 'Chinese' is none of ar, cs, de"),
        (("language: en", "language: en-US"), "language: 'en-US' is none of ar, cs, de"),
        (("How many booths has the tea fair in Hangzhou?", "2025"), "question: must be text"),
        (("  status: answered\n", ""), "the key 'status' is missing"),
        (("2026-02-15", "soon"), "as_of: must be a date such as 2026-02-15"),
        (("kind: number", "kind: guess"), "kind: must be one of fact, number, date"),
        (("id: tea-fair-booths", "id: Tea Fair"), "is not written like canton-fair-booths"),
        (("  status: answered", "  status: answered: yes"), "put the value in quotes"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said_in_plain_words(write, change, text):
    path = write(SOUND.replace(*change))

    with pytest.raises(CheckFileError) as error:
        load_checks([path])

    assert text in str(error.value)
    for jargon in ("tuple", "valid", "instance", "Input", "mapping"):
        assert jargon not in str(error.value).removeprefix(str(path))


@pytest.mark.parametrize(
    ("change", "texts"),
    [
        (("kind: number", "kind: guess"), ["tea-fair-booths", "kind"]),
        (("status: answered", "status: maybe"), ["tea-fair-booths", "status"]),
        (("  status: answered\n", ""), ["tea-fair-booths", "status"]),
        (("  question:", "  qestion:"), ["tea-fair-booths", "question"]),
        (("say:", "says:"), ["tea-fair-booths", "says"]),
        (("2026-02-15", "2026-02-31"), ["as_of", "date"]),
        (("2026-02-15", "soon"), ["tea-fair-booths", "as_of"]),
        (("id: tea-fair-booths", "id: Tea Fair"), ["Tea Fair", "id"]),
        (("id: tea-fair-booths", "as_of: 2026-01-01"), ["entry 1", "id"]),
        (("id: tea-fair-booths", "id:"), ["entry 1", "id"]),
        (("topic: events", "topic: weather"), ["tea-fair-booths", "topic"]),
        (("checks:", "tests:"), ["checks"]),
    ],
)
def test_what_is_wrong_with_an_entry_is_said_with_file_and_entry(write, change, texts):
    path = write(SOUND.replace(*change))

    with pytest.raises(CheckFileError) as error:
        load_checks([path])

    assert "\n" not in str(error.value)
    for text in [str(path), *texts]:
        assert text in str(error.value)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "- a\n- b\n",
        "checks: 3\n",
        "checks: []\n",
        "checks:\n- just text\n",
        "checks: [\n",
        "a: b: c\n",
        "\tchecks: x",
        b"checks: \xff\xfe",
        b"\x00\x01",
        "checks: [!!python/object/apply:os.getcwd []]\n",
    ],
)
def test_a_file_that_holds_no_checks_is_named(write, content):
    path = write(content)

    with pytest.raises(CheckFileError) as error:
        load_checks([path])

    assert str(path) in str(error.value)


def test_the_second_of_two_checks_with_one_id_is_named(write):
    first, second = write(SOUND, "a.yaml"), write(SOUND, "b.yaml")

    with pytest.raises(CheckFileError, match="tea-fair-booths") as error:
        load_checks([first, second])

    assert str(second) in str(error.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CheckFileError, match="no-such: no such file"):
        load_checks([tmp_path / "no-such"])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It has 74,600 booths.", "74600"),
        ("It has 74,600 booths.", "7.46万"),
        ("共有7.46万个展位。", "74,600"),
        ("贸易额45.47万亿元", "45.47 trillion"),
        ("19.3 billion yuan", "193亿"),
        ("十五个合作区", "15个合作区"),
        ("fifteen zones", "15 zones"),
        ("中國進出口商品交易會", "中国进出口商品交易会"),
        ("中国进出口商品交易会", "中國進出口商品交易會"),
        ("the Canton  Fair", "canton fair"),
        ("from 15 October to\n4 November", "15 October to 4 November"),
        ("up to 300万元", "300 万 元"),
        ("Write to fair@example.com.", "@"),
    ],
)
def test_a_text_says_what_has_the_same_letters_or_the_same_number(text, wanted):
    assert says(text, wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It has 74,600 booths.", "74,601"),
        ("It has 74,600 booths.", "7.46亿"),
        ("fifteen zones", "15 parks"),
        ("The fair in Guangzhou", "Shenzhen"),
        ("2024年", "2025年"),
        ("", "booths"),
        ("45.47 trillion", "45.47 billion"),
        ("I give no addresses.", "@"),
    ],
)
def test_a_text_does_not_say_another_number_or_word(text, wanted):
    assert not says(text, wanted)


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"status": ["not_in_documents", "answered"]},
        {"cite_any": ["zones/silk-park", "events/tea-fair-12"]},
        {"say": ["74,600", ["booths", "展位"]]},
        {"never_say": ["13th"]},
        {"question": "And how many booths?", "history": ["Where is the tea fair in Hangzhou?"]},
    ],
)
def test_an_answer_that_is_as_it_must_be_passes(run, keys):
    outcome = run(**keys)

    assert (outcome.faults, outcome.label) == ((), "ok")


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        ({"status": "declined"}, "status answered, wanted declined"),
        ({"language": "zh"}, "language en, wanted zh"),
        ({"cite": ["zones/silk-park"]}, "zones/silk-park"),
        ({"cite_any": ["zones/silk-park", "events/lamp-fair"]}, "events/lamp-fair"),
        ({"say": ["74,601"]}, "74,601"),
        ({"say": [["Suzhou", "苏州"]]}, "Suzhou / 苏州"),
        ({"never_say": ["74600"]}, "74600"),
        ({"question": "Who painted the Mona Lisa?"}, "status not_in_documents"),
    ],
)
def test_what_an_answer_lacks_is_named(run, keys, fault):
    outcome = run(**keys)

    assert outcome.label == "FAIL"
    assert fault in "; ".join(map(str, outcome.faults))


@pytest.mark.parametrize(
    ("keys", "hint"),
    [
        ({"cite": ["events/tea-fair-21"]}, "did you mean 'events/tea-fair-12'?"),
        ({"cite": ["events/tea-fair-12.zh"]}, "did you mean 'events/tea-fair-12'?"),
        ({"cite_any": ["events/tea-fair-12", "x"]}, "without language and ending"),
        ({"cite": ["no/such"], "expected_failure": "never mind"}, "no/such"),
        ({"cite": ["no/such"], "status": "declined"}, "no/such"),
    ],
)
def test_a_check_that_demands_a_document_that_does_not_exist_is_wrong_itself(run, keys, hint):
    outcome = run(**keys)

    assert outcome.label == "WRONG"
    assert hint in str(outcome.slip)
    assert not outcome.passed
    assert not is_success([outcome])
    assert hint in next(iter(lines([outcome], verbose=False)))
    assert as_json(outcome)["result"] == "wrong"


def test_wrong_checks_are_errors_in_the_junit_report(run, tmp_path):
    write_junit([run(cite=["no/such"])], tmp_path / "junit.xml")

    suite = ET.parse(tmp_path / "junit.xml").getroot()  # noqa: S314
    assert (suite.get("errors"), suite.get("failures")) == ("1", "0")
    assert "no/such" in suite[0].find("error").get("message")


def test_a_check_is_asked_on_its_own_day(run):
    question = "去年杭州茶叶博览会有多少个展位？"

    assert run(question=question, language="zh", as_of=date(2026, 1, 1)).passed
    assert not run(question=question, language="zh", as_of=date(2027, 1, 1)).passed


def test_expected_failures_are_known_until_they_are_mended(all_labels):
    assert [outcome.label for outcome in all_labels] == ["ok", "FAIL", "known", "MENDED"]


def test_only_an_unexpected_failure_spoils_the_run(all_labels):
    right, wrong, *marked = all_labels

    assert is_success([right, *marked])
    assert not is_success([right, wrong])


def test_the_report_names_what_did_not_pass_and_sums_up(all_labels):
    report = list(lines(all_labels, verbose=False))

    named = [row.split()[:2] for row in report if row[:6].strip().isalpha()]
    assert named[:3] == [["FAIL", "wrong"], ["known", "known"], ["MENDED", "mended"]]
    assert "cited: events/tea-fair-12" in report[0]
    assert "no such <words> & more" in report[0]
    assert report[-1].startswith("2/4 passed")
    assert "1 failed" in report[-1]
    assert any(row.startswith("by topic:") and "events 0/1" in row for row in report)
    assert any(row.startswith("by language:") and "en 2/4" in row for row in report)


def test_below_what_failed_stands_which_step_decided_and_why(all_labels):
    report = list(lines(all_labels, verbose=True))

    told = [row.strip() for row in report if row.startswith("       ")]
    assert len(told) == 2
    assert report.index(f"       {told[0]}") == 2
    assert all(row.startswith("Answered: ") and "(step choose_quotes, " in row for row in told)


def test_below_what_failed_stands_what_became_of_the_documents_to_be_cited(run):
    wanted = {"cite": ["zones/silk-park"], "cite_any": ["events/tea-fair-12", "policy/x"]}
    outcome = run(question="How many booths had the 13th tea fair in Hangzhou?", **wanted)

    told = [line.strip() for line in lines_of_one(outcome)][2:]

    assert told == [
        f"zones/silk-park: {fate_of(outcome.answer, 'zones/silk-park')}",
        "events/tea-fair-12: found, and dropped by gate: edition not named: 13",
        "policy/x: not among the hits",
    ]


def test_the_verbose_report_names_what_passed_as_well(all_labels):
    report = list(lines(all_labels, verbose=True))

    assert report[0].split()[:3] == ["ok", "right", "answered"]


def test_a_check_as_json_holds_its_result_its_faults_and_the_answer(all_labels):
    wrong = as_json(all_labels[1])

    assert (wrong["id"], wrong["result"], wrong["topic"]) == ("wrong", "fail", "events")
    assert len(wrong["faults"]) == 1
    assert wrong["answer"]["citations"]
    assert wrong["decided_by"] == "choose_quotes"
    assert wrong["because"].startswith("Answered: ")
    assert "trace" not in wrong["answer"]
    assert as_json(all_labels[1], with_trace=True)["answer"]["trace"]
    assert as_json(all_labels[2])["expected_failure"] == "not in the corpus yet"


def test_the_junit_report_is_well_formed_and_counts(all_labels, tmp_path):
    path = tmp_path / "junit.xml"

    write_junit(all_labels, path)

    suite = ET.parse(path).getroot()  # noqa: S314
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("4", "1", "1")
    assert [case.get("name") for case in suite] == ["right", "wrong", "known", "mended"]
    failure = suite[1].find("failure")
    assert "no such <words> & more" in failure.get("message")
    assert failure.text.startswith("Answered: ")
    assert suite[2].find("skipped").get("message") == "not in the corpus yet"


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\ufffe"])
def test_the_junit_report_is_well_formed_whatever_an_answer_holds(run, tmp_path, character):
    outcome = run(id="odd", say=[f"odd {character} text"])
    path = tmp_path / "junit.xml"

    write_junit(
        [outcome, CheckOutcome(check=outcome.check, answer=outcome.answer, faults=())], path
    )

    assert len(ET.parse(path).getroot()) == 2  # noqa: S314
