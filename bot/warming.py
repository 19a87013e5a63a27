"""Prepares an answerer before it serves: nobody's first question waits for what it needs."""

from datetime import date

from bot.answers.answerer import Answerer
from bot.dates import written
from bot.store import load_numbering_plans
from bot.texts import LANGUAGES
from index import PartialDate
from index.warming import warm_up

_QUESTIONS = (
    "你好",
    "有人工客服吗",
    "2025年江苏有哪些中外中小企业合作区？",
    "專精特新企業可以自主借多少外債？",
    "When was the Canton Fair held in 2025?",
    "sino foregin sme coperation zone guandong",
    "guangjiaohui 2025",
    "What does the weather say about Berlin?",
    "Сколько покупателей было на Кантонской ярмарке в 2025 году?",
    "كم عدد المشترين في معرض كانتون 2025؟",
    "広州交易会はいつ開催されますか",
    "캔톤페어는 언제 열리나요?",
    "¿Cuándo se celebra la Feria de Cantón en 2025?",
    "Hội chợ Quảng Châu diễn ra khi nào?",
)
"""One for each way through the answerer: greeting, a wish for a person, list, mending of slips,
each language."""


def warm(answerer: Answerer, today: date) -> None:
    """Load all that answering needs, and ask once in each language."""
    warm_up()
    load_numbering_plans()
    for language in LANGUAGES:
        written(PartialDate.parse(today), language)
    for question in _QUESTIONS:
        answerer.answer(question, today=today)
