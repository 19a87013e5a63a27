"""Lines wrapped at a fixed width are joined; lines that stand for themselves are not."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.loading.page_marks import PAGE_MARK
from index.loading.wrapping import unwrapped
from index.structure import quotable

REGULATION = """\
出口货物退（免）税管理办法

第一条　为了规范出口货物的税收管理，根据《中华人民共和国增值
税暂行条例》和有关法律、行政法规的规定，制定本办法。
第二条　纳税人应当自结算缴纳税款之日起九十日内向主管税务机关
申报退还多缴的税款；逾期未申报的，不予退还。金融机构应当接受监
管部门的检查。
（一）已经申报的；
（二）尚未申报的。
"""
RULES = """\
Section 2 Refunds
The exporter shall file the claim with the tax authority within ninety
days of the date of settlement. Manufacturers of goods that are export-
ed to member states may apply for a refund within the limits that the
Ministry of Commerce has published for well-
known marks.

Contact
Example Trading Co., Ltd.
12 Main Street
Shanghai 200120
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "九十日内向主管税务机关申报退还多缴的税款，并\n提交材料。",
            ["九十日内向主管税务机关申报退还多缴的税款，并提交材料。"],
        ),
        (
            "纳税人应当自结算缴纳税款之日起九十日内向主管税务机关\n申报退还多缴的税款。",
            ["纳税人应当自结算缴纳税款之日起九十日内向主管税务机关申报退还多缴的税款。"],
        ),
        (
            REGULATION,
            [
                "出口货物退（免）税管理办法",
                "第一条　为了规范出口货物的税收管理，根据《中华人民共和国增值税暂行条例》"
                "和有关法律、行政法规的规定，制定本办法。",
                "第二条　纳税人应当自结算缴纳税款之日起九十日内向主管税务机关申报退还多缴的税款；"
                "逾期未申报的，不予退还。",
                "金融机构应当接受监管部门的检查。",
                "（一）已经申报的；",
                "（二）尚未申报的。",
            ],
        ),
        (
            RULES,
            [
                "Section 2 Refunds",
                "The exporter shall file the claim with the tax authority "
                "within ninety days of the date of settlement.",
                "Manufacturers of goods that are exported to member states may apply for a "
                "refund within the limits that the Ministry of Commerce has published for "
                "well-known marks.",
                "Contact",
                "Example Trading Co., Ltd.",
                "12 Main Street",
                "Shanghai 200120",
            ],
        ),
        (
            "　　为了规范出口货物的税收管理，根据有关法律和行政法规\n的规定，制定本办法。\n"
            "　　纳税人应当自结算缴纳税款之日起九十日内向主管税务机\n关申报。\n",
            [
                "为了规范出口货物的税收管理，根据有关法律和行政法规的规定，制定本办法。",
                "纳税人应当自结算缴纳税款之日起九十日内向主管税务机关申报。",
            ],
        ),
        (
            "1. The exporter files the claim with the authority\n"
            "   within ninety days, and pays the fee for it at\n   once.\n"
            "2. The authority answers within thirty days of it.\n",
            [
                "The exporter files the claim with the authority within ninety days, and pays the "
                "fee for it at once.",
                "The authority answers within thirty days of it.",
            ],
        ),
        (
            "深圳市前海深港现代服务业合作区\n上海自由贸易试验区临港新片区\n"
            "海南自由贸易港洋浦经济开发区\n广东自由贸易试验区南沙新片区",
            [
                "深圳市前海深港现代服务业合作区",
                "上海自由贸易试验区临港新片区",
                "海南自由贸易港洋浦经济开发区",
                "广东自由贸易试验区南沙新片区",
            ],
        ),
        (
            "联系人：张三\n电话：020-1234，分机5\n地址：广州市",
            ["联系人：张三", "电话：020-1234，分机5", "地址：广州市"],
        ),
        (
            "2016年10月26日 杭州市人民代表大会常务委员会会议通过\n"
            "2016年12月23日 浙江省人民代表大会常务委员会批准\n2017年3月1日 施行\n"
            "第一条 为了促进发展，制定本条例。",
            [
                "2016年10月26日 杭州市人民代表大会常务委员会会议通过",
                "2016年12月23日 浙江省人民代表大会常务委员会批准",
                "2017年3月1日 施行",
                "第一条 为了促进发展，制定本条例。",
            ],
        ),
        (
            "金融机构应当接受银行业监督管理机构和税务机关的监\n\n— 3 —\n\n管，并报送材料。\n"
            "第 4 页 共 9 页\nPage 5 of 9\n附件另发。",
            ["金融机构应当接受银行业监督管理机构和税务机关的监管，并报送材料。", "附件另发。"],
        ),
        ("它很老。\n它很大。", ["它很老。", "它很大。"]),
    ],
    ids=[
        "comma",
        "two lines",
        "regulation",
        "rules",
        "indented",
        "items",
        "names",
        "form",
        "dates",
        "pages",
        "ends",
    ],
)
def test_wrapped_lines_are_joined_and_others_are_not(text, expected):
    joined = unwrapped(text)

    assert [joined[start:end] for start, end in quotable(joined)] == expected


FULL = (
    "纳税人出口货物应当按照规定的期限向主管税务机关如实申报，并",
    "按照税务机关的要求报送有关的纸质凭证以及电子数据，自滞纳税",
    "款之日起，由主管税务机关按日加收滞纳税款万分之五的滞纳金，",
    "对情节严重的，可以处不缴或者少缴的税款百分之五十以上的罚款",
)
"""Lines of one width, each within a sentence."""


