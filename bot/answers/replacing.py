"""Puts what a follow-up names in the place of what an earlier question named."""

import re
from dataclasses import replace
from datetime import date

from bot.answers.slots import ABROAD, IN_CHINA, NUMBER, TIME, Slot, aligned, is_thing, slots_in
from index import Glossary

_WHICH_PLACE = {
    IN_CHINA: re.compile(
        r"哪[些几一]?个?(?:省份|省市|省|城市|市|地方|地区)(?P<zh>有)?"
        r"|\bwhich (?:provinces?|cit(?:y|ies)|places?|regions?)(?P<en> ha(?:ve|s))?",
        re.IGNORECASE,
    ),
    ABROAD: re.compile(
        r"哪[些几一]?个?(?:国家|国|地方|地区)(?P<zh>有)?"
        r"|\bwhich (?:countr(?:y|ies)|places?|regions?)(?P<en> ha(?:ve|s))?",
        re.IGNORECASE,
    ),
}
"""哪些省有 X: of a province then named is asked which X it has."""
_PREPOSITION = re.compile(r"\s(?:in|of|at|for|from)\s*$", re.IGNORECASE)
_BETWEEN_NAME_AND_PLACE = ("", "in", "of", "at", "的")
_STEPS = {"before": -1, "after": 1}
_ENDINGS = {"1": "st", "2": "nd", "3": "rd"}


def replaced(
    text: str, said: str, new: tuple[Slot, ...], glossary: Glossary, today: date
) -> str | None:
    """A question with what a follow-up names in the place of what it named; None if nothing fits.

    What has no place in it is put behind it. Who names another fair does not mean the edition of
    the old one, nor who names another edition the year of that.

    Args:
        text: The earlier question.
        said: The follow-up.
        new: What that names.
        glossary: Recognises names.
        today: What "this year" means.
    """
    old, text = slots_in(text, glossary, today), aligned(text)
    new = _together(new, aligned(said))
    changes: dict[tuple[int, int], str] = {}
    rest: list[str] = []
    for slot in new:
        which = _WHICH_PLACE[slot.sort].search(text) if slot.sort in _WHICH_PLACE else None
        same = [each for each in old if each.sort == slot.sort]
        is_one = len({each.names for each in same}) == 1  # of several none is meant for sure
        if which:
            changes[which.span()] = "which" if which["en"] else slot.text
            changes[which.span()] += "有哪些" if which["zh"] else ""
            rest += [f"in {slot.text}"] if which["en"] else []
        elif is_one and (same[0].start, same[0].end) not in changes:
            changes |= {(each.start, each.end): slot.text for each in same}
        else:
            rest.append(slot.text)
    if not changes:
        return None
    for slot in old:
        if _goes_with_it(slot, text, old, changes, new):
            changes[slot.start, slot.end] = ""
    for (start, end), words in sorted(changes.items(), reverse=True):
        before = text[:start] if words else _PREPOSITION.sub("", text[:start])
        text = before + words + text[end:]
    body = text.rstrip("?？ ")
    return f"{' '.join([body, *rest])}{text[len(body) :]}"


def _together(new: tuple[Slot, ...], said: str) -> tuple[Slot, ...]:
    """What is named of one sort as one: 越南和泰国."""
    kept: list[Slot] = []
    for slot in new:
        if kept and kept[-1].sort == slot.sort:
            first = kept.pop()
            words = said[first.start : slot.end]
            kept.append(Slot(slot.sort, first.names, first.start, slot.end, words))
        else:
            kept.append(slot)
    return tuple(kept)


def _goes_with_it(
    slot: Slot,
    text: str,
    old: tuple[Slot, ...],
    changes: dict[tuple[int, int], str],
    new: tuple[Slot, ...],
) -> bool:
    """Whether what an earlier question names belongs to what is replaced in it.

    The edition of a fair does, the year of an edition, and the place that a zone's name is said
    with: "the Long Jiang park in Vietnam".
    """
    sorts = {each.sort for each in new}
    if slot.sort in sorts or (slot.start, slot.end) in changes:
        return False
    things = [each for each in old if is_thing(each) and each.sort in sorts]
    if slot.sort == NUMBER:
        return bool(things)
    if slot.sort == TIME:
        return NUMBER in sorts
    between = (text[min(slot.end, t.end) : max(slot.start, t.start)] for t in things)
    return slot.sort in _WHICH_PLACE and any(
        words.strip(" ,，(（").casefold() in _BETWEEN_NAME_AND_PLACE for words in between
    )


def in_relation_to(
    turn: str, new: tuple[Slot, ...], glossary: Glossary, today: date
) -> tuple[Slot, ...]:
    """What a follow-up names, the edition before or after the one of a turn by its number."""
    numbers = {s.names: s.text for s in slots_in(turn, glossary, today) if s.sort == NUMBER}
    if len(numbers) != 1:
        return new
    (number, written), *_ = numbers.items()
    return tuple(
        replace(slot, names=other, text=_ordinal(written, other))
        if slot.sort == NUMBER
        and slot.names in _STEPS
        and (other := str(int(number) + _STEPS[slot.names]))
        else slot
        for slot in new
    )


def _ordinal(written: str, number: str) -> str:
    """Another number in the way that one is written: 第138届, 138th."""
    ending = _ENDINGS.get(number[-1], "th") if number[-2:-1] != "1" else "th"
    return re.sub(
        r"\d+(?:st|nd|rd|th)",
        f"{number}{ending}",
        re.sub(r"\d+(?!\d|st|nd|rd|th)", number, written),
    )
