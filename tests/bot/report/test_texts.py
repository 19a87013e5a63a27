"""The report's sentences: the same in both languages, all of them in use."""

import re
from importlib.resources import files
from string import Formatter

import pytest
import yaml

from bot.answers.reasons import AnswerStatus
from bot.texts import REPORT_LANGUAGES, report
from index.due import DueReason


@pytest.fixture(scope="module")
def sentences():
    """Language -> key -> sentence."""
    folder = files("bot.texts")
    return {
        language: yaml.safe_load(folder.joinpath(f"report.{language}.yaml").read_text("utf-8"))
        for language in REPORT_LANGUAGES
    }


def test_both_languages_have_the_same_keys_in_the_same_order_and_the_same_placeholders(sentences):
    english, chinese = sentences["en"], sentences["zh"]

    assert len(english) > 50
    assert list(english) == list(chinese)
    for key, sentence in english.items():
        names = [
            {name for _, name, _, _ in Formatter().parse(each) if name}
            for each in (sentence, chinese[key])
        ]
        assert names[0] == names[1], key


def test_a_sentence_is_in_its_language(sentences):
    for key, sentence in sentences["en"].items():
        assert sentence.strip()
        assert not re.search(r"[\u4e00-\u9fff]", sentence), key
        chinese = re.sub(r"{\w+}", "", sentences["zh"][key])
        assert re.search(r"[\u4e00-\u9fff]", chinese) or not re.search(r"[A-Za-z]", chinese), key


def test_every_sentence_is_used_and_none_is_missing(sentences, project):
    folder = project / "bot" / "report"
    code = "\n".join(
        path.read_text("utf-8") for path in folder.iterdir() if path.suffix in (".py", ".html")
    )
    quoted = set(re.findall(r'"([a-z_]+)"', code))
    computed = {f"status_{status}" for status in AnswerStatus}
    computed |= {f"due_{reason}" for reason in DueReason}

    assert computed <= set(sentences["en"])
    assert [key for key in sentences["en"] if key not in quoted | computed] == []
    called = set(re.findall(r'\b(?:t|say)\(\s*"([a-z_]+)"(?! ~)', code))
    assert called
    assert called - set(sentences["en"]) == {"status_", "due_"} & called


def test_traditional_chinese_is_turned_from_simplified_and_all_others_read_english():
    assert report("status_answered", "zh-Hant") == "已解答"
    assert report("no_topic", "zh-Hant") == "未標主題"
    assert report("total", "ru") == report("total", "en")
