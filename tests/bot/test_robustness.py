"""How a question is put does not change its answer: manners, signs, capitals, slips, script."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from index.language import to_traditional
from tests.bot.conftest import TODAY

pytestmark = pytest.mark.model

ENOUGH = 0.95
"""Share of the cells of the table that keep the deciding sentence."""


@dataclass(frozen=True)
class Row:
    """A question, a piece of the sentence that decides it, and a slip: a word and its misspelling.

    Chinese slips are homophones, as an input method offers them; English ones are swapped letters.
    """

    question: str
    deciding: str
    word: str
    slip: str

    @property
    def is_chinese(self) -> bool:
        return not self.question.isascii() and "’" not in self.question


ROWS = (
    Row("我们在香港注册、没上市，能用市场推广基金吗？", "没有上市", "注册", "注侧"),
    Row("人民币跨境支付系统（CIPS）一共连接了多少家参与者？", "1729家", "参与者", "参于者"),
    Row("2025年9月在北京举行的服贸会，主宾国是哪个国家？", "澳大利亚", "主宾国", "主兵国"),
    Row("第4届中非经贸博览会闭幕时，一共达成了多少个合作项目？", "176个", "达成", "答成"),
    Row("霍尔果斯合作中心，中方区域商铺数量", "2000多家商铺", "商铺", "商埔"),
    Row("上海有多少个区设立了企业走出去综合服务平台？", "16个区", "设立", "设力"),
    Row("卖奶制品去印度尼西亚，那个清真认证现在就得有了吗？", "2024年就已须取得", "认证", "任证"),
    Row("rcep背对背的那种原产地证明，上哪儿办", "同样可以向中国海关", "证明", "正明"),
    Row("有多少个鲁班工坊位于上海合作组织国家？", "10个位于8个", "位于", "位余"),
    Row("2025年民营企业的进出口额，占全国总额的百分之几？", "57.3%", "总额", "总鹅"),
    Row(
        "derivatives covered by CFETS's fee waiver, December 2025",
        "swaps",
        "derivatives",
        "derivatvies",
    ),
    Row(
        "How many Chinese exhibitors took part in Germany's Hannover Messe 2019?",
        "Over 1,400",
        "exhibitors",
        "exhibtiors",
    ),
    Row(
        "At the end of 2025, how many jobs had Egypt's TEDA Suez zone?",
        "10,000 jobs",
        "jobs",
        "jbos",
    ),
    Row(
        "We'd like a factory in Vietnam. Is Long Jiang Industrial Park wholly Chinese-owned?",
        "started in 2007",
        "Industrial",
        "Indsutrial",
    ),
    Row(
        "what's the Benefiting Enterprises Together action, and who ran it in 2025",
        "16 other departments",
        "action",
        "aciton",
    ),
    Row(
        "Our web shop's small parcels to America: since when is their duty-free entry over?",
        "2 May 2025",
        "parcels",
        "pracels",
    ),
    Row(
        "How many of Europe's cities do China-Europe freight trains reach?",
        "229 cities",
        "freight",
        "frieght",
    ),
    Row(
        "We've just got AEO status, so what does it bring us at customs?",
        "lower inspection rates",
        "status",
        "sttaus",
    ),
    Row(
        "How many of China's workers were abroad at the end of 2024?",
        "594,000",
        "workers",
        "wrokers",
    ),
    Row(
        "What was China's stock of outward direct investment in 2024?",
        "3.14 trillion",
        "investment",
        "investmnet",
    ),
)

_INTRODUCTIONS = {
    True: (
        "我们是佛山一家做玩具的小厂，刚开始做出口。",
        "您好，我是宁波做家具的，第一次接触这些，请教一下：",
        "我在一家小外贸公司上班，老板让我打听个事。",
        "各位老师好！我们公司主要生产五金配件，想走出国门。",
    ),
    False: (
        "Hello, we are a small furniture maker in Foshan and new to exporting. ",
        "Hi there! My company makes kitchen tools in Ningbo. ",
        "Good morning, I work for a small trading firm and my boss asked me to find out: ",
        "Dear Sir or Madam, we produce bicycle parts and have never sold abroad. ",
    ),
}
_ENDINGS = {
    True: ("，谢谢您了", "？麻烦您了！", "？希望能得到您的解答，多谢。", "？盼复，祝好！"),
    False: (
        ", thank you very much in advance.",
        "? Thanks a lot!",
        "? Any help would be appreciated.",
        "? I look forward to your reply. Kind regards, Li Wei",
    ),
}
_SIGN = re.compile(r"(?<!\d)[^\w\s]|[^\w\s%](?!\d)")
_FULL_WIDTH = str.maketrans(",?()", "，？（）")
_HALF_WIDTH = str.maketrans("，？（）：", ",?():")


def with_introduction(row: Row, number: int) -> str:
    return _INTRODUCTIONS[row.is_chinese][number % 4] + row.question


def with_polite_ending(row: Row, number: int) -> str:
    return row.question.rstrip("?？") + _ENDINGS[row.is_chinese][number % 4]


def without_punctuation(row: Row, number: int) -> str:
    """Without any sign but those within numbers; words that a hyphen joins stand apart."""
    return _SIGN.sub("", row.question.replace("-", " "))


def with_signs_of_other_width(row: Row, number: int) -> str:
    return row.question.translate(_HALF_WIDTH if row.is_chinese else _FULL_WIDTH)


def shouted(row: Row, number: int) -> str:
    return row.question.upper().rstrip("?？") + ("？？！！" if row.is_chinese else "?!!")


def with_a_slip(row: Row, number: int) -> str:
    return row.question.replace(row.word, row.slip)


def in_the_other_spelling(row: Row, number: int) -> str:
    """Chinese in traditional characters; English with curly quotes."""
    return to_traditional(row.question).replace("'", "’")


CHANGES: tuple[Callable[[Row, int], str], ...] = (
    with_introduction,
    with_polite_ending,
    without_punctuation,
    with_signs_of_other_width,
    shouted,
    with_a_slip,
    in_the_other_spelling,
)


@pytest.fixture(scope="module")
def keeps(project_answerer) -> Callable[[str, str], bool]:
    """`keeps(question, piece)`: whether a quote of the answer holds a piece of a sentence."""
    return lambda question, piece: any(
        piece in citation.quote
        for citation in project_answerer.answer(question, today=TODAY).citations
    )


def test_the_questions_of_the_table_are_answered_as_they_stand(keeps):
    assert len(ROWS) == 20

    assert [row.question for row in ROWS if not keeps(row.question, row.deciding)] == []


def test_a_change_of_manner_keeps_the_deciding_sentence(keeps):
    cells = {
        (number, change.__name__): change(row, number)
        for number, row in enumerate(ROWS)
        for change in CHANGES
    }
    assert all(text != ROWS[number].question for (number, _), text in cells.items())

    lost = [
        f"{name:26} {text}"
        for (number, name), text in cells.items()
        if not keeps(text, ROWS[number].deciding)
    ]

    assert len(lost) <= (1 - ENOUGH) * len(cells), "\n".join(
        [f"{len(lost)} of {len(cells)} lost the deciding sentence:", *lost]
    )
