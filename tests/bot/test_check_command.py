"""`smebot check`: a report and an exit code; fails only if a check fails unexpectedly."""

import json

import pytest

BOOTHS = "How many booths has the tea fair in Hangzhou?"


def test_check_reports_and_fails_if_a_check_fails(command, tmp_path):
    entry = {"question": BOOTHS, "language": "en", "as_of": "2026-02-15", "status": "answered"}
    path = tmp_path / "checks.yaml"

    path.write_text(json.dumps({"checks": [entry | {"id": "right"}]}))
    passed = command("check", str(path))
    path.write_text(json.dumps({"checks": [entry | {"id": "wrong", "say": ["99 booths"]}]}))
    failed = command("check", str(path), "--junit", "junit.xml")

    assert (passed.code, failed.code) == (0, 1)
    assert passed.out.splitlines()[-1] == "1/1 passed"
    assert failed.out.startswith("FAIL")
    assert "99 booths" in failed.out.splitlines()[0]
    assert "99 booths" in (tmp_path / "junit.xml").read_text("utf-8")


def test_check_as_json_prints_one_object_a_check(command, objects, tmp_path):
    entry = {"question": BOOTHS, "language": "en", "as_of": "2026-02-15", "status": "declined"}
    checks = [entry | {"id": "one"}, entry | {"id": "two", "expected_failure": "soon"}]
    (tmp_path / "checks.yaml").write_text(json.dumps({"checks": checks}))

    outcome = command("check", "checks.yaml", "--json")

    assert outcome.code == 1
    rows = objects(outcome.out)
    assert [(row["id"], row["result"]) for row in rows] == [("one", "fail"), ("two", "known")]


def test_check_names_a_file_that_is_not_sound(command, tmp_path):
    (tmp_path / "checks.yaml").write_text("checks: 3")

    command("check", "checks.yaml").assert_error("checks.yaml")
    command("check", "no-such.yaml").assert_error("no-such.yaml")
    command("check").assert_error("corpus/checks", "SMEBOT_CHECK_DIRS")


@pytest.mark.parametrize("setting", ["CHECK_DIRS", "CORPUS_DIRS"])
def test_the_checks_are_found_from_any_directory(
    command, served_desk, monkeypatch, tmp_path, setting
):
    project = served_desk.parent
    entry = {"id": "one", "question": BOOTHS, "language": "en", "as_of": "2026-02-15"}
    (project / "corpus" / "checks").mkdir(parents=True)
    (project / "corpus" / "checks" / "a.yaml").write_text(
        json.dumps({"checks": [entry | {"status": "answered"}]})
    )
    monkeypatch.setenv("SMEBOT_DATA_DIR", str(served_desk))
    folder = "corpus/checks" if setting == "CHECK_DIRS" else "corpus"
    monkeypatch.setenv(f"SMEBOT_{setting}", json.dumps([str(project / folder)]))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")

    assert command("check").out.splitlines()[-1] == "1/1 passed"


@pytest.fixture
def write_checks(tmp_path):
    """`write_checks(id=keys, ...)`: these checks, each passing unless its keys say otherwise."""

    def write(**checks):
        entry = {
            "question": "Who painted the Mona Lisa?",
            "language": "en",
            "as_of": "2026-02-15",
            "status": "not_in_documents",
        }
        entries = [entry | keys | {"id": name} for name, keys in checks.items()]
        (tmp_path / "checks.yaml").write_text(json.dumps({"checks": entries}))

    return write


FAILING = {"status": "declined"}


@pytest.fixture
def ran(command, objects):
    """`ran(*options)`: ids of the checks that were run."""
    return lambda *options: [
        row["id"] for row in objects(command("check", "checks.yaml", "--json", *options).out)
    ]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--topic", "zones"], ["b", "c"]),
        (["--topic", "zones", "--topic", "events"], ["a", "b", "c"]),
        (["--kind", "date"], ["c"]),
        (["--topic", "zones", "--kind", "fact"], ["b"]),
        (["--language", "zh-CN"], ["b"]),
        (["--id", "d", "--id", "a"], ["a", "d"]),
    ],
)
def test_checks_are_chosen_by_what_they_are(ran, write_checks, options, ids):
    write_checks(
        a={"topic": "events"},
        b={"topic": "zones", "language": "zh"},
        c={"topic": "zones", "kind": "date"},
        d={},
    )

    assert ran(*options) == ids


