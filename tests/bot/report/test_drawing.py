"""Charts: nothing leaves its place, and what there is can be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.report.drawing import PLOT_PX, Data, stacked

COUNTS = st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 50)), min_size=1, max_size=92)


def data(*columns):
    return [Data("day", "about", (("answered", a), ("missed", b))) for a, b in columns]


@given(COUNTS)
def test_whatever_is_counted_is_drawn_inside_the_chart(counts):
    chart = stacked(data(*counts))

    assert bool(chart.stacks) == any(a or b for a, b in counts)
    for stack, (answered, missed) in zip(chart.stacks, counts, strict=bool(chart.stacks)):
        assert [bar.kind for bar in stack.bars] == ["answered"] * bool(answered) + [
            "missed"
        ] * bool(missed)
        assert 0 <= stack.left < stack.left + stack.width <= 100
        bottom = PLOT_PX
        for bar in stack.bars:
            assert bar.height >= 1.5
            assert bar.top + bar.height == pytest.approx(bottom, abs=0.2)
            bottom = bar.top
        assert bottom >= -3.1  # two slivers beside a full column
    assert chart.highest >= max(map(sum, counts))


@pytest.mark.parametrize(
    ("most", "highest"), [(1, 1), (7, 8), (9, 10), (24, 30), (31, 40), (100, 100), (101, 200)]
)
def test_the_highest_line_is_a_round_number(most, highest):
    assert stacked(data((most, 0))).highest == highest


def test_the_tallest_column_alone_has_its_number_and_few_have_a_label():
    chart = stacked(data(*((n, 1) for n in range(30))))

    assert [stack.value for stack in chart.stacks if stack.value] == ["30"]
    assert chart.stacks[-1].value == "30"
    assert sum(bool(stack.label) for stack in chart.stacks) <= 4
    assert chart.stacks[0].label == "day"
