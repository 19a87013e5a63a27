"""What a message tells of the asker before it asks, and the question without it."""

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from bot.answers.question import (
    FOLLOW_UP,
    NO_SUBJECT,
    Question,
    analysed,
    content_words,
    whole_words,
    without,
)
from index import YEAR, EntryKind, Glossary, countries_in, years_in

_WORDS_OF_CLAUSE = 2

_IS_QUESTION = re.compile(
    r"[?？؟]$|多少|[几幾]|哪|[谁誰]|[什甚][么麼]|何[时時]|怎|咋|啥|[吗嗎]|有[没沒]有|(?P<same>[\u4e00-\u9fff])不(?P=same)"
    r"|^(?:how|what|when|where|who|which|does|do|did|can|is|are)\b"
    r"|сколько|когда|\bкто\b|^где\b|^как",
    re.IGNORECASE,
)
_BUYER_EN = r"(?:buyer|customer|client|importer|distributor|agent|partner)s?"
_BUYER_ZH = r"(?:客户|客戶|买家|買家|买方|買方|采购商|進口商|进口商|经销商|代理商|合作伙伴|朋友)"
_WHERE_THE_OTHER_IS = re.compile(
    rf"\b{_BUYER_EN}(?P<en>,? (?:in|from|based in) (?:the )?[A-Z]\w+(?: [A-Z]\w+)?)"
    rf"|\b(?P<people>[A-Z][a-z]+ )(?={_BUYER_EN}\b)"
    rf"|(?P<zh>[\u4e00-\u9fff]{{2,5}}?)(?:那边|那邊|方面)?的?(?={_BUYER_ZH})"
    r"|\b(?:покупател|клиент|заказчик|партн[её]р)\w*(?P<ru> (?:из|в|во) [А-ЯЁ]\w+)"
)
"""Where a customer sits: often a circumstance only, and not what is asked about."""
_COUNTS = re.compile(
    r"(?:多少|[几幾])[个個名家位]?$|(?:\bhow many|\bnumber of|сколько)(?: of the)? $",
    re.IGNORECASE,
)
"""Those of a country are asked about themselves: 多少美国采购商."""
_STATEMENT = re.compile(r"[^。！？；!?;，]+?(?:\.(?=\s)|[。！？；!?;，]|$)")
_IS_BASED = re.compile(
    r"^(?:we|i)(?:'re|'m|’re|’m| are| am| run| own| work)\b(?!.*passport)"
    r"|\bhere[.,]|^(?:\w+ ){1,4}of an? "
    r"|^(?:我|我们|我們|咱们|俺|我司|本公司)(?:是|在|公司|厂|廠|[\u4e00-\u9fff]{2,3}[做开搞])(?!.*[护護]照)|です[。]?$|입니다"
    r"|^(?:мы|я) (?:из|в|работаем|компания|—)"
    r"|^(?:soy|somos|nous sommes|je suis|wir sind|ich bin|chúng tôi là)",
    re.IGNORECASE,
)
"""Says where the asker sits; what is asked may have nothing to do with it."""
_SPEAKS_OF_IT = re.compile(
    r"^(?:[那这這该該][个個家里裡边邊些座]?(?:园|園|展|平台|银行|公司|机构|機構|地方|城市|市场|市場|里|边)"
    r"|那[里边裡邊儿兒]|[上里裡]面)"
    r"|\b(?:that|this|the same) (?:park|zone|fair|expo|bank|city|market|platform|place|country)\b"
    r"|(?<!is )(?<!are )(?<!was )\bthere\b(?! (?:is|are|was|were|any)\b)",
    re.IGNORECASE,
)
"""那个园区: a place or thing just told of."""


def without_whereabouts(question: Question, today: date) -> Question | None:
    """The question without the country where a customer sits; None if it names none."""
    places = [
        place
        for match in _WHERE_THE_OTHER_IS.finditer(question.search_text)
        for group in match.groups()
        if group
        and (place := _country_at_the_end(group))
        and not _COUNTS.search(question.search_text[: match.start() + match[0].index(place)])
    ]
    if not places:
        return None
    text = without(question.text, places).strip()
    earlier = without(question.search_text.removesuffix(question.text), places)
    return analysed(text, earlier, question.language, today, was_cut=False)


def is_question(text: str) -> bool:
    """Whether a sentence asks something, by its sign or its words."""
    return bool(_IS_QUESTION.search(text))


def leans(text: str) -> bool:
    """Whether a sentence speaks of what the one before it is about."""
    return any(said.search(text) for said in (FOLLOW_UP, NO_SUBJECT, _SPEAKS_OF_IT))


@lru_cache(maxsize=2**6)
def asking_part(text: str) -> str:
    """A message from its first question on; all of it if that speaks of what it tells before."""
    for part in _STATEMENT.finditer(text):
        if _IS_QUESTION.search(part[0].strip()):
            asked = text[part.start() :].strip()
            return text if _SPEAKS_OF_IT.search(asked) else asked
    return text


def less_story(question: Question) -> str:
    """The search text less what the message tells before it asks."""
    return question.search_text.removesuffix(question.text) + asking_part(question.text)


def what_is_asked(question: Question, glossary: Glossary, today: date) -> Question | None:
    """What a message asks, less what it tells of the one who asks; None if that is all of it.

    "We make toys in Foshan. Which offices ...": the toys are in no document. A country told of
    counts on, unless the asker sits there or what is asked has a name of its own.
    """
    text = asking_part(question.text)
    told = question.text.removesuffix(text)
    if (
        not told
        or told == question.text
        or len(whole_words(content_words(text))) < _WORDS_OF_CLAUSE
    ):
        return None
    search_text = less_story(question)
    named = countries_in(text, question.language) - {"CN"}
    is_told_only = _IS_BASED.search(told) or any(
        mention.entry.kind not in (EntryKind.PLACE, EntryKind.WORD, EntryKind.TERM)
        for mention in glossary.mentions(text)
    )
    return replace(
        question,
        text=text,
        search_text=search_text,
        words=content_words(search_text),
        countries=named if named or is_told_only else question.countries,
        years=years_in(text, today) or frozenset(map(int, YEAR.findall(question.search_text))),
    )


def _country_at_the_end(text: str) -> str:
    """The shortest end of a text that is a country's name; all of it where words have spaces."""
    if not countries_in(text) or " " in text:
        return text if countries_in(text) else ""
    if countries_in(text[:-1]) == countries_in(text):  # it ends with something else
        return ""
    return next(text[i:] for i in reversed(range(len(text))) if countries_in(text[i:]))
