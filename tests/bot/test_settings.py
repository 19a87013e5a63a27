"""Settings of the bot: what is wrong is said in one line, and never with the value."""

from pathlib import Path

import pytest
from pydantic import AnyUrl

from bot.settings import BotSettings, without_secrets
from index.errors import SettingsError
from index.settings import load_settings, names_of

SECRET = "hIdden"


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("HEALTH_PORT=0", "greater than or equal to 1"),
        ("HEALTH_PORT=-1", "greater than or equal to 1"),
        ("HEALTH_PORT=70000", "less than or equal to 65535"),
        ("HEALTH_PORT=80 80", "must be a whole number"),
        ("WEBHOOK_PORT=http", "must be a whole number"),
        ("REPORT_PASSWORD=short", "at least 12"),
        ("REPORT_PASSWORD=long enough for all", "needs SMEBOT_HEALTH_PORT"),
        ("DATABASE_URL=mysql://u@h/d", "must be postgresql+psycopg://"),
        ("DATABASE_URL=postgresql://u:p/w@h/d", "write @ as %40, / as %2F"),
        ("DATABASE_URL=postgresql+psycopg://u@h", "must be postgresql+psycopg://"),
        ("RETENTION_DAYS=1.5", "must be a whole number"),
        ("RETENTION_DAYS=0", "greater than or equal to 1"),
        ("QUESTIONS_PER_MINUTE=many", "must be a whole number"),
        ("STAFF_IDS=11,12", "not valid JSON: write it such as [11, 12]"),
        ("STAFF_IDS=11", "must be a list, such as [11, 12]"),
        ('STAFF_IDS=["@li"]', "must be a whole number: write it such as [11, 12]"),
        ("STAFF_IDS=[true]", "must be a whole number: write it such as [11, 12]"),
        ("STAFF_IDS=[1.0]", "must be a whole number: write it such as [11, 12]"),
        ("STAFF_IDS=[9223372036854775808]", "no person's id"),
        ("STAFF_IDS=[-1001234]", "no person's id"),
        ("STAFF_IDS=[4503599627370496]", "no person's id"),
        ("HANDOVER_CHAT_ID=@staff", "must be a whole number: write it such as -1001234567890"),
        ("HANDOVER_CHAT_ID=0", "is no chat's id"),
        ("HANDOVER_CHAT_ID=-4503599627370496", "is no chat's id"),
        ("OPERATOR_NAME=Hall\nof Trade", "must be one line"),
        (f"OPERATOR_HOURS={201 * 'x'}", "at most 200 characters"),
        ("CORPUS_DIRS=docs", 'not valid JSON: write it such as ["seeds", "corpus"]'),
        ('CORPUS_DIRS="docs"', 'must be a list, such as ["seeds", "corpus"]'),
        ("CORPUS_DIRS=[1]", 'name of a folder or file, in quotes: write it such as ["seeds"'),
        ("CORPUS_DIRS=[]", 'must not be empty: write it such as ["seeds", "corpus"]'),
        ("CHECK_DIRS=checks", 'not valid JSON: write it such as ["corpus/checks"]'),
        ("CHECK_DIRS=[]", 'must not be empty: write it such as ["corpus/checks"]'),
        ("TELEGRAM_API_URL=api.telegram.org", "such as https://api.telegram.org"),
        ("WEBHOOK_URL=example.org", "not written scheme://host:port"),
        ("WEBHOOK_URL=example.org", "such as https://bot.example.org"),
        ("TRANSCRIBE_URL=127.0.0.1:8000", "such as http://127.0.0.1:8000/v1/audio/transcriptions"),
        ("WEBHOOK_URL=ftp://bot.example", "must begin with http:// or https://: write it"),
        ("TELEGRAM_PROXY=127.0.0.1:1080", "not written scheme://host:port"),
        ("TELEGRAM_PROXY=127.0.0.1:1080", "such as socks5://127.0.0.1:1080"),
        ("TELEGRAM_PROXY=localhost:1080", "must begin with http://, https://, socks5:// or"),
        ("TELEGRAM_PROXY=socks5://li:p#ss@127.0.0.1:1080", "write # as %23"),
        ("TELEGRAM_PROXY=socks5://li:12#x@127.0.0.1:1080", "write # as %23"),
        ("TELEGRAM_PROXY=socks5://li:p/ss@127.0.0.1:1080", "/ as %2F"),
        ("TELEGRAM_PROXY=socks5://li:1/2@127.0.0.1:1080", "/ as %2F"),
    ],
)
def test_a_wrong_value_is_told_in_one_line(monkeypatch, setting, said):
    name, value = setting.split("=", 1)
    monkeypatch.setenv(f"SMEBOT_{name}", value)

    with pytest.raises(SettingsError) as error:
        load_settings(BotSettings)

    assert str(error.value).startswith(f"SMEBOT_{name}: ")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


