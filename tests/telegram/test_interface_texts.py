"""The interface's sentences: the same in every language, all of them in use."""

import re
from string import Formatter

import pytest
import yaml

from bot.texts import INTERFACE_LANGUAGES, interface

_CALLED = re.compile(r'interface\(\s*f?"([^"]+)"')
_QUOTED = re.compile(r'"([a-z_0-9]+)"')


@pytest.fixture(scope="module")
def sentences(project):
    """Language -> key -> sentence."""
    folder = project / "bot" / "texts"
    return {
        code: yaml.safe_load((folder / f"interface.{code}.yaml").read_text("utf-8"))
        for code in INTERFACE_LANGUAGES
    }


@pytest.fixture(scope="module")
def source(project):
    """All of the code that may use a sentence."""
    return "\n".join(path.read_text("utf-8") for path in sorted((project / "bot").rglob("*.py")))


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_every_language_has_the_same_keys_in_the_same_order(sentences):
    assert len(sentences["en"]) > 50
    for language in sentences.values():
        assert list(language) == list(sentences["en"])


def test_a_sentence_has_the_same_placeholders_in_every_language(sentences):
    differing = [
        key
        for key in sentences["en"]
        if len({frozenset(_placeholders(each[key])) for each in sentences.values()}) > 1
    ]

    assert differing == []


def test_no_sentence_is_empty_or_in_the_wrong_script(sentences):
    for key, sentence in sentences["en"].items():
        assert sentence.strip()
        assert not re.search(r"[\u4e00-\u9fff]", sentence), key
    wordy = {k: s for k, s in sentences["zh"].items() if len(re.sub(r"[{}\w]", "", s)) < len(s)}
    wordless = [k for k, s in wordy.items() if not re.search(r"[\u4e00-\u9fff]", s)]
    assert wordless == ["profile_line"]


def test_no_sentence_is_missing(sentences, source):
    called = [name for name in _CALLED.findall(source) if "{" not in name]

    assert called
    assert [name for name in called if name not in sentences["en"]] == []


def test_no_sentence_is_unused(sentences, source):
    quoted = set(_QUOTED.findall(source))
    prefixes = tuple(name.partition("{")[0] for name in _CALLED.findall(source) if "{" in name[1:])

    unused = [k for k in sentences["en"] if k not in quoted and not k.startswith(prefixes)]

    assert unused == []


def test_every_command_has_a_description_that_telegram_takes(sentences):
    for language in sentences.values():
        commands = {k: s for k, s in language.items() if k.startswith("command_")}
        assert commands
        assert all(1 <= len(sentence) <= 256 for sentence in commands.values())


def test_languages_without_an_interface_get_english():
    assert interface("thanks_for_vote", "ja") == interface("thanks_for_vote", "en")


def test_traditional_chinese_is_turned_from_simplified():
    assert interface("helpful", "zh-Hant") == "👍 有用"
    assert "介面語言" in interface("choose_language", "zh-Hant")
