"""Recognises what asks nothing of the documents: greetings, thanks, and what must be declined."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.answers.reasons import AnswerStatus
from bot.shipped import parsed
from bot.texts import phrases

_KINDS = ("greeting", "how_are_you", "thanks", "goodbye", "who")
_NOISE = re.compile(r"[\W_]+")
_CLAUSE = re.compile(r"[,.!?;，。！？；、~～\n]+")
_FILLER = re.compile(r"(?<=.)(?:today|everyone|friend|呀|啊|哦|哈|哟|咯|了)+$")
_IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ABUSE, _LAWFUL, _PERSONAL, _UNLAWFUL = "abuse", "lawful", "personal", "unlawful"


@dataclass(frozen=True, slots=True)
class Reply:
    """A ready answer: its status and the key of its text."""

    status: AnswerStatus
    key: str


def ready_reply(question: str) -> Reply | None:
    """The fitting reply to what is no question for the documents; None if it is one."""
    kind = _small_talk(question)
    if kind:
        return Reply(AnswerStatus.SMALL_TALK, f"small_talk_{kind}")
    of_rule = next((kind for kind in _rules() if _is_of(question, kind)), _LAWFUL)
    if of_rule == _LAWFUL:
        return None
    if of_rule == _ABUSE:
        return Reply(AnswerStatus.SMALL_TALK, "small_talk_abuse")
    return Reply(AnswerStatus.DECLINED, f"declined_{of_rule}")


def _is_of(question: str, kind: str) -> bool:
    if kind == _UNLAWFUL and _is_of(question, _LAWFUL):
        return False
    if kind == _PERSONAL and _IDENTITY_NUMBER.search(question):
        return True
    return any(rule.search(question) for rule in _rules()[kind])


@cache
def _rules() -> dict[str, list[re.Pattern[str]]]:
    """Kinds of messages -> patterns made of the phrases in the file."""
    source = files(__package__).joinpath("ready_replies.yaml").read_text("utf-8")
    kinds: dict[str, list[list[list[str]]]] = parsed(source)
    return {kind: [_compiled(rule) for rule in rules] for kind, rules in kinds.items()}


def _compiled(rule: list[list[str]]) -> re.Pattern[str]:
    distance = 10 if _HAN.search(rule[0][0]) else 30
    groups = ["|".join(map(_at_word_start, group)) for group in rule]
    between = rf"[^.!?。！？]{{0,{distance}}}?"
    return re.compile(between.join(f"(?:{group})" for group in groups), re.IGNORECASE)


def _at_word_start(phrase: str) -> str:
    return re.escape(phrase) if _HAN.search(phrase) else rf"(?<!\w){re.escape(phrase)}"


def _small_talk(question: str) -> str | None:
    """The kind of the last phrase, if the message consists of such phrases only."""
    kinds = [
        _phrases().get(_plain(clause)) for clause in _CLAUSE.split(question) if _plain(clause)
    ]
    whole = _phrases().get(_plain(question))
    return whole or (kinds[-1] if kinds and all(kinds) else None)


def _plain(clause: str) -> str:
    return _FILLER.sub("", _NOISE.sub("", clause).casefold())


@cache
def _phrases() -> dict[str, str]:
    return {
        _plain(phrase): kind
        for kind in _KINDS
        for listed in phrases(kind).values()
        for phrase in listed
    }