_ANY_TEXT = {
    "SMEBOT_DATA_DIR",
    "SMEBOT_ENCODER_MODEL",
    "SMEBOT_MILVUS_TOKEN",
    "SMEBOT_OPERATOR_CONTACT",
    "SMEBOT_OPERATOR_HOURS",
    "SMEBOT_OPERATOR_NAME",
    "SMEBOT_READER_MODEL",
    "SMEBOT_TELEGRAM_TOKEN",
    "SMEBOT_TRANSCRIBE_KEY",
    "SMEBOT_TRANSCRIBE_MODEL",
    "SMEBOT_WEBHOOK_HOST",
}


@pytest.mark.parametrize("name", sorted(names_of(BotSettings)))
@pytest.mark.parametrize(
    "value",
    [
        SECRET,
        f"socks4://u:{SECRET}@h",
        f'["{SECRET}"',
        f"[{SECRET}]",
        f"socks5://u:1#{SECRET}@h:1",
    ],
)
def test_no_error_holds_the_value(monkeypatch, name, value):
    monkeypatch.setenv(name, value)

    if name in _ANY_TEXT:
        load_settings(BotSettings)
        return

    with pytest.raises(SettingsError) as error:
        load_settings(BotSettings)

    assert SECRET not in str(error.value)


@pytest.mark.parametrize("name", sorted(names_of(BotSettings)))
def test_every_setting_may_be_empty(monkeypatch, name):
    monkeypatch.setenv(name, "")

    assert load_settings(BotSettings) == BotSettings()


@pytest.mark.parametrize(
    ("corpus_dirs", "check_dirs"),
    [
        ('["seeds", "corpus"]', "corpus/checks"),
        ('["/srv/sme/corpus"]', "/srv/sme/corpus/checks"),
        ('["."]', "checks"),
    ],
)
def test_checks_lie_in_the_last_corpus_folder(monkeypatch, corpus_dirs, check_dirs):
    monkeypatch.setenv("SMEBOT_CORPUS_DIRS", corpus_dirs)

    assert load_settings(BotSettings).check_dirs == (Path(check_dirs),)


def test_checks_lie_where_the_setting_says(monkeypatch):
    monkeypatch.setenv("SMEBOT_CHECK_DIRS", '["a", "/b/c"]')

    assert load_settings(BotSettings).check_dirs == (Path("a"), Path("/b/c"))


def test_credentials_are_not_shown_with_the_settings(monkeypatch):
    monkeypatch.setenv("SMEBOT_TELEGRAM_TOKEN", f"1:{SECRET}")
    monkeypatch.setenv("SMEBOT_TELEGRAM_PROXY", f"socks5://li:{SECRET}@127.0.0.1:1080")
    monkeypatch.setenv("SMEBOT_TRANSCRIBE_KEY", SECRET)

    settings = load_settings(BotSettings)

    assert SECRET not in f"{settings!r} {settings} {settings.model_dump()}"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://api.telegram.org", "https://api.telegram.org"),
        ("https://li:pass@bot.example:8443/api/", "https://li:***@bot.example:8443/api"),
        ("https://token@bot.example", "https://***@bot.example"),
        ("socks5://li:p%40ss@127.0.0.1:1080", "socks5://li:***@127.0.0.1:1080"),
        ("https://bot.example/a?key=pass#pass", "https://bot.example/a?***"),
        ("http://[::1]:8081", "http://[::1]:8081"),
    ],
)
def test_a_url_is_shown_without_its_secrets(url, shown):
    assert without_secrets(AnyUrl(url)) == shown
