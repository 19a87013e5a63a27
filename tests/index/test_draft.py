"""Tables as every format hands them in: which row is a header, which cells are labels."""

import pytest

from index.loading.extraction.draft import Draft


def told(*rows, **known):
    draft = Draft()
    draft.table(rows, **known)
    return draft.finish().text.splitlines()


def test_a_form_of_labels_and_values_is_told_as_such():
    form = (
        ["企业名称", "无锡轴承有限公司"],
        ["所在城市", "无锡"],
        ["主营产品", "轴承"],
        ["备注", ""],
    )

    assert told(*form) == [
        "| 企业名称：无锡轴承有限公司",
        "| 所在城市：无锡",
        "| 主营产品：轴承",
        "| 备注",
    ]


def test_a_form_may_have_two_labels_in_a_row():
    form = (["Company", "Haas", "City", "Ulm"], ["Phone", "0731 1", "E-mail", "a@example.org"])

    assert told(*form) == ["| Company: Haas; City: Ulm", "| Phone: 0731 1; E-mail: a@example.org"]


@pytest.mark.parametrize(
    "rows",
    [
        (["名称", "地址"], ["中德园", "太仓"], ["中意园", "宁波"]),
        (["企业名称", "所在城市"], ["无锡轴承有限公司", "无锡"], ["苏州纺织厂", "苏州"]),
        (["指标名称", "2024年"], ["进出口金额", "100亿"], ["出口金额", "50亿"]),
        (["Indicator name", "Wuxi"], ["Export amount", "100"], ["Import amount", "50"]),
        (["项目", "内容"], ["办理地点", "三楼大厅"], ["办理时间", "上午"]),
        (["国家", "税率"], ["泰国", "7%"], ["越南", "10%"]),
        (["Country", "Status"], ["Peru", "open"], ["Chile", "closed"]),
        (["产品名称", "锂电池"], ["陶瓷", "铜箔"], ["纺织品", "轴承"]),
        (["Name", "City", "Phone", "E-mail"], ["Li", "Wuxi", "1", "a@example.org"]),
    ],
)
def test_an_ordinary_table_keeps_its_header(rows):
    (first, second), data = rows[0][:2], rows[1:]

    for line, row in zip(told(*rows), data, strict=True):
        assert (
            line.replace("：", ": ")
            .replace("；", "; ")
            .startswith(f"| {first}: {row[0]}; {second}: {row[1]}")
        )


@pytest.mark.parametrize(
    "rows",
    [
        (["Ningbo", "Ms Wang", "wang@example.org"], ["Wuxi", "Mr Li", "li@example.org"]),
        (["MOFCOM", "https://mofcom.example"], ["Customs", "https://customs.example"]),
        (["江苏", "120亿元"], ["浙江", "90亿元"]),
    ],
)
def test_a_first_row_of_data_names_no_columns(rows):
    assert [line.replace("；", "; ") for line in told(*rows)] == [
        "| " + "; ".join(row) for row in rows
    ]


def test_what_is_known_of_a_header_is_believed():
    rows = (["City", "Fee 90"], ["Wuxi", "1"])

    assert told(["1", "2"], ["a", "b"], has_header=True) == ["| 1: a; 2: b"]
    assert told(*rows, has_header=False) == ["| City; Fee 90", "| Wuxi; 1"]
    assert told(*rows, has_labels=True) == ["| City: Fee 90", "| Wuxi: 1"]


def test_a_row_whose_words_would_name_nothing_is_data():
    rows = (["a", "b", ""], ["a", "c", "d"], ["e", "", "d"])

    assert told(*rows) == ["| a: a; b: c; d", "| a: e; d"]


@pytest.mark.parametrize(
    "title",
    ["(anonymous)", "untitled", "chr.html", "Report.docx", "https://example.org/a?b=1", "文档1"],
)
def test_what_only_a_program_called_a_file_is_no_title(title):
    assert Draft().finish(title).title == ""


def test_a_title_that_somebody_wrote_is_kept():
    assert Draft().finish("Anonymous tips on trade").title == "Anonymous tips on trade"
