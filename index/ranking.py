"""Two lists, dense and lexical, made into one order."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_RRF_OFFSET = 60
"""Damps the lead of first places. Source: Cormack et al. 2009, Reciprocal Rank Fusion."""

Rows = npt.NDArray[np.int64]


def best_rows(scores: npt.NDArray[np.float32], k: int) -> Rows:
    """The rows of the k highest scores above zero, best first."""
    k = min(k, len(scores))
    rows = np.argpartition(-scores, k - 1)[:k] if k else np.empty(0, np.int64)
    rows = rows[scores[rows] > 0]
    return rows[np.argsort(-scores[rows], kind="stable")]


def fuse(lists: Sequence[Rows]) -> list[int]:
    """Reciprocal rank fusion: rows that stand high in several lists first."""
    totals: dict[int, float] = {}
    for rows in lists:
        for rank, row in enumerate(rows.tolist(), 1):
            totals[row] = totals.get(row, 0.0) + 1 / (_RRF_OFFSET + rank)
    return sorted(totals, key=lambda row: -totals[row])
