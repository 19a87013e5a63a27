"""`smebot report`: a page in a file, of what the database holds."""

import shutil

import pytest

from bot.store import Store, now
from tests.bot.report.conftest import keep


@pytest.fixture
def asked(served_desk):
    """Somebody asked how many booths there are, and nobody could tell."""
    store = Store(served_desk / "smebot.sqlite")
    keep(store, "a", now(), status="not_in_documents", reason="not_read")
    store.add_unanswered("Booths of the moon fair?", "en", "not_in_documents", [], asked_by=7)
    store.close()


def test_the_report_is_written_to_a_file_that_is_named(command, asked, tmp_path):
    outcome = command("report", "--language", "en", "--out", "page.html")

    assert (outcome.code, outcome.out) == (0, "written: page.html\n")
    content = (tmp_path / "page.html").read_text("utf-8")
    assert '<html lang="en">' in content
    assert "Booths of the moon fair?" in content


def test_the_report_is_in_chinese_unless_another_language_is_named(command, asked, tmp_path):
    languages = {"zh": (), "zh-Hant": ("--language", "zh-TW"), "en": ("--language", "ru")}

    for language, options in languages.items():
        command("report", *options)
        assert f'<html lang="{language}">' in (tmp_path / "report.html").read_text("utf-8")


def test_no_more_days_are_told_of_than_questions_are_kept(command, asked, tmp_path, monkeypatch):
    monkeypatch.setenv("SMEBOT_RETENTION_DAYS", "7")

    command("report", "--days", "30", "--language", "en")

    assert "questions in 7 days" in (tmp_path / "report.html").read_text("utf-8")


def test_what_stands_in_the_way_is_said_in_a_line(command, served_desk, tmp_path):
    (tmp_path / "folder").mkdir()

    command("report", "--out", "folder").assert_error("folder")
    command("report", "--out", "nowhere/page.html").assert_error("nowhere")
    assert command("report", "--days", "0").code == 2


def test_without_an_index_the_report_says_how_to_build_one(command, served_desk):
    shutil.rmtree(served_desk / "snapshots")

    command("report").assert_error("smebot index build")
