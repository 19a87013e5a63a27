"""Reads a question: what it says, in which language, and what an answer must not miss."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

from bot.answers.cleaning import MAX_CHARS, clean, said_once, without_lead_in
from index import (
    UNKNOWN,
    chinese_number,
    countries_in,
    language_of,
    to_simplified,
    words,
)

_COUNTED = "yuan|dollars?|euros?|million|billion|people|km|[万亿元块人家个吨届]|美元|欧元|公里"
_UNIT = rf"(?!\s*(?:{_COUNTED}))"
"""Not followed by what is counted or paid."""
YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d{2})(?!\d|[.,]\d)" + _UNIT)
RELATIVE_YEARS = {
    0: re.compile(
        r"今年|本年|\bthis year\b|в этом году|올해|هذا العام|\beste año\b|\bcette année\b"
        r"|\bdiese[sm] jahr\b|\bnăm nay\b|\btahun ini\b|\beste ano\b|\bquest'anno\b|\bbu yıl\b",
        re.IGNORECASE,
    ),
    -1: re.compile(
        r"去年|上一年|\blast year\b|в прошлом году|昨年|작년|지난해|العام الماضي"
        r"|\baño pasado\b|\bl'an(?:née)? dernière?\b|\bletzte[sn] jahr\b|\bnăm (?:ngoái|trước)\b"
        r"|\btahun lalu\b|\bano passado\b|\banno scorso\b|\bgeçen yıl\b",
        re.IGNORECASE,
    ),
    -2: re.compile(
        r"(?<![今明来來比])前年|\byear before last\b|позапрошл\w+ год|재작년",
        re.IGNORECASE,
    ),
    1: re.compile(
        r"明年|来年|來年|\bnext year\b|в следующем году|내년|العام المقبل"
        r"|\baño que viene\b|\bpróximo a[ñn]o\b|\bannée prochaine\b|\bl'an prochain\b"
        r"|\bnächste[sn] jahr\b|\b(?:năm sau|sang năm|năm tới)\b|\btahun depan\b|\bgelecek yıl\b",
        re.IGNORECASE,
    ),
}
EDITION = re.compile(
    r"第?\s*(\d{1,3})\s*[届屆回](?!归)|الدورة\s*(\d{1,3})|\b(\d{1,3})(?:st|nd|rd|th)\b|(\d{1,3})-(?:й|я|е|го)\b|제\s*(\d{1,3})\s*회"
)
_FIRST_EDITION = re.compile(r"首[届屆]|\binaugural\b")
_CHINESE_EDITION = re.compile(r"第([一二三四五六七八九十百]{1,5})[届屆]")
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_ORDINAL_EDITION = re.compile(
    rf"\b({'|'.join(_ORDINALS)})\b"
    r"(?=(?:[ -][\w-]+){0,5}?[ -](?:expo|fair|forum|edition|summit)\b)",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"(?<![\d.,])(?:\d{4}|\d{4}\.\d{2}(?:\.\d{2,4})?|\d{8,10})(?![\d,]|\.\d)" + _UNIT
)
_NOTICE = re.compile(r"[〔\[（(【](20\d{2})[〕\]）)】]\s*第?(\d{1,4})[号號]")
_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH_OF_YEAR = re.compile(r"(?:19|20)\d{2}\s*年\s*(1[0-2]|[1-9])\s*月")
_ENGLISH_MONTH = re.compile(
    rf"\b({'|'.join(_MONTHS)})\s+(?:of\s+)?(?:19|20)\d{{2}}\b", re.IGNORECASE
)
COMPARED = re.compile(
    r"[比较較][^，。；、]{0,10}?(?:(?:19|20)\d{2}年|第\s*\d+\s*[届屆])"
    r"|\b(?:than|compared (?:with|to)|against"
    r"|(?:%|per ?cent|points?|rise|increase|growth|fall) (?:on|over|from))"
    r" (?:(?:the|those|that|in|of|at) ){0,3}"
    r"(?:(?:19|20)\d{2}|\d+(?:st|nd|rd|th))",
    re.IGNORECASE,
)
"""What a figure is only set against: it is not the figure of that year or edition."""
FOLLOW_UP = re.compile(
    r"^(?:那|那么|还有|另外|其他|其它|它|他们|这个|这些|那个)|呢[？?]?$"
    r"|^(?:and|but|so|then|what about|how about|what if|does it|is it|"
    r"do they|are they|who else|where else)\b"
    r"|^(?:а|и|но|et|und|còn|thế còn|dan|lalu|e)\s|^¿?y\s|^では|^じゃあ|^그럼|^그러면|^وماذا",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, read.

    `search_text` is what is searched: the text, completed from earlier turns if it leans on them.
    `words` are the words that name something; `years`, `editions`, `codes` and `countries` (ISO
    codes) must not be missing where the answer stands.
    """

    text: str
    search_text: str
    language: str
    words: tuple[str, ...]
    years: frozenset[int]
    months: frozenset[int]
    """Months named together with their year."""
    editions: frozenset[int]
    codes: frozenset[str]
    countries: frozenset[str]
    was_cut: bool
    stressed: frozenset[str] = frozenset()
    """Words that tell what is asked; the others only what it is asked of."""
    label: str = ""
    """What this part of a longer message asks about."""
    told: str = ""
    """What the message says around its question; it tells where the asker sits."""
    starts_anew: bool = False
    """It says that it has nothing to do with what was said before."""

    @property
    def is_empty(self) -> bool:
        """Whether there is not one letter or digit."""
        return not any(character.isalnum() for character in self.text)


