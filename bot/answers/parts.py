"""What one message asks: several questions, of several things, years and editions."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from bot.answers.cleaning import SPACES
from bot.answers.question import (
    EDITION,
    FOLLOW_UP,
    YEAR,
    Question,
    analysed,
    content_words,
    whole_words,
    years_in,
)
from index import EntryKind, Glossary, countries_in, fold

_MOST_PARTS = 4
"""Of more years or editions than that the first ones are looked up."""
_QUESTION_END = re.compile(r"(?<=[？?；;؟])")
_NO_SUBJECT = re.compile(
    r"^(?:哪|什么时候|何时|怎么|如何|多少|几|有没有|有什么|是不是|能|要|在哪|需要|谁|分别|其中|另外|还"
    r"|可以|可否|最多|最少|最高|最低|大概|一共|总共|總共)"
    r"|\b(?:it|its|they|them|their|this|that|these|those)\b"
    r"|^(?:when|where|how|who|why|is|are|does|do|did|can|will)\s+(?:the\s+)?\w+\s*\?$"
    r"|\b(?:он|она|они|его|её|их)\b",
    re.IGNORECASE,
)
"""Speaks of what the sentence before is about."""
_COMPARES = re.compile(
    r"(?<![扎巴])比(?![利什绍紹勒亚亞])|[较較]|哪[一]?[个個边邊届屆家座项項]|邊一|还是|還是|各|分别|分別|区别|區別|不同|差别"
    r"|\b(?:vs\.?|versus|compared?|difference|differ|both|each|whichever)\b|\bwhich\b.*\bor\b"
    r"|\b(?:older|newer|bigger|larger|more|less|fewer|higher|lower|earlier|later)\b.*\b(?:or|than)\b"
    r"|больше|меньше|разниц|сравн|どちら|違い|比べ|比較|어느|차이|비교|أيهما|مقارنة|الفرق",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[，,；;。？?!！：:]|以及|还有|另外|(?:\b(?:and|or|but)\b|(?<!\w)[иа](?!\w))"
    r"(?=\s+(?:also |in )?(?:how|what|when|where|who|whom|which|is|are|was|were|does|do|did|can|of"
    r"|сколько|когда|где|кто|как|какой|какая|какие)\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"多少|[几幾]|哪|[谁誰]|[什甚][么麼]|何[时時]|怎|咋|啥|吗|嗎|(?P<same>[\u4e00-\u9fff])不(?P=same)|多[大长長远遠久]|是不是|有[没沒]有|[没沒]有.{0,12}[？?]"
    r"|\b(?:how|what|when|where|who|whom|which|is|are|was|were|does|do|did|can|must|will)\b"
    r"|сколько|когда|\bгде\b|\bкто\b|\bкак|нужн",
    re.IGNORECASE,
)
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
_EACH = re.compile(
    r"([^，。？,?\s]{1,8})[和与與、及]([^，。？,?\s]{1,8}?)(?:分别|分別|各)([^，。？,?]+)"
)
_WHICH_HAS_MORE = re.compile(
    r"哪[一]?[届屆个個家边邊]([^，。？,?\s]{2,8}?)(?:更|比较|比較)?[多大高少][，,]\s*"
    r"(?:各自?|分别|分別)[有是为為]?(多少[^，。？,?]*)"
)
"""哪一届采购商多，各有多少: how many buyers."""
_MOST_CLAUSES = 3
_PART_OF_YEAR = re.compile(r"春季|秋季|上半年|下半年|\b(?:spring|autumn)\b", re.IGNORECASE)
_WORDS_OF_CLAUSE = 2
_WORDS_ALONE = 3
"""A sentence with fewer words that name something is not understood alone."""


def focused(question: Question, today: date) -> list[Question]:
    """The questions that one message asks: each sentence, each year, season or edition named."""
    sentences = _sentences(question.text)
    if len(sentences) == 1:
        return _by_number(question, today)
    before = question.search_text.removesuffix(question.text).strip()
    parts = []
    for sentence in sentences[:_MOST_PARTS]:
        earlier = f"{before} " if before else ""
        part = analysed(
            sentence,
            earlier,
            question.language,
            today,
            was_cut=False,
            label=sentence,
            told=question.told,
        )
        parts += _by_number(part, today)
        goes_on = years_in(sentence, today) - years_in(before, today)
        before = sentence if goes_on else ""  # "And exports?" is of the year just named
    return parts


def _sentences(text: str) -> list[str]:
    """The questions in a text; one that says too little alone stays with the one before."""
    found: list[str] = []
    for sentence in filter(None, map(str.strip, _QUESTION_END.split(text))):
        leans = (
            FOLLOW_UP.search(sentence)
            or _NO_SUBJECT.search(sentence)
            or len(content_words(sentence)) < _WORDS_ALONE
        )
        if found and (leans or len(content_words(found[-1])) < _WORDS_ALONE):
            found[-1] = f"{found[-1]} {sentence}"
        else:
            found.append(sentence)
    return found or [text]


def _by_number(question: Question, today: date) -> list[Question]:
    for pattern, count in (
        (EDITION, len(question.editions)),
        (YEAR, len(question.years)),
        (_PART_OF_YEAR, _MOST_PARTS),
    ):
        tokens = list(dict.fromkeys(m[0] for m in pattern.finditer(question.search_text)))
        if count > 1 and len(tokens) > 1:
            return [
                analysed(
                    _without(question.search_text, [t for t in tokens if t != token]),
                    "",
                    question.language,
                    today,
                    was_cut=False,
                    label=token,
                    told=question.told,
                )
                for token in tokens[:_MOST_PARTS]
            ]
    return [question]


def compares(question: Question) -> bool:
    """Whether a question sets things against each other."""
    return bool(_COMPARES.search(question.text))


def clauses(question: Question) -> list[Question]:
    """The same question, read for each thing that it asks: who did it, and for how much.

    Only text and words are those of the clause; all else is of the whole question.
    """
    told = _EACH.sub(r"\1\3，\2\3", _WHICH_HAS_MORE.sub(r"\1有\2", question.text))
    asking = [part for part in filter(None, _CLAUSE.split(told)) if _ASKS.search(part)]
    if not 1 < len(asking) <= _MOST_CLAUSES:
        asking = [told]
    if len(asking) == 1:
        return [replace(question, text=asking[0], words=content_words(asking[0]))]
    return [_clause(part, question) for part in asking]


def _clause(text: str, question: Question) -> Question:
    clause = replace(question, text=text, words=content_words(text))
    if stands_alone(clause):
        return clause
    return replace(clause, words=question.words, stressed=frozenset(clause.words))


def stands_alone(clause: Question) -> bool:
    """Whether a clause says enough to be looked for without the rest."""
    return len(whole_words(content_words(clause.text))) >= _WORDS_OF_CLAUSE


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
    text = _without(question.text, places).strip()
    earlier = _without(question.search_text.removesuffix(question.text), places)
    return analysed(
        text,
        earlier,
        question.language,
        today,
        was_cut=False,
        label=question.label,
        told=question.told,
    )


def is_question(text: str) -> bool:
    """Whether a sentence asks something, by its sign or its words."""
    return bool(_IS_QUESTION.search(text))


def leans(text: str) -> bool:
    """Whether a sentence speaks of what the one before it is about."""
    return any(said.search(text) for said in (FOLLOW_UP, _NO_SUBJECT, _SPEAKS_OF_IT))


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


def less_home(question: Question) -> str:
    """The search text less what tells where the asker sits."""
    told = question.text.removesuffix(asking_part(question.text))
    return less_story(question) if _IS_BASED.search(told) else question.search_text


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


def compared(question: Question, glossary: Glossary, today: date) -> list[Question]:
    """The same question of each thing that it compares, where it compares things of one kind."""
    if not compares(question):
        return [question]
    things: dict[str, dict[str, list[str]]] = {}
    folded = fold(question.search_text)
    for mention in glossary.mentions(question.search_text):
        if mention.entry.kind is EntryKind.WORD:
            continue
        forms = things.setdefault(mention.entry.kind, {}).setdefault(mention.entry.id, [])
        forms.append(folded[mention.start : mention.end])
    for alike in things.values():
        if len(alike) > 1:
            return [
                analysed(
                    _without(folded, [f for o in alike.values() if o is not forms for f in o]),
                    "",
                    question.language,
                    today,
                    was_cut=False,
                    label=forms[0],
                    told=question.told,
                )
                for forms in list(alike.values())[:_MOST_PARTS]
            ]
    return [question]


def _without(text: str, tokens: Sequence[str]) -> str:
    for token in tokens:
        text = text.replace(token, " ")
    return SPACES.sub(" ", text)
