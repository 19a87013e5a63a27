"""What a table's first row is: the names of its columns, or data as all others."""

import re
from collections.abc import Sequence

Row = Sequence[str]

_NUMBER = re.compile(r"[-+(]?[\d.,\s]*\d[\d.,\s]*%?\)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ADDRESS = re.compile(r"\S+@\S+\.\S+|(?:https?://|www\.)\S+", re.IGNORECASE)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_LABEL = re.compile(
    r".{0,8}(?:名称?|地址|电话|手机|传真|邮箱|邮编|网址|网站|官网|方式|法人|代表|城市|国家|地[区点]"
    r"|时间|日期|[期时年]限|单位|部门|机构|对象|范围|条件|依据|材料|流程|程序|标准|费用?|金额|资本"
    r"|面积|产[品值]|业务|行业|类[型别]|性质|规模|简介|介绍|备注|说明|内容|要求|职责|情况|数量|份数"
    r"|税率|比例|政策|数值|描述|编号|代码|号码?|职[务位]|人[数员]|主题|联系人|负责人|经办人)(?:（.*）)?"
    r"|.{0,20}\b(?:name|company|address|e-?mail|(?:tele)?phone|tel|mobile|fax|web ?site|web|url"
    r"|contacts?|person|city|country|region|province|date|time|venue|place|location|period|since"
    r"|deadline|organi[sz]er|host|type|kind|amount|fees?|price|rate|currency|number|no|code"
    r"|subject|description|remarks?|notes?|products?|industry|sector|founded|established"
    r"|employees|capital|size|title|position|month|year)\.?"
    r"|.{1,30}[:：]",
    re.IGNORECASE,
)
"""What names a thing that a form asks for: 企业名称, Contact person, anything with a colon."""


def names_columns(rows: Sequence[Row]) -> bool:
    """Whether the first row of a table is a header.

    It is none with a number (years may name columns) or an address in it, or where a cell with
    digits looks like all below it: 100亿 above 120亿.
    """
    return not any(
        _is_datum(cell, [_at(row, at) for row in rows[1:]]) for at, cell in enumerate(rows[0])
    )


def _is_datum(cell: str, below: Sequence[str]) -> bool:
    if _YEAR.fullmatch(cell):
        return False
    if _NUMBER.fullmatch(cell) or _ADDRESS.fullmatch(cell):
        return True
    shape = _DIGITS.sub("0", cell)
    return shape != cell and {_DIGITS.sub("0", other) for other in below if other} == {shape}


def holds_pairs(rows: Sequence[Row]) -> bool:
    """Whether each second cell names the one at its right, as in a form: 企业名称 | 无锡轴承.

    A first row of labels only is a header, and so is one above numbers only.
    """
    width = max(map(len, rows))
    first = [*rows[0], *[""] * (width - len(rows[0]))]
    if width not in (2, 4, 6) or len(rows) < 2:
        return False
    is_pair = [
        bool(_LABEL.fullmatch(name)) and not _LABEL.fullmatch(value) and not _YEAR.match(value)
        for name, value in zip(first[::2], first[1::2], strict=True)
        if name or value
    ]
    labels = [cell for row in rows[1:] for cell in row[::2] if cell]
    values = [cell for row in rows[1:] for cell in row[1::2] if cell]
    is_measured = all(map(_DIGITS.search, values)) and not _DIGITS.search(first[1])
    known = sum(bool(_LABEL.fullmatch(label)) for label in labels)
    return all(is_pair) and not is_measured and 2 * known >= len(labels) > 0


def names_in_two_rows(rows: Sequence[Row]) -> list[str] | None:
    """The names of columns that stand in two rows, 2024年 above 出口额; None if they do not.

    The second row belongs to the header where a cell is merged over both, so that it holds in
    both, every gap that a merged cell leaves in the first is filled, and all names have cells.
    """
    first, second, *others = rows
    pairs = [(_at(first, at), _at(second, at)) for at in range(max(len(first), len(second)))]
    is_merged_down = any(upper and upper == lower for upper, lower in pairs)
    is_parted = any(lower and not upper for upper, lower in pairs)
    is_used = all(any(_at(row, at) for row in others) for at in range(len(pairs)))
    if not (is_merged_down and is_parted and is_used) or not all(lower for _, lower in pairs):
        return None
    if any(_NUMBER.fullmatch(lower) and not _YEAR.fullmatch(lower) for _, lower in pairs):
        return None
    names: list[str] = []
    group = ""
    for upper, lower in pairs:
        group = upper or group
        names.append(lower if group in ("", lower) else f"{group} {lower}")
    return names


def _at(row: Row, at: int) -> str:
    return row[at] if at < len(row) else ""
