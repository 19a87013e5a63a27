"""What a follow-up names in the place of what was named before."""

import pytest

from bot.answers.replacing import in_relation_to, replaced
from bot.answers.slots import slots_in
from tests.bot.conftest import TODAY
from tests.bot.test_history import NAMES


@pytest.mark.parametrize(
    ("earlier", "new"),
    [
        ("专精特新企业能借多少外债？", "江苏"),
        ("从深圳和广州怎么报关？", "上海"),
        ("广交会和进博会哪个大？", "链博会"),
        ("深圳的补贴多少？", "越南"),
    ],
)
def test_nothing_is_replaced_where_nothing_or_no_one_thing_fits(earlier, new):
    assert replaced(earlier, new, slots_in(new, NAMES, TODAY), NAMES, TODAY) is None


@pytest.mark.parametrize(
    ("earlier", "said", "meant"),
    [
        ("第138届广交会", "上一届", ["第137届"]),
        ("the 110th Canton Fair", "the next one", ["111th"]),
        ("the 120th Canton Fair", "the next edition", ["121st"]),
        ("the 13th CIIE", "the previous edition", ["12th"]),
        ("广交会", "上一届", ["上一届"]),
        ("第137届和第138届", "上一届", ["上一届"]),
    ],
)
def test_the_edition_before_or_after_is_told_from_the_one_that_was_named(earlier, said, meant):
    new = in_relation_to(earlier, slots_in(said, NAMES, TODAY), NAMES, TODAY)

    assert [slot.text for slot in new] == meant
