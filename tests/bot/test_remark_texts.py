"""What is remarked in English is said in Chinese; places, keys and quotes stay as they are."""

import ast
from importlib.resources import files
from string import Formatter

import pytest
import yaml

from bot.texts import remark
from index import Remark
from index.errors import DocumentError
from index.loading.extraction.extracted import Cause
from index.terminal import remark_of

_OF_THE_LINE = {"in_file", "in_line", "because", "and"}
_OF_ERRORS = {"disk_full": {"path", "reason"}, "no_permission": {"path", "reason"}}
_OF_ERRORS |= {"os_error": {"path", "reason"}}
_IN_A_VARIABLE = {"near_sentence", "same_text", "near_text"}
"""Named where the kind of a repetition is found."""


@pytest.fixture(scope="module")
def remarked(project):
    """Name of each remark in the code -> names of its values."""
    found: dict[str, set[str]] = dict(_OF_ERRORS)
    found |= {f"cannot_{cause}": set() for cause in Cause if cause != Cause.UNREADABLE}
    found |= {name: {"other", "sentence"} for name in _IN_A_VARIABLE}
    for path in [*(project / "bot").rglob("*.py"), *(project / "index").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Remark.of":
                name = node.args[0]
                if isinstance(name, ast.Constant):
                    found[name.value] = {str(each.arg) for each in node.keywords}
    return found


def _sentences(language):
    return yaml.safe_load(
        files("bot.texts").joinpath(f"remarks.{language}.yaml").read_text("utf-8")
    )


def _placeholders(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_remark_has_words_in_chinese_and_none_is_unused(remarked):
    sentences = _sentences("zh")

    assert len(remarked) > 50
    assert set(sentences) - _OF_THE_LINE == set(remarked)
    assert set(_sentences("en")) <= set(sentences)
    for language in ("zh", "en"):
        for name, sentence in _sentences(language).items():
            known = remarked.get(name, {"path", "line", "said", "details"})
            assert _placeholders(sentence) <= known, name


def test_a_status_in_a_remark_is_said_in_chinese_too():
    text, wanted = "status {status}, wanted {wanted}", "not_in_documents / unclear"
    found = Remark.of("other_status", text, status="answered", wanted=wanted)

    assert remark(found, "zh") == "结果是 已解答，应为 资料中没有 / 问题不明确"
    assert remark(found, "en") == "status answered, wanted not_in_documents / unclear"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "policy/贴息.md 第3行：检查题 loan 现在通过，发布后会失败：没有说到：50万元"),
        ("zh-Hant", "policy/贴息.md 第3行：檢查題 loan 現在通過，發布後會失敗：沒有說到：50万元"),
        ("en", "policy/贴息.md, line 3: check loan passes now and would fail: not said: 50万元"),
        ("ru", "policy/贴息.md, line 3: check loan passes now and would fail: not said: 50万元"),
    ],
)
def test_a_remark_is_said_with_its_place_and_what_it_comes_from(language, said):
    fault = Remark.of("not_said", "not said: {words}", words="50万元")
    found = Remark(
        "check loan passes now and would fail",
        "check_breaks",
        {"check": "loan"},
        path="policy/贴息.md",
        line=3,
        details=(fault,),
    )

    assert remark(found, language) == said


def test_what_has_no_words_of_its_own_stays_english(tmp_path):
    error = DocumentError(tmp_path / "a.md", "not valid YAML: {x", line=2)

    assert remark(remark_of(error), "zh") == f"{tmp_path}/a.md 第2行：not valid YAML: {{x"
    assert remark(Remark("an older one", "not_said"), "zh") == "an older one"


def test_who_reads_it_in_telegram_is_told_no_command_of_the_terminal():
    found = Remark.of("no_index", "no index in {path}: run `smebot index build`", path="/data")

    assert "/reindex" in remark(found, "en")
    assert "/reindex" in remark(found, "zh")
    for language in ("zh", "en"):
        assert "smebot " not in "".join(_sentences(language).values()).replace("of smebot", "")
