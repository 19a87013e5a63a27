"""What a question names, and how something else of the same sort takes its place.

After 上海的平台怎么落地？ the follow-up 那江苏呢？ names another province, after "Who came to the
138th Canton Fair?" the follow-up "And the 137th?" another edition.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from index import (
    EDITION,
    OPPOSITES,
    PROVINCES,
    RELATIVE_YEARS,
    SIDES,
    THINGS,
    YEAR,
    EntryKind,
    Glossary,
    cities_in,
    fold,
    place_spans,
)

IN_CHINA = "place in China"
ABROAD = "place abroad"
HOME = "China"
TIME = "year"
NUMBER = "edition"
SIDE = "side"
_OF_GLOSSARY = {*THINGS, EntryKind.TERM, EntryKind.POLICY}
_YEAR = re.compile(f"{YEAR.pattern}年?")
_RELATIVE = tuple(
    (sort, step, re.compile(said, re.IGNORECASE))
    for sort, step, said in (
        (NUMBER, -1, r"[上前]一?[届屆]|\b(?:previous|preceding) (?:one|edition)"),
        (NUMBER, 1, r"[下后後]一?[届屆]|\b(?:next|following) (?:one|edition)"),
        (TIME, -1, r"前一年|\b(?:previous|preceding) year|\byear before(?! last)"),
        (TIME, 1, r"[后後下]一年|第二年|次年|\b(?:following year|year after)"),
    )
)
"""The edition or year before or after the one that an earlier question names."""
_KIND_OF_PLACE = re.compile(r"省|市(?!场)|自治区")
_WHICH = {
    sort: re.compile(
        rf"(哪[些几一]?个?|\bwhich\b)\s?(?:{said}|地方|地区|places?|regions?)", re.IGNORECASE
    )
    for sort, said in (
        (IN_CHINA, "省份|省市|省|城市|市|provinces?|cit(?:y|ies)"),
        (ABROAD, "国家|国|countr(?:y|ies)"),
    )
}
"""A place that is asked for; a follow-up that names one asks the same of that alone."""
_PREPOSITION = re.compile(r"\s(?:in|of|at|for|from)\s*$", re.IGNORECASE)
_BETWEEN_THING_AND_PLACE = ("", "in", "of", "at", "的")
_ENDINGS = {"1": "st", "2": "nd", "3": "rd"}


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that a text names.

    Attributes:
        sort: Only something else of the same sort takes its place: a kind of the glossary, one of
            the sorts above, or one side of two, as spring or autumn, imports or exports.
        names: Which one it is, the same in every language: an id of the glossary, a code of a
            place, a number; +1 or -1 for the year or edition after or before another one.
        start: Where it stands in `aligned(text)`.
        end: The same.
        text: How it is written there.
    """

    sort: str
    names: str
    start: int
    end: int
    text: str

    @property
    def is_thing(self) -> bool:
        """Whether a question can be about it by itself, as about a fair, a zone or a law."""
        return self.sort in _OF_GLOSSARY - {EntryKind.TERM}

    @property
    def is_where_or_when(self) -> bool:
        """Whether it is a place, a year, an edition or a side."""
        return self.sort not in _OF_GLOSSARY


SlotsOf = Callable[[str], tuple[Slot, ...]]
"""What a text names, to somebody who knows the names and the day."""


def aligned(text: str) -> str:
    """The text that slots are counted in: folded, if a letter of it folds into two (ß, ﬁ)."""
    folded = fold(text)
    return text if len(folded) == len(text) else folded


@lru_cache(maxsize=2**8)
def slots_in(text: str, glossary: Glossary, today: date) -> tuple[Slot, ...]:
    """All that a text names, in order, none within another.

    Args:
        text: Of a question.
        glossary: Recognises names.
        today: What "this year" means.
    """
    text = aligned(text)
    mentions = (m for m in glossary.mentions(text) if m.entry.kind in _OF_GLOSSARY)
    found = [
        *(_place(text, *place) for place in place_spans(text)),
        *((m.entry.kind.value, m.entry.id, m.start, m.end) for m in mentions),
        *_numbered(text, today),
    ]
    kept: list[Slot] = []
    for sort, names, start, end in sorted(found, key=lambda f: f[2] - f[3]):
        if all(end <= slot.start or slot.end <= start for slot in kept):
            kept.append(Slot(sort, names, start, end, text[start:end]))
    return tuple(sorted(kept, key=lambda slot: slot.start))


