"""Many values in a few figures."""

from bot.bench.figures import Spread


def test_a_spread_tells_how_values_lie():
    spread = Spread.of([float(value) for value in range(101, 0, -1)])

    assert (spread.least, spread.p50, spread.p95, spread.p99, spread.most) == (1, 51, 96, 100, 101)
    assert spread.mean == 51


def test_one_value_is_all_of_its_figures():
    spread = Spread.of([7.0])

    assert {spread.least, spread.p50, spread.p95, spread.p99, spread.most, spread.mean} == {7.0}
