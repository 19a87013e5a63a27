"""The small corpus of a service centre, and three files that its staff add to it; all made up."""

import json
import os
import time
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from docx import Document

from tests.conftest import Corpus
from tests.index.pdf_pages import Text, pdf

CITY = "云港市商务局"
LOAN = "financing/export-loan-interest"
HELD: Mapping[str, tuple[str, str, str]] = {
    f"{LOAN}.zh.md": (
        "云港市出口企业贷款贴息（2025年）",
        "2025-03-01",
        "云港市对中小出口企业2025年的流动资金贷款给予贴息，贴息比例为利息的30%。"
        "2025年每家企业的贴息最高50万元，由云港市商务局外贸科办理。",
    ),
    f"{LOAN}.en.md": (
        "Interest subsidy for exporters in Yungang (2025)",
        "2025-03-01",
        "Yungang pays 30% of the interest of small exporters' loans for working capital in 2025. "
        "In 2025 a firm gets CNY 500,000 at most from the Yungang Commerce Bureau.",
    ),
    "events/building-fair.zh.md": (
        "云港建材展（2027年）",
        "2026-10-20",
        "云港建材展定于2027年4月8日至10日在云港会展中心举办，设1,200个标准展位。"
        "每家云港企业可以免费使用一个标准展位。",
    ),
    "events/building-fair.en.md": (
        "Yungang building materials fair (2027)",
        "2026-10-20",
        "The Yungang building materials fair takes place in the Yungang exhibition centre on "
        "8 to 10 April 2027, with 1,200 booths. A firm of Yungang has one booth free of charge.",
    ),
    "customs-logistics/rail-service.zh.md": (
        "云港中欧班列",
        "2026-09-01",
        "云港中欧班列每周三和周六从云港开往德国杜伊斯堡，全程约16天。"
        "拼箱货物要在开车前三天送到云港站货场。",
    ),
    "customs-logistics/rail-service.en.md": (
        "Trains from Yungang to Europe",
        "2026-09-01",
        "The train from Yungang to Duisburg in Germany leaves on Wednesdays and Saturdays and "
        "takes about 16 days. Part loads are handed in at Yungang station three days before.",
    ),
}
"""Name -> title, day, text."""
CHECKS = (
    {
        "id": "loan-interest-limit",
        "question": "出口企业贷款贴息最高多少？",
        "topic": "financing",
        "cite": [LOAN],
        "say": ["50万元"],
    },
    {
        "id": "fair-booths",
        "question": "建材展有多少个展位？",
        "topic": "events",
        "cite": ["events/building-fair"],
        "say": ["1,200"],
    },
    {
        "id": "rail-days",
        "question": "中欧班列每周几开？",
        "topic": "customs-logistics",
        "cite": ["customs-logistics/rail-service"],
        "say": ["周三"],
    },
)
AS_OF = "2026-11-26"


def fill(corpus: Corpus) -> None:
    """Write what is held before, a day ago: what is as new as the index is not replaced."""
    for name, (title, day, said) in HELD.items():
        source = {"publisher": CITY, "published": day}
        body = f"# {title}\n\n{said}[^1]"
        keys = {"title": title, "as_of": day, "topic": name.split("/")[0], "sources": [source]}
        corpus.write(name, body, **keys)
    checks = [{"language": "zh", "status": "answered", "kind": "fact", **each} for each in CHECKS]
    corpus.write_raw("checks/yungang.yaml", written({"as_of": AS_OF, "checks": checks}))
    corpus.write_raw("glossary.yaml", "[]\n")
    yesterday = time.time() - 86_400
    for path in corpus.directory.rglob("*"):
        os.utime(path, (yesterday, yesterday))


def written(checks: Mapping[str, Any]) -> str:
    """Checks as a file; JSON is YAML."""
    return json.dumps(checks, ensure_ascii=False, indent=1) + "\n"


def warehouse_pdf() -> bytes:
    """A guide of two pages with running heads, lines wrapped at a fixed width."""
    head = Text(60, 770, "云港市商务局文件", 9)
    first = [
        head,
        Text(150, 720, "云港市2026年海外仓补助申报指南", 18),
        Text(60, 670, "一、补助标准", 14),
        Text(60, 640, "2026年度，云港市企业在境外新建或者租用海外仓的，按照建设和", 12),
        Text(60, 620, "租赁费用的20%给予补助，每个海外仓最高200万元。", 12),
        Text(60, 580, "二、申报条件", 14),
        Text(60, 550, "申报海外仓补助的企业须在云港市注册满一年，海外仓面积不少于", 12),
        Text(60, 530, "2000平方米。", 12),
        Text(290, 30, "1", 9),
    ]
    second = [
        head,
        Text(60, 720, "三、申报时间", 14),
        Text(60, 690, "海外仓补助申报截止到2026年12月31日，由云港市商务局电子商务", 12),
        Text(60, 670, "科受理。", 12),
        Text(400, 600, "云港市商务局", 12),
        Text(400, 580, "2026年11月2日", 12),
        Text(290, 30, "2", 9),
    ]
    return pdf(first, second)


def advice_txt() -> bytes:
    """An office's own note, as an old editor saves it."""
    return (
        "出海法律咨询安排\r\n\r\n"
        "云港市出海服务中心每周三下午两点到五点在三楼安排出海法律咨询，每家企业30分钟，不收费。\r\n\r\n"
        "法律咨询要提前两个工作日向前台预约，并带上合同复印件。\r\n"
    ).encode("gbk")


def loan_docx() -> bytes:
    """This year's version of what is held for last year."""
    file = Document()
    file.core_properties.title = "云港市出口企业贷款贴息（2026年）"
    file.add_heading("云港市出口企业贷款贴息（2026年）", 1)
    file.add_paragraph("云港市对中小出口企业2026年的流动资金贷款给予贴息，贴息比例为利息的40%。")
    file.add_paragraph("2026年每家企业的贴息最高80万元，由云港市商务局外贸科办理。")
    file.add_paragraph("云港市商务局 2026年3月5日")
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


FILES = {
    "海外仓补助申报指南.pdf": warehouse_pdf,
    "法律咨询安排.txt": advice_txt,
    "贷款贴息2026.docx": loan_docx,
}
"""What staff have on their computer."""
