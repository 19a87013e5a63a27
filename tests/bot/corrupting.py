"""Ways to corrupt an answer, each of which its verification must catch."""

import copy
import re
from dataclasses import replace

import pytest

from bot.answers.verification import verify
from bot.errors import UnverifiedError


def body_of(answer):
    """The quoting part: all lines that end with a mark, of one question also those between."""
    lines = answer.text.split("\n")
    marked = [n for n, line in enumerate(lines) if re.search(r"\[\d+\]$", line)]
    shown = marked if answer.parts else range(marked[-1] + 1)
    return "\n".join(lines[n] for n in shown)


def with_another_digit(body, chance):
    """One digit of a quote is another one; None if there is no digit."""
    spots = [m.start() for m in re.finditer(r"\d(?!\d*\]$)", body, re.MULTILINE)]
    if not spots:
        return None
    at = chance.choice(spots)
    return f"{body[:at]}{(int(body[at]) + chance.randint(1, 9)) % 10}{body[at + 1 :]}"


def with_another_word(body, chance):
    """One word, or one Chinese character, is another one."""
    spots = list(re.finditer(r"[\u4e00-\u9fff]|[^\W\d_\u4e00-\u9fff]+", body))
    word = chance.choice(spots)
    other = "非" if word[0] != "非" else "无"
    return f"{body[: word.start()]}{other}{body[word.end() :]}"


def without_a_word(body, chance):
    """One word is missing."""
    word = chance.choice(list(re.finditer(r"\w+", re.sub(r"\[\d+\]", "", body))))
    return body.replace(word[0], "", 1)


def with_a_sentence_more(body, chance):
    """One sentence is added that no source says."""
    lines = body.split("\n")
    lines.insert(chance.randrange(len(lines) + 1), "This is guaranteed. [1]")
    return "\n".join(lines)


def with_another_mark(body, chance):
    """One mark points to another citation, or to none."""
    spots = list(re.finditer(r"\[(\d+)\]$", body, re.MULTILINE))
    mark = chance.choice(spots)
    return f"{body[: mark.start()]}[{int(mark[1]) + chance.randint(1, 3)}]{body[mark.end() :]}"


CORRUPTIONS = [with_another_digit, with_another_word, without_a_word, with_a_sentence_more]


def shifted(citation, chance):
    """The citation with another start or end, its quote as it was: no such object can be made."""
    start, end = citation.start, citation.end
    if chance.random() < 0.5:
        start += chance.choice([-1, 1])
    else:
        end += chance.choice([-1, 1])
    return {"start": max(0, start), "end": end}


def assert_caught(body, citations):
    with pytest.raises(UnverifiedError):
        verify(body, citations)


def assert_every_corruption_is_caught(answer, chance):
    """Each way to corrupt the answer once; the answer itself passes. Gives their number."""
    body, citations = body_of(answer), answer.shown
    verify(body, citations)
    corrupted = [corrupt(body, chance) for corrupt in CORRUPTIONS]
    for bad in filter(None, corrupted):
        assert bad != body
        assert_caught(bad, citations)
    at = chance.randrange(len(citations))
    offsets = shifted(citations[at], chance)
    if citations[at].document.text[slice(*offsets.values())] != citations[at].quote:
        with pytest.raises(ValueError, match="the quote is not"):
            replace(citations[at], **offsets)
        forged = copy.copy(citations[at])
        for name, value in offsets.items():
            object.__setattr__(forged, name, value)
        assert_caught(body, (*citations[:at], forged, *citations[at + 1 :]))
    return len(list(filter(None, corrupted))) + 1
