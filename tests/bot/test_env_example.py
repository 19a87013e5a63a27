"""`bot/deploy/env.example` names every setting and no other, as the settings themselves say."""

import re

from bot.env_example import FILE, env_example
from bot.settings import BotSettings
from index.settings import load_settings, names_of, refuse_unknown

LINE = re.compile(r"^#(SMEBOT_\w+)=(.*)$", re.MULTILINE)


def test_the_file_is_as_the_settings_make_it():
    """After a change of settings: `python -m bot.env_example`."""
    assert FILE.read_text("utf-8") == env_example()


def test_it_names_every_setting_once_and_no_other():
    names = [name for name, _ in LINE.findall(FILE.read_text("utf-8"))]

    assert len(names) == len(set(names))
    assert set(names) == names_of(BotSettings)


def test_each_setting_has_a_comment():
    entries = env_example().split("\n\n")[1:]

    assert len(entries) == len(names_of(BotSettings))
    assert all(entry.startswith("# ") and len(entry.split("\n")[0]) > 10 for entry in entries)


def test_copied_as_it_is_it_changes_nothing(tmp_path):
    before = load_settings(BotSettings)
    (tmp_path / ".env").write_text(env_example(), "utf-8")

    refuse_unknown(names_of(BotSettings))
    assert load_settings(BotSettings) == before


def test_each_of_its_values_can_be_taken(tmp_path):
    (tmp_path / ".env").write_text(LINE.sub(r"\1=\2", env_example()), "utf-8")

    settings = load_settings(BotSettings)

    assert settings.staff_ids == {11, 12}
    assert settings.questions_per_minute == 12
