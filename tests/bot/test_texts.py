"""Every sentence the program says exists in every language, is used, and says the same."""

import ast
import re
import unicodedata
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest
import yaml

import bot
from bot.answers.reasons import AnswerStatus, Reason
from bot.dates import EventStatus
from bot.texts import INTERFACE_LANGUAGES, LANGUAGES, REPORT_LANGUAGES, interface, phrases, text
from index.language import language_of

FILES = [f"{language}.yaml" for language in LANGUAGES]
FILES += [f"interface.{language}.yaml" for language in INTERFACE_LANGUAGES]
TEXTS = {
    name: yaml.safe_load(files("bot.texts").joinpath(name).read_text("utf-8")) for name in FILES
}
PAGES = ("report", "review", "checks", "remarks")
"""What staff alone read; see `test_page_texts` and `test_remark_texts`."""
ANSWERS, INTERFACE = TEXTS["en.yaml"], TEXTS["interface.en.yaml"]
PHRASES = sorted(key for key, value in ANSWERS.items() if isinstance(value, list))
SPEAKERS = [("", text, {"text", "phrases"}), ("interface.", interface, {"interface"})]
"""The beginnings of the files' names, who speaks from them, what code calls with their keys."""

SIMPLIFIED = set(
    "们问题资没个这这样过还对时从现来会关与为业东书买产亿仅众优传伤体兴养写军农决净减几击则刚"
    "创删动务区协单卖卫压厂厅历县参双变叶号听员响团园围国图圆场块坏坚报执扩扫择换据损摇数断无"
    "术机权条极构标样桥检楼欢汇汉济温满点热爱状独现环电画疗监盘码确离种积称稳穷签简类粮约级纪"
    "纯线组细终经结给绝统继续维综网罗职联肃胜脑节药营补观规视览觉订认讨让训议讯记讲许论设访证评"
    "识诉词译试话询该语误说请读谁调谢贝负财责贸费资质购贷赛赢车转轮软输边达运进远连迟选递邮释针"
    "钟钱铁银链销锁错键锦长门闭间闻队阳阶际陆险随难页顶项顺须预领频题额飞饭馆驻验"
)
"""Characters that traditional Chinese does not have."""


def english_of(name):
    """What another language's file is measured by."""
    return INTERFACE if name.startswith("interface.") else ANSWERS


