"""Years, months and editions that a text names, and what they are there for.

A year may be the period that is spoken of, the date of a report, or only what a figure is compared
with.
"""

import re
from datetime import date

from index.dates import dates_in
from index.numbers import chinese_number

_COUNTED = "yuan|dollars?|euros?|million|billion|people|km|[万亿元块人家个吨届]|美元|欧元|公里"
NOT_COUNTED = rf"(?!\s*(?:{_COUNTED}))"
"""Pattern of a number that is not followed by what is counted or paid."""
YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d{2})(?!\d|[.,]\d)" + NOT_COUNTED)
_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_SEASONS = "spring summer autumn fall winter".split()
RELATIVE_YEARS = {
    0: re.compile(
        r"今年|本年|今[春夏秋冬]|\bthis (?:year|"
        + "|".join((*_SEASONS, *(month for month in _MONTHS if month != "may")))
        + r")\b|в этом году|올해|هذا العام|\beste año\b|\bcette année\b"
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
"""Years from today -> how they are named."""
EDITION = re.compile(
    r"第?\s*(\d{1,3})\s*[届屆回](?!归)|الدورة\s*(?:ال[ـ\s]*)?(\d{1,3})"
    r"|\b(\d{1,3})(?:st|nd|rd|th)\b|(\d{1,3})-(?:й|я|е|го)\b|제\s*(\d{1,3})\s*회"
    r"|\b[Ll]ần(?: thứ)?\s*(\d{1,3})\b|\b(\d{1,3})\.?[ªº]|\b[Ee]dición\s*(\d{1,3})\b"
)
_FIRST_EDITION = re.compile(r"首[届屆]|\binaugural\b")
_CHINESE_EDITION = re.compile(r"第([一二三四五六七八九十百]{1,5})[届屆]")
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_ORDINAL_EDITION = re.compile(
    rf"\b({'|'.join(_ORDINALS)})\b"
    r"(?=(?:[ -][\w-]+){0,5}?[ -](?:expo|fair|forum|edition|summit)\b)",
    re.IGNORECASE,
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
REPORTED = re.compile(
    r"(?:19|20)\d{2}年(?:\d{1,2}月)?(?:\d{1,2}日)?的?[^，。；、]{0,6}?(?:报道|報道|消息)"
    r"|\breport(?:ed|s)? (?:of|from|in|on|for) (?:[\w ]{0,12}? )?(?:19|20)\d{2}",
    re.IGNORECASE,
)
"""When something was written, which is not the time that it is about."""
_MONTH = re.compile(rf"(?<!\d)(1[0-2]|0?[1-9])\s*月|\b({'|'.join(_MONTHS)})\b", re.IGNORECASE)


_STEPS = {
    "editions": {
        -1: re.compile(r"[上前]一?[届屆]|\b(?:previous|preceding) (?:one|edition)", re.IGNORECASE),
        1: re.compile(r"[下后後]一?[届屆]|\b(?:next|following) (?:one|edition)", re.IGNORECASE),
    },
    "years": {
        -1: re.compile(
            r"前一年|\b(?:previous|preceding) year|\byear before(?! last)", re.IGNORECASE
        ),
        1: re.compile(r"[后後下]一年|第二年|次年|\b(?:following year|year after)", re.IGNORECASE),
    },
}
"""The one before or after another that was spoken of."""


def years_in(text: str, today: date | None = None) -> frozenset[int]:
    """The years that a text names; with a day, this and last year among them."""
    found = {int(year) for year in YEAR.findall(text)}
    if today:
        found |= {today.year + step for step, name in RELATIVE_YEARS.items() if name.search(text)}
    return frozenset(found)


def counted_on(earlier: str, text: str) -> str:
    """An earlier question of the year or edition that a text means, named or counted from its own.

    Args:
        earlier: What was asked before: "How much was exported in 2024?".
        text: Of a question: "And the year after?", "And in 2025?".

    Returns:
        "How much was exported in 2025?"; "" if the text means none, or may mean several.
    """
    if years_in(earlier) and editions_in(earlier):
        return ""  # an edition has its year
    for named_in, steps in ((years_in, _STEPS["years"]), (editions_in, _STEPS["editions"])):
        named = named_in(earlier)
        counted = {n + step for step, said in steps.items() if said.search(text) for n in named}
        meant = named_in(text) | counted
        if len(named) == len(meant) == 1 and named != meant:
            ((number,), (other,)) = named, meant
            said = re.sub(rf"(?<!\d){number}(?!\d)", str(other), earlier)
            return said if said != earlier else ""
    return ""


def with_years(text: str, today: date) -> str:
    """A text with the year in digits beside each "this year" and "last year".

    Args:
        text: Of a question.
        today: What they are counted from.
    """
    for step, name in RELATIVE_YEARS.items():
        text = name.sub(rf"\g<0> ({today.year + step})", text)
    return text


def months_in(text: str) -> frozenset[int]:
    """The months that a text in Chinese or English names."""
    return frozenset(
        int(number) if number else _MONTHS.index(name.lower()) + 1
        for number, name in _MONTH.findall(text)
    )


def months_of_years_in(text: str) -> frozenset[int]:
    """The months that a text names together with their year."""
    return frozenset(
        first.month
        for first, last in dates_in(text)
        if (first.year, first.month) == (last.year, last.month)
    )


def editions_in(text: str) -> frozenset[int]:
    """The numbers of editions that a text names: 第138届, the 138th, 138-й."""
    found = {int(next(filter(None, groups))) for groups in EDITION.findall(text)}
    found |= {chinese_number(digits) for digits in _CHINESE_EDITION.findall(text)}
    found |= {1} if _FIRST_EDITION.search(text) else set()
    found |= {_ORDINALS.index(name.lower()) + 1 for name in _ORDINAL_EDITION.findall(text)}
    return frozenset(found)
