"""What the sentence that answers must not miss: the edition, month, year and country asked about.

Figures and dates are always those of a year and a country; a sentence about others answers another
question, however near it lies.
"""

import re
from functools import lru_cache

from bot.answers.parts import less_story
from bot.answers.question import COMPARED, Question, editions_in, names_month
from index import (
    Document,
    cities_in,
    concern,
    countries_in,
    province_of,
    provinces_in,
    to_simplified,
)

_ASKS_NUMBER = re.compile(
    r"\b(?:more|fewer) \w+ (?:in|at)\b.*\bor\b|哪.{1,6}更?多|больше .*или|"
    r"多少|(?<!哪)几|多大|多长|多远|多久|利率|占比|"
    r"how (?:many|much|long|far|large|big|high)|what share|"
    r"сколько|いくつ|いくら|何社|何カ国|몇|얼마|كم|"
    r"[贸進进出]口?易?[总總]?额|金额|总额|數額|数量|价格|租金|费用|汇率|税率|"
    r"\b(?:number|amount|volume|value|price|rent|fees?|rates?|total) of\b|"
    r"\b(?:trade|exports?|imports?)\b.*\b(?:total|figures?|(?:19|20)\d{2})\b|"
    r"\b(?:total|exchange|interest|average) \w+|товарооборот|объ[её]м|курс|стоимость|цена|"
    r"総額|貿易額|料金|価格|무역액|환율|금액|가격|حجم|سعر|قيمة|"
    r"\bcuánt[oa]s?\b|\bcombien\b|\bwie ?viele?\b|\bbao nhiêu\b|\bmấy\b|"
    r"\bberapa\b|\bquant[oiae]s?\b|\bkaç\b",
    re.IGNORECASE,
)
_ASKS_DATE = re.compile(
    r"什么时候|啥时候?|何时|哪天|哪一天|哪一?年|何年|几时|多会儿|几月|几号|日期|时间|截止|"
    r"\bwhen\b|what dates?|which dates?|(?:what|which) (?:year|day|month)|"
    r"когда|いつ|언제|며칠(?:부터|까지)|متى|"
    r"\bcuándo\b|\bquand\b|\bwann\b|\bkhi nào\b|\bngày nào\b|\bkapan\b|\bquando\b|\bne zaman\b",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_REPORTED = re.compile(
    r"(?:19|20)\d{2}年(?:\d{1,2}月)?(?:\d{1,2}日)?的?[^，。；、]{0,6}?(?:报道|報道|消息)"
    r"|\breport(?:ed|s)? (?:of|from|in|on|for) (?:[\w ]{0,12}? )?(?:19|20)\d{2}",
    re.IGNORECASE,
)
"""When something was written, which is not the time that it is about."""
OPPOSITES = tuple(
    (re.compile(one, re.IGNORECASE), re.compile(other, re.IGNORECASE))
    for one, other in (
        (r"出口[总總]?[额額值]|\bexports\b", r"[进進]口[总總]?[额額值]|\bimports\b"),
        (r"春季|春[交展]|\bspring\b", r"秋季|秋[交展]|\bautumn\b"),
        (r"[一首]期|\bphase (?:one|1|i)\b", r"[二三]期|\bphase (?:two|three|2|3|iii?)\b"),
        (r"上半年|\bfirst half\b", r"下半年|\bsecond half\b"),
        (
            r"全年|整年|一整年|\b(?:whole|full|entire) (?:year|of (?:19|20)\d{2})|за весь год",
            r"累[计計]|上半年|前[一二三四五六七八九十\d]+个月|\bso far\b|\bfirst half\b",
        ),
    )
)
"""What is said of one is not said of the other."""
_UNION = re.compile(r"欧盟|\bEU\b|European Union")


def asks_number(question: Question) -> bool:
    """Whether a figure is asked for."""
    return _finds(_ASKS_NUMBER, question.text)


def asks_date(question: Question) -> bool:
    """Whether a date is asked for."""
    return _finds(_ASKS_DATE, question.text)


def tells_next_dates(question: Question, document: Document) -> bool:
    """Whether a series' usual dates tell when it is held next, or in the year asked about."""
    event, as_of = document.metadata.event, document.metadata.as_of
    if not event or not event.usual or question.editions or not asks_date(question):
        return False
    return not question.years or (as_of is not None and min(question.years) >= as_of.first.year)


@lru_cache(maxsize=2**6)
def _finds(pattern: re.Pattern[str], text: str) -> bool:
    """Remembered, as it is asked again for every sentence that might answer."""
    return bool(pattern.search(text) or pattern.search(to_simplified(text)))


def is_of_another_matter(question: Question, document: Document, text: str) -> bool:
    """Whether what a sentence gives cannot be what is asked for.

    Args:
        question: As read.
        document: The sentence stands in.
        text: The sentence with its title and headings.
    """
    text = COMPARED.sub(" ", _REPORTED.sub(" ", text))
    if _is_of_another_edition(question, document, text) or _is_of_the_opposite(question, text):
        return True
    if not (asks_number(question) or asks_date(question)):
        return False
    if _is_of_another_time(question, text) and not tells_next_dates(question, document):
        return True
    return asks_number(question) and (
        _is_of_another_country(question, document, text) or _is_of_another_city(question, document)
    )


def _is_of_the_opposite(question: Question, text: str) -> bool:
    """Goods for services, imports for exports, the spring fair for the autumn fair."""
    return any(
        _finds(asked, question.search_text)
        and not _finds(opposite, question.search_text)
        and opposite.search(text)
        and not asked.search(text)
        for pair in OPPOSITES
        for asked, opposite in (pair, pair[::-1])
    )


def _is_of_another_edition(question: Question, document: Document, text: str) -> bool:
    event = document.metadata.event
    if not event or not event.edition:
        return False
    asked = question.editions
    if asked:
        return event.edition not in asked and not asked & editions_in(text)
    held = {day.first.year for day in (event.start, event.end) if day}
    named = {int(year) for year in _YEARS.findall(text)}
    return bool(question.years and held and not question.years & (held | named))


def _is_of_another_time(question: Question, text: str) -> bool:
    """A sentence may leave out the year, but it names no other one; months it must name."""
    if question.months and not any(names_month(text, month) for month in question.months):
        return True
    years = {int(year) for year in _YEARS.findall(text)}
    return bool(question.years and years and not years & question.years)


def _is_of_another_city(question: Question, document: Document) -> bool:
    """A city or province that is asked about must be named somewhere in the document."""
    text = less_story(question)
    cities = cities_in(text)
    if cities:
        return not cities & cities_in(document.text)
    provinces = provinces_in(text)
    within = {province_of(city) for city in cities_in(document.text)}
    return bool(provinces) and not provinces & (provinces_in(document.text) | within)


def _is_of_another_country(question: Question, document: Document, text: str) -> bool:
    """The country must be named, unless the whole document is about it alone."""
    if not question.countries:
        return False
    concerned = frozenset(document.metadata.countries) - {"CN"}
    if concerned and concerned <= question.countries:
        return False
    named = countries_in(text) | ({"EU"} if _UNION.search(text) else set())
    return not concern(question.countries, named)
