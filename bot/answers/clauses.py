"""What of a message asks, and each thing that it asks: who did it, and for how much."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from bot.answers.question import Question, content_words

_COMPARES = re.compile(
    r"(?<![扎巴])比(?![利什绍紹勒亚亞])|[较較]|哪[一]?[个個边邊届屆家座项項]|邊一|还是|還是|各|分别|分別|区别|區別|不同|差别"
    r"|\b(?:vs\.?|versus|compared?|difference|differ|both|each|whichever)\b|\bwhich\b.*\bor\b"
    r"|\b(?:older|newer|bigger|larger|more|less|fewer|higher|lower|earlier|later)\b.*\b(?:or|than)\b"
    r"|больше|меньше|разниц|сравн|どちら|違い|比べ|比較|어느|차이|비교|أيهما|مقارنة|الفرق",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r"[，,；;、：:。！!？?]\s*|以及|还有|另外|[和与與及]|(?<!\w)(?:and|or|but|и|а|y|và|و)(?!\w)",
    re.IGNORECASE,
)
"""What may stand between two things that a question asks."""
_ASKED_WITH = (
    r"多少|[几幾]|哪|[谁誰]|[什甚][么麼]|何[时時]|怎|咋|啥|[吗嗎]|(?P<same>[\u4e00-\u9fff])不(?P=same)"
    r"|有[没沒]有"
)
"""Chinese words that ask, wherever they stand."""
_ASKS = re.compile(
    rf"{_ASKED_WITH}|多[大长長远遠久]|是不是|[没沒]有.{{0,12}}[？?]"
    r"|\b(?:how|what|when|where|who|whom|which|is|are|was|were|does|do|did|can|must|will)\b"
    r"|сколько|когда|\bгде\b|\bкто\b|\bкак|нужн",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"([^，。？,?\s]{1,8})[和与與、及]([^，。？,?\s]{1,8}?)(?:分别|分別|各)([^，。？,?]+)"
)
_WHICH_HAS_MORE = re.compile(
    r"哪[一]?[届屆个個家边邊]([^，。？,?\s]{2,8}?)(?:更|比较|比較)?[多大高少][，,]\s*"
    r"(?:各自?|分别|分別)[有是为為]?(多少[^，。？,?]*)"
)
"""哪一届采购商多，各有多少: how many buyers."""
_AS_TABLE = re.compile(
    r"做成|列成|[一]?[张張个個]?表格?|一下|对比|對比|有何|\b(?:table|what|between|please|as|make)\b",
    re.IGNORECASE,
)
"""How the comparison is to look; said besides what is compared."""
_MOST_CLAUSES = 3
_MOST_CUTS = 4
_MARKS = "。？?！!؟. "
_STATEMENT = re.compile(r"[^。！？；!?;，]+?(?:\.(?=\s)|[。！？；!?;，]|$)")
_IS_QUESTION = re.compile(
    rf"[?？؟]$|{_ASKED_WITH}|^(?:how|what|when|where|who|which|does|do|did|can|is|are)\b"
    r"|сколько|когда|\bкто\b|^где\b|^как",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"(?:^|(?<=[\s?？;；。，,、：:]))(?:[(（]?([1-9１-９])[)）.．、](?!\d)|([①-⑨]))\s*"
)
"""The number before an item of a list; 1.5 is none."""
_BETWEEN_ITEMS = " \t\r\n,，;；、.。-•·*"
_ENDS_AS_QUESTION = re.compile(r"[?？؟]$")
_FEWEST_ITEMS = 2
_ASKS_HOW_MUCH = re.compile(r"多[大长長远遠久]")
_SPEAKS_OF_IT = re.compile(
    r"^(?:[那这這该該][个個家里裡边邊些座]?(?:园|園|展|平台|银行|公司|机构|機構|地方|城市|市场|市場|里|边)"
    r"|那[里边裡邊儿兒]|[上里裡]面)"
    r"|\b(?:that|this|the same) (?:park|zone|fair|expo|bank|city|market|platform|place|country)\b"
    r"|(?<!is )(?<!are )(?<!was )\bthere\b(?! (?:is|are|was|were|any)\b)",
    re.IGNORECASE,
)
"""那个园区: a place or thing just told of."""


def compares(question: Question) -> bool:
    """Whether a question sets things against each other."""
    return bool(_COMPARES.search(question.text))


def only_compares(text: str, names: Sequence[tuple[int, int]]) -> bool:
    """Whether a text says no more than that things are compared: 比较A和B, "A vs B".

    Args:
        text: Of a message.
        names: Where it names things.
    """
    for start, end in sorted(names, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    rest = _AS_TABLE.sub(" ", _COMPARES.sub(" ", text))
    return bool(_COMPARES.search(text)) and not content_words(rest)


def clauses(text: str, names: Sequence[tuple[int, int]]) -> list[list[str]]:
    """The ways in which a question may fall into clauses that ask something each.

    Whether they do is for a reader to tell: "we make valves, who helps us?" is split as well.

    Args:
        text: Of the question.
        names: Where it names things; a name is not split.
    """
    told = _EACH.sub(r"\1\3，\2\3", _WHICH_HAS_MORE.sub(r"\1有\2", text))
    spans = names if told == text else ()
    told = told.rstrip(_MARKS)
    found = (cut.span() for cut in _BOUNDARY.finditer(told))
    cuts = [cut for cut in found if not any(s < cut[1] and cut[0] < e for s, e in spans)]
    ways = [[told[:start].strip(), told[end:].strip()] for start, end in cuts[:_MOST_CUTS]]
    if len(cuts) == _MOST_CLAUSES - 1:
        (first, second), (third, last) = cuts
        ways.append([told[:first].strip(), told[second:third].strip(), told[last:].strip()])
    return [way for way in ways if all(map(content_words, way))]


def is_question(text: str) -> bool:
    """Whether a text says by a sign or a word that it asks."""
    asks = _IS_QUESTION.search(text.strip()) or _ASKS_HOW_MUCH.search(text)
    return bool(asks) and not text.endswith(("。", "."))


def only_names(text: str) -> bool:
    """Whether a text has no word that asks: "And the year after?"."""
    return not _ASKS.search(text)


def as_questions(message: str) -> str:
    """A list whose items all ask, numbered or one a line, as questions one after the other.

    Any other message is left as it is; what stands before the list stays before it.
    """
    lead, *items = _numbered(message) or _lines(message)
    if len(items) < _FEWEST_ITEMS or not all(map(is_question, items)):
        return message
    asked = (item if _ENDS_AS_QUESTION.search(item) else f"{item}?" for item in items)
    return " ".join(filter(None, [lead, *asked]))


def _numbered(message: str) -> list[str]:
    """What stands before the items of a numbered list, and each item; nothing without a list."""
    marks = [*_ITEM.finditer(message)]
    numbers = [unicodedata.digit(mark[1] or mark[2]) for mark in marks]
    if numbers != [*range(1, len(numbers) + 1)] or not numbers:
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(message)]
    items = [message[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
    return [message[: marks[0].start()].strip(), *(item.strip(_BETWEEN_ITEMS) for item in items)]


def _lines(message: str) -> list[str]:
    """The first line if it asks nothing, else an empty one, and all further lines."""
    lines = [line.strip(_BETWEEN_ITEMS) for line in message.splitlines() if line.strip()]
    return ["", *lines] if lines and is_question(lines[0]) else lines or [""]


@lru_cache(maxsize=2**6)
def asking_part(text: str) -> str:
    """A message from its first question on; all of it if that speaks of what it tells before."""
    for part in _STATEMENT.finditer(text):
        if _IS_QUESTION.search(part[0].strip()):
            asked = text[part.start() :].strip()
            return text if _SPEAKS_OF_IT.search(asked) else asked
    return text
