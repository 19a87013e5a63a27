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


def test_one_check_is_explained(command, objects, tmp_path):
    entry = {"question": BOOTHS, "language": "en", "as_of": "2026-02-15", "status": "declined"}
    checks = [entry | {"id": "one"}, entry | {"id": "two", "history": ["Is there a tea fair?"]}]
    (tmp_path / "checks.yaml").write_text(json.dumps({"checks": checks}))

    outcome = command("check", "checks.yaml", "--explain", "two")
    (row,) = objects(command("check", "checks.yaml", "--explain", "two", "--json").out)

    assert outcome.code == 1
    assert outcome.out.startswith("FAIL   two")
    assert f"Is there a tea fair?\n{BOOTHS}\n\nThe 12th tea fair has" in outcome.out
    assert "  retrieve " in outcome.out
    assert outcome.out.splitlines()[-1].startswith("Answered: ")
    assert row["id"] == "two"
    assert row["answer"]["trace"]


def test_a_check_that_does_not_exist_is_not_explained(command, tmp_path):
    entry = {"question": BOOTHS, "language": "en", "as_of": "2026-02-15", "status": "declined"}
    (tmp_path / "checks.yaml").write_text(json.dumps({"checks": [entry | {"id": "tea-booths"}]}))

    command("check", "checks.yaml", "--explain", "tea-boots").assert_error("'tea-booths'")
    command("check", "checks.yaml", "--explain", "x").assert_error("'x'", "--verbose")