def placeholders(sentence):
    return sorted(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


ROOM = Path(bot.__file__).parent
CODE = tuple(
    node
    for path in sorted(ROOM.rglob("*.py"))
    if "store" not in path.relative_to(ROOM).parts
    for node in ast.walk(ast.parse(path.read_text("utf-8")))
)
"""All syntax nodes of `bot` but its store, which says nothing: `text` is SQLAlchemy's there."""


def nodes(kind):
    return [node for node in CODE if isinstance(node, kind)]


def strings_and_prefixes():
    """All strings in the code but keys of dictionaries, and beginnings of those put together."""
    keys = {id(key) for node in nodes(ast.Dict) for key in node.keys}
    constants = [node.value for node in nodes(ast.Constant) if id(node) not in keys]
    parts = [node.values[0] for node in nodes(ast.JoinedStr) if node.values]
    begun = [part.value for part in parts if isinstance(part, ast.Constant)]
    return (
        {value for value in constants if isinstance(value, str)},
        tuple(prefix for prefix in begun if prefix.endswith("_")),
    )


def keys_asked_for(callers):
    """Keys written out in calls of these functions."""
    for node in nodes(ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in callers and node.args and isinstance(node.args[0], ast.Constant):
            yield node.args[0].value


def test_there_is_a_file_for_every_language_and_no_other():
    found = {path.name for path in files("bot.texts").iterdir() if path.name.endswith(".yaml")}

    of_pages = {f"{page}.{language}.yaml" for page in PAGES for language in REPORT_LANGUAGES}
    assert found == {*FILES, *of_pages}


@pytest.mark.parametrize("name", FILES)
def test_every_language_has_the_same_keys_of_the_same_kind(name):
    kinds = {key: type(value) for key, value in TEXTS[name].items()}

    assert kinds == {key: type(value) for key, value in english_of(name).items()}
    assert set(kinds.values()) <= {str, list}


@pytest.mark.parametrize("name", FILES)
def test_every_language_has_the_same_placeholders(name):
    wanted = {k: placeholders(v) for k, v in english_of(name).items() if isinstance(v, str)}
    assert any(wanted.values())

    assert {key: placeholders(TEXTS[name][key]) for key in wanted} == wanted


@pytest.mark.parametrize("name", FILES)
def test_no_text_is_empty(name):
    for key, value in TEXTS[name].items():
        assert value, key
        for item in value if isinstance(value, list) else [value]:
            assert isinstance(item, str), key
            assert item.strip(), key


@pytest.mark.parametrize("name", FILES)
def test_long_sentences_are_in_their_language(name):
    said = {k: v for k, v in TEXTS[name].items() if isinstance(v, str)}
    sentences = {key: re.sub(r"/\w+|\{\w+\}", "", sentence) for key, sentence in said.items()}
    long = {key: sentence for key, sentence in sentences.items() if len(sentence) > 30}
    assert long

    found = {key: language_of(sentence) for key, sentence in long.items()}

    language = name.removeprefix("interface.").removesuffix(".yaml")
    assert {key for key in found if found[key] != language} == set()


def test_a_phrase_means_one_thing_only():
    meanings = {}
    for key in PHRASES:
        for listed in phrases(key).values():
            assert len(listed) == len(set(listed)), key
            for phrase in listed:
                meanings.setdefault(phrase.casefold(), set()).add(key)

    assert {phrase: keys for phrase, keys in meanings.items() if len(keys) > 1} == {}


@pytest.mark.parametrize(("beginning", "speak", "callers"), SPEAKERS)
def test_every_key_that_the_code_asks_for_exists(beginning, speak, callers):
    asked = set(keys_asked_for(callers))
    assert len(asked) > 10

    assert asked - english_of(beginning).keys() == set()


@pytest.mark.parametrize("name", ["en.yaml", "interface.en.yaml"])
def test_every_key_is_used(name):
    strings, prefixes = strings_and_prefixes()

    unused = [key for key in TEXTS[name] if key not in strings and not key.startswith(prefixes)]

    assert unused == []


def test_every_standing_of_an_event_with_a_date_has_a_note():
    noted = {key.removeprefix("event_") for key in ANSWERS if key.startswith("event_")}

    without = {EventStatus.USUAL, EventStatus.EXPECTED}  # what comes next is told of a series
    assert noted == {status.value for status in EventStatus if status not in without}


def test_every_reason_without_an_answer_is_told_to_people_and_no_other():
    told = {key.removeprefix("no_answer_") for key in ANSWERS if key.startswith("no_answer_")}

    assert told == {reason.value for reason in Reason if reason.may_retry}
    for reason in Reason:
        if reason.status in (AnswerStatus.DECLINED, AnswerStatus.OUT_OF_DATE):
            assert reason.value in ANSWERS


def test_every_reason_is_told_to_staff_and_no_other():
    told = {key.removeprefix("because_") for key in INTERFACE if key.startswith("because_")}

    assert told == {reason.value for reason in Reason} | {"unknown"}


@pytest.mark.parametrize("name", [f"{language}.yaml" for language in LANGUAGES])
def test_no_two_reasons_are_told_alike_and_each_in_one_or_two_sentences(name):
    lines = [line for key, line in TEXTS[name].items() if key.startswith("no_answer_")]

    assert len(lines) == len(set(lines)) == 7
    assert all(1 <= len(re.findall(r"[.。?？؟](?!\d)", line)) <= 2 for line in lines)


@pytest.mark.parametrize(("beginning", "speak", "callers"), SPEAKERS)
def test_traditional_chinese_holds_no_simplified_character(beginning, speak, callers):
    chinese = {k: v for k, v in TEXTS[f"{beginning}zh.yaml"].items() if isinstance(v, str)}
    assert any(SIMPLIFIED & set(sentence) for sentence in chinese.values())

    turned = {
        key: speak(key, "zh-Hant", **dict.fromkeys(placeholders(sentence), 2025))
        for key, sentence in chinese.items()
    }

    left = {key: SIMPLIFIED & set(sentence) for key, sentence in turned.items()}
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
    assert text("sources", language) == TEXTS[f"{as_in}.yaml"]["sources"]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("calendar_unknown", "這項活動沒有確切日期，無法生成日曆檔案。"),
        ("usable_zones", "可以按地點、類型、園區名稱篩選，例如：/zones 境外 浙江"),
        ("topic_market-access", "市場准入"),
        ("publish_button", "發布"),
    ],
)
def test_traditional_chinese_has_the_words_of_taiwan(key, said):
    assert interface(key, "zh-Hant") == said


def test_what_is_put_into_traditional_chinese_changes_its_characters_only():
    assert text("caveat", "zh-Hant", caveat="用户信息") == "注意：用戶信息"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Tea fair (2025)", "\u2068Tea fair (2025)\u2069"),
        ("茶叶博览会", "\u2068茶叶博览会\u2069"),
        ("2025", "2025"),
        ("معرض Tea", "معرض Tea"),
    ],
)
def test_what_is_written_from_left_to_right_is_kept_apart_in_arabic_only(value, shown):
    assert text("caveat", "ar", caveat=value) == f"يُرجى الانتباه: {shown}"
    assert text("caveat", "en", caveat=value) == f"Please note: {value}"


@pytest.mark.parametrize("name", ["ar.yaml", "interface.ar.yaml"])
def test_in_arabic_a_command_is_kept_apart_and_every_line_begins_in_arabic(name):
    """Else its slash is shown behind it, or the line is laid out from left to right."""
    sentences = [value for value in TEXTS[name].values() if isinstance(value, str)]
    assert len(sentences) > 60

    for sentence in sentences:
        assert sentence.count("\u2068") == sentence.count("\u2069")
        outside = re.sub("\u2068.*?\u2069", "", sentence)
        assert not re.search(r"/[a-z]", outside)
        for line in outside.splitlines():
            letters = re.sub(r"\{\w+\}|[\W\d_]", "", line)
            assert letters == "" or unicodedata.bidirectional(letters[0]) == "AL", line


def test_values_are_put_in_as_they_are():
    assert "{x} %s" in text("published", "en", publisher="{x} %s", date="2025")


@pytest.mark.parametrize("language", ["ja", "ko", "en-GB", "und"])
def test_the_interface_speaks_english_where_it_has_no_sentences_of_a_language(language):
    assert interface("more_button", language) == INTERFACE["more_button"]


@pytest.mark.parametrize("speak", [text, interface])
def test_an_unknown_key_is_an_error(speak):
    with pytest.raises(KeyError):
        speak("no_such_key", "en")
