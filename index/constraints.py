"""What an answer must not miss: what a question names, read as documents are read."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from index.facts import Facts, facts_of
from index.glossary import EntryKind, Glossary, fold
from index.times import months_of_years_in

THINGS = (
    EntryKind.INSTITUTION,
    EntryKind.COMPANY,
    EntryKind.EVENT,
    EntryKind.ZONE,
    EntryKind.PROGRAMME,
    EntryKind.PRODUCT,
)

_ASKS_NUMBER = re.compile(
    r"""
      \b(?:more|fewer)\ \w+\ (?:in|at)\b.*\bor\b | 哪.{1,6}更?多 | больше\ .*или
    | 多少 | (?<!哪)几 | 多大 | 多长 | 多远 | 多久 | 利率 | 占比 | [贸进出]?口?易?总?额 | 金额
    | 数量 | 价格 | 租金 | 费用 | 汇率 | 税率
    | how\ (?:many|much|long|far|large|big|high) | what\ share
    | \b(?:number|amount|volume|value|price|rent|fees?|rates?|total)\ of\b
    | \b(?:trade|exports?|imports?)\b.*\b(?:total|figures?|(?:19|20)\d{2})\b
    | \b(?:total|exchange|interest|average)\ \w+
    | сколько | товарооборот | объ[её]м | курс | стоимость | цена
    | いくつ | いくら | 何社 | 何カ国 | 料金 | 価格 | 몇 | 얼마 | 무역액 | 환율 | 금액 | 가격
    | كم | حجم | سعر | قيمة
    | \bcuánt[oa]s?\b | \bcombien\b | \bwie\ ?viele?\b | \bbao\ nhiêu\b | \bmấy\b
    | \bberapa\b | \bquant[oiae]s?\b | \bkaç\b
    """,
    re.VERBOSE,
)
_ASKS_DATE = re.compile(
    r"""
      什么时候 | 啥时候? | 何时 | 哪天 | 哪一天 | 哪一?年 | 何年 | 几时 | 多会儿
    | 几月 | 几号 | 日期 | 时间 | 截止
    | \bwhen\b | what\ dates? | which\ dates? | (?:what|which)\ (?:year|day|month)
    | когда | いつ | 언제 | 며칠(?:부터|까지) | متى
    | \bcuándo\b | \bquand\b | \bwann\b | \bkhi\ nào\b | \bngày\ nào\b | \bkapan\b | \bquando\b
    | \bne\ zaman\b
    """,
    re.VERBOSE,
)


_NOTHING = Facts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """What a question names and what kind of value it asks for.

    Attributes:
        named: By all of it and by the earlier turns that it leans on.
        asking: By its part that asks, and by those turns; the rest only tells of the asker.
        years: That are asked about.
        months: Named with their year.
        editions: That are asked about.
        codes: Customs codes and numbers of notices.
        countries: Other than China, and not the European Union.
        asks_number: A figure is asked for.
        asks_date: A date is asked for.
        sides: See `OPPOSITES`.
        forms: How it names its things, folded.
        compares: Things are set against each other.
        talked_of: What the conversation was about, less what something else of its sort is named
            for now, and nothing where a place is named ("and the one in Serbia?"); a question that
            is read without it must not be answered with another.
    """

    named: Facts
    asking: Facts
    years: frozenset[int]
    months: frozenset[int]
    editions: frozenset[int]
    codes: frozenset[str]
    countries: frozenset[str]
    asks_number: bool
    asks_date: bool
    sides: frozenset[str] = frozenset()
    forms: tuple[str, ...] = ()
    compares: bool = False
    talked_of: Facts = _NOTHING

    @property
    def things(self) -> frozenset[str]:
        """The fairs, zones, institutions and products named."""
        return self.named.entries_of(THINGS)


def read_constraints(
    text: str,
    language: str,
    today: date | None,
    glossary: Glossary,
    *,
    earlier: str = "",
    talked_of: str = "",
    asking: str = "",
) -> Constraints:
    """Read a question as documents are read.

    Args:
        text: Of the question.
        language: Its language, BCP 47.
        today: What "this year" means.
        glossary: Recognises names and terms.
        earlier: What was said before; what `text` leaves open is taken from it.
        talked_of: What was said before, where nothing is taken from it.
        asking: The part of `text` that asks; all of it if not given.
    """
    own, before, part, conversation = (
        facts_of(each, glossary, language=language, today=today)
        for each in (text, earlier, asking or text, talked_of)
    )
    own, before = _asked_about(own), _left_open(_asked_about(before), own)
    return Constraints(
        named=Facts.union((own, before)),
        asking=Facts.union((part, before)),
        years=own.years or before.years,
        months=months_of_years_in(text) or months_of_years_in(earlier),
        editions=own.editions or before.editions,
        codes=own.codes or before.codes,
        countries=(own.countries or before.countries) - {"CN", "EU"},
        asks_number=asks_number(text),
        asks_date=asks_date(text),
        sides=own.sides or before.sides,
        forms=_forms_of_things(text, glossary) or _forms_of_things(earlier, glossary),
        talked_of=_NOTHING if _names_place(own) else _left_open(conversation, own),
    )


def asks_number(question: str) -> bool:
    """Whether a figure is asked for."""
    return bool(_ASKS_NUMBER.search(fold(question)))


def asks_date(question: str) -> bool:
    """Whether a date is asked for."""
    return bool(_ASKS_DATE.search(fold(question)))


def _forms_of_things(text: str, glossary: Glossary) -> tuple[str, ...]:
    folded = fold(text)
    mentions = (m for m in glossary.mentions(text) if m.entry.kind in THINGS)
    return tuple(folded[mention.start : mention.end] for mention in mentions)


def _left_open(before: Facts, own: Facts) -> Facts:
    """What was named before, less what something else of its sort is named for now.

    After "Who came to the 138th Canton Fair?" the question "And the 137th?" is of that alone.
    """
    kinds = {entry.partition(":")[0] for entry in own.entries}
    none = frozenset[Any]()
    if _names_place(own):
        kinds.add(EntryKind.PLACE)
        before = replace(before, countries=none, provinces=none, cities=none, cities_abroad=none)
    return replace(
        before,
        years=none if own.years else before.years,
        editions=none if own.editions else before.editions,
        entries=frozenset(e for e in before.entries if e.partition(":")[0] not in kinds),
    )


def _names_place(named: Facts) -> bool:
    return bool(named.provinces or named.cities or named.places or named.countries - {"CN"})


def _asked_about(named: Facts) -> Facts:
    """The same with the years and editions that are only compared with, if there are no others."""
    if named.years or named.editions:
        return named
    return replace(named, years=named.all_years, editions=named.compared_editions)
