"""The sentences of staff's pages: the same in both languages, all of them in use."""

import re
from importlib.resources import files
from string import Formatter

import pytest
import yaml

from bot.review.values import Verdict
from bot.texts import REPORT_LANGUAGES, checks, review

_PAGES = {"review": "bot/review/page.py", "checks": "bot/checks/page.py"}
_COMPUTED = {
    "review": {*Verdict, "sum_added", "sum_changed", "sum_removed"},
    "checks": {f"group_{label}" for label in ("FAIL", "WRONG", "known", "MENDED", "ok")}
    | {"by_topic", "by_language", "by_kind"},
}


def _sentences(page, language):
    text = files("bot.texts").joinpath(f"{page}.{language}.yaml").read_text("utf-8")
    return yaml.safe_load(text)


def _placeholders(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("page", _PAGES)
def test_both_languages_say_the_same_each_in_its_own_script(page):
    english, chinese = (_sentences(page, language) for language in ("en", "zh"))

    assert {"en", "zh"} == set(REPORT_LANGUAGES)
    assert len(english) > 20
    assert list(english) == list(chinese)
    for key, sentence in english.items():
        assert _placeholders(sentence) == _placeholders(chinese[key]), key
        assert not re.search(r"[\u4e00-\u9fff]", sentence), key
        assert re.search(r"[\u4e00-\u9fff]", chinese[key]), key


@pytest.mark.parametrize("page", _PAGES)
def test_every_sentence_is_used(page, project):
    quoted = set(re.findall(r"[\"']([a-z_]+)[\"']", (project / _PAGES[page]).read_text("utf-8")))

    assert [k for k in _sentences(page, "en") if k not in quoted | _COMPUTED[page]] == []


def test_traditional_chinese_is_turned_from_simplified_and_all_others_read_english():
    assert review("added", "zh-Hant") == "新增"
    assert checks("expected", "zh-Hant") == "已知失敗的原因"
    assert review("added", "vi") == "added"