def read_question(
    raw: str,
    today: date,
    history: Sequence[str] = (),
    language: str | None = None,
    usual_language: str = "zh",
) -> Question:
    """Clean and analyse a question as it stands; `resolve_history` completes it.

    Args:
        raw: As typed, of any length.
        today: What "this year" means.
        history: Earlier user turns, oldest first: they tell the language of one without letters.
        language: Overrules the detected language.
        usual_language: Of a question without letters where no turn tells its language.
    """
    text, starts_anew = without_lead_in(said_once(clean(raw)))
    was_cut = len(text) > MAX_CHARS
    text = text[:MAX_CHARS]
    if language is None:
        turns = (clean(turn) for turn in (*reversed(history), ""))
        known = (language_of(said) for said in (text, *turns))
        language = next((found for found in known if found != UNKNOWN), usual_language)
    if language == "zh-Hant":
        text = to_simplified(text)
    question = analysed(text, "", language, today, was_cut=was_cut)
    return replace(question, starts_anew=starts_anew)


def analysed(
    text: str,
    earlier: str,
    language: str,
    today: date,
    *,
    was_cut: bool,
    label: str = "",
    told: str = "",
) -> Question:
    """A clean text as a question; what it leaves open is taken from what was said earlier."""
    search_text = earlier + text
    return Question(
        text=text,
        search_text=search_text,
        language=language,
        words=content_words(search_text),
        years=years_in(text, today) or years_in(earlier, today),
        months=_months(text) or _months(earlier),
        editions=_asked_editions(text) or _asked_editions(earlier),
        codes=_codes(text) or _codes(earlier),
        countries=(countries_in(text, language) or countries_in(earlier, language)) - {"CN"},
        was_cut=was_cut,
        label=label,
        told=told,
    )


def content_words(text: str) -> tuple[str, ...]:
    """The words of a text that name something, each once, in order."""
    empty = stopwords()
    return tuple(dict.fromkeys(word for word in words(text) if word not in empty))


def whole_words(found: Sequence[str]) -> list[str]:
    """Words that are no part of a longer one among them."""
    return [word for word in found if not any(word in other != word for other in found)]


@cache
def stopwords() -> frozenset[str]:
    """Words that name nothing, in all languages."""
    source = files(__package__).joinpath("stopwords.yaml").read_text("utf-8")
    lists: dict[str, str] = yaml.safe_load(source)
    return frozenset(word for text in lists.values() for word in text.split())


def years_in(text: str, today: date) -> frozenset[int]:
    """The years that a text names, this and last year among them."""
    found = {int(year) for year in YEAR.findall(text)}
    found |= {today.year + step for step, name in RELATIVE_YEARS.items() if name.search(text)}
    return frozenset(found)


def names_month(text: str, month: int) -> bool:
    """Whether a text in Chinese or English names a month."""
    name = _MONTHS[month - 1]
    return bool(re.search(rf"(?<!\d){month}\s*月|\b{name}\b", text, re.IGNORECASE))


def _months(text: str) -> frozenset[int]:
    found = {int(number) for number in _MONTH_OF_YEAR.findall(text)}
    found |= {_MONTHS.index(name.lower()) + 1 for name in _ENGLISH_MONTH.findall(text)}
    return frozenset(found)


def editions_in(text: str) -> frozenset[int]:
    """The numbers of editions that a text names: 第138届, the 138th, 138-й."""
    found = {int(next(filter(None, groups))) for groups in EDITION.findall(text)}
    found |= {chinese_number(digits) for digits in _CHINESE_EDITION.findall(text)}
    found |= {1} if _FIRST_EDITION.search(text) else set()
    found |= {_ORDINALS.index(name.lower()) + 1 for name in _ORDINAL_EDITION.findall(text)}
    return frozenset(found)


def _asked_editions(text: str) -> frozenset[int]:
    """The editions that are asked about; not one that another is only set against."""
    rest = COMPARED.sub(" ", text)
    names_time = YEAR.search(rest) or any(n.search(rest) for n in RELATIVE_YEARS.values())
    return editions_in(rest if editions_in(rest) or names_time else text)


def _codes(text: str) -> frozenset[str]:
    """Numbers that name a thing, such as 9810, 8517.62 or 〔2025〕43号, no years."""
    codes = {code for code in _CODE.findall(text) if not YEAR.fullmatch(code)}
    return frozenset(codes | {f"〔{year}〕{number}号" for year, number in _NOTICE.findall(text)})
