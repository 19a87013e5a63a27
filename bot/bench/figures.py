"""Many measured values in a few figures."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How values lie; all in the unit of the values."""

    mean: float
    least: float
    p50: float
    p95: float
    p99: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Summarise at least one value."""
        p50, p95, p99 = np.percentile(values, (50, 95, 99))
        return cls(
            mean=float(np.mean(values)),
            least=min(values),
            p50=float(p50),
            p95=float(p95),
            p99=float(p99),
            most=max(values),
        )
