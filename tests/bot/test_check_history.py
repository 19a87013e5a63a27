"""The sums of earlier runs of all checks."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.checks import history
from bot.checks.history import CheckRun, earlier_runs, keep_run

BOOTHS = "How many booths has the tea fair in Hangzhou?"
AT = datetime(2026, 2, 15, 9, 30, tzinfo=UTC)


def test_runs_of_all_checks_are_kept_and_runs_of_a_few_are_not(
    command, served_desk, tmp_path, monkeypatch
):
    entry = {"question": BOOTHS, "language": "en", "as_of": "2026-02-15", "status": "answered"}
    checks = [entry | {"id": "one"}, entry | {"id": "two", "status": "declined"}]
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "a.yaml").write_text(json.dumps({"checks": checks}))
    monkeypatch.setenv("SMEBOT_CHECK_DIRS", '["checks"]')

    command("check", "--id", "one")
    command("check", "checks")
    command("check", "--kind", "fact")
    few = earlier_runs(served_desk)
    command("check")
    command("check", "--failed")

    assert few == []
    (run,) = earlier_runs(served_desk)
    assert (run.passed, run.known, run.new) == (1, 0, 1)
    assert datetime.now(UTC) - run.at < timedelta(minutes=5)


def test_runs_come_back_oldest_first_and_the_oldest_make_room(tmp_path, monkeypatch):
    monkeypatch.setattr(history, "_RUNS_KEPT", 3)

    for hours in range(5):
        keep_run(tmp_path, [], AT + timedelta(hours=hours))

    found = earlier_runs(tmp_path)
    assert [run.at for run in found] == [AT + timedelta(hours=hours) for hours in (2, 3, 4)]
    assert found[0] == CheckRun(at=AT + timedelta(hours=2), passed=0, known=0, new=0)


@pytest.mark.parametrize("content", ["", "{", "[1]", '[{"at": "soon"}]'])
def test_a_broken_history_is_begun_anew(tmp_path, caplog, content):
    (tmp_path / "checks-history.json").write_text(content)

    assert earlier_runs(tmp_path) == []
    keep_run(tmp_path, [], AT)

    assert len(earlier_runs(tmp_path)) == 1
    assert "begun anew" in caplog.text