def _place(text: str, name: str, start: int, end: int) -> tuple[str, str, int, int]:
    is_within = name in PROVINCES or bool(cities_in(name))
    sort = HOME if name == "CN" else IN_CHINA if is_within else ABROAD
    kind = _KIND_OF_PLACE.match(text, end)
    return sort, name, start, kind.end() if kind else end


def _numbered(text: str, today: date) -> Iterable[tuple[str, str, int, int]]:
    """Years, editions and sides, by number or by word."""
    for sort, pattern in ((TIME, _YEAR), (NUMBER, EDITION)):
        for match in pattern.finditer(text):
            yield sort, next(filter(None, match.groups())), *match.span()
    by_word = [
        *((TIME, str(today.year + step), said) for step, said in RELATIVE_YEARS.items()),
        *((sort, f"{step:+}", said) for sort, step, said in _RELATIVE),
        *(
            (f"{SIDE} {number}", side, SIDES[side])
            for number, pair in enumerate(OPPOSITES)
            for side in pair
        ),
    ]
    for sort, names, said in by_word:
        for match in said.finditer(text):
            yield sort, names, *match.span()


def put_in_place(turn: str, said: str, new: Sequence[Slot], slots_of: SlotsOf) -> str | None:
    """An earlier question with what a follow-up names in the place of what it named itself.

    What has no place in it is put behind it. Of several places, none is meant for sure.

    Args:
        turn: The earlier question.
        said: The follow-up.
        new: What that names.
        slots_of: What a text names.

    Returns:
        None if the earlier question names nothing of the same sort.
    """
    old, turn = slots_of(turn), aligned(turn)
    changes: dict[tuple[int, int], str] = {}
    rest: list[str] = []
    for sort in dict.fromkeys(slot.sort for slot in new):
        named = [slot for slot in new if slot.sort == sort]
        text = aligned(said)[named[0].start : named[-1].end]
        asked = _WHICH[sort].search(turn) if sort in _WHICH else None
        same = [slot for slot in old if slot.sort == sort]
        if asked:
            changes[asked.span()] = f"{text} {asked[1]}"
        elif len({slot.names for slot in same}) == 1:
            changes |= {(s.start, s.end): _in_relation_to(s, named[0], text) for s in same}
        else:
            rest.append(text)
    if not changes:
        return None
    replaced = [slot for slot in old if (slot.start, slot.end) in changes]
    changes |= {(s.start, s.end): "" for s in old if _goes_with(s, replaced, turn)}
    for (start, end), text in sorted(changes.items(), reverse=True):
        before = turn[:start] if text else _PREPOSITION.sub("", turn[:start])
        turn = before + text + turn[end:]
    body = turn.rstrip("?？ ")
    return f"{' '.join([body, *rest])}{turn[len(body) :]}"


def _goes_with(slot: Slot, replaced: Sequence[Slot], turn: str) -> bool:
    """Whether what an earlier question names belongs to something that is replaced in it.

    The edition of a fair does, the year of an edition, and the place that a thing's name is said
    with: "the Long Jiang park in Vietnam".
    """
    if slot.sort in {other.sort for other in replaced}:
        return False
    things = [other for other in replaced if other.is_thing]
    if slot.sort == NUMBER:
        return bool(things)
    if slot.sort == TIME:
        return any(other.sort == NUMBER for other in replaced)
    between = (turn[min(slot.end, t.end) : max(slot.start, t.start)] for t in things)
    return slot.sort in _WHICH and any(
        words.strip(" ,，(（").casefold() in _BETWEEN_THING_AND_PLACE for words in between
    )


def _in_relation_to(old: Slot, new: Slot, text: str) -> str:
    """The text of what is new; 上一届 after 第138届 as 第137届, written like that."""
    if new.names[0] not in "+-" or not old.names.isdecimal():
        return text
    number = str(int(old.names) + int(new.names))
    ending = "th" if number[-2:-1] == "1" else _ENDINGS.get(number[-1], "th")
    return re.sub(r"\d+([a-z]*)", lambda found: number + (found[1] and ending), old.text)
