"""Every sentence the program says exists in every language, is used, and says the same."""

import ast
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest
import yaml

import bot
from bot.answers.values import EventStatus
from bot.texts import LANGUAGES, phrases, text
from index import language_of

TEXTS = {
    language: yaml.safe_load(files("bot.texts").joinpath(f"{language}.yaml").read_text("utf-8"))
    for language in LANGUAGES
}
SENTENCES = sorted(key for key, value in TEXTS["en"].items() if isinstance(value, str))
LISTS = sorted(TEXTS["en"].keys() - SENTENCES)

TRUE_BOTH_WAYS = "台里后面谷制松干万才发只系"
"""Simplified characters that are right in some traditional words as well."""
SIMPLIFIED = set(
    "们问题资没个这这样过还对时从现来会关与为业东书买产亿仅众优传伤体兴养写军农决净减几击则刚"
    "创删动务区协单卖卫压厂厅历县参双变叶号听员响团园围国图圆场块坏坚报执扩扫择换据损摇数断无"
    "术机权条极构标样桥检楼欢汇汉济温满点热爱状独现环电画疗监盘码确离种积称稳穷签简类粮约级纪"
    "纯线组细终经结给绝统继续维综网罗职联肃胜脑节药营补观规视览觉订认讨让训议讯记讲许论设访证评"
    "识诉词译试话询该语误说请读谁调谢贝负财责贸费资质购贷赛赢车转轮软输边达运进远连迟选递邮释针"
    "钟钱铁银链销锁错键锦长门闭间闻队阳阶际陆险随难页顶项顺须预领频题额飞饭馆驻验"
) - set(TRUE_BOTH_WAYS)


def placeholders(sentence):
    return sorted(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


def source_trees():
    paths = sorted(Path(bot.__file__).parent.rglob("*.py"))
    return [ast.parse(path.read_text("utf-8")) for path in paths]


def strings_and_prefixes():
    """All strings in the code of `bot`, and the beginnings of those that are put together."""
    nodes = [node for tree in source_trees() for node in ast.walk(tree)]
    constants = (node.value for node in nodes if isinstance(node, ast.Constant))
    joined = (node.values[0] for node in nodes if isinstance(node, ast.JoinedStr) and node.values)
    begun = (part.value for part in joined if isinstance(part, ast.Constant))
    return (
        {value for value in constants if isinstance(value, str)},
        {prefix for prefix in begun if prefix.endswith("_")},
    )


def keys_asked_for():
    """Keys written out in calls of `text` and `phrases`."""
    for node in (node for tree in source_trees() for node in ast.walk(tree)):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            key = node.args[0]
            if name in ("text", "phrases") and isinstance(key, ast.Constant):
                yield key.value


def test_there_is_a_file_for_every_language_and_no_other():
    found = {path.name for path in files("bot.texts").iterdir() if path.name.endswith(".yaml")}

    assert found == {f"{language}.yaml" for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys_of_the_same_kind(language):
    kinds = {key: type(value) for key, value in TEXTS[language].items()}

    assert kinds == {key: type(value) for key, value in TEXTS["en"].items()}
    assert set(kinds.values()) == {str, list}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_placeholders(language):
    for key in SENTENCES:
        wanted = placeholders(TEXTS["en"][key])
        assert placeholders(TEXTS[language][key]) == wanted, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_padded(language):
    for key, value in TEXTS[language].items():
        for item in value if isinstance(value, list) else [value]:
            assert isinstance(item, str), key
            assert item == item.strip() != "", key
        assert value, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_sentences_are_in_their_language(language):
    long = [key for key in SENTENCES if len(TEXTS[language][key]) > 30]
    assert len(long) > 10

    for key in long:
        assert language_of(TEXTS[language][key]) == language, key


def test_a_phrase_means_one_thing_only():
    meanings = {}
    for key in LISTS:
        for listed in phrases(key).values():
            assert len(listed) == len(set(listed)), key
            for phrase in listed:
                meanings.setdefault(phrase.casefold(), set()).add(key)

    assert {phrase: keys for phrase, keys in meanings.items() if len(keys) > 1} == {}


def test_every_key_that_the_code_asks_for_exists():
    asked = set(keys_asked_for())
    assert len(asked) > 10

    assert asked - TEXTS["en"].keys() == set()


def test_every_key_is_used():
    strings, prefixes = strings_and_prefixes()

    unused = [
        key for key in TEXTS["en"] if key not in strings and not key.startswith(tuple(prefixes))
    ]

    assert unused == []


def test_every_standing_of_an_event_with_a_date_has_a_note():
    noted = {key.removeprefix("event_") for key in SENTENCES if key.startswith("event_")}

    assert noted == {status.value for status in EventStatus} - {EventStatus.USUAL.value}


def test_traditional_chinese_holds_no_simplified_character():
    sentences = {
        key: text(key, "zh-Hant", **dict.fromkeys(placeholders(TEXTS["zh"][key]), "资料"))
        for key in SENTENCES
    }
    assert any(set(TEXTS["zh"][key]) & SIMPLIFIED for key in SENTENCES)

    left = {key: SIMPLIFIED & set(sentence) for key, sentence in sentences.items()}
    assert {key: characters for key, characters in left.items() if characters} == {}


@pytest.mark.parametrize(
    ("language", "as_in"),
    [
        ("zh", "zh"),
        ("zh-Hans", "zh"),
        ("en-GB", "en"),
        ("ru-RU", "ru"),
        ("de", "en"),
        ("und", "en"),
    ],
)
def test_a_language_without_texts_of_its_own_is_answered_in_the_nearest(language, as_in):
    assert text("sources", language) == TEXTS[as_in]["sources"]


def test_values_are_put_in_as_they_are():
    assert "{x} %s" in text("published", "en", publisher="{x} %s", date="2025")


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        text("no_such_key", "en")
