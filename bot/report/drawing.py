"""Stacked columns as rectangles: widths in percent, so that they fill a page of any width."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10

PLOT_PX = 140
"""Height of the tallest column there can be."""
_GAP = 0.15
"""Of a column's width."""
_WIDEST = 8.0
"""Percent: a few columns are not blown up to fill a page."""
_LEAST_PX = 1.5
"""So that what there is once is seen beside a thousand."""
_LABELS = 4
"""So many have room below a chart on a phone."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of a column; `kind` says of what, `top` and `height` in pixels."""

    kind: str
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Stack:
    """One column; `left` and `width` in percent of the chart's width."""

    left: float
    width: float
    bars: tuple[Bar, ...]
    about: str
    """What it stands for, in full."""
    label: str
    """What is written below it; empty for most of them."""
    value: str
    """What is written above it: the sum of the tallest, else nothing."""
    top: float
    """Where it ends, in pixels."""

    @property
    def middle(self) -> float:
        """In percent."""
        return self.left + self.width / 2


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns, and the number that the highest line stands for."""

    stacks: tuple[Stack, ...]
    highest: int
    height: int = PLOT_PX


@dataclass(frozen=True, slots=True)
class Data:
    """What a column shows: [kind, count] from the bottom up."""

    label: str
    about: str
    parts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """Of all parts."""
        return sum(count for _, count in self.parts)


def stacked(data: Sequence[Data]) -> Chart:
    """A chart; without columns if there is nothing to show."""
    most = max((one.total for one in data), default=0)
    if not most:
        return Chart((), 0)
    highest, slot = _round_up(most), min(100 / len(data), _WIDEST)
    tallest = max(range(len(data)), key=lambda n: data[n].total)
    every = ceil(len(data) / _LABELS)
    stacks = []
    for number, one in enumerate(data):
        bars = tuple(_bars(one.parts, highest))
        stacks.append(
            Stack(
                left=round(slot * (number + _GAP / 2), 3),
                width=round(slot * (1 - _GAP), 3),
                bars=bars,
                about=one.about,
                label="" if number % every else one.label,
                value=str(most) if number == tallest else "",
                top=bars[-1].top if bars else PLOT_PX,
            )
        )
    return Chart(tuple(stacks), highest)


def _bars(parts: Sequence[tuple[str, int]], highest: int) -> list[Bar]:
    """From the bottom up; what is not there has none."""
    found, top = [], float(PLOT_PX)
    for kind, count in parts:
        if count:
            height = max(round(PLOT_PX * count / highest, 1), _LEAST_PX)
            top = round(top - height, 1)
            found.append(Bar(kind, top, height))
    return found


def _round_up(most: int) -> int:
    """The next of 1, 2, 3, 4, 5, 6, 8, 10, 20, … that is not smaller."""
    size: int = 10 ** int(log10(most))
    return min(step * size for step in (1, 2, 3, 4, 5, 6, 8, 10) if step * size >= most)