def test_a_choice_that_leaves_no_check_is_refused(command, write_checks):
    write_checks(**{"tea-booths": {}})

    command("check", "checks.yaml", "--kind", "date").assert_error("none of 1 checks")
    command("check", "checks.yaml", "--id", "tea-boots").assert_error("'tea-booths'")
    command("check", "checks.yaml", "--id", "x").assert_error("'x'", "--verbose")
    command("check", "tea-booths").assert_error("tea-booths", "--id")


@pytest.mark.parametrize(("option", "value"), [("--topic", "event"), ("--kind", "facts")])
def test_a_misspelt_topic_or_kind_is_wrong_usage(command, write_checks, option, value):
    write_checks(one={})

    outcome = command("check", "checks.yaml", option, value)

    assert outcome.code == 2
    assert "did you mean" in outcome.err


def test_what_failed_is_run_again_until_it_passes(command, ran, write_checks):
    write_checks(good={}, bad=FAILING, known=FAILING | {"expected_failure": "soon"})
    command("check", "checks.yaml", "--failed").assert_error("without --failed")
    command("check", "checks.yaml")

    still_bad = ran("--failed")
    write_checks(good=FAILING, bad={})
    mended = ran("--failed")
    nothing = command("check", "checks.yaml", "--failed")

    assert still_bad == mended == ["bad"]
    assert (nothing.code, nothing.out) == (
        0,
        "nothing to run: none of them failed when it was last run\n",
    )


def test_what_changed_since_it_was_last_run_is_named(command, objects, write_checks):
    write_checks(same={}, breaks={}, heals=FAILING)
    first = command("check", "checks.yaml")
    write_checks(same={}, breaks=FAILING, heals={}, fresh=FAILING)
    command("check", "checks.yaml", "--id", "same")
    second = command("check", "checks.yaml")
    third = objects(command("check", "checks.yaml", "--json").out)

    assert "newly" not in first.out
    assert second.out.splitlines()[-3:] == [
        "newly failing: breaks",
        "newly passing: heals",
        "2/4 passed (2 failed)",
    ]
    assert [row["before"] for row in third] == ["ok", "fail", "ok", "fail"]


@pytest.mark.parametrize("content", ["", "[1]", '{"one": 3}', "\x00"])
def test_a_broken_record_of_the_last_run_counts_as_none(
    command, write_checks, served_desk, content, caplog
):
    write_checks(one={})
    (served_desk / "checks.json").write_text(content)

    outcome = command("check", "checks.yaml")

    assert outcome.code == 0
    assert "compared with none" in caplog.text
    assert json.loads((served_desk / "checks.json").read_text()) == {"one": "ok"}


def test_a_page_and_a_junit_report_are_written(command, write_checks, tmp_path):
    write_checks(one={}, two=FAILING)

    command(
        "check",
        "checks.yaml",
        "--html",
        "checks.html",
        "--page-language",
        "en",
        "--junit",
        "junit.xml",
    )

    assert "<h2>Failed (1)</h2>" in (tmp_path / "checks.html").read_text("utf-8")
    assert 'failures="1"' in (tmp_path / "junit.xml").read_text("utf-8")


def test_a_report_that_cannot_be_written_is_named(command, write_checks):
    write_checks(one={})

    command("check", "checks.yaml", "--html", "no/such/page.html").assert_error("no/such")


def test_a_check_is_explained(command, objects, write_checks):
    history = ["Is there a tea fair?"]
    write_checks(one={}, two=FAILING | {"history": history, "question": BOOTHS})

    outcome = command("check", "checks.yaml", "--id", "two", "--explain")
    (row,) = objects(command("check", "checks.yaml", "--id", "two", "--explain", "--json").out)

    assert outcome.code == 1
    assert outcome.out.startswith("FAIL   two")
    assert outcome.out.count("FAIL   two") == 1
    assert f"Is there a tea fair?\n{BOOTHS}\n\n" in outcome.out
    assert "  retrieve " in outcome.out
    assert row["id"] == "two"
    assert row["answer"]["trace"]
