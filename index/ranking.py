"""Two lists, dense and lexical, made into one order over all languages.

Words only ever match within a language. Added to every score they would bury the passages of other
languages, left out they would cost the question's own language what they are best at. So they
decide twice, differently: *which* passage of the question's language comes first, fully; *where*
that language's passages stand among the others', only by what exceeds the usual chance matches.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]

# Chosen on the questions of even number of public sets, see tests/README.md, "Figures".
_CROWDING = 0.2
"""How much of a passage's crowding is taken off its score."""
_EVENNESS = 0.5
"""How far the spread of scores is made equal in all languages; 0 not at all, 1 wholly."""
_LEXICAL_WEIGHT = 0.8
"""What the share of matched words adds to a cosine within the question's language."""
_CHANCE_MATCH = 0.2
"""Share of a question's word weight that passages match by chance."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows that may be hits, all arrays of one length.

    Attributes:
        rows: Row numbers in the snapshot.
        cosines: Of question and passage, centred.
        crowding: See `centring.crowding`.
        matches: Share of the question's word weight in the passage, by BM25, about 0 to 1.
        languages: Codes of the passages.
    """

    rows: Rows
    cosines: Scores
    crowding: Scores
    matches: Scores
    languages: npt.NDArray[np.str_]


def calibrated(candidates: Candidates, moments: Mapping[str, tuple[float, float]]) -> Scores:
    """Cosines made comparable between languages: less the language's mean, evenly spread."""
    usual = float(np.mean([spread for _, spread in moments.values()]))
    means = np.array([moments[language][0] for language in candidates.languages.tolist()])
    spreads = np.array([moments[language][1] for language in candidates.languages.tolist()])
    scores = candidates.cosines - _CROWDING * candidates.crowding - means
    return np.asarray(scores * (usual / spreads) ** _EVENNESS, np.float32)


def ranked(candidates: Candidates, scores: Scores, language: str) -> list[int]:
    """Positions among the candidates, best first.

    Args:
        candidates: What is ranked.
        scores: Their calibrated cosines.
        language: The question's, without script or region.
    """
    own = candidates.languages == language
    matches = np.where(own, candidates.matches, 0)
    places = scores + np.maximum(0, matches - _CHANCE_MATCH)
    within = scores + _LEXICAL_WEIGHT * matches
    order = np.argsort(-places, kind="stable")
    best_own = iter(sorted(np.flatnonzero(own).tolist(), key=lambda p: -within[p]))
    return [next(best_own) if own[position] else position for position in order.tolist()]


def best_rows(scores: Scores, k: int) -> Rows:
    """The rows of the k highest scores above zero, best first."""
    rows = np.flatnonzero(scores > 0)
    if len(rows) > k:
        rows = rows[np.argpartition(-scores[rows], k - 1)[:k]]
    return np.asarray(rows[np.argsort(-scores[rows], kind="stable")], np.int64)


def union(lists: Sequence[Rows]) -> Rows:
    """All rows of several lists, each once."""
    return np.unique(np.concatenate(lists)) if lists else np.empty(0, np.int64)