def text_with(*between: str) -> str:
    """The full lines, each followed by what stands between it and the next."""
    rows = zip(FULL, (*between, "。"), strict=False)
    return "".join(f"{full}{other}" for full, other in rows)


@pytest.mark.parametrize(
    "between",
    [
        ("\n12\n", "\n", "\n"),
        ("\n", "\n\n3\n\n", "\n"),
        ("\n税务公报\n\n", "\n\n税务公报\n", "\n税务公报\n"),
        ("\n\n1\n\n税务公报 2\n", "\n2\n税务公报 3\n", "\n3\n税务公报　第4页\n"),
    ],
)
def test_what_a_page_adds_within_a_sentence_is_left_out(between):
    assert unwrapped(text_with(*between)) == text_with("", "", "")


def test_numbers_that_count_pages_are_left_out_wherever_they_stand():
    page = "第一条　为了规范管理，制定本办法。\n\n" * 5
    text = "\n".join(f"{page}\n{number}\n" for number in (7, 8, 9))

    assert not re.search(r"[789]", unwrapped(text))


@pytest.mark.parametrize(
    "text",
    [
        "泰国\n7\n越南\n8\n老挝\n9",
        "销售额（万元）\n\n1200\n\n其中出口额，按海关统计。",
        "2023\n开工。\n2024\n完工。",
        FULL[1] + "。\n12\n" + FULL[2] + "\n" + FULL[3] + "\n" + FULL[0],
        "\n".join(f"{line}\n税务公报{number}号\n" for number, line in enumerate(FULL)),
    ],
    ids=["cells", "value", "years", "sentence ended", "numbered"],
)
def test_other_numbers_and_lines_stay(text):
    joined = unwrapped(text)

    assert re.findall(r"\d+|公报", joined) == re.findall(r"\d+|公报", text)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("The window is for firms that are small and medium-", "sized.", "medium-sized."),
        ("The firm may register at the window of the zone of e-", "commerce.", "e-commerce."),
        ("The window is for firms that are small, and not state-", "run.", "staterun."),
        (
            "State-owned firms may use the window. It is for state-",
            "owned ones.",
            "state-owned ones",
        ),
        ("A reform of the rules was asked for by firms: it is re-", "formed.", "re-formed."),
        ("Reformed rules are in force, and what they ask for is re-", "formed.", "reformed."),
        ("The firm may register at the window for the sub\u00ad", "sidy at once.", "subsidy at"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_stays_where_it_belongs_to_the_word(before, after, told):
    assert told in unwrapped(f"{before}\n{after}")


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("对情节严重的企业，可以处以人民币12", "34元的罚款。", "12 34"),
        ("对情节严重的企业，可以处以人民币 15", "0 万元的罚款。", "15 0"),
        ("对情节严重的企业，可以处以人民币3,", "500万元的罚款。", "3, 500"),
        ("对情节严重的企业，可以处以罚款，为0.", "5%的税款。", "0. 5"),
        ("The export rebate for these goods was raised to 7.", "5 per cent in May.", "7. 5"),
    ],
)
def test_a_number_that_the_end_of_a_line_cuts_is_whole(before, after, joined):
    text = unwrapped(f"{before}\n{after}")

    assert joined.replace(" ", "") in text
    assert len(quotable(text)) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("地址：广州市海珠区阅江中路380", "510335，中国"),
        ("企业可以致电广州总部，热线020-12345678", "13912345678"),
        ("以下为出口额和进口额，单位万元 1200 1300", "1400 1500"),
        ("该工程的进度见本公报，展位数12", "2025年完工。"),
        ("The number of exporters in the zone rose to 12,", "500 of them new."),
        ("The zone was founded with firms in 2025.", "38 fairs are held."),
    ],
)
def test_two_numbers_stay_two(before, after):
    text = unwrapped(f"{before}\n{after}")

    assert before in text
    assert re.search(rf"\s{re.escape(after)}", text)


LINES = (
    *(
        "第二条　应当申报",
        "纳税人应当自结算缴纳税款之日起九十日内向主管税务机",
        "  indented",
        "\f",
    ),
    *(
        "the goods are export-",
        "ed at once.",
        "Article 5",
        "Tel: 021",
        "",
    ),
)
LINE = st.one_of(st.text("ab 中文。，.-：:1（）\u3000\t|#", max_size=60), st.sampled_from(LINES))
OWN_LINE = LINE.filter(lambda line: not line.strip().isdigit())


@given(st.lists(OWN_LINE, max_size=10, unique_by=lambda line: line.strip("1 ")).map("\n".join))
@settings(max_examples=300, deadline=None)
def test_no_letter_is_lost_or_moved(text):
    joined = unwrapped(text)

    rows = [row for row in re.split(r"[\n\f]", text) if not PAGE_MARK.fullmatch(row.strip())]
    assert re.sub(r"[\W_]", "", joined) == re.sub(r"[\W_]", "", "".join(rows))


@given(st.lists(LINE, max_size=10).map("\n".join))
@settings(max_examples=200, deadline=None)
def test_what_is_joined_stays_so(text):
    """Lines are only ever joined: none is split."""
    joined = unwrapped(text)

    assert len([r for r in joined.split("\n") if r.strip()]) <= len(
        [r for r in re.split(r"[\n\f]", text) if r.strip()]
    )


def test_a_long_line_of_dots_takes_no_time():
    """To look for a page's number at its end took the square of its length."""
    text = " ·" * 50_000 + "。"

    begun = time.process_time()
    unwrapped(text)

    assert time.process_time() - begun < 2
